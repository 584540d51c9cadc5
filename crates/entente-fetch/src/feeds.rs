//! The list of feeds that a user wants watched: `feeds.toml`.

use crate::client::web_address;
use serde::{Deserialize, Deserializer};
use std::path::{Path, PathBuf};
use std::time::Duration;
use thiserror::Error;

/// Least time between two polls of a feed.
const LEAST_INTERVAL: Duration = Duration::from_secs(60);
const DEFAULT_INTERVAL: Duration = Duration::from_secs(15 * 60);

/// Whether the page of an item is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pages {
    /// Where the feed does not carry the text.
    #[default]
    Missing,
    /// Always: some feeds carry but the beginning.
    Always,
    /// Never: items without text are left out.
    Never,
}

/// A feed to watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Where it is.
    pub url: String,
    /// What the publication is called; by default as the feed calls itself.
    pub publication: Option<String>,
    /// Time between polls; it grows while nothing new comes.
    pub every: Duration,
    /// Whether pages are fetched.
    pub pages: Pages,
}

/// The feeds of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feeds {
    /// In the order of the file.
    pub feeds: Vec<Feed>,
}

/// Why a list of feeds is of no use.
#[derive(Debug, Error)]
pub enum FeedsError {
    /// The file could not be read.
    #[error("{path}: failed to read: {error}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system reported.
        error: std::io::Error,
    },
    /// It is not TOML of the format; the message has the line.
    #[error("{path}: {error}")]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong and where.
        error: Box<toml::de::Error>,
    },
    /// Something in it cannot be.
    #[error("{path}: {reason}")]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What.
        reason: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    defaults: Defaults,
    #[serde(default)]
    feed: Vec<Entry>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Defaults {
    #[serde(default, deserialize_with = "interval")]
    every: Option<Duration>,
    pages: Option<Pages>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    #[serde(deserialize_with = "address")]
    url: String,
    publication: Option<String>,
    #[serde(default, deserialize_with = "interval")]
    every: Option<Duration>,
    pages: Option<Pages>,
}

impl Feeds {
    /// Reads a file.
    ///
    /// # Errors
    /// See [`FeedsError`]; the messages name file and line.
    pub fn read(path: &Path) -> Result<Self, FeedsError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| FeedsError::Io { path: path.to_path_buf(), error })?;
        Self::parse(&text, path)
    }

    /// Reads the text of a file; `path` stands in messages.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn parse(text: &str, path: &Path) -> Result<Self, FeedsError> {
        let invalid = |reason: String| FeedsError::Invalid { path: path.to_path_buf(), reason };
        let file: File = toml::from_str(text)
            .map_err(|error| FeedsError::Format { path: path.to_path_buf(), error: Box::new(error) })?;
        let Defaults { every, pages } = file.defaults;
        let feed = |entry: Entry| Feed {
            url: entry.url,
            publication: entry.publication,
            every: entry.every.or(every).unwrap_or(DEFAULT_INTERVAL),
            pages: entry.pages.or(pages).unwrap_or_default(),
        };
        let feeds: Vec<Feed> = file.feed.into_iter().map(feed).collect();
        if feeds.is_empty() {
            return Err(invalid("no [[feed]] in it".to_owned()));
        }
        for (at, feed) in feeds.iter().enumerate() {
            if feeds[..at].iter().any(|earlier| earlier.url == feed.url) {
                return Err(invalid(format!("{} stands twice", feed.url)));
            }
        }
        Ok(Self { feeds })
    }
}

fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    web_address(&text).map(|url| url.to_string()).map_err(serde::de::Error::custom)
}

/// "90s", "15m", "2h", "1d".
fn interval<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Duration>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let wrong = || serde::de::Error::custom(format!("\"{text}\" is no time such as 90s, 15m, 2h or 1d"));
    let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(wrong)?;
    let number: u64 = number.trim().parse().map_err(|_| wrong())?;
    let unit = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 24 * 3600,
        _ => return Err(wrong()),
    };
    let interval = Duration::from_secs(number.saturating_mul(unit));
    if interval < LEAST_INTERVAL {
        return Err(serde::de::Error::custom("a feed is polled once a minute at most"));
    }
    Ok(Some(interval))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Feeds, String> {
        Feeds::parse(text, Path::new("feeds.toml")).map_err(|error| error.to_string())
    }

    #[test]
    fn feeds_take_what_they_do_not_say_from_the_defaults() {
        let text = "[defaults]\nevery = \"1h\"\n[[feed]]\nurl = \"https://example.com/a\"\n[[feed]]\n\
            url = \"https://example.com/b\"\nevery = \"90s\"\npublication = \"B\"\npages = \"always\"\n";
        let feeds = parse(text).unwrap().feeds;
        assert_eq!((feeds[0].every, feeds[0].pages), (Duration::from_secs(3600), Pages::Missing));
        assert_eq!((feeds[1].every, feeds[1].pages), (Duration::from_secs(90), Pages::Always));
        assert_eq!(feeds[1].publication.as_deref(), Some("B"));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let feed = "[[feed]]\nurl = \"https://example.com/a\"\n";
        for (text, parts) in [
            (String::new(), ["feeds.toml", "no [[feed]]"]),
            (format!("{feed}{feed}"), ["https://example.com/a", "twice"]),
            (format!("{feed}colour = 1\n"), ["line 3", "colour"]),
            (format!("{feed}every = \"soon\"\n"), ["line 3", "15m"]),
            (format!("{feed}every = \"5s\"\n"), ["line 3", "once a minute"]),
            ("[[feed]]\nurl = \"ftp://example.com\"\n".to_owned(), ["line 2", "not an address"]),
            ("[[feed]]\nurl = \"https://a:b@example.com\"\n".to_owned(), ["line 2", "not an address"]),
            ("[[feed\n".to_owned(), ["line 1", "feeds.toml"]),
        ] {
            let message = parse(&text).unwrap_err();
            assert!(parts.iter().all(|part| message.contains(part)), "{message}");
        }
    }
}
