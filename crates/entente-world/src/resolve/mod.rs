//! Goes through a document and gives every mention its entity.

mod nouns;
mod offices;
mod persons;
mod pronouns;

use crate::context::{Context, Standing, stands_for_a_thing};
use crate::coreference::{History, Seen};
use crate::entity::{Entity, EntityId, EntityKind, Mention, Person, Resolved, ResolvedBy};
use crate::people::People;
use crate::publisher::publisher;
use crate::registry::{AgentKind, Registry};
use crate::setting::{Question, settings};
use crate::titles::Gender;
use crate::{Code, Sector};
use entente_syntax::{Deprel, ParsedSentence, Upos};
use entente_text::Document;
use std::collections::{HashMap, HashSet};

impl Registry {
    /// Finds the actors and places of a document and tells who they are. `sentences` must be the
    /// analysis of `document`.
    pub fn resolve(&self, document: &Document, sentences: &[ParsedSentence]) -> Resolved {
        let mut context = Context::new(self, document, sentences);
        let people = People::find(&mut context);
        let setting = settings(&context, Question::Who);
        let scene = settings(&context, Question::Where);
        let mut resolver = Resolver {
            history: History::new(&context),
            context: &context,
            people: &people,
            setting,
            scene,
            acronyms: acronyms(&context),
            entities: Vec::new(),
            ids: HashMap::new(),
            genders: HashMap::new(),
            described: HashMap::new(),
            within_phrase: phrase_words(&context),
            mentions: Vec::new(),
        };
        resolver.add_people();
        for (sentence, parsed) in sentences.iter().enumerate() {
            for word in 0..parsed.tokens.len() {
                resolver.read_word(sentence, word);
            }
        }
        let publisher = document.publication.as_deref().and_then(|name| publisher(&context, name));
        Resolved { publisher, ..resolver.finish() }
    }
}

struct Resolver<'c> {
    context: &'c Context<'c>,
    people: &'c People,
    setting: Vec<Option<Code>>,
    scene: Vec<Option<Code>>,
    /// Short forms that the text gives in brackets, with the unit they stand for.
    acronyms: HashMap<String, usize>,
    entities: Vec<Entity>,
    /// Entities by what makes them one: a cluster, or name, code and sector.
    ids: HashMap<String, EntityId>,
    genders: HashMap<EntityId, Gender>,
    /// Nouns that describe a named person, with the person.
    described: HashMap<(usize, usize), EntityId>,
    /// Words that are part of a longer noun's phrase: "state" in "secretary of state".
    within_phrase: HashSet<(usize, usize)>,
    mentions: Vec<Mention>,
    history: History,
}

/// What a mention is to be, before it is written down.
struct Found {
    entity: EntityId,
    also: Vec<EntityId>,
    is_actor: bool,
}

impl Found {
    fn actor(entity: EntityId) -> Self {
        Self { entity, also: Vec::new(), is_actor: true }
    }
}

