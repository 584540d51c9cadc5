//! What is new, as it comes: server-sent events.

use crate::problem::Problem;
use crate::state::State;
use axum::extract::State as Shared;
use axum::response::sse::{Event, KeepAlive, Sse};
use std::convert::Infallible;
use std::time::Duration;
use tokio_stream::{Stream, StreamExt};

/// How often the ledger is looked at.
const EVERY: Duration = Duration::from_secs(2);

/// An event `added` whenever the ledger grows; its data is a number that is another one each time.
#[utoipa::path(get, path = "/stream", tag = "records",
    responses((status = 200, content_type = "text/event-stream", body = String)))]
pub(crate) async fn stream(
    Shared(state): Shared<State>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let mut known = state.read(|ledger| Ok(ledger.mark()?)).await?;
    let ticks = tokio_stream::wrappers::IntervalStream::new(tokio::time::interval(EVERY));
    let marks = ticks.then(move |_| {
        let state = state.clone();
        async move { state.read(|ledger| Ok(ledger.mark()?)).await.ok() }
    });
    let added = marks.filter_map(move |mark| {
        let mark = mark.filter(|mark| *mark != known)?;
        known = mark;
        Some(Ok(Event::default().event("added").data(mark.to_string())))
    });
    Ok(Sse::new(added).keep_alive(KeepAlive::default()))
}
