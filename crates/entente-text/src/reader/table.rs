//! Tables: a row an article.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use super::ReadOptions;
use super::finish::{decode_input, finish, one_line};
use super::lines::{Line, Lines};
use super::options::{Column, Part};
use crate::dates::parse_publication_date;
use crate::encoding::{clean, decode};
use crate::{Document, DocumentParts, Origin, ReadError};

/// Separators of cells that are recognised, the likeliest first.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// What headers call the parts of an article, in small letters and digits alone, the best name first.
const HEADERS: [(Part, &[&str]); 7] = [
    (
        Part::Text,
        &[
            "text",
            "body",
            "content",
            "fulltext",
            "articletext",
            "articlebody",
            "bodytext",
            "maintext",
            "article",
            "story",
        ],
    ),
    (Part::Title, &["title", "headline", "heading"]),
    (
        Part::Published,
        &[
            "published",
            "publicationdate",
            "datepublished",
            "pubdate",
            "publishdate",
            "publishedat",
            "date",
            "day",
        ],
    ),
    (
        Part::Publication,
        &[
            "publication",
            "publisher",
            "source",
            "sourcename",
            "outlet",
            "newspaper",
            "site",
            "sitename",
            "domain",
        ],
    ),
    (Part::Url, &["url", "link", "sourceurl", "uri", "permalink"]),
    (Part::Id, &["id", "docid", "documentid", "articleid", "storyid", "guid"]),
    (Part::Language, &["language", "lang"]),
];

/// Columns of the event tables of GDELT 1.0 and 2.0, which have no header and no text.
const GDELT_COLUMNS: [usize; 2] = [58, 61];

/// Where the parts of an article stand in a row.
#[derive(Debug, Default)]
struct Places(Vec<(Part, usize)>);

impl Places {
    fn of(&self, part: Part) -> Option<usize> {
        self.0.iter().find(|(known, _)| *known == part).map(|(_, place)| *place)
    }
}

/// The rows of a table, one after the other.
pub(super) struct TableReader<R> {
    records: Records<R>,
    origin: Origin,
    options: ReadOptions,
    /// Known once the header is read.
    places: Option<Places>,
    has_rows: bool,
    is_done: bool,
}

impl<R: BufRead> TableReader<R> {
    pub(super) fn new(stream: R, origin: Origin, options: ReadOptions) -> Self {
        let records = Records::new(stream, options.longest_input());
        Self { records, origin, options, places: None, has_rows: false, is_done: false }
    }

    fn read(&mut self, record: &Record) -> Option<Result<Document, ReadError>> {
        let origin = self.origin.at_line(record.line);
        let bytes = match &record.content {
            Content::Whole(bytes) => bytes,
            Content::TooLong => {
                return Some(Err(ReadError::TooLarge { origin, limit: self.options.longest_text }));
            }
            Content::Unclosed => {
                let reason =
                    "a quotation mark that opens a cell is never closed; the row is left out".to_owned();
                return Some(Err(ReadError::Malformed { origin, reason }));
            }
        };
        let decoded = match decode_input(decode(bytes), &origin) {
            Ok(decoded) => decoded,
            Err(error) => return Some(Err(error)),
        };
        let cells = cells_of(&decoded.text, self.records.separator());
        if self.places.is_none() {
            match self.settle(&cells, &origin) {
                Ok(is_header) if is_header => return None,
                Ok(_) => {}
                Err(error) => {
                    self.is_done = true;
                    return Some(Err(error));
                }
            }
        }
        let places = self.places.as_ref()?;
        Some(article(&cells, places, decoded.note, &origin, &self.options))
    }

