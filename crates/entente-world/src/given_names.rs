//! Gender of common given names, used only to choose among antecedents of "he" and "she".

use crate::automaton::{QuickMap, fold_name};
use crate::titles::Gender;
use std::sync::LazyLock;

static NAMES: LazyLock<QuickMap<&'static str, Gender>> = LazyLock::new(|| {
    let mut names = QuickMap::default();
    for line in include_str!("../data/given_names.tsv").lines() {
        match line.split_once('\t') {
            Some((name, "m")) => names.insert(name, Gender::Male),
            Some((name, "f")) => names.insert(name, Gender::Female),
            _ => None,
        };
    }
    names
});

/// The gender that a given name nearly always goes with.
pub(crate) fn gender_of_given_name(name: &str) -> Option<Gender> {
    NAMES.get(fold_name(&name.to_lowercase()).as_str()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_names_are_known_and_others_are_not() {
        assert_eq!(gender_of_given_name("Ursula"), Some(Gender::Female));
        assert_eq!(gender_of_given_name("José"), Some(Gender::Male));
        assert_eq!(gender_of_given_name("Zyx"), None);
    }
}
