//! What requests can say, and lists as answers.

use crate::problem::Problem;
use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use entente::{Aux, EventType};
use entente_ledger::store::{AuxFilter, EventFilter, PartyFilter};
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};
use std::fmt::Display;
use std::ops::RangeInclusive;
use utoipa::{IntoParams, ToSchema};

/// Records a page: at most, and where nothing is said.
const MOST: usize = 500;
const USUAL: usize = 50;

/// A query string. One that cannot be read is a problem, not a bare text; a condition without a value is none, as forms send it.
pub(crate) struct Asked<T>(pub(crate) T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        asked(parts.uri.query().unwrap_or_default()).map(Self)
    }
}

/// Reads a query string.
pub(crate) fn asked<T: DeserializeOwned>(query: &str) -> Result<T, Problem> {
    let is_blank = |value: &str| value.replace("%20", "+").bytes().all(|byte| byte == b'+');
    let has_value = |pair: &&str| pair.split_once('=').is_some_and(|(_, value)| !is_blank(value));
    let query: Vec<&str> = query.split('&').filter(has_value).collect();
    serde_urlencoded::from_str(&query.join("&"))
        .map_err(|error| Problem::bad(format!("the query cannot be read: {error}")))
}

/// A number that is within its bounds, or none.
pub(crate) fn within<T: PartialOrd + Display>(
    name: &str,
    number: Option<T>,
    bounds: RangeInclusive<T>,
) -> Result<Option<T>, Problem> {
    match number {
        Some(number) if !bounds.contains(&number) => {
            Err(Problem::bad(format!("{name} is from {} to {}", bounds.start(), bounds.end())))
        }
        number => Ok(number),
    }
}

/// Which page.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageQuery {
    /// At most so many, 1 to 500; 50 if not given.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<usize>,
    /// The `next` of the page before.
    pub(crate) after: Option<String>,
}

impl PageQuery {
    pub(crate) fn limit(&self) -> Result<usize, Problem> {
        within("limit", self.limit, 1..=MOST).map(|limit| limit.unwrap_or(USUAL))
    }
}

/// A page of things.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct List<T> {
    /// The things, in order.
    items: Vec<T>,
    /// What to hand back as `after` for those that follow.
    next: Option<String>,
    /// How many there are in all, where that is known.
    total: Option<u64>,
}

impl<T: Serialize> List<T> {
    pub(crate) fn of(items: Vec<T>, next: Option<String>, total: Option<u64>) -> Json<Self> {
        Json(Self { items, next, total })
    }

    /// All that there is.
    pub(crate) fn whole(items: Vec<T>) -> Json<Self> {
        let total = Some(items.len() as u64);
        Self::of(items, None, total)
    }
}

/// Anything as the text of JSON.
pub(crate) fn raw(of: &impl Serialize) -> Result<Box<RawValue>, Problem> {
    to_raw_value(of).map_err(|error| Problem::ours(&error))
}

/// Anything as JSON.
pub(crate) fn value(of: &impl Serialize) -> Result<Value, Problem> {
    serde_json::to_value(of).map_err(|error| Problem::ours(&error))
}

/// Conditions on events, named as the options of `entente events`. Lists are parted by commas: any of them; of different
/// conditions all must hold.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventQuery {
    /// Who acts: codes (RUS), sectors (MIL), both (RUS:MIL), Wikidata ids or names.
    actor: Option<String>,
    /// Whom it is done to.
    recipient: Option<String>,
    /// Actor or recipient.
    party: Option<String>,
    /// Another party: with `party` the two sides of a dyad.
    with: Option<String>,
    /// On whose word.
    claimant: Option<String>,
    /// PLOVER types.
    r#type: Option<String>,
    /// PLOVER modes.
    mode: Option<String>,
    /// Auxiliary modes, any of them; `none` for plain facts.
    aux: Option<String>,
    /// PLOVER contexts.
    context: Option<String>,
    /// Quad codes, 1 to 4.
    quad: Option<String>,
    /// On this day or later.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// On this day or earlier.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
    /// ISO codes of countries where it happened.
    country: Option<String>,
    /// Places as the text has them.
    place: Option<String>,
    /// Publications, feeds or systems.
    source: Option<String>,
    /// Least number of claimants.
    claims_min: Option<u8>,
    /// Greatest number of claimants.
    claims_max: Option<u8>,
    /// Least confidence, 0 to 1.
    #[param(minimum = 0, maximum = 1)]
    confidence: Option<f64>,
    /// Words of the article, "phrases in quotes", begin* of words.
    text: Option<String>,
    /// Id of a happening.
    happening: Option<String>,
    /// Id of a document.
    document: Option<String>,
}

impl EventQuery {
    pub(crate) fn filter(&self) -> Result<EventFilter, Problem> {
        let types =
            list(self.r#type.as_deref()).iter().map(|word| event_type(word)).collect::<Result<_, _>>()?;
        let quads = list(self.quad.as_deref()).iter().map(|word| quad(word)).collect::<Result<_, _>>()?;
        Ok(EventFilter {
            actor: parties(self.actor.as_deref()),
            recipient: parties(self.recipient.as_deref()),
            party: parties(self.party.as_deref()),
            other_party: parties(self.with.as_deref()),
            claimant: parties(self.claimant.as_deref()),
            types,
            modes: list(self.mode.as_deref()),
            aux: aux(&list(self.aux.as_deref()))?,
            contexts: list(self.context.as_deref()),
            quads,
            from: self.from,
            to: self.to,
            countries: list(self.country.as_deref()).iter().map(|code| code.to_uppercase()).collect(),
            places: list(self.place.as_deref()),
            sources: self.source.iter().filter(|source| !source.is_empty()).cloned().collect(),
            claim_distance_min: self.claims_min,
            claim_distance_max: self.claims_max,
            confidence_min: within("confidence", self.confidence, 0.0..=1.0)?,
            text: self.text.clone(),
            happening: self.happening.clone(),
            document: self.document.clone(),
        })
    }
}

/// Words parted by commas.
pub(crate) fn list(text: Option<&str>) -> Vec<String> {
    text.unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

pub(crate) fn parties(text: Option<&str>) -> PartyFilter {
    PartyFilter::of_words(&list(text))
}

fn event_type(word: &str) -> Result<EventType, Problem> {
    EventType::parse(&word.to_uppercase())
        .ok_or_else(|| Problem::bad(format!("\"{word}\" is no type of PLOVER")))
}

fn quad(word: &str) -> Result<u8, Problem> {
    let number = word.parse().ok().filter(|quad| (1..=4).contains(quad));
    number.ok_or_else(|| Problem::bad(format!("\"{word}\" is no quad code, 1 to 4")))
}

fn aux(words: &[String]) -> Result<Option<AuxFilter>, Problem> {
    match words {
        [] => Ok(None),
        [only] if only == "none" => Ok(Some(AuxFilter::None)),
        _ => {
            let known = [Aux::Future, Aux::Hypothetical, Aux::Negation, Aux::Historical];
            let parse = |word: &String| known.into_iter().find(|aux| aux.as_str() == word);
            let found: Option<Vec<Aux>> = words.iter().map(parse).collect();
            found.map(|aux| Some(AuxFilter::AnyOf(aux))).ok_or_else(|| {
                Problem::bad("aux is none, or any of future, hypothetical, negation, historical")
            })
        }
    }
}
