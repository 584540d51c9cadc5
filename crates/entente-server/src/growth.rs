//! The ledger is looked at every few seconds, once for all who want to hear of its growth.

use crate::state::State;
use entente_ledger::store::Counts;
use std::time::Duration;
use tokio::sync::watch::Sender;

/// How often the ledger is looked at.
const EVERY: Duration = Duration::from_secs(2);

/// What those hear who watch the ledger: how much it holds, and nothing when the desk closes.
pub(crate) type Growth = Option<Counts>;

/// Tells how much the ledger holds whenever that has changed, until the desk closes.
pub(crate) async fn look(state: State, tell: Sender<Growth>) {
    let mut known = None;
    let mut ticks = tokio::time::interval(EVERY);
    while tell.borrow().is_some() {
        ticks.tick().await;
        // What cannot be read now may be next time.
        let Ok(mark) = state.read(|ledger| Ok(ledger.mark()?)).await else { continue };
        if known == Some(mark) {
            continue;
        }
        if let Ok(counts) = state.read(|ledger| Ok(ledger.counts()?)).await {
            known = Some(mark);
            tell.send_if_modified(|growth| {
                let is_open = growth.is_some();
                if is_open {
                    *growth = Some(counts);
                }
                is_open
            });
        }
    }
}
