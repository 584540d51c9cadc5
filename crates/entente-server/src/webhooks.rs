//! Webhooks: what a watchlist matches is posted to an address as it comes into the ledger, signed, and again until the other side
//! has taken it.

use crate::api::watchlists::filter_of;
use crate::desk::{Desk, Watchlist, Webhook};
use crate::problem::Problem;
use crate::state::{State, blocking};
use crate::token::hex;
use entente_fetch::{Client, FetchError};
use entente_ledger::store::Added;
use hmac::{Hmac, Mac};
use serde::Serialize;
use sha2::Sha256;
use std::collections::HashMap;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use utoipa::ToSchema;

/// How often it is looked for what is to be told.
const EVERY: Duration = Duration::from_secs(2);
/// Events that are told at once.
const AT_ONCE: usize = 100;
/// Wait after a first failure; each further one doubles it.
const FIRST_WAIT: Duration = Duration::from_secs(5);
/// The longest wait.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);

/// How it last went with a webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Delivery {
    /// When it was last tried.
    #[schema(value_type = String, format = DateTime)]
    at: jiff::Timestamp,
    /// How many events were told then.
    events: usize,
    /// Why it failed, if it did.
    failure: Option<String>,
}

/// What is known of a webhook since the server began.
#[derive(Default)]
struct Progress {
    is_running: bool,
    /// Everything up to this number was looked at.
    looked_up_to: u32,
    /// The last event of what was not taken: it is told again, and nothing else with it.
    until: Option<u32>,
    failures: u32,
    not_before: Option<Instant>,
}

/// Tells webhooks for as long as the server runs. None waits for another.
pub(crate) async fn run(state: State, client: Client) {
    let mut progress: HashMap<u64, Progress> = HashMap::new();
    let mut running = JoinSet::new();
    loop {
        tokio::time::sleep(EVERY).await;
        while let Some(ended) = running.try_join_next() {
            let Ok((id, outcome)) = ended else { continue };
            progress.entry(id).or_default().note(outcome);
        }
        // What cannot be read now may be next time.
        let Ok(watchlists) = state.desk(|desk| Ok(desk.watchlists().to_vec())).await else { continue };
        let Ok(last) = state.read(|ledger| Ok(ledger.last_number()?)).await else { continue };
        progress.retain(|id, _| watchlists.iter().any(|watchlist| watchlist.id == *id));
        for watchlist in watchlists {
            let Some(webhook) = watchlist.webhook.clone() else { continue };
            let known = progress.entry(watchlist.id).or_default();
            known.looked_up_to = known.looked_up_to.max(webhook.told_up_to);
            if known.is_due(last) {
                known.is_running = true;
                let (id, stretch) = (watchlist.id, (known.looked_up_to, known.until));
                let told = tell(state.clone(), client.clone(), watchlist, webhook, stretch);
                running.spawn(async move { (id, told.await) });
            }
        }
    }
}

impl Progress {
    fn is_due(&self, last: u32) -> bool {
        let is_time = self.not_before.is_none_or(|time| time <= Instant::now());
        !self.is_running && is_time && self.looked_up_to < last
    }

    fn note(&mut self, outcome: Outcome) {
        self.is_running = false;
        self.looked_up_to = self.looked_up_to.max(outcome.looked_up_to);
        self.until = outcome.failure.as_ref().and_then(|failure| failure.until);
        let Some(failure) = outcome.failure else {
            (self.failures, self.not_before) = (0, None);
            return;
        };
        let wait = FIRST_WAIT * 2u32.saturating_pow(self.failures.min(16));
        let wait = wait.max(failure.asked_wait).min(LONGEST_WAIT);
        self.failures += 1;
        self.not_before = Some(Instant::now() + wait);
    }
}

/// What came of telling a webhook.
struct Outcome {
    /// Everything up to this number was looked at, and told where it matches.
    looked_up_to: u32,
    failure: Option<Failure>,
}

/// Why not everything was told.
#[derive(Default)]
struct Failure {
    /// The last event of what was not taken.
    until: Option<u32>,
    /// How long the other side asks to wait.
    asked_wait: Duration,
}

/// Tells a webhook of all that came in after a number, and up to another the first time where that is given.
async fn tell(
    state: State,
    client: Client,
    watchlist: Watchlist,
    webhook: Webhook,
    (mut after, mut until): (u32, Option<u32>),
) -> Outcome {
    loop {
        match tell_once(&state, &client, &watchlist, &webhook, (after, until)).await {
            Ok(told) => {
                after = told.up_to;
                let is_all = !told.has_more && until.take().is_none();
                if is_all || !is_watched(&state, watchlist.id).await {
                    return Outcome { looked_up_to: after, failure: None };
                }
            }
            Err(failure) => return Outcome { looked_up_to: after, failure: Some(failure) },
        }
    }
}

