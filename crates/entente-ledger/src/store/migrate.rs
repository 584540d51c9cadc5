//! The layout of the file: whose it is, which version it has, and the steps to the latest.

use crate::error::{Fault, LedgerError};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// Marks a SQLite file as a ledger ("Ente").
const APPLICATION_ID: i32 = 0x456e_7465;

/// Step n makes layout n out of layout n - 1. A step that is once released is never changed.
const MIGRATIONS: [&str; 4] = [
    include_str!("migrations/0001_records.sql"),
    include_str!("migrations/0002_links.sql"),
    include_str!("migrations/0003_linking.sql"),
    include_str!("migrations/0004_documents_by_day.sql"),
];

/// The layout that this version writes.
pub(super) const LATEST: i64 = MIGRATIONS.len() as i64;

/// The layout of a file; 0 for one in which nothing is yet.
pub(super) fn layout(connection: &Connection) -> Result<i64, Fault> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// True for a file without any table: a new one, or one whose making was cut off.
pub(super) fn is_blank(connection: &Connection) -> Result<bool, Fault> {
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(tables == 0)
}

/// Refuses files that are not ours.
pub(super) fn check_owner(path: &Path, connection: &Connection) -> Result<(), Fault> {
    let owner: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if owner == APPLICATION_ID || (owner == 0 && layout(connection)? == 0 && is_blank(connection)?) {
        return Ok(());
    }
    Err(LedgerError::NotALedger { path: path.to_path_buf() }.into())
}

/// Refuses layouts that this version does not know.
pub(super) fn check_layout(path: &Path, found: i64) -> Result<(), LedgerError> {
    if found > LATEST {
        return Err(LedgerError::Newer { path: path.to_path_buf(), found, known: LATEST });
    }
    Ok(())
}

/// Brings the file to the latest layout, each step in a transaction of its own.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), Fault> {
    while layout(connection)? < LATEST {
        step(connection, path)?;
    }
    Ok(())
}

fn step(connection: &mut Connection, path: &Path) -> Result<(), Fault> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have made this step while we waited for the lock.
    let found = layout(&transaction)?;
    check_layout(path, found)?;
    let Some(migration) = usize::try_from(found).ok().and_then(|index| MIGRATIONS.get(index)) else {
        return Ok(());
    };
    transaction.execute_batch(migration)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", found + 1)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{EventFilter, EventOrder, Ledger};
    use super::*;

    /// A document of layout 1, written the way that layout had it.
    const ROWS_OF_LAYOUT_1: &str = "
        INSERT INTO runs VALUES (1, '2026-01-01T00:00:00Z', NULL, 'c', 'b', 'r', 'm', '{}');
        INSERT INTO documents VALUES (1, 'a', x'01', 'Title', '2026-01-02', NULL, NULL, 'en', 'Title\nChad', '[]',
            '{}', 1, 0, NULL);
        INSERT INTO documents VALUES (2, 'b', x'01', 'Title', '2026-01-02', NULL, NULL, 'en', 'Title\nChad', '[]',
            '{}', 1, 0, NULL);
        UPDATE counters SET value = 3;";

    fn file_of_layout(path: &Path, version: usize) {
        let connection = Connection::open(path).unwrap();
        for migration in &MIGRATIONS[..version] {
            connection.execute_batch(migration).unwrap();
        }
        connection.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        connection.pragma_update(None, "user_version", version as i64).unwrap();
        // Later layouts have three more columns.
        let rows = match version {
            1 => ROWS_OF_LAYOUT_1.to_owned(),
            _ => ROWS_OF_LAYOUT_1.replace("0, NULL);", "0, NULL, NULL, NULL, NULL);"),
        };
        connection.execute_batch(&rows).unwrap();
    }

    fn schema(connection: &Connection) -> Vec<String> {
        let mut statement = connection.prepare("SELECT sql FROM sqlite_schema ORDER BY type, name").unwrap();
        let rows = statement.query_map([], |row| row.get::<_, Option<String>>(0)).unwrap();
        rows.map(|row| row.unwrap().unwrap_or_default()).collect()
    }

    #[test]
    fn every_older_layout_becomes_the_latest_with_its_rows() {
        let folder = tempfile::tempdir().unwrap();
        let fresh = Ledger::create(&folder.path().join("fresh")).unwrap();
        for version in 1..=MIGRATIONS.len() {
            let path = folder.path().join(format!("layout-{version}"));
            file_of_layout(&path, version);
            if version < MIGRATIONS.len() {
                assert!(matches!(Ledger::open_read_only(&path), Err(LedgerError::Older { .. })));
            }
            let ledger = Ledger::open(&path).unwrap();
            assert_eq!(layout(&ledger.connection).unwrap(), LATEST);
            assert_eq!(schema(&ledger.connection), schema(&fresh.connection), "layout {version}");
            assert_eq!(ledger.document("a").unwrap().unwrap().published.as_deref(), Some("2026-01-02"));
            assert_eq!(ledger.verify().unwrap(), Vec::<String>::new());
            assert_eq!(
                ledger.events(&EventFilter::default(), EventOrder::default(), None, 10).unwrap().total,
                0
            );
            if version == 1 {
                let second = ledger.document("b").unwrap().unwrap();
                assert_eq!(second.duplicate_of.as_deref(), Some("a"));
            }
        }
    }

    #[test]
    fn a_newer_layout_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("newer");
        drop(Ledger::create(&path).unwrap());
        Connection::open(&path).unwrap().pragma_update(None, "user_version", LATEST + 1).unwrap();
        let refused = Ledger::open(&path).unwrap_err();
        assert!(refused.to_string().contains("made by a newer Entente"), "{refused}");
        assert!(matches!(Ledger::open_read_only(&path), Err(LedgerError::Newer { .. })));
    }

    #[test]
    fn a_file_of_another_program_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let foreign = folder.path().join("foreign");
        Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
        let text = folder.path().join("text");
        std::fs::write(&text, "nothing of SQLite's, but long enough to be looked at as a header ".repeat(40))
            .unwrap();
        for path in [foreign, text] {
            for opened in [Ledger::open(&path), Ledger::open_or_create(&path), Ledger::open_read_only(&path)]
            {
                assert!(matches!(opened, Err(LedgerError::NotALedger { .. })), "{opened:?}");
            }
        }
    }

    #[test]
    fn an_empty_file_is_a_ledger_only_when_one_is_to_be_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("empty");
        std::fs::write(&path, "").unwrap();
        assert!(matches!(Ledger::open(&path), Err(LedgerError::NotALedger { .. })));
        Ledger::open_or_create(&path).unwrap();
        Ledger::open(&path).unwrap();
    }
}
