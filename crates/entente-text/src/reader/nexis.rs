//! Deliveries of Nexis (LexisNexis): many articles in a text, in its old layout ("1 of 200 DOCUMENTS") and its new one
//! ("Body … End of Document").

use std::io::{self, BufRead};

use super::ReadOptions;
use super::finish::{decode_input, finish, one_line};
use super::lines::{Line, Lines};
use crate::dates::parse_written_date;
use crate::encoding::{clean, decode};
use crate::{Document, DocumentParts, Origin, ReadError};

/// Labels of the old layout before the text.
const LABELS_BEFORE: &[&str] = &[
    "BYLINE",
    "SECTION",
    "LENGTH",
    "DATELINE",
    "SOURCE",
    "HEADLINE",
    "BODY",
    "HIGHLIGHT",
    "COLUMN",
    "SERIES",
];
/// Labels of both layouts after the text.
const LABELS_AFTER: &[&str] = &[
    "LOAD-DATE",
    "LANGUAGE",
    "GRAPHIC",
    "PUBLICATION-TYPE",
    "DOCUMENT-TYPE",
    "JOURNAL-CODE",
    "SUBJECT",
    "PERSON",
    "ORGANIZATION",
    "COMPANY",
    "TICKER",
    "GEOGRAPHIC",
    "CITY",
    "STATE",
    "COUNTRY",
    "INDUSTRY",
    "URL",
    "TYPE",
    "CORRECTION",
    "CORRECTION-DATE",
    "UPDATE",
    "ACC-NO",
    "PUB-TYPE",
    "TRANSCRIPT",
    "COPYRIGHT",
];
/// Lines of the new layout after which the text is over.
const ENDS: &[&str] = &["Classification", "Graphic", "Load-Date", "End of Document"];

/// Whether a text begins like a delivery.
pub(super) fn looks_like_delivery(text: &str) -> bool {
    const LOOKED_AT: usize = 200;
    let lines: Vec<&str> = text.lines().take(LOOKED_AT).map(str::trim).collect();
    let old = lines.iter().any(|line| is_counter(line));
    let new = lines.contains(&"Body")
        && lines.iter().any(|line| label_of(line).is_some_and(|(label, _)| label == "LENGTH"));
    old || new
}

/// "1 of 200 DOCUMENTS".
fn is_counter(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    matches!(words.as_slice(), [at, "of", all, "DOCUMENTS" | "DOCUMENT"] if number(at) && number(all))
}

/// The label of a line and what follows it, such as `LENGTH: 800 words`.
fn label_of(line: &str) -> Option<(String, &str)> {
    let (label, rest) = line.split_once(':')?;
    let is_label = label.len() >= 3 && label.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
    let label = label.to_ascii_uppercase();
    let is_known = LABELS_BEFORE.contains(&label.as_str()) || LABELS_AFTER.contains(&label.as_str());
    (is_label && is_known).then(|| (label, rest.trim()))
}

/// The articles of a delivery; one is in memory.
pub(super) struct NexisReader<R> {
    lines: Lines<R>,
    origin: Origin,
    options: ReadOptions,
    has_articles: bool,
    is_done: bool,
}

impl<R: BufRead> NexisReader<R> {
    pub(super) fn new(stream: R, origin: Origin, options: ReadOptions) -> Self {
        let lines = Lines::new(stream, options.longest_input());
        Self { lines, origin, options, has_articles: false, is_done: false }
    }

    /// The lines of the next article, and the number of its first; none at the end.
    fn next_article(&mut self) -> io::Result<Option<(usize, Vec<u8>)>> {
        let mut article = Vec::new();
        let mut first = self.lines.number() + 1;
        loop {
            let line = match self.lines.next_line()? {
                Some(Line::Whole(line)) => line,
                Some(Line::TooLong) => continue,
                None => {
                    self.is_done = true;
                    return Ok((!article.trim_ascii().is_empty()).then_some((first, article)));
                }
            };
            let shown = String::from_utf8_lossy(line.trim_ascii()).into_owned();
            let is_end = shown == "End of Document";
            if is_end || is_counter(&shown) {
                if article.trim_ascii().is_empty() {
                    first = self.lines.number() + 1;
                    article.clear();
                    continue;
                }
                return Ok(Some((first, article)));
            }
            if article.len() + line.len() <= self.options.longest_input() {
                article.extend_from_slice(&line);
                article.push(b'\n');
            }
        }
    }
}

impl<R: BufRead> Iterator for NexisReader<R> {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        match self.next_article() {
            Ok(Some((line, bytes))) => {
                self.has_articles = true;
                Some(read(&bytes, &self.origin.at_line(line), &self.options))
            }
            Ok(None) if self.has_articles => None,
            Ok(None) => Some(Err(ReadError::Empty { origin: self.origin.clone() })),
            Err(error) => {
                self.is_done = true;
                Some(Err(ReadError::Io { origin: self.origin.clone(), error }))
            }
        }
    }
}

