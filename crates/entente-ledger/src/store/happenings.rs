//! Happenings: acts in the world, each with the events of all articles that report it. They are found elsewhere
//! and kept here.

use super::conditions::Conditions;
use super::days::covered_days;
use super::insert::event_number;
use super::ledger::Ledger;
use super::page::Page;
use crate::error::{Fault, LedgerError};
use entente_codebook::EventType;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

/// One act in the world.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Happening {
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
    pub happening: Happening,
    /// Number of its events.
    pub mentions: u64,
}

/// Conditions on happenings; all must hold, of the values of one list any.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HappeningFilter {
    /// Codes of actors.
    pub actors: Vec<String>,
    /// Codes of recipients.
    pub recipients: Vec<String>,
    /// Codes of actors or recipients.
    pub parties: Vec<String>,
    /// Types.
    pub types: Vec<EventType>,
    /// Ends on this day or later.
    pub from: Option<Date>,
    /// Begins on this day or earlier.
    pub to: Option<Date>,
    /// Least number of events.
    pub mentions_min: Option<u32>,
    /// The most mentioned first instead of the newest.
    pub by_mentions: bool,
}

impl Ledger {
    /// Puts these happenings in the place of all that were there, in one transaction. Events that are in none
    /// have none afterwards.
    ///
    /// # Errors
    /// When an event is unknown or in two happenings, an id comes twice, or the ledger cannot be written.
    pub fn replace_happenings(&mut self, happenings: &[Happening]) -> Result<(), LedgerError> {
        self.writing(|connection| {
            connection.execute("UPDATE events SET happening = NULL WHERE happening IS NOT NULL", [])?;
            connection.execute("DELETE FROM happenings", [])?;
            happenings.iter().try_for_each(|happening| insert_happening(connection, happening))
        })
    }

    /// Puts these happenings in the place of those that begin within the days, in one transaction. Events keep
    /// other happenings, so that `happenings` may only have events of none or of those replaced.
    ///
    /// # Errors
    /// As [`Self::replace_happenings`].
    pub fn replace_happenings_within(
        &mut self,
        from: Date,
        to: Date,
        happenings: &[Happening],
    ) -> Result<(), LedgerError> {
        self.writing(|connection| {
            let days = [from.to_string(), to.to_string()];
            connection.execute(
                "UPDATE events SET happening = NULL WHERE happening IN
                     (SELECT id FROM happenings WHERE first_day BETWEEN ?1 AND ?2)",
                rusqlite::params_from_iter(&days),
            )?;
            connection.execute(
                "DELETE FROM happenings WHERE first_day BETWEEN ?1 AND ?2",
                rusqlite::params_from_iter(&days),
            )?;
            happenings.iter().try_for_each(|happening| insert_happening(connection, happening))
        })
    }

    /// Adds events to a happening that is there.
    ///
    /// # Errors
    /// When the happening or an event is unknown, or the ledger cannot be written.
    pub fn add_to_happening(&mut self, happening_id: &str, event_ids: &[&str]) -> Result<(), LedgerError> {
        self.writing(|connection| {
            let mut select =
                connection.prepare_cached("SELECT id FROM happenings WHERE happening_id = ?1")?;
            let number: Option<i64> = select.query_row([happening_id], |row| row.get(0)).optional()?;
            let number = number.ok_or_else(|| Fault::Unknown("happening", happening_id.to_owned()))?;
            event_ids.iter().try_for_each(|event_id| assign(connection, number, happening_id, event_id))?;
            let sql = "UPDATE happenings SET mentions = (SELECT count(*) FROM events WHERE happening = ?1)
                       WHERE id = ?1";
            connection.execute(sql, [number])?;
            Ok(())
        })
    }

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
            let conditions = conditions_of(filter);
            conditions.page(connection, &select, key, (after, limit), |row| of_row(connection, row))
        })
    }
}

fn conditions_of(filter: &HappeningFilter) -> Conditions {
    let mut conditions = Conditions::default();
    let list = |codes: &[String]| {
        let codes: Vec<String> = codes.iter().map(|code| code.to_uppercase()).collect();
        (!codes.is_empty()).then(|| serde_json::json!(codes).to_string())
    };
    conditions.any_of("type", filter.types.iter().map(|kind| kind.as_str().to_owned()));
    conditions.add_if(
        "id IN (SELECT happening FROM happening_parties
             WHERE role = 'actor' AND code IN (SELECT value FROM json_each(?)))",
        list(&filter.actors),
    );
    conditions.add_if(
        "id IN (SELECT happening FROM happening_parties
             WHERE role = 'recipient' AND code IN (SELECT value FROM json_each(?)))",
        list(&filter.recipients),
    );
    conditions.add_if(
        "id IN (SELECT happening FROM happening_parties WHERE code IN (SELECT value FROM json_each(?)))",
        list(&filter.parties),
    );
    conditions.add_if("last_day >= ?", filter.from.map(|day| day.to_string()));
    // Happenings without a day are before "0".
    conditions.add_if("first_day >= ?", filter.to.map(|_| "0".to_owned()));
    conditions.add_if("first_day <= ?", filter.to.map(|day| day.to_string()));
    conditions.add_if("mentions >= ?", filter.mentions_min.map(i64::from));
    conditions
}

fn of_row(connection: &Connection, row: &Row<'_>) -> Result<StoredHappening, Fault> {
    let number: i64 = row.get(1)?;
    let type_name: String = row.get(3)?;
    let Some(event) = EventType::parse(&type_name) else {
        return Err(Fault::Unreadable(format!("happening of type {type_name}")));
    };
    let happening = Happening {
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

fn insert_happening(connection: &Connection, happening: &Happening) -> Result<(), Fault> {
    let invalid = |reason: &str| Err(Fault::Invalid(happening.id.clone(), reason.to_owned()));
    let mut known = connection.prepare_cached("SELECT 1 FROM happenings WHERE happening_id = ?1")?;
    if known.exists([&happening.id])? {
        return invalid("the happening is there already");
    }
    if !happening.event_scale.is_finite() || !(0.0..=1.0).contains(&happening.confidence) {
        return invalid("its scale is not a number or its confidence not from 0 to 1");
    }
    let (first_day, last_day) = covered_days(happening.date.as_deref(), happening.enddate.as_deref());
    let mut insert = connection.prepare_cached(
        "INSERT INTO happenings (happening_id, type, quad_code, event_scale, date, date_end, first_day, last_day,
             mentions, sources, confidence, details)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    let number = insert.insert(params![
        happening.id,
        happening.event.as_str(),
        happening.event.quad_code(),
        happening.event_scale,
        happening.date,
        happening.enddate,
        first_day,
        last_day,
        happening.event_ids.len() as i64,
        happening.sources,
        happening.confidence,
        happening.details,
    ])?;
    let mut party = connection.prepare_cached(
        "INSERT INTO happening_parties (happening, role, position, code) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (role, codes) in [("actor", &happening.actor_codes), ("recipient", &happening.recipient_codes)] {
        for (position, code) in codes.iter().enumerate() {
            party.execute(params![number, role, position as i64, code])?;
        }
    }
    happening.event_ids.iter().try_for_each(|event_id| assign(connection, number, &happening.id, event_id))
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
