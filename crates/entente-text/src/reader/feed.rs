//! Feeds (RSS, Atom, JSON Feed): an article an entry, where the entry carries the text.

use std::io::Cursor;

use feed_rs::model::{Entry, Feed};
use jiff::civil::Date;

use super::ReadOptions;
use super::finish::{finish, one_line};
use crate::encoding::clean;
use crate::{Document, DocumentParts, Origin, ReadError};

/// Words from which a summary is an article and not a teaser.
const ARTICLE_WORDS: usize = 60;

/// What a feed says of an entry, with or without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// The feed's own id of it.
    pub id: String,
    /// Where the article is.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Name of the feed.
    pub publication: Option<String>,
    /// Language tag of entry or feed.
    pub language: Option<String>,
    /// The article as the feed carries it, without markup; absent where there is but a teaser.
    pub text: Option<String>,
}

/// The entries of a feed in its own order.
///
/// # Errors
/// When the bytes are no feed.
pub fn read_entries(bytes: &[u8], origin: &Origin) -> Result<Vec<FeedEntry>, ReadError> {
    // Some feeds begin with a blank line, which XML forbids.
    let feed = feed_rs::parser::parse(Cursor::new(bytes.trim_ascii_start())).map_err(|error| {
        ReadError::Malformed {
            origin: origin.clone(),
            reason: format!("not a feed that can be read: {error}"),
        }
    })?;
    let publication = feed.title.as_ref().and_then(|title| one_line(&title.content));
    let Feed { entries, language, .. } = feed;
    Ok(entries.into_iter().map(|entry| entry_of(entry, publication.clone(), language.clone())).collect())
}

/// All articles of a feed. Entries without a text are errors of their own, so that nothing is silent.
pub(super) fn read(bytes: &[u8], origin: &Origin, options: &ReadOptions) -> Vec<Result<Document, ReadError>> {
    match read_entries(bytes, origin) {
        Ok(entries) if entries.is_empty() => vec![Err(ReadError::Empty { origin: origin.clone() })],
        Ok(entries) => entries.into_iter().map(|entry| entry.document(origin, options)).collect(),
        Err(error) => vec![Err(error)],
    }
}

impl FeedEntry {
    /// What makes the entry the same entry at the next visit.
    pub fn key(&self) -> &str {
        if self.id.is_empty() { self.url.as_deref().unwrap_or_default() } else { &self.id }
    }

    /// The article that the feed carries. `origin` is the feed; messages name the entry beside it.
    ///
    /// # Errors
    /// [`ReadError::NoText`] where there is but a teaser, and what any article can meet.
    pub fn document(self, origin: &Origin, options: &ReadOptions) -> Result<Document, ReadError> {
        let shown: String =
            self.url.as_deref().unwrap_or(&self.id).chars().filter(|c| !c.is_control()).take(200).collect();
        let origin = Origin::new(format!("{} ({shown})", origin.name));
        let Some(body) = self.text else { return Err(ReadError::NoText { origin }) };
        let parts = DocumentParts {
            id: self.url.clone().or(Some(self.id)),
            title: self.title,
            body,
            published: self.published,
            publication: options.publication.clone().or(self.publication),
            url: self.url,
            language: self.language,
            ..DocumentParts::default()
        };
        finish(parts, &origin, options)
    }
}

fn entry_of(entry: Entry, publication: Option<String>, language: Option<String>) -> FeedEntry {
    let url = entry
        .links
        .iter()
        .find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"))
        .or(entry.links.first())
        .map(|link| link.href.trim().to_owned());
    let body = entry.content.as_ref().and_then(|content| content.body.as_deref()).map(plain_text);
    let summary = entry.summary.as_ref().map(|summary| plain_text(&summary.content));
    let words = |text: &String| text.split_whitespace().count();
    let text =
        [body, summary].into_iter().flatten().max_by_key(words).filter(|text| words(text) >= ARTICLE_WORDS);
    let time = entry.published.or(entry.updated);
    FeedEntry {
        id: entry.id,
        url,
        title: entry
            .title
            .as_ref()
            .map(|title| plain_text(&title.content))
            .and_then(|title| one_line(&title)),
        published: time.and_then(|time| time.format("%Y-%m-%d").to_string().parse().ok()),
        publication,
        language: entry.language.or(language),
        text,
    }
}

/// Text without its markup; blocks are parted by blank lines.
fn plain_text(markup: &str) -> String {
    if !markup.contains(['<', '&']) {
        return clean(markup).trim().to_owned();
    }
    let document = dom_smoothie::Readability::new(format!("<body>{markup}</body>"), None, None);
    let text = document.map(|page| page.doc.formatted_text().to_string()).unwrap_or_default();
    let text = clean(&text);
    text.lines().filter_map(one_line).collect::<Vec<_>>().join("\n\n")
}
