//! Watchlists: filters by a name, what they match newest first, as a list and as a feed.

use super::asking::{EventQuery, List};
use crate::desk::Watchlist;
use crate::problem::Problem;
use crate::state::State;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, State as Shared};
use axum::http::{StatusCode, Uri, header};
use axum::response::IntoResponse;
use entente_ledger::store::{EventFilter, EventOrder, StoredEvent};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Events of a list of alerts, and of a feed.
const NEWEST: usize = 50;
/// Longest name, in code points.
const LONGEST_NAME: usize = 200;

/// All watchlists.
#[utoipa::path(get, path = "/watchlists", tag = "watch", responses((status = 200, body = List)))]
pub(crate) async fn watchlists(Shared(state): Shared<State>) -> Result<Json<List>, Problem> {
    state.desk(|desk| List::of(desk.watchlists(), None, Some(desk.watchlists().len() as u64))).await
}

/// Keeps a watchlist; its filter has the conditions of `/events`.
#[utoipa::path(post, path = "/watchlists", tag = "watch", request_body = Watchlist,
    responses((status = 201, body = Watchlist), (status = 400, body = Object), (status = 422, body = Object)))]
pub(crate) async fn watch(
    Shared(state): Shared<State>,
    asked: Result<Json<Watchlist>, JsonRejection>,
) -> Result<(StatusCode, Json<Watchlist>), Problem> {
    let Json(watchlist) = asked.map_err(|refused| Problem::new(refused.status(), refused.body_text()))?;
    if watchlist.name.trim().is_empty() || watchlist.name.chars().count() > LONGEST_NAME {
        let reason = format!("a watchlist has a name of at most {LONGEST_NAME} characters");
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, reason));
    }
    filter_of(&watchlist.filter)?;
    let kept = state.desk(move |desk| desk.watch(watchlist)).await?;
    Ok((StatusCode::CREATED, Json(kept)))
}

/// Forgets a watchlist.
#[utoipa::path(delete, path = "/watchlists/{id}", tag = "watch", params(("id" = String, Path, description = "Its number")),
    responses((status = 204), (status = 404, body = Object)))]
pub(crate) async fn unwatch(
    Shared(state): Shared<State>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let number = number(&id)?;
    match state.desk(move |desk| desk.unwatch(number)).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::missing("watchlist", &id)),
    }
}

/// The newest events that a watchlist matches.
#[utoipa::path(get, path = "/watchlists/{id}/alerts", tag = "watch", params(("id" = String, Path, description = "Its number")),
    responses((status = 200, body = List), (status = 404, body = Object)))]
pub(crate) async fn alerts(
    Shared(state): Shared<State>,
    Path(id): Path<String>,
) -> Result<Json<List>, Problem> {
    let (_, events, total) = newest(&state, &id).await?;
    List::of(&events, None, Some(total))
}

/// The same as an Atom feed, for a feed reader.
#[utoipa::path(get, path = "/watchlists/{id}/feed", tag = "watch", params(("id" = String, Path, description = "Its number")),
    responses((status = 200, content_type = "application/atom+xml", body = String), (status = 404, body = Object)))]
pub(crate) async fn feed(
    Shared(state): Shared<State>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let (watchlist, events, _) = newest(&state, &id).await?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml")], atom(&watchlist, &events)))
}

async fn newest(state: &State, id: &str) -> Result<(Watchlist, Vec<StoredEvent>, u64), Problem> {
    let number = number(id)?;
    let found =
        state.desk(move |desk| Ok(desk.watchlists().iter().find(|list| list.id == number).cloned())).await?;
    let watchlist = found.ok_or_else(|| Problem::missing("watchlist", id))?;
    let filter = filter_of(&watchlist.filter)?;
    let page =
        state.read(move |ledger| Ok(ledger.events(&filter, EventOrder::default(), None, NEWEST)?)).await?;
    Ok((watchlist, page.events, page.total))
}

fn number(id: &str) -> Result<u64, Problem> {
    id.parse().map_err(|_| Problem::missing("watchlist", id))
}

/// The filter that conditions mean, read as the query of `/events` is.
fn filter_of(conditions: &BTreeMap<String, String>) -> Result<EventFilter, Problem> {
    let uri: Uri =
        format!("/?{}", query(conditions)).parse().map_err(|_| Problem::bad("the filter is too long"))?;
    let Query(asked) =
        Query::<EventQuery>::try_from_uri(&uri).map_err(|error| Problem::bad(error.body_text()))?;
    asked.filter()
}

/// As a query string.
fn query(of: impl Serialize) -> String {
    serde_urlencoded::to_string(of).expect("pairs of texts can be a query string")
}

fn atom(watchlist: &Watchlist, events: &[StoredEvent]) -> String {
    let dated =
        |stored: &StoredEvent| format!("{}T00:00:00Z", stored.published.as_deref().unwrap_or("1970-01-01"));
    let updated = events.iter().map(dated).max().unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned());
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>{}</title>\n\
         <id>urn:entente:watchlist:{}</id>\n<updated>{updated}</updated>\n<author><name>Entente</name></author>\n",
        text(&watchlist.name),
        watchlist.id
    );
    for stored in events {
        let event = &stored.event;
        let names = |parties: &[entente::record::Entity]| {
            parties.iter().map(|party| party.entity_name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let link = format!("/read?{}", query([("document", &event.document_id), ("event", &event.id)]));
        let title = format!("{}: {} → {}", event.event, names(&event.actor), names(&event.recipient));
        let _ = writeln!(
            feed,
            "<entry><title>{}</title><id>urn:entente:event:{}</id><updated>{}</updated>\
             <link href=\"{}\"/><summary>{}</summary></entry>",
            text(&title),
            text(&event.id),
            dated(stored),
            text(&link),
            text(stored.title.as_deref().unwrap_or_default())
        );
    }
    feed.push_str("</feed>\n");
    feed
}

/// As text of XML: marks escaped, and what XML cannot hold left out.
fn text(of: &str) -> String {
    let mut safe = String::with_capacity(of.len());
    for character in of.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            _ if character.is_control() || matches!(character, '\u{FFFE}' | '\u{FFFF}') => safe.push(' '),
            _ => safe.push(character),
        }
    }
    safe
}
