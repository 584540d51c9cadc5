//! How well events are joined to happenings: reads the articles of `corpus/happenings` and what `entente annotate`
//! coded of them, and prints pairwise precision, recall and F1 for each split.
//!
//!     python3 corpus/happenings/topics.py > articles.jsonl
//!     entente annotate articles.jsonl > coded.jsonl
//!     cargo run --release -p entente-ledger --example happenings -- articles.jsonl coded.jsonl
//!
//! A coded event whose trigger shares a character with a mark takes the mark's happening, whatever its type. All coded
//! events of a split are joined together; pairs are counted over those with a mark. `--pairs FILE` writes the features
//! of all pairs of the training and development parts, for `training/entente_training/happenings.py`; `--errors SPLIT`
//! prints every wrong pair; `--weights FILE` takes other weights.

use entente_coder::record::{Annotation, Event};
use entente_ledger::duplicates::{DocumentText, link_documents};
use entente_ledger::happenings::{
    DocumentFacts, DocumentProfile, EventProfile, FEATURE_NAMES, Happenings, Weights, compare,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::sync::Arc;
use std::{env, fs};

const SPLITS: [&str; 3] = ["train", "dev", "test"];
const USAGE: &str = "usage: happenings ARTICLES CODED [--weights FILE] [--pairs FILE] [--errors SPLIT]";

#[derive(Deserialize)]
struct Article {
    id: String,
    text: String,
    published: String,
    publication: String,
    split: String,
    marks: Vec<Mark>,
}

#[derive(Deserialize)]
struct Mark {
    start: usize,
    end: usize,
    happening: String,
}

/// A coded event, and the marked act that it is.
struct Coded {
    split: String,
    profile: EventProfile,
    act: Option<String>,
    shown: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [articles, coded, options @ ..] = arguments.as_slice() else { return Err(USAGE.into()) };
    let mut weights = Weights::built_in();
    let mut shown_split = None;
    let mut pairs_file = None;
    for option in options.chunks(2) {
        match option {
            [name, value] if name == "--weights" => weights = Weights::parse(&fs::read_to_string(value)?)?,
            [name, value] if name == "--pairs" => pairs_file = Some(value),
            [name, value] if name == "--errors" => shown_split = Some(value.as_str()),
            _ => return Err(USAGE.into()),
        }
    }
    let events = read_events(&read_lines(articles)?, read_lines(coded)?);
    if let Some(path) = pairs_file {
        fs::write(path, pairs_table(&events, &weights))?;
    }
    println!("split  marked  pairs  all: P     R     F1    across articles: pairs  P     R     F1");
    for split in SPLITS {
        let of_split: Vec<&Coded> = events.iter().filter(|event| event.split == split).collect();
        println!("{}", figures(split, &of_split, &weights, shown_split == Some(split)));
    }
    Ok(())
}

/// One JSON object a line.
fn read_lines<T: DeserializeOwned>(path: &str) -> Result<Vec<T>, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let parse = |(number, line)| {
        serde_json::from_str(line).map_err(|error| format!("{path}:{}: {error}", number + 1))
    };
    Ok(text.lines().enumerate().map(parse).collect::<Result<_, _>>()?)
}

fn read_events(articles: &[Article], coded: Vec<Annotation>) -> Vec<Coded> {
    let mut annotations: BTreeMap<String, Annotation> =
        coded.into_iter().map(|annotation| (annotation.id.clone(), annotation)).collect();
    let texts: Vec<DocumentText> = articles.iter().map(document_text).collect();
    let stories = link_documents(&texts).story;
    let mut events = Vec::new();
    for (article, story) in articles.iter().zip(stories) {
        let Some(annotation) = annotations.remove(&article.id) else { continue };
        let document = DocumentProfile::of(&DocumentFacts {
            id: &article.id,
            published: Some(&article.published),
            publication: Some(&article.publication),
            story: &articles[story].id,
            text: &annotation.text,
        });
        events.extend(annotation.events.iter().map(|event| Coded {
            split: article.split.clone(),
            profile: EventProfile::of(event, &document, &annotation.text),
            act: act_of(event, article),
            shown: shown(event, &annotation.text),
        }));
    }
    events
}

fn document_text(article: &Article) -> DocumentText<'_> {
    DocumentText {
        id: &article.id,
        published: Some(&article.published),
        publication: Some(&article.publication),
        text: &article.text,
    }
}

fn act_of(event: &Event, article: &Article) -> Option<String> {
    let overlaps = |mark: &&Mark| mark.start < event.trigger.end && event.trigger.start < mark.end;
    article.marks.iter().find(overlaps).map(|mark| mark.happening.clone())
}

/// An event in one line, for reading.
fn shown(event: &Event, text: &str) -> String {
    let names = |parties: &[entente_coder::record::Entity]| {
        parties.iter().map(|party| party.entity_name.as_str()).collect::<Vec<_>>().join("; ")
    };
    let length = event.text_info.end - event.text_info.start;
    let sentence: String = text.chars().skip(event.text_info.start).take(length).collect();
    let date = event.date.as_deref().unwrap_or("-");
    let (actor, recipient) = (names(&event.actor), names(&event.recipient));
    format!(
        "{} {} \"{}\" {date} < {actor} > {recipient} | {sentence}",
        event.document_id, event.event, event.trigger.text
    )
}

/// Right, found and wanted pairs.
#[derive(Default)]
struct Counts {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Counts {
    fn add(&mut self, is_wanted: bool, is_found: bool) {
        self.right += usize::from(is_wanted && is_found);
        self.found += usize::from(is_found);
        self.wanted += usize::from(is_wanted);
    }

