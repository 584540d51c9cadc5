//! What the desk itself keeps: reviews of records, and watchlists. JSON lines in a file beside the ledger, each written whole
//! and synced, so that nobody else's file is ever written and a reader needs no more than a text editor.

use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
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

/// A filter of events by a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Watchlist {
    /// Its number, given by the server.
    #[serde(default)]
    pub(crate) id: u64,
    /// What its owner calls it.
    pub(crate) name: String,
    /// Conditions as the query of `/events` has them.
    #[serde(default)]
    pub(crate) filter: BTreeMap<String, String>,
}

/// One line of the file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Review(Review),
    Watch(Watchlist),
    Unwatch(u64),
}

/// The desk's own file.
pub(crate) struct Desk {
    path: PathBuf,
    reviews: Vec<Review>,
    watchlists: Vec<Watchlist>,
    /// The highest number that a watchlist ever had.
    last: u64,
}

impl Desk {
    /// Reads the file; one that is not there has nothing in it.
    pub(crate) fn open(path: &Path) -> std::io::Result<Self> {
        let mut desk = Self { path: path.to_owned(), reviews: Vec::new(), watchlists: Vec::new(), last: 0 };
        match File::open(path) {
            Ok(file) => {
                for line in BufReader::new(file).lines() {
                    // A line that was cut off by a kill is lost alone.
                    if let Ok(line) = serde_json::from_str(&line?) {
                        desk.apply(line);
                    }
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        Ok(desk)
    }

    /// All reviews, the first first.
    pub(crate) fn reviews(&self) -> &[Review] {
        &self.reviews
    }

    /// All watchlists, the first first.
    pub(crate) fn watchlists(&self) -> &[Watchlist] {
        &self.watchlists
    }

    /// Keeps a review.
    pub(crate) fn add(&mut self, review: Review) -> Result<(), Problem> {
        self.keep(Line::Review(review))
    }

    /// Keeps a watchlist under a number of its own.
    pub(crate) fn watch(&mut self, mut watchlist: Watchlist) -> Result<Watchlist, Problem> {
        watchlist.id = self.last + 1;
        self.keep(Line::Watch(watchlist.clone()))?;
        Ok(watchlist)
    }

    /// Forgets a watchlist. False where there is none of that number.
    pub(crate) fn unwatch(&mut self, id: u64) -> Result<bool, Problem> {
        let is_there = self.watchlists.iter().any(|watchlist| watchlist.id == id);
        if is_there {
            self.keep(Line::Unwatch(id))?;
        }
        Ok(is_there)
    }

    fn keep(&mut self, line: Line) -> Result<(), Problem> {
        let write = || -> std::io::Result<()> {
            let mut file = OpenOptions::new().create(true).append(true).open(&self.path)?;
            let mut text = serde_json::to_vec(&line)?;
            text.push(b'\n');
            file.write_all(&text)?;
            file.sync_data()
        };
        write()
            .map_err(|error| Problem::ours(&format!("failed to write {}: {error}", self.path.display())))?;
        self.apply(line);
        Ok(())
    }

    fn apply(&mut self, line: Line) {
        match line {
            Line::Review(review) => self.reviews.push(review),
            Line::Watch(watchlist) => {
                self.last = self.last.max(watchlist.id);
                self.watchlists.push(watchlist);
            }
            Line::Unwatch(id) => self.watchlists.retain(|watchlist| watchlist.id != id),
        }
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

    #[test]
    fn numbers_of_watchlists_are_never_given_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.entente.desk");
        let named = |name: &str| Watchlist { id: 0, name: name.to_owned(), filter: BTreeMap::new() };
        let mut desk = Desk::open(&path).unwrap();
        assert_eq!(desk.watch(named("one")).unwrap().id, 1);
        assert_eq!(desk.watch(named("two")).unwrap().id, 2);
        assert!(desk.unwatch(2).unwrap() && !desk.unwatch(2).unwrap());
        let mut again = Desk::open(&path).unwrap();
        assert_eq!(again.watchlists().len(), 1);
        assert_eq!(again.watch(named("three")).unwrap().id, 3);
    }
}
