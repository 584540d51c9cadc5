//! Writing what was read out of documents, a batch a transaction.

use super::hash::ContentHash;
use super::insert::{DocumentRow, event_number, fault_of_event, insert_document};
use super::ledger::Ledger;
use super::postings::PostingChanges;
use super::remove::{DocumentLinks, links_of, relink, remove_document, restore_happenings};
use super::run::{self, RunId, RunVersions};
use super::sources::source_number;
use crate::error::{Fault, LedgerError};
use entente_coder::record::{Annotation, Event};
use rusqlite::{Connection, OptionalExtension, params};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// What a batch did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PutReport {
    /// Documents that were not there, revisions and duplicates among them.
    pub added: usize,
    /// Documents that were there, coded by the same versions.
    pub unchanged: usize,
    /// Documents whose records other versions had made; they are replaced.
    pub replaced: usize,
    /// Documents added beside an older text under the same id.
    pub revisions: Vec<Revision>,
    /// Documents added whose content another id already has.
    pub duplicates: usize,
    /// Events written.
    pub events: usize,
    /// Documents that the ledger cannot hold; the rest of the batch is written.
    pub refused: Vec<Refused>,
}

/// A document that came again with other content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The id that both came under.
    pub document_id: String,
    /// The id that the later one is kept under: the first, "~" and 16 digits of the content hash.
    pub revision_id: String,
}

/// A document or event that was not written, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its id.
    pub id: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Ledger {
    /// Writes a batch of documents with all that was read out of them, in one transaction: after a crash all of
    /// it is there or nothing.
    ///
    /// A document that is there with the same content, coded by the same versions, is left as it is; coded by
    /// others, its records are replaced. The same id with other content becomes a revision beside the first, and
    /// the same content under another id is added and linked as its duplicate.
    ///
    /// # Errors
    /// When there is no such run or the ledger cannot be written; nothing of the batch is written then.
    pub fn put(&mut self, annotations: &[Annotation], run: RunId) -> Result<PutReport, LedgerError> {
        self.writing(|connection| {
            let versions = run::read(connection, run)?.versions;
            let mut batch = Batch { connection, run, versions, postings: PostingChanges::default() };
            let mut report = PutReport::default();
            for annotation in annotations {
                batch.put(annotation, &mut report)?;
            }
            batch.postings.flush(connection)?;
            Ok(report)
        })
    }
}

/// One transaction's work.
struct Batch<'c> {
    connection: &'c Connection,
    run: RunId,
    versions: RunVersions,
    postings: PostingChanges,
}

/// A document that is in the ledger.
pub(super) struct Known {
    pub id: u32,
    pub content_hash: Vec<u8>,
    pub run: RunId,
}

impl Batch<'_> {
    fn put(&mut self, annotation: &Annotation, report: &mut PutReport) -> Result<(), Fault> {
        if let Some(reason) = fault_of(annotation) {
            report.refused.push(Refused { id: annotation.id.clone(), reason });
            return Ok(());
        }
        let hash = ContentHash::of_annotation(annotation);
        let Some(first) = find(self.connection, &annotation.id)? else {
            return self.add(annotation, &annotation.id, hash, None, report);
        };
        if first.content_hash == hash.as_bytes() {
            return self.meet_again(annotation, &annotation.id, hash, &first, report);
        }
        let revision_id = revision_id(&annotation.id, hash);
        if let Some(known) = find(self.connection, &revision_id)? {
            if known.content_hash != hash.as_bytes() {
                let reason = format!("{revision_id} is the id of another document");
                report.refused.push(Refused { id: annotation.id.clone(), reason });
                return Ok(());
            }
            return self.meet_again(annotation, &revision_id, hash, &known, report);
        }
        self.add(annotation, &revision_id, hash, Some(first.id), report)?;
        report.revisions.push(Revision { document_id: annotation.id.clone(), revision_id });
        Ok(())
    }

    fn add(
        &mut self,
        annotation: &Annotation,
        document_id: &str,
        hash: ContentHash,
        revision_of: Option<u32>,
        report: &mut PutReport,
    ) -> Result<(), Fault> {
        let duplicate_of = first_of_content(self.connection, hash)?;
        report.duplicates += usize::from(duplicate_of.is_some());
        report.added += 1;
        self.insert(annotation, document_id, hash, (revision_of, duplicate_of), report)?;
        Ok(())
    }

    fn meet_again(
        &mut self,
        annotation: &Annotation,
        document_id: &str,
        hash: ContentHash,
        known: &Known,
        report: &mut PutReport,
    ) -> Result<(), Fault> {
        if run::read(self.connection, known.run)?.versions == self.versions {
            report.unchanged += 1;
            return Ok(());
        }
        let links: DocumentLinks = links_of(self.connection, known.id)?;
        let happenings = remove_document(self.connection, known.id, &mut self.postings)?;
        let targets = (links.revision_of, links.duplicate_of);
        let id = self.insert(annotation, document_id, hash, targets, report)?;
        relink(self.connection, known.id, id, &links)?;
        restore_happenings(self.connection, &happenings)?;
        report.replaced += 1;
        Ok(())
    }

    fn insert(
        &mut self,
        annotation: &Annotation,
        document_id: &str,
        content_hash: ContentHash,
        (revision_of, duplicate_of): (Option<u32>, Option<u32>),
        report: &mut PutReport,
    ) -> Result<u32, Fault> {
        let publication = annotation.publication.as_deref();
        let source =
            publication.map(|name| source_number(self.connection, name, "publication")).transpose()?;
        let events = final_events(self.connection, annotation, document_id, content_hash)?;
        let row = DocumentRow { document_id, content_hash, source, run: self.run, revision_of, duplicate_of };
        report.events += events.len();
        insert_document(self.connection, annotation, &events, &row, &mut self.postings)
    }
}

