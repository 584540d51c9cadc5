//! What the desk itself keeps: reviews of records, and watchlists. JSON lines in a file beside the ledger, each written whole
//! and synced, so that nobody else's file is ever written and a reader needs no more than a text editor.

use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Watchlist {
    /// Its number, never given twice.
    pub(crate) id: u64,
    /// What its owner calls it.
    pub(crate) name: String,
    /// Conditions as the query of `/events` has them.
    #[serde(default)]
    pub(crate) filter: BTreeMap<String, String>,
    /// Who else is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) webhook: Option<Webhook>,
}

/// An address that is told of what a watchlist matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Webhook {
    /// An address of http or https.
    pub(crate) url: String,
    /// The key by which what is sent is signed.
    pub(crate) secret: String,
    /// Everything in the ledger up to this number was told, or was there before the watchlist.
    pub(crate) told_up_to: u32,
}

/// One line of the file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Review(Review),
    Watch(Watchlist),
    Unwatch(u64),
    /// A watchlist's webhook was told of everything up to a number.
    Told(u64, u32),
}

/// The desk's own file.
pub(crate) struct Desk {
    path: PathBuf,
    reviews: Vec<Review>,
    watchlists: Vec<Watchlist>,
    /// Lines that this version cannot read: cut off by a kill, or of a later version. They stay.
    unread: Vec<Vec<u8>>,
    /// The highest number that a watchlist ever had.
    last: u64,
    /// Lines of what was told to webhooks.
    told_lines: usize,
    /// Whether the file ends in the middle of a line.
    is_cut: bool,
}

/// Lines of what was told to webhooks above which the file is written anew without the old ones.
const OLD_LINES: usize = 1_000;

impl Desk {
    /// Reads the file; one that is not there has nothing in it.
    pub(crate) fn open(path: &Path) -> std::io::Result<Self> {
        let mut desk = Self {
            path: path.to_owned(),
            reviews: Vec::new(),
            watchlists: Vec::new(),
            unread: Vec::new(),
            last: 0,
            told_lines: 0,
            is_cut: false,
        };
        let text = match std::fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(desk),
            Err(error) => return Err(error),
        };
        make_private(path)?;
        desk.is_cut = text.last().is_some_and(|byte| *byte != b'\n');
        for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            match serde_json::from_slice(line) {
                Ok(line) => desk.apply(line),
                Err(_) => desk.unread.push(line.to_owned()),
            }
        }
        Ok(desk)
    }

    /// Writes the file without what no longer counts, beside the old one first. The last watchlist is named even where it is
    /// gone, so that its number is not given again.
    fn write_anew(&mut self) -> std::io::Result<()> {
        let mut text = Vec::new();
        let mut put = |line: Line| -> std::io::Result<()> {
            serde_json::to_writer(&mut text, &line)?;
            text.push(b'\n');
            Ok(())
        };
        self.reviews.iter().try_for_each(|review| put(Line::Review(review.clone())))?;
        self.watchlists.iter().try_for_each(|watchlist| put(Line::Watch(watchlist.clone())))?;
        if self.watchlists.iter().all(|watchlist| watchlist.id != self.last) {
            put(Line::Unwatch(self.last))?;
        }
        for line in &self.unread {
            text.extend_from_slice(line);
            text.push(b'\n');
        }
        let mut beside = self.path.clone().into_os_string();
        beside.push(".new");
        let mut file = private_file().truncate(true).write(true).open(&beside)?;
        file.write_all(&text)?;
        file.sync_data()?;
        std::fs::rename(beside, &self.path)?;
        (self.told_lines, self.is_cut) = (0, false);
        Ok(())
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

    /// Keeps that a webhook was told of everything up to a number.
    pub(crate) fn told(&mut self, id: u64, up_to: u32) -> Result<(), Problem> {
        self.keep(Line::Told(id, up_to))
    }

    fn keep(&mut self, line: Line) -> Result<(), Problem> {
        let mut write = || -> std::io::Result<()> {
            let mut text = Vec::new();
            if self.is_cut {
                text.push(b'\n');
            }
            serde_json::to_writer(&mut text, &line)?;
            text.push(b'\n');
            // Until all of it is written, the file may end anywhere.
            self.is_cut = true;
            let mut file = private_file().append(true).open(&self.path)?;
            file.write_all(&text)?;
            file.sync_data()?;
            self.is_cut = false;
            Ok(())
        };
        let failed = |error: std::io::Error| {
            Problem::ours(&format!("failed to write {}: {error}", self.path.display()))
        };
        let written = write();
        written.map_err(failed)?;
        self.apply(line);
        if self.told_lines > OLD_LINES {
            let written = self.write_anew();
            written
                .map_err(|error| Problem::ours(&format!("failed to write the desk's file anew: {error}")))?;
        }
        Ok(())
    }

    fn apply(&mut self, line: Line) {
        match line {
            Line::Review(review) => self.reviews.push(review),
            Line::Watch(watchlist) => {
                self.last = self.last.max(watchlist.id);
                self.watchlists.push(watchlist);
            }
            Line::Unwatch(id) => {
                self.last = self.last.max(id);
                self.watchlists.retain(|watchlist| watchlist.id != id);
            }
            Line::Told(id, up_to) => {
                self.told_lines += 1;
                let told = self.watchlists.iter_mut().find(|watchlist| watchlist.id == id);
                if let Some(webhook) = told.and_then(|watchlist| watchlist.webhook.as_mut()) {
                    webhook.told_up_to = up_to;
                }
            }
        }
    }
}

