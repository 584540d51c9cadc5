//! Links what a ledger holds: copies of one text to stories, reports of one act to happenings.
//!
//! `documents that wait → Window → stories, happenings → ledger`. Documents are taken in the order of their publication,
//! a few days at a time, and compared with what was published within [`WINDOW_DAYS`] of them, which [`window`] holds in
//! memory; [`records`] makes the happenings' rows. What was linked once stays as it is, so that ids of stories and
//! happenings can be cited; [`crate::store::Ledger::forget_links`] makes a new beginning.

mod records;
mod window;

use crate::LedgerError;
use crate::happenings::Weights;
use crate::store::{FoundLinks, Ledger};
use records::happening_rows;
use window::Window;

/// Days before and after a document's publication within which others may tell of the same act.
pub const WINDOW_DAYS: i32 = 30;
/// Documents that are linked in one transaction, unless fewer are left.
const BATCH_DOCUMENTS: usize = 256;
/// Days of publication that one batch spans at most: reports are joined in the order in which they appeared.
const BATCH_DAYS: i32 = 3;

/// What was linked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LinkReport {
    /// Documents that were compared.
    pub documents: usize,
    /// Those of them that are copies of an earlier one, in whole or in part.
    pub copies: usize,
    /// Events that were joined to a happening or opened one.
    pub events: usize,
    /// Happenings that were opened.
    pub opened: usize,
}

/// Links all that waits. `progress` hears the number of documents after each batch, out of how many.
///
/// # Errors
/// When the ledger cannot be read or written; the batches before stay linked, and the next call goes on.
pub fn link(ledger: &mut Ledger, mut progress: impl FnMut(usize, usize)) -> Result<LinkReport, LedgerError> {
    let waiting = ledger.unlinked()?;
    let mut window = Window::new(Weights::built_in());
    let mut report = LinkReport::default();
    for batch in batches(&waiting) {
        let arrived = batch.iter().map(|(number, _)| ledger.linked_text(*number));
        let arrived = arrived.collect::<Result<Vec<_>, _>>()?;
        window.move_to(ledger, days_of(batch))?;
        let linked = window.link(ledger, arrived)?;
        let mut found = FoundLinks { documents: linked.documents, ..FoundLinks::default() };
        let rows = happening_rows(ledger, linked.reports, linked.denials)?;
        report.documents += batch.len();
        report.copies += linked.copies;
        report.events += rows.joined;
        report.opened += rows.opened;
        (found.happenings, found.denials) = (rows.happenings, rows.denials);
        ledger.keep_links(&found)?;
        progress(report.documents, waiting.len());
    }
    refresh_stale(ledger)?;
    Ok(report)
}

/// Makes the rows of happenings anew that lost an event when a document was coded again.
fn refresh_stale(ledger: &mut Ledger) -> Result<(), LedgerError> {
    let stale = ledger.stale_happenings()?;
    if stale.is_empty() {
        return Ok(());
    }
    let rows = records::renewed_rows(ledger, &stale)?;
    ledger.keep_links(&FoundLinks { happenings: rows, ..FoundLinks::default() })?;
    ledger.remove_empty_happenings(&stale)
}

/// Day of publication in days from 1970-01-01; none for documents without one.
type PublishedDay = Option<i32>;

fn day_of(published: Option<&str>) -> PublishedDay {
    published.and_then(crate::happenings::day_number)
}

/// First and last day of a batch.
fn days_of(batch: &[(u32, Option<String>)]) -> Option<(i32, i32)> {
    let day = |at: usize| batch.get(at).and_then(|(_, published)| day_of(published.as_deref()));
    Some((day(0)?, day(batch.len() - 1)?))
}

/// Cuts what waits into batches.
fn batches(waiting: &[(u32, Option<String>)]) -> impl Iterator<Item = &[(u32, Option<String>)]> {
    let mut rest = waiting;
    std::iter::from_fn(move || {
        let first = day_of(rest.first()?.1.as_deref());
        let belongs = |day: PublishedDay| match (first, day) {
            (Some(first), Some(day)) => day - first < BATCH_DAYS,
            (first, day) => first == day,
        };
        let length = rest
            .iter()
            .take(BATCH_DOCUMENTS)
            .take_while(|(_, published)| belongs(day_of(published.as_deref())))
            .count();
        let (batch, others) = rest.split_at(length.max(1));
        rest = others;
        Some(batch)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_hold_few_days_and_all_documents() {
        let day = |number: u32, day: Option<&str>| (number, day.map(str::to_owned));
        let waiting = [
            day(1, Some("2024-01-01")),
            day(2, Some("2024-01-03")),
            day(3, Some("2024-01-04")),
            day(4, Some("2024-02-01")),
            day(5, None),
            day(6, None),
        ];
        let lengths: Vec<usize> = batches(&waiting).map(<[_]>::len).collect();
        assert_eq!(lengths, [2, 1, 1, 2]);
        assert_eq!(days_of(&waiting[..2]).map(|(first, last)| last - first), Some(2));
        assert_eq!(days_of(&waiting[4..]), None);
        assert_eq!(batches(&[]).count(), 0);
        let many: Vec<_> = (0..600).map(|number| day(number, Some("2024-01-01"))).collect();
        assert_eq!(batches(&many).map(<[_]>::len).collect::<Vec<_>>(), [256, 256, 88]);
    }
}
