//! What reports of acts are compared by.

use super::deeds::deeds_of;
use super::occasion::{Occasion, day_number};
use super::parties::{Party, codes_of};
use super::words::{Bag, fold, stems_of};
use crate::hashing::hash_text;
use entente_codebook::{Aux, EventType};
use entente_coder::record::{Event, Size};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

/// Stems that stand for a document's topic.
const TOPIC_STEMS: usize = 40;

/// Words around a trigger that most likely belong to its act.
const WORDS_BEFORE: usize = 6;
const WORDS_AFTER: usize = 9;

/// Words after which an act is told as known.
const RECALLING: &[&str] = &[
    "the", "this", "that", "its", "their", "his", "her", "had", "has", "have", "having", "who", "whom",
    "which", "since", "after",
];

/// Words that set an act apart from an earlier one of its kind.
const ANOTHER: &[&str] =
    &["second", "third", "fourth", "fifth", "anoth", "again", "new", "fresh", "further", "resum", "latest"];

/// Numbers written as words, so that "six soldiers" and "6 soldiers" are the same.
const NUMBER_WORDS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// A document, as far as its events are compared by it.
#[derive(Debug, Clone, Copy)]
pub struct DocumentFacts<'a> {
    /// Its id.
    pub id: &'a str,
    /// ISO 8601 day of publication.
    pub published: Option<&'a str>,
    /// Paper, agency or site.
    pub publication: Option<&'a str>,
    /// Id of the first document of its story; its own where it is no copy.
    pub story: &'a str,
    /// Title, line feed, body, as offsets of events point into it.
    pub text: &'a str,
}

/// What all events of a document share.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentProfile {
    /// Its id.
    pub id: String,
    /// Hash of the id.
    pub key: u64,
    /// Hash of the id of the first document of its story.
    pub story: u64,
    /// Day of publication, from 1970-01-01.
    pub published: Option<i32>,
    /// Its most telling stems.
    pub topic: Bag,
}

impl DocumentProfile {
    /// The profile of a document.
    pub fn of(document: &DocumentFacts) -> Arc<Self> {
        Arc::new(Self {
            id: document.id.to_owned(),
            key: hash_text(document.id),
            story: hash_text(document.story),
            published: document.published.and_then(day_number),
            topic: Bag::keywords_of(document.text, TOPIC_STEMS),
        })
    }
}

impl DocumentProfile {
    /// The same document as one of another story.
    #[must_use]
    pub fn of_story(&self, story: &str) -> Self {
        Self { story: hash_text(story), ..self.clone() }
    }
}

/// What an event is compared by.
#[derive(Debug, Clone, PartialEq)]
pub struct EventProfile {
    /// The event's id.
    pub id: String,
    /// Its document.
    pub document: Arc<DocumentProfile>,
    /// PLOVER type.
    pub event: EventType,
    /// PLOVER modes.
    pub modes: Vec<String>,
    /// Auxiliary modes.
    pub aux: Vec<Aux>,
    /// When, as far as the report tells.
    pub occasion: Option<Occasion>,
    /// Who acts.
    pub actors: Vec<Party>,
    /// Whom it is done to.
    pub recipients: Vec<Party>,
    /// Distinct codes of both.
    pub codes: Vec<u64>,
    /// Hash of the place's name, in lower case without marks on letters.
    pub place: Option<u64>,
    /// Hash of the place's country.
    pub country: Option<u64>,
    /// People killed, wounded and detained.
    pub size: Size,
    /// Hashes of the stems of the words that report it.
    pub trigger: Vec<u64>,
    /// The same, weighted, without those that say nothing.
    pub trigger_words: Bag,
    /// What is done, as lines of the table of deeds.
    pub deeds: Vec<usize>,
    /// Stems of its sentence.
    pub words: Bag,
    /// Stems of the words around the trigger: a sentence may report two acts.
    pub near: Bag,
    /// Stems of what is demanded, promised, refused or threatened.
    pub content: Bag,
    /// Frames of the codebook under which it was coded.
    pub frames: Vec<u64>,
    /// Stems of the names in its sentence.
    pub names: Bag,
    /// Numbers in its sentence, years left out, ascending.
    pub numbers: Vec<u64>,
    /// Whether its sentence speaks of another act of the kind.
    pub is_another: bool,
    /// Whether it is told as known: by a noun ("the attack"), or as past before what the sentence reports ("had
    /// attacked"). The coder's date of such an act is often only that of the report.
    pub is_recalled: bool,
    /// Whether the report says that it did not take place: an auxiliary mode, or "denied that …" before the trigger.
    pub is_denied: bool,
    /// Index of its sentence.
    pub sentence: usize,
    /// First code point of the trigger.
    pub start: usize,
}

