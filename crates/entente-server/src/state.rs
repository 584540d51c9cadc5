//! What all requests share: ledgers to read from, analyses that are kept, the coder.

use crate::desk::Desk;
use crate::growth::{Growth, look};
use crate::kept::{Kept, KeptAnswers, KeptJson, Worker, lock};
use crate::problem::Problem;
use crate::serving::ServerError;
use crate::webhooks::Delivery;
use axum::http::StatusCode;
use entente::Coder;
use entente_analysis::dyads::Credibility;
use entente_analysis::surges::{SurgeOptions, Surges};
use entente_analysis::{ActOptions, Acts};
use entente_ledger::LedgerError;
use entente_ledger::store::{Counts, Deeds, EventFilter, Ledger, RunVersions};
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use tokio::sync::Semaphore;
use tokio::sync::watch::{Receiver, Sender};

/// Requests that read from the ledger at a time; more wait. Each has a ledger of its own, which is kept open.
const READERS: usize = 8;
/// Requests at a time that need what is worked out of the whole ledger. They may wait long for each other, but nobody else for
/// them.
const ANALYSTS: usize = 8;

/// A coder, and the versions of its parts, under which the ledger keeps what it codes.
pub struct Coding {
    /// The coder.
    pub coder: Coder,
    /// What it is made of.
    pub versions: RunVersions,
}

/// Makes the coder, when the first article is sent.
pub type MakeCoding = Box<dyn Fn() -> Result<Coding, Box<dyn std::error::Error>> + Send + Sync>;

/// Shared by all requests.
#[derive(Clone)]
pub struct State {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    idle: Mutex<Vec<Ledger>>,
    make_coding: MakeCoding,
    coding: OnceLock<Coding>,
    reading: Places,
    analysing: Places,
    coders: Places,
    desk: Mutex<Desk>,
    deliveries: Mutex<HashMap<u64, Delivery>>,
    growth: Sender<Growth>,
    is_looking: AtomicBool,
    /// Held by whoever writes to the ledger.
    writing: Mutex<()>,
    worker: Worker,
    analysed: Arc<Kept<Arc<Analysed>>>,
    surges: Arc<Kept<Arc<Surges>>>,
    answers: KeptAnswers<KeptJson>,
}

/// The acts of a state of the ledger.
pub(crate) struct Analysed {
    /// Changes when the ledger does.
    mark: u64,
    pub(crate) deeds: Deeds,
    pub(crate) acts: Acts,
    /// What all pairs say of any one.
    pub(crate) credibility: Credibility,
}

impl Analysed {
    fn of(ledger: &Ledger) -> Result<Self, Problem> {
        // The mark of before: what comes in between is read again at the next chance.
        let mark = ledger.mark()?;
        let deeds = ledger.deeds(&EventFilter::default())?;
        let acts = Acts::of(&deeds, &ActOptions::default());
        Ok(Self { mark, credibility: Credibility::of_acts(&acts.list), deeds, acts })
    }
}

impl State {
    /// Opens the ledger of a file, to read only, and the desk's own file beside it.
    ///
    /// # Errors
    /// When one of them cannot be opened.
    pub fn open(path: &Path, make_coding: MakeCoding) -> Result<Self, ServerError> {
        let ledger = Ledger::open_read_only(path)?;
        let beside = desk_path(path);
        let desk = Desk::open(&beside).map_err(|source| ServerError::Desk { path: beside, source })?;
        Ok(Self {
            inner: Arc::new(Inner {
                path: path.to_owned(),
                idle: Mutex::new(vec![ledger]),
                make_coding,
                coding: OnceLock::new(),
                reading: Places::new(READERS),
                analysing: Places::new(ANALYSTS),
                coders: Places::new(std::thread::available_parallelism().map_or(1, usize::from)),
                desk: Mutex::new(desk),
                deliveries: Mutex::default(),
                growth: Sender::new(Some(Counts::default())),
                is_looking: AtomicBool::new(false),
                writing: Mutex::default(),
                worker: Worker::start().map_err(ServerError::Worker)?,
                analysed: Arc::new(Kept::urgent()),
                surges: Arc::default(),
                answers: KeptAnswers::default(),
            }),
        })
    }

