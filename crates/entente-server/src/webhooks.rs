//! Webhooks: what a watchlist matches is posted to an address as it comes into the ledger, signed, and again until the other side
//! has taken it.

use crate::api::watchlists::filter_of;
use crate::desk::{Watchlist, Webhook};
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
    /// Everything up to this number was looked at.
    looked_up_to: u32,
    failures: u32,
    not_before: Option<Instant>,
}

/// Tells webhooks for as long as the server runs.
pub(crate) async fn run(state: State, client: Client) {
    let mut progress: HashMap<u64, Progress> = HashMap::new();
    loop {
        tokio::time::sleep(EVERY).await;
        // What cannot be read now may be next time.
        let Ok(watchlists) = state.desk(|desk| Ok(desk.watchlists().to_vec())).await else { continue };
        let Ok(last) = state.read(|ledger| Ok(ledger.last_number()?)).await else { continue };
        progress.retain(|id, _| watchlists.iter().any(|watchlist| watchlist.id == *id));
        let mut running = JoinSet::new();
        for watchlist in watchlists {
            let Some(webhook) = watchlist.webhook.clone() else { continue };
            let known = progress.entry(watchlist.id).or_default();
            known.looked_up_to = known.looked_up_to.max(webhook.told_up_to);
            let is_due = known.not_before.is_none_or(|time| time <= Instant::now());
            if is_due && known.looked_up_to < last {
                let (state, client, after) = (state.clone(), client.clone(), known.looked_up_to);
                running.spawn(
                    async move { (watchlist.id, tell(state, client, watchlist, webhook, after).await) },
                );
            }
        }
        while let Some(ended) = running.join_next().await {
            let Ok((id, outcome)) = ended else { continue };
            if let Some(known) = progress.get_mut(&id) {
                known.note(&outcome);
            }
        }
    }
}

impl Progress {
    fn note(&mut self, outcome: &Result<u32, Failure>) {
        match outcome {
            Ok(up_to) => *self = Self { looked_up_to: *up_to, failures: 0, not_before: None },
            Err(failure) => {
                let wait = FIRST_WAIT * 2u32.saturating_pow(self.failures.min(16));
                let wait = wait.max(failure.asked_wait).min(LONGEST_WAIT);
                self.failures += 1;
                self.not_before = Some(Instant::now() + wait);
            }
        }
    }
}

/// Why a webhook was not told.
struct Failure {
    /// How long the other side asks to wait.
    asked_wait: Duration,
}

/// Tells a webhook of all that came in after a number; answers up to which number that was.
async fn tell(
    state: State,
    client: Client,
    watchlist: Watchlist,
    webhook: Webhook,
    mut after: u32,
) -> Result<u32, Failure> {
    let ours = |_: Problem| Failure { asked_wait: Duration::ZERO };
    loop {
        let filter = filter_of(&watchlist.filter).map_err(ours)?;
        let added = state
            .read(move |ledger| Ok(ledger.events_added(&filter, after, AT_ONCE)?))
            .await
            .map_err(ours)?;
        after = added.up_to;
        if !added.events.is_empty() {
            let (count, has_more) = (added.events.len(), added.has_more);
            let posted = post(&client, &watchlist, &webhook, added).await.map_err(ours)?;
            let failure = posted.as_ref().err().map(ToString::to_string);
            if let Some(reason) = &failure {
                tracing::warn!(watchlist = watchlist.id, "webhook not told: {reason}");
            }
            state.delivered(watchlist.id, Delivery { at: jiff::Timestamp::now(), events: count, failure });
            if let Err(error) = posted {
                return Err(Failure { asked_wait: error.retry_after().unwrap_or_default() });
            }
            let id = watchlist.id;
            state.desk(move |desk| desk.told(id, after)).await.map_err(ours)?;
            if has_more {
                continue;
            }
        }
        return Ok(after);
    }
}

/// Posts events once, on a thread that may wait.
async fn post(
    client: &Client,
    watchlist: &Watchlist,
    webhook: &Webhook,
    added: Added,
) -> Result<Result<(), FetchError>, Problem> {
    let body = serde_json::json!({
        "watchlist": { "id": watchlist.id, "name": watchlist.name },
        "items": added.events,
        "has_more": added.has_more,
    });
    let body = body.to_string();
    let delivery = format!("{}-{}", watchlist.id, added.up_to);
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
        let mut progress = Progress { looked_up_to: 7, ..Progress::default() };
        let wait = |progress: &Progress| progress.not_before.unwrap() - Instant::now();
        progress.note(&Err(Failure { asked_wait: Duration::ZERO }));
        assert!(wait(&progress) <= FIRST_WAIT && progress.looked_up_to == 7);
        progress.note(&Err(Failure { asked_wait: Duration::ZERO }));
        assert!(wait(&progress) > FIRST_WAIT);
        progress.note(&Err(Failure { asked_wait: Duration::from_secs(600) }));
        assert!(wait(&progress) > Duration::from_secs(500));
        for _ in 0..100 {
            progress.note(&Err(Failure { asked_wait: Duration::ZERO }));
        }
        assert!(wait(&progress) <= LONGEST_WAIT);
        progress.note(&Ok(9));
        assert!(progress.not_before.is_none() && progress.looked_up_to == 9 && progress.failures == 0);
    }
}
