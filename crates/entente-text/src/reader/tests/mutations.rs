//! Broken input of every form: no panic, no endless output.

use super::archives::{archive, gzip, zip_of};
use super::forms::{NEW_LAYOUT, pdf, word_document};
use super::{ARTICLE, page, read};
use crate::reader::ReadOptions;

const ROUNDS: u64 = 150;
/// No sample has so many articles, errors included.
const MOST_ITEMS: usize = 400;

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let line = serde_json::json!({"id": "a", "text": ARTICLE, "published": "2021-12-16"}).to_string();
    let table = format!("title,date,text\nOne,2021-12-16,\"{ARTICLE}\"\nTwo,2021-12-17,\"{ARTICLE}\"\n");
    vec![
        ("a.txt", ARTICLE.as_bytes().to_vec()),
        ("a.html", page(&format!("<article><p>{ARTICLE}</p></article>")).into_bytes()),
        ("a.json", line.clone().into_bytes()),
        ("a.jsonl", format!("{line}\n{line}\n").into_bytes()),
        ("a.csv", table.into_bytes()),
        ("b.txt", NEW_LAYOUT.repeat(2).into_bytes()),
        ("a.warc", archive().concat()),
        ("a.warc.gz", archive().iter().flat_map(|record| gzip(record)).collect()),
        (
            "a.jsonl.zst",
            ruzstd::encoding::compress_to_vec(line.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest),
        ),
        ("a.zip", zip_of(&[("a.txt", ARTICLE.as_bytes()), ("b.jsonl", line.as_bytes())])),
        ("a.docx", word_document()),
        (
            "a.pdf",
            pdf(&[
                "The president of Iran said on Monday that he",
                "would not return to the talks in Vienna.",
            ]),
        ),
        (
            "a.rss",
            b"<rss version=\"2.0\"><channel><title>T</title><item><title>A</title></item></channel></rss>"
                .to_vec(),
        ),
    ]
}

/// Numbers without order that are the same on every run (SplitMix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit.max(1) as u64) as usize
    }
}

fn mutated(bytes: &[u8], draw: &mut Draw) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    for _ in 0..=draw.below(4) {
        if changed.is_empty() {
            break;
        }
        let at = draw.below(changed.len());
        match draw.below(5) {
            0 => changed.truncate(at),
            1 => changed[at] = draw.below(256) as u8,
            2 => changed[at] ^= 1 << draw.below(8),
            3 => {
                changed.remove(at);
            }
            _ => {
                let piece = changed[at..(at + draw.below(60)).min(changed.len())].to_vec();
                changed.splice(at..at, piece);
            }
        }
    }
    changed
}

#[test]
fn broken_input_is_told_and_never_a_panic() {
    for (number, (name, sample)) in samples().into_iter().enumerate() {
        for round in 0..ROUNDS {
            let mut draw = Draw(round * 1_000 + number as u64);
            let changed = mutated(&sample, &mut draw);
            let found = read(name, &changed, &ReadOptions::default());
            assert!(
                !found.is_empty() && found.len() < MOST_ITEMS,
                "{name}, round {round}: {} items",
                found.len()
            );
        }
    }
}
