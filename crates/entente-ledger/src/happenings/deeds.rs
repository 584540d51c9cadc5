//! What is done, more finely than by type: to arrest and to close a border are both COERCE.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

/// The lines of the table in which a stem stands.
static DEEDS: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut deeds: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, line) in include_str!("data/deeds.tsv").lines().enumerate() {
        if line.starts_with('#') {
            continue;
        }
        for stem in line.split_once('\t').map_or("", |(_, stems)| stems).split(' ') {
            deeds.entry(stem).or_default().push(number);
        }
    }
    deeds
});

/// The deeds that a trigger may name, ascending; none where it is in no line of the table.
pub(super) fn deeds_of(trigger: &[Rc<str>]) -> Vec<usize> {
    let mut found: Vec<usize> =
        trigger.iter().filter_map(|stem| DEEDS.get(&**stem)).flatten().copied().collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::super::words::stems_of;
    use super::*;

    fn share(one: &str, other: &str) -> bool {
        let others = deeds_of(&stems_of(other));
        deeds_of(&stems_of(one)).iter().any(|deed| others.contains(deed))
    }

    #[test]
    fn words_for_one_deed_are_known() {
        assert!(share("condemned", "denounces"));
        assert!(share("boarded", "had seized"));
        assert!(!share("arrested", "closed"));
        assert!(deeds_of(&stems_of("attacked")).is_empty());
    }

    #[test]
    fn the_table_holds_stems() {
        for stem in DEEDS.keys() {
            assert!(!stem.is_empty() && stem.chars().all(char::is_lowercase), "{stem:?}");
        }
    }
}
