//! The date of an act: the time expression that the model links to it, else the one nearest to it in its clause or
//! sentence, else that of the past act just before, else the day of the text; and whether it is history.

use crate::draft::Draft;
use crate::grammar::Grammar;
use crate::scene::Scene;
use crate::times::{TimeExpression, TimeKind};
use entente_codebook::{Aux, EventType};
use entente_syntax::{Role, Upos};
use jiff::civil::Date;

/// The model's link from a trigger to an expression counts from this probability on.
const LEAST_LINK: f32 = 0.5;

/// How many sentences later an act still shares the date of the one before.
const REACH: usize = 2;

/// A date with the reason for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Dated {
    pub(crate) date: Option<String>,
    pub(crate) reason: Option<String>,
    /// The words of the act's own sentence that tell the date.
    words: Option<String>,
}

/// Finds the date of a draft, and marks acts of more than a year before the day of the text as historical.
pub(crate) fn read(scene: &Scene, times: &[TimeExpression], draft: &mut Draft) -> Dated {
    let said_now = matches!(draft.event, EventType::Agree | EventType::Threaten | EventType::Request);
    // "will visit on Friday" is itself the visit; "agreed to visit on Friday" is not.
    let names_a_deed = draft.force.is_some() || draft.event != EventType::Agree;
    let is_day_spoken_of = |value: &str| said_now && names_a_deed && is_in_future(scene, value);
    let by_grammar = || {
        if said_now { speech_time(scene, times, draft) } else { act_time(scene, times, draft) }
    };
    let linked = linked_time(scene, times, draft).filter(|(value, _)| !is_day_spoken_of(value));
    if let Some((value, time)) = linked.or_else(by_grammar) {
        if scene.day.is_some_and(|day| is_history(&value, day)) {
            draft.aux.insert(Aux::Historical);
            draft.reason.push("more than a year before publication".to_owned());
        }
        let words = time.span.of(scene.text()).to_owned();
        let reason = Some(format!("\"{words}\", from the sentence"));
        return Dated { date: Some(value), reason, words: Some(words) };
    }
    match scene.day {
        Some(day) if !draft.aux.contains(&Aux::Historical) => {
            let source = if scene.document.published.is_some() { "publication" } else { "the dateline" };
            Dated { date: Some(day.to_string()), reason: Some(format!("day of {source}")), words: None }
        }
        _ => Dated::default(),
    }
}

/// "On Monday rebels took the town. They *killed* 12": a past act without a date of its own, told right after one that
/// has one, was then too. `dated` are the dates of the drafts, in reading order.
pub(crate) fn inherit(scene: &Scene, drafts: &[Draft], dated: &mut [Dated]) {
    for index in 0..drafts.len() {
        let draft = &drafts[index];
        let waits = draft.is_live() && dated[index].date.is_some() && dated[index].words.is_none();
        if !waits || !is_past(scene, draft) {
            continue;
        }
        let mut near = (0..index)
            .rev()
            .take_while(|before| draft.at.sentence - drafts[*before].at.sentence <= REACH)
            .filter(|before| tells_its_day(scene, &drafts[*before], &dated[*before]));
        if let Some(told) = near.next() {
            let words = dated[told].words.as_deref().unwrap_or_default();
            let reason = Some(format!("\"{words}\", from the act before"));
            dated[index] = Dated { date: dated[told].date.clone(), reason, words: None };
        }
    }
}

/// A recent past act whose own sentence dates it.
fn tells_its_day(scene: &Scene, draft: &Draft, dated: &Dated) -> bool {
    draft.is_live() && dated.words.is_some() && !draft.aux.contains(&Aux::Historical) && is_past(scene, draft)
}

/// A verb whose form is the simple past, active or passive; "hit", "cut" and the like do not tell.
fn is_past(scene: &Scene, draft: &Draft) -> bool {
    let grammar = scene.grammar(draft.at.sentence);
    let form = grammar.form(draft.predicate.word).to_lowercase();
    let inflected =
        form != grammar.lemma(draft.predicate.word) && !form.ends_with("ing") && !form.ends_with('s');
    let helpers = grammar.auxiliaries(draft.predicate.word);
    let is_verb = grammar.token(draft.predicate.word).upos == Upos::Verb;
    is_verb && inflected && helpers.iter().all(|word| matches!(word.as_str(), "was" | "were"))
}

fn is_in_future(scene: &Scene, value: &str) -> bool {
    scene.day.is_some_and(|day| value > day.to_string().as_str())
}

/// The expression that the model links to the trigger.
fn linked_time<'t>(
    scene: &Scene,
    times: &'t [TimeExpression],
    draft: &Draft,
) -> Option<(String, &'t TimeExpression)> {
    let reading = scene.sentences[draft.at.sentence].reading(draft.at.word)?;
    let link = |time: &TimeExpression| {
        (time.first..time.end).map(|word| reading.link(Role::Time, word)).fold(0.0, f32::max)
    };
    let here = times.iter().filter(|time| time.sentence == draft.at.sentence && !is_bound(scene, time));
    let dated = here.filter_map(|time| Some((link(time), calendar_value(time)?, time)));
    let best = dated.filter(|(link, _, _)| *link >= LEAST_LINK).max_by(|a, b| a.0.total_cmp(&b.0));
    best.map(|(_, value, time)| (value, time))
}

