//! Watchlists: filters by a name, what they match newest first, as a list and as a feed, and as it comes to a webhook.

use super::asking::{EventQuery, List, asked};
use crate::desk::{Watchlist, Webhook};
use crate::problem::Problem;
use crate::state::State;
use crate::token;
use crate::webhooks::Delivery;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use entente_ledger::store::{EventFilter, EventOrder, StoredEvent};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use utoipa::ToSchema;

/// Events of a list of alerts, and of a feed.
const NEWEST: usize = 50;
/// Longest name, in code points.
const LONGEST_NAME: usize = 200;

/// A watchlist as it is asked for.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Wish {
    /// What its owner calls it.
    #[schema(min_length = 1, max_length = 200, pattern = r"\S")]
    name: String,
    /// Conditions as the query of `/events` has them.
    #[serde(default)]
    filter: BTreeMap<String, String>,
    /// An address of http or https to which events are posted as they come into the ledger.
    webhook: Option<String>,
}

/// A watchlist as it is told.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ToldWatchlist {
    /// Its number.
    id: u64,
    /// What its owner calls it.
    name: String,
    /// Conditions as the query of `/events` has them.
    filter: BTreeMap<String, String>,
    /// Where events are posted.
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook: Option<String>,
    /// The key of the signatures, told this once: `X-Entente-Signature` is `sha256=` and the HMAC-SHA256 of a body by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    /// How it last went with the webhook, since the server began.
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery: Option<Delivery>,
}

impl ToldWatchlist {
    fn of(watchlist: Watchlist, delivery: Option<Delivery>) -> Self {
        let Watchlist { id, name, filter, webhook } = watchlist;
        Self { id, name, filter, webhook: webhook.map(|webhook| webhook.url), secret: None, delivery }
    }
}

/// All watchlists.
#[utoipa::path(get, path = "/watchlists", tag = "watch", responses((status = 200, body = List<ToldWatchlist>)))]
pub(crate) async fn watchlists(Shared(state): Shared<State>) -> Result<Json<List<ToldWatchlist>>, Problem> {
    let watchlists = state.desk(|desk| Ok(desk.watchlists().to_vec())).await?;
    let told = |watchlist: Watchlist| {
        let delivery = state.delivery(watchlist.id);
        ToldWatchlist::of(watchlist, delivery)
    };
    Ok(List::whole(watchlists.into_iter().map(told).collect()))
}

/// Keeps a watchlist; its filter has the conditions of `/events`. A webhook is told of what comes in from now on.
#[utoipa::path(post, path = "/watchlists", tag = "watch", request_body = Wish,
    responses((status = 201, body = ToldWatchlist), (status = 400, description = "The filter cannot be read"), (status = 422, description = "It cannot be taken as it is")))]
pub(crate) async fn watch(
    Shared(state): Shared<State>,
    wish: Result<Json<Wish>, JsonRejection>,
) -> Result<(StatusCode, Json<ToldWatchlist>), Problem> {
    let Json(wish) = wish.map_err(|refused| Problem::new(refused.status(), refused.body_text()))?;
    let refused = |reason: String| Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, reason));
    if wish.name.trim().is_empty() || wish.name.chars().count() > LONGEST_NAME {
        return refused(format!("a watchlist has a name of at most {LONGEST_NAME} characters"));
    }
    if wish.webhook.as_deref().is_some_and(|url| !entente_fetch::is_web_address(url)) {
        return refused("a webhook is an address of http or https".to_owned());
    }
    filter_of(&wish.filter)?;
    let told_up_to = state.read(|ledger| Ok(ledger.last_number()?)).await?;
    let webhook = match wish.webhook {
        Some(url) => {
            let secret = token::new().map_err(|error| Problem::ours(&error))?;
            Some(Webhook { url, secret, told_up_to })
        }
        None => None,
    };
    let secret = webhook.as_ref().map(|webhook| webhook.secret.clone());
    let watchlist = Watchlist { id: 0, name: wish.name, filter: wish.filter, webhook };
    let kept = state.desk(move |desk| desk.watch(watchlist)).await?;
    Ok((StatusCode::CREATED, Json(ToldWatchlist { secret, ..ToldWatchlist::of(kept, None) })))
}

/// Forgets a watchlist.
#[utoipa::path(delete, path = "/watchlists/{id}", tag = "watch", params(("id" = String, Path, description = "Its number")),
    responses((status = 204), (status = 404, description = "There is none of that id")))]
pub(crate) async fn unwatch(
    Shared(state): Shared<State>,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let number = number(&id)?;
    match state.desk(move |desk| desk.unwatch(number)).await? {
        true => {
            state.forget_delivery(number);
            Ok(StatusCode::NO_CONTENT)
        }
        false => Err(Problem::missing("watchlist", &id)),
    }
}

/// The newest events that a watchlist matches.
#[utoipa::path(get, path = "/watchlists/{id}/alerts", tag = "watch", params(("id" = String, Path, description = "Its number")),
    responses((status = 200, body = List<StoredEvent>), (status = 404, description = "There is none of that id")))]
pub(crate) async fn alerts(
    Shared(state): Shared<State>,
    Path(id): Path<String>,
) -> Result<Json<List<StoredEvent>>, Problem> {
    let (_, events, total) = newest(&state, &id).await?;
    Ok(List::of(events, None, Some(total)))
}

/// The same as an Atom feed, for a feed reader.
#[utoipa::path(get, path = "/watchlists/{id}/feed", tag = "watch", params(("id" = String, Path, description = "Its number")),
    responses((status = 200, content_type = "application/atom+xml", body = String), (status = 404, description = "There is none of that id")))]
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
pub(crate) fn filter_of(conditions: &BTreeMap<String, String>) -> Result<EventFilter, Problem> {
    asked::<EventQuery>(&query(conditions))?.filter()
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
