//! When an act took place, as far as a report tells.

use jiff::civil::Date;

/// Days in which an act may have taken place; counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occasion {
    /// First possible day.
    pub first: i32,
    /// Last possible day.
    pub last: i32,
    /// What the date rests on.
    pub basis: DateBasis,
}

/// What the date of an event rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateBasis {
    /// The sentence dates the act.
    Stated,
    /// Taken over from an act told before.
    Inferred,
    /// Nothing better than the day of publication.
    Publication,
}

impl Occasion {
    /// Reads an event's ISO 8601 day, month or year, and the reason that the coder gives for it. None where the date is
    /// none.
    pub fn of(date: Option<&str>, enddate: Option<&str>, reason: Option<&str>) -> Option<Self> {
        let (first, last) = span_of(date?)?;
        let end = enddate.and_then(span_of).map_or(last, |(_, end)| end.max(last));
        Some(Self { first, last: end, basis: basis_of(reason) })
    }

    /// Whether the date is known to the day.
    pub fn is_day(&self) -> bool {
        self.first == self.last
    }

    /// Days between two spans; 0 where they touch.
    pub fn gap(&self, other: &Self) -> i32 {
        (self.first - other.last).max(other.first - self.last).max(0)
    }
}

/// Days since 1970-01-01 of an ISO 8601 day.
pub(crate) fn day_number(day: &str) -> Option<i32> {
    let date: Date = day.get(..10)?.parse().ok()?;
    date.since(Date::constant(1970, 1, 1)).ok().map(|span| span.get_days())
}

/// First and last day of an ISO 8601 day, month or year.
fn span_of(date: &str) -> Option<(i32, i32)> {
    match date.len() {
        10.. => day_number(date).map(|day| (day, day)),
        7 => {
            let first: Date = format!("{date}-01").parse().ok()?;
            Some((day_number(&first.to_string())?, day_number(&first.last_of_month().to_string())?))
        }
        4 => Some((day_number(&format!("{date}-01-01"))?, day_number(&format!("{date}-12-31"))?)),
        _ => None,
    }
}

/// The coder's reasons: `"Monday", from the sentence`; `…, from the act before`; `day of publication`.
fn basis_of(reason: Option<&str>) -> DateBasis {
    match reason {
        Some(reason) if reason.contains("day of publication") => DateBasis::Publication,
        Some(reason) if reason.contains("act before") => DateBasis::Inferred,
        _ => DateBasis::Stated,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(date: &str) -> Occasion {
        Occasion::of(Some(date), None, None).unwrap()
    }

    #[test]
    fn days_months_and_years_are_spans() {
        assert_eq!(on("2024-02").last - on("2024-02").first, 28);
        assert_eq!(on("2023").last - on("2023").first, 364);
        assert!(on("2024-02-29").is_day());
        assert_eq!(day_number("1970-01-02"), Some(1));
        assert_eq!(Occasion::of(Some("yesterday"), None, None), None);
    }

    #[test]
    fn a_month_holds_its_days() {
        assert_eq!(on("2024-02").gap(&on("2024-02-10")), 0);
        assert_eq!(on("2024-02").gap(&on("2024-03-02")), 2);
        assert_eq!(on("2024-03-02").gap(&on("2024-02")), 2);
    }

    #[test]
    fn an_end_makes_the_span_longer() {
        let meeting = Occasion::of(Some("2024-02-01"), Some("2024-02-03"), None).unwrap();
        assert_eq!(meeting.last - meeting.first, 2);
    }

    #[test]
    fn the_reason_tells_what_a_date_rests_on() {
        assert_eq!(basis_of(Some("day of publication")), DateBasis::Publication);
        assert_eq!(basis_of(Some("\"Tuesday\", from the act before")), DateBasis::Inferred);
        assert_eq!(basis_of(Some("\"Tuesday\", from the sentence")), DateBasis::Stated);
    }
}
