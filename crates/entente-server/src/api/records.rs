//! Documents, events, statements, people, happenings.

use super::asking::{Asked, EventQuery, List, PageQuery, list, parties, value};
use crate::problem::Problem;
use crate::state::State;
use axum::Json;
use axum::extract::{Path, State as Shared};
use entente_ledger::store::{
    DocumentEntry, DocumentFilter, EventOrder, HappeningFilter, PersonFilter, SortKey, StatementFilter,
};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

/// Conditions on documents.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DocumentQuery {
    /// Words, "phrases in quotes", begin* of words.
    text: Option<String>,
    /// A publication.
    source: Option<String>,
    /// Published on this day or later.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Published on this day or earlier.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
}

/// Documents, the last published first.
#[utoipa::path(get, path = "/documents", tag = "records", params(DocumentQuery, PageQuery),
    responses((status = 200, body = List)))]
pub(crate) async fn documents(
    Shared(state): Shared<State>,
    Asked(asked): Asked<DocumentQuery>,
    Asked(page): Asked<PageQuery>,
) -> Result<Json<List>, Problem> {
    let filter = DocumentFilter {
        text: asked.text,
        sources: asked.source.into_iter().collect(),
        from: asked.from,
        to: asked.to,
    };
    state
        .read(move |ledger| {
            let found = ledger.documents(&filter, page.after.as_deref(), page.limit())?;
            let items: Vec<Value> = found.items.iter().map(entry).collect();
            List::of(&items, found.next, None)
        })
        .await
}

/// A document in a list.
pub(super) fn entry(of: &DocumentEntry) -> Value {
    json!({
        "id": of.document_id,
        "title": of.title,
        "published": of.published,
        "publication": of.publication,
        "url": of.url,
        "story_id": of.story,
        "events": of.event_count,
    })
}

/// A document with all its records, and the others of its story.
#[utoipa::path(get, path = "/documents/{id}", tag = "records", params(("id" = String, Path, description = "Its id")),
    responses((status = 200, body = Object), (status = 404, description = "There is none of that id")))]
pub(crate) async fn document(
    Shared(state): Shared<State>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Problem> {
    state
        .read(move |ledger| {
            let annotation = ledger.annotation(&id)?.ok_or_else(|| Problem::missing("document", &id))?;
            let stored = ledger.document(&id)?;
            let story = stored.as_ref().and_then(|document| document.story.clone());
            let others = story.as_deref().map(|story| ledger.story(story)).transpose()?.unwrap_or_default();
            let others: Vec<&String> = others.iter().filter(|other| **other != id).collect();
            Ok(Json(json!({
                "annotation": annotation,
                "story_id": story,
                "story": others,
                "source": stored.as_ref().and_then(|document| document.publication.clone()),
                "duplicate_of": stored.as_ref().and_then(|document| document.duplicate_of.clone()),
                "revision_of": stored.and_then(|document| document.revision_of),
            })))
        })
        .await
}

/// How events are sorted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SortQuery {
    /// By what, the greatest first; by date if not given.
    sort: Option<SortName>,
    /// The smallest first.
    ascending: Option<bool>,
}

/// What events are sorted by.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SortName {
    Date,
    Confidence,
    Scale,
}

impl SortQuery {
    fn order(&self) -> EventOrder {
        let key = match self.sort {
            None | Some(SortName::Date) => SortKey::Date,
            Some(SortName::Confidence) => SortKey::Confidence,
            Some(SortName::Scale) => SortKey::Scale,
        };
        EventOrder { key, descending: !self.ascending.unwrap_or(false) }
    }
}

/// Events that match.
#[utoipa::path(get, path = "/events", tag = "records", params(EventQuery, SortQuery, PageQuery),
    responses((status = 200, body = List)))]
pub(crate) async fn events(
    Shared(state): Shared<State>,
    Asked(asked): Asked<EventQuery>,
    Asked(sort): Asked<SortQuery>,
    Asked(page): Asked<PageQuery>,
) -> Result<Json<List>, Problem> {
    let (filter, order) = (asked.filter()?, sort.order());
    state
        .read(move |ledger| {
            let found = ledger.events(&filter, order, page.after.as_deref(), page.limit())?;
            List::of(&found.events, found.next, Some(found.total))
        })
        .await
}

/// An event with everything that it rests on.
#[utoipa::path(get, path = "/events/{id}", tag = "records", params(("id" = String, Path, description = "Its id")),
    responses((status = 200, body = Object), (status = 404, description = "There is none of that id")))]
