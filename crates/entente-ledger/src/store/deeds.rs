//! Events as bare numbers, all at once: what is counted over a whole ledger needs no words.

use super::event::{StoredEvent, read_event};
use super::filter::EventFilter;
use super::ledger::Ledger;
use super::select::select;
use crate::error::{Fault, LedgerError};
use crate::happenings::day_number;
use entente_codebook::EventType;
use roaring::RoaringBitmap;
use rusqlite::{Connection, Row, params};
use std::collections::HashMap;

/// Up to so many matches are looked up one by one; for more the tables are read from end to end.
const LOOKED_UP: u64 = 20_000;

/// The matching events as numbers, and the parties that the numbers stand for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Deeds {
    /// Every party once.
    pub parties: Vec<DeedParty>,
    /// The events in the order of their numbers.
    pub deeds: Vec<Deed>,
    ends: Vec<u32>,
    /// The places of the deeds of each party, one party after the other.
    by_party: Vec<u32>,
    /// Where the places of each party begin, and the end of the last.
    starts: Vec<u32>,
    /// The parties of each code.
    of_code: HashMap<String, Vec<u32>>,
    /// Ids of the events one after the other, and where each ends.
    ids: String,
    id_ends: Vec<usize>,
}

/// Who acts or is acted upon, as the ledger knows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct DeedParty {
    /// ISO alpha-3, or UNO EUR IGO NGO ISM IMG MNC.
    pub code: Option<String>,
    /// First PLOVER sector.
    pub sector: Option<String>,
    /// Canonical name.
    pub name: String,
    /// Wikidata id.
    pub identifier: Option<String>,
}

/// An event as numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deed {
    /// Its number in the ledger; [`Ledger::events_of_numbers`] gives the record.
    pub event: u32,
    /// Number of its happening, where it was linked.
    pub happening: Option<i64>,
    /// First and last day that it may have taken place, counted from 1970-01-01; none where the date is unknown, or later than
    /// the article that tells of it: what is told as done cannot lie ahead.
    pub days: Option<(i32, i32)>,
    /// PLOVER type.
    pub event_type: EventType,
    /// PLOVER's score, -10 to 10.
    pub scale: f32,
    /// 0 to 1; 0 where an imported system gives none.
    pub confidence: f32,
    /// Whether it has an auxiliary mode: is future, hypothetical, historical or denied.
    pub is_auxiliary: bool,
    start: u32,
    actors: u16,
    recipients: u16,
}

impl Deeds {
    /// Those who act, as places in [`Self::parties`].
    pub fn actors(&self, deed: &Deed) -> &[u32] {
        let start = deed.start as usize;
        &self.ends[start..start + usize::from(deed.actors)]
    }

    /// Those it is done to, as places in [`Self::parties`].
    pub fn recipients(&self, deed: &Deed) -> &[u32] {
        let start = deed.start as usize + usize::from(deed.actors);
        &self.ends[start..start + usize::from(deed.recipients)]
    }

    /// The ids of the events of these numbers, in this order; numbers that are not among the deeds are left out.
    pub fn event_ids(&self, numbers: &[u32]) -> Vec<&str> {
        let place = |number: &u32| self.deeds.binary_search_by_key(number, |deed| deed.event).ok();
        numbers.iter().filter_map(place).map(|place| self.id_at(place)).collect()
    }

    fn id_at(&self, place: usize) -> &str {
        let start = place.checked_sub(1).map_or(0, |before| self.id_ends[before]);
        &self.ids[start..self.id_ends[place]]
    }

    /// Places in [`Self::deeds`] of what a party takes part in, ascending.
    pub fn of_party(&self, party: u32) -> &[u32] {
        let party = party as usize;
        &self.by_party[self.starts[party] as usize..self.starts[party + 1] as usize]
    }

    /// Places in [`Self::parties`] of those of a code, ascending.
    pub fn of_code(&self, code: &str) -> &[u32] {
        self.of_code.get(code).map_or(&[], Vec::as_slice)
    }

