//! Reads what is measured: annotated articles, and records. Each fault is named on stderr, and the rest goes in.

use crate::arguments::TextOptions;
use crate::report::{Outcome, input_name};
use entente::{Document, DocumentParts, ReadOptions, read_path};
use entente_evaluation::InputError;
use entente_evaluation::gold::{GivenText, GoldDocument, GoldReading, read_csv, read_json};
use entente_evaluation::system::{SystemDocument, read_records};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};

/// All annotated articles of files and directories. Of articles with one id the first counts.
pub(crate) fn gold(inputs: &[PathBuf], options: &TextOptions, outcome: &mut Outcome) -> Vec<GoldDocument> {
    let texts = given_texts(&options.texts, outcome);
    let mut documents = Vec::new();
    let mut ids = BTreeSet::new();
    for input in files(inputs, is_gold_file, outcome) {
        let name = input_name(&input);
        let Some(content) = content(&input, outcome) else { continue };
        let GoldReading { documents: read, faults } = if has_extension(&input, &["csv", "tsv"]) {
            read_csv(&name, &content, &texts)
        } else {
            read_json(&name, &content)
        };
        fail_each(&faults, outcome);
        for mut document in read {
            if !ids.insert(document.id.clone()) {
                outcome.fail(
                    None,
                    &format!("{name}: document {} is there already; this one is left out", document.id),
                );
                continue;
            }
            document.published =
                document.published.or_else(|| options.published.map(|date| date.to_string()));
            documents.push(document);
        }
    }
    outcome.done += documents.len();
    if documents.is_empty() && outcome.failed == 0 {
        outcome.fail(None, "no annotated articles in the inputs");
    }
    documents
}

/// The records of a file.
pub(crate) fn records(input: &Path, outcome: &mut Outcome) -> Vec<SystemDocument> {
    let Some(content) = content(input, outcome) else {
        return Vec::new();
    };
    let reading = read_records(&input_name(input), &content);
    fail_each(&reading.faults, outcome);
    if reading.documents.is_empty() && reading.faults.is_empty() {
        outcome.fail(None, &format!("{}: no records", input_name(input)));
    }
    reading.documents
}

/// The document that the coder reads: the gold's text as it is, so that its places stay right.
pub(crate) fn document(gold: &GoldDocument, outcome: &mut Outcome) -> Document {
    let published = gold.published.as_deref().filter(|date| !date.is_empty()).and_then(|date| {
        let day = date.parse().ok();
        if day.is_none() {
            outcome.fail(None, &format!("document {}: publication date \"{date}\" not understood", gold.id));
        }
        day
    });
    let title = gold.title.clone().filter(|title| !title.trim().is_empty());
    let text = cleaned(&gold.text);
    let first_line =
        text.split_once('\n').filter(|(line, _)| Some(line.trim()) == title.as_deref().map(str::trim));
    let (title, body, title_apart) = match first_line {
        Some((line, rest)) => (Some(line.to_owned()), rest.to_owned(), false),
        None => (title, text.clone(), true),
    };
    Document::new(DocumentParts {
        id: Some(gold.id.clone()),
        title,
        body,
        title_apart,
        published,
        publication: gold.publication.clone().filter(|name| !name.is_empty()),
        ..DocumentParts::default()
    })
}

/// What the readers of articles do to a text: control characters and rare line breaks go, and every place stays.
fn cleaned(text: &str) -> String {
    let clean = |character: char| match character {
        '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\n' | '\t' => character,
        _ if character.is_control() => ' ',
        _ => character,
    };
    text.replace("\r\n", " \n").chars().map(clean).collect()
}

/// Names each fault on stderr.
pub(crate) fn fail_each(faults: &[InputError], outcome: &mut Outcome) {
    for fault in faults {
        outcome.fail(None, &fault.to_string());
    }
}

/// The text of a file, or of standard input.
pub(crate) fn content(input: &Path, outcome: &mut Outcome) -> Option<String> {
    let mut bytes = Vec::new();
    let read = if input.as_os_str() == "-" {
        std::io::stdin().read_to_end(&mut bytes)
    } else {
        std::fs::File::open(input).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    if let Err(error) = read {
        outcome.fail(None, &format!("{}: failed to read: {error}", input_name(input)));
        return None;
    }
    let text = String::from_utf8(bytes);
    if text.is_err() {
        outcome.fail(None, &format!("{}: not UTF-8", input_name(input)));
    }
    text.ok()
}

/// Texts by what a table may call them: the id that the records have; of a file with one article, also its name with
/// and without the extension. Names come from the folder's listing, never from the table.
fn given_texts(inputs: &[PathBuf], outcome: &mut Outcome) -> BTreeMap<String, GivenText> {
    let mut texts = BTreeMap::new();
    for input in files(inputs, |_| true, outcome) {
        let is_one = has_extension(&input, &["txt", "text", "html", "htm", "xhtml"]);
        for document in read_path(&input, &ReadOptions::default()) {
            let document = match document {
                Ok(document) => document,
                Err(error) => {
                    outcome.fail(None, &error.to_string());
                    continue;
                }
            };
            let given = GivenText {
                title: document.title().map(str::to_owned),
                text: document.text,
                published: document.published.map(|date| date.to_string()),
                publication: document.publication,
            };
            texts.insert(document.id, given.clone());
            if is_one {
                for name in [input.file_name(), input.file_stem()].into_iter().flatten() {
                    texts.insert(name.to_string_lossy().into_owned(), given.clone());
                }
            }
        }
    }
    texts
}

/// The files, and those of the directories that `is_wanted`, in the order of their names.
fn files(inputs: &[PathBuf], is_wanted: impl Fn(&Path) -> bool, outcome: &mut Outcome) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut waiting: Vec<PathBuf> = inputs.iter().rev().cloned().collect();
    while let Some(path) = waiting.pop() {
        if !path.is_dir() {
            let is_named = inputs.contains(&path);
            if is_named || is_wanted(&path) {
                files.push(path);
            }
            continue;
        }
        match std::fs::read_dir(&path).and_then(Iterator::collect::<std::io::Result<Vec<_>>>) {
            Ok(entries) => {
                let mut inside: Vec<PathBuf> = entries.iter().map(std::fs::DirEntry::path).collect();
                inside.sort();
                waiting.extend(inside.into_iter().rev());
            }
            Err(error) => outcome.fail(None, &format!("{}: failed to read: {error}", input_name(&path))),
        }
    }
    files
}

fn is_gold_file(path: &Path) -> bool {
    has_extension(path, &["json", "jsonl", "ndjson", "csv", "tsv"])
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    extensions.iter().any(|known| extension.eq_ignore_ascii_case(known))
}