pub(crate) async fn event(
    Shared(state): Shared<State>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Problem> {
    state
        .read(move |ledger| {
            let found = ledger.explain(&id)?.ok_or_else(|| Problem::missing("event", &id))?;
            Ok(Json(value(&found)?))
        })
        .await
}

/// Conditions on statements.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct StatementQuery {
    /// Who says it: codes, sectors, both (RUS:GOV), Wikidata ids or names.
    speaker: Option<String>,
    /// direct, indirect or mixed.
    kind: Option<String>,
    /// Published on this day or later.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Published on this day or earlier.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
    /// Words of what is said.
    text: Option<String>,
    /// Id of a document.
    document: Option<String>,
}

/// Statements that match, the last published first.
#[utoipa::path(get, path = "/statements", tag = "records", params(StatementQuery, PageQuery),
    responses((status = 200, body = List)))]
pub(crate) async fn statements(
    Shared(state): Shared<State>,
    Asked(asked): Asked<StatementQuery>,
    Asked(page): Asked<PageQuery>,
) -> Result<Json<List>, Problem> {
    let filter = StatementFilter {
        speaker: parties(asked.speaker.as_deref()),
        kinds: list(asked.kind.as_deref()),
        from: asked.from,
        to: asked.to,
        text: asked.text,
        document: asked.document,
    };
    state
        .read(move |ledger| {
            let found = ledger.statements(&filter, page.after.as_deref(), page.limit())?;
            List::of(&found.items, found.next, None)
        })
        .await
}

/// Conditions on people.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PeopleQuery {
    /// A full name.
    name: Option<String>,
    /// Codes of the states or bodies that they belong to.
    code: Option<String>,
    /// PLOVER sectors.
    sector: Option<String>,
    /// Published on this day or later.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Published on this day or earlier.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
}

/// People that articles name, each time with office and age as stated.
#[utoipa::path(get, path = "/people", tag = "records", params(PeopleQuery, PageQuery),
    responses((status = 200, body = List)))]
pub(crate) async fn people(
    Shared(state): Shared<State>,
    Asked(asked): Asked<PeopleQuery>,
    Asked(page): Asked<PageQuery>,
) -> Result<Json<List>, Problem> {
    let upper = |words: Option<&str>| list(words).iter().map(|word| word.to_uppercase()).collect();
    let filter = PersonFilter {
        codes: upper(asked.code.as_deref()),
        sectors: upper(asked.sector.as_deref()),
        names: asked.name.into_iter().collect(),
        from: asked.from,
        to: asked.to,
        document: None,
    };
    state
        .read(move |ledger| {
            let found = ledger.people(&filter, page.after.as_deref(), page.limit())?;
            List::of(&found.items, found.next, None)
        })
        .await
}

/// Further conditions on happenings.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct HappeningQuery {
    /// Least number of reports.
    reports_min: Option<u32>,
    /// Least number of publications.
    sources_min: Option<u32>,
    /// The most reported first, instead of the newest.
    by_reports: Option<bool>,
}

/// Acts in the world, each with all its reports and what they differ on.
#[utoipa::path(get, path = "/happenings", tag = "records", params(EventQuery, HappeningQuery, PageQuery),
    responses((status = 200, body = List)))]
pub(crate) async fn happenings(
    Shared(state): Shared<State>,
    Asked(events): Asked<EventQuery>,
    Asked(asked): Asked<HappeningQuery>,
    Asked(page): Asked<PageQuery>,
) -> Result<Json<List>, Problem> {
    let filter = HappeningFilter {
        events: events.filter()?,
        mentions_min: asked.reports_min,
        sources_min: asked.sources_min,
        by_mentions: asked.by_reports.unwrap_or(false),
    };
    state
        .read(move |ledger| {
            let found = ledger.happenings(&filter, page.after.as_deref(), page.limit())?;
            let mut items = Vec::with_capacity(found.items.len());
            for stored in &found.items {
                // It may have been linked anew since the page was read.
                if let Some(record) = ledger.happening(&stored.happening.id)? {
                    let mut item = value(&record)?;
                    item["event_scale"] = stored.happening.event_scale.into();
                    item["confidence"] = stored.happening.confidence.into();
                    item["sources"] = stored.happening.sources.into();
                    items.push(item);
                }
            }
            List::of(&items, found.next, None)
        })
        .await
}

/// A happening.
#[utoipa::path(get, path = "/happenings/{id}", tag = "records", params(("id" = String, Path, description = "Its id")),
    responses((status = 200, body = Object), (status = 404, description = "There is none of that id")))]
pub(crate) async fn happening(
    Shared(state): Shared<State>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Problem> {
    state
        .read(move |ledger| {
            let found = ledger.happening(&id)?.ok_or_else(|| Problem::missing("happening", &id))?;
            Ok(Json(value(&found)?))
        })
        .await
}