    fn show(&self) -> String {
        let precision = self.right as f64 / self.found.max(1) as f64;
        let recall = self.right as f64 / self.wanted.max(1) as f64;
        let f1 = 2.0 * self.right as f64 / (self.found + self.wanted).max(1) as f64;
        format!("{precision:.3} {recall:.3} {f1:.3}")
    }
}

fn figures(split: &str, events: &[&Coded], weights: &Weights, show_errors: bool) -> String {
    let profiles = events.iter().map(|event| event.profile.clone()).collect();
    let happenings = Happenings::new(weights.clone()).add(profiles).happenings;
    let marked: Vec<&&Coded> = events.iter().filter(|event| event.act.is_some()).collect();
    let (mut all, mut across) = (Counts::default(), Counts::default());
    for (at, one) in marked.iter().enumerate() {
        for other in &marked[at + 1..] {
            let is_wanted = one.act == other.act;
            let is_found = happenings.get(&one.profile.id) == happenings.get(&other.profile.id);
            all.add(is_wanted, is_found);
            if one.profile.document.id != other.profile.document.id {
                across.add(is_wanted, is_found);
            }
            if show_errors && is_wanted != is_found {
                let kind = if is_wanted { "missed" } else { "wrong" };
                let probability =
                    compare(&one.profile, &other.profile, weights).map(|found| found.probability);
                println!("{kind} {probability:.2?}\n  {}\n  {}", one.shown, other.shown);
            }
        }
    }
    let acts: BTreeSet<&Option<String>> = marked.iter().map(|event| &event.act).collect();
    format!(
        "{split:6} {:6} {:6}  {}  {:22}  {}   ({} acts)",
        marked.len(),
        all.wanted,
        all.show(),
        across.wanted,
        across.show(),
        acts.len()
    )
}

/// Of the pairs from two topics, one in so many is also written as if both were told of the same parties on the same day.
const IMITATED: usize = 4;

/// Split, whether it is one act, where both stand, and the features of each pair that can be compared. What a corpus of
/// few topics hardly has and the world has every day is made of the training part: acts of the same
/// states on the same day that have nothing to do with one another (`made-world`), and acts told in the same words of
/// other parties (`made-party`).
fn pairs_table(events: &[Coded], weights: &Weights) -> String {
    let mut table = format!("split\tsame\tone\tother\t{}\n", FEATURE_NAMES.join("\t"));
    let of_split = |split: &'static str| {
        events
            .iter()
            .filter(move |event| event.act.is_some() && event.split == split)
            .collect::<Vec<&Coded>>()
    };
    for split in ["train", "dev"] {
        for (one, other) in pairs_of(&of_split(split)) {
            add_row(&mut table, split, one.act == other.act, [&one.profile, &other.profile], weights);
        }
    }
    let train = of_split("train");
    let (mut apart, mut together) = (0, 0);
    for (one, other) in pairs_of(&train) {
        let made = if one.act == other.act {
            together += 1;
            as_if_done_by(&other.profile, &train[together * 31 % train.len()].profile)
        } else {
            apart += usize::from(topic(one) != topic(other));
            if topic(one) == topic(other) || apart % IMITATED != 0 {
                continue;
            }
            as_if_told_of(&other.profile, &one.profile)
        };
        if one.act != other.act || have_other_actors(&one.profile, &made) {
            let split = if one.act == other.act { "made-party" } else { "made-world" };
            add_row(&mut table, split, false, [&one.profile, &made], weights);
        }
    }
    table
}

fn pairs_of<'a>(events: &'a [&'a Coded]) -> impl Iterator<Item = (&'a Coded, &'a Coded)> {
    events.iter().enumerate().flat_map(|(at, one)| events[at + 1..].iter().map(|other| (*one, *other)))
}

fn add_row(table: &mut String, split: &str, same: bool, pair: [&EventProfile; 2], weights: &Weights) {
    let Some(found) = compare(pair[0], pair[1], weights) else { return };
    let values: Vec<String> = found.features.iter().map(|value| format!("{value:.4}")).collect();
    let [one, other] = pair.map(|profile| format!("{}:{}", profile.document.id, profile.start));
    let (same, values) = (u8::from(same), values.join("\t"));
    let _ = writeln!(table, "{split}\t{same}\t{one}\t{other}\t{values}");
}

/// The topic of a marked event: its happening's name up to the stroke.
fn topic(event: &Coded) -> Option<&str> {
    event.act.as_deref()?.split('/').next()
}

/// A report with the parties of another.
fn as_if_done_by(report: &EventProfile, other: &EventProfile) -> EventProfile {
    let mut changed = report.clone();
    changed.actors.clone_from(&other.actors);
    changed.recipients.clone_from(&other.recipients);
    changed
}

/// Whether both say who acted, and mean others.
fn have_other_actors(one: &EventProfile, other: &EventProfile) -> bool {
    let codes = |profile: &EventProfile| -> BTreeSet<u64> {
        profile.actors.iter().filter_map(|party| party.code).collect()
    };
    let (own, their) = (codes(one), codes(other));
    !own.is_empty() && !their.is_empty() && own.is_disjoint(&their)
}

/// A report with the parties and days of another.
fn as_if_told_of(report: &EventProfile, other: &EventProfile) -> EventProfile {
    let mut changed = report.clone();
    changed.document =
        Arc::new(DocumentProfile { published: other.document.published, ..(*report.document).clone() });
    changed.actors.clone_from(&other.actors);
    changed.recipients.clone_from(&other.recipients);
    changed.occasion = other.occasion;
    changed
}
