//! Who a pronoun or a pointing noun stands for: a plain rule of salience.
//!
//! Candidates are the mentions of the last sentences. Kind, number and gender must agree; a candidate
//! gains by being near and by being a subject, and loses by standing inside a quotation that the
//! pronoun is outside of. Nothing is resolved where no candidate agrees.

use crate::context::Context;
use crate::entity::{Entity, EntityId, EntityKind, ResolvedBy};
use crate::titles::Gender;
use entente_syntax::{Deprel, ParsedSentence};

/// How far back a pronoun may reach, in sentences.
const REACH: usize = 3;

/// What a pronoun or pointing noun asks of its antecedent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// he, she
    OnePerson(Gender),
    /// it
    OneThing,
    /// they, their: a plural, or a body that is many
    Several,
    /// them: a plural
    Plural,
    /// the country
    State,
    /// the alliance
    Organisation,
    /// the leader
    AnyPerson,
}

/// The reading of a personal or possessive pronoun, given in lower case.
pub(crate) fn wanted_by_pronoun(form: &str) -> Option<Wanted> {
    Some(match form {
        "he" | "him" | "his" | "himself" => Wanted::OnePerson(Gender::Male),
        "she" | "her" | "hers" | "herself" => Wanted::OnePerson(Gender::Female),
        "it" | "its" | "itself" => Wanted::OneThing,
        "they" | "their" | "theirs" | "themselves" => Wanted::Several,
        "them" => Wanted::Plural,
        _ => return None,
    })
}

/// True for the words that begin a relative clause, given in lower case.
pub(crate) fn is_relative(form: &str) -> bool {
    matches!(form, "who" | "whom" | "which" | "that" | "whose")
}

/// A mention that later words may point back to.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) sentence: usize,
    pub(crate) head: usize,
    pub(crate) entity: EntityId,
    pub(crate) also: Vec<EntityId>,
    pub(crate) is_plural: bool,
    pub(crate) is_actor: bool,
}

/// The mentions so far, and the quotations of the document.
#[derive(Debug, Default)]
pub(crate) struct History {
    seen: Vec<Seen>,
    /// For every sentence and word: inside quotation marks.
    quoted: Vec<Vec<bool>>,
}

impl History {
    pub(crate) fn new(context: &Context<'_>) -> Self {
        Self { seen: Vec::new(), quoted: quotations(context) }
    }

    pub(crate) fn push(&mut self, seen: Seen) {
        self.seen.push(seen);
    }

    /// The mentions so far, latest first.
    pub(crate) fn latest(&self) -> impl Iterator<Item = &Seen> {
        self.seen.iter().rev()
    }

    fn is_quoted(&self, sentence: usize, word: usize) -> bool {
        self.quoted[sentence][word]
    }

    /// The best antecedent of a word that asks for something.
    pub(crate) fn antecedent(
        &self,
        context: &Context<'_>,
        entities: &[Entity],
        gender_of: impl Fn(EntityId) -> Option<Gender>,
        sentence: usize,
        word: usize,
        wanted: Wanted,
    ) -> Option<&Seen> {
        // Whoever is barred by one mention is not meant through an earlier one either.
        let here = self.seen.iter().rev().take_while(|seen| seen.sentence == sentence);
        let barred: Vec<EntityId> = here
            .filter(|seen| self.is_barred(context, seen, sentence, word))
            .map(|seen| seen.entity)
            .collect();
        let mut best: Option<(i32, &Seen)> = None;
        for seen in self.seen.iter().rev() {
            if sentence - seen.sentence > REACH {
                break;
            }
            let entity = &entities[seen.entity];
            if !agrees(entity, seen, wanted, &gender_of) || barred.contains(&seen.entity) {
                continue;
            }
            let score = self.score(context, seen, sentence, word);
            if best.is_none_or(|(top, _)| score > top) {
                best = Some((score, seen));
            }
        }
        best.map(|(_, seen)| seen)
    }

    fn score(&self, context: &Context<'_>, seen: &Seen, sentence: usize, word: usize) -> i32 {
        let parsed = &context.sentences[seen.sentence];
        let relation = parsed.tokens[seen.head].relation;
        let mut score = -3 * (sentence - seen.sentence) as i32;
        if sentence == seen.sentence && self.shares_coordination(context, seen, sentence, word) {
            score += 6;
        }
        score += match relation.base {
            Deprel::Nsubj => 4,
            Deprel::Obj | Deprel::Iobj => 1,
            Deprel::Obl if relation.subtype == "agent" => 2,
            Deprel::Nmod if relation.subtype == "poss" => 0,
            Deprel::Amod | Deprel::Compound => -2,
            _ => 0,
        };
        if self.is_quoted(seen.sentence, seen.head) != self.is_quoted(sentence, word) {
            score -= 2;
        }
        if !seen.is_actor {
            score -= 3;
        }
        score
    }

