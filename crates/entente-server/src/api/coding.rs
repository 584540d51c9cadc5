//! Coding a text that is sent. Nothing is kept unless that is asked for.

use super::asking::Asked;
use crate::problem::Problem;
use crate::state::{Coding, State, blocking};
use axum::Json;
use axum::extract::State as Shared;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use entente::record::Annotation;
use entente::{Document, DocumentParts};
use entente_ledger::store::{Ledger, RunVersions};
use entente_ledger::{LedgerError, linking};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// An article.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct Article {
    /// Its body.
    text: String,
    /// Its title.
    title: Option<String>,
    /// Day of publication.
    #[schema(value_type = Option<String>, format = Date)]
    published: Option<Date>,
    /// Paper, agency or site.
    publication: Option<String>,
}

/// What becomes of the records.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct StoreQuery {
    /// Whether the article is kept in the ledger with its records; not if not given.
    store: Option<bool>,
}

/// All records of an article. Nothing is stored unless asked; what is stored is linked to stories and happenings at once, or with
/// the next ingest where more is waiting for that.
#[utoipa::path(post, path = "/code", tag = "coding", params(StoreQuery), request_body = Article,
    responses((status = 200, body = Annotation, description = "Coded"), (status = 201, body = Annotation, description = "Coded and stored"),
        (status = 409, description = "The ledger cannot be written to"), (status = 422, description = "It cannot be taken as it is")))]
pub(crate) async fn code(
    Shared(state): Shared<State>,
    Asked(asked): Asked<StoreQuery>,
    article: Result<Json<Article>, JsonRejection>,
) -> Result<(StatusCode, Json<Annotation>), Problem> {
    let Json(article) = article.map_err(|refused| Problem::new(refused.status(), refused.body_text()))?;
    let is_kept = asked.store.unwrap_or(false);
    let (annotation, versions) = state
        .code(move |Coding { coder, versions }| {
            let document = Document::new(DocumentParts {
                title: article.title,
                body: article.text,
                published: article.published,
                publication: article.publication,
                ..DocumentParts::default()
            });
            let annotation = coder
                .code(&document)
                .map_err(|error| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()))?;
            Ok((annotation, versions.clone()))
        })
        .await?;
    if !is_kept {
        return Ok((StatusCode::OK, Json(annotation)));
    }
    blocking(move || {
        state.write(|ledger| store(ledger, &annotation, &versions))?;
        Ok((StatusCode::CREATED, Json(annotation)))
    })
    .await
}

/// Keeps an article with its records, as a run of its own.
fn store(ledger: &mut Ledger, annotation: &Annotation, versions: &RunVersions) -> Result<(), LedgerError> {
    let now = || jiff::Timestamp::now().to_string();
    let run = ledger.begin_run(versions, &now(), r#"{"desk":true}"#)?;
    ledger.put(std::slice::from_ref(annotation), run)?;
    ledger.end_run(run, &now())?;
    // More waits while an ingest goes on beside, which links it all at its end.
    if linking::waiting(ledger)? == 1 {
        linking::link(ledger, |_, _| ())?;
    }
    Ok(())
}
