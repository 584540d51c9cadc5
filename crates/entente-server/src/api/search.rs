//! Search over everything, and counts of everything.

use super::asking::{Asked, value};
use super::records::ToldDocument;
use crate::kept::KeptJson;
use crate::problem::Problem;
use crate::state::State;
use axum::Json;
use axum::extract::State as Shared;
use entente_ledger::store::{
    DocumentFilter, PersonFilter, StatementFilter, Stats, StoredPerson, StoredStatement,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Things of each kind.
const EACH: usize = 20;

/// What is sought.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchQuery {
    /// Words, "phrases in quotes", begin* of words; or the full name of a person.
    q: String,
}

/// What was found, at most twenty of a kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Found {
    /// Documents with the words.
    documents: Vec<ToldDocument>,
    /// Statements with the words.
    statements: Vec<StoredStatement>,
    /// People of that name.
    people: Vec<StoredPerson>,
}

/// Documents and statements with the words, and people of that name.
#[utoipa::path(get, path = "/search", tag = "records", params(SearchQuery), responses((status = 200, body = Found)))]
pub(crate) async fn search(
    Shared(state): Shared<State>,
    Asked(asked): Asked<SearchQuery>,
) -> Result<Json<Found>, Problem> {
    state
        .read(move |ledger| {
            let text = Some(asked.q.clone());
            let documents = ledger.documents(
                &DocumentFilter { text: text.clone(), ..DocumentFilter::default() },
                None,
                EACH,
            )?;
            let statements =
                ledger.statements(&StatementFilter { text, ..StatementFilter::default() }, None, EACH)?;
            let named = PersonFilter { names: vec![asked.q], ..PersonFilter::default() };
            let people = ledger.people(&named, None, EACH)?;
            Ok(Json(Found {
                documents: documents.items.into_iter().map(ToldDocument::of).collect(),
                statements: statements.items,
                people: people.items,
            }))
        })
        .await
}

/// What the ledger holds.
#[utoipa::path(get, path = "/stats", tag = "records", responses((status = 200, body = Stats)))]
pub(crate) async fn stats(Shared(state): Shared<State>) -> Result<KeptJson, Problem> {
    const DYADS: u32 = 50;
    state.told("stats".to_owned(), |ledger| value(&ledger.stats(DYADS)?)).await
}
