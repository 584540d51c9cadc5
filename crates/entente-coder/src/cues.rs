//! The words that attribute statements, from `data/cues.txt`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

const FILE: &str = include_str!("../data/cues.txt");

/// Cue lemmas by kind.
pub(crate) struct Cues {
    /// Verbs of saying.
    pub(crate) verbs: BTreeSet<&'static str>,
    /// Nouns of saying: "the claim that".
    pub(crate) nouns: BTreeSet<&'static str>,
    /// Verbs that attribute only quoted words or a that-clause.
    pub(crate) only_marked: BTreeSet<&'static str>,
    /// Nouns for those who are quoted or cited.
    pub(crate) sources: BTreeSet<&'static str>,
}

pub(crate) static CUES: LazyLock<Cues> = LazyLock::new(|| Cues {
    verbs: section("[verb]"),
    nouns: section("[noun]"),
    only_marked: section("[unquoted verb]"),
    sources: section("[source]"),
});

fn section(heading: &str) -> BTreeSet<&'static str> {
    let lines = FILE.lines().map(str::trim);
    let body = lines.skip_while(|line| *line != heading).skip(1).take_while(|line| !line.starts_with('['));
    body.filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_is_read() {
        assert!(CUES.verbs.contains("say") && !CUES.verbs.contains("claim that"));
        assert!(CUES.nouns.contains("claim"));
        assert!(CUES.only_marked.is_subset(&CUES.verbs));
        assert!(CUES.sources.contains("official"));
    }
}