    /// Makes what [`Self::of_party`] and [`Self::of_code`] read: a counting sort of the ends of all deeds by their party.
    fn index(&mut self) {
        let mut starts = vec![0; self.parties.len() + 1];
        for party in &self.ends {
            starts[*party as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut by_party = vec![0; self.ends.len()];
        for (place, deed) in (0u32..).zip(&self.deeds) {
            for party in self.actors(deed).iter().chain(self.recipients(deed)) {
                let next = &mut next[*party as usize];
                by_party[*next as usize] = place;
                *next += 1;
            }
        }
        self.by_party = by_party;
        self.starts = starts;
        for (place, party) in (0..).zip(&self.parties) {
            if let Some(code) = &party.code {
                match self.of_code.get_mut(code) {
                    Some(places) => places.push(place),
                    None => drop(self.of_code.insert(code.clone(), vec![place])),
                }
            }
        }
    }
}

impl Ledger {
    /// All matching events as numbers. Takes some 150 bytes an event.
    ///
    /// # Errors
    /// When the search text is too long, or the ledger cannot be read.
    pub fn deeds(&self, filter: &EventFilter) -> Result<Deeds, LedgerError> {
        self.reading(|connection| {
            let matching = select(connection, filter)?;
            let mut reader = Reader { published: published_days(connection)?, ..Reader::default() };
            if matching.len() <= LOOKED_UP {
                reader.look_up(connection, &matching)?;
            } else {
                reader.read_through(connection, &matching)?;
            }
            reader.deeds.index();
            Ok(reader.deeds)
        })
    }

    /// The events of these numbers, in this order; numbers that are no longer there are left out.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn events_of_numbers(&self, numbers: &[u32]) -> Result<Vec<StoredEvent>, LedgerError> {
        self.reading(|connection| {
            let mut is_there = connection.prepare_cached("SELECT 1 FROM events WHERE id = ?1")?;
            let mut events = Vec::with_capacity(numbers.len());
            for number in numbers {
                if is_there.exists([number])? {
                    events.push(read_event(connection, *number)?);
                }
            }
            Ok(events)
        })
    }
}

const COLUMNS: &str = "id, happening, first_day, last_day, type, event_scale, confidence, aux, document,
    event_id";
const PARTY_COLUMNS: &str = "event, role, code, sector, name, identifier";

/// The day of publication of every document that has one, by its number.
fn published_days(connection: &Connection) -> Result<HashMap<u32, i32>, Fault> {
    // The index has all that is asked for; the rows themselves hold whole articles.
    let mut select = connection.prepare_cached(
        "SELECT id, published FROM documents INDEXED BY documents_by_day WHERE published IS NOT NULL",
    )?;
    let mut rows = select.query([])?;
    let mut days = HashMap::new();
    while let Some(row) = rows.next()? {
        let day = day_number(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?);
        if let Some(day) = day {
            days.insert(row.get(0)?, day);
        }
    }
    Ok(days)
}

#[derive(Default)]
struct Reader {
    published: HashMap<u32, i32>,
    deeds: Deeds,
    numbers: HashMap<String, u32>,
    key: String,
}

impl Reader {
    fn look_up(&mut self, connection: &Connection, matching: &RoaringBitmap) -> Result<(), Fault> {
        let mut event = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM events WHERE id = ?1"))?;
        let sql =
            format!("SELECT {PARTY_COLUMNS} FROM event_parties WHERE event = ?1 ORDER BY role, position");
        let mut parties = connection.prepare_cached(&sql)?;
        for number in matching {
            let mut rows = event.query([number])?;
            let Some(row) = rows.next()? else { continue };
            self.event(row)?;
            let mut rows = parties.query([number])?;
            while let Some(row) = rows.next()? {
                self.party(row)?;
            }
        }
        Ok(())
    }

    /// Reads both tables side by side; each is kept in the order of the events.
    fn read_through(&mut self, connection: &Connection, matching: &RoaringBitmap) -> Result<(), Fault> {
        let mut events = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM events ORDER BY id"))?;
        let sql = format!("SELECT {PARTY_COLUMNS} FROM event_parties ORDER BY event, role, position");
        let mut parties = connection.prepare_cached(&sql)?;
        let mut rows = events.query(params![])?;
        let mut party_rows = parties.query(params![])?;
        let mut party = party_rows.next()?;
        while let Some(row) = rows.next()? {
            let number: u32 = row.get(0)?;
            let is_wanted = matching.contains(number);
            if is_wanted {
                self.event(row)?;
            }
            while let Some(row) = party {
                let of: u32 = row.get(0)?;
                if of > number {
                    break;
                }
                if is_wanted && of == number {
                    self.party(row)?;
                }
                party = party_rows.next()?;
            }
        }
        Ok(())
    }

    fn event(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        let text = |column: usize| row.get_ref(column)?.as_str().map_err(rusqlite::Error::from);
        let type_name = text(4)?;
        let Some(event_type) = EventType::parse(type_name) else {
            return Err(Fault::Unreadable(format!("event of type {type_name}")));
        };
        let is_auxiliary = !matches!(text(7)?, "" | "[]");
        let published = row.get::<_, Option<u32>>(8)?.and_then(|document| self.published.get(&document));
        let is_past = |first: i32| is_auxiliary || published.is_none_or(|published| first <= *published);
        self.deeds.ids.push_str(text(9)?);
        self.deeds.id_ends.push(self.deeds.ids.len());
        self.deeds.deeds.push(Deed {
            event: row.get(0)?,
            happening: row.get(1)?,
            days: day_number(text(2)?).zip(day_number(text(3)?)).filter(|(first, _)| is_past(*first)),
            event_type,
            scale: row.get(5)?,
            confidence: row.get(6)?,
            is_auxiliary,
            start: self.deeds.ends.len() as u32,
            actors: 0,
            recipients: 0,
        });
        Ok(())
    }

    /// A party of the event read last. Actors come before recipients, as their names do; claimants are left out.
    fn party(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        let role = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
        if !matches!(role, "actor" | "recipient") {
            return Ok(());
        }
        let number = self.number(row)?;
        let Some(deed) = self.deeds.deeds.last_mut() else { return Ok(()) };
        let count = if role == "actor" { &mut deed.actors } else { &mut deed.recipients };
        if *count < u16::MAX {
            *count += 1;
            self.deeds.ends.push(number);
        }
        Ok(())
    }

    fn number(&mut self, row: &Row<'_>) -> Result<u32, Fault> {
        let cell = |column: usize| row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from);
        let cells = [cell(2)?, cell(3)?, cell(4)?, cell(5)?];
        self.key.clear();
        for cell in cells {
            self.key.push_str(cell.unwrap_or("\u{1}"));
            self.key.push('\u{2}');
        }
        if let Some(known) = self.numbers.get(&self.key) {
            return Ok(*known);
        }
        let number = self.deeds.parties.len() as u32;
        let [code, sector, name, identifier] = cells.map(|cell| cell.map(str::to_owned));
        self.deeds.parties.push(DeedParty { code, sector, name: name.unwrap_or_default(), identifier });
        self.numbers.insert(self.key.clone(), number);
        Ok(number)
    }
}
