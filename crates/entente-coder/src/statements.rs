//! Attributed statements: who says what, by which words, and on whose word we know it.

use crate::cues::CUES;
use crate::grammar::Grammar;
use crate::quotation::quotations;
use entente_syntax::{Deprel, ParsedSentence, Role, Upos};
use entente_text::Span;

/// The model alone finds a cue, and its speaker, from these probabilities on. A lower figure finds more of PolNeAR's
/// attributions, which include beliefs and plans, and fewer statements proper (docs/experiments.md).
const LEAST_CUE: f32 = 0.5;
const LEAST_SPEAKER: f32 = 0.5;

/// A word of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WordAt {
    /// Index of the sentence.
    pub(crate) sentence: usize,
    /// Index of the word in it.
    pub(crate) word: usize,
}

/// How the content is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatementKind {
    /// All of it stands in quotation marks.
    Direct,
    /// None of it does.
    Indirect,
    /// A part does.
    Mixed,
}

impl StatementKind {
    /// The name in records.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
        }
    }
}

/// An attributed statement. Spans are bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    /// Head of the speaker's noun phrase, if one is named.
    pub(crate) speaker: Option<WordAt>,
    /// The attributing verb, noun or "according to".
    pub(crate) cue: Option<Span>,
    /// Where the cue stands.
    pub(crate) cue_at: Option<WordAt>,
    /// What is said, without quotation marks around it.
    pub(crate) content: Span,
    /// How it is given.
    pub(crate) kind: StatementKind,
    /// Heads of those on whose word it is reported ("according to …"), outermost first; statements that
    /// enclose this one are not among them.
    pub(crate) via: Vec<WordAt>,
}

/// Finds the statements of a document, in order of their content.
pub(crate) fn find(text: &str, sentences: &[ParsedSentence]) -> Vec<Statement> {
    let mut finder = Finder { text, sentences, quotations: quotations(text), found: Vec::new() };
    for index in 0..sentences.len() {
        finder.sentence(index);
    }
    finder.continue_quotations();
    finder.found.sort_by_key(|statement| (statement.content.start, usize::MAX - statement.content.end));
    finder
        .found
        .dedup_by(|later, earlier| later.content == earlier.content && later.speaker == earlier.speaker);
    finder.found
}

struct Finder<'d> {
    text: &'d str,
    sentences: &'d [ParsedSentence],
    quotations: Vec<Span>,
    found: Vec<Statement>,
}