/// "since March", "until 3 June": where something begins or ends, not when the act was.
fn is_bound(scene: &Scene, time: &TimeExpression) -> bool {
    let grammar = scene.grammar(time.sentence);
    let before = time.first.checked_sub(1).map(|word| grammar.form(word).to_lowercase());
    before.is_some_and(|word| matches!(word.as_str(), "since" | "until" | "till"))
}

/// The expression that belongs to the act itself.
fn act_time<'t>(
    scene: &Scene,
    times: &'t [TimeExpression],
    draft: &Draft,
) -> Option<(String, &'t TimeExpression)> {
    let grammar = scene.grammar(draft.at.sentence);
    let mut best: Option<(usize, String, &TimeExpression)> = None;
    for time in times.iter().filter(|time| time.sentence == draft.at.sentence && !is_bound(scene, time)) {
        let Some(value) = calendar_value(time) else {
            continue;
        };
        let Some(distance) = distance(&grammar, draft, time) else {
            continue;
        };
        if best.as_ref().is_none_or(|(nearest, _, _)| distance < *nearest) {
            best = Some((distance, value, time));
        }
    }
    best.map(|(_, value, time)| (value, time))
}

/// For what is promised, threatened or demanded the day of speaking counts, not the day spoken of: only an
/// expression that hangs on the trigger's own predicate.
fn speech_time<'t>(
    scene: &Scene,
    times: &'t [TimeExpression],
    draft: &Draft,
) -> Option<(String, &'t TimeExpression)> {
    let grammar = scene.grammar(draft.at.sentence);
    let own = times.iter().filter(|time| time.sentence == draft.at.sentence).find(|time| {
        let head = head_of(&grammar, time);
        let governor = grammar.token(head).head;
        governor == Some(draft.predicate.word) || governor == Some(draft.at.word)
    })?;
    let value = calendar_value(own)?;
    (!is_in_future(scene, &value)).then_some((value, own))
}

/// The word of an expression that hangs on a word outside it.
fn head_of(grammar: &Grammar, time: &TimeExpression) -> usize {
    let outside =
        |word: &usize| grammar.token(*word).head.is_none_or(|head| !(time.first..time.end).contains(&head));
    (time.first..time.end).find(outside).unwrap_or(time.first)
}

/// Steps from the expression up to the draft's predicate, or from both to their nearest common clause.
/// `None` when the expression belongs to another clause than any above the draft.
fn distance(grammar: &Grammar, draft: &Draft, time: &TimeExpression) -> Option<usize> {
    let head = head_of(grammar, time);
    let above_time: Vec<usize> = std::iter::once(head).chain(grammar.ancestors(head)).collect();
    let above_draft: Vec<usize> =
        std::iter::once(draft.at.word).chain(grammar.ancestors(draft.at.word)).collect();
    let (up, meeting) = above_time.iter().enumerate().find(|(_, word)| above_draft.contains(word))?;
    let down = above_draft.iter().position(|word| word == meeting)?;
    // An expression inside a clause beside the draft's own says when that other act was.
    let crosses = above_time[..up].iter().any(|word| grammar.is_predicate(*word));
    (!crosses).then_some(up + 3 * down)
}

/// The day, month or year of a DATE or TIME value; weeks are dated by their Monday.
fn calendar_value(time: &TimeExpression) -> Option<String> {
    if !matches!(time.kind, TimeKind::Date | TimeKind::Time) {
        return None;
    }
    let value = time.value.as_deref()?;
    let value = value.split('T').next().unwrap_or(value);
    if let Some((year, week)) = value.split_once("-W") {
        return monday(year.parse().ok()?, week.get(..2)?.parse().ok()?);
    }
    let numeric = value.len() >= 4 && value.chars().all(|c| c.is_ascii_digit() || c == '-');
    if numeric {
        return Some(value.to_owned());
    }
    let year = value.get(..4)?;
    year.chars().all(|c| c.is_ascii_digit()).then(|| year.to_owned())
}

fn monday(year: i16, week: i8) -> Option<String> {
    let date = jiff::civil::ISOWeekDate::new(year, week, jiff::civil::Weekday::Monday).ok()?;
    Some(date.date().to_string())
}

/// PLOVER's historical: more than a year before the day of the text.
fn is_history(value: &str, day: Date) -> bool {
    let mut parts = value.split('-').map(|part| part.parse::<i16>().ok());
    let Some(Some(year)) = parts.next() else {
        return false;
    };
    let month = parts.next().flatten().unwrap_or(12);
    let months = (i32::from(day.year()) - i32::from(year)) * 12 + i32::from(day.month()) - i32::from(month);
    months > 12
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn history_begins_after_a_year() {
        let published = date(2021, 12, 16);
        assert!(is_history("2019", published));
        assert!(is_history("2020-11", published));
        assert!(!is_history("2020-12", published));
        assert!(!is_history("2021", published));
    }

    #[test]
    fn weeks_are_dated_by_their_monday() {
        assert_eq!(monday(2021, 50).as_deref(), Some("2021-12-13"));
    }
}
