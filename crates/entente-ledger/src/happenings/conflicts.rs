//! On what the reports of one happening differ. Nothing is settled here: every version stays, with who gives it.

use super::occasion::DateBasis;
use super::parties::{Fit, Party, fit};
use super::record::{Report, claimant, occasion_of, party_name};
use entente_coder::record::{Entity, Size};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One version of what reports differ on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Version {
    /// A number, a date, or the parties as records name them, parted by "; ".
    pub value: String,
    /// Ids of the events that give it, as they were published.
    pub events: Vec<String>,
    /// Who says so, in order of the alphabet.
    pub claimants: Vec<String>,
    /// ISO 8601 day on which it was first published: a toll that rises is not a lie.
    pub first_published: Option<String>,
}

/// Something on which reports differ; versions as they were first published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Conflict {
    /// Different numbers of killed.
    Dead {
        /// The numbers.
        versions: Vec<Version>,
    },
    /// Different numbers of wounded.
    Injured {
        /// The numbers.
        versions: Vec<Version>,
    },
    /// Different numbers of detained.
    Arrested {
        /// The numbers.
        versions: Vec<Version>,
    },
    /// Actors of which none can be the same.
    Actors {
        /// The actors of each.
        versions: Vec<Version>,
    },
    /// Recipients of which none can be the same.
    Recipients {
        /// The recipients of each.
        versions: Vec<Version>,
    },
    /// Different stated days.
    Dates {
        /// The days.
        versions: Vec<Version>,
    },
    /// Some report that it did not take place.
    Denied {
        /// The denials; their value is empty.
        versions: Vec<Version>,
    },
}

impl Conflict {
    /// What they differ on, as records name it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Dead { .. } => "dead",
            Self::Injured { .. } => "injured",
            Self::Arrested { .. } => "arrested",
            Self::Actors { .. } => "actors",
            Self::Recipients { .. } => "recipients",
            Self::Dates { .. } => "dates",
            Self::Denied { .. } => "denied",
        }
    }

    /// What each side says.
    pub fn versions(&self) -> &[Version] {
        match self {
            Self::Dead { versions }
            | Self::Injured { versions }
            | Self::Arrested { versions }
            | Self::Actors { versions }
            | Self::Recipients { versions }
            | Self::Dates { versions }
            | Self::Denied { versions } => versions,
        }
    }
}

/// All that reports, given as they were published, differ on.
pub(super) fn conflicts_of(reports: &[Report], denials: &[Report]) -> Vec<Conflict> {
    let number = |part: fn(&Size) -> Option<u64>| {
        differing(versions(reports, |report| part(&report.event.size).map(|number| number.to_string())))
    };
    let denied = versions(denials, |_| Some(String::new()));
    [
        number(|size| size.dead).map(|versions| Conflict::Dead { versions }),
        number(|size| size.injured).map(|versions| Conflict::Injured { versions }),
        number(|size| size.arrested).map(|versions| Conflict::Arrested { versions }),
        parties(reports, |report| &report.event.actor).map(|versions| Conflict::Actors { versions }),
        parties(reports, |report| &report.event.recipient).map(|versions| Conflict::Recipients { versions }),
        differing(versions(reports, stated_day)).map(|versions| Conflict::Dates { versions }),
        (!denied.is_empty()).then_some(Conflict::Denied { versions: denied }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn differing(versions: Vec<Version>) -> Option<Vec<Version>> {
    (versions.len() > 1).then_some(versions)
}

fn stated_day(report: &Report) -> Option<String> {
    let occasion = occasion_of(report)?;
    let is_stated = occasion.basis == DateBasis::Stated
        && report.event.date.as_ref().is_some_and(|date| date.len() == 10);
    if is_stated { report.event.date.clone() } else { None }
}

/// Versions of the parties, when two reports name such as cannot be the same.
fn parties(reports: &[Report], of: impl for<'a> Fn(&Report<'a>) -> &'a [Entity]) -> Option<Vec<Version>> {
    let lists: Vec<Vec<Party>> =
        reports.iter().map(|report| of(report).iter().map(Party::of).collect()).collect();
    let differ = lists
        .iter()
        .enumerate()
        .any(|(at, one)| lists[at + 1..].iter().any(|other| fit(one, other) == Fit::Conflict));
    if !differ {
        return None;
    }
    let names = |report: &Report| {
        let distinct: BTreeSet<String> = of(report).iter().map(party_name).collect();
        (!distinct.is_empty()).then(|| distinct.into_iter().collect::<Vec<_>>().join("; "))
    };
    differing(versions(reports, names))
}

/// The distinct values of reports.
fn versions(reports: &[Report], value: impl Fn(&Report) -> Option<String>) -> Vec<Version> {
    let mut found: Vec<Version> = Vec::new();
    for report in reports {
        let Some(value) = value(report) else { continue };
        let at = found.iter().position(|version| version.value == value).unwrap_or_else(|| {
            let first_published = report.published.map(str::to_owned);
            found.push(Version { value, events: Vec::new(), claimants: Vec::new(), first_published });
            found.len() - 1
        });
        found[at].events.push(report.event.id.clone());
        found[at].claimants.extend(claimant(report));
    }
    for version in &mut found {
        version.claimants.sort();
        version.claimants.dedup();
    }
    found
}
