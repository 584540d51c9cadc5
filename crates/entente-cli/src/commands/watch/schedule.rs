//! Which feed is polled next.

use entente_fetch::{Feed, FeedState, Feeds, WatchState};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long a poller without work waits before it looks again.
const NAP: Duration = Duration::from_millis(200);

/// The feeds with what is known of them; shared by the pollers.
pub(super) struct Schedule {
    feeds: Vec<Feed>,
    inner: Mutex<Inner>,
    is_stopped: Arc<AtomicBool>,
    is_once: bool,
}

struct Inner {
    /// As it is in the file, or will be.
    kept: WatchState,
    /// Feeds that are polled or wait for the coder.
    in_hand: BTreeSet<usize>,
    /// Feeds that still have their turn, where each has but one.
    left: BTreeSet<usize>,
}

impl Schedule {
    pub(super) fn new(feeds: &Feeds, kept: WatchState, is_once: bool, is_now: bool) -> Self {
        let now = seconds_now();
        let state = |feed: &Feed| kept.feeds.get(&feed.url);
        let is_due = |feed: &Feed| is_now || state(feed).is_none_or(|state| state.next_poll <= now);
        let left = (0..feeds.feeds.len()).filter(|at| is_due(&feeds.feeds[*at])).collect();
        Self {
            feeds: feeds.feeds.clone(),
            inner: Mutex::new(Inner { kept, in_hand: BTreeSet::new(), left }),
            is_stopped: Arc::default(),
            is_once,
        }
    }

    /// Set to end all polling.
    pub(super) fn stopper(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.is_stopped)
    }

    pub(super) fn stop(&self) {
        self.is_stopped.store(true, Ordering::Relaxed);
    }

    /// The next feed to poll with what is known of it, when it is due; none at the end.
    pub(super) fn next(&self) -> Option<(Feed, FeedState)> {
        while !self.is_stopped.load(Ordering::Relaxed) {
            let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
            let due = inner.due(&self.feeds, self.is_once);
            if let Some(at) = due {
                inner.in_hand.insert(at);
                inner.left.remove(&at);
                let feed = self.feeds[at].clone();
                let state = inner.kept.feeds.get(&feed.url).cloned().unwrap_or_default();
                return Some((feed, state));
            }
            if self.is_once && inner.left.is_empty() {
                return None;
            }
            drop(inner);
            std::thread::sleep(NAP);
        }
        None
    }

    /// Takes up the state of a feed that was polled; answers what is known of all.
    pub(super) fn keep(&self, url: &str, state: FeedState) -> WatchState {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.kept.feeds.insert(url.to_owned(), state);
        if let Some(at) = self.feeds.iter().position(|feed| feed.url == url) {
            inner.in_hand.remove(&at);
        }
        inner.kept.clone()
    }
}

impl Inner {
    /// The feed that has been due longest.
    fn due(&self, feeds: &[Feed], is_once: bool) -> Option<usize> {
        if is_once {
            return self.left.first().copied();
        }
        let now = seconds_now();
        let known = |at: usize| self.kept.feeds.get(&feeds[at].url);
        (0..feeds.len())
            .filter(|at| !self.in_hand.contains(at) && known(*at).is_none_or(|state| !state.is_gone))
            .map(|at| (known(at).map_or(0, |state| state.next_poll), at))
            .filter(|(time, _)| *time <= now)
            .min()
            .map(|(_, at)| at)
    }
}

/// Seconds from 1970-01-01.
pub(super) fn seconds_now() -> i64 {
    jiff::Timestamp::now().as_second()
}