impl<'d> Finder<'d> {
    fn grammar(&self, sentence: usize) -> Grammar<'d> {
        Grammar::new(&self.sentences[sentence], self.text)
    }

    fn sentence(&mut self, index: usize) {
        let grammar = self.grammar(index);
        for word in 0..grammar.sentence.tokens.len() {
            let lemma = grammar.lemma(word);
            if lemma == "according" || lemma == "accord" {
                self.according_to(index, word);
            } else if grammar.token(word).upos == Upos::Verb && CUES.verbs.contains(lemma.as_str()) {
                self.verb(index, word, &lemma);
            } else if grammar.token(word).upos == Upos::Noun && CUES.nouns.contains(lemma.as_str()) {
                self.noun(index, word);
            }
        }
        self.seen_by_the_model(index);
        self.attach_sources(index);
        self.quoting(index);
    }

    /// Statements that the model sees at words that the rules made nothing of.
    fn seen_by_the_model(&mut self, index: usize) {
        let sentence = &self.sentences[index];
        let tokens = &sentence.tokens;
        for reading in sentence.readings.iter().filter(|reading| reading.cue >= LEAST_CUE) {
            let cue = WordAt { sentence: index, word: reading.word };
            let Some((first, last)) = reading.content() else {
                continue;
            };
            let content = Span::new(tokens[first].span.start, tokens[last].span.end);
            let known = |statement: &Statement| statement.cue_at == Some(cue) || statement.content == content;
            if (first..=last).contains(&reading.word) || self.found.iter().any(known) {
                continue;
            }
            let outside = (0..tokens.len()).filter(|word| !(first..=last).contains(word));
            let speaker = outside
                .filter(|word| reading.link(Role::Speaker, *word) >= LEAST_SPEAKER)
                .max_by(|a, b| reading.link(Role::Speaker, *a).total_cmp(&reading.link(Role::Speaker, *b)))
                .map(|word| WordAt { sentence: index, word });
            self.add(speaker, Some(cue), content);
        }
    }

    fn verb(&mut self, sentence: usize, cue: usize, lemma: &str) {
        let grammar = self.grammar(sentence);
        let Some(content) = self.verb_content(sentence, cue, lemma) else {
            return;
        };
        let speaker = grammar.subjects(cue).into_iter().next().or_else(|| saying_of(&grammar, cue));
        if speaker.is_none() && !self.quotations.iter().any(|quotation| quotation.overlaps(content)) {
            return;
        }
        let speaker = speaker.map(|word| WordAt { sentence, word });
        self.add(speaker, Some(WordAt { sentence, word: cue }), content);
    }

    /// The clause under a verb of saying, the clause beside it, or the quotation next to it.
    fn verb_content(&self, sentence: usize, cue: usize, lemma: &str) -> Option<Span> {
        let grammar = self.grammar(sentence);
        let marked_only = CUES.only_marked.contains(lemma);
        if let Some(clause) = grammar.sentence.children_by(cue, Deprel::Ccomp).next() {
            let content = self.clause_span(&grammar, clause, cue)?;
            let that = grammar.has_child_lemma(clause, Deprel::Mark, &["that"]);
            return (!marked_only || that || self.quoted(content)).then_some(content);
        }
        if grammar.is(cue, Deprel::Parataxis)
            && let Some(head) = grammar.token(cue).head
            && !marked_only
            && (head < cue || grammar.is_predicate(head))
        {
            return self.clause_span(&grammar, head, cue);
        }
        if let Some(quotation) = self.adjacent_quotation(&grammar, cue) {
            return Some(quotation);
        }
        self.block_after_colon(sentence, cue)
    }

    fn quoted(&self, content: Span) -> bool {
        self.quotations.iter().any(|quotation| quotation.overlaps(content))
    }

    /// The longest unbroken run of a clause's words that holds none of the attribution.
    fn clause_span(&self, grammar: &Grammar, clause: usize, cue: usize) -> Option<Span> {
        let mut inside = vec![false; grammar.sentence.tokens.len()];
        for word in grammar.sentence.subtree(clause) {
            inside[word] = true;
        }
        if grammar.sentence.subtree(clause).contains(&cue) {
            for word in grammar.sentence.subtree(cue) {
                inside[word] = false;
            }
        } else {
            inside[cue] = false;
        }
        for word in
            grammar.strayed_subject(cue).into_iter().flat_map(|subject| grammar.sentence.subtree(subject))
        {
            inside[word] = false;
        }
        let mut best: Option<(usize, usize)> = None;
        let mut start = None;
        for word in 0..=inside.len() {
            let within = inside.get(word).copied().unwrap_or(false);
            match (start, within) {
                (None, true) => start = Some(word),
                (Some(first), false) => {
                    if best.is_none_or(|(from, to)| word - first > to - from) {
                        best = Some((first, word));
                    }
                    start = None;
                }
                _ => {}
            }
        }
        let (first, end) = best?;
        let tokens = &grammar.sentence.tokens;
        let skip_that = usize::from(
            end - first > 1 && grammar.lemma(first) == "that" && tokens[first].upos == Upos::Sconj,
        );
        Some(Span::new(tokens[first + skip_that].span.start, tokens[end - 1].span.end))
    }

    /// A quotation that begins right after the cue's phrase or ends right before it.
    fn adjacent_quotation(&self, grammar: &Grammar, cue: usize) -> Option<Span> {
        let sentence = grammar.sentence.span;
        let cue_span = grammar.token(cue).span;
        let mut candidates: Vec<Span> = self
            .quotations
            .iter()
            .copied()
            .filter(|quotation| quotation.overlaps(sentence) && !quotation.contains(cue_span))
            .filter(|quotation| quotation.of(self.text).split_whitespace().count() >= 2)
            .collect();
        candidates.sort_by_key(|quotation| {
            if quotation.start >= cue_span.end {
                quotation.start - cue_span.end
            } else {
                cue_span.start.saturating_sub(quotation.end)
            }
        });
        let nearest = candidates.first().copied()?;
        let between = if nearest.start >= cue_span.end {
            &self.text[cue_span.end..nearest.start]
        } else {
            &self.text[nearest.end.min(cue_span.start)..cue_span.start]
        };
        (between.split_whitespace().count() <= 12).then_some(nearest)
    }

    /// "The minister said:" and the paragraphs that follow.
    fn block_after_colon(&self, sentence: usize, cue: usize) -> Option<Span> {
        let this = &self.sentences[sentence];
        let ends_with_colon = this.span.of(self.text).trim_end_matches(['"', '“', ' ']).ends_with(':');
        if !ends_with_colon || this.tokens.len() - cue > 4 {
            return None;
        }
        let next = self.sentences.get(sentence + 1)?;
        if let Some(quotation) = self.quotations.iter().find(|quotation| quotation.overlaps(next.span)) {
            return (quotation.start <= next.span.start + 4).then_some(*quotation);
        }
        let same_block =
            self.sentences[sentence + 1..].iter().take_while(|later| later.paragraph == next.paragraph);
        same_block.last().map(|last| Span::new(next.span.start, last.span.end))
    }

    /// "the claim that …", "its warning that …".
    fn noun(&mut self, sentence: usize, cue: usize) {
        let grammar = self.grammar(sentence);
        let clause = grammar.sentence.children(cue).iter().copied().find(|child| {
            (grammar.is(*child, Deprel::Acl) || grammar.is(*child, Deprel::Ccomp))
                && grammar.has_child_lemma(*child, Deprel::Mark, &["that"])
        });
        let Some(content) = clause.and_then(|clause| self.clause_span(&grammar, clause, cue)) else {
            return;
        };
        let owner = grammar.possessors(cue).into_iter().chain(grammar.premodifiers(cue)).next();
        let Some(speaker) = owner.or_else(|| saying_of(&grammar, cue)) else {
            return;
        };
        let speaker = WordAt { sentence, word: speaker };
        self.add(Some(speaker), Some(WordAt { sentence, word: cue }), content);
    }

    /// "according to X": the clause that the phrase belongs to, without the phrase.
    fn according_to(&mut self, sentence: usize, cue: usize) {
        let grammar = self.grammar(sentence);
        let Some((speaker, phrase)) = source_phrase(&grammar, cue) else {
            return;
        };
        let Some(head) = grammar.token(phrase).head else {
            return;
        };
        let clause =
            if is_set_apart(&grammar, phrase) { root_of(&grammar) } else { grammar.clause_head(head) };
        let is_saying = CUES.verbs.contains(grammar.lemma(clause).as_str())
            && self.found.iter().any(|s| s.cue_at == Some(WordAt { sentence, word: clause }));
        if is_saying {
            return;
        }
        let Some(content) = self.clause_span(&grammar, clause, phrase) else {
            return;
        };
        let speaker = WordAt { sentence, word: speaker };
        self.add(Some(speaker), Some(WordAt { sentence, word: cue }), content);
    }

    /// "X said, according to Y": Y is the source of X's statement.
    fn attach_sources(&mut self, index: usize) {
        let grammar = self.grammar(index);
        for word in 0..grammar.sentence.tokens.len() {
            if !matches!(grammar.lemma(word).as_str(), "according" | "accord") {
                continue;
            }
            let Some((source, phrase)) = source_phrase(&grammar, word) else {
                continue;
            };
            let Some(governor) = grammar.token(phrase).head else {
                continue;
            };
            let clause = if is_set_apart(&grammar, phrase) {
                root_of(&grammar)
            } else {
                grammar.clause_head(governor)
            };
            let at = WordAt { sentence: index, word: clause };
            let source = WordAt { sentence: index, word: source };
            let own = self.found.iter().any(|s| s.speaker == Some(source));
            if own {
                continue;
            }
            if let Some(statement) = self.found.iter_mut().find(|s| s.cue_at == Some(at)) {
                statement.via.push(source);
            }
        }
    }

    /// "Reuters, *quoting* officials, said …", "said the agency, *citing* a minister": whoever is quoted says the same.
    fn quoting(&mut self, index: usize) {
        let grammar = self.grammar(index);
        for word in 0..grammar.sentence.tokens.len() {
            let form = grammar.form(word);
            if !["quoting", "citing"].iter().any(|cue| form.eq_ignore_ascii_case(cue)) {
                continue;
            }
            // The parser takes the participle now for a verb, now for a preposition.
            let governor = grammar.token(word).head;
            let (source, host) = match governor.filter(|_| grammar.is(word, Deprel::Case)) {
                Some(noun) => (Some(noun), grammar.token(noun).head),
                None => (grammar.objects(word).into_iter().next(), governor),
            };
            let Some(source) = source else {
                continue;
            };
            let Some(host) = host.map(|word| WordAt { sentence: index, word }) else {
                continue;
            };
            let inside = grammar.token(host.word).span;
            let by_host = |s: &&Statement| s.speaker == Some(host) || s.cue_at == Some(host);
            let around = |s: &&Statement| s.content.contains(inside);
            let quoted = self.found.iter().find(by_host).or_else(|| self.found.iter().find(around));
            let Some(told) = quoted.cloned().filter(|_| can_speak(&grammar, source)) else {
                continue;
            };
            let at = |word| Some(WordAt { sentence: index, word });
            let before = self.found.len();
            self.add(at(source), at(word), told.content);
            if let Some(added) = self.found.get_mut(before) {
                added.via.extend(told.speaker);
            }
        }
    }

    fn add(&mut self, speaker: Option<WordAt>, cue_at: Option<WordAt>, content: Span) {
        let content = self.grow_into_quotation(self.trim(content));
        if content.of(self.text).split_whitespace().count() < 2 {
            return;
        }
        let cue = cue_at.map(|at| self.sentences[at.sentence].tokens[at.word].span);
        let kind = self.kind(content);
        self.found.push(Statement { speaker, cue, cue_at, content, kind, via: Vec::new() });
    }

    /// Content that lies in a quotation over several sentences is the whole quotation.
    fn grow_into_quotation(&self, content: Span) -> Span {
        let within = self.quotations.iter().find(|quotation| quotation.contains(content));
        within.map_or(content, |quotation| self.trim(*quotation))
    }

    fn kind(&self, content: Span) -> StatementKind {
        let whole = |quotation: &Span| quotation.start <= content.start && content.end <= quotation.end + 1;
        if self.quotations.iter().any(whole) {
            StatementKind::Direct
        } else if self.quoted(content) {
            StatementKind::Mixed
        } else {
            StatementKind::Indirect
        }
    }

    /// Without white space, commas, colons and quotation marks that open or close nothing inside.
    fn trim(&self, span: Span) -> Span {
        let outer = |c: char| c.is_whitespace() || matches!(c, ',' | ':' | ';' | '—' | '–' | '-');
        let words = span.of(self.text);
        let mut start = span.start + (words.len() - words.trim_start_matches(outer).len());
        let mut end = span.start + words.trim_end_matches(outer).len().max(start - span.start);
        let inside = &self.text[start..end];
        let open = inside.starts_with(['"', '“', '‘']);
        let close = inside.ends_with(['"', '”', '’']);
        let inner_marks = inside.chars().filter(|c| matches!(c, '"' | '“' | '”')).count();
        if open && (close || inner_marks == 1) {
            start += inside.chars().next().map_or(0, char::len_utf8);
        }
        if close && (open || inner_marks == 1) && end > start {
            end -= inside.chars().next_back().map_or(0, char::len_utf8);
        }
        let words = &self.text[start..end.max(start)];
        let end = start + words.trim_end_matches(|c: char| outer(c) || c == '.').len();
        Span::new(start, end)
    }

    /// Quotations that stand alone go on with the speaker before them in their paragraph, or with the speaker
    /// of the quotation that the paragraph before them left open.
    fn continue_quotations(&mut self) {
        for quotation in self.quotations.clone() {
            let covered = self.found.iter().any(|statement| statement.content.overlaps(quotation));
            if covered || !self.is_a_sentence(quotation) {
                continue;
            }
            let paragraph = self.paragraph_of(quotation);
            let before =
                self.found.iter().filter(|s| s.content.start < quotation.start).max_by_key(|s| s.content.end);
            let Some(speaker) =
                before.filter(|s| paragraph - self.paragraph_of(s.content) <= 1).and_then(|s| s.speaker)
            else {
                continue;
            };
            self.add(Some(speaker), None, quotation);
        }
    }

    fn paragraph_of(&self, span: Span) -> usize {
        let at = self.sentences.partition_point(|sentence| sentence.span.end <= span.start);
        self.sentences.get(at).map_or(0, |sentence| sentence.paragraph)
    }

    /// A quotation that begins where a sentence begins and is more than a phrase.
    fn is_a_sentence(&self, quotation: Span) -> bool {
        let long = quotation.of(self.text).split_whitespace().count() >= 4;
        let starts = self.sentences.iter().any(|sentence| {
            sentence.span.start <= quotation.start && quotation.start <= sentence.span.start + 4
        });
        long && starts
    }
}

