//! What is worked out of the whole ledger is kept. Where that is quick it is done anew as soon as the ledger has grown; where it
//! is not, a recent answer of before is given at once and a new one worked out behind it, so that an ingest beside the desk
//! keeps nobody waiting.

use crate::problem::Problem;
use crate::tagging::tag_of;
use axum::body::Bytes;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::Serialize;
use std::collections::{HashMap, VecDeque};
use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What takes no longer is worked out while whoever asks waits.
const QUICK: Duration = Duration::from_millis(20);
/// An answer of a state before is given for so long after it was found to be one, and only if somebody asked as lately.
const RECENT: Duration = Duration::from_secs(60);
/// Where it takes long to work out, for so many times as long.
const RECENT_TIMES: u32 = 50;
/// Answers that are kept; of more those are forgotten that nobody asked for the longest.
const KEPT_ANSWERS: usize = 200;
/// After each piece of work the worker rests for so many times as long, so that it takes a fifth of one core.
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
    /// Whether it is worked out ahead of all others.
    is_urgent: bool,
}

struct Current<V> {
    mark: u64,
    value: V,
    took: Duration,
    asked: Instant,
    /// Since when it is known that the ledger has grown.
    old_since: Option<Instant>,
}

impl<V> Default for Kept<V> {
    fn default() -> Self {
        Self { current: Mutex::default(), is_waiting: AtomicBool::new(false), is_urgent: false }
    }
}

impl<V> Kept<V> {
    /// One that others need to be worked out.
    pub(crate) fn urgent() -> Self {
        Self { is_urgent: true, ..Self::default() }
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
        if let Some(known) = &mut *current {
            let is_given = known.mark == mark || (known.took > QUICK && known.is_recent());
            known.asked = Instant::now();
            if is_given {
                let (value, is_old) = (known.value.clone(), known.mark != mark);
                drop(current);
                if is_old {
                    self.renew(worker, work_out);
                }
                return Ok(value);
            }
        }
        let fresh = timed(work_out)?;
        let value = fresh.value.clone();
        *current = Some(fresh);
        Ok(value)
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
        worker.add(self.is_urgent, move || {
            let fresh = catch_unwind(AssertUnwindSafe(|| timed(work_out)));
            // A problem is in the log; the next who asks has it tried again.
            if let Ok(Ok(fresh)) = fresh {
                *lock(&kept.current) = Some(fresh);
            }
            kept.is_waiting.store(false, Ordering::Release);
        });
    }
}

impl<V> Current<V> {
    /// Whether it may still be given though the ledger has grown.
    fn is_recent(&mut self) -> bool {
        let now = Instant::now();
        let old_since = *self.old_since.get_or_insert(now);
        now - self.asked < RECENT && now - old_since < RECENT.max(self.took * RECENT_TIMES)
    }
}

fn timed<V>(work_out: impl FnOnce() -> Result<Marked<V>, Problem>) -> Result<Current<V>, Problem> {
    let started = Instant::now();
    let (mark, value) = work_out()?;
    Ok(Current { mark, value, took: started.elapsed(), asked: Instant::now(), old_since: None })
}

/// Things that are kept by the question that they answer.
pub(crate) struct KeptAnswers<V> {
    asked: Mutex<HashMap<String, Asked<V>>>,
}

struct Asked<V> {
    kept: Arc<Kept<V>>,
    last: Instant,
}

impl<V> Default for KeptAnswers<V> {
    fn default() -> Self {
        Self { asked: Mutex::default() }
    }
}

impl<V: Clone + Send + 'static> KeptAnswers<V> {
    /// Where the answer to a question is kept.
    pub(crate) fn to(&self, question: String) -> Arc<Kept<V>> {
        let mut asked = lock(&self.asked);
        if asked.len() >= KEPT_ANSWERS && !asked.contains_key(&question) {
            let longest_ago = asked.iter().min_by_key(|(_, asked)| asked.last);
            let question = longest_ago.map(|(question, _)| question.clone());
            question.and_then(|question| asked.remove(&question));
        }
        let last = Instant::now();
        let entry = asked.entry(question).or_insert_with(|| Asked { kept: Arc::default(), last });
        entry.last = last;
        entry.kept.clone()
    }
}