impl Resolver<'_> {
    fn read_word(&mut self, sentence: usize, word: usize) {
        let token = &self.context.sentences[sentence].tokens[word];
        if let Some(entity) = self.half_of_a_land(sentence, word) {
            let is_actor = !self.context.is_locative(sentence, word);
            self.write(sentence, word, word, word + 1, Found { entity, also: Vec::new(), is_actor }, false);
            return;
        }
        if let Some(unit) = self.context.names.covering(sentence, word) {
            if self.context.names.units[unit].head == word {
                self.read_name(unit);
            }
            return;
        }
        if token.upos == Upos::Pron || token.upos == Upos::Det {
            self.read_pronoun(sentence, word);
            return;
        }
        if matches!(token.relation.base, Deprel::Flat | Deprel::Goeswith | Deprel::Fixed)
            || self.within_phrase.contains(&(sentence, word))
        {
            return;
        }
        let is_noun = matches!(token.upos, Upos::Noun | Upos::Propn)
            || (matches!(token.upos, Upos::Adj | Upos::Num) && stands_for_a_thing(token.relation.base));
        if !is_noun {
            return;
        }
        let found = self.read_noun(sentence, word);
        if let Some(found) = found {
            let (first, end) = self.context.phrase(sentence, word);
            self.write(sentence, word, first, end, found, false);
        }
    }

    /// "The South" where the text names South Korea.
    fn half_of_a_land(&mut self, sentence: usize, word: usize) -> Option<EntityId> {
        let context = self.context;
        let prefix = match context.form(sentence, word) {
            "North" | "north" => "North ",
            "South" | "south" => "South ",
            _ => return None,
        };
        let parsed = &context.sentences[sentence];
        let stands_alone = parsed.children(word).iter().all(|child| {
            matches!(parsed.tokens[*child].relation.base, Deprel::Det | Deprel::Case | Deprel::Punct)
        }) && self.is_definite(sentence, word)
            && context.names.covering(sentence, word).is_none_or(|unit| {
                let unit = &context.names.units[unit];
                unit.end - unit.first == 1 && unit.readings.is_empty()
            });
        if !stands_alone {
            return None;
        }
        let unit = context.names.units.iter().find(|unit| {
            let standing = context.standing(unit);
            standing.kind == EntityKind::State && standing.name.starts_with(prefix)
        })?;
        let standing = context.standing(unit);
        Some(self.entity_of_standing(&standing))
    }

    fn write(
        &mut self,
        sentence: usize,
        head: usize,
        first: usize,
        end: usize,
        found: Found,
        is_pronoun: bool,
    ) {
        let was_plural = |seen: &Seen| seen.entity == found.entity && seen.is_plural;
        let is_plural =
            self.is_plural(sentence, head) || (is_pronoun && self.history.latest().take(8).any(was_plural));
        self.history.push(Seen {
            sentence,
            head,
            entity: found.entity,
            also: found.also.clone(),
            is_plural,
            is_actor: found.is_actor,
        });
        self.mentions.push(Mention {
            sentence,
            head,
            first,
            end,
            entity: found.entity,
            also: found.also,
            is_pronoun,
            is_actor: found.is_actor,
        });
    }

    /// True where the word looks plural: its form is longer than its lemma, or a number above one counts it.
    fn is_plural(&self, sentence: usize, word: usize) -> bool {
        let parsed = &self.context.sentences[sentence];
        let form = self.context.form(sentence, word).to_lowercase();
        let token = &parsed.tokens[word];
        if token.upos == Upos::Pron {
            return matches!(form.as_str(), "they" | "them" | "their" | "these" | "those");
        }
        if self.context.names.covering(sentence, word).is_some() {
            return false;
        }
        let counted = parsed.children_by(word, Deprel::Nummod).any(|number| {
            !matches!(self.context.form(sentence, number).to_lowercase().as_str(), "one" | "1")
        });
        let lemma = token.lemma.to_lowercase();
        counted || (form != lemma && (form.ends_with('s') || form.ends_with("men") || form == "people"))
    }

    fn read_name(&mut self, number: usize) {
        let context = self.context;
        let unit = &context.names.units[number];
        let (sentence, head) = (unit.sentence, unit.head);
        let (phrase_first, phrase_end) = context.phrase(sentence, head);
        let (first, end) = (phrase_first.min(unit.first), phrase_end.max(unit.end));
        if let Some(cluster) = self.people.of_unit[number] {
            self.write(sentence, head, first, end, Found::actor(cluster), false);
            return;
        }
        if let Some(person) = self.described.get(&(sentence, head)) {
            let found = Found::actor(*person);
            self.write(sentence, head, first, end, found, false);
            return;
        }
        let mut standing = context.standing(unit);
        if standing.reading.is_none()
            && let Some(full) = self.acronyms.get(&context.name_text(unit)).filter(|full| **full != number)
        {
            standing = context.standing(&context.names.units[*full]);
        }
        let mut is_actor = match standing.kind {
            EntityKind::State => !context.is_locative(sentence, head),
            EntityKind::Other => standing.sector.is_some() && !context.is_locative(sentence, head),
            EntityKind::Place => false,
            _ => true,
        };
        if standing.reading.is_none() && standing.kind != EntityKind::Place {
            self.refine_unknown(sentence, head, &mut standing);
            is_actor = standing.sector.is_some() || standing.code.is_some() || is_actor;
        }
        let is_organ = standing.sector.is_some_and(Sector::is_organ_of_state);
        let has_home = !matches!(standing.kind, EntityKind::Place | EntityKind::Other);
        if standing.code.is_none() && is_organ && has_home {
            standing.code = self.setting[sentence];
            standing.resolved_by = ResolvedBy::Setting;
        }
        if standing.kind == EntityKind::State && self.owns_force(sentence, head) {
            standing.sector = Some(Sector::Military);
        }
        let entity = self.entity_of_standing(&standing);
        if standing.resolved_by == ResolvedBy::Registry {
            self.entities[entity].resolved_by = ResolvedBy::Registry;
        }
        self.write(sentence, head, first, end, Found { entity, also: Vec::new(), is_actor }, false);
    }

    /// A name the registry does not know still has modifiers: "Malawi's High Court".
    fn refine_unknown(&self, sentence: usize, head: usize, standing: &mut Standing) {
        let description = self.context.describe(sentence, head);
        if standing.code.is_none() {
            standing.code = description.codes.first().copied();
            if standing.code.is_some() {
                standing.resolved_by = ResolvedBy::CountryAdjective;
            }
        }
        if description.agent.is_some() {
            standing.sector = standing.sector.or(description.sector);
        }
        if standing.code.is_some_and(|code| !code.is_state()) {
            standing.sector = None;
        }
    }

    /// True for the state in "Israeli jets", "a Turkish offensive": it acts through its armed forces.
    fn owns_force(&self, sentence: usize, head: usize) -> bool {
        let token = &self.context.sentences[sentence].tokens[head];
        let qualifies = matches!(token.relation.base, Deprel::Amod | Deprel::Compound | Deprel::Nmod);
        let Some(governor) = token.head.filter(|_| qualifies) else { return false };
        let is_by_itself = token.relation.base != Deprel::Nmod || token.relation.subtype == "poss";
        is_by_itself
            && self.context.agent_at(sentence, governor).is_some_and(|found| {
                let agent = &self.context.registry.agents()[found.agent];
                agent.kind == AgentKind::Asset && agent.sector == Some(Sector::Military)
            })
    }

    fn entity_of_standing(&mut self, standing: &Standing) -> EntityId {
        let key = format!("name {} {:?} {:?}", standing.name, standing.code, standing.sector);
        self.intern(key, || {
            let mut entity = Entity::bare(standing.name.clone(), standing.kind, standing.resolved_by);
            entity.wikidata = standing.wikidata.map(str::to_owned);
            entity.code = standing.code;
            entity.sector = standing.sector;
            entity.other_sectors.clone_from(&standing.other_sectors);
            entity
        })
    }

    fn intern(&mut self, key: String, make: impl FnOnce() -> Entity) -> EntityId {
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        let id = self.entities.len();
        self.entities.push(make());
        self.ids.insert(key, id);
        id
    }

    fn finish(mut self) -> Resolved {
        self.mentions.sort_by_key(|mention| (mention.sentence, mention.head));
        let mut people: Vec<Person> = Vec::new();
        for (id, cluster) in self.people.clusters.iter().enumerate() {
            let Some(first) = cluster.units.first().map(|unit| &self.context.names.units[*unit]) else {
                continue;
            };
            let entity = &self.entities[id];
            people.push(Person {
                entity: id,
                name: cluster.name.clone(),
                office: entity.office.clone(),
                code: entity.code,
                sector: entity.sector,
                age: entity.age,
                first_mention: (first.sentence, first.first, first.end),
            });
        }
        people.sort_by_key(|person| person.first_mention);
        Resolved {
            entities: self.entities,
            mentions: self.mentions,
            people,
            setting: self.setting,
            publisher: None,
        }
    }
}