    /// Reads from a ledger on a thread that may wait.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Ledger) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let state = self.clone();
        self.inner.reading.run(move || state.with_ledger(read)).await
    }

    fn with_ledger<T>(&self, read: impl FnOnce(&Ledger) -> Result<T, Problem>) -> Result<T, Problem> {
        let idle = lock(&self.inner.idle).pop();
        let ledger = match idle {
            Some(ledger) => ledger,
            None => Ledger::open_read_only(&self.inner.path)?,
        };
        let answer = read(&ledger);
        let mut idle = lock(&self.inner.idle);
        if idle.len() < READERS {
            idle.push(ledger);
        }
        answer
    }

    /// Works on the acts of the ledger, on a thread that may wait. Of a ledger that grows and is large the acts may be some
    /// seconds old.
    pub(crate) async fn analyse<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Analysed) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let state = self.clone();
        self.inner.analysing.run(move || work(&*state.analysed()?)).await
    }

    /// An answer that is the same for the same question until the ledger grows, as JSON.
    pub(crate) async fn answer(
        &self,
        question: String,
        work_out: impl FnOnce(&Analysed) -> Result<Value, Problem> + Send + 'static,
    ) -> Result<KeptJson, Problem> {
        let state = self.clone();
        let work = move || {
            let mark = state.analysed()?.mark;
            let kept = state.inner.answers.to(question);
            let behind = state.clone();
            let work = move || {
                let analysed = behind.analysed()?;
                Ok((analysed.mark, KeptJson::of(&work_out(&analysed)?)?))
            };
            kept.get(mark, &state.inner.worker, work)
        };
        self.inner.analysing.run(work).await
    }

    /// An answer out of the ledger itself, kept until it grows.
    pub(crate) async fn told(
        &self,
        question: String,
        read: impl FnOnce(&Ledger) -> Result<Value, Problem> + Send + 'static,
    ) -> Result<KeptJson, Problem> {
        let state = self.clone();
        let work = move || {
            let kept = state.inner.answers.to(question);
            let mark = state.with_ledger(|ledger| Ok(ledger.mark()?))?;
            let behind = state.clone();
            let work = move || {
                behind.with_ledger(|ledger| {
                    let mark = ledger.mark()?;
                    Ok((mark, KeptJson::of(&read(ledger)?)?))
                })
            };
            kept.get(mark, &state.inner.worker, work)
        };
        self.inner.analysing.run(work).await
    }

    /// What was unusual. On a thread that may wait.
    pub(crate) fn surges(&self, analysed: &Analysed) -> Result<Arc<Surges>, Problem> {
        let behind = self.clone();
        let work = move || {
            let analysed = behind.analysed()?;
            Ok((analysed.mark, Arc::new(Surges::of(&analysed.acts, &SurgeOptions::default()))))
        };
        self.inner.surges.get(analysed.mark, &self.inner.worker, work)
    }

    fn analysed(&self) -> Result<Arc<Analysed>, Problem> {
        let mark = self.with_ledger(|ledger| Ok(ledger.mark()?))?;
        let behind = self.clone();
        let work = move || {
            let analysed = behind.with_ledger(Analysed::of)?;
            Ok((analysed.mark, Arc::new(analysed)))
        };
        self.inner.analysed.get(mark, &self.inner.worker, work)
    }

    /// Reads the acts ahead of the first who asks.
    pub(crate) async fn warm_up(&self) {
        // What is wrong is told to whoever asks.
        let _ = self.analyse(|_| Ok(())).await;
    }

    /// Codes on a thread that may wait.
    pub(crate) async fn code<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Coding) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let state = self.clone();
        let work = move || {
            if state.inner.coding.get().is_none() {
                let coding = (state.inner.make_coding)().map_err(|error| Problem::ours(&error))?;
                // Another request may have made one meanwhile, which is as good.
                let _ = state.inner.coding.set(coding);
            }
            let coding = state.inner.coding.get().ok_or_else(|| Problem::ours(&"no coder"))?;
            work(coding)
        };
        self.inner.coders.run(work).await
    }

    /// Writes to the ledger, one request after the other; another process may write as well. On a thread that may wait.
    pub(crate) fn write<T>(
        &self,
        write: impl FnOnce(&mut Ledger) -> Result<T, LedgerError>,
    ) -> Result<T, Problem> {
        let _one_at_a_time = lock(&self.inner.writing);
        let written = Ledger::open(&self.inner.path).and_then(|mut ledger| write(&mut ledger));
        written.map_err(|error| match error {
            LedgerError::Locked { .. } | LedgerError::ReadOnly { .. } => {
                Problem::new(StatusCode::CONFLICT, "the ledger cannot be written to just now")
            }
            _ => Problem::ours(&error),
        })
    }

    /// Hears of the ledger's growth.
    pub(crate) fn growth(&self) -> Receiver<Growth> {
        if !self.inner.is_looking.swap(true, Ordering::AcqRel) {
            tokio::spawn(look(self.clone(), self.inner.growth.clone()));
        }
        self.inner.growth.subscribe()
    }

    /// Lets those go who hear of the ledger's growth.
    pub(crate) fn close(&self) {
        self.inner.growth.send_replace(None);
    }

    /// How it last went with a watchlist's webhook.
    pub(crate) fn delivery(&self, watchlist: u64) -> Option<Delivery> {
        lock(&self.inner.deliveries).get(&watchlist).cloned()
    }

    /// Forgets how it went with the webhook of a watchlist that is gone.
    pub(crate) fn forget_delivery(&self, watchlist: u64) {
        lock(&self.inner.deliveries).remove(&watchlist);
    }

    /// Keeps how it went with a watchlist's webhook.
    pub(crate) fn delivered(&self, watchlist: u64, delivery: Delivery) {
        lock(&self.inner.deliveries).insert(watchlist, delivery);
    }

    /// Works on the desk's own file.
    pub(crate) async fn desk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Desk) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let state = self.clone();
        blocking(move || work(&mut lock(&state.inner.desk))).await
    }
}

/// The file beside a ledger in which the desk keeps what is its own.
fn desk_path(ledger: &Path) -> PathBuf {
    let mut name = ledger.file_name().unwrap_or_default().to_os_string();
    name.push(".desk");
    ledger.with_file_name(name)
}

/// So many pieces of work at a time, each on a thread that may wait.
struct Places(Arc<Semaphore>);

impl Places {
    fn new(count: usize) -> Self {
        Self(Arc::new(Semaphore::new(count)))
    }

    /// Works when there is a place. It is taken until the work is done, even where nobody waits for it any more.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let place = self.0.clone().acquire_owned().await.map_err(|closed| Problem::ours(&closed))?;
        blocking(move || {
            let answer = work();
            drop(place);
            answer
        })
        .await
    }
}

/// Works on a thread that may wait.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(Problem::ours(&error)))
}