    /// "The US and its allies": the owner is the first conjunct.
    fn shares_coordination(&self, context: &Context<'_>, seen: &Seen, sentence: usize, word: usize) -> bool {
        let parsed = &context.sentences[sentence];
        let pronoun = &parsed.tokens[word];
        pronoun.relation.subtype == "poss"
            && pronoun.head.is_some_and(|noun| {
                let noun = &parsed.tokens[noun];
                noun.relation.base == Deprel::Conj && noun.head == Some(seen.head)
            })
    }

    /// Grammar forbids some pairs: "Putin met him"; and a quoted "he" is not the speaker.
    fn is_barred(&self, context: &Context<'_>, seen: &Seen, sentence: usize, word: usize) -> bool {
        if seen.sentence != sentence {
            return false;
        }
        let parsed = &context.sentences[sentence];
        let pronoun = &parsed.tokens[word];
        let candidate = &parsed.tokens[seen.head];
        let form = pronoun.span.of(context.text).to_lowercase();
        let is_reflexive = form.ends_with("self") || form.ends_with("selves");
        let is_possessive = pronoun.relation.subtype == "poss";
        let shares_clause = pronoun.head == candidate.head
            || (candidate.relation.base == Deprel::Nsubj
                && pronoun.relation.base != Deprel::Nsubj
                && candidate.head.is_some_and(|verb| shares_subject(parsed, pronoun.head, verb)));
        if !is_reflexive && !is_possessive && shares_clause {
            return true;
        }
        // "its" inside the phrase of its own noun.
        if pronoun.head == Some(seen.head) {
            return true;
        }
        let is_speaker = candidate.relation.base == Deprel::Nsubj && !self.is_quoted(sentence, seen.head);
        self.is_quoted(sentence, word)
            && is_speaker
            && candidate.head.is_some_and(|verb| !self.is_quoted(sentence, verb))
    }
}

/// "*Putin* raised it and urged him": the second verb has the subject of the first.
fn shares_subject(parsed: &ParsedSentence, second: Option<usize>, first: usize) -> bool {
    let mut at = second;
    while let Some(verb) = at {
        if verb == first {
            return true;
        }
        let has_own = parsed.children_by(verb, Deprel::Nsubj).next().is_some();
        let token = &parsed.tokens[verb];
        at = token.head.filter(|_| token.relation.base == Deprel::Conj && !has_own);
    }
    false
}

fn agrees(
    entity: &Entity,
    seen: &Seen,
    wanted: Wanted,
    gender_of: &impl Fn(EntityId) -> Option<Gender>,
) -> bool {
    let is_single = !seen.is_plural && seen.also.is_empty();
    // An armed group has a name; "troops" is a group too, but neither "it" nor "the alliance".
    let is_named = entity.kind != EntityKind::Group
        || matches!(entity.resolved_by, ResolvedBy::Registry | ResolvedBy::Name);
    match wanted {
        Wanted::OnePerson(gender) => {
            entity.kind == EntityKind::Person
                && is_single
                && gender_of(seen.entity).is_none_or(|known| known == gender)
        }
        Wanted::AnyPerson => entity.kind == EntityKind::Person && is_single,
        Wanted::OneThing => {
            is_single
                && is_named
                && matches!(
                    entity.kind,
                    EntityKind::State | EntityKind::Organisation | EntityKind::Body | EntityKind::Group
                )
                && seen.is_actor
        }
        Wanted::Several => {
            seen.is_plural
                || !seen.also.is_empty()
                || matches!(entity.kind, EntityKind::Group | EntityKind::Body | EntityKind::Organisation)
        }
        Wanted::Plural => seen.is_plural || !seen.also.is_empty(),
        Wanted::State => is_single && entity.kind == EntityKind::State,
        Wanted::Organisation => {
            is_single
                && is_named
                && matches!(entity.kind, EntityKind::Organisation | EntityKind::Group | EntityKind::Body)
        }
    }
}

/// Marks the words inside quotation marks; a paragraph's end closes straight quotes.
fn quotations(context: &Context<'_>) -> Vec<Vec<bool>> {
    let mut is_open = false;
    let mut paragraph = usize::MAX;
    let mut marks = Vec::with_capacity(context.sentences.len());
    for parsed in context.sentences {
        if parsed.paragraph != paragraph {
            is_open = false;
            paragraph = parsed.paragraph;
        }
        let mut row = Vec::with_capacity(parsed.tokens.len());
        for token in &parsed.tokens {
            match token.span.of(context.text) {
                "“" | "``" => is_open = true,
                "”" | "''" => is_open = false,
                "\"" => is_open = !is_open,
                _ => {}
            }
            row.push(is_open);
        }
        marks.push(row);
    }
    marks
}