/// Short forms in brackets after the full name: "Syria Recovery Trust Fund (SRTF)".
fn acronyms(context: &Context<'_>) -> HashMap<String, usize> {
    let mut found = HashMap::new();
    for (number, unit) in context.names.units.iter().enumerate() {
        let tokens = &context.sentences[unit.sentence].tokens;
        let form = |word: usize| tokens.get(word).map_or("", |token| token.span.of(context.text));
        let short = form(unit.end + 1);
        let is_short = short.len() >= 2 && short.bytes().all(|byte| byte.is_ascii_uppercase());
        let same_initial = form(unit.first).chars().next() == short.chars().next();
        let is_bracketed = matches!(form(unit.end), "(" | "[") && matches!(form(unit.end + 2), ")" | "]");
        if is_bracketed && is_short && same_initial && !unit.is_person() {
            found.entry(short.to_owned()).or_insert(number);
        }
    }
    found
}

/// The words of longer phrases beside their heads: "state" in "secretary of state".
fn phrase_words(context: &Context<'_>) -> HashSet<(usize, usize)> {
    let mut found = HashSet::new();
    for (sentence, parsed) in context.sentences.iter().enumerate() {
        for head in 0..parsed.tokens.len() {
            if let Some(agent) = context.agent_at(sentence, head) {
                found.extend(
                    (agent.first..agent.end).filter(|word| *word != head).map(|word| (sentence, word)),
                );
            }
        }
    }
    found
}
