//! One look at a feed: what is new, as documents.

use super::schedule::{Schedule, seconds_now};
use crate::web::of_answer;
use entente::{Document, FeedEntry, Format, Origin, ReadError, ReadOptions, read_entries};
use entente_fetch::{Answer, Feed, FeedState, FetchError, Pages, Validators, Visitor};
use std::sync::mpsc::SyncSender;

/// What a look at a feed brought.
pub(super) struct Found {
    /// The feed's address in the list.
    pub(super) url: String,
    /// New articles.
    pub(super) documents: Vec<Document>,
    /// What is known of the feed once the articles are kept.
    pub(super) state: FeedState,
    /// What the user should know.
    pub(super) messages: Vec<String>,
    /// Items or feeds that failed.
    pub(super) failures: usize,
}

/// Looks at feeds.
pub(super) struct Poller<'a> {
    pub(super) visitor: &'a Visitor,
}

impl Poller<'_> {
    /// Polls what is due until the schedule ends.
    pub(super) fn work(&self, schedule: &Schedule, sender: &SyncSender<Found>) {
        while let Some((feed, state)) = schedule.next() {
            if sender.send(self.poll(&feed, state)).is_err() {
                return;
            }
        }
    }

    /// The entries of a feed as they are now.
    pub(super) fn entries(&self, feed: &Feed) -> Result<Vec<FeedEntry>, String> {
        let answer =
            self.visitor.get(&feed.url, &Validators::default()).map_err(|error| error.to_string())?;
        read_entries(&answer.body, &Origin::new(&feed.url)).map_err(|error| error.to_string())
    }

    fn poll(&self, feed: &Feed, state: FeedState) -> Found {
        let mut found =
            Found { url: feed.url.clone(), documents: Vec::new(), state, messages: Vec::new(), failures: 0 };
        let address = found.state.moved_to.clone().unwrap_or_else(|| feed.url.clone());
        match self.visitor.get(&address, &found.state.validators()) {
            Ok(answer) => self.take(feed, answer, &mut found),
            Err(error) => found.fail(feed, &error),
        }
        found
    }

    fn take(&self, feed: &Feed, answer: Answer, found: &mut Found) {
        if let Some(place) = &answer.moved_to {
            found.messages.push(format!("{}: has moved to {place}", feed.url));
            found.state.moved_to = Some(place.clone());
        }
        let mut validators = answer.validators;
        let mut has_news = false;
        if answer.status == 200 {
            match read_entries(&answer.body, &Origin::new(&feed.url)) {
                Ok(entries) => has_news = self.take_entries(feed, entries, found),
                Err(error) => found.note(error.to_string()),
            }
            if found.failures > 0 {
                // The whole feed is wanted again, to have what was missed.
                validators = Validators::default();
            }
        } else {
            // An answer without validators leaves those that were sent in force.
            validators.etag = validators.etag.or(found.state.etag.clone());
            validators.last_modified = validators.last_modified.or(found.state.last_modified.clone());
        }
        found.state.answered(validators, has_news, feed.every, seconds_now());
    }

    /// Takes the entries that were not seen; the oldest first, as feeds begin with the newest.
    fn take_entries(&self, feed: &Feed, entries: Vec<FeedEntry>, found: &mut Found) -> bool {
        let fresh: Vec<FeedEntry> =
            entries.into_iter().rev().filter(|entry| !found.state.has_seen(entry.key())).collect();
        let has_news = !fresh.is_empty();
        for entry in fresh {
            let key = entry.key().to_owned();
            match self.document(feed, entry) {
                Ok(document) => found.documents.push(document),
                // What may be there the next time is looked for again.
                Err(Missed::ForNow(message)) => {
                    found.note(message);
                    continue;
                }
                Err(Missed::ForGood(message)) => found.messages.push(message),
            }
            found.state.remember([key]);
        }
        has_news
    }

    fn document(&self, feed: &Feed, entry: FeedEntry) -> Result<Document, Missed> {
        let options = ReadOptions { publication: feed.publication.clone(), ..ReadOptions::default() };
        let is_page_wanted = match feed.pages {
            Pages::Always => true,
            Pages::Missing => entry.text.is_none(),
            Pages::Never => false,
        };
        let page = entry.url.clone().filter(|_| is_page_wanted);
        let Some(page) = page else {
            return entry
                .document(&Origin::new(&feed.url), &options)
                .map_err(|error| Missed::of_text(&error));
        };
        let answer =
            self.visitor.get(&page, &Validators::default()).map_err(|error| Missed::of_fetch(&error))?;
        let options = ReadOptions { format: Some(Format::Html), published: entry.published, ..options };
        let mut read = of_answer(answer, &options);
        let mut document = read
            .next()
            .unwrap_or_else(|| Err(ReadError::Empty { origin: Origin::new(&page) }))
            .map_err(|error| Missed::of_text(&error))?;
        document.id = page.clone();
        document.url = Some(page);
        document.publication = feed.publication.clone().or(document.publication).or(entry.publication);
        Ok(document)
    }
}

/// Why an item gave no document.
enum Missed {
    /// It may be there later.
    ForNow(String),
    /// It never will.
    ForGood(String),
}

impl Missed {
    fn of_text(error: &ReadError) -> Self {
        Self::ForGood(error.to_string())
    }

    fn of_fetch(error: &FetchError) -> Self {
        let message = error.to_string();
        match error {
            FetchError::Timeout { .. }
            | FetchError::Failed { .. }
            | FetchError::Status { status: 408 | 425 | 429 | 500..600, .. } => Self::ForNow(message),
            _ => Self::ForGood(message),
        }
    }
}

impl Found {
    /// Notes a failure of an item.
    fn note(&mut self, message: String) {
        self.failures += 1;
        self.messages.push(message);
    }

    /// Notes that the feed itself could not be had.
    fn fail(&mut self, feed: &Feed, error: &FetchError) {
        self.note(error.to_string());
        if error.is_gone() {
            self.messages.push(format!("{}: gone, and not asked again", feed.url));
            self.state.is_gone = true;
        }
        self.state.failed(&feed.url, feed.every, error.retry_after(), seconds_now());
    }
}