/// The document of an id.
pub(super) fn find(connection: &Connection, document_id: &str) -> Result<Option<Known>, Fault> {
    let mut select =
        connection.prepare_cached("SELECT id, content_hash, run FROM documents WHERE document_id = ?1")?;
    let known = select.query_row([document_id], |row| {
        Ok(Known { id: row.get(0)?, content_hash: row.get(1)?, run: RunId(row.get(2)?) })
    });
    Ok(known.optional()?)
}

/// The id that content is kept under when its own has other content.
pub(super) fn revision_id(document_id: &str, hash: ContentHash) -> String {
    format!("{document_id}~{}", hash.short())
}

fn first_of_content(connection: &Connection, hash: ContentHash) -> Result<Option<u32>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT id FROM documents WHERE content_hash = ?1 AND duplicate_of IS NULL ORDER BY id LIMIT 1",
    )?;
    Ok(select.query_row(params![hash.as_bytes().as_slice()], |row| row.get(0)).optional()?)
}

fn fault_of(annotation: &Annotation) -> Option<String> {
    if annotation.id.is_empty() {
        return Some("the document has no id".to_owned());
    }
    annotation.events.iter().find_map(fault_of_event)
}

/// The events as they are kept: with the document's final id, and each with an id that no other event has.
fn final_events<'a>(
    connection: &Connection,
    annotation: &'a Annotation,
    document_id: &str,
    hash: ContentHash,
) -> Result<Cow<'a, [Event]>, Fault> {
    let mut renamed: HashMap<&str, String> = HashMap::new();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut is_plain = annotation.events.iter().all(|event| {
        event.document_id == document_id && event.happening_id.is_none() && seen.insert(event.id.as_str())
    });
    for event in &annotation.events {
        if event_number(connection, &event.id)?.is_some() {
            renamed.insert(&event.id, format!("{}~{}", event.id, hash.short()));
            is_plain = false;
        }
    }
    if is_plain {
        return Ok(Cow::Borrowed(&annotation.events));
    }
    let mut used: HashSet<String> = HashSet::new();
    let mut events = annotation.events.clone();
    for event in &mut events {
        document_id.clone_into(&mut event.document_id);
        event.happening_id = None;
        if let Some(inside) = event.condition.as_mut().and_then(|condition| condition.event_id.as_mut())
            && let Some(name) = renamed.get(inside.as_str())
        {
            inside.clone_from(name);
        }
        let base = renamed.get(event.id.as_str()).unwrap_or(&event.id);
        event.id = free_id(connection, base, &used)?;
        used.insert(event.id.clone());
    }
    Ok(Cow::Owned(events))
}

fn free_id(connection: &Connection, base: &str, used: &HashSet<String>) -> Result<String, Fault> {
    let mut candidate = base.to_owned();
    let mut number = 2;
    while used.contains(&candidate) || event_number(connection, &candidate)?.is_some() {
        candidate = format!("{base}~{number}");
        number += 1;
    }
    Ok(candidate)
}
