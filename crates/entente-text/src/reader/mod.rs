//! Readers: from files, directories, bytes and streams to documents.
//!
//! `path → packing → format → articles`: [`read_path`] opens what a path names, `packed` unpacks, `format` tells the
//! form, and one module a form makes documents of it, one by one. `finish` is what all of them end with.

mod directory;
mod docx;
mod feed;
mod finish;
mod format;
mod html;
mod http;
mod json;
mod lines;
mod nexis;
mod options;
mod packed;
mod pdf;
mod plain;
mod table;
mod warc;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

pub use feed::{FeedEntry, read_entries};
pub use format::Format;
pub use options::{Column, Columns, Part, ReadOptions};

use crate::{Document, Origin, ReadError};
use format::Packing;

/// A stream of any kind.
type BoxedStream = Box<dyn BufRead + Send>;

/// The documents of an input in order, each with its own error; one bad article does not end the rest.
pub struct Documents {
    inner: Box<dyn Iterator<Item = Result<Document, ReadError>> + Send>,
}

impl Documents {
    fn new(inner: impl Iterator<Item = Result<Document, ReadError>> + Send + 'static) -> Self {
        Self { inner: Box::new(inner) }
    }

    fn one(result: Result<Document, ReadError>) -> Self {
        Self::new(std::iter::once(result))
    }
}

impl Iterator for Documents {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.inner.next()
    }
}

/// Reads a file, a directory with all below it (in the order of their names), or standard input for `-`. Packed files
/// (gzip, Zstandard, zip) are unpacked while they are read.
///
/// JSON Lines, tables, archives of the web and Nexis deliveries are read article by article; every other file holds one
/// document or a few and is read whole, up to four times [`ReadOptions::longest_text`].
pub fn read_path(path: &Path, options: &ReadOptions) -> Documents {
    if path == Path::new("-") {
        return read_stream("standard input", BufReader::new(io::stdin()), options);
    }
    if path.is_dir() {
        return Documents::new(directory::DirectoryReader::new(path, options.clone()));
    }
    read_file(path, options)
}

fn read_file(path: &Path, options: &ReadOptions) -> Documents {
    let name = path.display().to_string();
    let failed = |error| Documents::one(Err(ReadError::Io { origin: Origin::new(name.clone()), error }));
    let mut stream = match File::open(path) {
        Ok(file) => BufReader::new(file),
        Err(error) => return failed(error),
    };
    match stream.fill_buf() {
        Ok(beginning) if Packing::of(beginning) == Some(Packing::Zip) => {
            packed::read_archive_file(path, options)
        }
        Ok(_) => read_boxed(&name, Box::new(stream), options, 0),
        Err(error) => failed(error),
    }
}

/// Reads documents from bytes in memory; `name` stands for the file in messages.
pub fn read_bytes(name: &str, bytes: Vec<u8>, options: &ReadOptions) -> Documents {
    read_stream(name, Cursor::new(bytes), options)
}

/// Reads documents from a stream; `name` stands for the file in messages, and its extension for the format. Without
/// either and without a format in `options` the first bytes tell.
pub fn read_stream(name: &str, stream: impl BufRead + Send + 'static, options: &ReadOptions) -> Documents {
    read_boxed(name, Box::new(stream), options, 0)
}

/// `depth` is the number of packings around the stream.
fn read_boxed(name: &str, mut stream: BoxedStream, options: &ReadOptions, depth: usize) -> Documents {
    let origin = Origin::new(name);
    let beginning = match stream.fill_buf() {
        Ok(beginning) => beginning,
        Err(error) => return Documents::one(Err(ReadError::Io { origin, error })),
    };
    if let Some(packing) = Packing::of(beginning) {
        if depth >= packed::DEEPEST {
            let reason = format!("packed more than {} times", packed::DEEPEST);
            return Documents::one(Err(ReadError::Malformed { origin, reason }));
        }
        return packed::read(packing, name, stream, options, depth);
    }
    let named = Format::from_extension(Path::new(name));
    let format = options.format.unwrap_or_else(|| Format::settled(named, beginning));
    let options = options.clone();
    match format {
        Format::JsonLines => Documents::new(json::LineReader::new(stream, origin, options)),
        Format::Table => Documents::new(table::TableReader::new(stream, origin, options)),
        Format::Warc => Documents::new(warc::WarcReader::new(stream, origin, options)),
        Format::Nexis => Documents::new(nexis::NexisReader::new(stream, origin, options)),
        whole => read_whole(whole, stream, &origin, &options),
    }
}

/// Reads a form that holds one document or a few.
fn read_whole(format: Format, stream: BoxedStream, origin: &Origin, options: &ReadOptions) -> Documents {
    let origin = origin.clone();
    let bytes = match read_bounded(stream, options.longest_input()) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Documents::one(Err(ReadError::TooLarge { origin, limit: options.longest_text })),
        Err(error) => return Documents::one(Err(ReadError::Io { origin, error })),
    };
    match format {
        Format::Json => Documents::new(json::read(&bytes, &origin, options).into_iter()),
        Format::Feed => Documents::new(feed::read(&bytes, &origin, options).into_iter()),
        Format::Html => Documents::one(html::read(&bytes, &origin, options)),
        Format::Pdf => Documents::one(pdf::read(&bytes, &origin, options)),
        Format::Docx => {
            let reason = "not a Word document, which is a zip archive".to_owned();
            Documents::one(Err(ReadError::Malformed { origin, reason }))
        }
        _ => Documents::one(plain::read(&bytes, &origin, options)),
    }
}

/// Everything, or `None` when there is more than `limit` bytes.
fn read_bounded(stream: impl Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let read = stream.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok((read <= limit).then_some(bytes))
}

#[cfg(test)]
mod tests;
