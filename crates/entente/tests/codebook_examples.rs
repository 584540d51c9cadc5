//! Every example of the built-in codebook is a test, save those in `known_mismatches.txt`: prose that the coder
//! does not yet read as the codebook says it should. The list may only change knowingly, in both directions.

use entente::Coder;
use entente::examples::{Mismatch, check};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// Set to 1, it makes the test write the list anew.
const UPDATE: &str = "ENTENTE_UPDATE";

fn list_path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/known_mismatches.txt")
}

/// An example's prose as a line of the list.
fn as_line(mismatch: &Mismatch) -> String {
    mismatch.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn examples_come_out_as_the_codebook_says_or_are_known_not_to() {
    let coder = Coder::new().expect("the embedded parts are sound");
    let examples = coder.codebook().examples.len();
    assert!(examples > 0, "the codebook has no examples");
    let mismatches = check(&coder).expect("every example can be coded");
    let failing: BTreeSet<String> = mismatches.iter().map(as_line).collect();
    if std::env::var(UPDATE).is_ok_and(|value| value == "1") {
        let lines: String = failing.iter().map(|text| format!("{text}\n")).collect();
        fs::write(list_path(), lines).expect("the list is written");
        return;
    }
    let content = fs::read_to_string(list_path()).expect("the list is there");
    let known: BTreeSet<String> = content.lines().map(str::to_owned).collect();
    assert!(content.lines().eq(known.iter().map(String::as_str)), "the list is not sorted or has doubles");
    let mut report = String::new();
    for mismatch in mismatches.iter().filter(|mismatch| !known.contains(&as_line(mismatch))) {
        report.push_str(&format!("no longer as expected: {mismatch}"));
    }
    for text in known.difference(&failing) {
        report.push_str(&format!("as expected now, or gone from the codebook: {text}\n"));
    }
    assert!(
        report.is_empty(),
        "{report}{} of {examples} examples fail, {} are listed. If the changes are right, write the list anew:\n    \
         {UPDATE}=1 cargo test -p entente --test codebook_examples",
        failing.len(),
        known.len(),
    );
}
