//! Places: where events happen, and what their country is.

use super::states::optional;
use crate::Code;
use crate::table::{Row, TableProblem};

/// A populated place, region, sea or site.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Usual English name.
    pub name: &'static str,
    /// Country; `None` for seas and places of several states.
    pub country: Option<Code>,
    /// GeoNames id.
    pub geonameid: Option<u32>,
    /// Degrees north.
    pub lat: Option<f32>,
    /// Degrees east.
    pub lon: Option<f32>,
    /// `city`, `capital`, `region`, `site` or `sea`.
    pub kind: &'static str,
    /// Inhabitants.
    pub population: Option<u32>,
    /// Other names.
    pub aliases: Vec<&'static str>,
}

impl Place {
    pub(crate) fn read(row: &Row) -> Result<Self, TableProblem> {
        let name = row.cell("name");
        if name.is_empty() {
            return Err(row.problem("a place without a name"));
        }
        let country = match row.cell("country") {
            "" => None,
            cell => Some(Code::parse(cell).ok_or_else(|| row.problem(format!("{cell:?} is not a code")))?),
        };
        Ok(Self {
            name,
            country,
            geonameid: number(row, "geonameid")?,
            lat: number(row, "lat")?,
            lon: number(row, "lon")?,
            kind: optional(row.cell("kind")).unwrap_or("site"),
            population: number(row, "population")?,
            aliases: row.values("aliases"),
        })
    }
}

fn number<N: std::str::FromStr>(row: &Row, column: &str) -> Result<Option<N>, TableProblem> {
    match row.cell(column) {
        "" => Ok(None),
        cell => cell.parse().map(Some).map_err(|_| row.problem(format!("{column} {cell:?} is not a number"))),
    }
}
