//! `entente watch`: new items of feeds, coded into a ledger as they come.
//!
//! `schedule → poll (several threads) → coding and ledger (this thread) → state`. A feed's state is written when its items
//! are in the ledger, so that nothing is lost when the program is killed between the two.

mod poll;
mod schedule;

use crate::arguments::WatchOptions;
use crate::batch::one;
use crate::commands::link::link_quietly;
use crate::report::{Outcome, tell};
use crate::versions::versions_of;
use crate::web;
use crate::workers::Workers;
use anyhow::Context;
use entente::record::Annotation;
use entente::{Coder, Document};
use entente_fetch::{Feed, Feeds, WatchState};
use entente_ledger::store::{Ledger, RunId};
use poll::{Found, Poller};
use schedule::Schedule;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

/// Feeds that are polled at the same time; each host is asked by one of them alone.
const POLLERS: usize = 4;
/// Polled feeds that may wait for the coder.
const WAITING: usize = 4;
/// Quiet time after which new items are linked: on a large ledger that takes longer than coding a few.
const LINK_PAUSE: Duration = Duration::from_secs(3);

pub(crate) fn run(options: &WatchOptions) -> anyhow::Result<Outcome> {
    let feeds = Feeds::read(&options.feeds)?;
    let visitor = web::visitor(&options.web);
    if options.check {
        return Ok(check(&feeds, &Poller { visitor: &visitor }));
    }
    let state_file = state_file(&options.ledger.ledger);
    let state = WatchState::read(&state_file)?;
    let coder = options.parts.coder()?;
    let workers = Workers::new(options.threads)?;
    let path = &options.ledger.ledger;
    let mut ledger = Ledger::open_or_create(path)?;
    let versions = versions_of(&coder, &options.parts)?;
    let settings = serde_json::json!({"feeds": options.feeds.display().to_string()}).to_string();
    let run = ledger.begin_run(&versions, &now(), &settings)?;
    let schedule = Schedule::new(&feeds, state, options.once, options.now);
    stop_on_signals(&schedule)?;
    let (sender, receiver) = sync_channel(WAITING);
    let outcome = std::thread::scope(|scope| {
        for _ in 0..POLLERS.min(feeds.feeds.len()) {
            let (sender, schedule, poller) = (sender.clone(), &schedule, Poller { visitor: &visitor });
            scope.spawn(move || poller.work(schedule, &sender));
        }
        drop(sender);
        let mut keeper =
            Keeper { ledger: &mut ledger, run, coder: &coder, workers: &workers, options, state_file };
        let kept = keeper.work(&receiver, &schedule);
        // An error here ends the pollers too.
        schedule.stop();
        drop(receiver);
        kept
    })?;
    ledger.end_run(run, &now())?;
    Ok(outcome)
}

/// Beside the ledger.
fn state_file(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(".feeds.json");
    PathBuf::from(name)
}

fn now() -> String {
    jiff::Timestamp::now().to_string()
}

/// The item in hand is finished, then the program ends; a second signal ends it at once.
fn stop_on_signals(schedule: &Schedule) -> anyhow::Result<()> {
    let stop = schedule.stopper();
    ctrlc::set_handler(move || {
        if stop.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        tell("ending after the items in hand");
    })
    .context("failed to listen for signals")
}

/// Codes what the pollers bring and puts it into the ledger.
struct Keeper<'a> {
    ledger: &'a mut Ledger,
    run: RunId,
    coder: &'a Coder,
    workers: &'a Workers,
    options: &'a WatchOptions,
    state_file: PathBuf,
}

impl Keeper<'_> {
    fn work(&mut self, polled: &Receiver<Found>, schedule: &Schedule) -> anyhow::Result<Outcome> {
        let mut outcome = Outcome::default();
        let mut is_linked = true;
        loop {
            match polled.recv_timeout(LINK_PAUSE) {
                Ok(found) => {
                    is_linked &= found.documents.is_empty();
                    self.take(found, schedule, &mut outcome)?;
                }
                Err(RecvTimeoutError::Timeout) if is_linked => {}
                Err(end) => {
                    link_quietly(self.ledger)?;
                    is_linked = true;
                    if end == RecvTimeoutError::Disconnected {
                        return Ok(outcome);
                    }
                }
            }
        }
    }

    fn take(&mut self, found: Found, schedule: &Schedule, outcome: &mut Outcome) -> anyhow::Result<()> {
        for message in &found.messages {
            tell(message);
        }
        outcome.failed += found.failures;
        outcome.done += usize::from(found.failures == 0);
        if !found.documents.is_empty() {
            self.keep(found.documents, outcome)?;
        }
        schedule.keep(&found.url, found.state).write(&self.state_file)?;
        Ok(())
    }

    fn keep(&mut self, documents: Vec<Document>, outcome: &mut Outcome) -> anyhow::Result<()> {
        let titles: Vec<String> = documents.iter().map(title_of).collect();
        let step = |coder: &Coder, document: Document| coder.code(&document);
        let items = documents.into_iter().map(Ok).collect();
        let mut coded: Vec<Annotation> = Vec::new();
        for (result, title) in
            self.workers.map(items, |item| one(self.coder, item, &step)).into_iter().zip(titles)
        {
            match result {
                Ok(annotation) => {
                    tell(&format!("{title}: {} events", annotation.events.len()));
                    coded.push(annotation);
                }
                Err(message) => outcome.fail(None, &message),
            }
        }
        let report = self.ledger.put(&coded, self.run)?;
        for refused in &report.refused {
            outcome.fail(None, &format!("document {}: {}", refused.id, refused.reason));
        }
        if self.options.jsonl {
            print_events(&coded)?;
        }
        Ok(())
    }
}

fn title_of(document: &Document) -> String {
    document.title().map_or_else(|| document.id.clone(), str::to_owned)
}

fn print_events(coded: &[Annotation]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    for event in coded.iter().flat_map(|annotation| &annotation.events) {
        serde_json::to_writer(&mut out, event)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// Asks each feed once and says what it holds; nothing is kept.
fn check(feeds: &Feeds, poller: &Poller) -> Outcome {
    let mut outcome = Outcome::default();
    for feed in &feeds.feeds {
        match poller.entries(feed) {
            Ok(entries) => {
                let with_text = entries.iter().filter(|entry| entry.text.is_some()).count();
                let newest = entries.iter().filter_map(|entry| entry.published).max();
                anstream::println!("{}", line(feed, entries.len(), with_text, newest));
                outcome.done += 1;
            }
            Err(message) => outcome.fail(None, &message),
        }
    }
    outcome
}

fn line(feed: &Feed, entries: usize, with_text: usize, newest: Option<jiff::civil::Date>) -> String {
    let newest = newest.map_or_else(|| "undated".to_owned(), |day| day.to_string());
    format!("{}  {entries} items, {with_text} with their text, newest {newest}", feed.url)
}
