//! Packed files and archives of the web.

use super::{ARTICLE, page, read};
use crate::reader::{Documents, Format, ReadOptions, read_path, read_stream};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::{BufReader, Cursor, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use zip::write::SimpleFileOptions;

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

pub(super) fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn http(status: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n").into_bytes();
    answer.extend_from_slice(body);
    answer
}

fn record(kind: &str, url: &str, content: &[u8]) -> Vec<u8> {
    let mut record = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-05T10:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        content.len()
    )
    .into_bytes();
    record.extend_from_slice(content);
    record.extend_from_slice(b"\r\n\r\n");
    record
}

pub(super) fn archive() -> Vec<Vec<u8>> {
    let article = page(&format!("<article><h1>Iran leaves the talks</h1><p>{ARTICLE}</p></article>"));
    let undated = article.replace("article:published_time", "x");
    vec![
        record("warcinfo", "x", b"software: made up"),
        record(
            "response",
            "https://example.com/one",
            &http("200 OK", "text/html; charset=utf-8", article.as_bytes()),
        ),
        record("request", "https://example.com/one", b"GET /one HTTP/1.1\r\n\r\n"),
        record(
            "response",
            "https://example.com/gone",
            &http("404 Not Found", "text/html", article.as_bytes()),
        ),
        record(
            "response",
            "https://example.com/menu",
            &http("200 OK", "text/html", b"<html><body>Home</body></html>"),
        ),
        record("response", "https://example.com/a.png", &http("200 OK", "image/png", b"\x89PNG")),
        record("response", "https://example.com/two", &http("200 OK", "text/html", undated.as_bytes())),
    ]
}

fn collected(documents: Documents) -> Vec<Result<String, String>> {
    documents.map(|found| found.map(|document| document.text).map_err(|error| error.to_string())).collect()
}

