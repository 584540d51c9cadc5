//! WHERE clauses with bound values, and pages of tables that are sorted by day.

use super::page::Page;
use super::select::ids;
use crate::error::{Fault, LedgerError};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

/// Up to so many full text matches are handed to SQLite; of more the table is walked in order.
const LISTED: u64 = 3000;

/// Conditions that must all hold. Only fixed text goes into the SQL; whatever a user gives is bound.
#[derive(Default)]
pub(super) struct Conditions<'c> {
    clauses: Vec<String>,
    values: Vec<Value>,
    /// Rows of which it says no do not match either.
    sieve: Option<Sieve<'c>>,
}

/// Whether the row of an id is wanted.
type Sieve<'c> = Box<dyn Fn(i64) -> Result<bool, Fault> + 'c>;

impl<'c> Conditions<'c> {
    /// A clause with one `?` for the value.
    pub(super) fn add(&mut self, clause: &'static str, value: impl Into<Value>) {
        self.clauses.push(clause.to_owned());
        self.values.push(value.into());
    }

    /// As [`Self::add`], where there is a value.
    pub(super) fn add_if(&mut self, clause: &'static str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.add(clause, value);
        }
    }

    /// The column has one of the values; no condition without values.
    pub(super) fn any_of(&mut self, column: &'static str, values: impl IntoIterator<Item = String>) {
        let before = self.values.len();
        self.values.extend(values.into_iter().map(Value::Text));
        let marks = vec!["?"; self.values.len() - before].join(", ");
        if !marks.is_empty() {
            self.clauses.push(format!("{column} IN ({marks})"));
        }
    }

    /// Rows are looked at one by one, besides all other conditions.
    pub(super) fn keep(&mut self, sieve: impl Fn(i64) -> Result<bool, Fault> + 'c) {
        self.sieve = Some(Box::new(sieve));
    }

    /// The row's id is one that `full_text` gives for the query; nothing matches without a query.
    pub(super) fn full_text(
        &mut self,
        connection: &Connection,
        full_text: &'static str,
        query: Option<String>,
    ) -> Result<(), Fault> {
        let Some(query) = query else {
            self.clauses.push("0".to_owned());
            return Ok(());
        };
        let found = ids(connection, full_text, &[Value::from(query)])?;
        if found.len() > LISTED {
            self.keep(move |id| Ok(u32::try_from(id).is_ok_and(|row| found.contains(row))));
            return Ok(());
        }
        let list = serde_json::to_string(&found.iter().collect::<Vec<_>>())?;
        self.add("id IN (SELECT value FROM json_each(?))", list);
        Ok(())
    }

    /// A page of the rows of `select` in descending order of `key` and id. The first two columns of the
    /// select must be the key and the id.
    pub(super) fn page<T>(
        mut self,
        connection: &Connection,
        select: &str,
        key: &'static str,
        (after, limit): (Option<&str>, usize),
        mut read: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Page<T>, Fault> {
        if let Some(text) = after {
            let (value, id) = parse_cursor(text)?;
            self.clauses.push(format!("({key}, id) < (?, ?)"));
            self.values.extend([value, Value::from(id)]);
        }
        let condition = if self.clauses.is_empty() {
            String::new()
        } else {
            format!("WHERE {}", self.clauses.join(" AND "))
        };
        let mut page = Page { items: Vec::new(), next: None };
        let mut last = None;
        // Of rows that the sieve may drop only what sorts them is read at first.
        let walked = match self.sieve {
            Some(_) => format!("SELECT {key}, id FROM ({select} {condition})"),
            None => format!("{select} {condition}"),
        };
        let mut walk = connection.prepare_cached(&format!("{walked} ORDER BY {key} DESC, id DESC"))?;
        let mut rows = walk.query(params_from_iter(&self.values))?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(1)?;
            if let Some(sieve) = &self.sieve
                && !sieve(id)?
            {
                continue;
            }
            if page.items.len() == limit {
                page.next = last.map(|(value, id)| cursor(&value, id));
                break;
            }
            last = Some((row.get::<_, Value>(0)?, id));
            if self.sieve.is_none() {
                page.items.push(read(row)?);
                continue;
            }
            let mut whole = connection.prepare_cached(&format!("{select} WHERE id = ?1"))?;
            if let Some(row) = whole.query([id])?.next()? {
                page.items.push(read(row)?);
            }
        }
        Ok(page)
    }
}

fn cursor(value: &Value, id: i64) -> String {
    match value {
        Value::Integer(number) => format!("n.{id}.{number}"),
        Value::Text(text) => format!("t.{id}.{text}"),
        _ => format!("t.{id}."),
    }
}

fn parse_cursor(text: &str) -> Result<(Value, i64), LedgerError> {
    let parts = || {
        let mut parts = text.splitn(3, '.');
        let kind = parts.next()?;
        let id: i64 = parts.next()?.parse().ok()?;
        let value = parts.next()?;
        match kind {
            "n" => Some((Value::Integer(value.parse().ok()?), id)),
            "t" => Some((Value::Text(value.to_owned()), id)),
            _ => None,
        }
    };
    parts().ok_or_else(|| LedgerError::BadCursor { cursor: text.to_owned() })
}
