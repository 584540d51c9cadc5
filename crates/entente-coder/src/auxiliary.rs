//! Auxiliary modes from grammar: future, hypothetical, negation; and the types that they turn into others.

use crate::draft::Draft;
use crate::grammar::Grammar;
use crate::party::without;
use crate::scene::{Places, Scene};
use crate::statements::WordAt;
use entente_codebook::{Aux, EventType, Force, RewriteMode};
use entente_syntax::{Deprel, Upos};
use entente_text::Span;
use entente_world::EntityKind;

const NEGATIONS: &[&str] = &["not", "n't", "n’t", "never", "neither", "nor", "hardly", "no"];
const FUTURE: &[&str] = &["will", "'ll", "’ll", "wo", "shall"];
const POSSIBLE: &[&str] = &["could", "may", "might", "would", "'d", "’d", "can"];
const CONDITIONAL_MARKS: &[&str] = &["if", "unless", "whether", "lest", "provided"];

/// Reads the auxiliary modes of a draft off its clause.
pub(crate) fn read(scene: &Scene, draft: &mut Draft) {
    let grammar = scene.grammar(draft.at.sentence);
    let predicate = draft.predicate.word;
    if is_negated(&grammar, predicate) || (draft.at.word != predicate && has_no(&grammar, draft.at.word)) {
        draft.aux.insert(Aux::Negation);
    }
    let words = grammar.auxiliaries(predicate);
    let is_verb = grammar.token(predicate).upos == Upos::Verb || !words.is_empty();
    if is_verb && words.iter().any(|word| FUTURE.contains(&word.as_str()))
        || is_planned(scene, &grammar, predicate)
    {
        draft.aux.insert(Aux::Future);
    }
    if words.iter().any(|word| POSSIBLE.contains(&word.as_str())) {
        // "would" in reported speech is the past of "will".
        let reported = scene.statement_around(draft.at).is_some();
        let only_would = words.iter().all(|word| !matches!(word.as_str(), "could" | "may" | "might" | "can"));
        let conditional = condition_under(&grammar, predicate).is_some();
        let aux = if reported && only_would && !conditional { Aux::Future } else { Aux::Hypothetical };
        draft.aux.insert(aux);
    }
    if is_in_condition(&grammar, predicate) {
        draft.aux.insert(Aux::Hypothetical);
    }
    if let Some(condition) = condition_under(&grammar, predicate) {
        draft.condition = Some(clause_span(&grammar, condition));
    }
}

pub(crate) fn is_negated(grammar: &Grammar, predicate: usize) -> bool {
    let children = grammar.sentence.children(predicate).iter();
    let own = children.copied().any(|child| {
        matches!(grammar.token(child).relation.base, Deprel::Advmod | Deprel::Aux | Deprel::Cc | Deprel::Det)
            && NEGATIONS.contains(&grammar.lemma(child).as_str())
    });
    let no_longer = grammar.sentence.children(predicate).iter().any(|child| {
        grammar.form(*child).eq_ignore_ascii_case("longer") && *child > 0 && grammar.lemma(child - 1) == "no"
    });
    own || no_longer || grammar.has_child_lemma(predicate, Deprel::Mark, &["without"])
}

/// "carried out *no* attacks".
fn has_no(grammar: &Grammar, noun: usize) -> bool {
    grammar.has_child_lemma(noun, Deprel::Det, &["no"])
}

/// "is to visit", "is set to visit", "(headline) President to visit".
fn is_planned(scene: &Scene, grammar: &Grammar, predicate: usize) -> bool {
    if !grammar.is_infinitive(predicate) {
        return false;
    }
    if grammar.is(predicate, Deprel::Root) {
        return true;
    }
    let Some(governor) = grammar.token(predicate).head else {
        return false;
    };
    grammar.is(predicate, Deprel::Xcomp)
        && scene.codebook.in_set("future_governors", &grammar.lemma(governor))
}

/// The clause of condition under a predicate: "unless …", "if …", "should it …".
fn condition_under(grammar: &Grammar, predicate: usize) -> Option<usize> {
    let mut at = predicate;
    for _ in 0..3 {
        let found =
            grammar.sentence.children_by(at, Deprel::Advcl).find(|clause| is_conditional(grammar, *clause));
        if found.is_some() {
            return found;
        }
        match grammar.token(at).head {
            Some(head) if matches!(grammar.token(at).relation.base, Deprel::Xcomp | Deprel::Conj) => {
                at = head;
            }
            _ => break,
        }
    }
    let below = grammar
        .clauses(predicate)
        .into_iter()
        .flat_map(|clause| grammar.sentence.children_by(clause, Deprel::Advcl).collect::<Vec<_>>())
        .find(|clause| is_conditional(grammar, *clause));
    below.or_else(|| {
        // "should it invade" hangs now on the promise, now on the verb of saying above it.
        let above: Vec<usize> = grammar.ancestors(predicate).collect();
        let mut after = predicate + 1..grammar.sentence.tokens.len();
        after.find(|word| {
            let above_it = grammar.token(*word).head.is_some_and(|head| above.contains(&head));
            let below_it = grammar.ancestors(*word).any(|head| head == predicate);
            has_inverted_should(grammar, *word) && (above_it || below_it)
        })
    })
}

fn is_conditional(grammar: &Grammar, clause: usize) -> bool {
    let marked = grammar.has_child_lemma(clause, Deprel::Mark, CONDITIONAL_MARKS);
    marked || has_inverted_should(grammar, clause)
}

