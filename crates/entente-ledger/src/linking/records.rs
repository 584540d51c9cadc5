//! The rows of happenings, made of all their reports.

use crate::LedgerError;
use crate::happenings::{Happening, Report};
use crate::store::{HappeningRow, Ledger, Told};
use std::collections::{BTreeMap, BTreeSet};

/// Rows to write.
pub(super) struct Rows {
    pub(super) happenings: Vec<HappeningRow>,
    pub(super) denials: Vec<(String, String)>,
    /// New reports in them.
    pub(super) joined: usize,
    /// Happenings that were not there.
    pub(super) opened: usize,
}

/// Rows of the happenings that got new reports.
pub(super) fn happening_rows(
    ledger: &Ledger,
    new_reports: BTreeMap<String, Vec<Told>>,
    denials: Vec<(String, String)>,
) -> Result<Rows, LedgerError> {
    let mut rows = Rows { happenings: Vec::new(), denials, joined: 0, opened: 0 };
    for (id, new) in new_reports {
        let known = ledger.reports_of(&id)?;
        rows.joined += new.len();
        rows.opened += usize::from(known.is_empty());
        let added: Vec<String> = new.iter().map(|report| report.event.id.clone()).collect();
        let reports: Vec<Told> = known.into_iter().chain(new).collect();
        rows.happenings.extend(row_of(&id, &reports, added));
    }
    Ok(rows)
}

/// Rows of happenings that have the reports they had.
pub(super) fn renewed_rows(ledger: &Ledger, ids: &[String]) -> Result<Vec<HappeningRow>, LedgerError> {
    let mut rows = Vec::new();
    for id in ids {
        rows.extend(row_of(id, &ledger.reports_of(id)?, Vec::new()));
    }
    Ok(rows)
}

/// The row of a happening; `added` are the events that it did not have before.
fn row_of(id: &str, told: &[Told], added: Vec<String>) -> Option<HappeningRow> {
    let reports: Vec<Report> = told.iter().map(report_of).collect();
    let record = Happening::of(id, &reports, &[])?;
    let dated = reports.iter().find(|report| report.event.date == record.date);
    let of_type = reports.iter().find(|report| report.event.event == record.event);
    let publications: BTreeSet<&str> = reports.iter().filter_map(|report| report.publication).collect();
    Some(HappeningRow {
        id: id.to_owned(),
        event: record.event,
        event_scale: of_type.map_or(0.0, |report| report.event.event_scale),
        enddate: dated.and_then(|report| report.event.enddate.clone()),
        date: record.date,
        actor_codes: codes(&reports, |report| &report.event.actor),
        recipient_codes: codes(&reports, |report| &report.event.recipient),
        sources: u32::try_from(publications.len()).unwrap_or(u32::MAX),
        confidence: reports.iter().map(|report| report.event.confidence).fold(0.0, f64::max),
        details: None,
        event_ids: added,
    })
}

impl Ledger {
    /// A happening with all its mentions, claimants and conflicts, made of the reports as they are now; none where there
    /// is none of that id.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn happening(&self, id: &str) -> Result<Option<Happening>, LedgerError> {
        let (reports, denials) = (self.reports_of(id)?, self.denials_of(id)?);
        let (reports, denials): (Vec<Report>, Vec<Report>) =
            (reports.iter().map(report_of).collect(), denials.iter().map(report_of).collect());
        Ok(Happening::of(id, &reports, &denials))
    }
}

/// A report as the record of a happening takes it.
fn report_of(told: &Told) -> Report<'_> {
    Report {
        event: &told.event,
        published: told.published.as_deref(),
        publication: told.publication.as_deref(),
        story: &told.story,
    }
}

/// Codes of a role, those of most stories first.
fn codes<'a>(
    reports: &[Report<'a>],
    role: impl Fn(&Report<'a>) -> &'a [entente_coder::record::Entity],
) -> Vec<String> {
    let mut stories: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for report in reports {
        for code in role(report).iter().filter_map(|party| party.code.as_deref()) {
            stories.entry(code).or_default().insert(report.story);
        }
    }
    let mut ordered: Vec<(&str, usize)> =
        stories.into_iter().map(|(code, stories)| (code, stories.len())).collect();
    ordered.sort_by_key(|(code, stories)| (std::cmp::Reverse(*stories), *code));
    ordered.into_iter().map(|(code, _)| code.to_owned()).collect()
}
