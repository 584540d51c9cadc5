//! What all requests share: ledgers to read from, analyses that are kept, the coder.

use crate::desk::Desk;
use crate::problem::Problem;
use crate::serving::ServerError;
use entente::Coder;
use entente_analysis::dyads::Credibility;
use entente_analysis::surges::{SurgeOptions, Surges};
use entente_analysis::{ActOptions, Acts};
use entente_ledger::store::{Deeds, EventFilter, Ledger};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Ledgers that are kept open for the next request; more are opened when all are busy.
const KEPT_OPEN: usize = 8;

/// Shared by all requests.
#[derive(Clone)]
pub struct State {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    idle: Mutex<Vec<Ledger>>,
    analysed: Mutex<Option<Arc<Analysed>>>,
    coder: OnceLock<Coder>,
    desk: Mutex<Desk>,
}

/// The acts of a state of the ledger.
pub(crate) struct Analysed {
    /// Changes when the ledger does.
    pub(crate) mark: u64,
    pub(crate) deeds: Deeds,
    pub(crate) acts: Acts,
    /// What all pairs say of any one.
    pub(crate) credibility: Credibility,
    surges: OnceLock<Surges>,
    /// Answers that take long to work out, by their question.
    kept: Mutex<std::collections::HashMap<String, serde_json::Value>>,
}

/// Answers kept of one state of the ledger.
const KEPT_ANSWERS: usize = 200;

impl Analysed {
    /// What was unusual, found at the first call.
    pub(crate) fn surges(&self) -> &Surges {
        self.surges.get_or_init(|| Surges::of(&self.acts, &SurgeOptions::default()))
    }

    /// An answer that is kept, or worked out and kept.
    pub(crate) fn answer(
        &self,
        question: &str,
        work_out: impl FnOnce() -> Result<serde_json::Value, Problem>,
    ) -> Result<serde_json::Value, Problem> {
        if let Some(known) = lock(&self.kept).get(question) {
            return Ok(known.clone());
        }
        let answer = work_out()?;
        let mut kept = lock(&self.kept);
        if kept.len() < KEPT_ANSWERS {
            kept.insert(question.to_owned(), answer.clone());
        }
        Ok(answer)
    }
}

/// A panic elsewhere leaves nothing half done behind any of our locks.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// Opens the ledger of a file, to read only, and the desk's own file beside it.
    ///
    /// # Errors
    /// When one of them cannot be opened.
    pub fn open(path: &Path) -> Result<Self, ServerError> {
        let ledger = Ledger::open_read_only(path)?;
        let beside = desk_path(path);
        let desk = Desk::open(&beside).map_err(|source| ServerError::Desk { path: beside, source })?;
        Ok(Self {
            inner: Arc::new(Inner {
                path: path.to_owned(),
                idle: Mutex::new(vec![ledger]),
                analysed: Mutex::new(None),
                coder: OnceLock::new(),
                desk: Mutex::new(desk),
            }),
        })
    }

    /// Reads from a ledger on a thread that may wait.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Ledger) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let state = self.clone();
        blocking(move || state.with_ledger(read)).await
    }

    fn with_ledger<T>(&self, read: impl FnOnce(&Ledger) -> Result<T, Problem>) -> Result<T, Problem> {
        let idle = lock(&self.inner.idle).pop();
        let ledger = match idle {
            Some(ledger) => ledger,
            None => Ledger::open_read_only(&self.inner.path)?,
        };
        let answer = read(&ledger);
        let mut idle = lock(&self.inner.idle);
        if idle.len() < KEPT_OPEN {
            idle.push(ledger);
        }
        answer
    }

    /// Works on the acts of the ledger as it is now, on a thread that may wait.
    pub(crate) async fn analyse<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Analysed, &Ledger) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let state = self.clone();
        blocking(move || {
            state.with_ledger(|ledger| {
                let analysed = state.analysed(ledger)?;
                work(&analysed, ledger)
            })
        })
        .await
    }

    fn analysed(&self, ledger: &Ledger) -> Result<Arc<Analysed>, Problem> {
        let mark = ledger.mark()?;
        // Held while the acts are read: whoever else asks wants the same.
        let mut known = lock(&self.inner.analysed);
        if let Some(analysed) = known.as_ref().filter(|analysed| analysed.mark == mark) {
            return Ok(analysed.clone());
        }
        let deeds = ledger.deeds(&EventFilter::default())?;
        let acts = Acts::of(&deeds, &ActOptions::default());
        let analysed = Arc::new(Analysed {
            mark,
            credibility: Credibility::of_acts(&acts.list),
            surges: OnceLock::new(),
            deeds,
            acts,
            kept: Mutex::default(),
        });
        *known = Some(analysed.clone());
        Ok(analysed)
    }

    /// Codes on a thread that may wait; the coder is made at the first call.
    pub(crate) async fn code<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Coder) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let state = self.clone();
        blocking(move || {
            if state.inner.coder.get().is_none() {
                let coder = Coder::new().map_err(|error| Problem::ours(&error))?;
                // Another request may have made one meanwhile, which is as good.
                let _ = state.inner.coder.set(coder);
            }
            let coder = state.inner.coder.get().ok_or_else(|| Problem::ours(&"no coder"))?;
            work(coder)
        })
        .await
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

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(Problem::ours(&error)))
}
