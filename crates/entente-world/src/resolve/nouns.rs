//! Common nouns: "the ministry", "Iraqi troops", "militants".

use super::{Found, Resolver};
use crate::coreference::Wanted;
use crate::describe::{Description, RELATIONAL};
use crate::entity::{Entity, EntityKind, ResolvedBy};
use crate::registry::{AgentKind, Points};
use crate::{Code, Sector};
use entente_syntax::Deprel;

impl Resolver<'_> {
    pub(super) fn read_noun(&mut self, sentence: usize, word: usize) -> Option<Found> {
        if let Some(person) = self.described.get(&(sentence, word)) {
            return (!self.is_title_of_name(sentence, word)).then(|| Found::actor(*person));
        }
        let parsed = &self.context.sentences[sentence];
        let mut description = self.context.describe(sentence, word);
        let agent = &self.context.registry.agents()[description.agent?];
        let (kind, phrase) = (agent.kind, agent.phrase);
        let relation = parsed.tokens[word].relation;
        let modifies = matches!(relation.base, Deprel::Compound | Deprel::Amod)
            || (relation.base == Deprel::Nmod && relation.subtype == "desc");
        if modifies && matches!(kind, AgentKind::Title | AgentKind::Asset | AgentKind::Anaphor(_)) {
            return None;
        }
        if let Some(unit) = description.is_class_of {
            let standing = self.context.standing(&self.context.names.units[unit]);
            return Some(Found::actor(self.entity_of_standing(&standing)));
        }
        let is_owned = description.pronoun_owner.is_some();
        self.take_owner(sentence, &mut description);
        if is_owned && phrase == "head" {
            return None;
        }
        let is_definite = self.is_definite(sentence, word);
        let is_indefinite = self.is_indefinite(sentence, word);
        let is_plural = self.is_plural(sentence, word);
        match kind {
            AgentKind::Anaphor(wanted) => {
                return self.read_anaphor(sentence, word, wanted, &description, is_definite, is_plural);
            }
            AgentKind::Asset if description.codes.is_empty() => return None,
            _ => {}
        }
        if is_plural && description.codes.is_empty() && self.is_pair(sentence, word) {
            let fits = |entity: &Entity| entity.kind == EntityKind::Person;
            if let Some(pair) = self.last_pair(sentence, fits).filter(|_| kind == AgentKind::Title) {
                return Some(pair);
            }
        }
        if kind == AgentKind::Title
            && !is_plural
            && !is_indefinite
            && !description.is_former
            && let Some(person) = self.person_in_office(sentence, phrase, &description)
        {
            return Some(Found::actor(person));
        }
        if description.codes.is_empty()
            && !is_indefinite
            && let Some(found) = self.same_noun_before(phrase, word, sentence, is_definite)
        {
            return Some(found);
        }
        if description.codes.is_empty() && relation.base == Deprel::Compound {
            self.take_governor(sentence, word, &mut description);
        }
        if description.codes.is_empty() {
            self.take_conjunct(sentence, word, &mut description);
        }
        if description.codes.is_empty()
            && !is_indefinite
            && !description.has_people_modifier
            && let Some(found) = self.fighters_of_group(sentence, phrase, &description)
        {
            return Some(found);
        }
        let may_be_local = !RELATIONAL.contains(&phrase) && !self.is_from_elsewhere(sentence, word);
        if description.codes.is_empty()
            && may_be_local
            && description.sector.is_some_and(Sector::is_organ_of_state)
            && let Some(code) = self.setting[sentence]
        {
            description.codes.push(code);
            description.resolved_by = Some(ResolvedBy::Setting);
        }
        let lives_there = description.sector.is_some_and(belongs_to_scene)
            || (description.has_people_modifier && description.sector == Some(Sector::UnidentifiedArmed));
        if description.codes.is_empty()
            && may_be_local
            && lives_there
            && let Some(code) = self.scene[sentence]
        {
            description.codes.push(code);
            description.resolved_by = Some(ResolvedBy::Setting);
        }
        if kind == AgentKind::Title
            && !is_indefinite
            && !description.is_former
            && let Some(found) = self.holders(phrase, &description, is_plural)
        {
            return Some(found);
        }
        Some(self.noun_entities(sentence, word, kind, phrase, &description, is_plural))
    }

    /// "A Turkish court ruling": what qualifies the whole qualifies the court.
    pub(super) fn take_governor(&self, sentence: usize, word: usize, description: &mut Description) {
        let Some(governor) = self.context.sentences[sentence].tokens[word].head else { return };
        let whole = self.context.describe(sentence, governor);
        if governor > word && whole.first < word && whole.person_owner.is_none() {
            description.codes = whole.codes;
            description.resolved_by = whole.resolved_by;
        }
    }

    /// "Turkish officials and lawmakers", "President Lai and other officials": a bare conjunct belongs
    /// to the state of the first.
    pub(super) fn take_conjunct(&self, sentence: usize, word: usize, description: &mut Description) {
        let token = &self.context.sentences[sentence].tokens[word];
        let is_organ = description.sector.is_some_and(Sector::is_organ_of_state);
        if token.relation.base != Deprel::Conj || !is_organ {
            return;
        }
        let first = self
            .mentions
            .iter()
            .rev()
            .take_while(|mention| mention.sentence == sentence)
            .find(|mention| Some(mention.head) == token.head);
        let Some(first) = first.map(|mention| &self.entities[mention.entity]) else { return };
        let is_of_state = matches!(first.kind, EntityKind::Person | EntityKind::Group | EntityKind::Body);
        if let Some(code) = first.code.filter(|code| is_of_state && code.is_state()) {
            description.codes.push(code);
            description.resolved_by = Some(ResolvedBy::CountryAdjective);
        }
    }

    /// "militants" and "the terror group" after an armed group was named are that group's.
    pub(super) fn fighters_of_group(
        &mut self,
        sentence: usize,
        phrase: &str,
        description: &Description,
    ) -> Option<Found> {
        if description.sector != Some(Sector::UnidentifiedArmed) || !OF_A_GROUP.contains(&phrase) {
            return None;
        }
        let seen = self.history.latest().take_while(|seen| sentence - seen.sentence <= 6).find(|seen| {
            let entity = &self.entities[seen.entity];
            let is_armed = entity.sector.is_some_and(|sector| {
                matches!(sector, Sector::Rebels | Sector::UnidentifiedArmed | Sector::ProGovernmentMilitia)
            });
            entity.kind == EntityKind::Group
                && (entity.code == Some(Code::IMG) || is_armed && entity.wikidata.is_some())
        })?;
        Some(Found::actor(seen.entity))
    }

    /// "his office", "President Assad's forces": the owner tells the code.
    pub(super) fn take_owner(&self, sentence: usize, description: &mut Description) {
        if !description.codes.is_empty() {
            return;
        }
        let owner = match (description.person_owner, description.pronoun_owner) {
            (Some(unit), _) => self.people.of_unit[unit],
            (None, Some(pronoun)) => self
                .mentions
                .iter()
                .rev()
                .take_while(|mention| mention.sentence == sentence)
                .find(|mention| mention.head == pronoun)
                .map(|mention| mention.entity),
            (None, None) => None,
        };
        let Some(owner) = owner.map(|owner| &self.entities[owner]) else { return };
        let Some(code) = owner.code else { return };
        description.codes.push(code);
        description.resolved_by = Some(ResolvedBy::Coreference);
        if !code.is_state() {
            description.sector = None;
        }
    }

    pub(super) fn read_anaphor(
        &mut self,
        sentence: usize,
        word: usize,
        wanted: Points,
        description: &Description,
        is_definite: bool,
        is_plural: bool,
    ) -> Option<Found> {
        if wanted == Points::Pair {
            return self.last_pair_of_any(sentence);
        }
        let fits: fn(&Entity) -> bool = match wanted {
            Points::State => |entity| entity.kind == EntityKind::State,
            _ => |entity| {
                matches!(entity.kind, EntityKind::Organisation | EntityKind::Group | EntityKind::Body)
            },
        };
        if is_plural && self.is_pair(sentence, word) {
            return self.last_pair(sentence, fits);
        }
        if is_definite && !is_plural && description.codes.is_empty() {
            let search = match wanted {
                Points::State => Wanted::State,
                Points::Person => Wanted::AnyPerson,
                _ => Wanted::Organisation,
            };
            let mut found = self.find_antecedent(sentence, word, search)?;
            if wanted == Points::State {
                found.is_actor = !self.context.is_locative(sentence, word);
            }
            return Some(found);
        }
        if wanted == Points::State {
            // "14 donor countries", "European countries": states in the plural, named or not.
            let mut states = description.clone();
            states.sector = Some(Sector::Government);
            let phrase = self.context.registry.agents()[description.agent?].phrase;
            return Some(self.noun_entities(sentence, word, AgentKind::Group, phrase, &states, is_plural));
        }
        if description.codes.is_empty() && description.sector.is_none() {
            return None;
        }
        let phrase = self.context.registry.agents()[description.agent?].phrase;
        Some(self.noun_entities(sentence, word, AgentKind::Body, phrase, description, is_plural))
    }

    /// "the regime" after "the Assad regime"; "the court" after "the Malawi High Court".
    pub(super) fn same_noun_before(
        &self,
        phrase: &str,
        word: usize,
        sentence: usize,
        is_definite: bool,
    ) -> Option<Found> {
        let head_word = self.context.form(sentence, word).to_lowercase();
        let is_same = |entity: &Entity| {
            let name = entity.name.to_lowercase();
            name == phrase
                || (is_definite
                    && entity.kind != EntityKind::Person
                    && name.rsplit([' ', '-']).next() == Some(head_word.as_str()))
        };
        let seen = self.history.latest().find(|seen| {
            let entity = &self.entities[seen.entity];
            entity.code.is_some() && seen.also.is_empty() && is_same(entity)
        })?;
        let entity = &self.entities[seen.entity];
        // Bare plurals ("officials say") speak of the same state only while the text stays with it.
        let is_near = is_definite || sentence - seen.sentence <= 4;
        let same_setting = entity.code == self.setting[sentence] || self.setting[sentence].is_none();
        (is_near && (is_definite || same_setting)).then(|| Found::actor(seen.entity))
    }

    /// Entities for a common noun, one for every state that its modifiers name.
    pub(super) fn noun_entities(
        &mut self,
        sentence: usize,
        word: usize,
        kind: AgentKind,
        phrase: &str,
        description: &Description,
        is_plural: bool,
    ) -> Found {
        let entity_kind = match kind {
            AgentKind::Title | AgentKind::Person if !is_plural => EntityKind::Person,
            AgentKind::Body => EntityKind::Body,
            _ => EntityKind::Group,
        };
        let is_someone = entity_kind == EntityKind::Person && !self.is_definite(sentence, word);
        let codes: Vec<Option<Code>> = if description.codes.is_empty() {
            vec![None]
        } else {
            description.codes.iter().copied().map(Some).collect()
        };
        let mut ids = Vec::new();
        for code in codes {
            let sector = description.sector.filter(|_| code.is_none_or(Code::is_state));
            let mut key = format!("noun {phrase} {code:?} {sector:?} {entity_kind:?}");
            if is_someone {
                key.push_str(&format!(" {sentence} {word}"));
            }
            let resolved_by = description.resolved_by.unwrap_or(ResolvedBy::Agent);
            let office = (kind == AgentKind::Title && entity_kind == EntityKind::Person)
                .then(|| self.context.words(sentence, description.first, description.end));
            let other_sectors = description.other_sectors.clone();
            ids.push(self.intern(key, || {
                let mut entity = Entity::bare(phrase, entity_kind, resolved_by);
                entity.code = code;
                entity.sector = sector;
                entity.other_sectors = other_sectors;
                entity.office = office;
                entity
            }));
        }
        let entity = ids.remove(0);
        Found { entity, also: ids, is_actor: true }
    }

    /// True for the title in "President Xi", which is part of the person's own mention.
    pub(super) fn is_title_of_name(&self, sentence: usize, word: usize) -> bool {
        let token = &self.context.sentences[sentence].tokens[word];
        let hangs =
            matches!(token.relation.base, Deprel::Nmod | Deprel::Compound | Deprel::Flat | Deprel::Amod);
        let names = &self.context.names;
        hangs
            && token.head.is_some_and(|head| {
                names.covering(sentence, head).is_some_and(|unit| self.people.of_unit[unit].is_some())
            })
    }

    /// True for "foreign troops", "other governments": not those of the setting.
    pub(super) fn is_from_elsewhere(&self, sentence: usize, word: usize) -> bool {
        let parsed = &self.context.sentences[sentence];
        parsed
            .children_by(word, Deprel::Amod)
            .any(|child| ELSEWHERE.contains(&self.context.form(sentence, child).to_lowercase().as_str()))
    }

    pub(super) fn is_definite(&self, sentence: usize, word: usize) -> bool {
        let parsed = &self.context.sentences[sentence];
        parsed.children(word).iter().any(|child| {
            let relation = parsed.tokens[*child].relation;
            let form = self.context.form(sentence, *child).to_lowercase();
            (relation.base == Deprel::Det
                && matches!(form.as_str(), "the" | "this" | "that" | "these" | "those" | "both"))
                || (relation.base == Deprel::Nmod && relation.subtype == "poss")
        })
    }

    pub(super) fn is_indefinite(&self, sentence: usize, word: usize) -> bool {
        let parsed = &self.context.sentences[sentence];
        parsed.children(word).iter().any(|child| {
            let form = self.context.form(sentence, *child).to_lowercase();
            matches!(parsed.tokens[*child].relation.base, Deprel::Det | Deprel::Nummod)
                && matches!(
                    form.as_str(),
                    "a" | "an" | "another" | "some" | "any" | "no" | "one" | "each" | "every"
                )
        })
    }
}

/// Nouns for the fighters of a group, and for the group, that need no name once it has been named.
const OF_A_GROUP: &[&str] = &[
    "militant",
    "fighter",
    "terrorist",
    "jihadist",
    "jihadi",
    "extremist",
    "islamist",
    "islamist militant",
    "terror group",
    "terrorist group",
    "militant group",
    "extremist group",
    "jihadist group",
    "terrorist organization",
    "terrorist organisation",
    "armed group",
    "islamist group",
];

/// True for sectors of people who live where the event happens, where nothing else is said of them.
fn belongs_to_scene(sector: Sector) -> bool {
    matches!(
        sector,
        Sector::Civilians
            | Sector::Agriculture
            | Sector::Education
            | Sector::Health
            | Sector::Labour
            | Sector::Opposition
            | Sector::Rebels
            | Sector::Religion
    )
}

/// Adjectives of people and forces that are not those of the state a text is about.
const ELSEWHERE: &[&str] = &[
    "international",
    "foreign",
    "global",
    "european",
    "western",
    "regional",
    "multinational",
    "overseas",
    "allied",
    "other",
    "unknown",
    "unidentified",
    "several",
    "many",
    "arab",
    "african",
    "asian",
    "neighboring",
    "neighbouring",
];
