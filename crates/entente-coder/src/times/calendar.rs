//! Dates of the calendar: days, months, seasons, years, decades.

use super::cursor::{Cursor, Direction};
use super::{Found, day, words};
use jiff::civil::Date;

/// "2021-12-16"
pub(super) fn iso_date(cursor: &Cursor) -> Option<Found> {
    let word = cursor.word(0);
    let date: Date = if word.len() == 10 { word.parse().ok()? } else { return None };
    Found::date(cursor.end(1), Some(day(date)))
}

/// "Thursday, 16 December 2021", "Thursday, December 16"
pub(super) fn weekday_with_date(cursor: &Cursor) -> Option<Found> {
    words::weekday(cursor.word(0))?;
    let skip = if cursor.word(1) == "," { 2 } else { 1 };
    let rest = Cursor { at: cursor.at + skip, ..*cursor };
    day_month_year(&rest).or_else(|| month_day_year(&rest))
}

/// "16 December 2021", "16th of December", "16 December"
pub(super) fn day_month_year(cursor: &Cursor) -> Option<Found> {
    let day_number = cursor.day(0)?;
    let of = usize::from(cursor.word(1) == "of");
    let month = cursor.month(1 + of)?;
    finish_day(cursor, day_number, month, 2 + of)
}

/// "December 16, 2021", "Dec. 16"
pub(super) fn month_day_year(cursor: &Cursor) -> Option<Found> {
    let month = cursor.month(0)?;
    let day_number = cursor.day(1)?;
    finish_day(cursor, day_number, month, 2)
}

fn finish_day(cursor: &Cursor, day_number: i8, month: i8, length: usize) -> Option<Found> {
    let comma = usize::from(cursor.word(length) == ",");
    let (year, length) = match cursor.year(length + comma) {
        Some(year) => (Some(year), length + comma + 1),
        None => (None, length),
    };
    let date = match year {
        Some(year) => Some(Date::new(year, month, day_number).ok()?),
        None => cursor.day.and_then(|published| day_of_name(cursor, published, month, day_number)),
    };
    let without_year = format!("XXXX-{month:02}-{day_number:02}");
    Found::date(cursor.end(length), Some(date.map_or(without_year, day)))
}

/// The day of that name that the clause speaks of; the nearest to publication where it does not say.
fn day_of_name(cursor: &Cursor, published: Date, month: i8, day_number: i8) -> Option<Date> {
    let year = published.year();
    let direction = cursor.direction();
    let is_meant = |date: &Date| match direction {
        Direction::Past => *date <= published,
        Direction::Future => *date >= published,
        Direction::Unknown => true,
    };
    let candidates =
        [year - 1, year, year + 1].into_iter().filter_map(|y| Date::new(y, month, day_number).ok());
    candidates
        .filter(is_meant)
        .min_by_key(|date| published.since(*date).map_or(i32::MAX, |span| span.get_days().abs()))
}

/// "December 2021", "early December 2021"
pub(super) fn month_year(cursor: &Cursor) -> Option<Found> {
    let month = cursor.month(0)?;
    let skip = usize::from(matches!(cursor.word(1), "," | "of"));
    let year = cursor.year(1 + skip)?;
    Found::date(cursor.end(2 + skip), Some(format!("{year:04}-{month:02}")))
}

/// "in December", "last December", "December"
pub(super) fn month_alone(cursor: &Cursor) -> Option<Found> {
    let said = matches!(cursor.word(0), "last" | "next" | "this");
    let month = cursor.month(usize::from(said))?;
    if !said && !cursor.is_noun(0) {
        return None;
    }
    let year = cursor.day.map(|published| {
        let (now, this_year) = (published.month(), published.year());
        match cursor.word(0) {
            "last" if month >= now => this_year - 1,
            "next" if month <= now => this_year + 1,
            "last" | "next" | "this" => this_year,
            _ => match cursor.direction() {
                Direction::Past => this_year - i16::from(month > now),
                Direction::Future => this_year + i16::from(month < now),
                // The month of that name nearest to publication.
                Direction::Unknown => this_year + i16::from(now - month > 6) - i16::from(month - now > 6),
            },
        }
    });
    let value = year.map_or_else(|| format!("XXXX-{month:02}"), |year| format!("{year:04}-{month:02}"));
    Found::date(cursor.end(1 + usize::from(said)), Some(value))
}

