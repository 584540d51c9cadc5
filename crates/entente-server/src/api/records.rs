//! Documents, events, statements, people, happenings.

use super::asking::{Asked, EventQuery, List, PageQuery, list, parties};
use crate::problem::Problem;
use crate::state::State;
use axum::Json;
use axum::extract::{Path, State as Shared};
use entente::record::Annotation;
use entente_ledger::happenings::Happening;
use entente_ledger::store::{
    DocumentEntry, DocumentFilter, EventOrder, Explanation, HappeningFilter, PersonFilter, SortKey,
    StatementFilter, StoredEvent, StoredPerson, StoredStatement,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
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
    responses((status = 200, body = List<ToldDocument>)))]
pub(crate) async fn documents(
    Shared(state): Shared<State>,
    Asked(asked): Asked<DocumentQuery>,
    Asked(page): Asked<PageQuery>,
) -> Result<Json<List<ToldDocument>>, Problem> {
    let filter = DocumentFilter {
        text: asked.text,
        sources: asked.source.into_iter().collect(),
        from: asked.from,
        to: asked.to,
    };
    let limit = page.limit()?;
    state
        .read(move |ledger| {
            let found = ledger.documents(&filter, page.after.as_deref(), limit)?;
            let items = found.items.into_iter().map(ToldDocument::of).collect();
            Ok(List::of(items, found.next, None))
        })
        .await
}

/// A document in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ToldDocument {
    /// Its id.
    id: String,
    /// Title.
    title: Option<String>,
    /// ISO 8601 day of publication.
    published: Option<String>,
    /// Paper, agency or site.
    publication: Option<String>,
    /// Where it was found.
    url: Option<String>,
    /// The story that it tells of.
    story_id: Option<String>,
    /// Number of events.
    events: u64,
}

impl ToldDocument {
    pub(super) fn of(entry: DocumentEntry) -> Self {
        Self {
            id: entry.document_id,
            title: entry.title,
            published: entry.published,
            publication: entry.publication,
            url: entry.url,
            story_id: entry.story,
            events: entry.event_count,
        }
    }
}

/// A document with all that is known of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WholeDocument {
    /// The document with all records that were read out of it.
    annotation: Annotation,
    /// The story that it tells of.
    story_id: Option<String>,
    /// Ids of the other documents of its story.
    story: Vec<String>,
    /// Publication, feed or system.
    source: Option<String>,
    /// The document that has the same content, or nearly.
    duplicate_of: Option<String>,
    /// The document that came under the same id before, with other content.
    revision_of: Option<String>,
}

/// A document with all its records, and the others of its story.
#[utoipa::path(get, path = "/documents/{id}", tag = "records", params(("id" = String, Path, description = "Its id")),
    responses((status = 200, body = WholeDocument), (status = 404, description = "There is none of that id")))]
pub(crate) async fn document(
    Shared(state): Shared<State>,
    Path(id): Path<String>,
) -> Result<Json<WholeDocument>, Problem> {
    state
        .read(move |ledger| {
            let annotation = ledger.annotation(&id)?.ok_or_else(|| Problem::missing("document", &id))?;
            let stored = ledger.document(&id)?.ok_or_else(|| Problem::missing("document", &id))?;
            let story = stored.story.as_deref().map(|story| ledger.story(story)).transpose()?;
            let others = story.unwrap_or_default().into_iter().filter(|other| *other != id).collect();
            Ok(Json(WholeDocument {
                annotation,
                story_id: stored.story,
                story: others,
                source: stored.publication,
                duplicate_of: stored.duplicate_of,
                revision_of: stored.revision_of,
            }))
        })
        .await
}

/// How events are sorted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SortQuery {
    /// By what, the greatest first; by date if not given.
    #[param(inline)]
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
    responses((status = 200, body = List<StoredEvent>)))]
pub(crate) async fn events(
    Shared(state): Shared<State>,
    Asked(asked): Asked<EventQuery>,
    Asked(sort): Asked<SortQuery>,
    Asked(page): Asked<PageQuery>,
) -> Result<Json<List<StoredEvent>>, Problem> {
    let (filter, order, limit) = (asked.filter()?, sort.order(), page.limit()?);
    state
        .read(move |ledger| {
            let found = ledger.events(&filter, order, page.after.as_deref(), limit)?;
            Ok(List::of(found.events, found.next, Some(found.total)))
        })
        .await
}