fn read(bytes: &[u8], origin: &Origin, options: &ReadOptions) -> Result<Document, ReadError> {
    let decoded = decode_input(decode(bytes), origin)?;
    let text = clean(&decoded.text);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let found = if lines.contains(&"Body") { new_layout(&lines) } else { old_layout(&lines) };
    let Some(found) = found else {
        let reason = "no date of publication and no text where a delivery has them".to_owned();
        return Err(ReadError::Malformed { origin: origin.clone(), reason });
    };
    let parts = DocumentParts {
        title: found.title.as_deref().and_then(one_line),
        body: found.body,
        published: found.date_line.and_then(parse_written_date),
        publication: found.publication.and_then(one_line),
        language: found.language.map(|language| {
            if language.eq_ignore_ascii_case("english") {
                "en".to_owned()
            } else {
                language.to_ascii_lowercase()
            }
        }),
        notes: decoded.note.into_iter().collect(),
        ..DocumentParts::default()
    };
    finish(parts, origin, options)
}

/// Parts of an article in a delivery.
#[derive(Debug, Default, PartialEq)]
struct Found<'a> {
    title: Option<String>,
    publication: Option<&'a str>,
    date_line: Option<&'a str>,
    language: Option<&'a str>,
    body: String,
}

/// Title, publication, date, then labels, "Body" and the text.
fn new_layout<'a>(lines: &[&'a str]) -> Option<Found<'a>> {
    let body_at = lines.iter().position(|line| *line == "Body")?;
    let (head, rest) = (&lines[..body_at], &lines[body_at + 1..]);
    let date_at = head.iter().position(|line| is_date_line(line));
    let named: Vec<&str> =
        head[..date_at.unwrap_or(0)].iter().copied().filter(|line| !line.is_empty()).collect();
    let (publication, title) = match named.split_last() {
        Some((publication, title)) if !title.is_empty() => (Some(*publication), Some(title.join(" "))),
        Some((only, _)) => (None, Some((*only).to_owned())),
        None => (None, head.iter().find(|line| !line.is_empty()).map(|line| (*line).to_owned())),
    };
    let ends = |line: &str| ENDS.iter().any(|end| line == *end || line.starts_with(&format!("{end}:")));
    let length = rest.iter().position(|line| ends(line)).unwrap_or(rest.len());
    Some(Found {
        title,
        publication,
        date_line: date_at.map(|at| head[at]),
        language: language_of(&rest[length..]),
        body: paragraphs(&rest[..length]),
    })
}

/// Publication, date, title or HEADLINE:, labels, the text, labels.
fn old_layout<'a>(lines: &[&'a str]) -> Option<Found<'a>> {
    let date_at = lines.iter().position(|line| is_date_line(line))?;
    let is_notice =
        |line: &str| line.starts_with("Copyright") || line.eq_ignore_ascii_case("All Rights Reserved");
    let publication =
        lines[..date_at].iter().rev().find(|line| !line.is_empty() && !is_notice(line)).copied();
    let rest = &lines[date_at + 1..];
    let after = |line: &&str| {
        label_of(line).is_some_and(|(label, _)| LABELS_AFTER.contains(&label.as_str())) || is_notice(line)
    };
    let end = rest.iter().position(after).unwrap_or(rest.len());
    let last_label = rest[..end].iter().rposition(|line| label_of(line).is_some());
    let start = last_label.map_or(0, |at| {
        let is_body = label_of(rest[at]).is_some_and(|(label, _)| label == "BODY");
        // A label's words may run over several lines; the text begins after the next blank one.
        let blank = rest[at..end].iter().position(|line| line.is_empty()).map_or(end, |blank| at + blank);
        if is_body { at + 1 } else { blank }
    });
    Some(Found {
        title: labelled(&rest[..start], "HEADLINE").or_else(|| first_paragraph(&rest[..start])),
        publication,
        date_line: Some(lines[date_at]),
        language: language_of(&rest[end..]),
        body: paragraphs(&rest[start..end]),
    })
}

/// A line that is a date, such as "January 5, 2014 Sunday 9:00 PM GMT".
fn is_date_line(line: &str) -> bool {
    const MOST_WORDS: usize = 9;
    line.split_whitespace().count() <= MOST_WORDS && parse_written_date(line).is_some()
}

fn language_of<'a>(lines: &[&'a str]) -> Option<&'a str> {
    lines
        .iter()
        .find_map(|line| line.split_once(':').filter(|(label, _)| label.eq_ignore_ascii_case("language")))
        .map(|(_, language)| language.split(';').next().unwrap_or(language).trim())
}

/// The words of a label, to the next blank line.
fn labelled(lines: &[&str], wanted: &str) -> Option<String> {
    let at = lines.iter().position(|line| label_of(line).is_some_and(|(label, _)| label == wanted))?;
    let (_, first) = label_of(lines[at])?;
    let more = lines[at + 1..].iter().take_while(|line| !line.is_empty());
    Some(std::iter::once(first).chain(more.copied()).collect::<Vec<_>>().join(" "))
}

/// The first paragraph that is no label and no name of an edition.
fn first_paragraph(lines: &[&str]) -> Option<String> {
    lines
        .split(|line| line.is_empty())
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| paragraph.join(" "))
        .find(|text| label_of(text).is_none() && !text.ends_with("Edition") && !text.ends_with("EDITION"))
}

/// Lines joined to paragraphs at blank lines, with a blank line between them. A text without blank lines keeps its lines.
fn paragraphs(lines: &[&str]) -> String {
    let trimmed: Vec<&str> = lines.to_vec();
    let has_blanks = trimmed.iter().skip_while(|line| line.is_empty()).any(|line| line.is_empty());
    let separator = if has_blanks { " " } else { "\n" };
    let groups = trimmed.split(|line| line.is_empty()).filter(|group| !group.is_empty());
    groups.map(|group| group.join(separator)).collect::<Vec<_>>().join("\n\n")
}
