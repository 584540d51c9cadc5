//! From a filter to the set of events that meet it.

use super::days::month_of;
use super::filter::{AuxFilter, EventFilter, PartyFilter};
use super::keys::{
    Dimension, code_and_sector_value, code_value, confidence_bounds, confidence_value, identifier_value,
    name_key, name_value, sector_value,
};
use super::postings::{read, read_between};
use super::search::full_text_query;
use super::{put, sources};
use crate::error::Fault;
use jiff::ToSpan;
use jiff::civil::Date;
use roaring::RoaringBitmap;
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

/// Up to so many events are looked at one by one for words of their documents; of more the full text is asked.
const FEW: u64 = 500;

/// The ids of the events that meet the filter.
pub(super) fn select(connection: &Connection, filter: &EventFilter) -> Result<RoaringBitmap, Fault> {
    let mut selection = Selection { connection, matching: None };
    selection.keep_parties(filter)?;
    selection.keep_labels(filter)?;
    selection.keep_origin(filter)?;
    // These read most, so they come when the others may have left nothing to do.
    selection.keep_confidence(filter.confidence_min)?;
    selection.keep_days(filter.from, filter.to)?;
    selection.keep_text(filter.text.as_deref())?;
    match selection.matching {
        Some(matching) => Ok(matching),
        None => read(connection, Dimension::All, ""),
    }
}

/// The events left so far; all of them at first.
struct Selection<'c> {
    connection: &'c Connection,
    matching: Option<RoaringBitmap>,
}

impl Selection<'_> {
    fn keep(&mut self, events: RoaringBitmap) {
        match &mut self.matching {
            Some(matching) => *matching &= events,
            None => self.matching = Some(events),
        }
    }

    fn is_empty(&self) -> bool {
        self.matching.as_ref().is_some_and(RoaringBitmap::is_empty)
    }

    fn keep_parties(&mut self, filter: &EventFilter) -> Result<(), Fault> {
        const EITHER: [Dimension; 2] = [Dimension::Actor, Dimension::Recipient];
        let conditions: [(&PartyFilter, &[Dimension]); 3] = [
            (&filter.actor, &[Dimension::Actor]),
            (&filter.recipient, &[Dimension::Recipient]),
            (&filter.claimant, &[Dimension::Claimant]),
        ];
        for (party, roles) in conditions {
            self.keep_party(party, roles)?;
        }
        if filter.party.is_empty() || filter.other_party.is_empty() {
            self.keep_party(&filter.party, &EITHER)?;
            return self.keep_party(&filter.other_party, &EITHER);
        }
        if self.is_empty() {
            return Ok(());
        }
        // A dyad in either direction: one of them acts and the other is acted upon.
        let [there, back] = [(&filter.party, &filter.other_party), (&filter.other_party, &filter.party)].map(
            |(actor, recipient)| -> Result<RoaringBitmap, Fault> {
                Ok(of_party(self.connection, Dimension::Actor, actor)?
                    & of_party(self.connection, Dimension::Recipient, recipient)?)
            },
        );
        self.keep(there? | back?);
        Ok(())
    }

    /// The party has one of the roles; no condition without a party.
    fn keep_party(&mut self, party: &PartyFilter, roles: &[Dimension]) -> Result<(), Fault> {
        if party.is_empty() || self.is_empty() {
            return Ok(());
        }
        let mut events = RoaringBitmap::new();
        for role in roles {
            events |= of_party(self.connection, *role, party)?;
        }
        self.keep(events);
        Ok(())
    }

    fn keep_labels(&mut self, filter: &EventFilter) -> Result<(), Fault> {
        let upper = |codes: &[String]| codes.iter().map(|code| code.to_uppercase()).collect();
        let lists: [(Dimension, Vec<String>); 6] = [
            (Dimension::Type, filter.types.iter().map(|kind| kind.as_str().to_owned()).collect()),
            (Dimension::Mode, filter.modes.clone()),
            (Dimension::Context, filter.contexts.clone()),
            (Dimension::Quad, filter.quads.iter().map(u8::to_string).collect()),
            (Dimension::Country, upper(&filter.countries)),
            (Dimension::Place, filter.places.iter().map(|place| name_key(place)).collect()),
        ];
        for (dimension, values) in lists {
            if !values.is_empty() && !self.is_empty() {
                self.keep(any_of(self.connection, dimension, &values)?);
            }
        }
        if let Some(aux) = &filter.aux {
            self.keep(of_aux(self.connection, aux)?);
        }
        if filter.claim_distance_min.is_some() || filter.claim_distance_max.is_some() {
            let (least, most) = (filter.claim_distance_min.unwrap_or(0), filter.claim_distance_max);
            self.keep(of_claim_distance(self.connection, least, most)?);
        }
        Ok(())
    }

    fn keep_origin(&mut self, filter: &EventFilter) -> Result<(), Fault> {
        if !filter.sources.is_empty() {
            let mut numbers = Vec::new();
            for name in &filter.sources {
                numbers.extend(sources::find(self.connection, name)?.map(|number| number.to_string()));
            }
            self.keep(any_of(self.connection, Dimension::Source, &numbers)?);
        }
        if let Some(happening) = &filter.happening {
            let sql = "SELECT events.id FROM happenings JOIN events ON events.happening = happenings.id
                       WHERE happening_id = ?1 ORDER BY events.id";
            self.keep(ids(self.connection, sql, &[Value::from(happening.clone())])?);
        }
        if let Some(document) = &filter.document {
            let number = put::find(self.connection, document)?.map_or(0, |known| known.id);
            let sql = "SELECT id FROM events WHERE document = ?1 ORDER BY id";
            self.keep(ids(self.connection, sql, &[Value::from(number)])?);
        }
        Ok(())
    }

    fn keep_confidence(&mut self, least: Option<f64>) -> Result<(), Fault> {
        let Some(least) = least else { return Ok(()) };
        if self.is_empty() {
            return Ok(());
        }
        // The hundredth that the limit lies in is looked at event by event, those above it are taken whole.
        let value = confidence_value(least);
        let (_, high) = confidence_bounds(&value);
        let sql = "SELECT id FROM events WHERE confidence >= ?1 AND confidence <= ?2";
        let mut events = ids(self.connection, sql, &[Value::from(least), Value::from(high)])?;
        let above = format!("{:03}", value.parse::<u32>().unwrap_or(0) + 1);
        events |= read_between(self.connection, Dimension::Confidence, &above, None)?;
        self.keep(events);
        Ok(())
    }

    fn keep_days(&mut self, from: Option<Date>, to: Option<Date>) -> Result<(), Fault> {
        if (from.is_none() && to.is_none()) || self.is_empty() {
            return Ok(());
        }
        let events = within_days(self.connection, from, to)?;
        self.keep(events);
        Ok(())
    }

    fn keep_text(&mut self, text: Option<&str>) -> Result<(), Fault> {
        let Some(text) = text else { return Ok(()) };
        let Some(query) = full_text_query(text)? else {
            self.keep(RoaringBitmap::new());
            return Ok(());
        };
        if self.is_empty() {
            return Ok(());
        }
        if let Some(few) = self.matching.as_ref().filter(|events| events.len() <= FEW) {
            self.matching = Some(with_text(self.connection, few, &query)?);
            return Ok(());
        }
        let sql = "SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?1";
        let documents = ids(self.connection, sql, &[Value::from(query)])?;
        self.keep(events_of_documents(self.connection, &documents)?);
        Ok(())
    }
}

