//! Treaties that bind states to one another.

use super::organisations::read_term;
use super::states::optional;
use crate::Code;
use crate::table::{Row, TableProblem};
use crate::term::Term;

/// A treaty in force for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pact {
    /// Usual English name.
    pub name: &'static str,
    /// What it promises.
    pub kind: PactKind,
    /// The organisation whose members it binds, by its table name.
    pub organisation: Option<&'static str>,
    /// The states that it binds, where no organisation says so.
    pub states: Vec<Code>,
    /// How long.
    pub term: Term,
}

/// What a treaty promises; the names are those of the Alliance Treaty Obligations and Provisions project where it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PactKind {
    /// To help one another when attacked.
    Defence,
    /// Not to attack one another.
    Nonaggression,
    /// To consult when one is in danger.
    Consultation,
    /// Friendship, arms, exercises, access: anything less.
    Partnership,
}

impl PactKind {
    /// The word of the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Defence => "defence",
            Self::Nonaggression => "nonaggression",
            Self::Consultation => "consultation",
            Self::Partnership => "partnership",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let kinds = [Self::Defence, Self::Nonaggression, Self::Consultation, Self::Partnership];
        kinds.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl Pact {
    pub(crate) fn read(row: &Row) -> Result<Self, TableProblem> {
        let kind = PactKind::parse(row.cell("kind"))
            .ok_or_else(|| row.problem(format!("{:?} is no kind of pact", row.cell("kind"))))?;
        let mut states = Vec::new();
        for cell in row.values("states") {
            states.push(Code::parse(cell).ok_or_else(|| row.problem(format!("{cell:?} is not a code")))?);
        }
        let organisation = optional(row.cell("organisation"));
        if organisation.is_some() != states.is_empty() || states.len() == 1 {
            return Err(row.problem("a pact binds either an organisation or two states and more".to_owned()));
        }
        Ok(Self { name: row.cell("name"), kind, organisation, states, term: read_term(row)? })
    }
}
