//! Archives of the web (WARC, ISO 28500), as Common Crawl News publishes them: every page that was answered with 200.
//! Other records hold no article; how many they were is told once, at the end.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read};

use jiff::civil::Date;

use super::ReadOptions;
use super::http::{Response, parse_response};
use super::lines::{Line, Lines};
use crate::dates::parse_publication_date;
use crate::{Document, Origin, ReadError};

/// Longest line of a record's header, and how many there may be.
const LONGEST_HEADER_LINE: usize = 64 * 1024;
const MOST_HEADER_LINES: usize = 1000;

/// The pages of an archive, one after the other; one record is in memory.
pub(super) struct WarcReader<R> {
    stream: R,
    origin: Origin,
    options: ReadOptions,
    /// Number of the record, counted from 1.
    record: usize,
    /// Records without an article, by what they are.
    left_out: BTreeMap<String, usize>,
    is_done: bool,
}

/// What a record says of itself.
#[derive(Debug, Default)]
struct Header {
    kind: String,
    url: Option<String>,
    date: Option<Date>,
    content_type: String,
    length: u64,
}

impl<R: BufRead> WarcReader<R> {
    pub(super) fn new(stream: R, origin: Origin, options: ReadOptions) -> Self {
        Self { stream, origin, options, record: 0, left_out: BTreeMap::new(), is_done: false }
    }

    /// The next page; none at the end of the archive.
    fn next_page(&mut self) -> Result<Option<Document>, ReadError> {
        loop {
            let Some(header) = self.header()? else { return Ok(None) };
            self.record += 1;
            let payload = self.payload(header.length)?;
            if header.kind != "response" && header.kind != "resource" {
                continue;
            }
            let Some(payload) = payload else {
                self.leave_out("longer than the limit");
                continue;
            };
            match self.page(&header, payload) {
                Ok(document) => return Ok(Some(document)),
                Err(Refusal::LeftOut(reason)) => self.leave_out(&reason),
                Err(Refusal::Error(error)) => return Err(error),
            }
        }
    }

    fn leave_out(&mut self, reason: &str) {
        *self.left_out.entry(reason.to_owned()).or_default() += 1;
    }

    fn page(&self, header: &Header, payload: Vec<u8>) -> Result<Document, Refusal> {
        let response = if header.content_type.contains("application/http") {
            let limit = self.options.longest_input();
            parse_response(&payload, limit).ok_or_else(|| Refusal::LeftOut("no HTTP answer".to_owned()))?
        } else {
            Response { status: 200, content_type: header.content_type.clone(), body: payload }
        };
        if response.status != 200 {
            return Err(Refusal::LeftOut(format!("status {}", response.status)));
        }
        let kind = response.content_type.split(';').next().unwrap_or("").trim();
        let origin = self.origin_of(header);
        let options =
            ReadOptions { published: self.options.published.or(header.date), ..self.options.clone() };
        let read = match kind {
            "text/html" | "application/xhtml+xml" => super::html::read(&response.body, &origin, &options),
            "text/plain" => super::plain::read(&response.body, &origin, &options),
            _ => return Err(Refusal::LeftOut(format!("content of type {}", shown(kind)))),
        };
        let mut document = read.map_err(Refusal::Error)?;
        document.url = header.url.clone().or(document.url);
        Ok(document)
    }

    /// The archive with the address of the page, so that a message says which page it is about.
    fn origin_of(&self, header: &Header) -> Origin {
        let place = header.url.clone().unwrap_or_else(|| format!("record {}", self.record));
        Origin::new(format!("{} ({})", self.origin.name, shown(&place)))
    }

    /// The header of the next record.
    fn header(&mut self) -> Result<Option<Header>, ReadError> {
        let mut lines = Lines::new(&mut self.stream, LONGEST_HEADER_LINE);
        let broken = |reason: &str| ReadError::Malformed {
            origin: Origin::new(self.origin.name.clone()),
            reason: format!("record {}: {reason}", self.record + 1),
        };
        let failed = |error| ReadError::Io { origin: self.origin.clone(), error };
        let mut header: Option<Header> = None;
        for _ in 0..MOST_HEADER_LINES {
            let Some(line) = lines.next_line().map_err(failed)? else {
                return match header {
                    None => Ok(None),
                    Some(_) => Err(broken("the file ends within a record's header")),
                };
            };
            let Line::Whole(bytes) = line else { return Err(broken("a line of the header is too long")) };
            let line = String::from_utf8_lossy(bytes.trim_ascii()).into_owned();
            match (&mut header, line.is_empty()) {
                (None, true) => {}
                (None, false) if line.starts_with("WARC/") => header = Some(Header::default()),
                (None, false) => return Err(broken("no record begins where one should")),
                (Some(_), true) => return Ok(header),
                (Some(known), false) => known.take(&line),
            }
        }
        Err(broken("more lines in the header than a record has"))
    }

    /// The bytes of a record; none when they are more than are taken.
    fn payload(&mut self, length: u64) -> Result<Option<Vec<u8>>, ReadError> {
        let limit = self.options.longest_input() as u64;
        let failed = |error| ReadError::Io { origin: self.origin.clone(), error };
        let mut rest = (&mut self.stream).take(length);
        let mut bytes = Vec::new();
        let read = if length <= limit {
            rest.read_to_end(&mut bytes).map_err(failed)? as u64
        } else {
            io::copy(&mut rest, &mut io::sink()).map_err(failed)?
        };
        if read < length {
            let reason =
                format!("record {}: the file ends {} bytes before the record", self.record, length - read);
            return Err(ReadError::Malformed { origin: self.origin.clone(), reason });
        }
        Ok((length <= limit).then_some(bytes))
    }

    /// What was left out, told once.
    fn account(&mut self) -> Option<ReadError> {
        let left_out = std::mem::take(&mut self.left_out);
        let count: usize = left_out.values().sum();
        if count == 0 {
            return None;
        }
        let reasons: Vec<String> =
            left_out.iter().map(|(reason, count)| format!("{count} {reason}")).collect();
        Some(ReadError::LeftOut { origin: self.origin.clone(), count, reason: reasons.join(", ") })
    }
}

/// Why a record gives no document.
enum Refusal {
    /// It holds no article by its kind.
    LeftOut(String),
    Error(ReadError),
}

impl Header {
    fn take(&mut self, line: &str) {
        let Some((name, value)) = line.split_once(':') else { return };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            "warc-target-uri" => self.url = Some(value.trim_matches(['<', '>']).to_owned()),
            "warc-date" => self.date = parse_publication_date(value),
            "content-type" => self.content_type = value.to_ascii_lowercase(),
            "content-length" => self.length = value.parse().unwrap_or(0),
            _ => {}
        }
    }
}

impl<R: BufRead> Iterator for WarcReader<R> {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return self.account().map(Err);
        }
        match self.next_page() {
            Ok(Some(document)) => Some(Ok(document)),
            Ok(None) if self.record == 0 => {
                self.is_done = true;
                Some(Err(ReadError::Empty { origin: self.origin.clone() }))
            }
            Ok(None) => {
                self.is_done = true;
                self.account().map(Err)
            }
            Err(error) => {
                // After a page that could not be read the next record begins; after a broken record nothing is sure.
                self.is_done = is_of_archive(&error, &self.origin);
                Some(Err(error))
            }
        }
    }
}

/// Whether an error is about the archive and not about one page in it.
fn is_of_archive(error: &ReadError, archive: &Origin) -> bool {
    error.origin().name == archive.name
}

/// Text of an archive in a message: short and without control characters.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}
