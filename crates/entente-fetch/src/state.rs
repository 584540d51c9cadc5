//! What is known of each feed between runs, in a file beside the ledger.
//!
//! The file is written anew and renamed after the items it speaks of are in the ledger. Killed in between, a later run
//! meets the same items again, finds them in the ledger, and goes on.

use crate::client::Validators;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use thiserror::Error;

/// Items of a feed that are remembered; feeds seldom hold more than a hundred.
const REMEMBERED: usize = 2_000;
/// How far the time between polls grows while nothing new comes.
const LONGEST_STRETCH: u32 = 8;
/// Longest wait after failures.
const LONGEST_BACKOFF: Duration = Duration::from_secs(24 * 3600);

/// What is known of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedState {
    /// `ETag` of the last answer.
    #[serde(default)]
    pub etag: Option<String>,
    /// `Last-Modified` of the last answer.
    #[serde(default)]
    pub last_modified: Option<String>,
    /// Where the feed has moved for good.
    #[serde(default)]
    pub moved_to: Option<String>,
    /// Whether it is gone for good.
    #[serde(default)]
    pub is_gone: bool,
    /// Failures in a row.
    #[serde(default)]
    pub failures: u32,
    /// Polls in a row that brought nothing new.
    #[serde(default)]
    pub idle_polls: u32,
    /// When it may be polled again, in seconds from 1970-01-01.
    #[serde(default)]
    pub next_poll: i64,
    /// Items that were taken, the latest last.
    #[serde(default)]
    pub seen: Vec<String>,
}

impl FeedState {
    /// For a conditional request.
    pub fn validators(&self) -> Validators {
        Validators { etag: self.etag.clone(), last_modified: self.last_modified.clone() }
    }

    /// Notes an answer, and when to ask again: the interval, longer while nothing new comes.
    pub fn answered(&mut self, validators: Validators, has_news: bool, every: Duration, now: i64) {
        (self.etag, self.last_modified) = (validators.etag, validators.last_modified);
        self.failures = 0;
        self.idle_polls = if has_news { 0 } else { self.idle_polls.saturating_add(1) };
        let stretch = 1.0 + f64::from(self.idle_polls) / 4.0;
        self.next_poll = now + seconds(every.mul_f64(stretch.min(f64::from(LONGEST_STRETCH))));
    }

    /// Notes a failure: twice as long a wait each time, a little apart for each feed, so that feeds of one server do not
    /// come back all at once; never shorter than the server asks.
    pub fn failed(&mut self, url: &str, every: Duration, retry_after: Option<Duration>, now: i64) {
        self.failures = self.failures.saturating_add(1);
        let doubled = every.saturating_mul(1 << self.failures.min(16)).min(LONGEST_BACKOFF);
        let spread: u32 =
            url.bytes().fold(self.failures, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
        let jittered = doubled.mul_f64(1.0 + f64::from(spread % 100) / 400.0);
        self.next_poll = now + seconds(jittered.max(retry_after.unwrap_or_default()));
    }

    /// Remembers items that were taken.
    pub fn remember(&mut self, items: impl IntoIterator<Item = String>) {
        self.seen.extend(items);
        let excess = self.seen.len().saturating_sub(REMEMBERED);
        self.seen.drain(..excess);
    }

    /// Whether an item was taken.
    pub fn has_seen(&self, item: &str) -> bool {
        self.seen.iter().any(|seen| seen == item)
    }
}

fn seconds(time: Duration) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX / 2)
}

/// What is known of all feeds, by their address in the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchState {
    /// By address.
    pub feeds: BTreeMap<String, FeedState>,
}

/// The file could not be read or written.
#[derive(Debug, Error)]
#[error("{path}: {reason}")]
pub struct StateError {
    path: PathBuf,
    reason: String,
}

impl WatchState {
    /// Reads the file; nothing is known where there is none.
    ///
    /// # Errors
    /// When it is there and cannot be read, or is no such file.
    pub fn read(path: &Path) -> Result<Self, StateError> {
        let fault = |reason: String| StateError { path: path.to_path_buf(), reason };
        match std::fs::read(path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map_err(|error| fault(format!("not a file of what is known of feeds: {error}"))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(fault(format!("failed to read: {error}"))),
        }
    }

    /// Writes the file as a whole: it has the old content or the new, never half of it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), StateError> {
        let fault = |reason: String| StateError { path: path.to_path_buf(), reason };
        let text = serde_json::to_vec_pretty(self).map_err(|error| fault(error.to_string()))?;
        let mut unfinished = path.as_os_str().to_owned();
        unfinished.push(".unfinished");
        let written = std::fs::write(&unfinished, text).and_then(|()| std::fs::rename(&unfinished, path));
        written.map_err(|error| fault(format!("failed to write: {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: Duration = Duration::from_secs(600);

    #[test]
    fn waits_grow_with_failures_and_idle_polls_and_shrink_again() {
        let mut state = FeedState::default();
        let mut waits = Vec::new();
        for _ in 0..12 {
            state.failed("https://example.com", EVERY, None, 1000);
            waits.push(state.next_poll - 1000);
        }
        assert!(waits.windows(2).all(|pair| pair[1] >= pair[0] || pair[0] > 86_400), "{waits:?}");
        assert!(waits[0] >= 1200 && waits[11] <= 86_400 * 5 / 4, "{waits:?}");
        state.failed("https://example.com", EVERY, Some(Duration::from_secs(500_000)), 1000);
        assert_eq!(state.next_poll, 501_000, "the server's wish counts");
        state.answered(Validators::default(), true, EVERY, 1000);
        assert_eq!((state.failures, state.next_poll), (0, 1600));
        for _ in 0..100 {
            state.answered(Validators::default(), false, EVERY, 1000);
        }
        assert_eq!(state.next_poll, 1000 + 600 * i64::from(LONGEST_STRETCH));
    }

    #[test]
    fn the_file_comes_back_and_memory_is_bounded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        assert_eq!(WatchState::read(&path).unwrap(), WatchState::default());
        let mut state = WatchState::default();
        let feed = state.feeds.entry("https://example.com".to_owned()).or_default();
        feed.remember((0..5_000).map(|number| number.to_string()));
        assert!(feed.seen.len() == REMEMBERED && feed.has_seen("4999") && !feed.has_seen("0"));
        state.write(&path).unwrap();
        assert_eq!(WatchState::read(&path).unwrap(), state);
        std::fs::write(&path, "rubbish").unwrap();
        assert!(WatchState::read(&path).unwrap_err().to_string().contains("state.json"));
    }
}
