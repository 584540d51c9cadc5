//! Happenings: acts in the world, each with the events of all articles that report it. They are found elsewhere
//! and kept here.

use super::conditions::Conditions;
use super::days::covered_days;
use super::filter::EventFilter;
use super::insert::event_number;
use super::ledger::Ledger;
use super::page::Page;
use super::select::{ids, select};
use crate::error::{Fault, LedgerError};
use entente_codebook::EventType;
use roaring::RoaringBitmap;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

/// Up to so many matching events are looked up; of more the happenings are walked in order.
const LOOKED_UP: u64 = 10_000;

/// What the ledger keeps of an act in the world; [`crate::happenings::Happening`] has all of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HappeningRow {
    /// Its id.
    pub id: String,
    /// PLOVER type.
    pub event: EventType,
    /// PLOVER's score, -10 to 10.
    pub event_scale: f64,
    /// ISO 8601 day, month or year.
    pub date: Option<String>,
    /// Last day, where the act has a length.
    pub enddate: Option<String>,
    /// Codes of those who act.
    #[serde(default)]
    pub actor_codes: Vec<String>,
    /// Codes of those it is done to.
    #[serde(default)]
    pub recipient_codes: Vec<String>,
    /// Number of different publications that report it.
    pub sources: u32,
    /// 0 to 1.
    pub confidence: f64,
    /// Whatever else the finder wants to keep, as JSON.
    pub details: Option<String>,
    /// Ids of its events.
    pub event_ids: Vec<String>,
}

/// A happening without the list of its events; [`super::EventFilter::happening`] gives those.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StoredHappening {
    /// The happening; `event_ids` is empty.
    pub happening: HappeningRow,
    /// Number of its events.
    pub mentions: u64,
}

/// Conditions on happenings; all must hold.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HappeningFilter {
    /// At least one of its events meets this; its days are those of the happening itself.
    pub events: EventFilter,
    /// Least number of events.
    pub mentions_min: Option<u32>,
    /// Least number of publications.
    pub sources_min: Option<u32>,
    /// The most mentioned first instead of the newest.
    pub by_mentions: bool,
}

impl Ledger {
    /// A page of at most `limit` happenings that match, the newest first unless the filter says otherwise.
    ///
    /// # Errors
    /// When the cursor is none, or the ledger cannot be read.
    pub fn happenings(
        &self,
        filter: &HappeningFilter,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Page<StoredHappening>, LedgerError> {
        self.reading(|connection| {
            let key = if filter.by_mentions { "mentions" } else { "first_day" };
            let select = format!(
                "SELECT {key}, id, happening_id, type, event_scale, date, date_end, sources, confidence, details,
                     mentions FROM happenings"
            );
            let conditions = conditions_of(connection, filter)?;
            conditions.page(connection, &select, key, (after, limit), |row| of_row(connection, row))
        })
    }
}

fn conditions_of<'c>(connection: &'c Connection, filter: &HappeningFilter) -> Result<Conditions<'c>, Fault> {
    let mut conditions = Conditions::default();
    conditions.add_if("mentions >= ?", filter.mentions_min.map(i64::from));
    conditions.add_if("sources >= ?", filter.sources_min.map(i64::from));
    conditions.add_if("last_day >= ?", filter.events.from.map(|day| day.to_string()));
    // Happenings without a day are before "0".
    conditions.add_if("first_day >= ?", filter.events.to.map(|_| "0".to_owned()));
    conditions.add_if("first_day <= ?", filter.events.to.map(|day| day.to_string()));
    let of_events = EventFilter { from: None, to: None, ..filter.events.clone() };
    if of_events != EventFilter::default() {
        let events = select(connection, &of_events)?;
        if events.len() <= LOOKED_UP {
            let list = serde_json::to_string(&events.iter().collect::<Vec<u32>>())?;
            let sql = "SELECT happening FROM events WHERE id IN (SELECT value FROM json_each(?1))
                           AND happening IS NOT NULL";
            let happenings = ids(connection, sql, &[list.into()])?;
            let list = serde_json::to_string(&happenings.iter().collect::<Vec<u32>>())?;
            conditions.add("id IN (SELECT value FROM json_each(?))", list);
        } else {
            conditions.keep(move |happening| has_one_of(connection, happening, &events));
        }
    }
    Ok(conditions)
}

