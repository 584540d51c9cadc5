//! What the records add up to: dyads, alignment, axes, balance, surges, forecast.

use super::asking::{Asked, list, raw, value, within};
use crate::kept::KeptJson;
use crate::problem::Problem;
use crate::state::{Analysed, State};
use axum::Json;
use axum::extract::State as Shared;
use entente::Registry;
use entente_analysis::acts::{Day, date_of, day_of, spoken_name};
use entente_analysis::alignment::{Alignment, AlignmentOptions, Ties};
use entente_analysis::axes::communities::{communities, modularity};
use entente_analysis::axes::{Axes, AxesOptions, Balance, SignedGraph};
use entente_analysis::dyads::{Credibility, DyadOptions, DyadSeries, Step, ToldPoint};
use entente_analysis::forecast::{Outlook, OutlookOptions, Risk, RiskOptions};
use entente_analysis::memory::Memory;
use entente_analysis::remembered::Remembered;
use entente_analysis::side::Side;
use entente_analysis::surges::Surge;
use entente_analysis::{ActOptions, Acts};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use utoipa::IntoParams;

/// Most steps of a dyad, some 27 years of days.
const MOST_STEPS: i32 = 10_000;
/// Most parties of which axes are sought, month by month.
const MOST_OF_AXES: usize = 80;
/// The day asked for lies at most so long, a year, after the last act.
const LONGEST_AHEAD: Day = 366;
/// Most surges that are told.
const MOST_SURGES: usize = 10_000;
/// Most parties of a matrix.
const MOST_PARTIES: usize = 200;

/// Two sides.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DyadQuery {
    /// One side: a code (RUS), a sector (RUS:MIL), a name (NATO), members:NATO, or several of these (NOR,ISL).
    a: String,
    /// The other side.
    b: String,
    /// day, week, month, quarter or year; month if not given.
    #[param(value_type = Option<String>, pattern = "^(day|week|month|quarter|year)$")]
    step: Option<Step>,
    /// Days after which an act weighs half; 30 if not given, 0 never forgets.
    #[param(minimum = 0, maximum = 36_500)]
    half_life: Option<f64>,
    /// First day.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Last day.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
}

/// How two sides deal with each other over time, with the ids of the events behind every step, and their formal ties.
#[utoipa::path(get, path = "/dyads", tag = "analysis", params(DyadQuery), responses((status = 200, body = Object)))]
pub(crate) async fn dyads(
    Shared(state): Shared<State>,
    Asked(asked): Asked<DyadQuery>,
) -> Result<Json<Box<RawValue>>, Problem> {
    state.analyse(move |analysed| dyad(analysed, &asked)).await
}

fn dyad(analysed: &Analysed, asked: &DyadQuery) -> Result<Json<Box<RawValue>>, Problem> {
    let registry = Registry::embedded();
    let side = |text: &str| Side::parse(text, registry).map_err(|error| Problem::bad(error.to_string()));
    let sides = [side(&asked.a)?, side(&asked.b)?];
    let acts = Acts::between(&analysed.deeds, &ActOptions::default(), &sides);
    let span = acts.span().or_else(|| analysed.acts.span());
    let asked_span = span.map(|(first, last)| {
        (asked.from.and_then(day_of).unwrap_or(first), asked.to.and_then(day_of).unwrap_or(last))
    });
    let step = asked.step.unwrap_or(Step::Month);
    if asked_span.is_some_and(|(first, last)| (last - first) / step.least_days() > MOST_STEPS) {
        return Err(Problem::bad(format!("from and to are more than {MOST_STEPS} steps apart")));
    }
    let options = DyadOptions {
        step,
        memory: Memory::of_half_life(half_life(asked.half_life)?.unwrap_or(30.0)),
        span: asked_span,
    };
    let series = DyadSeries::of(&acts, analysed.credibility, &options);
    let day = span.map_or(Date::constant(1970, 1, 1), |(_, last)| date_of(last));
    let ties = Ties::embedded();
    raw(&ToldDyad {
        sides: &series.sides,
        credibility: series.credibility,
        points: series.points.iter().map(|point| ToldPoint::of(&analysed.deeds, point)).collect(),
        pacts: ties.pacts(&asked.a, &asked.b, day),
        memberships: ties.shared_memberships(&asked.a, &asked.b, day),
    })
    .map(Json)
}

/// A half-life in days; a hundred years are for ever.
fn half_life(days: Option<f64>) -> Result<Option<f64>, Problem> {
    within("half_life", days, 0.0..=36_500.0)
}

/// A dyad as it is told.
#[derive(Serialize)]
struct ToldDyad<'d, P, M> {
    sides: &'d [String; 2],
    credibility: Credibility,
    points: Vec<ToldPoint<'d>>,
    pacts: P,
    memberships: M,
}

