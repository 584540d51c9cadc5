//! States and the territories that fold into them.

use crate::table::{Row, TableProblem};
use crate::{Code, Sector};

/// A state or a territory with a code of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// ISO 3166-1 alpha-3.
    pub code: Code,
    /// Usual English name.
    pub name: &'static str,
    /// Wikidata id.
    pub wikidata: Option<&'static str>,
    /// Seat of government.
    pub capital: Option<&'static str>,
    /// Other names.
    pub aliases: Vec<&'static str>,
    /// Adjectives: `Russian`.
    pub adjectives: Vec<&'static str>,
    /// Names of the people, singular and plural.
    pub demonyms: Vec<&'static str>,
    /// Seats and symbols that stand for the state, with the sector they stand for.
    pub metonyms: Vec<(&'static str, Sector)>,
    /// Correlates of War number.
    pub cow: Option<u16>,
}

impl State {
    pub(crate) fn read(row: &Row) -> Result<Self, TableProblem> {
        let code = read_code(row)?;
        let name = row.cell("name");
        if name.is_empty() {
            return Err(row.problem("a state without a name"));
        }
        let mut metonyms = Vec::new();
        for metonym in row.values("metonyms") {
            let (place, sector) = metonym.split_once('=').unwrap_or((metonym, "GOV"));
            let sector = Sector::parse(sector.trim())
                .ok_or_else(|| row.problem(format!("unknown sector in {metonym:?}")))?;
            metonyms.push((place.trim(), sector));
        }
        let cow = match row.cell("cow") {
            "" => None,
            number => Some(number.parse().map_err(|_| row.problem(format!("cow {number:?}")))?),
        };
        Ok(Self {
            code,
            name,
            wikidata: optional(row.cell("wikidata")),
            capital: optional(row.cell("capital")),
            aliases: row.values("aliases"),
            adjectives: row.values("adjectives"),
            demonyms: row.values("demonyms"),
            metonyms,
            cow,
        })
    }
}

/// A dependency, breakaway entity or region that folds into a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Territory {
    /// Usual English name.
    pub name: &'static str,
    /// Code of the state.
    pub code: Code,
    /// `PRE` for breakaway entities.
    pub sector: Option<Sector>,
    /// Other names.
    pub aliases: Vec<&'static str>,
    /// Adjectives.
    pub adjectives: Vec<&'static str>,
    /// Names of the people.
    pub demonyms: Vec<&'static str>,
    /// Wikidata id.
    pub wikidata: Option<&'static str>,
}

impl Territory {
    pub(crate) fn read(row: &Row) -> Result<Self, TableProblem> {
        let name = row.cell("name");
        if name.is_empty() {
            return Err(row.problem("a territory without a name"));
        }
        Ok(Self {
            name,
            code: read_code(row)?,
            sector: read_sector(row, "sector")?,
            aliases: row.values("aliases"),
            adjectives: row.values("adjectives"),
            demonyms: row.values("demonyms"),
            wikidata: optional(row.cell("wikidata")),
        })
    }
}

/// `None` for an empty cell.
pub(crate) fn optional(cell: &'static str) -> Option<&'static str> {
    (!cell.is_empty()).then_some(cell)
}

/// The code of a row that must have one.
pub(crate) fn read_code(row: &Row) -> Result<Code, TableProblem> {
    let cell = row.cell("code");
    Code::parse(cell).ok_or_else(|| row.problem(format!("{cell:?} is not a code")))
}

/// The code of a row that may have one.
pub(crate) fn read_optional_code(row: &Row) -> Result<Option<Code>, TableProblem> {
    if row.cell("code").is_empty() { Ok(None) } else { read_code(row).map(Some) }
}

/// A sector, `None` for an empty cell.
pub(crate) fn read_sector(row: &Row, column: &str) -> Result<Option<Sector>, TableProblem> {
    match row.cell(column) {
        "" => Ok(None),
        cell => Sector::parse(cell).map(Some).ok_or_else(|| row.problem(format!("{cell:?} is not a sector"))),
    }
}
