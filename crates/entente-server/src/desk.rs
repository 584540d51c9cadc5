//! What the desk itself keeps: reviews of records. JSON lines in a file beside the ledger, each written whole and synced, so
//! that nobody else's file is ever written and a reader needs no more than a text editor.

use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use utoipa::ToSchema;

/// What somebody thinks of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Verdict {
    /// The record is right.
    Accept,
    /// It is right once corrected.
    Correct,
    /// There is no such event.
    Reject,
}

/// A review of an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Review {
    /// Id of the event.
    pub event_id: String,
    /// What is thought of it.
    pub verdict: Verdict,
    /// What the record should say: fields of an event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub correction: Option<serde_json::Map<String, serde_json::Value>>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// When, set by the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
}

/// The desk's own file.
pub(crate) struct Desk {
    path: PathBuf,
    reviews: Vec<Review>,
}

impl Desk {
    /// Reads the file; one that is not there has nothing in it.
    pub(crate) fn open(path: &Path) -> std::io::Result<Self> {
        let mut reviews = Vec::new();
        match File::open(path) {
            Ok(file) => {
                for line in BufReader::new(file).lines() {
                    // A line that was cut off by a kill is lost alone.
                    if let Ok(review) = serde_json::from_str(&line?) {
                        reviews.push(review);
                    }
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        Ok(Self { path: path.to_owned(), reviews })
    }

    /// All reviews, the first first.
    pub(crate) fn reviews(&self) -> &[Review] {
        &self.reviews
    }

    /// Keeps a review.
    pub(crate) fn add(&mut self, review: Review) -> Result<(), Problem> {
        let write = || -> std::io::Result<()> {
            let mut file = OpenOptions::new().create(true).append(true).open(&self.path)?;
            let mut line = serde_json::to_vec(&review)?;
            line.push(b'\n');
            file.write_all(&line)?;
            file.sync_data()
        };
        write()
            .map_err(|error| Problem::ours(&format!("failed to write {}: {error}", self.path.display())))?;
        self.reviews.push(review);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reviews_are_kept_and_half_lines_lost_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.entente.desk");
        let review = |id: &str| Review {
            event_id: id.to_owned(),
            verdict: Verdict::Reject,
            correction: None,
            note: Some("no act\nat all".to_owned()),
            at: None,
        };
        let mut desk = Desk::open(&path).unwrap();
        desk.add(review("one")).unwrap();
        desk.add(review("two")).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, &text[..text.len() - 9]).unwrap();
        assert_eq!(Desk::open(&path).unwrap().reviews(), [review("one")]);
    }
}
