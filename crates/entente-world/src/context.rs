//! The document under resolution, and the questions every step asks of it.

use crate::automaton::fold_name;
use crate::names::{NameUnit, Names};
use crate::registry::{AgentKind, AgentMatch, Reading, Registry};
use crate::{Code, EntityKind, LAST_REVISION, ResolvedBy, Sector};
use entente_syntax::{Deprel, NameKind, ParsedSentence, Upos};
use entente_text::{Document, Span};
use jiff::civil::Date;

/// A document with its sentences, its names, and the day it speaks from.
pub(crate) struct Context<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) text: &'a str,
    pub(crate) sentences: &'a [ParsedSentence],
    pub(crate) day: Date,
    pub(crate) names: Names,
    /// Codes that the name of the publication tells ("UK Government").
    pub(crate) publication: Option<Code>,
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) reading: Option<Reading>,
    pub(crate) name: String,
    pub(crate) wikidata: Option<&'static str>,
    pub(crate) code: Option<Code>,
    pub(crate) sector: Option<Sector>,
    pub(crate) other_sectors: Vec<Sector>,
    pub(crate) kind: EntityKind,
    pub(crate) resolved_by: ResolvedBy,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        registry: &'a Registry,
        document: &'a Document,
        sentences: &'a [ParsedSentence],
    ) -> Self {
        let mut context = Self {
            registry,
            text: &document.text,
            sentences,
            day: document.published.unwrap_or(LAST_REVISION),
            names: Names::find(registry, &document.text, sentences),
            publication: None,
        };
        context.publication =
            document.publication.as_deref().and_then(|name| context.code_of_publication(name));
        context
    }

    fn code_of_publication(&self, publication: &str) -> Option<Code> {
        let found = self.registry.names.find(publication, 0);
        let readings = found.iter().flat_map(|found| self.registry.names.readings(found.list));
        readings.filter_map(|reading| self.code_of(*reading)).find(|code| code.is_state())
    }

    /// The word as written.
    pub(crate) fn form(&self, sentence: usize, word: usize) -> &'a str {
        self.sentences[sentence].tokens[word].span.of(self.text)
    }

    /// The words of a range as written, in one line.
    pub(crate) fn words(&self, sentence: usize, first: usize, end: usize) -> String {
        if first >= end {
            return String::new();
        }
        let tokens = &self.sentences[sentence].tokens;
        let span: Span = tokens[first].span.cover(tokens[end - 1].span);
        span.of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The name as written.
    pub(crate) fn name_text(&self, unit: &NameUnit) -> String {
        self.words(unit.sentence, unit.first, unit.end)
    }

    /// The agent phrase whose head is a word.
    pub(crate) fn agent_at(&self, sentence: usize, word: usize) -> Option<AgentMatch> {
        let token = &self.sentences[sentence].tokens[word];
        let is_large = token.span.of(self.text).starts_with(char::is_uppercase);
        let can_head = match token.upos {
            Upos::Noun | Upos::Propn | Upos::X => true,
            Upos::Adj => is_large || stands_for_a_thing(token.relation.base),
            _ => false,
        };
        if !can_head {
            return None;
        }
        self.registry.agent_index.at(&self.sentences[sentence], self.text, word)
    }

    /// The lower-case form of the preposition (or possessive mark) of a word; empty without one.
    pub(crate) fn case_of(&self, sentence: usize, word: usize) -> String {
        let parsed = &self.sentences[sentence];
        let case = parsed.children_by(word, Deprel::Case).next();
        case.map_or_else(String::new, |case| self.form(sentence, case).to_lowercase())
    }

    /// The code that a reading carries by itself.
    pub(crate) fn code_of(&self, reading: Reading) -> Option<Code> {
        let registry = self.registry;
        match reading {
            Reading::State(index)
            | Reading::StateAdjective(index)
            | Reading::StatePeople(index)
            | Reading::Capital(index)
            | Reading::Metonym(index, _) => Some(registry.states()[index as usize].code),
            Reading::Territory(index)
            | Reading::TerritoryAdjective(index)
            | Reading::TerritoryPeople(index) => Some(registry.territories()[index as usize].code),
            Reading::Organisation(index) | Reading::Seat(index) => {
                registry.organisations()[index as usize].code
            }
            Reading::Group(index) => Some(registry.groups()[index as usize].code),
            Reading::Place(index) => registry.places()[index as usize].country,
            Reading::Person(index) => {
                registry.people()[index as usize].term_on(self.day).map(|(term, _)| term.code)
            }
            Reading::Bloc(_) => None,
        }
    }

    /// What a name stands for that is not a person.
    pub(crate) fn standing(&self, unit: &NameUnit) -> Standing {
        let Some(reading) = self.choose(unit) else { return self.unknown_standing(unit) };
        self.standing_of(reading, unit)
    }

    /// Picks among the readings of a name by what the model says and how the name stands.
    fn choose(&self, unit: &NameUnit) -> Option<Reading> {
        let token = &self.sentences[unit.sentence].tokens[unit.head];
        let modifies = matches!(token.relation.base, Deprel::Amod | Deprel::Compound)
            || (token.upos == Upos::Adj && unit.end - unit.first == 1);
        let is_place = unit.kind == Some(NameKind::Place);
        let is_organisation = unit.kind == Some(NameKind::Organisation);
        let rank = |reading: &Reading| match reading {
            Reading::StateAdjective(_) | Reading::TerritoryAdjective(_) if modifies => 0,
            Reading::StateAdjective(_) | Reading::TerritoryAdjective(_) => 5,
            Reading::State(_) => 1,
            Reading::StatePeople(_) | Reading::TerritoryPeople(_) => 4,
            Reading::Group(index) => {
                2 + usize::from(!self.registry.groups()[*index as usize].term.contains(self.day))
            }
            Reading::Organisation(_) if is_place => 8,
            Reading::Organisation(_) => 2,
            Reading::Metonym(..) => 3,
            Reading::Capital(_) => 6,
            Reading::Territory(_) => 6,
            Reading::Bloc(_) => 7,
            Reading::Place(_) if is_organisation => 12,
            Reading::Place(_) => 9,
            Reading::Seat(_) => 10,
            Reading::Person(_) => 11,
        };
        let population = |reading: &Reading| match reading {
            Reading::Place(index) => self.registry.places()[*index as usize].population.unwrap_or(0),
            _ => 0,
        };
        let candidates = unit.readings.iter().enumerate();
        candidates
            .min_by_key(|(order, reading)| (rank(reading), std::cmp::Reverse(population(reading)), *order))
            .map(|(_, reading)| *reading)
    }

    fn standing_of(&self, reading: Reading, unit: &NameUnit) -> Standing {
        let registry = self.registry;
        let code = self.code_of(reading);
        let mut standing = Standing {
            reading: Some(reading),
            name: self.name_text(unit),
            wikidata: None,
            code,
            sector: None,
            other_sectors: Vec::new(),
            kind: EntityKind::Other,
            resolved_by: ResolvedBy::Registry,
        };
        match reading {
            Reading::State(index)
            | Reading::StateAdjective(index)
            | Reading::Capital(index)
            | Reading::Metonym(index, _) => {
                let state = &registry.states()[index as usize];
                standing.name = state.name.to_owned();
                standing.wikidata = state.wikidata;
                standing.kind = EntityKind::State;
                standing.sector = Some(match reading {
                    Reading::Metonym(_, sector) => sector,
                    _ => Sector::Government,
                });
                standing.resolved_by = match reading {
                    Reading::State(_) => ResolvedBy::Registry,
                    Reading::StateAdjective(_) => ResolvedBy::CountryAdjective,
                    _ => ResolvedBy::Metonym,
                };
                if standing.sector != Some(Sector::Government) {
                    standing.name = self.name_text(unit);
                    standing.wikidata = None;
                    standing.kind = EntityKind::Body;
                }
            }
            Reading::StatePeople(_) | Reading::TerritoryPeople(_) => {
                standing.kind = EntityKind::Group;
                standing.sector = Some(Sector::Civilians);
                standing.resolved_by = ResolvedBy::CountryAdjective;
            }
            Reading::Territory(index) | Reading::TerritoryAdjective(index) => {
                let territory = &registry.territories()[index as usize];
                standing.name = territory.name.to_owned();
                standing.wikidata = territory.wikidata;
                standing.kind = EntityKind::State;
                standing.sector = Some(Sector::Government);
                standing.other_sectors.extend(territory.sector);
            }
            Reading::Organisation(index) => {
                let organisation = &registry.organisations()[index as usize];
                standing.name = organisation.name.to_owned();
                standing.wikidata = organisation.wikidata;
                standing.kind = EntityKind::Organisation;
                standing.sector = organisation.sector;
            }
            Reading::Group(index) => {
                let group = &registry.groups()[index as usize];
                standing.name = group.name.to_owned();
                standing.wikidata = group.wikidata;
                standing.kind = EntityKind::Group;
                standing.sector = group.sector;
                standing.other_sectors.clone_from(&group.other_sectors);
            }
            Reading::Place(_) | Reading::Seat(_) => {
                standing.kind = EntityKind::Place;
                standing.resolved_by = ResolvedBy::Place;
            }
            Reading::Bloc(index) => {
                standing.name = registry.blocs()[index as usize].name.to_owned();
                standing.sector = Some(Sector::Government);
            }
            Reading::Person(_) => standing.kind = EntityKind::Person,
        }
        if code.is_some_and(|code| !code.is_state()) {
            standing.sector = None;
        }
        standing
    }

    /// A name the registry does not know: its noun and the names inside it may still tell.
    fn unknown_standing(&self, unit: &NameUnit) -> Standing {
        let agent = self.agent_at(unit.sentence, unit.head).map(|found| &self.registry.agents()[found.agent]);
        let inner = unit.inner.iter().find_map(|reading| self.code_of(*reading));
        let kind = match unit.kind {
            Some(NameKind::Organisation) => EntityKind::Organisation,
            // A court is an institution even where the model takes it for a place.
            Some(NameKind::Place) if agent.is_some_and(|agent| agent.kind == AgentKind::Body) => {
                EntityKind::Organisation
            }
            Some(NameKind::Place) => EntityKind::Place,
            Some(NameKind::Person) => EntityKind::Person,
            Some(NameKind::People) => EntityKind::Group,
            _ => EntityKind::Other,
        };
        let code = agent.and_then(|agent| agent.code).or(inner);
        let sector = agent.and_then(|agent| agent.sector);
        let sector =
            if unit.kind == Some(NameKind::People) { sector.or(Some(Sector::Civilians)) } else { sector };
        Standing {
            reading: None,
            name: self.name_text(unit),
            wikidata: None,
            code,
            sector: if code.is_some_and(|code| !code.is_state()) { None } else { sector },
            other_sectors: Vec::new(),
            kind,
            resolved_by: if inner.is_some() { ResolvedBy::CountryAdjective } else { ResolvedBy::Name },
        }
    }

    /// True for a place name that tells where, not who: "in Moscow", "visited Moscow".
    pub(crate) fn is_locative(&self, sentence: usize, word: usize) -> bool {
        let parsed = &self.sentences[sentence];
        let token = &parsed.tokens[word];
        let case = self.case_of(sentence, word);
        let governor = token.head.map(|head| fold_name(&parsed.tokens[head].lemma.to_lowercase()));
        let governor = governor.as_deref().unwrap_or("");
        match token.relation.base {
            Deprel::Obl | Deprel::Nmod | Deprel::Root | Deprel::Advcl | Deprel::Acl => match case.as_str() {
                "in" | "at" | "near" | "around" | "outside" | "inside" | "across" | "through"
                | "throughout" | "into" | "within" | "off" | "along" | "via" | "over" | "above" => true,
                "to" | "from" | "towards" | "toward" | "for" => IS_TRAVEL.contains(&governor),
                "of" => IS_PLACE_NOUN.contains(&governor),
                _ => false,
            },
            Deprel::Obj | Deprel::Nsubj
                if token.relation.subtype == "pass" || token.relation.base == Deprel::Obj =>
            {
                TAKES_PLACE.contains(&governor)
            }
            Deprel::Conj | Deprel::Appos => {
                let governor = token.head.filter(|head| *head != word);
                governor
                    .is_some_and(|head| head < word && case.is_empty() && self.is_locative(sentence, head))
            }
            _ => false,
        }
    }
}

