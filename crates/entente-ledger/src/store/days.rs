//! The days that a date of a record covers.

use jiff::civil::Date;

/// First and last day of "2021", "2021-12" or "2021-12-16" up to the end of `date_end`, in ISO 8601; both empty
/// where the date is absent or none.
pub(super) fn covered_days(date: Option<&str>, date_end: Option<&str>) -> (String, String) {
    let Some((first, last)) = date.and_then(span) else { return (String::new(), String::new()) };
    let end = date_end.and_then(span).map_or(last, |(_, end)| end.max(last));
    (first.to_string(), end.to_string())
}

/// First and last day of a year, a month or a day.
fn span(date: &str) -> Option<(Date, Date)> {
    let number = |from: usize, to: usize| -> Option<i16> {
        let digits = date.get(from..to).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        digits.parse().ok()
    };
    let year = number(0, 4)?;
    if date.len() == 4 {
        return Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?));
    }
    let month = i8::try_from(number(5, 7)?).ok()?;
    if date.len() == 7 {
        let first = Date::new(year, month, 1).ok()?;
        return Some((first, first.last_of_month()));
    }
    // A time of day after the day says nothing here.
    let day = Date::new(year, month, i8::try_from(number(8, 10)?).ok()?).ok()?;
    Some((day, day))
}

/// "2021-12" of "2021-12-16"; empty for an unknown day.
pub(super) fn month_of(day: &str) -> &str {
    day.get(..7).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(date: &str, date_end: Option<&str>) -> (String, String) {
        covered_days(Some(date), date_end)
    }

    #[test]
    fn a_date_covers_what_it_names() {
        assert_eq!(days("2024", None), ("2024-01-01".into(), "2024-12-31".into()));
        assert_eq!(days("2024-02", None), ("2024-02-01".into(), "2024-02-29".into()));
        assert_eq!(days("2024-02-03", None), ("2024-02-03".into(), "2024-02-03".into()));
        assert_eq!(days("2024-02-03", Some("2024-03")), ("2024-02-03".into(), "2024-03-31".into()));
        assert_eq!(days("2024-02-03", Some("2024-02-01")), ("2024-02-03".into(), "2024-02-03".into()));
        assert_eq!(days("2024-02-03T10:00", None), ("2024-02-03".into(), "2024-02-03".into()));
    }

    #[test]
    fn what_is_no_date_covers_nothing() {
        for date in ["", "soon", "2024-13", "2024-02-30", "24", "2024-W05", "٢٠٢٤"] {
            assert_eq!(days(date, None), (String::new(), String::new()), "{date}");
        }
        assert_eq!(covered_days(None, Some("2024")), (String::new(), String::new()));
    }
}
