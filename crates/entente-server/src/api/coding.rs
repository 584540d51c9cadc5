//! Coding a text that is sent. Nothing is kept.

use super::asking::value;
use crate::problem::Problem;
use crate::state::State;
use axum::Json;
use axum::extract::State as Shared;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use entente::{Document, DocumentParts};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

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

/// All records of an article. Nothing is stored.
#[utoipa::path(post, path = "/code", tag = "coding", request_body = Article,
    responses((status = 200, body = Object), (status = 422, body = Object)))]
pub(crate) async fn code(
    Shared(state): Shared<State>,
    article: Result<Json<Article>, JsonRejection>,
) -> Result<Json<Value>, Problem> {
    let Json(article) = article.map_err(|refused| Problem::new(refused.status(), refused.body_text()))?;
    state
        .code(move |coder| {
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
            Ok(Json(value(&annotation)?))
        })
        .await
}
