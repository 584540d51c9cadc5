//! What need not be coded again.

use super::hash::ContentHash;
use super::ledger::Ledger;
use super::put::revision_id;
use super::run::RunVersions;
use crate::error::LedgerError;
use rusqlite::params;

impl Ledger {
    /// For each document (its id and content hash) whether it is in the ledger with that content, coded by these
    /// versions, so that coding it again would change nothing.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn already_coded(
        &self,
        documents: &[(String, ContentHash)],
        versions: &RunVersions,
    ) -> Result<Vec<bool>, LedgerError> {
        self.reading(|connection| {
            let mut select = connection.prepare_cached(
                "SELECT EXISTS (
                     SELECT 1 FROM documents JOIN runs ON runs.id = documents.run
                     WHERE document_id IN (?1, ?2) AND content_hash = ?3
                         AND coder = ?4 AND codebook = ?5 AND registry = ?6 AND model = ?7
                 )",
            )?;
            let mut coded = Vec::with_capacity(documents.len());
            for (document_id, hash) in documents {
                coded.push(select.query_row(
                    params![
                        document_id,
                        revision_id(document_id, *hash),
                        hash.as_bytes().as_slice(),
                        versions.coder,
                        versions.codebook,
                        versions.registry,
                        versions.model
                    ],
                    |row| row.get(0),
                )?);
            }
            Ok(coded)
        })
    }
}