    /// Finds the places by the first row; true when that row is a header.
    fn settle(&mut self, cells: &[String], origin: &Origin) -> Result<bool, ReadError> {
        let given = &self.options.columns;
        if given.are_numbers() {
            let numbered = given.0.iter().filter_map(|(part, column)| match column {
                Column::Numbered(number) => Some((*part, number - 1)),
                Column::Named(_) => None,
            });
            self.places = Some(Places(numbered.collect()));
            return self.check_text(cells, origin).map(|()| false);
        }
        let plain = |name: &str| -> String {
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let names: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
        let mut places = Places::default();
        for (part, column) in &given.0 {
            let place = match column {
                Column::Numbered(number) => Some(number - 1),
                Column::Named(name) => names.iter().position(|known| *known == plain(name)),
            };
            let Some(place) = place else {
                let Column::Named(name) = column else { continue };
                let reason = format!("no column \"{name}\" in the header ({})", shown(cells));
                return Err(ReadError::Malformed { origin: origin.clone(), reason });
            };
            places.0.push((*part, place));
        }
        for (part, known) in HEADERS {
            let place = known.iter().find_map(|name| names.iter().position(|cell| cell == name));
            if let Some(place) = place
                && places.of(part).is_none()
                && !places.0.iter().any(|(_, taken)| *taken == place)
            {
                places.0.push((part, place));
            }
        }
        self.places = Some(places);
        self.check_text(cells, origin).map(|()| true)
    }

    fn check_text(&self, cells: &[String], origin: &Origin) -> Result<(), ReadError> {
        if self.places.as_ref().is_some_and(|places| places.of(Part::Text).is_some()) {
            return Ok(());
        }
        let is_gdelt = GDELT_COLUMNS.contains(&cells.len())
            && cells.first().is_some_and(|cell| cell.bytes().all(|byte| byte.is_ascii_digit()));
        let reason = if is_gdelt {
            "rows of GDELT events carry no text; `entente import` takes them as events".to_owned()
        } else {
            format!("no column with the text among {}; name it with --columns text=NAME", shown(cells))
        };
        Err(ReadError::Malformed { origin: origin.clone(), reason })
    }
}

impl<R: BufRead> Iterator for TableReader<R> {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_done {
            match self.records.next_record() {
                Err(error) => {
                    self.is_done = true;
                    return Some(Err(ReadError::Io { origin: self.origin.clone(), error }));
                }
                Ok(None) => {
                    self.is_done = true;
                    let is_empty = !std::mem::replace(&mut self.has_rows, true);
                    return is_empty.then(|| Err(ReadError::Empty { origin: self.origin.clone() }));
                }
                Ok(Some(record)) => {
                    if let Some(item) = self.read(&record) {
                        self.has_rows = true;
                        return Some(item);
                    }
                }
            }
        }
        None
    }
}

/// The first names of a header, for a message.
fn shown(cells: &[String]) -> String {
    const SHOWN: usize = 12;
    let mut names: Vec<String> = cells
        .iter()
        .take(SHOWN)
        .map(|cell| cell.chars().take(30).filter(|c| !c.is_control()).collect())
        .collect();
    if cells.len() > SHOWN {
        names.push(format!("{} more", cells.len() - SHOWN));
    }
    names.join(", ")
}

fn article(
    cells: &[String],
    places: &Places,
    note: Option<String>,
    origin: &Origin,
    options: &ReadOptions,
) -> Result<Document, ReadError> {
    let cell = |part: Part| places.of(part).and_then(|place| cells.get(place)).map(String::as_str);
    let line = |part: Part| cell(part).and_then(one_line);
    let Some(text) = cell(Part::Text) else {
        let reason = format!("the row has {} cells, too few to reach the text", cells.len());
        return Err(ReadError::Malformed { origin: origin.clone(), reason });
    };
    let mut notes: Vec<String> = note.into_iter().collect();
    let published = line(Part::Published).and_then(|stated| {
        let date = parse_publication_date(&stated);
        if date.is_none() {
            notes.push(format!("publication date {stated:?} not understood"));
        }
        date
    });
    let title = line(Part::Title).or_else(|| options.title.as_deref().and_then(one_line));
    let body = clean(text).trim().to_string();
    let body = match &title {
        Some(title) => {
            body.strip_prefix(title.as_str()).filter(|rest| rest.starts_with('\n')).map(str::trim_start)
        }
        None => None,
    }
    .map_or(body.clone(), str::to_string);
    let parts = DocumentParts {
        id: line(Part::Id),
        title,
        body,
        published,
        publication: line(Part::Publication),
        url: line(Part::Url),
        language: line(Part::Language),
        notes,
        ..DocumentParts::default()
    };
    finish(parts, origin, options)
}

fn cells_of(record: &str, separator: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(record.as_bytes());
    let row = reader.records().next().and_then(Result::ok);
    row.map(|row| row.iter().map(str::to_owned).collect()).unwrap_or_default()
}

/// A row, maybe of several lines.
struct Record {
    /// The line on which it begins, counted from 1.
    line: usize,
    content: Content,
}