/// Those of few events whose document matches a full text query, looked at one document at a time.
fn with_text(connection: &Connection, events: &RoaringBitmap, query: &str) -> Result<RoaringBitmap, Fault> {
    let mut document_of = connection.prepare_cached("SELECT document FROM events WHERE id = ?1")?;
    let mut matches = connection
        .prepare_cached("SELECT 1 FROM documents_fts WHERE documents_fts MATCH ?1 AND rowid = ?2")?;
    let mut last: Option<(u32, bool)> = None;
    let mut found = RoaringBitmap::new();
    for event in events {
        let document: Option<u32> = document_of.query_row([event], |row| row.get(0))?;
        let Some(document) = document else { continue };
        // The events of a document follow one another.
        let is_match = match last {
            Some((known, is_match)) if known == document => is_match,
            _ => matches.exists(params![query, document])?,
        };
        last = Some((document, is_match));
        if is_match {
            found.insert(event);
        }
    }
    Ok(found)
}

/// The ids that a statement gives.
pub(super) fn ids(connection: &Connection, sql: &str, values: &[Value]) -> Result<RoaringBitmap, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut events = RoaringBitmap::new();
    while let Some(row) = rows.next()? {
        let id = row.get(0)?;
        // Most statements give ascending ids, which need no search for their place.
        if events.try_push(id).is_err() {
            events.insert(id);
        }
    }
    Ok(events)
}

fn any_of(connection: &Connection, dimension: Dimension, values: &[String]) -> Result<RoaringBitmap, Fault> {
    let mut events = RoaringBitmap::new();
    for value in values {
        events |= read(connection, dimension, value)?;
    }
    Ok(events)
}

fn of_party(connection: &Connection, role: Dimension, party: &PartyFilter) -> Result<RoaringBitmap, Fault> {
    let codes: Vec<String> = party.codes.iter().map(|code| code.to_uppercase()).collect();
    let sectors: Vec<String> = party.sectors.iter().map(|sector| sector.to_uppercase()).collect();
    let both =
        codes.iter().flat_map(|code| sectors.iter().map(move |sector| code_and_sector_value(code, sector)));
    let code_values: Vec<String> = match (codes.is_empty(), sectors.is_empty()) {
        (false, false) => both.collect(),
        (false, true) => codes.iter().map(|code| code_value(code)).collect(),
        _ => sectors.iter().map(|sector| sector_value(sector)).collect(),
    };
    let names = party.names.iter().map(|name| name_value(name)).collect();
    let identifiers = party.identifiers.iter().map(|identifier| identifier_value(identifier)).collect();
    let mut events: Option<RoaringBitmap> = None;
    for values in [code_values, names, identifiers] {
        if values.is_empty() {
            continue;
        }
        let found = any_of(connection, role, &values)?;
        events = Some(events.map_or_else(|| found.clone(), |before| before & &found));
    }
    Ok(events.unwrap_or_default())
}