/// Whether a happening has one of the events.
fn has_one_of(connection: &Connection, happening: i64, events: &RoaringBitmap) -> Result<bool, Fault> {
    let mut select = connection.prepare_cached("SELECT id FROM events WHERE happening = ?1")?;
    let mut rows = select.query([happening])?;
    while let Some(row) = rows.next()? {
        if events.contains(row.get(0)?) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn of_row(connection: &Connection, row: &Row<'_>) -> Result<StoredHappening, Fault> {
    let number: i64 = row.get(1)?;
    let type_name: String = row.get(3)?;
    let Some(event) = EventType::parse(&type_name) else {
        return Err(Fault::Unreadable(format!("happening of type {type_name}")));
    };
    let happening = HappeningRow {
        id: row.get(2)?,
        event,
        event_scale: row.get(4)?,
        date: row.get(5)?,
        enddate: row.get(6)?,
        actor_codes: codes(connection, number, "actor")?,
        recipient_codes: codes(connection, number, "recipient")?,
        sources: row.get(7)?,
        confidence: row.get(8)?,
        details: row.get(9)?,
        event_ids: Vec::new(),
    };
    Ok(StoredHappening { happening, mentions: u64::try_from(row.get::<_, i64>(10)?).unwrap_or_default() })
}

fn codes(connection: &Connection, happening: i64, role: &str) -> Result<Vec<String>, Fault> {
    let mut select = connection.prepare_cached(
        "SELECT code FROM happening_parties WHERE happening = ?1 AND role = ?2 ORDER BY position",
    )?;
    let rows = select.query_map(params![happening, role], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes a happening in its new state: one that is there keeps its number, its events join those it has.
pub(super) fn put_happening(connection: &Connection, happening: &HappeningRow) -> Result<(), Fault> {
    check(happening)?;
    let number = number_of(connection, &happening.id, happening.event)?;
    let (first_day, last_day) = covered_days(happening.date.as_deref(), happening.enddate.as_deref());
    let mut update = connection.prepare_cached(
        "UPDATE happenings SET type = ?2, quad_code = ?3, event_scale = ?4, date = ?5, date_end = ?6, first_day = ?7,
             last_day = ?8, sources = ?9, confidence = ?10, details = ?11 WHERE id = ?1",
    )?;
    update.execute(params![
        number,
        happening.event.as_str(),
        happening.event.quad_code(),
        happening.event_scale,
        happening.date,
        happening.enddate,
        first_day,
        last_day,
        happening.sources,
        happening.confidence,
        happening.details,
    ])?;
    connection.prepare_cached("DELETE FROM happening_parties WHERE happening = ?1")?.execute([number])?;
    insert_parties(connection, number, happening)?;
    happening
        .event_ids
        .iter()
        .try_for_each(|event_id| assign(connection, number, &happening.id, event_id))?;
    count_mentions(connection, number)
}

/// The number of a happening; a new one is given one.
fn number_of(connection: &Connection, id: &str, event: EventType) -> Result<i64, Fault> {
    let mut known = connection.prepare_cached("SELECT id FROM happenings WHERE happening_id = ?1")?;
    if let Some(number) = known.query_row([id], |row| row.get(0)).optional()? {
        return Ok(number);
    }
    let mut insert = connection.prepare_cached(
        "INSERT INTO happenings (happening_id, type, quad_code, event_scale, first_day, last_day, mentions, sources,
             confidence) VALUES (?1, ?2, ?3, 0, '', '', 0, 0, 0)",
    )?;
    Ok(insert.insert(params![id, event.as_str(), event.quad_code()])?)
}

/// Notes how many events a happening has.
fn count_mentions(connection: &Connection, number: i64) -> Result<(), Fault> {
    let mut update = connection.prepare_cached(
        "UPDATE happenings SET mentions = (SELECT count(*) FROM events WHERE happening = ?1) WHERE id = ?1",
    )?;
    update.execute([number])?;
    Ok(())
}

fn insert_parties(connection: &Connection, number: i64, happening: &HappeningRow) -> Result<(), Fault> {
    let mut party = connection.prepare_cached(
        "INSERT INTO happening_parties (happening, role, position, code) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (role, codes) in [("actor", &happening.actor_codes), ("recipient", &happening.recipient_codes)] {
        for (position, code) in codes.iter().enumerate() {
            party.execute(params![number, role, position as i64, code])?;
        }
    }
    Ok(())
}

fn check(happening: &HappeningRow) -> Result<(), Fault> {
    if happening.event_scale.is_finite() && (0.0..=1.0).contains(&happening.confidence) {
        return Ok(());
    }
    let reason = "its scale is not a number or its confidence not from 0 to 1".to_owned();
    Err(Fault::Invalid(happening.id.clone(), reason))
}

fn assign(connection: &Connection, number: i64, happening_id: &str, event_id: &str) -> Result<(), Fault> {
    let Some(event) = event_number(connection, event_id)? else {
        return Err(Fault::Unknown("event", event_id.to_owned()));
    };
    let mut update =
        connection.prepare_cached("UPDATE events SET happening = ?2 WHERE id = ?1 AND happening IS NULL")?;
    if update.execute(params![event, number])? == 0 {
        let reason = format!("event {event_id} is in a happening already");
        return Err(Fault::Invalid(happening_id.to_owned(), reason));
    }
    Ok(())
}