/// "should it invade": the auxiliary stands before the subject.
fn has_inverted_should(grammar: &Grammar, clause: usize) -> bool {
    let subject = grammar.subject_word(clause);
    let should = grammar.sentence.children_by(clause, Deprel::Aux).find(|aux| {
        matches!(grammar.lemma(*aux).as_str(), "should" | "have" | "be")
            && grammar.form(*aux).eq_ignore_ascii_case("should")
    });
    matches!((should, subject), (Some(should), Some(subject)) if should < subject)
}

/// The predicate itself stands in a clause of condition.
fn is_in_condition(grammar: &Grammar, predicate: usize) -> bool {
    let mut at = predicate;
    for _ in 0..3 {
        if is_conditional(grammar, at) {
            return true;
        }
        match grammar.token(at).head {
            Some(head) if matches!(grammar.token(at).relation.base, Deprel::Xcomp | Deprel::Conj) => {
                at = head;
            }
            _ => return false,
        }
    }
    false
}

/// The bytes of a clause without the punctuation at its ends.
pub(crate) fn clause_span(grammar: &Grammar, head: usize) -> Span {
    let tokens = &grammar.sentence.tokens;
    let mut words = grammar.sentence.subtree(head);
    while words.len() > 1 && words.last().is_some_and(|last| tokens[*last].upos == Upos::Punct) {
        words.pop();
    }
    let first_word = words.iter().position(|word| tokens[*word].upos != Upos::Punct).unwrap_or(0);
    let words = &words[first_word..];
    Span::new(tokens[words[0]].span.start, tokens[words[words.len() - 1]].span.end)
}

/// A conflict act that its doer announces for the case that something happens is a threat.
pub(crate) fn threaten(scene: &Scene, draft: &mut Draft) {
    use EventType::{Assault, Coerce, Mobilize, Sanction, Threaten};
    let announced = draft.aux.contains(&Aux::Future) && draft.condition.is_some() && !draft.actor.is_empty();
    if !announced || !matches!(draft.event, Assault | Coerce | Mobilize | Sanction) {
        return;
    }
    let rewrite = scene.codebook.rewrites.iter().find(|rewrite| {
        let type_fits = rewrite.inner.is_empty() || rewrite.inner.contains(&draft.event);
        let mode_fits =
            rewrite.inner_mode.is_empty() || rewrite.inner_mode.iter().any(|m| draft.modes.contains(m));
        rewrite.force == Force::Threaten && type_fits && mode_fits
    });
    draft.modes = match rewrite.map(|rewrite| &rewrite.mode) {
        Some(RewriteMode::Fixed(modes)) => modes.clone(),
        _ => Vec::new(),
    };
    draft.reason.push(format!("{} under a condition becomes THREATEN", draft.event));
    draft.retype(Threaten);
}

/// Whoever is to meet the condition is the one threatened, where nobody else is.
pub(crate) fn threatened(scene: &Scene, draft: &mut Draft) {
    if draft.event != EventType::Threaten || !draft.recipient.is_empty() {
        return;
    }
    let Some(condition) = draft.condition else {
        return;
    };
    let sentence = draft.at.sentence;
    let grammar = scene.grammar(sentence);
    let inside =
        |word: &usize| condition.contains(grammar.token(*word).span) && is_conditional(&grammar, *word);
    let Some(clause) = (0..grammar.sentence.tokens.len()).find(inside) else {
        return;
    };
    for subject in grammar.surface_subjects(clause) {
        let found = scene.parties(WordAt { sentence, word: subject }, Places::DoNotCount);
        draft.recipient.extend(without(found, &draft.actor));
    }
    // Nobody threatens himself: a pronoun that seems to mean the doer means the state named last before it.
    if draft.recipient.is_empty() {
        let before = scene
            .resolved
            .mentions
            .iter()
            .filter(|mention| mention.sentence == sentence && mention.head < clause);
        let states =
            before.filter(|mention| scene.resolved.entities[mention.entity].kind == EntityKind::State);
        let mut other = states
            .map(|mention| scene.party(mention))
            .filter(|party| !party.is_pronoun && !draft.actor.iter().any(|actor| actor.is_same(party)));
        draft.recipient.extend(other.next_back());
    }
}

/// Future or refused acts are other types; types that carry the future say it alone.
pub(crate) fn absorb(draft: &mut Draft) {
    use EventType::{
        Agree, Aid, Assault, Concede, Consult, Cooperate, Reject, Request, Retreat, Support, Threaten,
    };
    let future = draft.aux.contains(&Aux::Future);
    let negated = draft.aux.contains(&Aux::Negation);
    let becomes = match draft.event {
        Consult if future && negated => Some((Reject, vec!["meet".to_owned()])),
        Aid | Cooperate | Support if future && negated => Some((Reject, vec!["assist".to_owned()])),
        Retreat | Concede if future && negated => Some((Reject, vec!["yield".to_owned()])),
        Agree if negated && future => Some((Reject, Vec::new())),
        Consult | Aid | Cooperate | Support if future => Some((Agree, Vec::new())),
        Retreat if future => Some((Concede, Vec::new())),
        Assault if future && !negated && !draft.actor.is_empty() => {
            Some((Threaten, vec!["violence".to_owned()]))
        }
        _ => None,
    };
    if let Some((event, modes)) = becomes {
        let aux = if negated { "negated future" } else { "future" };
        draft.reason.push(format!("{aux} {} becomes {event}", draft.event));
        draft.retype(event);
        draft.modes = modes;
        if negated {
            draft.aux.remove(&Aux::Negation);
        }
    }
    if matches!(draft.event, Agree | Threaten | Concede | Request | Reject) {
        draft.aux.remove(&Aux::Future);
    }
    if matches!(draft.event, Agree | Threaten) {
        draft.aux.remove(&Aux::Hypothetical);
    }
}