/// Whether a watchlist is still there.
async fn is_watched(state: &State, id: u64) -> bool {
    let is_there = move |desk: &mut Desk| Ok(desk.watchlists().iter().any(|watchlist| watchlist.id == id));
    state.desk(is_there).await.unwrap_or(false)
}

/// How far it was told.
struct Told {
    up_to: u32,
    has_more: bool,
}

/// Tells a webhook of the next events, and keeps how it went.
async fn tell_once(
    state: &State,
    client: &Client,
    watchlist: &Watchlist,
    webhook: &Webhook,
    stretch: (u32, Option<u32>),
) -> Result<Told, Failure> {
    let id = watchlist.id;
    let ours = |_: Problem| {
        let failure = Some("the desk failed; its log says why".to_owned());
        state.delivered(id, Delivery { at: jiff::Timestamp::now(), events: 0, failure });
        Failure::default()
    };
    let filter = filter_of(&watchlist.filter).map_err(ours)?;
    let found = state.read(move |ledger| Ok(ledger.events_added(&filter, stretch, AT_ONCE)?)).await;
    let added = found.map_err(ours)?;
    let (events, up_to, has_more) = (added.events.len(), added.up_to, added.has_more);
    let Some(last) = added.last else { return Ok(Told { up_to, has_more }) };
    let posted = post(client, watchlist, webhook, (last, added)).await.map_err(ours)?;
    let failure = posted.as_ref().err().map(ToString::to_string);
    state.delivered(id, Delivery { at: jiff::Timestamp::now(), events, failure });
    if let Err(error) = posted {
        // The address may be a secret, so it is not logged.
        tracing::warn!(watchlist = id, status = status_of(&error), "a webhook was not told");
        return Err(Failure { until: Some(last), asked_wait: error.retry_after().unwrap_or_default() });
    }
    // Where this cannot be kept it was told all the same; after a restart it is told again.
    let _ = state.desk(move |desk| desk.told(id, up_to)).await;
    Ok(Told { up_to, has_more })
}

/// The status that the other side answered with, if it answered.
fn status_of(error: &FetchError) -> Option<u16> {
    match error {
        FetchError::Status { status, .. } => Some(*status),
        _ => None,
    }
}

/// Posts events once, on a thread that may wait.
async fn post(
    client: &Client,
    watchlist: &Watchlist,
    webhook: &Webhook,
    (last, added): (u32, Added),
) -> Result<Result<(), FetchError>, Problem> {
    let body = serde_json::json!({
        "watchlist": { "id": watchlist.id, "name": watchlist.name },
        "items": added.events,
        "has_more": added.has_more,
    });
    let body = body.to_string();
    let delivery = format!("{}-{last}", watchlist.id);
    let signature = format!("sha256={}", signature(&webhook.secret, body.as_bytes()));
    let (client, url) = (client.clone(), webhook.url.clone());
    blocking(move || {
        let headers = [
            ("x-entente-signature", signature.as_str()),
            // The same when the same is told again, so that it can be known by those who took it.
            ("x-entente-delivery", delivery.as_str()),
        ];
        Ok(client.post_json(&url, &headers, body.as_bytes()))
    })
    .await
}

/// HMAC-SHA256 (RFC 2104) in hexadecimal digits.
fn signature(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key may have any length");
    mac.update(body);
    hex(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_signed() {
        // RFC 4231, test case 2.
        assert_eq!(
            signature("Jefe", b"what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn failures_wait_longer_and_longer() {
        let failed =
            |asked_wait| Outcome { looked_up_to: 7, failure: Some(Failure { until: Some(8), asked_wait }) };
        let mut progress = Progress::default();
        let wait = |progress: &Progress| progress.not_before.unwrap() - Instant::now();
        progress.note(failed(Duration::ZERO));
        assert!(wait(&progress) <= FIRST_WAIT && !progress.is_due(9));
        assert_eq!((progress.looked_up_to, progress.until), (7, Some(8)));
        progress.note(failed(Duration::ZERO));
        assert!(wait(&progress) > FIRST_WAIT);
        progress.note(failed(Duration::from_secs(600)));
        assert!(wait(&progress) > Duration::from_secs(500));
        for _ in 0..100 {
            progress.note(failed(Duration::ZERO));
        }
        assert!(wait(&progress) <= LONGEST_WAIT);
        progress.note(Outcome { looked_up_to: 9, failure: None });
        assert!(progress.is_due(10) && !progress.is_due(9));
        assert_eq!((progress.until, progress.failures), (None, 0));
    }
}
