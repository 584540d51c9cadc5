//! Packed files: gzip, Zstandard, zip. What is inside is read by its own name and first bytes.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::bufread::{DeflateDecoder, MultiGzDecoder};

use super::format::{Packing, without_packing};
use super::{BoxedStream, Documents, Format, ReadOptions, read_boxed};
use crate::{Document, Origin, ReadError};

/// Packed files within packed files that are opened; a file that holds itself would never end.
pub(super) const DEEPEST: usize = 3;
/// Longest zip archive that comes from a stream, in bytes; archives in files may be of any length.
const LONGEST_STREAMED: u64 = 1 << 30;

/// Reads what a packed stream holds.
pub(super) fn read(
    packing: Packing,
    name: &str,
    stream: BoxedStream,
    options: &ReadOptions,
    depth: usize,
) -> Documents {
    let inner = inner_name(name);
    match packing {
        Packing::Gzip => {
            read_boxed(&inner, Box::new(BufReader::new(MultiGzDecoder::new(stream))), options, depth + 1)
        }
        Packing::Zstandard => match ruzstd::decoding::StreamingDecoder::new(stream) {
            Ok(decoder) => read_boxed(&inner, Box::new(BufReader::new(decoder)), options, depth + 1),
            Err(error) => malformed(name, &error.to_string()),
        },
        Packing::Zip => {
            let mut bytes = Vec::new();
            match stream.take(LONGEST_STREAMED + 1).read_to_end(&mut bytes) {
                Ok(read) if read as u64 > LONGEST_STREAMED => {
                    malformed(name, "an archive of more than 1 GiB must be a file")
                }
                Ok(_) => read_archive(name, Store::Memory(bytes.into()), options, depth),
                Err(error) => Documents::one(Err(ReadError::Io { origin: Origin::new(name), error })),
            }
        }
    }
}

/// Reads a zip archive that is a file, without loading it.
pub(super) fn read_archive_file(path: &Path, options: &ReadOptions) -> Documents {
    read_archive(&path.display().to_string(), Store::File(path.to_path_buf()), options, 0)
}

fn read_archive(name: &str, store: Store, options: &ReadOptions, depth: usize) -> Documents {
    match Archive::open(name, store, options, depth) {
        Ok(archive) if archive.is_word_document() => archive.word_document(),
        Ok(archive) => Documents::new(archive),
        Err(error) => Documents::one(Err(error)),
    }
}

/// The name of what is inside, so that its extension tells the format.
fn inner_name(name: &str) -> String {
    let (inner, is_packed) = without_packing(Path::new(name));
    if is_packed { inner.display().to_string() } else { name.to_owned() }
}

fn malformed(name: &str, reason: &str) -> Documents {
    Documents::one(Err(ReadError::Malformed { origin: Origin::new(name), reason: reason.to_owned() }))
}

/// Where an archive lies; it is opened anew for each member, so that members can be read while they are unpacked.
#[derive(Debug, Clone)]
enum Store {
    File(PathBuf),
    Memory(Arc<[u8]>),
}

trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

impl Store {
    fn open(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }
}

/// A file in an archive.
#[derive(Debug, Clone)]
struct Member {
    name: String,
    start: u64,
    packed_length: u64,
    method: zip::CompressionMethod,
    is_encrypted: bool,
}

/// The members of an archive, one after the other.
struct Archive {
    name: String,
    store: Store,
    options: ReadOptions,
    depth: usize,
    /// The next member last.
    members: Vec<Member>,
    current: Option<Documents>,
}

impl Archive {
    fn open(name: &str, store: Store, options: &ReadOptions, depth: usize) -> Result<Self, ReadError> {
        let origin = Origin::new(name);
        let stream = store.open().map_err(|error| ReadError::Io { origin: origin.clone(), error })?;
        let wrong = |error: zip::result::ZipError| ReadError::Malformed {
            origin: origin.clone(),
            reason: error.to_string(),
        };
        let mut archive = zip::ZipArchive::new(BufReader::new(stream)).map_err(wrong)?;
        let mut members = Vec::new();
        for index in 0..archive.len() {
            let file = archive.by_index_raw(index).map_err(wrong)?;
            let Some(start) = file.data_start() else { continue };
            if file.is_file() {
                members.push(Member {
                    name: file.name().map_err(wrong)?.into_owned(),
                    start,
                    packed_length: file.compressed_size(),
                    method: file.compression(),
                    is_encrypted: file.encrypted(),
                });
            }
        }
        members.sort_by(|one, other| other.name.cmp(&one.name));
        Ok(Self { name: name.to_owned(), store, options: options.clone(), depth, members, current: None })
    }

    fn is_word_document(&self) -> bool {
        self.members.iter().any(|member| member.name == super::docx::MAIN_PART)
    }

    /// The text of a Word document.
    fn word_document(&self) -> Documents {
        let main = self.members.iter().find(|member| member.name == super::docx::MAIN_PART);
        let Some(stream) = main.map(|member| self.unpack(member)) else {
            return malformed(&self.name, "no text part");
        };
        match stream {
            Ok(stream) => super::docx::read(stream, &Origin::new(self.name.clone()), &self.options),
            Err(error) => Documents::one(Err(error)),
        }
    }

    fn unpack(&self, member: &Member) -> Result<BoxedStream, ReadError> {
        let origin = Origin::new(format!("{}!{}", self.name, member.name));
        let refuse =
            |reason: &str| ReadError::Malformed { origin: origin.clone(), reason: reason.to_owned() };
        if member.is_encrypted {
            return Err(refuse("locked with a password"));
        }
        let failed = |error| ReadError::Io { origin: origin.clone(), error };
        let mut stream = self.store.open().map_err(failed)?;
        stream.seek(SeekFrom::Start(member.start)).map_err(failed)?;
        let packed = BufReader::new(stream.take(member.packed_length));
        match member.method {
            zip::CompressionMethod::Stored => Ok(Box::new(packed)),
            zip::CompressionMethod::Deflated => Ok(Box::new(BufReader::new(DeflateDecoder::new(packed)))),
            other => Err(refuse(&format!("packed by {other}, which is not read"))),
        }
    }

    fn read(&self, member: &Member) -> Documents {
        let name = format!("{}!{}", self.name, member.name);
        let is_known = self.options.format.is_some() || Format::is_known(Path::new(&member.name));
        let base = Path::new(&member.name).file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if !is_known || base.starts_with('.') || member.name.starts_with("__MACOSX/") {
            return Documents::one(Err(ReadError::UnknownFormat { origin: Origin::new(name) }));
        }
        match self.unpack(member) {
            Ok(stream) => read_boxed(&name, stream, &self.options, self.depth + 1),
            Err(error) => Documents::one(Err(error)),
        }
    }
}

impl Iterator for Archive {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.current.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            let member = self.members.pop()?;
            self.current = Some(self.read(&member));
        }
    }
}
