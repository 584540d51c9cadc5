//! Lengths of time and recurring times.

use super::cursor::Cursor;
use super::words::{self, Unit};
use super::{Found, TimeKind};

/// "two weeks", "48 hours", "several months", "a three-year" (three - year), "decades"
pub(super) fn length(cursor: &Cursor) -> Option<Found> {
    let duration =
        |length, value| Some(Found { end: cursor.end(length), kind: TimeKind::Duration, value: Some(value) });
    let first = cursor.word(0);
    let hyphen = usize::from(cursor.word(1) == "-");
    if let Some(amount) = words::number(first)
        && let Some(unit) = words::unit(cursor.word(1 + hyphen))
        && cursor.word(1 + hyphen) != "second"
    {
        return duration(2 + hyphen, unit.duration(&amount.to_string()));
    }
    if matches!(first, "several" | "many" | "few" | "some")
        && let Some(unit) = words::unit(cursor.word(1))
        && cursor.word(1).ends_with('s')
    {
        return duration(2, unit.duration("X"));
    }
    if matches!(first, "decades" | "years" | "months" | "weeks" | "days" | "hours" | "centuries")
        && matches!(cursor.before(), "for" | "in" | "of" | "over" | "after" | "within" | "recent")
    {
        return duration(1, words::unit(first)?.duration("X"));
    }
    None
}

/// "every day", "each week", "daily", "annually"
pub(super) fn recurrence(cursor: &Cursor) -> Option<Found> {
    let set =
        |length, value| Some(Found { end: cursor.end(length), kind: TimeKind::Set, value: Some(value) });
    match cursor.word(0) {
        "every" | "each" => {
            let unit = words::unit(cursor.word(1))?;
            set(2, unit.duration("1"))
        }
        "daily" => set(1, Unit::Day.duration("1")),
        "weekly" => set(1, Unit::Week.duration("1")),
        "monthly" => set(1, Unit::Month.duration("1")),
        "yearly" | "annually" | "annual" => set(1, Unit::Year.duration("1")),
        _ => None,
    }
}
