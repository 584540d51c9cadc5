//! Triggers: which frames of the codebook a word sets off.

use crate::grammar::Grammar;
use entente_codebook::{Codebook, Frame, PartOfSpeech, Trigger};
use entente_syntax::{Deprel, Upos, possible_lemmas};

/// How far after its head a fixed part may stand.
const REACH: usize = 8;

/// A frame whose words are all there.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    /// Index of the frame in the codebook.
    pub(crate) frame: usize,
    /// Index of the trigger in the frame.
    pub(crate) words: Vec<usize>,
    /// Number of fixed parts, which rank frames.
    pub(crate) parts: usize,
}

/// Every frame that a word sets off, by its trigger words alone.
pub(crate) fn matches(codebook: &Codebook, grammar: &Grammar, word: usize) -> Vec<Match> {
    let lemma = grammar.lemma(word);
    let form = grammar.form(word).to_lowercase();
    let mut found = Vec::new();
    collect(codebook, grammar, word, &lemma, &mut found);
    if form != lemma {
        // Nouns like "sanctions" or "talks" and adjectives like "prepared" may be listed as they stand.
        collect(codebook, grammar, word, &form, &mut found);
    }
    if found.is_empty() && codebook.frames_of(&lemma).is_empty() {
        // A rare verb whose lemma the model got wrong.
        let others = possible_lemmas(&form, grammar.token(word).upos);
        if let Some(known) = others.iter().find(|other| !codebook.frames_of(other).is_empty()) {
            collect(codebook, grammar, word, known, &mut found);
        }
    }
    found
}

fn collect(codebook: &Codebook, grammar: &Grammar, word: usize, key: &str, found: &mut Vec<Match>) {
    for (frame_index, trigger_index) in codebook.frames_of(key) {
        let frame = &codebook.frames[*frame_index];
        if !part_of_speech_fits(frame, grammar, word) {
            continue;
        }
        if let Some(words) = fixed_parts(&frame.triggers[*trigger_index], grammar, word) {
            let parts = words.len() - 1;
            found.push(Match { frame: *frame_index, words, parts });
        }
    }
}

fn part_of_speech_fits(frame: &Frame, grammar: &Grammar, word: usize) -> bool {
    let upos = grammar.token(word).upos;
    match frame.part_of_speech {
        PartOfSpeech::Verb => upos == Upos::Verb && !is_premodifier(grammar, word),
        PartOfSpeech::Noun if is_inside_long_name(grammar, word) => false,
        PartOfSpeech::Noun => {
            matches!(upos, Upos::Noun | Upos::Propn) && !grammar.is(word, Deprel::Compound)
                || upos == Upos::Verb && grammar.is(word, Deprel::Obj)
        }
        PartOfSpeech::Adjective => {
            matches!(upos, Upos::Adj | Upos::Verb | Upos::Adp | Upos::Adv | Upos::Noun)
                && !grammar.is(word, Deprel::Amod)
        }
    }
}

/// "the *threatened* strike", "a *leading* party": participles before a noun report no act of their own.
fn is_premodifier(grammar: &Grammar, word: usize) -> bool {
    grammar.is(word, Deprel::Amod) || grammar.is(word, Deprel::Compound)
}

/// "the Brussels *Conference*", "the Manama *Dialogue*": a name is no report. Headlines capitalise everything.
fn is_inside_long_name(grammar: &Grammar, word: usize) -> bool {
    let is_name = grammar.sentence.name_at(word).is_some_and(|name| name.end - name.first > 1);
    is_name && grammar.token(word).upos == Upos::Propn && !grammar.sentence.is_headline
}

/// The words of a trigger, head first, if all its fixed parts hang on the head.
fn fixed_parts(trigger: &Trigger, grammar: &Grammar, head: usize) -> Option<Vec<usize>> {
    let mut words = vec![head];
    let mut after = head;
    for part in &trigger.rest {
        let found = find_part(part, grammar, head, after)?;
        after = after.max(found);
        words.push(found);
    }
    Some(words)
}

fn find_part(part: &str, grammar: &Grammar, head: usize, after: usize) -> Option<usize> {
    let last = grammar.sentence.tokens.len();
    let is_part = |word: &usize| {
        (grammar.lemma(*word) == part || grammar.form(*word).eq_ignore_ascii_case(part))
            && hangs_on(grammar, *word, head)
    };
    let later = (after + 1..last.min(after + REACH)).find(is_part);
    // An object noun moves before its verb in a passive or relative: "the siege that was laid to the town".
    later.or_else(|| (head.saturating_sub(REACH)..head).find(|word| is_noun(grammar, *word) && is_part(word)))
}

fn is_noun(grammar: &Grammar, word: usize) -> bool {
    matches!(grammar.token(word).upos, Upos::Noun | Upos::Propn)
}

fn hangs_on(grammar: &Grammar, word: usize, head: usize) -> bool {
    grammar.ancestors(word).take(3).any(|ancestor| ancestor == head)
}
