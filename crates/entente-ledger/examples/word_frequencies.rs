//! In how many sentences each stem stands: the table by which happenings weigh words.
//!
//!     cat corpus/events/*.txt | cargo run --release -p entente-ledger --example word_frequencies \
//!         > crates/entente-ledger/src/happenings/data/word_frequencies.tsv
//!
//! Reads sentences from standard input, one a line; empty lines, comments (`#`) and annotations (indented) are passed
//! over. Writes stem and count, tab-separated; the first row, `*`, has the number of sentences.

use entente_ledger::happenings::stems_of;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, Write};

/// Stems in fewer sentences are as rare as unseen ones.
const LEAST: usize = 3;

fn main() -> io::Result<()> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut sentences = 0;
    for line in io::stdin().lock().lines() {
        let line = line?;
        if line.is_empty() || line.starts_with(['#', ' ']) {
            continue;
        }
        sentences += 1;
        for stem in stems_of(&line).iter().map(ToString::to_string).collect::<BTreeSet<String>>() {
            *counts.entry(stem).or_default() += 1;
        }
    }
    let mut out = io::stdout().lock();
    writeln!(out, "*\t{sentences}")?;
    for (stem, count) in counts.iter().filter(|(_, count)| **count >= LEAST) {
        writeln!(out, "{stem}\t{count}")?;
    }
    Ok(())
}
