//! The records that Entente writes. Offsets here are Unicode code points into the document's `text`, end
//! exclusive; an unknown value is absent or null, never a placeholder.

use entente_codebook::{Aux, EventType};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A word of a closed list, such as a sector; records that are read back own theirs.
pub type Word = Cow<'static, str>;

/// A stretch of the text with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Quoted {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words there.
    pub text: String,
}

/// A stretch of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Range {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

/// Who acts, is acted upon, or speaks: one mention with what it resolves to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Entity {
    /// The words in the text.
    pub entity_text: String,
    /// First code point of the mention.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// Canonical name; for a pronoun, its antecedent.
    pub entity_name: String,
    /// Wikidata id, when known.
    pub identifier_id: Option<String>,
    /// ISO 3166-1 alpha-3, or UNO EUR IGO NGO ISM IMG MNC.
    pub code: Option<String>,
    /// PLOVER sector.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub sector: Option<Word>,
    /// Further sectors.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
    pub other_sectors: Vec<Word>,
    /// Office as the text or the registry states it.
    pub office: Option<String>,
    /// Age in years, when the text states it.
    pub age: Option<u16>,
    /// What the resolution rests on.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub resolved_by: Word,
}

/// A time expression with its TIMEX3 type and value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Time {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words there.
    pub text: String,
    /// DATE, TIME, DURATION or SET.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub kind: Word,
    /// TIMEX3 value; absent where it cannot be known.
    pub value: Option<String>,
}

/// A resolved mention in reading order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Mention {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words there.
    pub text: String,
    /// person, state, organisation, group, body, place or other.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub kind: Word,
    /// What it resolves to.
    pub entity: Entity,
}

/// A named person of the article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Person {
    /// Fullest form of the name in the article.
    pub name: String,
    /// Office or description as stated.
    pub office: Option<String>,
    /// Code of the state or body the person belongs to.
    pub code: Option<String>,
    /// PLOVER sector.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub sector: Option<Word>,
    /// Age in years, if stated.
    pub age: Option<u16>,
    /// First code point of the first mention.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
}

/// Who said what: an attributed statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Statement {
    /// Content hash.
    pub id: String,
    /// Who says it.
    pub speaker: Option<Entity>,
    /// The attributing words.
    pub cue: Option<Quoted>,
    /// What is said.
    pub content: Quoted,
    /// direct, indirect or mixed.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub kind: Word,
    /// On whose word we know the statement, outermost first.
    #[serde(default)]
    pub via: Vec<Entity>,
}

/// The clause under which an act holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Condition {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words there.
    pub text: String,
    /// The event inside the clause, if one was coded.
    pub event_id: Option<String>,
}

/// Where an act took place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Location {
    /// The words in the text.
    pub extracted_place: String,
    /// ISO 3166-1 alpha-3 of the country.
    pub country_code: Option<String>,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// Degrees north.
    pub lat: Option<f32>,
    /// Degrees east.
    pub lon: Option<f32>,
    /// city, region, country, site, sea: how exact the place is.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>))]
    pub resolution: Option<Word>,
}

/// The sentence that reports an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TextInfo {
    /// Index of the sentence in the document, from 0.
    pub sequence: usize,
    /// First code point of the sentence.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
}

/// Numbers of people, when the text states them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Size {
    /// Killed.
    pub dead: Option<u64>,
    /// Wounded.
    pub injured: Option<u64>,
    /// Detained.
    pub arrested: Option<u64>,
}

/// A coded event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Event {
    /// Content hash of document, sentence, trigger and type.
    pub id: String,
    /// The document.
    pub document_id: String,
    /// PLOVER type.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub event: EventType,
    /// PLOVER modes of the type.
    #[serde(default)]
    pub mode: Vec<String>,
    /// Auxiliary modes.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Vec<String>))]
    pub aux: Vec<Aux>,
    /// PLOVER contexts of the paragraph.
    #[serde(default)]
    pub context: Vec<String>,
    /// 1 to 4.
    pub quad_code: u8,
    /// PLOVER's score of the type or mode, -10 to 10.
    pub event_scale: f64,
    /// ISO 8601 day, month or year.
    pub date: Option<String>,
    /// Last day, where the act has a stated length.
    pub enddate: Option<String>,
    /// Where the date comes from.
    pub date_reason: Option<String>,
    /// Who acts.
    #[serde(default)]
    pub actor: Vec<Entity>,
    /// Whom it is done to.
    #[serde(default)]
    pub recipient: Vec<Entity>,
    /// Who asserts it, outermost first; empty where the publication does.
    #[serde(default)]
    pub claim: Vec<Entity>,
    /// The clause under which it holds.
    pub condition: Option<Condition>,
    /// What is demanded, promised, refused or threatened.
    pub content: Option<Quoted>,
    /// Where.
    pub event_loc: Option<Location>,
    /// The words that report it.
    pub trigger: Quoted,
    /// The sentence.
    pub text_info: TextInfo,
    /// Numbers of people.
    #[serde(default)]
    pub size: Size,
    /// 0 to 1.
    pub confidence: f64,
    /// Which frame, which rewrite, which rule, in order.
    #[serde(default)]
    pub reason: Vec<String>,
    /// Filled by the ledger.
    pub happening_id: Option<String>,
    /// Name and version of the coder.
    pub coder: String,
    /// Name and version of the codebook.
    pub codebook: String,
}

/// A candidate that was not coded, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Rejected {
    /// The words.
    pub trigger: Quoted,
    /// Machine-readable reason.
    pub reason: String,
}

/// Everything that was read out of one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Annotation {
    /// The document's id.
    pub id: String,
    /// Title, if there is one.
    pub title: Option<String>,
    /// ISO 8601 day of publication.
    pub published: Option<String>,
    /// Paper, agency or site.
    pub publication: Option<String>,
    /// Where the article was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// ISO 639-1.
    pub language: String,
    /// Title, line feed, body: what all offsets point into.
    pub text: String,
    /// Sentences in reading order.
    #[serde(default)]
    pub sentences: Vec<Range>,
    /// Time expressions.
    #[serde(default)]
    pub times: Vec<Time>,
    /// Resolved mentions.
    #[serde(default)]
    pub entities: Vec<Mention>,
    /// Named persons.
    #[serde(default)]
    pub people: Vec<Person>,
    /// Attributed statements.
    #[serde(default)]
    pub statements: Vec<Statement>,
    /// Events.
    #[serde(default)]
    pub events: Vec<Event>,
    /// Candidates not coded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<Rejected>,
}
