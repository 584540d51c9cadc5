//! Who takes part, and whether two reports can mean the same.

use super::words::fold;
use entente_coder::record::Entity;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Members of the bodies that act for their members, so that an act of "NATO" and one of "British troops" may be the
/// same.
static MEMBERS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut members: HashMap<&str, Vec<&str>> = HashMap::new();
    for line in include_str!("data/alliances.tsv").lines().filter(|line| !line.starts_with('#')) {
        if let Some((body, codes)) = line.split_once('\t') {
            members.insert(body, codes.split(' ').collect());
        }
    }
    members
});

/// One actor or recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Name in lower case without marks on letters.
    pub name: String,
    /// Code of the state or body.
    pub code: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Whether the name is one of its own (a person, a state, an organisation) rather than a common noun.
    pub is_named: bool,
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
        Self {
            name: fold(&entity.entity_name),
            code: entity.code.clone(),
            sector: entity.sector.as_ref().map(|sector| sector.clone().into_owned()),
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
            let both_bodies = self.code.as_deref().is_some_and(is_generic_code);
            return if both_bodies && self.is_named && other.is_named { Fit::Conflict } else { Fit::Code };
        }
        if self.is_member_of(other) || other.is_member_of(self) {
            return Fit::Member;
        }
        if self.code.is_some() && other.code.is_some() { Fit::Conflict } else { Fit::Unknown }
    }

    fn is_member_of(&self, body: &Self) -> bool {
        let Some(code) = self.code.as_deref() else { return false };
        MEMBERS.get(body.name.as_str()).is_some_and(|members| members.contains(&code))
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

/// Share of the codes of the shorter list that the other has too; none where one has no codes.
pub(super) fn shared_codes(ours: &[&Party], theirs: &[&Party]) -> Option<f64> {
    let own = distinct_codes(ours);
    let their = distinct_codes(theirs);
    let shorter = own.len().min(their.len());
    if shorter == 0 {
        return None;
    }
    Some(own.iter().filter(|code| their.contains(code)).count() as f64 / shorter as f64)
}

fn distinct_codes<'a>(parties: &[&'a Party]) -> Vec<&'a str> {
    let mut codes: Vec<&str> = parties.iter().filter_map(|party| party.code.as_deref()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(name: &str, code: &str, sector: &str) -> Party {
        Party {
            name: fold(name),
            code: (!code.is_empty()).then(|| code.to_owned()),
            sector: (!sector.is_empty()).then(|| sector.to_owned()),
            is_named: name.starts_with(char::is_uppercase),
        }
    }

    #[test]
    fn the_best_pair_decides() {
        let iran = [party("Iran", "IRN", "GOV")];
        let both = [party("Iraq", "IRQ", "GOV"), party("navy", "IRN", "MIL")];
        assert_eq!(fit(&iran, &both), Fit::Code);
        assert_eq!(fit(&iran, &both[..1]), Fit::Conflict);
        assert_eq!(fit(&iran, &iran), Fit::Name);
    }

    #[test]
    fn what_is_not_said_cannot_conflict() {
        let iran = [party("Iran", "IRN", "GOV")];
        assert_eq!(fit(&iran, &[]), Fit::Unknown);
        assert_eq!(fit(&iran, &[party("gunman", "", "UAF")]), Fit::Unknown);
    }

    #[test]
    fn a_member_may_act_for_its_alliance() {
        assert_eq!(fit(&[party("NATO", "IGO", "")], &[party("soldier", "GBR", "MIL")]), Fit::Member);
        assert_eq!(fit(&[party("NATO", "IGO", "")], &[party("soldier", "SRB", "MIL")]), Fit::Conflict);
    }

    #[test]
    fn two_organisations_are_not_one_for_sharing_a_code() {
        assert_eq!(fit(&[party("NATO", "IGO", "")], &[party("African Union", "IGO", "")]), Fit::Conflict);
    }

    #[test]
    fn pooled_codes_see_through_swapped_roles() {
        let (iran, oman) = (party("Iran", "IRN", "GOV"), party("Oman", "OMN", "GOV"));
        assert_eq!(shared_codes(&[&iran, &oman], &[&oman, &iran]), Some(1.0));
        assert_eq!(shared_codes(&[&iran], &[&oman]), Some(0.0));
        assert_eq!(shared_codes(&[], &[&oman]), None);
    }
}
