//! Pronouns, relative words and pairs.

use super::{Found, Resolver};
use crate::context::stands_for_a_thing;
use crate::coreference::{Wanted, is_relative, wanted_by_pronoun};
use crate::entity::{Entity, EntityId, EntityKind};
use entente_syntax::{Deprel, Upos};

impl Resolver<'_> {
    pub(super) fn read_pronoun(&mut self, sentence: usize, word: usize) {
        let parsed = &self.context.sentences[sentence];
        let form = self.context.form(sentence, word).to_lowercase();
        let token = &parsed.tokens[word];
        if token.relation.base == Deprel::Expl {
            return;
        }
        if is_relative(&form) && token.upos == Upos::Pron {
            if let Some(found) = self.antecedent_of_relative(sentence, word) {
                self.write(sentence, word, word, word + 1, found, true);
            }
            return;
        }
        if form == "both" && stands_for_a_thing(token.relation.base) {
            if let Some(found) = self.last_pair_of_any(sentence) {
                self.write(sentence, word, word, word + 1, found, true);
            }
            return;
        }
        let Some(wanted) = wanted_by_pronoun(&form) else { return };
        let together = (wanted == Wanted::Several).then(|| self.two_of_one_verb(sentence)).flatten();
        let Some(found) = together.or_else(|| self.find_antecedent(sentence, word, wanted)) else { return };
        if let Wanted::OnePerson(gender) = wanted {
            self.genders.entry(found.entity).or_insert(gender);
        }
        self.write(sentence, word, word, word + 1, found, true);
    }

    pub(super) fn find_antecedent(&self, sentence: usize, word: usize, wanted: Wanted) -> Option<Found> {
        let gender_of = |entity: EntityId| self.genders.get(&entity).copied();
        let seen =
            self.history.antecedent(self.context, &self.entities, gender_of, sentence, word, wanted)?;
        Some(Found { entity: seen.entity, also: seen.also.clone(), is_actor: true })
    }

    /// "the troops who …": the noun on which the clause hangs.
    pub(super) fn antecedent_of_relative(&self, sentence: usize, word: usize) -> Option<Found> {
        let parsed = &self.context.sentences[sentence];
        let mut at = word;
        for _ in 0..parsed.tokens.len() {
            let token = &parsed.tokens[at];
            let governor = token.head?;
            if matches!(token.relation.base, Deprel::Acl) {
                let seen = self
                    .mentions
                    .iter()
                    .rev()
                    .take_while(|mention| mention.sentence == sentence)
                    .find(|mention| mention.head == governor)?;
                return Some(Found { entity: seen.entity, also: seen.also.clone(), is_actor: seen.is_actor });
            }
            at = governor;
        }
        None
    }

    /// True for "both countries", "the two leaders".
    pub(super) fn is_pair(&self, sentence: usize, word: usize) -> bool {
        let parsed = &self.context.sentences[sentence];
        parsed.children(word).iter().any(|child| {
            matches!(self.context.form(sentence, *child).to_lowercase().as_str(), "both" | "two")
        })
    }

    /// The last two persons; where the text names none, the last two states, then organisations.
    pub(super) fn last_pair_of_any(&self, sentence: usize) -> Option<Found> {
        [EntityKind::Person, EntityKind::State, EntityKind::Organisation]
            .into_iter()
            .find_map(|kind| self.last_pair(sentence, move |entity| entity.kind == kind))
    }

    /// "The minister met his colleague. *They* agreed": subject and object of one verb of the sentence before, when
    /// both are persons or both states, and no group is its subject.
    fn two_of_one_verb(&self, sentence: usize) -> Option<Found> {
        let before = sentence.checked_sub(1)?;
        let tokens = &self.context.sentences[before].tokens;
        let verb = tokens.iter().position(|token| token.head.is_none())?;
        let under_verb = |head: usize, relations: &[Deprel]| {
            tokens[head].head == Some(verb) && relations.contains(&tokens[head].relation.base)
        };
        let mentions: Vec<_> =
            self.mentions.iter().filter(|mention| mention.sentence == before && mention.is_actor).collect();
        let subject = mentions.iter().find(|mention| under_verb(mention.head, &[Deprel::Nsubj]))?;
        let object = mentions.iter().find(|mention| {
            under_verb(mention.head, &[Deprel::Obj, Deprel::Obl])
                && mention.head > verb
                && mention.entity != subject.entity
        })?;
        let kind = self.entities[subject.entity].kind;
        let alike = kind == self.entities[object.entity].kind
            && matches!(kind, EntityKind::Person | EntityKind::State)
            && subject.also.is_empty()
            && object.also.is_empty();
        alike.then(|| Found { entity: subject.entity, also: vec![object.entity], is_actor: true })
    }

    /// The last two entities that fit and were named as actors.
    pub(super) fn last_pair(&self, sentence: usize, fits: impl Fn(&Entity) -> bool) -> Option<Found> {
        let mut pair: Vec<EntityId> = Vec::new();
        let mut pair_kind = None;
        for seen in self.history.latest() {
            if sentence - seen.sentence > 4 {
                break;
            }
            for id in std::iter::once(seen.entity).chain(seen.also.iter().copied()) {
                let entity = &self.entities[id];
                let is_kind =
                    matches!(entity.kind, EntityKind::Person | EntityKind::State | EntityKind::Organisation);
                if !is_kind
                    || !fits(entity)
                    || pair.contains(&id)
                    || pair_kind.is_some_and(|kind| kind != entity.kind)
                {
                    continue;
                }
                pair_kind = Some(entity.kind);
                pair.push(id);
            }
            if pair.len() >= 2 {
                return Some(Found { entity: pair[1], also: vec![pair[0]], is_actor: true });
            }
        }
        None
    }
}
