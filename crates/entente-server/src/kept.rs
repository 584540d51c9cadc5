//! What is worked out of the whole ledger is kept. Where that is quick it is done anew as soon as the ledger has grown; where it
//! is not, the answer of before is given at once and a new one worked out behind it, so that an ingest beside the desk keeps
//! nobody waiting.

use crate::problem::Problem;
use crate::tagging::tag_of;
use axum::body::Bytes;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use std::collections::HashMap;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What takes no longer is worked out while whoever asks waits.
const QUICK: Duration = Duration::from_millis(20);
/// Answers that are kept; of more the oldest are forgotten.
const KEPT_ANSWERS: usize = 200;
/// After each piece of work the worker rests for so many times as long: it takes a fifth of one core at most.
const REST: u32 = 4;
/// The longest rest.
const LONGEST_REST: Duration = Duration::from_secs(30);

/// A panic elsewhere leaves nothing half done behind any of our locks.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Something worked out of the ledger, with the mark of the state that it was worked out of.
pub(crate) type Marked<V> = (u64, V);

/// One thing that is kept.
pub(crate) struct Kept<V> {
    current: Mutex<Option<Current<V>>>,
    is_waiting: AtomicBool,
}

struct Current<V> {
    mark: u64,
    value: V,
    took: Duration,
    made: Instant,
}

impl<V> Default for Kept<V> {
    fn default() -> Self {
        Self { current: Mutex::default(), is_waiting: AtomicBool::new(false) }
    }
}

impl<V: Clone + Send + 'static> Kept<V> {
    /// The value as of `mark`, or of a state before it where working it out takes long.
    pub(crate) fn get(
        self: &Arc<Self>,
        mark: u64,
        worker: &Worker,
        work_out: impl FnOnce() -> Result<Marked<V>, Problem> + Send + 'static,
    ) -> Result<V, Problem> {
        // Held while it is worked out: whoever else asks wants the same.
        let mut current = lock(&self.current);
        match &*current {
            Some(known) if known.mark == mark => return Ok(known.value.clone()),
            Some(known) if known.took > QUICK => {
                let value = known.value.clone();
                drop(current);
                self.renew(worker, work_out);
                Ok(value)
            }
            _ => {
                let fresh = timed(work_out)?;
                let value = fresh.value.clone();
                *current = Some(fresh);
                Ok(value)
            }
        }
    }

    /// Has it worked out behind, once.
    fn renew(
        self: &Arc<Self>,
        worker: &Worker,
        work_out: impl FnOnce() -> Result<Marked<V>, Problem> + Send + 'static,
    ) {
        if self.is_waiting.swap(true, Ordering::AcqRel) {
            return;
        }
        let kept = self.clone();
        worker.add(move || {
            let fresh = catch_unwind(AssertUnwindSafe(|| timed(work_out)));
            // A problem is in the log; the next who asks has it tried again.
            if let Ok(Ok(fresh)) = fresh {
                *lock(&kept.current) = Some(fresh);
            }
            kept.is_waiting.store(false, Ordering::Release);
        });
    }

    /// When it was made, nothing where that failed. What is being made just now is the newest.
    fn made(&self) -> Option<Instant> {
        match self.current.try_lock() {
            Ok(current) => current.as_ref().map(|known| known.made),
            Err(_) => Some(Instant::now()),
        }
    }
}

fn timed<V>(work_out: impl FnOnce() -> Result<Marked<V>, Problem>) -> Result<Current<V>, Problem> {
    let started = Instant::now();
    let (mark, value) = work_out()?;
    Ok(Current { mark, value, took: started.elapsed(), made: Instant::now() })
}

/// Things that are kept by the question that they answer.
pub(crate) struct KeptAnswers<V> {
    of: Mutex<HashMap<String, Arc<Kept<V>>>>,
}

impl<V> Default for KeptAnswers<V> {
    fn default() -> Self {
        Self { of: Mutex::default() }
    }
}