/// True for relations in which a word stands for a thing.
pub(crate) fn stands_for_a_thing(relation: Deprel) -> bool {
    matches!(
        relation,
        Deprel::Nsubj
            | Deprel::Obj
            | Deprel::Iobj
            | Deprel::Obl
            | Deprel::Nmod
            | Deprel::Conj
            | Deprel::Appos
            | Deprel::Root
    )
}

const IS_TRAVEL: &[&str] = &[
    "visit",
    "travel",
    "trip",
    "fly",
    "go",
    "return",
    "arrive",
    "come",
    "flight",
    "journey",
    "way",
    "drive",
    "flee",
    "leave",
    "tour",
    "head",
    "depart",
    "move",
    "run",
    "road",
    "km",
    "kilometer",
    "kilometre",
    "mile",
    "north",
    "south",
    "east",
    "west",
    "convoy",
    "cross",
    "bring",
    "take",
    "transfer",
    "walk",
    "march",
];
const IS_PLACE_NOUN: &[&str] = &[
    "city", "town", "village", "province", "state", "district", "region", "outskirt", "suburb", "north",
    "south", "east", "west", "center", "centre", "capital", "area", "part", "coast", "border", "port",
    "street", "vicinity", "island", "siege", "battle",
];
const TAKES_PLACE: &[&str] = &[
    "visit",
    "leave",
    "reach",
    "enter",
    "hit",
    "strike",
    "bomb",
    "shell",
    "capture",
    "seize",
    "retake",
    "control",
    "quit",
    "tour",
    "besiege",
    "pound",
    "rock",
    "liberate",
    "recapture",
    "flee",
    "surround",
    "occupy",
    "overrun",
];