enum Content {
    Whole(Vec<u8>),
    TooLong,
    /// A cell opens with a quotation mark that is never closed.
    Unclosed,
}

/// Puts lines together to rows. A row whose quoted cell does not end within the longest row is given up after its first
/// line, and reading goes on with the second: one slip of a quotation mark must not swallow the rest of the file.
struct Records<R> {
    lines: Lines<R>,
    longest: usize,
    separator: Option<u8>,
    /// Lines that were read ahead, with their numbers.
    ahead: VecDeque<(usize, Vec<u8>)>,
}

impl<R: BufRead> Records<R> {
    fn new(stream: R, longest: usize) -> Self {
        Self { lines: Lines::new(stream, longest), longest, separator: None, ahead: VecDeque::new() }
    }

    /// The separator of cells, once a row is read.
    fn separator(&self) -> u8 {
        self.separator.unwrap_or(SEPARATORS[0])
    }

    /// The next row that has anything in it; none at the end.
    fn next_record(&mut self) -> io::Result<Option<Record>> {
        loop {
            let Some((line, first)) = self.next_line()? else { return Ok(None) };
            let Some(first) = first else { return Ok(Some(Record { line, content: Content::TooLong })) };
            if first.trim_ascii().is_empty() {
                continue;
            }
            let separator = *self.separator.get_or_insert_with(|| separator_of(&first));
            let content = self.complete(first, separator)?;
            return Ok(Some(Record { line, content }));
        }
    }

    /// Adds lines to the first one of a row until no quoted cell is open.
    fn complete(&mut self, first: Vec<u8>, separator: u8) -> io::Result<Content> {
        let mut cells = Cells { separator, state: State::Start };
        cells.take(&first);
        let mut record = first;
        let mut taken: Vec<(usize, Vec<u8>)> = Vec::new();
        while cells.is_open() {
            let next = if record.len() > self.longest { None } else { self.next_line()? };
            let Some((number, Some(line))) = next else {
                // The lines after the first come again, each for itself.
                taken.into_iter().rev().for_each(|line| self.ahead.push_front(line));
                return Ok(Content::Unclosed);
            };
            record.push(b'\n');
            record.extend_from_slice(&line);
            cells.take(&line);
            taken.push((number, line));
        }
        Ok(Content::Whole(record))
    }

    /// A line with its number; without bytes where it is too long.
    fn next_line(&mut self) -> io::Result<Option<(usize, Option<Vec<u8>>)>> {
        if let Some((number, line)) = self.ahead.pop_front() {
            return Ok(Some((number, Some(line))));
        }
        let line = self.lines.next_line()?;
        Ok(line.map(|line| match line {
            Line::Whole(line) => (self.lines.number(), Some(line)),
            Line::TooLong => (self.lines.number(), None),
        }))
    }
}

/// Where in a cell a row stands (RFC 4180, with any separator).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the beginning of a cell.
    Start,
    Plain,
    Quoted,
    /// After a quotation mark within a quoted cell: the end of it, or the first of two.
    Quote,
}

struct Cells {
    separator: u8,
    state: State,
}

impl Cells {
    /// Takes a line; a line feed ends it unless a quoted cell is open.
    fn take(&mut self, line: &[u8]) {
        for byte in line {
            self.state = match (self.state, *byte) {
                (State::Start, b'"') | (State::Quote, b'"') => State::Quoted,
                (State::Quoted, b'"') => State::Quote,
                (State::Quoted, _) => State::Quoted,
                (_, byte) if byte == self.separator => State::Start,
                _ => State::Plain,
            };
        }
        if self.state != State::Quoted {
            self.state = State::Start;
        }
    }

    fn is_open(&self) -> bool {
        self.state == State::Quoted
    }
}

/// The separator that stands most often outside quotation marks in the first line.
fn separator_of(line: &[u8]) -> u8 {
    let mut is_quoted = false;
    let mut counts = [0usize; SEPARATORS.len()];
    for byte in line {
        is_quoted ^= *byte == b'"';
        if let Some(at) = SEPARATORS.iter().position(|separator| separator == byte)
            && !is_quoted
        {
            counts[at] += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    let best = counts.iter().position(|count| *count == most && most > 0);
    best.map_or(SEPARATORS[0], |at| SEPARATORS[at])
}
