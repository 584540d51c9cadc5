//! Rows of documents, events, statements and people.

use super::compact::to_compact_json;
use super::days::covered_days;
use super::hash::ContentHash;
use super::keys::{Setting, keys_of, name_key};
use super::postings::PostingChanges;
use super::run::RunId;
use crate::error::Fault;
use entente_coder::record::{Annotation, Entity, Event, Mention, Person, Rejected, Statement, Time};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// What is kept of a document besides its columns, as JSON.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Layers {
    #[serde(default)]
    pub times: Vec<Time>,
    #[serde(default)]
    pub entities: Vec<Mention>,
    #[serde(default)]
    pub rejected: Vec<Rejected>,
}

/// A document's row besides what the annotation has.
#[derive(Debug)]
pub(super) struct DocumentRow<'a> {
    /// Under which id it is kept; a revision has a mark after the annotation's own.
    pub document_id: &'a str,
    pub content_hash: ContentHash,
    pub source: Option<i64>,
    pub run: RunId,
    pub revision_of: Option<u32>,
    pub duplicate_of: Option<u32>,
}

/// An event's row besides what the record has.
#[derive(Debug, Clone, Copy)]
pub(super) struct EventRow<'a> {
    pub id: u32,
    pub document: Option<u32>,
    pub run: Option<RunId>,
    pub source: Option<i64>,
    pub raw_row: Option<&'a str>,
}

/// Takes `count` ids that nothing has had yet, and gives the first.
pub(super) fn take_ids(connection: &Connection, count: usize) -> Result<u32, Fault> {
    let mut select = connection.prepare_cached("SELECT value FROM counters WHERE name = 'next_id'")?;
    let first: i64 = select.query_row([], |row| row.get(0))?;
    let next = first.saturating_add(i64::try_from(count).unwrap_or(i64::MAX));
    if next > i64::from(u32::MAX) {
        return Err(Fault::Invalid("next".to_owned(), "the ledger has no more ids (4 billion)".to_owned()));
    }
    connection.prepare_cached("UPDATE counters SET value = ?1 WHERE name = 'next_id'")?.execute([next])?;
    u32::try_from(first).map_err(|_| Fault::Unreadable(format!("counter next_id is {first}")))
}

/// Writes a document with the events in `events`, which are the annotation's under their final ids.
pub(super) fn insert_document(
    connection: &Connection,
    annotation: &Annotation,
    events: &[Event],
    row: &DocumentRow<'_>,
    postings: &mut PostingChanges,
) -> Result<u32, Fault> {
    let id = take_ids(connection, events.len().max(1))?;
    let sentences: Vec<(usize, usize)> =
        annotation.sentences.iter().map(|sentence| (sentence.start, sentence.end)).collect();
    let layers = Layers {
        times: annotation.times.clone(),
        entities: annotation.entities.clone(),
        rejected: annotation.rejected.clone(),
    };
    let mut insert = connection.prepare_cached(
        "INSERT INTO documents (id, document_id, content_hash, title, published, source, url, language, text,
             sentences, layers, run, event_count, revision_of, duplicate_of)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?;
    insert.execute(params![
        id,
        row.document_id,
        row.content_hash.as_bytes().as_slice(),
        annotation.title,
        annotation.published,
        row.source,
        annotation.url,
        annotation.language,
        annotation.text,
        serde_json::to_string(&sentences)?,
        to_compact_json(&layers)?,
        row.run.0,
        events.len() as i64,
        row.revision_of,
        row.duplicate_of,
    ])?;
    for (event, event_id) in events.iter().zip(id..) {
        let event_row = EventRow {
            id: event_id,
            document: Some(id),
            run: Some(row.run),
            source: row.source,
            raw_row: None,
        };
        insert_event(connection, event, event_row, postings)?;
    }
    let day = annotation.published.as_deref().unwrap_or_default();
    for statement in &annotation.statements {
        insert_statement(connection, statement, id, day)?;
    }
    for person in &annotation.people {
        insert_person(connection, person, id, day)?;
    }
    Ok(id)
}

