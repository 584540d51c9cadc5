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
use std::sync::mpsc::{Receiver, sync_channel};
use window::{Arrived, Window};

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

/// How many documents wait to be linked.
///
/// # Errors
/// When the ledger cannot be read.
pub fn waiting(ledger: &Ledger) -> Result<usize, LedgerError> {
    Ok(ledger.unlinked()?.len())
}

/// Links all that waits. `progress` hears the number of documents after each batch, out of how many.
///
/// # Errors
/// When the ledger cannot be read or written; the batches before stay linked, and the next call goes on.
pub fn link(ledger: &mut Ledger, mut progress: impl FnMut(usize, usize)) -> Result<LinkReport, LedgerError> {
    let waiting = ledger.unlinked()?;
    let mut report = LinkReport::default();
    if !waiting.is_empty() {
        // What waits is read ahead, over a connection of its own, while the batch before is linked.
        let reader = Ledger::open_read_only(ledger.path())?;
        let (sender, receiver) = sync_channel(1);
        std::thread::scope(|scope| {
            let waiting = &waiting;
            scope.spawn(move || {
                let read = batches(waiting).map(|batch| read_batch(&reader, batch));
                // The other side hangs up when it has failed.
                let _ = read.map(|batch| sender.send(batch)).find(Result::is_err);
            });
            link_batches(ledger, receiver, &mut report, |done| progress(done, waiting.len()))
        })?;
    }
    refresh_stale(ledger)?;
    Ok(report)
}

/// Documents of a few days that were read and wait to be linked.
struct ReadBatch {
    days: Option<(i32, i32)>,
    arrived: Vec<Arrived>,
}

fn read_batch(reader: &Ledger, batch: &[(u32, Option<String>)]) -> Result<ReadBatch, LedgerError> {
    let read = batch.iter().map(|(number, _)| Ok(Arrived::of(reader.linked_text(*number)?)));
    Ok(ReadBatch { days: days_of(batch), arrived: read.collect::<Result<_, LedgerError>>()? })
}

/// Takes the receiver, so that the reader hears of a failure: it is dropped then.
fn link_batches(
    ledger: &mut Ledger,
    batches: Receiver<Result<ReadBatch, LedgerError>>,
    report: &mut LinkReport,
    mut progress: impl FnMut(usize),
) -> Result<(), LedgerError> {
    let mut window = Window::new(Weights::built_in());
    for batch in batches {
        let ReadBatch { days, arrived } = batch?;
        report.documents += arrived.len();
        window.move_to(ledger, days)?;
        let linked = window.link(ledger, arrived)?;
        let rows = happening_rows(ledger, linked.reports, linked.denials)?;
        report.copies += linked.copies;
        report.events += rows.joined;
        report.opened += rows.opened;
        ledger.keep_links(&FoundLinks {
            documents: linked.documents,
            happenings: rows.happenings,
            denials: rows.denials,
        })?;
        progress(report.documents);
    }
    Ok(())
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