/// A kept answer in JSON: packed and tagged once. `tagging.rs` sends it as whoever asks can read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptJson {
    /// In gzip.
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
        Ok(Self { tag: tag_of(&body), packed: packed.into() })
    }

    /// As it was before it was packed.
    pub(crate) fn plain(&self) -> Vec<u8> {
        let mut body = Vec::new();
        GzDecoder::new(&self.packed[..])
            .read_to_end(&mut body)
            .expect("what was packed here can be unpacked");
        body
    }
}

impl IntoResponse for KeptJson {
    fn into_response(self) -> Response {
        let mut response = [(header::CONTENT_TYPE, "application/json")].into_response();
        response.extensions_mut().insert(self);
        response
    }
}

type Work = Box<dyn FnOnce() + Send>;

/// A thread that does one thing after the other and rests in between.
pub(crate) struct Worker {
    queue: Arc<Queue>,
}

#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    work: VecDeque<Work>,
    is_over: bool,
}

impl Worker {
    pub(crate) fn start() -> std::io::Result<Self> {
        let queue = Arc::new(Queue::default());
        let worker = Self { queue: queue.clone() };
        std::thread::Builder::new().name("worker".to_owned()).spawn(move || queue.work())?;
        Ok(worker)
    }

    fn add(&self, is_urgent: bool, work: impl FnOnce() + Send + 'static) {
        let mut waiting = lock(&self.queue.waiting);
        if is_urgent {
            waiting.work.push_front(Box::new(work));
        } else {
            waiting.work.push_back(Box::new(work));
        }
        self.queue.changed.notify_one();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        lock(&self.queue.waiting).is_over = true;
        self.queue.changed.notify_one();
    }
}

impl Queue {
    fn work(&self) {
        while let Some(piece) = self.next() {
            let started = Instant::now();
            piece();
            std::thread::sleep((started.elapsed() * REST).min(LONGEST_REST));
        }
    }

    fn next(&self) -> Option<Work> {
        let mut waiting = lock(&self.waiting);
        loop {
            if waiting.is_over {
                return None;
            }
            if let Some(piece) = waiting.work.pop_front() {
                return Some(piece);
            }
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
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
    fn what_is_no_longer_recent_is_not_given() {
        let (kept, worker) = (Arc::new(Kept::default()), Worker::start().unwrap());
        assert_eq!(kept.get(1, &worker, || slow(1)), Ok(1));
        let long_ago = Instant::now() - RECENT - QUICK * 3 * RECENT_TIMES;
        lock(&kept.current).as_mut().unwrap().asked = long_ago;
        assert_eq!(kept.get(2, &worker, || slow(2)), Ok(2), "nobody asked for long");
        lock(&kept.current).as_mut().unwrap().old_since = Some(long_ago);
        assert_eq!(kept.get(3, &worker, || slow(3)), Ok(3), "it has been old for long");
    }

    #[test]
    fn what_others_need_comes_first() {
        let worker = Worker::start().unwrap();
        let (done, order) = std::sync::mpsc::channel();
        let add = |is_urgent, name: &'static str| {
            let done = done.clone();
            worker.add(is_urgent, move || done.send(name).unwrap());
        };
        worker.add(false, || std::thread::sleep(QUICK * 2));
        add(false, "other");
        add(true, "urgent");
        assert_eq!([order.recv().unwrap(), order.recv().unwrap()], ["urgent", "other"]);
    }

    #[test]
    fn what_is_packed_comes_out_as_it_was() {
        let kept = KeptJson::of(&serde_json::json!({ "a": [1, "ä"] })).unwrap();
        assert_eq!(kept.plain(), r#"{"a":[1,"ä"]}"#.as_bytes());
    }

    #[test]
    fn answers_that_nobody_asks_for_are_forgotten() {
        let (answers, worker) = (KeptAnswers::default(), Worker::start().unwrap());
        for question in 0..KEPT_ANSWERS + 50 {
            answers.to("7".to_owned());
            let kept = answers.to(question.to_string());
            assert_eq!(kept.get(1, &worker, move || Ok((1, question))), Ok(question));
        }
        let asked = lock(&answers.asked);
        assert_eq!(asked.len(), KEPT_ANSWERS);
        assert!(asked.contains_key("100") && asked.contains_key("7") && !asked.contains_key("10"));
    }
}
