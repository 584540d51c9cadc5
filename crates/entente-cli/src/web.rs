//! Addresses of the web as inputs.

use crate::arguments::WebOptions;
use entente::{Document, Format, Origin, ReadError, ReadOptions, read_bytes};
use entente_fetch::{Answer, Limits, Validators, Visitor};
use std::path::Path;

/// The address that an input is, if it is one.
pub(crate) fn address_of(input: &Path) -> Option<&str> {
    input.to_str().filter(|text| text.starts_with("http://") || text.starts_with("https://"))
}

/// A visitor within the user's limits.
pub(crate) fn visitor(options: &WebOptions) -> Visitor {
    Visitor::new(Limits { allow_private: options.allow_private, ..Limits::default() })
}

/// The documents at an address: a page, a feed, or a file of any form that is read.
pub(crate) fn documents(
    visitor: &Visitor,
    url: &str,
    options: &ReadOptions,
) -> Box<dyn Iterator<Item = Result<Document, ReadError>>> {
    match visitor.get(url, &Validators::default()) {
        Ok(answer) => Box::new(of_answer(answer, options)),
        Err(error) => {
            let origin = Origin::new(url);
            Box::new(std::iter::once(Err(ReadError::Io { origin, error: std::io::Error::other(error) })))
        }
    }
}

/// The documents of an answer; they know where they came from.
pub(crate) fn of_answer(
    answer: Answer,
    options: &ReadOptions,
) -> impl Iterator<Item = Result<Document, ReadError>> + use<> {
    let format = options.format.or_else(|| format_of(&answer.content_type));
    let options = ReadOptions { format, ..options.clone() };
    let url = answer.url.clone();
    read_bytes(&answer.url, answer.body, &options).map(move |read| {
        read.map(|mut document| {
            document.url.get_or_insert_with(|| url.clone());
            document
        })
    })
}

/// What a media type says that first bytes do not say better.
fn format_of(content_type: &str) -> Option<Format> {
    match content_type {
        "text/html" | "application/xhtml+xml" => Some(Format::Html),
        "text/csv" | "text/tab-separated-values" => Some(Format::Table),
        "application/x-ndjson" | "application/jsonl" => Some(Format::JsonLines),
        _ => None,
    }
}