/// Lets nobody but the owner read a file.
fn make_private(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Opens a file that is made for its owner alone: it holds the secrets of webhooks.
fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
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
            note: Some("no act\nat all, née".to_owned()),
            at: None,
        };
        let mut desk = Desk::open(&path).unwrap();
        desk.add(review("one")).unwrap();
        desk.add(review("two")).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, &text[..text.len() - 9]).unwrap();
        let mut desk = Desk::open(&path).unwrap();
        assert_eq!(desk.reviews(), [review("one")]);
        desk.add(review("three")).unwrap();
        assert_eq!(Desk::open(&path).unwrap().reviews(), [review("one"), review("three")]);
    }

    #[test]
    fn numbers_of_watchlists_are_never_given_twice() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.entente.desk");
        let named =
            |name: &str| Watchlist { id: 0, name: name.to_owned(), filter: BTreeMap::new(), webhook: None };
        let mut desk = Desk::open(&path).unwrap();
        assert_eq!(desk.watch(named("one")).unwrap().id, 1);
        assert_eq!(desk.watch(named("two")).unwrap().id, 2);
        assert!(desk.unwatch(2).unwrap() && !desk.unwatch(2).unwrap());
        let mut again = Desk::open(&path).unwrap();
        assert_eq!(again.watchlists().len(), 1);
        assert_eq!(again.watch(named("three")).unwrap().id, 3);
    }

    #[test]
    fn what_webhooks_were_told_does_not_fill_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.entente.desk");
        let mut desk = Desk::open(&path).unwrap();
        let webhook = Webhook { url: "https://a.example/".into(), secret: "s".into(), told_up_to: 0 };
        let watched =
            Watchlist { id: 0, name: "one".into(), filter: BTreeMap::new(), webhook: Some(webhook) };
        desk.watch(watched.clone()).unwrap();
        desk.watch(watched).unwrap();
        assert!(desk.unwatch(2).unwrap());
        let told: String = (0..OLD_LINES).map(|number| format!("{{\"told\":[1,{number}]}}\n")).collect();
        let text = std::fs::read_to_string(&path).unwrap() + "{\"of a later version\":1}\n" + &told;
        std::fs::write(&path, text).unwrap();
        let mut desk = Desk::open(&path).unwrap();
        desk.told(1, OLD_LINES as u32).unwrap();
        let lines = std::fs::read_to_string(&path).unwrap();
        assert_eq!((lines.lines().count(), lines.contains("later version")), (3, true), "{lines}");
        let mut again = Desk::open(&path).unwrap();
        assert_eq!(again.watchlists(), desk.watchlists());
        assert_eq!(again.watchlists()[0].webhook.as_ref().unwrap().told_up_to, OLD_LINES as u32);
        let number = again.watch(again.watchlists()[0].clone()).unwrap().id;
        assert_eq!(number, 3, "the number of one that is gone is not given again");
        again.told(3, 7).unwrap();
        let kept = Desk::open(&path).unwrap();
        assert_eq!(kept.watchlists()[1].webhook.as_ref().unwrap().told_up_to, 7);
    }
}
