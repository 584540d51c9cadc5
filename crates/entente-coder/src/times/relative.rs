//! Expressions that count from the day of publication.

use super::cursor::{Cursor, Direction};
use super::words::{self, Unit};
use super::{Found, TimeKind, day};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// "three days ago", "a week earlier", "two years later"
pub(super) fn ago(cursor: &Cursor) -> Option<Found> {
    let amount = words::number(cursor.word(0))?;
    let unit = words::unit(cursor.word(1))?;
    if !matches!(cursor.word(2), "ago" | "earlier") {
        return None;
    }
    let value = cursor.day.and_then(|published| shifted(published, unit, -amount));
    let kind = if matches!(unit, Unit::Hour | Unit::Minute | Unit::Second) {
        TimeKind::Time
    } else {
        TimeKind::Date
    };
    Some(Found { end: cursor.end(3), kind, value })
}

/// "last week", "this month", "next year", "the past decade", "the coming days"
pub(super) fn last_or_next_unit(cursor: &Cursor) -> Option<Found> {
    let steps = match cursor.word(0) {
        "last" | "previous" => -1,
        "past" => return past_units(cursor),
        "this" | "current" => 0,
        "next" | "coming" | "following" => 1,
        _ => return None,
    };
    if cursor.word(1) == "weekend" {
        let value = cursor.day.map(|published| {
            let week = published.checked_add((7 * steps).days()).unwrap_or(published).iso_week_date();
            format!("{:04}-W{:02}-WE", week.year(), week.week())
        });
        return Found::date(cursor.end(2), value);
    }
    if let Some(amount) = words::number(cursor.word(1))
        && let Some(unit) = words::unit(cursor.word(2))
    {
        return Some(Found {
            end: cursor.end(3),
            kind: TimeKind::Duration,
            value: Some(unit.duration(&amount.to_string())),
        });
    }
    let unit = words::unit(cursor.word(1))?;
    if cursor.word(1).ends_with('s') || matches!(unit, Unit::Second | Unit::Minute | Unit::Hour) {
        return None;
    }
    let value = cursor.day.and_then(|published| shifted(published, unit, steps));
    Found::date(cursor.end(2), value)
}

/// "the past two years", "the past week"
fn past_units(cursor: &Cursor) -> Option<Found> {
    let (amount, ahead) = match words::number(cursor.word(1)) {
        Some(amount) => (amount.to_string(), 2),
        None if cursor.word(1) == "few" => ("X".to_owned(), 2),
        None => ("1".to_owned(), 1),
    };
    let unit = words::unit(cursor.word(ahead))?;
    Some(Found { end: cursor.end(ahead + 1), kind: TimeKind::Duration, value: Some(unit.duration(&amount)) })
}

/// The period of that unit so many units from a day: a week as `2021-W50`, a month, a year, a decade.
fn shifted(published: Date, unit: Unit, steps: i32) -> Option<String> {
    let span: Span = match unit {
        Unit::Day => steps.days(),
        Unit::Week => steps.weeks(),
        Unit::Month => steps.months(),
        Unit::Quarter => (steps.checked_mul(3)?).months(),
        Unit::Year => Span::new().try_years(steps).ok()?,
        Unit::Decade => Span::new().try_years(steps.checked_mul(10)?).ok()?,
        Unit::Century => Span::new().try_years(steps.checked_mul(100)?).ok()?,
        Unit::Second | Unit::Minute | Unit::Hour => return None,
    };
    let date = published.checked_add(span).ok()?;
    Some(match unit {
        Unit::Week => {
            let week = date.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        Unit::Month => format!("{:04}-{:02}", date.year(), date.month()),
        Unit::Quarter => format!("{:04}-Q{}", date.year(), (date.month() - 1) / 3 + 1),
        Unit::Year => format!("{:04}", date.year()),
        Unit::Decade => format!("{:03}", date.year() / 10),
        Unit::Century => format!("{:02}", date.year() / 100),
        _ => day(date),
    })
}

/// "last night", "this morning", "Monday evening", "yesterday afternoon", "tonight"
pub(super) fn part_of_day(cursor: &Cursor) -> Option<Found> {
    let time = |length, date: Option<Date>, part: &str| {
        let value = date.map(|date| format!("{}T{part}", day(date)));
        Some(Found { end: cursor.end(length), kind: TimeKind::Time, value })
    };
    let published = cursor.day;
    if cursor.word(0) == "tonight" {
        return time(1, published, "NI");
    }
    let part = words::part_of_day(cursor.word(1))?;
    let date = match cursor.word(0) {
        "last" => published.and_then(|date| date.yesterday().ok()),
        "this" => published,
        "yesterday" => published.and_then(|date| date.yesterday().ok()),
        "tomorrow" => published.and_then(|date| date.tomorrow().ok()),
        other => {
            let weekday = words::weekday(other)?;
            published.map(|date| resolve_weekday(cursor, date, weekday))
        }
    };
    time(2, date, part)
}

/// "Monday", "last Monday", "next Monday"
pub(super) fn weekday(cursor: &Cursor) -> Option<Found> {
    let said = matches!(cursor.word(0), "last" | "next" | "this");
    let weekday = words::weekday(cursor.word(usize::from(said)))?;
    if !cursor.is_noun(usize::from(said)) && cursor.word(usize::from(said)).len() < 6 {
        return None;
    }
    let value = cursor.day.map(|published| match cursor.word(0) {
        "next" => following(published, weekday),
        "last" => preceding(published, weekday),
        _ => resolve_weekday(cursor, published, weekday),
    });
    Found::date(cursor.end(1 + usize::from(said)), value.map(day))
}

/// News speaks of the last day of that name, today included, unless it speaks of what is to come.
fn resolve_weekday(cursor: &Cursor, published: Date, weekday: Weekday) -> Date {
    if published.weekday() == weekday {
        published
    } else if cursor.direction() == Direction::Future {
        following(published, weekday)
    } else {
        preceding(published, weekday)
    }
}

fn preceding(published: Date, weekday: Weekday) -> Date {
    published.nth_weekday(-1, weekday).unwrap_or(published)
}

fn following(published: Date, weekday: Weekday) -> Date {
    published.nth_weekday(1, weekday).unwrap_or(published)
}

/// "today", "yesterday", "tomorrow", "the day before yesterday"
pub(super) fn deictic_day(cursor: &Cursor) -> Option<Found> {
    let published = cursor.day;
    let (length, date) = match cursor.word(0) {
        "today" => (1, published),
        "yesterday" => (1, published.and_then(|date| date.yesterday().ok())),
        "tomorrow" => (1, published.and_then(|date| date.tomorrow().ok())),
        _ => return None,
    };
    Found::date(cursor.end(length), date.map(day))
}

/// "recently", "currently", "soon"
pub(super) fn vague(cursor: &Cursor) -> Option<Found> {
    let value = match cursor.word(0) {
        "recently" | "lately" | "previously" | "formerly" => "PAST_REF",
        "currently" | "presently" | "nowadays" | "now" => "PRESENT_REF",
        "soon" | "shortly" => "FUTURE_REF",
        _ => return None,
    };
    Found::date(cursor.end(1), Some(value.to_owned()))
}
