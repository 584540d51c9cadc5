//! Why the ledger refused something.

use std::path::{Path, PathBuf};

/// A ledger could not be opened, read or written. Whatever a failed write had begun is undone.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// There is no file of that name.
    #[error("{path}: no such ledger")]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// A new ledger was asked for, but the file is there.
    #[error("{path}: already exists")]
    AlreadyExists {
        /// The file.
        path: PathBuf,
    },
    /// The file is not of SQLite, or a program other than Entente made it.
    #[error("{path}: not a ledger of Entente")]
    NotALedger {
        /// The file.
        path: PathBuf,
    },
    /// The layout of the file is one that this version does not know.
    #[error("{path}: made by a newer Entente (layout {found}, this one knows up to {known})")]
    Newer {
        /// The file.
        path: PathBuf,
        /// The file's layout.
        found: i64,
        /// The latest layout known here.
        known: i64,
    },
    /// The layout is an older one, and a file that is only read cannot be brought up to date.
    #[error("{path}: made by an older Entente (layout {found} of {known}), open it once for writing")]
    Older {
        /// The file.
        path: PathBuf,
        /// The file's layout.
        found: i64,
        /// The latest layout.
        known: i64,
    },
    /// The file or its folder cannot be written to, or the ledger was opened for reading.
    #[error("{path}: read-only, cannot be written to")]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Another process holds the write lock for longer than the busy time.
    #[error("another process is writing to {path}")]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The disk, or the size allowed by [`crate::store::LedgerOptions`], is full.
    #[error("{path}: disk full, the last batch was not written")]
    DiskFull {
        /// The file.
        path: PathBuf,
    },
    /// The bytes of the file contradict each other.
    #[error("{path}: damaged: {reason}")]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The system refused to open, read or write the file.
    #[error("{path}: {reason}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system reported.
        reason: String,
    },
    /// A record that the ledger cannot hold.
    #[error("{path}: record {id} refused: {reason}")]
    InvalidRecord {
        /// The ledger.
        path: PathBuf,
        /// Id of the document, event or happening.
        id: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Something was asked about that is not in the ledger.
    #[error("{path}: no {kind} with id {id}")]
    Unknown {
        /// The ledger.
        path: PathBuf,
        /// document, event, happening or run.
        kind: &'static str,
        /// The id.
        id: String,
    },
    /// A cursor that this version did not write, or that belongs to another order.
    #[error("not a cursor of this query: {cursor}")]
    BadCursor {
        /// The cursor as given.
        cursor: String,
    },
    /// The search text has more words than a search may have.
    #[error("search text too long: {words} words, at most {limit}")]
    SearchTooLong {
        /// Words found.
        words: usize,
        /// Words allowed.
        limit: usize,
    },
    /// Any other answer of SQLite.
    #[error("{path}: {error}")]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite reported.
        error: rusqlite::Error,
    },
}

/// An error inside the store, before the file's name is added.
#[derive(Debug)]
pub(crate) enum Fault {
    /// From SQLite.
    Sqlite(rusqlite::Error),
    /// What is stored cannot be read back.
    Unreadable(String),
    /// A record that cannot be held: id and reason.
    Invalid(String, String),
    /// An id that is not there: its kind and itself.
    Unknown(&'static str, String),
    /// Complete already.
    Ledger(LedgerError),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl From<LedgerError> for Fault {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl Fault {
    /// The error with the file that it is about.
    pub(crate) fn at(self, path: &Path) -> LedgerError {
        let path = path.to_path_buf();
        match self {
            Self::Sqlite(error) => of_sqlite(path, error),
            Self::Unreadable(reason) => LedgerError::Corrupt { path, reason },
            Self::Invalid(id, reason) => LedgerError::InvalidRecord { path, id, reason },
            Self::Unknown(kind, id) => LedgerError::Unknown { path, kind, id },
            Self::Ledger(error) => error,
        }
    }
}

fn of_sqlite(path: PathBuf, error: rusqlite::Error) -> LedgerError {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => LedgerError::DiskFull { path },
        Some(ErrorCode::ReadOnly) => LedgerError::ReadOnly { path },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => LedgerError::Locked { path },
        Some(ErrorCode::NotADatabase) => LedgerError::NotALedger { path },
        Some(ErrorCode::DatabaseCorrupt) => LedgerError::Corrupt { path, reason: error.to_string() },
        Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure | ErrorCode::PermissionDenied) => {
            LedgerError::Io { path, reason: error.to_string() }
        }
        _ => LedgerError::Sqlite { path, error },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_code(code: i32) -> LedgerError {
        let error = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        Fault::from(error).at(Path::new("l.entente"))
    }

    #[test]
    fn codes_of_sqlite_have_their_own_messages() {
        use rusqlite::ffi;
        assert_eq!(
            of_code(ffi::SQLITE_FULL).to_string(),
            "l.entente: disk full, the last batch was not written"
        );
        assert_eq!(of_code(ffi::SQLITE_READONLY).to_string(), "l.entente: read-only, cannot be written to");
        assert_eq!(of_code(ffi::SQLITE_BUSY).to_string(), "another process is writing to l.entente");
        assert_eq!(of_code(ffi::SQLITE_NOTADB).to_string(), "l.entente: not a ledger of Entente");
        assert!(matches!(of_code(ffi::SQLITE_CORRUPT), LedgerError::Corrupt { .. }));
        assert!(matches!(of_code(ffi::SQLITE_IOERR), LedgerError::Io { .. }));
        assert!(matches!(of_code(ffi::SQLITE_RANGE), LedgerError::Sqlite { .. }));
    }
}