fn of_aux(connection: &Connection, filter: &AuxFilter) -> Result<RoaringBitmap, Fault> {
    let values =
        |aux: &[entente_codebook::Aux]| aux.iter().map(|aux| aux.as_str().to_owned()).collect::<Vec<_>>();
    match filter {
        AuxFilter::None => read(connection, Dimension::Aux, ""),
        AuxFilter::AnyOf(aux) => any_of(connection, Dimension::Aux, &values(aux)),
        AuxFilter::Without(aux) => {
            Ok(read(connection, Dimension::All, "")? - any_of(connection, Dimension::Aux, &values(aux))?)
        }
    }
}

fn of_claim_distance(connection: &Connection, least: u8, most: Option<u8>) -> Result<RoaringBitmap, Fault> {
    // The values are numbers as text, so that they are compared one by one: there are only a few.
    let mut values = super::postings::values(connection, Dimension::ClaimDistance)?;
    values.retain(|value| {
        let distance: usize = value.parse().unwrap_or(0);
        distance >= usize::from(least) && most.is_none_or(|most| distance <= usize::from(most))
    });
    any_of(connection, Dimension::ClaimDistance, &values)
}

/// The events whose days meet the days from `from` to `to`.
fn within_days(
    connection: &Connection,
    from: Option<Date>,
    to: Option<Date>,
) -> Result<RoaringBitmap, Fault> {
    if let (Some(first), Some(last)) = (from, to)
        && first > last
    {
        return Ok(RoaringBitmap::new());
    }
    let mut events = begun_within(connection, from, to)?;
    if let Some(first) = from {
        let mut begun_before = connection.prepare_cached(
            "SELECT id FROM events WHERE last_day > first_day AND last_day >= ?1 AND first_day < ?1",
        )?;
        let mut rows = begun_before.query(params![first.to_string()])?;
        while let Some(row) = rows.next()? {
            events.insert(row.get(0)?);
        }
    }
    Ok(events)
}

/// The events whose first day lies within: whole months from the postings, parts of months day by day.
fn begun_within(
    connection: &Connection,
    from: Option<Date>,
    to: Option<Date>,
) -> Result<RoaringBitmap, Fault> {
    let day_sql = "SELECT id FROM events WHERE first_day >= ?1 AND first_day <= ?2 ORDER BY first_day, id";
    let days = |first: Date, last: Date| {
        ids(connection, day_sql, &[Value::from(first.to_string()), Value::from(last.to_string())])
    };
    let mut events = RoaringBitmap::new();
    let mut first_month = from;
    if let Some(first) = from
        && first.day() != 1
    {
        let month_end = first.last_of_month();
        events |= days(first, to.map_or(month_end, |last| last.min(month_end)))?;
        first_month = month_end.checked_add(1.day()).ok();
    }
    let mut last_month = to;
    if let Some(last) = to
        && last != last.last_of_month()
    {
        let month_start = last.first_of_month();
        events |= days(from.map_or(month_start, |first| first.max(month_start)), last)?;
        last_month = month_start.checked_sub(1.day()).ok();
    }
    // "0" leaves out the empty value, under which the undated events are.
    let low = first_month.map_or_else(|| "0".to_owned(), |first| month_of(&first.to_string()).to_owned());
    let high = last_month.map(|last| month_of(&last.to_string()).to_owned());
    events |= read_between(connection, Dimension::Month, &low, high.as_deref())?;
    Ok(events)
}

/// All events of the documents. A document's first event has its id, the others follow without a gap.
fn events_of_documents(connection: &Connection, documents: &RoaringBitmap) -> Result<RoaringBitmap, Fault> {
    let all = read(connection, Dimension::All, "")?;
    let firsts = &all - read(connection, Dimension::Continuation, "")?;
    let wanted = documents & &firsts;
    // Of a common word it is quicker to say which documents have it not.
    if wanted.len() > firsts.len() / 2 {
        let unwanted = &firsts - wanted;
        return Ok(&all - runs(&firsts, &unwanted));
    }
    Ok(runs(&firsts, &wanted) & all)
}

/// The numbers from each chosen first event up to the next first event of all.
fn runs(firsts: &RoaringBitmap, chosen: &RoaringBitmap) -> RoaringBitmap {
    let mut runs = RoaringBitmap::new();
    for first in chosen {
        let next = firsts.range(first.saturating_add(1)..).next().unwrap_or(u32::MAX);
        runs.insert_range(first..next);
    }
    runs
}