impl EventProfile {
    /// The profile of an event; `text` is its document's text. Offsets beyond the text leave the sentence empty.
    pub fn of(event: &Event, document: &Arc<DocumentProfile>, text: &str) -> Self {
        let length = event.text_info.end.saturating_sub(event.text_info.start);
        let sentence: String = text.chars().skip(event.text_info.start).take(length).collect();
        let stems = stems_of(&sentence);
        let place = event.event_loc.as_ref();
        let trigger = stems_of(&event.trigger.text);
        let before = event.trigger.start.saturating_sub(event.text_info.start);
        let actors: Vec<Party> = event.actor.iter().map(Party::of).collect();
        let recipients: Vec<Party> = event.recipient.iter().map(Party::of).collect();
        Self {
            id: event.id.clone(),
            document: Arc::clone(document),
            event: event.event,
            modes: event.mode.clone(),
            aux: event.aux.clone(),
            occasion: Occasion::of(
                event.date.as_deref(),
                event.enddate.as_deref(),
                event.date_reason.as_deref(),
            ),
            codes: codes_of(actors.iter().chain(&recipients)),
            actors,
            recipients,
            place: place.map(|found| hash_text(&fold(&found.extracted_place))),
            country: place.and_then(|found| found.country_code.as_deref()).map(hash_text),
            size: event.size,
            deeds: deeds_of(&trigger),
            trigger: trigger.iter().map(|stem| hash_text(stem)).collect(),
            trigger_words: Bag::of(&event.trigger.text),
            words: Bag::of(&sentence),
            near: Bag::of(&words_around(&sentence, before)),
            frames: frames_of(&event.reason),
            names: Bag::of(&names_of(&sentence)),
            content: event.content.as_ref().map(|content| Bag::of(&content.text)).unwrap_or_default(),
            numbers: numbers_of(&stems),
            is_recalled: is_recalled(&sentence, before),
            is_denied: event.aux.contains(&Aux::Negation) || is_denied(&sentence, before),
            is_another: stems.iter().any(|stem| ANOTHER.contains(&&**stem)),
            sentence: event.text_info.sequence,
            start: event.trigger.start,
        }
    }

    /// Whether an auxiliary mode is set.
    pub fn has(&self, aux: Aux) -> bool {
        self.aux.contains(&aux)
    }

    /// Whether both stand in one document.
    pub(super) fn is_of_document_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.document, &other.document) || self.document.key == other.document.key
    }

    /// Actors and recipients.
    pub(super) fn parties(&self) -> impl Iterator<Item = &Party> {
        self.actors.iter().chain(&self.recipients)
    }
}

/// The words of a text that have a capital letter, but for the first of each sentence.
fn names_of(text: &str) -> String {
    let mut names = String::new();
    let mut is_first = true;
    for word in text.split_whitespace() {
        if !is_first && word.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase) {
            names.push_str(word);
            names.push(' ');
        }
        is_first = word.ends_with(['.', '!', '?']);
    }
    names
}

/// Hashes of the frames that the coder cites: `frame accuse.toml:21 condemn`, `inner frame …`.
fn frames_of(reasons: &[String]) -> Vec<u64> {
    let cited = reasons
        .iter()
        .filter_map(|reason| reason.strip_prefix("inner ").unwrap_or(reason).strip_prefix("frame "));
    cited.filter_map(|frame| frame.split(' ').next()).map(hash_text).collect()
}

/// Whether the word at a place follows an article, a possessive, "had" or the like, with at most one word between.
fn is_recalled(sentence: &str, place: usize) -> bool {
    let before: String = sentence.chars().take(place).collect();
    let mut words = before.split_whitespace().rev().take(2);
    words.any(|word| {
        RECALLING.contains(&word.to_lowercase().as_str()) || word.ends_with("'s") || word.ends_with("’s")
    })
}

/// Whether a word of denial stands before a place.
fn is_denied(sentence: &str, place: usize) -> bool {
    let before: String = sentence.chars().take(place).collect();
    stems_of(&before).iter().any(|stem| matches!(&**stem, "deni" | "denial"))
}

/// The words of a sentence around a place in it, counted in characters.
fn words_around(sentence: &str, place: usize) -> String {
    let before: String = sentence.chars().take(place).collect();
    let after: String = sentence.chars().skip(place).collect();
    let earlier: Vec<&str> = before.split_whitespace().collect();
    let kept = earlier[earlier.len().saturating_sub(WORDS_BEFORE)..].iter().copied();
    kept.chain(after.split_whitespace().take(WORDS_AFTER)).collect::<Vec<&str>>().join(" ")
}

/// Numbers among stems. Years, days of a month after its name and the like cannot be told from counts; only what looks
/// like a year is left out.
fn numbers_of(stems: &[Rc<str>]) -> Vec<u64> {
    let mut numbers: Vec<u64> = stems.iter().filter_map(|stem| number_of(stem)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Number words by their stems.
static NUMBER_STEMS: LazyLock<HashMap<String, u64>> = LazyLock::new(|| {
    let stem = |word: &str| stems_of(word).first().map(ToString::to_string).unwrap_or_default();
    NUMBER_WORDS.iter().zip(0..).map(|(word, number)| (stem(word), number)).collect()
});

fn number_of(stem: &str) -> Option<u64> {
    let number = stem.parse().ok().or_else(|| NUMBER_STEMS.get(stem).copied())?;
    (number > 1 && !(1900..2100).contains(&number)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_as_known_is_recalled() {
        let at = |sentence: &str, word: &str| is_recalled(sentence, sentence.find(word).unwrap());
        assert!(at("France condemned the deadly attack", "attack"));
        assert!(at("He returned a year after soldiers had fired", "fired"));
        assert!(!at("Soldiers attacked a convoy", "attacked"));
    }

    #[test]
    fn a_denial_goes_before_what_is_denied() {
        let sentence = "The army shelled the town but denied that it had used gas";
        assert!(is_denied(sentence, sentence.find("used").unwrap()));
        assert!(!is_denied(sentence, sentence.find("shelled").unwrap()));
    }

    #[test]
    fn words_around_a_trigger_are_those_of_its_clause() {
        let sentence =
            "France condemned the coup on Monday and later sent, as one source said, a ship to help";
        assert_eq!(words_around(sentence, 0), "France condemned the coup on Monday and later sent,");
        assert!(!words_around(sentence, sentence.find("ship").unwrap()).contains("coup"));
    }

    #[test]
    fn numbers_are_read_as_digits_and_words() {
        assert_eq!(numbers_of(&stems_of("Twelve of 45 left in 2019, one stayed, twelve wept")), [12, 45]);
    }
}