/// Which parties on which day.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct WorldQuery {
    /// As of the end of this day; the last with an act if not given.
    #[param(value_type = Option<String>, format = Date)]
    on: Option<Date>,
    /// Days after which an act weighs half, 180 if not given; 0 never forgets.
    #[param(minimum = 0, maximum = 36_500)]
    half_life: Option<f64>,
    /// At most so many parties, the busiest; 40 if not given.
    #[param(minimum = 2, maximum = 200)]
    parties: Option<usize>,
    /// From how certain on, 0 to 1, two are friends or foes; 0.3 if not given.
    #[param(minimum = 0, maximum = 1)]
    certainty: Option<f64>,
}

impl WorldQuery {
    /// Every number within its bounds.
    fn checked(self) -> Result<Self, Problem> {
        within("parties", self.parties, 2..=MOST_PARTIES)?;
        within("certainty", self.certainty, 0.0..=1.0)?;
        half_life(self.half_life)?;
        Ok(self)
    }

    fn day(&self, acts: &Acts) -> Result<(Day, Day), Problem> {
        let (first, last) =
            acts.span().ok_or_else(|| Problem::bad("the ledger has no act on a known day"))?;
        let day = self.on.and_then(day_of).unwrap_or(last);
        if day > last + LONGEST_AHEAD {
            return Err(Problem::bad("on lies more than a year after the last act"));
        }
        Ok((first, day))
    }

    fn memory(&self) -> Memory {
        Memory::of_half_life(self.half_life.unwrap_or(180.0))
    }

    /// Where the parties stand at the end of a day.
    fn alignment(&self, acts: &Acts, day: Day) -> Alignment {
        Alignment::of(&Remembered::on(acts, self.memory(), day), &Ties::embedded(), &self.options())
    }

    fn options(&self) -> AlignmentOptions {
        let parties = self.parties.unwrap_or(40);
        AlignmentOptions { parties, only_states: true }
    }

    fn certainty(&self) -> f64 {
        self.certainty.unwrap_or(0.3)
    }
}

fn names(acts: &Acts, alignment: &Alignment) -> Vec<String> {
    alignment.parties.iter().map(|party| acts.parties[*party as usize].clone()).collect()
}

/// An answer about the whole world as of a day.
async fn of_the_world(
    state: &State,
    what: &'static str,
    asked: WorldQuery,
    work_out: impl FnOnce(&WorldQuery, &Analysed, (Day, Day)) -> Result<Value, Problem> + Send + 'static,
) -> Result<KeptJson, Problem> {
    let asked = asked.checked()?;
    let question = format!("{what} {asked:?}");
    let work = move |analysed: &Analysed| work_out(&asked, analysed, asked.day(&analysed.acts)?);
    state.answer(question, work).await
}

/// How near any two of the busiest states stand.
#[utoipa::path(get, path = "/alignment", tag = "analysis", params(WorldQuery),
    responses((status = 200, body = Object)))]
pub(crate) async fn alignment(
    Shared(state): Shared<State>,
    Asked(asked): Asked<WorldQuery>,
) -> Result<KeptJson, Problem> {
    of_the_world(&state, "alignment", asked, |asked, analysed, (_, day)| {
        let acts = &analysed.acts;
        let alignment = asked.alignment(acts, day);
        let mut pairs = Vec::new();
        for (one, other, standing) in alignment.pairs() {
            let mut pair = value(standing)?;
            pair["one"] = one.into();
            pair["other"] = other.into();
            pairs.push(pair);
        }
        Ok(json!({
            "day": date_of(day),
            "parties": names(acts, &alignment),
            "blocs": communities(&SignedGraph::of(&alignment)),
            "pairs": pairs,
        }))
    })
    .await
}

/// Who stands together against whom, with the ids of the events that count most.
#[utoipa::path(get, path = "/axes", tag = "analysis", params(WorldQuery), responses((status = 200, body = Object)))]
pub(crate) async fn axes(
    Shared(state): Shared<State>,
    Asked(asked): Asked<WorldQuery>,
) -> Result<KeptJson, Problem> {
    within("parties", asked.parties, 2..=MOST_OF_AXES)?;
    of_the_world(&state, "axes", asked, |asked, analysed, span| {
        let options = AxesOptions {
            alignment: asked.options(),
            memory: asked.memory(),
            span: Some(span),
            certainty: asked.certainty(),
            ..AxesOptions::default()
        };
        let axes =
            Axes::of(&analysed.acts, &Ties::embedded(), &options).map(|axes| axes.list).unwrap_or_default();
        let mut told = Vec::new();
        for axis in &axes {
            let mut item = value(axis)?;
            item["evidence_ids"] = value(&analysed.deeds.event_ids(&axis.evidence))?;
            told.push(item);
        }
        Ok(json!({ "day": date_of(span.1), "axes": told }))
    })
    .await
}

