//! Goes through a document and gives every mention its entity.

use crate::context::{Context, Standing, stands_for_a_thing};
use crate::coreference::{History, Seen, Wanted, is_relative, wanted_by_pronoun};
use crate::describe::{Description, RELATIONAL};
use crate::entity::{Entity, EntityId, EntityKind, Mention, Person, Resolved, ResolvedBy};
use crate::given_names::gender_of_given_name;
use crate::people::{Cluster, People};
use crate::registry::{AgentKind, Points, Registry};
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
        for sentence in 0..sentences.len() {
            for word in 0..sentences[sentence].tokens.len() {
                resolver.read_word(sentence, word);
            }
        }
        resolver.finish()
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
    /// One entity for every person; entity numbers and cluster numbers agree.
    fn add_people(&mut self) {
        for cluster in &self.people.clusters {
            let id = self.entities.len();
            let entity = self.person_entity(cluster);
            for fact in cluster.facts.iter().filter(|fact| !fact.office.is_empty()) {
                self.described.insert((fact.sentence, fact.word), id);
            }
            let given = cluster.name.split_whitespace().next().unwrap_or("");
            if let Some(gender) = cluster.gender.or_else(|| gender_of_given_name(given)) {
                self.genders.insert(id, gender);
            }
            self.entities.push(entity);
        }
    }

    fn person_entity(&self, cluster: &Cluster) -> Entity {
        let registry = self.context.registry;
        let known = cluster.known.map(|index| &registry.people()[index as usize]);
        let name = known.map_or_else(|| cluster.name.clone(), |person| person.name.to_owned());
        let mut entity = Entity::bare(name, EntityKind::Person, ResolvedBy::Name);
        entity.wikidata = known.and_then(|person| person.wikidata).map(str::to_owned);
        entity.age = cluster.age;
        entity.office =
            cluster.facts.first().map(|fact| fact.office.clone()).filter(|office| !office.is_empty());
        if let Some(fact) = cluster.facts.iter().find(|fact| !fact.codes.is_empty()) {
            entity.code = fact.codes.first().copied();
            entity.resolved_by = fact.resolved_by;
        }
        if let Some(fact) = cluster.facts.iter().find(|fact| fact.sector.is_some() || fact.is_former) {
            entity.sector = fact.sector;
            entity.other_sectors.clone_from(&fact.other_sectors);
        }
        if let Some((term, is_current)) = known.and_then(|person| person.term_on(self.context.day)) {
            let is_titled = cluster.facts.iter().any(|fact| fact.agent.is_some() && fact.sector.is_some());
            entity.resolved_by = ResolvedBy::Registry;
            entity.code = entity.code.or(Some(term.code));
            if !is_titled {
                entity.sector = if is_current { term.sector } else { Some(Sector::Elites) };
            }
            if entity.office.is_none() {
                entity.office =
                    Some(if is_current { term.office.to_owned() } else { format!("former {}", term.office) });
            }
        }
        if entity.code.is_none() {
            entity.code = self.code_from_surroundings(cluster);
            if entity.code.is_some() {
                entity.resolved_by = ResolvedBy::Setting;
            }
        }
        if entity.code.is_some_and(|code| !code.is_state()) {
            entity.sector = None;
            entity.other_sectors.clear();
        }
        entity
    }

    /// The state that is named beside a person of whom nothing else tells: a place in the same
    /// sentence as the name, else the state the text is about there.
    fn code_from_surroundings(&self, cluster: &Cluster) -> Option<Code> {
        let first = &self.context.names.units[*cluster.units.first()?];
        let mut codes: Vec<Code> = self
            .context
            .names
            .units
            .iter()
            .filter(|unit| unit.sentence == first.sentence && !unit.is_person())
            .filter_map(|unit| self.context.standing(unit).code)
            .filter(|code| code.is_state())
            .collect();
        codes.sort_unstable();
        codes.dedup();
        match codes.as_slice() {
            [only] => Some(*only),
            _ => self.setting[first.sentence],
        }
    }

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
        let is_plural = self.is_plural(sentence, head);
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
        if standing.reading.is_none() {
            if let Some(full) = self.acronyms.get(&context.name_text(unit)).filter(|full| **full != number) {
                standing = context.standing(&context.names.units[*full]);
            }
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

    fn read_pronoun(&mut self, sentence: usize, word: usize) {
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
        let Some(found) = self.find_antecedent(sentence, word, wanted) else { return };
        if let Wanted::OnePerson(gender) = wanted {
            self.genders.entry(found.entity).or_insert(gender);
        }
        self.write(sentence, word, word, word + 1, found, true);
    }

    fn find_antecedent(&self, sentence: usize, word: usize, wanted: Wanted) -> Option<Found> {
        let gender_of = |entity: EntityId| self.genders.get(&entity).copied();
        let seen =
            self.history.antecedent(self.context, &self.entities, gender_of, sentence, word, wanted)?;
        Some(Found { entity: seen.entity, also: seen.also.clone(), is_actor: true })
    }

    /// "the troops who …": the noun on which the clause hangs.
    fn antecedent_of_relative(&self, sentence: usize, word: usize) -> Option<Found> {
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

    fn read_noun(&mut self, sentence: usize, word: usize) -> Option<Found> {
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
        if kind == AgentKind::Title && !is_plural && !is_indefinite && !description.is_former {
            if let Some(person) = self.person_in_office(sentence, phrase, &description) {
                return Some(Found::actor(person));
            }
        }
        if description.codes.is_empty() && !is_indefinite {
            if let Some(found) = self.same_noun_before(phrase, word, sentence, is_definite) {
                return Some(found);
            }
        }
        if description.codes.is_empty() && relation.base == Deprel::Compound {
            self.take_governor(sentence, word, &mut description);
        }
        if description.codes.is_empty() {
            self.take_conjunct(sentence, word, &mut description);
        }
        if description.codes.is_empty() && !is_indefinite && !description.has_people_modifier {
            if let Some(found) = self.fighters_of_group(sentence, phrase, &description) {
                return Some(found);
            }
        }
        let may_be_local = !RELATIONAL.contains(&phrase) && !self.is_from_elsewhere(sentence, word);
        if description.codes.is_empty()
            && may_be_local
            && description.sector.is_some_and(Sector::is_organ_of_state)
        {
            if let Some(code) = self.setting[sentence] {
                description.codes.push(code);
                description.resolved_by = Some(ResolvedBy::Setting);
            }
        }
        let lives_there = description.sector.is_some_and(belongs_to_scene)
            || (description.has_people_modifier && description.sector == Some(Sector::UnidentifiedArmed));
        if description.codes.is_empty() && may_be_local && lives_there {
            if let Some(code) = self.scene[sentence] {
                description.codes.push(code);
                description.resolved_by = Some(ResolvedBy::Setting);
            }
        }
        if kind == AgentKind::Title && !is_indefinite && !description.is_former {
            if let Some(found) = self.holders(phrase, &description, is_plural) {
                return Some(found);
            }
        }
        Some(self.noun_entities(sentence, word, kind, phrase, &description, is_plural))
    }

    /// "A Turkish court ruling": what qualifies the whole qualifies the court.
    fn take_governor(&self, sentence: usize, word: usize, description: &mut Description) {
        let Some(governor) = self.context.sentences[sentence].tokens[word].head else { return };
        let whole = self.context.describe(sentence, governor);
        if governor > word && whole.first < word && whole.person_owner.is_none() {
            description.codes = whole.codes;
            description.resolved_by = whole.resolved_by;
        }
    }

    /// "Turkish officials and lawmakers", "President Lai and other officials": a bare conjunct belongs
    /// to the state of the first.
    fn take_conjunct(&self, sentence: usize, word: usize, description: &mut Description) {
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
    fn fighters_of_group(
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
    fn take_owner(&self, sentence: usize, description: &mut Description) {
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

    fn read_anaphor(
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

    /// The person of the text who holds the office that a title alone names.
    fn person_in_office(&self, sentence: usize, phrase: &str, description: &Description) -> Option<EntityId> {
        let code = description.codes.first().copied();
        let holds = |cluster: &Cluster| {
            cluster.facts.iter().any(|fact| {
                fact.agent.is_some_and(|agent| {
                    let known = self.context.registry.agents()[agent].phrase;
                    !fact.is_former && is_same_office(known, phrase)
                })
            }) || cluster.known.is_some_and(|index| {
                let person = &self.context.registry.people()[index as usize];
                person.term_on(self.context.day).is_some_and(|(term, is_current)| {
                    is_current && is_same_office(&term.office.to_lowercase(), phrase)
                })
            })
        };
        let fits = |id: EntityId| {
            let Some(cluster) = self.people.clusters.get(id) else { return false };
            holds(cluster) && code.is_none_or(|code| self.entities[id].code == Some(code))
        };
        let before = self.history.latest().map(|seen| seen.entity).find(|id| fits(*id));
        if before.is_some() || code.is_none() {
            return before.or_else(|| {
                let units = &self.context.names.units;
                let is_near = |cluster: &Cluster| {
                    cluster.units.iter().any(|unit| units[*unit].sentence.abs_diff(sentence) <= 2)
                };
                (0..self.people.clusters.len()).find(|id| fits(*id) && is_near(&self.people.clusters[*id]))
            });
        }
        (0..self.people.clusters.len()).find(|id| fits(*id))
    }

    /// The registry's holders of an office: one, or one for every state that is named.
    fn holders(&mut self, phrase: &str, description: &Description, is_plural: bool) -> Option<Found> {
        if is_plural && description.codes.len() < 2 {
            return None;
        }
        let mut ids = Vec::new();
        for code in &description.codes {
            let of_text = (0..self.people.clusters.len()).find(|id| {
                self.entities[*id].code == Some(*code)
                    && self.people.clusters[*id].known.is_some_and(|index| {
                        let person = &self.context.registry.people()[index as usize];
                        person.terms.iter().any(|term| {
                            term.term.contains(self.context.day)
                                && is_same_office(&term.office.to_lowercase(), phrase)
                        })
                    })
            });
            let id = match of_text {
                Some(id) => id,
                None => self.holder_entity(*code, phrase)?,
            };
            ids.push(id);
        }
        let mut ids = ids.into_iter();
        let entity = ids.next()?;
        Some(Found { entity, also: ids.collect(), is_actor: true })
    }

    fn holder_entity(&mut self, code: Code, phrase: &str) -> Option<EntityId> {
        let person = self.context.registry.office_holder(code, phrase, self.context.day)?;
        let day = self.context.day;
        let term = person.terms.iter().find(|term| term.code == code && term.term.contains(day))?;
        let (sector, office) = (term.sector, term.office);
        Some(self.intern(format!("holder {} {code}", person.name), || {
            let mut entity = Entity::bare(person.name, EntityKind::Person, ResolvedBy::Office);
            entity.wikidata = person.wikidata.map(str::to_owned);
            entity.code = Some(code);
            entity.sector = sector;
            entity.office = Some(office.to_owned());
            entity
        }))
    }

    /// "the regime" after "the Assad regime"; "the court" after "the Malawi High Court".
    fn same_noun_before(
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
    fn noun_entities(
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

    fn is_definite(&self, sentence: usize, word: usize) -> bool {
        let parsed = &self.context.sentences[sentence];
        parsed.children(word).iter().any(|child| {
            let relation = parsed.tokens[*child].relation;
            let form = self.context.form(sentence, *child).to_lowercase();
            (relation.base == Deprel::Det
                && matches!(form.as_str(), "the" | "this" | "that" | "these" | "those" | "both"))
                || (relation.base == Deprel::Nmod && relation.subtype == "poss")
        })
    }

    fn is_indefinite(&self, sentence: usize, word: usize) -> bool {
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

    /// True for "both countries", "the two leaders".
    fn is_pair(&self, sentence: usize, word: usize) -> bool {
        let parsed = &self.context.sentences[sentence];
        parsed.children(word).iter().any(|child| {
            matches!(self.context.form(sentence, *child).to_lowercase().as_str(), "both" | "two")
        })
    }

    /// The last two persons; where the text names none, the last two states, then organisations.
    fn last_pair_of_any(&self, sentence: usize) -> Option<Found> {
        [EntityKind::Person, EntityKind::State, EntityKind::Organisation]
            .into_iter()
            .find_map(|kind| self.last_pair(sentence, move |entity| entity.kind == kind))
    }

    /// True for the title in "President Xi", which is part of the person's own mention.
    fn is_title_of_name(&self, sentence: usize, word: usize) -> bool {
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
    fn is_from_elsewhere(&self, sentence: usize, word: usize) -> bool {
        let parsed = &self.context.sentences[sentence];
        parsed
            .children_by(word, Deprel::Amod)
            .any(|child| ELSEWHERE.contains(&self.context.form(sentence, child).to_lowercase().as_str()))
    }

    /// The last two entities that fit and were named as actors.
    fn last_pair(&self, sentence: usize, fits: impl Fn(&Entity) -> bool) -> Option<Found> {
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
        Resolved { entities: self.entities, mentions: self.mentions, people, setting: self.setting }
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

/// True when one title is the other or its last words: "minister" for "foreign minister".
fn is_same_office(known: &str, named: &str) -> bool {
    known == named
        || known.strip_suffix(named).is_some_and(|rest| rest.ends_with(' '))
        || named.strip_suffix(known).is_some_and(|rest| rest.ends_with(' '))
}
