//! Happenings in every format.

use super::ledger::{Answer, dated};
use crate::report::inert;
use entente_ledger::happenings::{Conflict, Happening, Supported};
use entente_ledger::store::StoredHappening;
use serde::Serialize;
use std::fmt::Write as _;

/// Columns of a happening as a row.
const COLUMNS: [&str; 17] = [
    "id",
    "event",
    "mode",
    "date",
    "enddate",
    "actors",
    "recipients",
    "place",
    "country",
    "event_scale",
    "confidence",
    "reports",
    "documents",
    "stories",
    "sources",
    "claimants",
    "conflicts",
];

/// A happening with what the ledger knows besides the record.
#[derive(Serialize)]
pub(crate) struct Found<'a> {
    #[serde(flatten)]
    record: &'a Happening,
    enddate: Option<&'a str>,
    event_scale: f64,
    confidence: f64,
    sources: u32,
}

impl<'a> Found<'a> {
    pub(crate) fn new(stored: &'a StoredHappening, record: &'a Happening) -> Self {
        let row = &stored.happening;
        Self {
            record,
            enddate: row.enddate.as_deref(),
            event_scale: row.event_scale,
            confidence: row.confidence,
            sources: row.sources,
        }
    }

    fn cells(&self) -> Vec<String> {
        let Happening { id, event, mode, date, place, .. } = self.record;
        let country = place.as_ref().and_then(|place| place.country_code.clone());
        vec![
            id.clone(),
            event.to_string(),
            mode.join("; "),
            date.clone().unwrap_or_default(),
            self.enddate.unwrap_or_default().to_owned(),
            values(&self.record.actors),
            values(&self.record.recipients),
            place.as_ref().map(|place| place.extracted_place.clone()).unwrap_or_default(),
            country.unwrap_or_default(),
            self.event_scale.to_string(),
            self.confidence.to_string(),
            self.record.mentions.len().to_string(),
            self.record.documents.to_string(),
            self.record.stories.to_string(),
            self.sources.to_string(),
            values(&self.record.claimants),
            self.record.conflicts.iter().map(told).collect::<Vec<_>>().join(" | "),
        ]
    }

    fn lines(&self) -> String {
        let mut text = headline(self.record);
        let _ = writeln!(
            text,
            "            {}  {}",
            inert(&self.record.id),
            support(self.record, Some((self.sources, self.confidence)))
        );
        for conflict in &self.record.conflicts {
            let _ = writeln!(text, "            {}", inert(&told(conflict)));
        }
        text
    }
}

impl Answer {
    pub(crate) fn happening(&mut self, found: &Found) -> anyhow::Result<()> {
        self.put(found, &COLUMNS, || found.cells(), || found.lines())
    }
}

/// A happening with all its reports, for eyes.
pub(crate) fn whole(record: &Happening) -> String {
    let mut text = headline(record);
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "  {name:12} {}", inert(value));
        }
    };
    line("happening", &record.id);
    line("support", &support(record, None));
    let lists =
        [("actor", &record.actors), ("recipient", &record.recipients), ("claimant", &record.claimants)];
    for (name, list) in lists {
        for value in list {
            line(name, &format!("{} ({})", value.value, counted(value.stories, "story", "stories")));
        }
    }
    for conflict in &record.conflicts {
        line("differs", &told(conflict));
    }
    for mention in &record.mentions {
        let known = [&mention.published, &mention.publication].map(|value| value.as_deref().unwrap_or("?"));
        let claimant =
            mention.claimant.as_deref().filter(|claimant| Some(*claimant) != mention.publication.as_deref());
        let word = claimant.map(|claimant| format!(", on the word of {claimant}")).unwrap_or_default();
        line(
            "report",
            &format!("{}  {}  {}  {}{word}", known[0], known[1], mention.document_id, mention.event_id),
        );
    }
    text
}

fn headline(record: &Happening) -> String {
    let mut kind = record.event.to_string();
    record.mode.iter().for_each(|mode| {
        let _ = write!(kind, " {mode}");
    });
    let parties = |list: &[Supported<String>]| if list.is_empty() { "?".to_owned() } else { values(list) };
    let place =
        record.place.as_ref().map(|place| format!("  in {}", place.extracted_place)).unwrap_or_default();
    let date = dated(record.date.as_deref().unwrap_or_default());
    let acts = format!("{kind}  {} → {}{place}", parties(&record.actors), parties(&record.recipients));
    format!("{date}  {}\n", inert(&acts))
}

fn support(record: &Happening, row: Option<(u32, f64)>) -> String {
    let reports = counted(record.mentions.len(), "report", "reports");
    let documents = counted(record.documents, "document", "documents");
    let stories = counted(record.stories, "story", "stories");
    let more = row.map(|(sources, confidence)| {
        format!(", {}, {confidence:.2}", counted(sources as usize, "source", "sources"))
    });
    format!("{reports} in {documents}, {stories}{}", more.unwrap_or_default())
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn values(list: &[Supported<String>]) -> String {
    list.iter().map(|value| value.value.as_str()).collect::<Vec<_>>().join("; ")
}

/// What reports differ on, and who says what.
fn told(conflict: &Conflict) -> String {
    let versions = conflict.versions().iter().map(|version| {
        let who = version.claimants.join(", ");
        let when = version.first_published.as_deref().map(|day| format!(", {day}")).unwrap_or_default();
        if version.value.is_empty() {
            format!("by {who}{when}")
        } else {
            format!("{} ({who}{when})", version.value)
        }
    });
    format!("{}: {}", conflict.name(), versions.collect::<Vec<_>>().join(" / "))
}
