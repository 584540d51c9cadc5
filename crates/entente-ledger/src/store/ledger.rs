//! Opening the file.

use super::migrate;
use crate::error::{Fault, LedgerError};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Prepared statements that a connection keeps.
const STATEMENTS_KEPT: usize = 128;

/// How a ledger is opened.
#[derive(Debug, Clone)]
pub struct LedgerOptions {
    /// How long to wait for another writer before [`LedgerError::Locked`].
    pub busy_time: Duration,
    /// Memory for pages of the file, in bytes.
    pub cache_bytes: u32,
    /// The size in bytes beyond which the file does not grow; a batch that would need more is refused with
    /// [`LedgerError::DiskFull`].
    pub largest_bytes: Option<u64>,
}

impl Default for LedgerOptions {
    fn default() -> Self {
        Self { busy_time: Duration::from_secs(10), cache_bytes: 64 << 20, largest_bytes: None }
    }
}

/// An open ledger: one connection to one SQLite file. A process may open the same file many times, once a
/// thread; readers see whole batches only and never wait for the writer.
#[derive(Debug)]
pub struct Ledger {
    pub(super) connection: Connection,
    path: PathBuf,
}

impl Ledger {
    /// Makes a new ledger.
    ///
    /// # Errors
    /// [`LedgerError::AlreadyExists`], or what opening can meet.
    pub fn create(path: &Path) -> Result<Self, LedgerError> {
        Self::create_with(path, &LedgerOptions::default())
    }

    /// As [`Self::create`], with options.
    ///
    /// # Errors
    /// As [`Self::create`].
    pub fn create_with(path: &Path, options: &LedgerOptions) -> Result<Self, LedgerError> {
        if path.exists() {
            return Err(LedgerError::AlreadyExists { path: path.to_path_buf() });
        }
        Self::open_or_create_with(path, options)
    }

    /// Opens a ledger for reading and writing, and brings an older layout up to date.
    ///
    /// # Errors
    /// When the file is missing, not a ledger, of a newer version, not writable, locked or damaged.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        Self::open_with(path, &LedgerOptions::default())
    }

    /// As [`Self::open`], with options.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_with(path: &Path, options: &LedgerOptions) -> Result<Self, LedgerError> {
        if !path.exists() {
            return Err(LedgerError::Missing { path: path.to_path_buf() });
        }
        let ledger = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, options)?;
        if migrate::is_blank(&ledger.connection).map_err(|fault| fault.at(path))? {
            return Err(LedgerError::NotALedger { path: path.to_path_buf() });
        }
        ledger.prepare_for_writing(options)
    }

    /// Opens the ledger, or makes it where there is none or an empty file.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_or_create(path: &Path) -> Result<Self, LedgerError> {
        Self::open_or_create_with(path, &LedgerOptions::default())
    }

    /// As [`Self::open_or_create`], with options.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_or_create_with(path: &Path, options: &LedgerOptions) -> Result<Self, LedgerError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        Self::connect(path, flags, options)?.prepare_for_writing(options)
    }

    /// Opens a ledger for reading alone.
    ///
    /// # Errors
    /// When the file is missing, not a ledger, of another version or damaged.
    pub fn open_read_only(path: &Path) -> Result<Self, LedgerError> {
        Self::open_read_only_with(path, &LedgerOptions::default())
    }

    /// As [`Self::open_read_only`], with options.
    ///
    /// # Errors
    /// As [`Self::open_read_only`].
    pub fn open_read_only_with(path: &Path, options: &LedgerOptions) -> Result<Self, LedgerError> {
        if !path.exists() {
            return Err(LedgerError::Missing { path: path.to_path_buf() });
        }
        let ledger = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, options)?;
        let found = migrate::layout(&ledger.connection).map_err(|fault| fault.at(path))?;
        migrate::check_layout(path, found)?;
        if found < migrate::LATEST {
            return Err(LedgerError::Older { path: path.to_path_buf(), found, known: migrate::LATEST });
        }
        Ok(ledger)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// True when nothing can be written.
    ///
    /// # Errors
    /// When SQLite does not answer.
    pub fn is_read_only(&self) -> Result<bool, LedgerError> {
        self.connection.is_readonly("main").map_err(|error| self.fault(error.into()))
    }

    pub(super) fn fault(&self, fault: Fault) -> LedgerError {
        fault.at(&self.path)
    }

    /// Runs reads that must see one state of the ledger.
    pub(super) fn reading<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Fault>,
    ) -> Result<T, LedgerError> {
        let run = || {
            let transaction = self.connection.unchecked_transaction()?;
            let value = read(&transaction)?;
            transaction.finish()?;
            Ok(value)
        };
        run().map_err(|fault| self.fault(fault))
    }

    /// Runs a read that is one statement, or several that nothing else can come between. Beginning and ending a transaction
    /// takes longer than many a look-up.
    pub(super) fn looking_up<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Fault>,
    ) -> Result<T, LedgerError> {
        read(&self.connection).map_err(|fault| self.fault(fault))
    }

    /// Runs writes, all or none. Takes the write lock first, so that two writers wait for each other in full.
    pub(super) fn writing<T>(
        &mut self,
        write: impl FnOnce(&Connection) -> Result<T, Fault>,
    ) -> Result<T, LedgerError> {
        let connection = &self.connection;
        let run = || {
            let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
            let value = write(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        run().map_err(|fault: Fault| fault.at(&self.path))
    }

    fn connect(path: &Path, flags: OpenFlags, options: &LedgerOptions) -> Result<Self, LedgerError> {
        let open = || {
            // An absolute path never looks like one of SQLite's "file:" addresses.
            let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
            let connection = Connection::open_with_flags(absolute, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
            connection.busy_timeout(options.busy_time)?;
            connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
            // A kept statement stays as it was planned; otherwise SQLite plans anew for every other bound value.
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            connection.pragma_update(None, "foreign_keys", true)?;
            // A ledger may come from someone else: its schema gets no more rights than its data.
            connection.pragma_update(None, "trusted_schema", false)?;
            connection.pragma_update(None, "cache_size", -i64::from(options.cache_bytes / 1024))?;
            connection.pragma_update(None, "temp_store", "MEMORY")?;
            migrate::check_owner(path, &connection)?;
            Ok(Self { connection, path: path.to_path_buf() })
        };
        open().map_err(|fault: Fault| fault.at(path))
    }

    fn prepare_for_writing(mut self, options: &LedgerOptions) -> Result<Self, LedgerError> {
        let path = self.path.clone();
        let mut prepare = || {
            let found = migrate::layout(&self.connection)?;
            migrate::check_layout(&path, found)?;
            if self.connection.is_readonly("main")? {
                return Err(LedgerError::ReadOnly { path: path.clone() }.into());
            }
            let page_size: i64 = self.connection.query_row("PRAGMA page_size", [], |row| row.get(0))?;
            if let Some(largest) = options.largest_bytes {
                let pages = i64::try_from(largest).unwrap_or(i64::MAX) / page_size;
                self.connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
            }
            self.connection.pragma_update(None, "journal_mode", "WAL")?;
            self.connection.pragma_update(None, "synchronous", "NORMAL")?;
            migrate::migrate(&mut self.connection, &path)
        };
        prepare().map_err(|fault: Fault| fault.at(&path))?;
        Ok(self)
    }
}
