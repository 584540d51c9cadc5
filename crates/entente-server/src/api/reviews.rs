//! Reviews: what somebody thinks of a record.

use super::asking::{List, value};
use crate::desk::{Review, Verdict};
use crate::problem::Problem;
use crate::state::State;
use axum::Json;
use axum::extract::State as Shared;
use axum::extract::rejection::JsonRejection;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use std::collections::BTreeMap;

/// Keeps a review. The ledger itself is never changed by it.
#[utoipa::path(post, path = "/reviews", tag = "review", request_body = Review,
    responses((status = 201, body = Review), (status = 404, description = "There is none of that id"), (status = 422, description = "It cannot be taken as it is")))]
pub(crate) async fn review(
    Shared(state): Shared<State>,
    review: Result<Json<Review>, JsonRejection>,
) -> Result<(StatusCode, Json<Review>), Problem> {
    let Json(mut review) = review.map_err(|refused| Problem::new(refused.status(), refused.body_text()))?;
    if (review.verdict == Verdict::Correct) != review.correction.is_some() {
        let reason = "a correction goes with the verdict correct, and with no other";
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, reason));
    }
    let id = review.event_id.clone();
    let is_there = {
        let id = id.clone();
        state.read(move |ledger| Ok(ledger.event(&id)?.is_some())).await?
    };
    if !is_there {
        return Err(Problem::missing("event", &id));
    }
    review.at = Some(jiff::Timestamp::now().to_string());
    let kept = review.clone();
    state.desk(move |desk| desk.add(kept)).await?;
    Ok((StatusCode::CREATED, Json(review)))
}

/// All reviews, the first first.
#[utoipa::path(get, path = "/reviews", tag = "review", responses((status = 200, body = List<Review>)))]
pub(crate) async fn reviews(Shared(state): Shared<State>) -> Result<Json<List<Review>>, Problem> {
    state.desk(|desk| Ok(List::whole(desk.reviews().to_vec()))).await
}

/// The reviewed events as JSON Lines: the record as it should be (absent where it was rejected), the record as it was, and the
/// last review of it.
#[utoipa::path(get, path = "/reviews/export", tag = "review",
    responses((status = 200, content_type = "application/x-ndjson", body = String)))]
pub(crate) async fn export(Shared(state): Shared<State>) -> Result<impl IntoResponse, Problem> {
    let last: BTreeMap<String, Review> = state
        .desk(|desk| {
            Ok(desk.reviews().iter().map(|review| (review.event_id.clone(), review.clone())).collect())
        })
        .await?;
    let lines = state
        .read(move |ledger| {
            let mut lines = String::new();
            for review in last.values() {
                let Some(stored) = ledger.event(&review.event_id)? else { continue };
                let coded = value(&stored.event)?;
                let mut gold = (review.verdict != Verdict::Reject).then(|| coded.clone());
                if let (Some(serde_json::Value::Object(gold)), Some(correction)) =
                    (&mut gold, &review.correction)
                {
                    gold.extend(correction.clone());
                }
                let line = serde_json::json!({ "gold": gold, "coded": coded, "review": value(review)? });
                lines.push_str(&line.to_string());
                lines.push('\n');
            }
            Ok(lines)
        })
        .await?;
    Ok(([(header::CONTENT_TYPE, "application/x-ndjson")], lines))
}