/// How far the busiest states are from splitting into two camps.
#[utoipa::path(get, path = "/balance", tag = "analysis", params(WorldQuery),
    responses((status = 200, body = Object)))]
pub(crate) async fn balance(
    Shared(state): Shared<State>,
    Asked(asked): Asked<WorldQuery>,
) -> Result<KeptJson, Problem> {
    of_the_world(&state, "balance", asked, |asked, analysed, (_, day)| {
        let acts = &analysed.acts;
        let alignment = asked.alignment(acts, day);
        let graph = SignedGraph::of(&alignment);
        let blocs = communities(&graph);
        let balance = Balance::of(&graph, asked.certainty());
        Ok(json!({
            "day": date_of(day),
            "parties": names(acts, &alignment),
            "triads": balance.counts(),
            "balanced": balance.balanced,
            "frustration": balance.camps.frustration,
            "second_camp": balance.camps.second,
            "strain": balance.camps.strain,
            "modularity": modularity(&graph, &blocs),
            "blocs": blocs,
        }))
    })
    .await
}

/// Whose surges.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SurgeQuery {
    /// Only surges of these parties.
    about: Option<String>,
    /// At most so many, 100 if not given.
    #[param(minimum = 0, maximum = 10_000)]
    limit: Option<usize>,
}

/// What was unusual, the newest first, and how many false alarms a year are told.
#[utoipa::path(get, path = "/surges", tag = "analysis", params(SurgeQuery),
    responses((status = 200, body = Object)))]
pub(crate) async fn surges(
    Shared(state): Shared<State>,
    Asked(asked): Asked<SurgeQuery>,
) -> Result<Json<Value>, Problem> {
    let limit = within("limit", asked.limit, 0..=MOST_SURGES)?.unwrap_or(100);
    let shared = state.clone();
    let work = move |analysed: &Analysed| {
        let about = list(asked.about.as_deref());
        let is_wanted =
            |surge: &&Surge| about.is_empty() || surge.parties.iter().any(|party| about.contains(party));
        let surges = shared.surges(analysed)?;
        let mut items = Vec::new();
        for surge in surges.list.iter().filter(is_wanted).take(limit) {
            let mut item = value(surge)?;
            item["event_ids"] = value(&analysed.deeds.event_ids(&surge.events))?;
            items.push(item);
        }
        let false_alarms = value(&surges.false_alarms)?;
        Ok(Json(json!({ "items": items, "series": surges.series, "false_alarms": false_alarms })))
    };
    state.analyse(work).await
}

/// Pairs of the risk that are told.
const TOLD_PAIRS: usize = 100;

/// The acts of the next day, and where material conflict is likely within 30 days, with calibration.
#[utoipa::path(get, path = "/forecast", tag = "analysis", responses((status = 200, body = Object)))]
pub(crate) async fn forecast(Shared(state): Shared<State>) -> Result<KeptJson, Problem> {
    state.answer("forecast".to_owned(), |analysed| forecast_of(&analysed.acts)).await
}

fn forecast_of(acts: &Acts) -> Result<Value, Problem> {
    let options = RiskOptions::default();
    let mut risk = Risk::of(acts, &options);
    if let Some(risk) = &mut risk {
        risk.pairs.truncate(TOLD_PAIRS);
    }
    // Too few days are no fault of whoever asks.
    let outlook = Outlook::of(acts, &OutlookOptions::default()).ok();
    Ok(json!({
        "next_day": value(&outlook)?, "material_conflict": value(&risk)?, "within_days": options.within,
    }))
}

/// The parties of all acts, the busiest first, with the names of states.
#[utoipa::path(get, path = "/parties", tag = "analysis", responses((status = 200, body = Object)))]
pub(crate) async fn parties(Shared(state): Shared<State>) -> Result<KeptJson, Problem> {
    const MOST: usize = 500;
    let work = |analysed: &Analysed| {
        let acts = &analysed.acts;
        let mut counts = vec![0u64; acts.parties.len()];
        for act in &acts.list {
            counts[act.actor as usize] += 1;
            counts[act.recipient as usize] += 1;
        }
        let told = acts.busiest(&acts.list, MOST, |_| true).into_iter().map(|party| {
            let code = &acts.parties[party as usize];
            json!({ "party": code, "name": spoken_name(code), "acts": counts[party as usize] })
        });
        let span = acts.span().map(|(first, last)| [date_of(first), date_of(last)]);
        Ok(json!({ "items": told.collect::<Vec<Value>>(), "span": span }))
    };
    state.answer("parties".to_owned(), work).await
}
