//! A side of a dyad as users write it.

use crate::acts::{Day, date_of};
use entente_ledger::store::{DeedParty, PartyFilter};
use entente_world::{Code, Registry};
use std::collections::BTreeSet;
use thiserror::Error;

/// What can be wrong with a side.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SideError {
    /// Nothing is named.
    #[error("a side of the dyad is empty")]
    Empty,
    /// Nobody is known to be a member of it.
    #[error("the registry knows no members of \"{0}\"")]
    NoMembers(String),
}

/// Parties that belong together: any of the parts that commas join.
#[derive(Debug)]
pub struct Side {
    /// As it was written.
    pub name: String,
    parts: Vec<Part>,
    registry: &'static Registry,
}

/// When a party belongs to a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Always,
    OnSomeDays,
    Never,
}

#[derive(Debug)]
enum Part {
    Party(PartyFilter),
    /// The members of an organisation on the day of the act.
    Members(&'static str),
}

impl Side {
    /// Reads `RUS`, `RUS:MIL`, `NATO`, `members:NATO`, or several joined by commas.
    ///
    /// # Errors
    /// When nothing is named, or an organisation has no known members.
    pub fn parse(text: &str, registry: &'static Registry) -> Result<Self, SideError> {
        let part = |word: &str| match word.strip_prefix("members:") {
            Some(name) => members(name, registry),
            None => Ok(Part::Party(PartyFilter::of_words(&[word.to_owned()]))),
        };
        let parts = text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(part);
        let parts = parts.collect::<Result<Vec<Part>, SideError>>()?;
        if parts.is_empty() {
            return Err(SideError::Empty);
        }
        Ok(Self { name: text.to_owned(), parts, registry })
    }

    /// The codes of all who can belong to the side, where codes tell.
    pub(crate) fn codes(&self) -> Option<BTreeSet<String>> {
        let mut codes = BTreeSet::new();
        for part in &self.parts {
            match part {
                Part::Party(filter) if filter.codes.is_empty() => return None,
                Part::Party(filter) => codes.extend(filter.codes.iter().map(|code| code.to_uppercase())),
                Part::Members(organisation) => {
                    codes.extend(self.members_ever(organisation).map(|member| member.to_string()));
                }
            }
        }
        Some(codes)
    }

    /// Whether a party belongs to the side on every day, on none, or on some.
    pub(crate) fn holds(&self, party: &DeedParty) -> Holds {
        let code = party.code.as_deref().and_then(Code::parse);
        let mut holds = Holds::Never;
        for part in &self.parts {
            match part {
                Part::Party(filter) if is_met(filter, party) => return Holds::Always,
                Part::Members(organisation)
                    if self.members_ever(organisation).any(|member| Some(member) == code) =>
                {
                    holds = Holds::OnSomeDays;
                }
                _ => {}
            }
        }
        holds
    }

    /// All who were members of an organisation on some day.
    fn members_ever(&self, organisation: &str) -> impl Iterator<Item = Code> {
        let rows = self.registry.memberships().iter();
        rows.filter(move |row| row.organisation == organisation).map(|row| row.state)
    }

    /// Whether a party belongs to the side on a day.
    pub fn has(&self, party: &DeedParty, day: Day) -> bool {
        self.parts.iter().any(|part| match part {
            Part::Party(filter) => is_met(filter, party),
            Part::Members(organisation) => {
                let code = party.code.as_deref().and_then(Code::parse);
                code.is_some_and(|code| self.registry.members(organisation, date_of(day)).contains(&code))
            }
        })
    }
}

fn members(name: &str, registry: &'static Registry) -> Result<Part, SideError> {
    let known = registry.memberships().iter().map(|membership| membership.organisation);
    let same = |known: &str| known.eq_ignore_ascii_case(name);
    let alias = registry
        .organisations()
        .iter()
        .filter(|organisation| {
            same(organisation.name) || organisation.aliases.iter().any(|alias| same(alias))
        })
        .map(|organisation| organisation.name);
    let names: Vec<&str> = alias.chain([name]).collect();
    known
        .into_iter()
        .find(|organisation| names.iter().any(|name| name.eq_ignore_ascii_case(organisation)))
        .map(Part::Members)
        .ok_or_else(|| SideError::NoMembers(name.to_owned()))
}

/// Code and sector must both fit where both are given.
fn is_met(filter: &PartyFilter, party: &DeedParty) -> bool {
    let fits = |wanted: &[String], has: Option<&str>| {
        wanted.is_empty()
            || has.is_some_and(|has| wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(has)))
    };
    fits(&filter.codes, party.code.as_deref())
        && fits(&filter.sectors, party.sector.as_deref())
        && fits(&filter.names, Some(&party.name))
        && fits(&filter.identifiers, party.identifier.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn party(code: &str, sector: &str, name: &str) -> DeedParty {
        DeedParty {
            code: Some(code.to_owned()),
            sector: Some(sector.to_owned()),
            name: name.to_owned(),
            identifier: None,
        }
    }

    #[test]
    fn sides_are_read_as_users_write_them() {
        let registry = Registry::embedded();
        let has =
            |side: &str, party: &DeedParty, day: Day| Side::parse(side, registry).unwrap().has(party, day);
        let police = party("NOR", "COP", "Norwegian police");
        let nato = party("IGO", "", "NATO");
        assert!(has("NOR", &police, 0) && has("NOR:COP", &police, 0) && !has("NOR:MIL", &police, 0));
        assert!(has("ISL, NOR", &police, 0) && has("nato", &nato, 0) && !has("nato", &police, 0));
        assert!(has("members:NATO", &police, 0));
        let finland = party("FIN", "GOV", "Finland");
        assert!(!has("members:nato", &finland, 0), "no member in 1970");
        assert!(has("members:nato", &finland, 20_000), "a member in 2024");
        assert!(Side::parse("members:Nobody", registry).is_err());
        assert!(Side::parse(" , ", registry).is_err());
    }
}
