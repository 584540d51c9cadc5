//! `entente classify`: the event type of marked pairs.

use crate::arguments::ClassifyOptions;
use crate::report::{Outcome, input_name};
use crate::workers::Workers;
use entente::{Classification, Coder, Document, DocumentParts, EventType, MarkedPair, Span};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

/// Lines that are classified together, in parallel; it bounds memory.
const BATCH_LINES: usize = 1024;

/// A line of the input. Offsets are code points of `text`, end exclusive.
#[derive(Deserialize)]
struct Line {
    id: Value,
    text: String,
    source: Option<Marked>,
    target: Option<Marked>,
}

/// A marked phrase; without a start or an end, the party is not named in the text.
#[derive(Deserialize)]
struct Marked {
    start: Option<usize>,
    end: Option<usize>,
}

/// A line of the output.
#[derive(Serialize)]
struct Answer {
    id: Value,
    event: EventType,
    mode: Vec<String>,
    confidence: f64,
    scores: BTreeMap<&'static str, f64>,
}

/// A line with its number, counted from 1, or why it could not be read.
type Numbered = (usize, std::io::Result<Vec<u8>>);

pub(crate) fn run(options: &ClassifyOptions) -> anyhow::Result<Outcome> {
    let coder = options.parts.coder()?;
    let workers = Workers::new(options.threads)?;
    let mut out = BufWriter::new(std::io::stdout());
    let mut outcome = Outcome::default();
    for input in &options.inputs {
        let reader = match open(input) {
            Ok(reader) => reader,
            Err(error) => {
                outcome.fail(None, &format!("{}: failed to read: {error}", input_name(input)));
                continue;
            }
        };
        let mut lines = reader.split(b'\n').enumerate().map(|(index, line)| (index + 1, line));
        loop {
            let numbered: Vec<Numbered> = lines.by_ref().take(BATCH_LINES).collect();
            if numbered.is_empty() {
                break;
            }
            let one = |(number, line): Numbered| {
                answer(&coder, line)
                    .map(|answer| answer.map_err(|what| format!("{}:{number}: {what}", input_name(input))))
            };
            for answer in workers.map(numbered, one).into_iter().flatten() {
                match answer {
                    Ok(answer) => {
                        serde_json::to_writer(&mut out, &answer)?;
                        out.write_all(b"\n")?;
                        outcome.done += 1;
                    }
                    Err(message) => outcome.fail(None, &message),
                }
            }
        }
    }
    out.flush()?;
    if outcome.done + outcome.failed == 0 {
        outcome.fail(None, "no marked pairs in the inputs");
    }
    Ok(outcome)
}

fn open(input: &Path) -> std::io::Result<Box<dyn BufRead>> {
    if input.as_os_str() == "-" {
        return Ok(Box::new(BufReader::new(std::io::stdin())));
    }
    Ok(Box::new(BufReader::new(File::open(input)?)))
}

/// The answer to one line, what is wrong with it, or nothing for an empty one.
fn answer(coder: &Coder, line: std::io::Result<Vec<u8>>) -> Option<Result<Answer, String>> {
    match line {
        Ok(line) if line.iter().all(u8::is_ascii_whitespace) => None,
        Ok(line) => Some(classify(coder, &line)),
        Err(error) => Some(Err(format!("failed to read: {error}"))),
    }
}

fn classify(coder: &Coder, line: &[u8]) -> Result<Answer, String> {
    let line: Line = serde_json::from_slice(line).map_err(|error| format!("invalid line: {error}"))?;
    let document = Document::new(DocumentParts { body: line.text.clone(), ..DocumentParts::default() });
    let pair = MarkedPair {
        source: bytes(&line, line.source.as_ref(), &document).map_err(|what| format!("source {what}"))?,
        target: bytes(&line, line.target.as_ref(), &document).map_err(|what| format!("target {what}"))?,
    };
    let found = coder.classify(&document, pair).map_err(|error| error.to_string())?;
    Ok(answer_of(line.id, found))
}

/// The bytes of a marked phrase.
fn bytes(line: &Line, marked: Option<&Marked>, document: &Document) -> Result<Option<Span>, String> {
    let Some(Marked { start: Some(start), end: Some(end) }) = marked else {
        return Ok(None);
    };
    let count = line.text.chars().count();
    if start >= end || *end > count {
        return Err(format!("{start}..{end} is not in the text of {count} characters"));
    }
    let at = |points: usize| {
        document.text.char_indices().nth(points).map_or(document.text.len(), |(byte, _)| byte)
    };
    Ok(Some(Span::new(at(*start), at(*end))))
}

fn answer_of(id: Value, found: Classification) -> Answer {
    let scores = EventType::all().zip(found.scores).map(|(event, score)| (event.as_str(), rounded(score)));
    Answer {
        id,
        event: found.event,
        mode: found.modes,
        confidence: rounded(found.scores[found.event as usize]),
        scores: scores.collect(),
    }
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
