//! Times of day.

use super::cursor::Cursor;
use super::{Found, TimeKind, day};

/// "10:30", "10:30 GMT", "5 p.m.", "noon", "midnight"
pub(super) fn time_of_day(cursor: &Cursor) -> Option<Found> {
    let (hour, minute, mut length) = match cursor.word(0) {
        "noon" | "midday" => (12, 0, 1),
        "midnight" => (0, 0, 1),
        word => clock(word, cursor.word(1))?,
    };
    let is_utc = matches!(cursor.word(length), "gmt" | "utc");
    let zone = is_utc || matches!(cursor.word(length), "est" | "edt" | "cet" | "bst" | "pst");
    length += usize::from(zone);
    let suffix = if is_utc { "Z" } else { "" };
    let value = cursor.day.map(|published| format!("{}T{hour:02}:{minute:02}{suffix}", day(published)));
    Some(Found { end: cursor.end(length), kind: TimeKind::Time, value })
}

/// Hour, minute and number of words.
fn clock(word: &str, next: &str) -> Option<(u8, u8, usize)> {
    let half = match next.replace('.', "").as_str() {
        "am" => Some(0),
        "pm" => Some(12),
        _ => None,
    };
    let (hour, minute) = match word.split_once(':') {
        Some((hour, minute)) if minute.len() == 2 => (hour.parse::<u8>().ok()?, minute.parse::<u8>().ok()?),
        Some(_) => return None,
        None => (half.and(word.parse::<u8>().ok())?, 0),
    };
    if hour > 24 || minute > 59 {
        return None;
    }
    match half {
        Some(12) if hour < 12 => Some((hour + 12, minute, 2)),
        Some(0) if hour == 12 => Some((0, minute, 2)),
        Some(_) => Some((hour, minute, 2)),
        None => Some((hour, minute, 1)),
    }
}
