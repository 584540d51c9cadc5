//! The API under `/api/v1`, one file a thing. Its OpenAPI document is made of the handlers themselves.

mod analysis;
mod asking;
mod coding;
mod description;
mod records;
mod reviews;
mod search;
mod stream;
pub(crate) mod watchlists;

use crate::state::State;
use axum::routing::get;
use axum::{Json, Router};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::with_openapi(description::Description::openapi())
        .routes(routes!(coding::code))
        .routes(routes!(records::documents))
        .routes(routes!(records::document))
        .routes(routes!(records::events))
        .routes(routes!(records::event))
        .routes(routes!(records::statements))
        .routes(routes!(records::people))
        .routes(routes!(records::happenings))
        .routes(routes!(records::happening))
        .routes(routes!(analysis::dyads))
        .routes(routes!(analysis::alignment))
        .routes(routes!(analysis::axes))
        .routes(routes!(analysis::balance))
        .routes(routes!(analysis::surges))
        .routes(routes!(analysis::forecast))
        .routes(routes!(analysis::parties))
        .routes(routes!(search::search))
        .routes(routes!(search::stats))
        .routes(routes!(stream::stream))
        .routes(routes!(reviews::review, reviews::reviews))
        .routes(routes!(reviews::export))
        .routes(routes!(watchlists::watchlists, watchlists::watch))
        .routes(routes!(watchlists::unwatch))
        .routes(routes!(watchlists::alerts))
        .routes(routes!(watchlists::feed))
}

pub(crate) fn router() -> Router<State> {
    let (router, document) = OpenApiRouter::new().nest("/api/v1", routes()).split_for_parts();
    let document = Json(description::completed(document));
    router.route("/api/v1/openapi.json", get(async move || document))
}

/// The OpenAPI document of the API.
pub fn openapi() -> utoipa::openapi::OpenApi {
    description::completed(OpenApiRouter::<State>::new().nest("/api/v1", routes()).into_openapi())
}
