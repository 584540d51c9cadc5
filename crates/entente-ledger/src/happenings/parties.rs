//! Who takes part, and whether two reports can mean the same.

use super::words::fold;
use crate::hashing::hash_text;
use entente_coder::record::Entity;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Members of the bodies that act for their members, so that an act of "NATO" and one of "British troops" may be the
/// same.
static MEMBERS: LazyLock<HashMap<&'static str, Vec<u64>>> = LazyLock::new(|| {
    let lines = include_str!("data/alliances.tsv").lines().filter(|line| !line.starts_with('#'));
    let bodies = lines.filter_map(|line| line.split_once('\t'));
    bodies.map(|(body, codes)| (body, codes.split(' ').map(hash_text).collect())).collect()
});

/// One actor or recipient, as keys that are quick to compare.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Hash of the name in lower case without marks on letters.
    pub name: u64,
    /// Hash of the code of the state or body.
    pub code: Option<u64>,
    /// Whether many bodies share the code, so that two of them are not the same for sharing it.
    has_generic_code: bool,
    /// Whether the name is one of its own (a person, a state, an organisation) rather than a common noun.
    is_named: bool,
    /// Codes of those for whom it acts: the members of an alliance.
    members: &'static [u64],
}

/// How well two lists of parties fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// They name different ones.
    Conflict,
    /// One side says nothing, or nothing that could be held against the other.
    Unknown,
    /// One acts for the other: a member and its alliance.
    Member,
    /// The same state or body, in sectors that may be one.
    Code,
    /// The same name.
    Name,
}

impl Party {
    /// The party that a record names.
    pub fn of(entity: &Entity) -> Self {
        let is_named = entity.identifier_id.is_some()
            || entity.entity_name.chars().next().is_some_and(char::is_uppercase);
        Self::new(&entity.entity_name, entity.code.as_deref(), is_named)
    }

    fn new(name: &str, code: Option<&str>, is_named: bool) -> Self {
        let name = fold(name);
        Self {
            members: MEMBERS.get(name.as_str()).map_or(&[], Vec::as_slice),
            name: hash_text(&name),
            code: code.map(hash_text),
            has_generic_code: code.is_some_and(is_generic_code),
            is_named,
        }
    }

    /// How well two parties fit.
    fn fit(&self, other: &Self) -> Fit {
        let same_code = self.code.is_some() && self.code == other.code;
        if self.name == other.name && (same_code || self.code.is_none() || other.code.is_none()) {
            return Fit::Name;
        }
        if same_code {
            return if self.has_generic_code && self.is_named && other.is_named {
                Fit::Conflict
            } else {
                Fit::Code
            };
        }
        if self.is_member_of(other) || other.is_member_of(self) {
            return Fit::Member;
        }
        if self.code.is_some() && other.code.is_some() { Fit::Conflict } else { Fit::Unknown }
    }

    fn is_member_of(&self, body: &Self) -> bool {
        self.code.is_some_and(|code| body.members.contains(&code))
    }
}

/// Codes that many bodies share, so that two of them are not the same for sharing it.
fn is_generic_code(code: &str) -> bool {
    matches!(code, "IGO" | "NGO" | "ISM" | "IMG" | "MNC" | "UNO")
}

/// The best fit among two lists.
pub(super) fn fit(ours: &[Party], theirs: &[Party]) -> Fit {
    if ours.is_empty() || theirs.is_empty() {
        return Fit::Unknown;
    }
    let pairs = ours.iter().flat_map(|own| theirs.iter().map(move |their| own.fit(their)));
    pairs.max().unwrap_or(Fit::Unknown)
}

/// Share of the codes of the shorter list that the other has too; none where one has no codes. Both are distinct.
pub(super) fn shared_codes(ours: &[u64], theirs: &[u64]) -> Option<f64> {
    let shorter = ours.len().min(theirs.len());
    if shorter == 0 {
        return None;
    }
    Some(ours.iter().filter(|code| theirs.contains(code)).count() as f64 / shorter as f64)
}

/// The distinct codes of parties.
pub(super) fn codes_of<'a>(parties: impl Iterator<Item = &'a Party>) -> Vec<u64> {
    let mut codes: Vec<u64> = parties.filter_map(|party| party.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(name: &str, code: &str) -> Party {
        Party::new(name, (!code.is_empty()).then_some(code), name.starts_with(char::is_uppercase))
    }

    #[test]
    fn the_best_pair_decides() {
        let iran = [party("Iran", "IRN")];
        let both = [party("Iraq", "IRQ"), party("navy", "IRN")];
        assert_eq!(fit(&iran, &both), Fit::Code);
        assert_eq!(fit(&iran, &both[..1]), Fit::Conflict);
        assert_eq!(fit(&iran, &iran), Fit::Name);
    }

    #[test]
    fn what_is_not_said_cannot_conflict() {
        let iran = [party("Iran", "IRN")];
        assert_eq!(fit(&iran, &[]), Fit::Unknown);
        assert_eq!(fit(&iran, &[party("gunman", "")]), Fit::Unknown);
    }

    #[test]
    fn a_member_may_act_for_its_alliance() {
        assert_eq!(fit(&[party("NATO", "IGO")], &[party("soldier", "GBR")]), Fit::Member);
        assert_eq!(fit(&[party("NATO", "IGO")], &[party("soldier", "SRB")]), Fit::Conflict);
    }

    #[test]
    fn two_organisations_are_not_one_for_sharing_a_code() {
        assert_eq!(fit(&[party("NATO", "IGO")], &[party("African Union", "IGO")]), Fit::Conflict);
    }

    #[test]
    fn pooled_codes_see_through_swapped_roles() {
        let (iran, oman) = (party("Iran", "IRN"), party("Oman", "OMN"));
        let codes = |parties: &[&Party]| codes_of(parties.iter().copied());
        assert_eq!(shared_codes(&codes(&[&iran, &oman]), &codes(&[&oman, &iran])), Some(1.0));
        assert_eq!(shared_codes(&codes(&[&iran]), &codes(&[&oman])), Some(0.0));
        assert_eq!(shared_codes(&[], &codes(&[&oman])), None);
    }
}
