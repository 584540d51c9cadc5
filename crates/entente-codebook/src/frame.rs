//! Frames: a trigger, the roles of its arguments, and what must hold.

use crate::ontology::{Aux, EventType};

/// The trigger's part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartOfSpeech {
    /// A verb in any form, participles included.
    Verb,
    /// A common noun.
    Noun,
    /// A predicative adjective.
    Adjective,
}

/// The words that set a frame off.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Trigger {
    /// Lemma of the word that governs the arguments.
    pub head: String,
    /// Lemmas of the fixed parts after it, in order: particle, preposition, object noun.
    pub rest: Vec<String>,
}

/// A grammatical function, named for the active form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Role {
    /// Who does it.
    Subject,
    /// Whom or what it is done to.
    Object,
    /// The first object of two.
    IndirectObject,
    /// The noun phrase after this preposition.
    Preposition(String),
    /// The possessor of a noun.
    Possessor,
    /// An adjective of nationality or a name before a noun.
    Modifier,
    /// The clause under the trigger.
    Clause,
    /// The subject of that clause.
    ClauseSubject,
    /// The object of that clause.
    ClauseObject,
    /// A dependent of the object.
    OfObject(Box<Role>),
}

impl Role {
    /// Reads a role name of the codebook; `None` if it is not one.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "subject" => Self::Subject,
            "object" => Self::Object,
            "iobj" => Self::IndirectObject,
            "poss" => Self::Possessor,
            "modifier" => Self::Modifier,
            "clause" => Self::Clause,
            "clause.subject" => Self::ClauseSubject,
            "clause.object" => Self::ClauseObject,
            _ => match name.strip_prefix("object.") {
                Some(inner) => Self::OfObject(Box::new(Self::parse(inner)?)),
                None if PREPOSITIONS.contains(&name) => Self::Preposition(name.to_owned()),
                None => return None,
            },
        })
    }
}

/// Every preposition that a frame may name, so that a misspelt role is an error and not a silent miss.
const PREPOSITIONS: &[&str] = &[
    "about",
    "above",
    "across",
    "after",
    "against",
    "ahead",
    "along",
    "alongside",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "below",
    "beside",
    "between",
    "beyond",
    "by",
    "concerning",
    "despite",
    "during",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "like",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "out",
    "outside",
    "over",
    "past",
    "regarding",
    "since",
    "through",
    "throughout",
    "to",
    "toward",
    "towards",
    "under",
    "until",
    "up",
    "upon",
    "via",
    "with",
    "within",
    "without",
];

/// What a word does to the act named in its clause or object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Force {
    /// Pledge, agree, plan, offer.
    Commit,
    /// Threaten, warn of.
    Threaten,
    /// Refuse, reject, rule out.
    Refuse,
    /// Demand, urge, ask, order.
    Demand,
    /// End, halt, suspend, cancel.
    Stop,
    /// Ease, lift, relax.
    Ease,
    /// Fail to do.
    Fail,
    /// Let it be done.
    Allow,
}

/// What kind of thing fills a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Any political actor.
    Actor,
    /// A state or its government.
    State,
    /// A person.
    Person,
    /// A collective: troops, protesters, officials.
    Group,
    /// A place.
    Place,
    /// Not an actor.
    Thing,
}

/// A test on the head lemma of a phrase: one of `any` (if there are such), none of `none`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordTest {
    /// Allowed lemmas, sorted; empty allows all.
    pub any: Vec<String>,
    /// Forbidden lemmas, sorted.
    pub none: Vec<String>,
}

impl WordTest {
    /// True when a phrase with this head lemma passes.
    pub fn admits(&self, lemma: &str) -> bool {
        let allowed = self.any.is_empty() || holds(&self.any, lemma);
        allowed && !holds(&self.none, lemma)
    }
}

/// Lemma lists are sorted at load.
fn holds(sorted: &[String], lemma: &str) -> bool {
    sorted.binary_search_by(|word| word.as_str().cmp(lemma)).is_ok()
}

/// What must hold for a frame to apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The head lemma of the phrase in this role passes the test; a missing phrase passes only where
    /// nothing is required of it.
    Word(Role, WordTest),
    /// One of these words stands before the noun.
    ModifierWord(WordTest),
    /// The phrase in this role is of one of these kinds.
    Kind(Role, Vec<Kind>),
    /// The recipient is of one of these kinds.
    RecipientKind(Vec<Kind>),
    /// A political actor fills the actor role.
    NeedsActor,
    /// A political actor fills the recipient role.
    NeedsRecipient,
    /// There is a clause under the trigger.
    NeedsClause,
    /// The content role is filled.
    NeedsContent,
}

/// What a frame reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// An event of this type.
    Event(EventType),
    /// Nothing, for this reason.
    NotEvent(String),
}

/// One entry of the codebook.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// File and first trigger, `accuse.toml:12 accuse`: what a reason cites.
    pub name: String,
    /// What it reports.
    pub outcome: Outcome,
    /// Part of speech of its triggers.
    pub part_of_speech: PartOfSpeech,
    /// The words that set it off.
    pub triggers: Vec<Trigger>,
    /// Fixed modes.
    pub modes: Vec<String>,
    /// Fixed auxiliary modes.
    pub aux: Vec<Aux>,
    /// Alternatives in order; an alternative's roles are taken together.
    pub actor: Vec<Vec<Role>>,
    /// As `actor`.
    pub recipient: Vec<Vec<Role>>,
    /// Where the demanded, promised, refused or threatened act stands.
    pub content: Vec<Vec<Role>>,
    /// Where the place of the act stands.
    pub place: Vec<Vec<Role>>,
    /// All must hold.
    pub conditions: Vec<Condition>,
    /// What the word does to an inner act.
    pub force: Option<Force>,
    /// How sure an event is when the word stands there with its roles filled, 0 to 1.
    pub confidence: f64,
}

impl Frame {
    /// True where all who take part are actors: "*Chad* met *Mali*", "*Chad* clashed with *Mali*".
    pub fn is_mutual(&self) -> bool {
        self.recipient.is_empty() && self.actor.iter().any(|roles| roles.len() > 1)
    }
}