/// An event with everything that it rests on.
#[utoipa::path(get, path = "/events/{id}", tag = "records", params(("id" = String, Path, description = "Its id")),
    responses((status = 200, body = Explanation), (status = 404, description = "There is none of that id")))]
pub(crate) async fn event(
    Shared(state): Shared<State>,
    Path(id): Path<String>,
) -> Result<Json<Explanation>, Problem> {
    state
        .read(move |ledger| {
            let found = ledger.explain(&id)?.ok_or_else(|| Problem::missing("event", &id))?;
            Ok(Json(found))
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
    responses((status = 200, body = List<StoredStatement>)))]
pub(crate) async fn statements(
    Shared(state): Shared<State>,
    Asked(asked): Asked<StatementQuery>,
    Asked(page): Asked<PageQuery>,
) -> Result<Json<List<StoredStatement>>, Problem> {
    let filter = StatementFilter {
        speaker: parties(asked.speaker.as_deref()),
        kinds: list(asked.kind.as_deref()),
        from: asked.from,
        to: asked.to,
        text: asked.text,
        document: asked.document,
    };
    let limit = page.limit()?;
    state
        .read(move |ledger| {
            let found = ledger.statements(&filter, page.after.as_deref(), limit)?;
            Ok(List::of(found.items, found.next, None))
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
    responses((status = 200, body = List<StoredPerson>)))]
pub(crate) async fn people(
    Shared(state): Shared<State>,
    Asked(asked): Asked<PeopleQuery>,
    Asked(page): Asked<PageQuery>,
) -> Result<Json<List<StoredPerson>>, Problem> {
    let upper = |words: Option<&str>| list(words).iter().map(|word| word.to_uppercase()).collect();
    let filter = PersonFilter {
        codes: upper(asked.code.as_deref()),
        sectors: upper(asked.sector.as_deref()),
        names: asked.name.into_iter().collect(),
        from: asked.from,
        to: asked.to,
        document: None,
    };
    let limit = page.limit()?;
    state
        .read(move |ledger| {
            let found = ledger.people(&filter, page.after.as_deref(), limit)?;
            Ok(List::of(found.items, found.next, None))
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

/// A happening in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ToldHappening {
    /// The happening.
    #[serde(flatten)]
    happening: Happening,
    /// PLOVER's score, -10 to 10.
    event_scale: f64,
    /// 0 to 1.
    confidence: f64,
    /// Number of publications.
    sources: u32,
}

/// Acts in the world, each with all its reports and what they differ on.
#[utoipa::path(get, path = "/happenings", tag = "records", params(EventQuery, HappeningQuery, PageQuery),
    responses((status = 200, body = List<ToldHappening>)))]
pub(crate) async fn happenings(
    Shared(state): Shared<State>,
    Asked(events): Asked<EventQuery>,
    Asked(asked): Asked<HappeningQuery>,
    Asked(page): Asked<PageQuery>,
) -> Result<Json<List<ToldHappening>>, Problem> {
    let filter = HappeningFilter {
        events: events.filter()?,
        mentions_min: asked.reports_min,
        sources_min: asked.sources_min,
        by_mentions: asked.by_reports.unwrap_or(false),
    };
    let limit = page.limit()?;
    state
        .read(move |ledger| {
            let found = ledger.happenings(&filter, page.after.as_deref(), limit)?;
            let mut items = Vec::with_capacity(found.items.len());
            for stored in &found.items {
                // It may have been linked anew since the page was read.
                if let Some(record) = ledger.happening(&stored.happening.id)? {
                    items.push(ToldHappening {
                        happening: record,
                        event_scale: stored.happening.event_scale,
                        confidence: stored.happening.confidence,
                        sources: stored.happening.sources,
                    });
                }
            }
            Ok(List::of(items, found.next, None))
        })
        .await
}

/// A happening.
#[utoipa::path(get, path = "/happenings/{id}", tag = "records", params(("id" = String, Path, description = "Its id")),
    responses((status = 200, body = Happening), (status = 404, description = "There is none of that id")))]
pub(crate) async fn happening(
    Shared(state): Shared<State>,
    Path(id): Path<String>,
) -> Result<Json<Happening>, Problem> {
    state
        .read(move |ledger| {
            let found = ledger.happening(&id)?.ok_or_else(|| Problem::missing("happening", &id))?;
            Ok(Json(found))
        })
        .await
}