/// "summer 2014", "summer of 2014", "last summer", "this spring"
pub(super) fn season(cursor: &Cursor) -> Option<Found> {
    let said = matches!(cursor.word(0), "last" | "next" | "this");
    let at = usize::from(said);
    let season = words::season(cursor.word(at))?;
    let of = usize::from(cursor.word(at + 1) == "of");
    if let Some(year) = cursor.year(at + 1 + of) {
        return Found::date(cursor.end(at + 2 + of), Some(format!("{year:04}-{season}")));
    }
    let year = cursor.day?.year();
    let year = match cursor.word(0) {
        "last" => year - 1,
        "next" => year + 1,
        "this" => year,
        _ => return None,
    };
    Found::date(cursor.end(at + 1), Some(format!("{year:04}-{season}")))
}

/// "third quarter of 2009", "first quarter of last year"
pub(super) fn quarter(cursor: &Cursor) -> Option<Found> {
    let number = match cursor.word(0) {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        _ => return None,
    };
    if cursor.word(1) != "quarter" {
        return None;
    }
    let of = if cursor.word(2) == "of" { 3 } else { 2 };
    let this_year = cursor.day.map(|published| published.year());
    let (year, length) = match (cursor.year(of), cursor.word(of), cursor.word(of + 1)) {
        (Some(year), _, _) => (Some(year), of + 1),
        (None, "last", "year") => (this_year.map(|year| year - 1), of + 2),
        (None, "this", "year") => (this_year, of + 2),
        (None, "next", "year") => (this_year.map(|year| year + 1), of + 2),
        _ => (this_year, 2),
    };
    Found::date(cursor.end(length), year.map(|year| format!("{year:04}-Q{number}")))
}

/// "the 1990s", "the '90s"
pub(super) fn decade(cursor: &Cursor) -> Option<Found> {
    let word = cursor.word(0);
    let digits = word.strip_suffix('s')?.trim_end_matches(['\'', '’']);
    let number: u16 = digits.trim_start_matches(['\'', '’']).parse().ok()?;
    let decade = match digits.trim_start_matches(['\'', '’']).len() {
        4 if (1800..=2090).contains(&number) => number / 10,
        2 => 190 + number / 10,
        _ => return None,
    };
    if !number.is_multiple_of(10) {
        return None;
    }
    Found::date(cursor.end(1), Some(decade.to_string()))
}

/// A year, where the words around it do not make it a count.
pub(super) fn year(cursor: &Cursor) -> Option<Found> {
    let year = cursor.year(0)?;
    const BEFORE: &[&str] = &[
        "in", "since", "of", "by", "until", "till", "from", "to", "after", "before", "between", "during",
        "early", "late", "mid", "(", "year", "around", "through", "and", ",",
    ];
    let follows_noun = cursor.is_noun(1)
        && !matches!(
            cursor.word(1),
            "elections"
                | "election"
                | "war"
                | "agreement"
                | "deal"
                | "treaty"
                | "invasion"
                | "attack"
                | "attacks"
                | "coup"
                | "revolution"
                | "referendum"
                | "peace"
                | "nuclear"
                | "accord"
                | "memorandum"
                | "conflict"
                | "campaign"
                | "summit"
                | "annexation"
        );
    ((BEFORE.contains(&cursor.before()) || cursor.is_noun(1)) && !follows_noun).then_some(())?;
    Found::date(cursor.end(1), Some(format!("{year:04}")))
}
