//! What is new, as it comes: server-sent events.

use crate::problem::Problem;
use crate::state::State;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use entente_ledger::store::Counts;
use std::convert::Infallible;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

/// An event `added` whenever the ledger grows; its data says by how many `documents`, `events` and `happenings`.
#[utoipa::path(get, path = "/stream", tag = "records",
    responses((status = 200, content_type = "text/event-stream", body = String)))]
pub(crate) async fn stream(
    Shared(state): Shared<State>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let mut growth = state.growth();
    let last = *growth.borrow_and_update();
    let closes = || Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the desk closes");
    let mut known = match last.ok_or_else(closes)? {
        // Nobody has looked yet.
        nothing if nothing == Counts::default() => state.read(|ledger| Ok(ledger.counts()?)).await?,
        known => known,
    };
    let growth = WatchStream::from_changes(growth).map_while(|growth| growth);
    let added = growth.filter(move |now| *now != known).map(move |now| {
        let added = serde_json::json!({
            "documents": now.documents.saturating_sub(known.documents),
            "events": now.events.saturating_sub(known.events),
            "happenings": now.happenings.saturating_sub(known.happenings),
        });
        known = now;
        Ok(Event::default().event("added").data(added.to_string()))
    });
    Ok(Sse::new(added).keep_alive(KeepAlive::default()))
}