#[test]
fn pages_of_an_archive_are_read_and_the_rest_is_counted() {
    let plain: Vec<u8> = archive().concat();
    let packed: Vec<u8> = archive().iter().flat_map(|record| gzip(record)).collect();
    for (name, bytes) in [("a.warc", plain), ("a.warc.gz", packed)] {
        let found = read(name, &bytes, &ReadOptions::default());
        let [Ok(first), Err(menu), Ok(second), Err(rest)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(first.url.as_deref(), Some("https://example.com/one"));
        assert_eq!(first.published.unwrap().to_string(), "2021-12-16", "the page's own day comes first");
        assert_eq!(
            second.published.unwrap().to_string(),
            "2024-03-05",
            "the day of the visit where it has none"
        );
        assert!(menu.contains("https://example.com/menu"), "{menu}");
        assert!(
            rest.contains("2 records") && rest.contains("status 404") && rest.contains("image/png"),
            "{rest}"
        );
    }
}

#[test]
fn a_cut_archive_says_where_it_ends() {
    let whole: Vec<u8> = archive()[..2].concat();
    let found = read("a.warc", &whole[..whole.len() - 200], &ReadOptions::default());
    assert!(
        matches!(found.as_slice(), [Err(message)] if message.contains("record 2: the file ends")),
        "{found:?}"
    );
    let found = read(
        "a.warc",
        b"WARC/1.0\r\nContent-Length: 5\r\n\r\nabcde\r\n\r\nrubbish\r\n",
        &ReadOptions::default(),
    );
    assert!(
        matches!(found.as_slice(), [Err(message)] if message.contains("record 2: no record")),
        "{found:?}"
    );
}

#[test]
fn packed_files_are_read_by_what_is_in_them() {
    let line = serde_json::json!({"id": "a", "text": ARTICLE}).to_string();
    let zstd =
        ruzstd::encoding::compress_to_vec(line.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    for (name, bytes) in [
        ("a.jsonl.gz", gzip(line.as_bytes())),
        ("no-extension", gzip(line.as_bytes())),
        ("a.jsonl.zst", zstd),
        ("twice.gz", gzip(&gzip(line.as_bytes()))),
    ] {
        let found = read(name, &bytes, &ReadOptions::default());
        assert!(matches!(found.as_slice(), [Ok(document)] if document.text == ARTICLE), "{name}: {found:?}");
    }
}

#[test]
fn members_of_a_zip_are_read_by_their_names() {
    let line = serde_json::json!({"id": "a", "text": ARTICLE}).to_string();
    let members: [(&str, &[u8]); 5] = [
        ("b/second.txt", ARTICLE.as_bytes()),
        ("a.jsonl", line.as_bytes()),
        ("picture.png", b"\x89PNG"),
        ("__MACOSX/b/._second.txt", b"rubbish"),
        ("c.csv.gz", &gzip(format!("text\n\"{ARTICLE}\"\n").as_bytes())),
    ];
    let bytes = zip_of(&members);
    let folder = std::env::temp_dir().join(format!("entente-zip-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("all.zip");
    std::fs::write(&path, &bytes).unwrap();
    let from_file = collected(read_path(&path, &ReadOptions::default()));
    let from_stream = collected(read_stream("all.zip", Cursor::new(bytes), &ReadOptions::default()));
    std::fs::remove_dir_all(&folder).unwrap();
    for found in [from_file, from_stream] {
        assert_eq!(found.iter().filter(|item| item.as_deref() == Ok(ARTICLE)).count(), 3, "{found:?}");
        let messages: Vec<&String> = found.iter().filter_map(|item| item.as_ref().err()).collect();
        assert!(messages.iter().any(|message| message.contains("all.zip!picture.png")), "{messages:?}");
    }
}

#[test]
fn packings_around_packings_come_to_an_end() {
    let mut bytes = ARTICLE.as_bytes().to_vec();
    for _ in 0..5 {
        bytes = gzip(&bytes);
    }
    let found = read("a.gz", &bytes, &ReadOptions::default());
    assert!(matches!(found.as_slice(), [Err(message)] if message.contains("packed more than")), "{found:?}");
}

#[test]
fn a_text_that_unpacks_to_too_much_is_refused() {
    let options = ReadOptions { longest_text: 10_000, ..ReadOptions::default() };
    let found = read("a.txt.gz", &gzip(&vec![b'a'; 1_000_000]), &options);
    assert!(
        matches!(found.as_slice(), [Err(message)] if message.contains("longer than the limit")),
        "{found:?}"
    );
}

/// Counts what is read of an endless stream of rows.
struct Endless {
    row: Vec<u8>,
    at: usize,
    read: Arc<AtomicUsize>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        for byte in buffer.iter_mut() {
            *byte = self.row[self.at % self.row.len()];
            self.at += 1;
        }
        self.read.fetch_add(buffer.len(), Ordering::Relaxed);
        Ok(buffer.len())
    }
}

#[test]
fn streams_are_read_no_further_than_needed() {
    let line = serde_json::json!({"text": ARTICLE}).to_string();
    let rows = [
        (Format::JsonLines, format!("{line}\n").into_bytes()),
        (Format::Table, format!("\"{ARTICLE}\",text\n").into_bytes()),
        (Format::Warc, archive()[1].clone()),
        (Format::Nexis, super::forms::NEW_LAYOUT.as_bytes().to_vec()),
    ];
    for (format, row) in rows {
        let count = Arc::new(AtomicUsize::new(0));
        let stream = Endless { row, at: 0, read: Arc::clone(&count) };
        let columns = crate::reader::Columns::parse("text=1").unwrap();
        let options = ReadOptions { format: Some(format), columns, ..ReadOptions::default() };
        let mut documents = read_stream("endless", BufReader::new(stream), &options);
        for _ in 0..3 {
            documents.next().expect("a document").expect("a sound one");
        }
        assert!(count.load(Ordering::Relaxed) < 200_000, "{format:?}");
    }
}
