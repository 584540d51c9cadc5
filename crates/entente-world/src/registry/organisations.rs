//! Organisations, who belongs to them, and blocs without a code.

use super::states::{optional, read_code, read_optional_code, read_sector};
use crate::table::{Row, TableProblem};
use crate::term::Term;
use crate::{Code, Sector};

/// An organisation that news names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Usual English name.
    pub name: &'static str,
    /// PLOVER code; `None` where it has none (a company, say).
    pub code: Option<Code>,
    /// Sector; `None` for international bodies.
    pub sector: Option<Sector>,
    /// Other names.
    pub aliases: Vec<&'static str>,
    /// Wikidata id.
    pub wikidata: Option<&'static str>,
    /// Place that stands for it.
    pub seat: Option<&'static str>,
}

impl Organisation {
    pub(crate) fn read(row: &Row) -> Result<Self, TableProblem> {
        let name = row.cell("name");
        if name.is_empty() {
            return Err(row.problem("an organisation without a name"));
        }
        Ok(Self {
            name,
            code: read_optional_code(row)?,
            sector: read_sector(row, "sector")?,
            aliases: row.values("aliases"),
            wikidata: optional(row.cell("wikidata")),
            seat: optional(row.cell("seat")),
        })
    }
}

/// A state's membership in an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// Name of the organisation as its table has it.
    pub organisation: &'static str,
    /// The member.
    pub state: Code,
    /// How long.
    pub term: Term,
}

impl Membership {
    pub(crate) fn read(row: &Row) -> Result<Self, TableProblem> {
        let state = Code::parse(row.cell("state"))
            .ok_or_else(|| row.problem(format!("{:?} is not a code", row.cell("state"))))?;
        Ok(Self { organisation: row.cell("organisation"), state, term: read_term(row)? })
    }
}

/// A group of states that has no code of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bloc {
    /// Usual English name.
    pub name: &'static str,
    /// Other names.
    pub aliases: Vec<&'static str>,
}

/// An armed group, militia or military.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Usual English name.
    pub name: &'static str,
    /// PLOVER code.
    pub code: Code,
    /// First sector.
    pub sector: Option<Sector>,
    /// Further sectors.
    pub other_sectors: Vec<Sector>,
    /// Other names.
    pub aliases: Vec<&'static str>,
    /// Wikidata id.
    pub wikidata: Option<&'static str>,
    /// When the code and sectors hold.
    pub term: Term,
}

impl Group {
    pub(crate) fn read(row: &Row) -> Result<Self, TableProblem> {
        let name = row.cell("name");
        if name.is_empty() {
            return Err(row.problem("a group without a name"));
        }
        let mut other_sectors = Vec::new();
        for cell in row.values("other_sectors") {
            other_sectors
                .push(Sector::parse(cell).ok_or_else(|| row.problem(format!("{cell:?} is not a sector")))?);
        }
        Ok(Self {
            name,
            code: read_code(row)?,
            sector: read_sector(row, "sector")?,
            other_sectors,
            aliases: row.values("aliases"),
            wikidata: optional(row.cell("wikidata")),
            term: read_term(row)?,
        })
    }
}

/// The `from` and `to` cells of a row.
pub(crate) fn read_term(row: &Row) -> Result<Term, TableProblem> {
    Term::parse(row.cell("from"), row.cell("to"))
        .ok_or_else(|| row.problem(format!("{:?} to {:?} is not a time", row.cell("from"), row.cell("to"))))
}
