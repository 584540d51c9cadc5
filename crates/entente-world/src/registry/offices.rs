//! Persons of public life and the offices they held.

use super::organisations::read_term;
use super::states::{optional, read_code, read_sector};
use crate::table::{Row, TableProblem};
use crate::term::Term;
use crate::{Code, Sector};
use jiff::civil::Date;

/// One term in one office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfficeTerm {
    /// State or international body.
    pub code: Code,
    /// Sector while in office.
    pub sector: Option<Sector>,
    /// The office, lower case: `foreign minister`.
    pub office: &'static str,
    /// How long.
    pub term: Term,
}

/// A person with every term the registry knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPerson {
    /// Usual English name.
    pub name: &'static str,
    /// Wikidata id.
    pub wikidata: Option<&'static str>,
    /// Terms in the order of the table.
    pub terms: Vec<OfficeTerm>,
}

impl KnownPerson {
    /// The term that holds on a day: one that covers it, else the last that began before it.
    /// The flag tells whether the term covers the day.
    pub fn term_on(&self, day: Date) -> Option<(&OfficeTerm, bool)> {
        if let Some(current) = self.terms.iter().find(|term| term.term.contains(day)) {
            return Some((current, true));
        }
        let begun = self.terms.iter().filter(|term| term.term.has_begun(day));
        begun.max_by_key(|term| term.term.to).map(|term| (term, false))
    }
}

/// A row of an office table before rows of the same person are joined.
pub(crate) struct OfficeRow {
    pub(crate) person: &'static str,
    pub(crate) aliases: Vec<&'static str>,
    pub(crate) wikidata: Option<&'static str>,
    pub(crate) term: OfficeTerm,
}

impl OfficeRow {
    pub(crate) fn read(row: &Row) -> Result<Self, TableProblem> {
        let person = row.cell("person");
        if person.is_empty() {
            return Err(row.problem("a term without a person"));
        }
        let term = OfficeTerm {
            code: read_code(row)?,
            sector: read_sector(row, "sector")?,
            office: row.cell("office"),
            term: read_term(row)?,
        };
        Ok(Self { person, aliases: row.values("aliases"), wikidata: optional(row.cell("wikidata")), term })
    }
}
