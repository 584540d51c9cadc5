//! The SQLite file.
//!
//! `Annotation → documents, events, statements, people → EventFilter → StoredEvent`. [`Ledger`] opens the file;
//! `put.rs` writes batches; `select.rs` turns a filter into the set of matching events, with the sets that
//! `postings.rs` keeps for each value of each dimension; `walk.rs` puts such a set in order, page by page.
//! `migrations/` has the tables.

mod coded;
mod compact;
mod conditions;
mod days;
mod deeds;
mod document;
mod event;
mod explain;
mod filter;
mod growth;
mod happenings;
mod hash;
mod import;
mod insert;
mod keys;
mod ledger;
mod linking;
mod links;
mod migrate;
mod order;
mod page;
mod people;
mod postings;
mod put;
mod query;
mod remove;
mod run;
mod search;
mod select;
mod sources;
mod statements;
mod stats;
mod verify;
mod walk;

pub use deeds::{Deed, DeedParty, Deeds};
pub use document::{DocumentEntry, DocumentFilter, StoredDocument};
pub use event::StoredEvent;
pub use explain::Explanation;
pub use filter::{AuxFilter, EventFilter, PartyFilter};
pub use growth::{Added, Counts};
pub use happenings::{HappeningFilter, HappeningRow, StoredHappening};
pub use hash::ContentHash;
pub use import::{ImportReport, ImportedEvent};
pub use ledger::{Ledger, LedgerOptions};
pub(crate) use linking::{FoundLinks, LinkedText, Told};
pub use order::{EventOrder, SortKey};
pub use page::{EventPage, Facet, Page};
pub use people::{PersonFilter, StoredPerson};
pub use put::{PutReport, Refused, Revision};
pub use run::{Run, RunId, RunVersions};
pub use statements::{StatementFilter, StoredStatement};
pub use stats::{DyadCount, Stats};