impl<V: Clone + Send + 'static> KeptAnswers<V> {
    /// Where the answer to a question is kept.
    pub(crate) fn to(&self, question: String) -> Arc<Kept<V>> {
        let mut of = lock(&self.of);
        if of.len() >= KEPT_ANSWERS && !of.contains_key(&question) {
            let oldest = of.iter().min_by_key(|(_, kept)| kept.made()).map(|(question, _)| question.clone());
            oldest.and_then(|oldest| of.remove(&oldest));
        }
        of.entry(question).or_default().clone()
    }
}

/// A kept answer, as it goes out: packed and tagged once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptJson {
    body: Bytes,
    /// The body in gzip.
    pub(crate) packed: Bytes,
    /// Its ETag.
    pub(crate) tag: HeaderValue,
}

impl KeptJson {
    pub(crate) fn of(value: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_vec(value).map_err(|error| Problem::ours(&error))?;
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(&body).map_err(|error| Problem::ours(&error))?;
        let packed = packer.finish().map_err(|error| Problem::ours(&error))?;
        Ok(Self { tag: tag_of(&body), body: body.into(), packed: packed.into() })
    }
}

impl IntoResponse for KeptJson {
    fn into_response(self) -> Response {
        let kind = [(header::CONTENT_TYPE, "application/json")];
        let mut response = (kind, self.body.clone()).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

type Work = Box<dyn FnOnce() + Send>;

/// A thread that does one thing after the other and rests in between.
pub(crate) struct Worker {
    queue: Sender<Work>,
}

impl Worker {
    pub(crate) fn start() -> std::io::Result<Self> {
        let (queue, waiting) = channel();
        std::thread::Builder::new().name("worker".to_owned()).spawn(move || work(&waiting))?;
        Ok(Self { queue })
    }

    fn add(&self, work: impl FnOnce() + Send + 'static) {
        // The thread lives as long as somebody can add something.
        let _ = self.queue.send(Box::new(work));
    }
}

fn work(waiting: &Receiver<Work>) {
    for piece in waiting {
        let started = Instant::now();
        piece();
        std::thread::sleep((started.elapsed() * REST).min(LONGEST_REST));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slow(mark: u64) -> Result<Marked<u64>, Problem> {
        std::thread::sleep(QUICK * 2);
        Ok((mark, mark))
    }

    #[test]
    fn what_is_quick_is_always_new() {
        let (kept, worker) = (Arc::new(Kept::default()), Worker::start().unwrap());
        for mark in 0..5 {
            assert_eq!(kept.get(mark, &worker, move || Ok((mark, mark))), Ok(mark));
            assert_eq!(kept.get(mark, &worker, || panic!("it is known")), Ok(mark));
        }
    }

    #[test]
    fn what_is_slow_is_old_until_the_new_is_there() {
        let (kept, worker) = (Arc::new(Kept::default()), Worker::start().unwrap());
        assert_eq!(kept.get(1, &worker, || slow(1)), Ok(1));
        let started = Instant::now();
        assert_eq!(kept.get(2, &worker, || slow(2)), Ok(1), "the old");
        assert!(started.elapsed() < QUICK);
        while kept.get(2, &worker, || panic!("it is being worked out")) != Ok(2) {
            assert!(started.elapsed() < Duration::from_secs(10));
            std::thread::sleep(QUICK);
        }
    }

    #[test]
    fn a_failure_behind_leaves_the_old_and_is_tried_again() {
        let (kept, worker) = (Arc::new(Kept::default()), Worker::start().unwrap());
        assert_eq!(kept.get(1, &worker, || slow(1)), Ok(1));
        assert_eq!(kept.get(2, &worker, || panic!("on purpose")), Ok(1));
        let started = Instant::now();
        while kept.get(2, &worker, || slow(2)) != Ok(2) {
            assert!(started.elapsed() < Duration::from_secs(10));
            std::thread::sleep(QUICK);
        }
    }

    #[test]
    fn old_answers_are_forgotten() {
        let (answers, worker) = (KeptAnswers::default(), Worker::start().unwrap());
        for question in 0..KEPT_ANSWERS + 50 {
            let kept = answers.to(question.to_string());
            assert_eq!(kept.get(1, &worker, move || Ok((1, question))), Ok(question));
        }
        assert_eq!(lock(&answers.of).len(), KEPT_ANSWERS);
        assert!(lock(&answers.of).contains_key("100") && !lock(&answers.of).contains_key("10"));
    }
}