/// Writes an event, its parties, and its keys.
pub(super) fn insert_event(
    connection: &Connection,
    event: &Event,
    row: EventRow<'_>,
    postings: &mut PostingChanges,
) -> Result<(), Fault> {
    let (first_day, last_day) = covered_days(event.date.as_deref(), event.enddate.as_deref());
    let aux: Vec<&str> = event.aux.iter().map(|aux| aux.as_str()).collect();
    let (actor, recipient) = (event.actor.first(), event.recipient.first());
    let mut insert = connection.prepare_cached(
        "INSERT INTO events (id, event_id, document, run, source, raw_row, type, modes, aux, contexts, quad_code,
             event_scale, date, date_end, first_day, last_day, confidence, claim_distance, sentence, actor_code,
             actor_sector, recipient_code, recipient_sector, country, place, trigger_text)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
             ?22, ?23, ?24, ?25, ?26)",
    )?;
    insert.execute(params![
        row.id,
        event.id,
        row.document,
        row.run.map(|run| run.0),
        row.source,
        row.raw_row,
        event.event.as_str(),
        event.mode.join(";"),
        aux.join(";"),
        event.context.join(";"),
        event.quad_code,
        event.event_scale,
        event.date,
        event.enddate,
        first_day,
        last_day,
        event.confidence,
        event.claim.len() as i64,
        row.document.map(|_| event.text_info.sequence as i64),
        actor.and_then(|party| party.code.as_deref()),
        actor.and_then(|party| party.sector.as_deref()),
        recipient.and_then(|party| party.code.as_deref()),
        recipient.and_then(|party| party.sector.as_deref()),
        event.event_loc.as_ref().and_then(|location| location.country_code.as_deref()),
        event.event_loc.as_ref().map(|location| location.extracted_place.as_str()),
        event.trigger.text,
    ])?;
    let mut record = connection.prepare_cached("INSERT INTO event_records (id, json) VALUES (?1, ?2)")?;
    record.execute(params![row.id, to_compact_json(event)?])?;
    for (role, parties) in [("actor", &event.actor), ("recipient", &event.recipient), ("claim", &event.claim)]
    {
        insert_parties(connection, row.id, role, parties)?;
    }
    let is_continuation = row.document.is_some_and(|document| document != row.id);
    postings.add(row.id, keys_of(event, Setting { source: row.source, is_continuation }));
    Ok(())
}

fn insert_parties(connection: &Connection, event: u32, role: &str, parties: &[Entity]) -> Result<(), Fault> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO event_parties (event, role, position, code, sector, name, identifier)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (position, party) in parties.iter().enumerate() {
        insert.execute(params![
            event,
            role,
            position as i64,
            party.code,
            party.sector.as_deref(),
            party.entity_name,
            party.identifier_id
        ])?;
    }
    Ok(())
}

fn insert_statement(
    connection: &Connection,
    statement: &Statement,
    document: u32,
    day: &str,
) -> Result<(), Fault> {
    let speaker = statement.speaker.as_ref();
    let mut insert = connection.prepare_cached(
        "INSERT INTO statements (statement_id, document, day, speaker_code, speaker_sector, speaker_name,
             speaker_name_key, speaker_identifier, kind, content, json)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    insert.execute(params![
        statement.id,
        document,
        day,
        speaker.and_then(|speaker| speaker.code.as_deref()),
        speaker.and_then(|speaker| speaker.sector.as_deref()),
        speaker.map(|speaker| speaker.entity_name.as_str()),
        speaker.map(|speaker| name_key(&speaker.entity_name)),
        speaker.and_then(|speaker| speaker.identifier_id.as_deref()),
        statement.kind.as_ref(),
        statement.content.text,
        to_compact_json(statement)?,
    ])?;
    Ok(())
}

fn insert_person(connection: &Connection, person: &Person, document: u32, day: &str) -> Result<(), Fault> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO people (document, day, name, name_key, office, code, sector, age, start, \"end\")
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    insert.execute(params![
        document,
        day,
        person.name,
        name_key(&person.name),
        person.office,
        person.code,
        person.sector.as_deref(),
        person.age,
        person.start as i64,
        person.end as i64,
    ])?;
    Ok(())
}

/// The number of the event of an id.
pub(super) fn event_number(connection: &Connection, event_id: &str) -> Result<Option<u32>, Fault> {
    let mut select = connection.prepare_cached("SELECT id FROM events WHERE event_id = ?1")?;
    Ok(select.query_row([event_id], |row| row.get(0)).optional()?)
}

/// Why the ledger cannot hold an event, if it cannot.
pub(super) fn fault_of_event(event: &Event) -> Option<String> {
    if event.id.is_empty() {
        return Some("an event has no id".to_owned());
    }
    if !(0.0..=1.0).contains(&event.confidence) {
        return Some(format!("event {}: confidence {} is not from 0 to 1", event.id, event.confidence));
    }
    if !event.event_scale.is_finite() {
        return Some(format!("event {}: the event scale is not a number", event.id));
    }
    None
}
