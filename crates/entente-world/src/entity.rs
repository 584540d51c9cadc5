//! What the resolver hands on: entities, mentions, and persons.

use crate::{Code, Sector};

/// Place of an entity in [`Resolved::entities`].
pub type EntityId = usize;

/// What sort of thing an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntityKind {
    /// One human being.
    Person,
    /// A state, or a territory in its own right.
    State,
    /// A named organisation.
    Organisation,
    /// Several people, or an armed group.
    Group,
    /// An institution named by a common noun: the ministry.
    Body,
    /// A place.
    Place,
    /// Something else with a name.
    Other,
}

/// Which evidence tells who an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResolvedBy {
    /// The registry knows the name.
    Registry,
    /// An office named before the name, or standing alone.
    Office,
    /// A description beside the name or a predicate about it.
    Apposition,
    /// An earlier mention.
    Coreference,
    /// The adjective or name of a state beside a common noun.
    CountryAdjective,
    /// A seat or symbol of a state.
    Metonym,
    /// A common noun alone.
    Agent,
    /// The state that the surrounding text is about.
    Setting,
    /// The country of a place beside the noun.
    Place,
    /// Nothing but the name itself.
    Name,
}

impl ResolvedBy {
    /// The word for records.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Registry => "registry",
            Self::Office => "office",
            Self::Apposition => "apposition",
            Self::Coreference => "coreference",
            Self::CountryAdjective => "country-adjective",
            Self::Metonym => "metonym",
            Self::Agent => "agent",
            Self::Setting => "setting",
            Self::Place => "place",
            Self::Name => "name",
        }
    }
}

/// Someone or something that the text speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// The registry's name, else the fullest form in the article.
    pub name: String,
    /// Wikidata id.
    pub wikidata: Option<String>,
    /// State or international code.
    pub code: Option<Code>,
    /// First sector.
    pub sector: Option<Sector>,
    /// Further sectors.
    pub other_sectors: Vec<Sector>,
    /// Office as the text has it, else the registry's.
    pub office: Option<String>,
    /// Age in years, as the text states it.
    pub age: Option<u16>,
    /// What sort of thing it is.
    pub kind: EntityKind,
    /// Which evidence tells so.
    pub resolved_by: ResolvedBy,
}

impl Entity {
    /// An entity of which only name and kind are known.
    pub(crate) fn bare(name: impl Into<String>, kind: EntityKind, resolved_by: ResolvedBy) -> Self {
        Self {
            name: name.into(),
            wikidata: None,
            code: None,
            sector: None,
            other_sectors: Vec::new(),
            office: None,
            age: None,
            kind,
            resolved_by,
        }
    }
}

/// A noun phrase or pronoun that stands for an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Index of the sentence.
    pub sentence: usize,
    /// Head word of the phrase.
    pub head: usize,
    /// First word worth showing: no determiner.
    pub first: usize,
    /// One past the last word worth showing: no relative clause.
    pub end: usize,
    /// Whom it stands for.
    pub entity: EntityId,
    /// Whom else it stands for, where it is a plural such as "both countries".
    pub also: Vec<EntityId>,
    /// True for a pronoun.
    pub is_pronoun: bool,
    /// True for a political actor or someone acting publicly; false for bare places and things.
    pub is_actor: bool,
}

/// A named person of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The entity that stands for the person.
    pub entity: EntityId,
    /// Fullest name in the article, without titles.
    pub name: String,
    /// Office or description.
    pub office: Option<String>,
    /// State or international code.
    pub code: Option<Code>,
    /// Sector.
    pub sector: Option<Sector>,
    /// Age in years, as the text states it.
    pub age: Option<u16>,
    /// First place of the name: sentence, first word, one past the last word.
    pub first_mention: (usize, usize, usize),
}

/// The entities of a document and where they are mentioned.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolved {
    /// The entities.
    pub entities: Vec<Entity>,
    /// The mentions by sentence and head.
    pub mentions: Vec<Mention>,
    /// The named persons by first mention.
    pub people: Vec<Person>,
    /// For every sentence the state that the text is about there, where one stands out.
    pub setting: Vec<Option<Code>>,
    /// The institution that publishes the text itself, where it is one.
    pub publisher: Option<Entity>,
}

impl Resolved {
    /// The mention whose head is the word.
    pub fn at(&self, sentence: usize, word: usize) -> Option<&Mention> {
        let key = (sentence, word);
        let found = self.mentions.binary_search_by_key(&key, |mention| (mention.sentence, mention.head));
        found.ok().map(|index| &self.mentions[index])
    }

    /// The mention whose head is the word, else the shortest that covers it.
    pub fn covering(&self, sentence: usize, word: usize) -> Option<&Mention> {
        if let Some(exact) = self.at(sentence, word) {
            return Some(exact);
        }
        let covers =
            |mention: &&Mention| mention.sentence == sentence && (mention.first..mention.end).contains(&word);
        self.mentions.iter().filter(covers).min_by_key(|mention| (mention.end - mention.first, mention.head))
    }
}