/// A name, or a noun for those who are quoted: neither "citing threats" nor "citing the charter".
fn can_speak(grammar: &Grammar, word: usize) -> bool {
    grammar.sentence.name_at(word).is_some() || CUES.sources.contains(grammar.lemma(word).as_str())
}

/// "told reporters, *saying* …" and "issued a *statement* that …": the subject of the clause above.
fn saying_of(grammar: &Grammar, cue: usize) -> Option<usize> {
    let governor = grammar.token(cue).head?;
    grammar.subjects(grammar.clause_head(governor)).into_iter().next()
}

/// "…, according to an aide." at the end, or "According to an aide, …" at the start, speaks of the whole sentence.
fn is_set_apart(grammar: &Grammar, phrase: usize) -> bool {
    let words = grammar.sentence.subtree(phrase);
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return false;
    };
    let tokens = &grammar.sentence.tokens;
    let is_punct = |word: usize| tokens.get(word).is_none_or(|token| token.upos == Upos::Punct);
    let from_start = (0..*first).all(|word| tokens[word].upos == Upos::Punct);
    let comma_before = tokens[*first].upos == Upos::Punct || (*first > 0 && is_punct(first - 1));
    from_start || (comma_before && (last + 1..tokens.len()).all(is_punct))
}

fn root_of(grammar: &Grammar) -> usize {
    grammar.sentence.tokens.iter().position(|token| token.head.is_none()).unwrap_or(0)
}

/// The speaker after "according to", and the word through which the phrase hangs on its clause.
fn source_phrase(grammar: &Grammar, according: usize) -> Option<(usize, usize)> {
    let governed = grammar.sentence.children(according).iter().copied().find(|child| {
        *child > according && (grammar.is(*child, Deprel::Obl) || grammar.is(*child, Deprel::Nmod))
    });
    if let Some(speaker) = governed {
        return Some((speaker, according));
    }
    let head = grammar.token(according).head?;
    grammar.is(according, Deprel::Case).then_some((head, head))
}
