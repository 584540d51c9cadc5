//! Publication dates as sources write them.

use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822;

/// Reads an ISO 8601 date, an RFC 3339 time or an RFC 2822 time; the day is the one at the place of the source.
///
/// `None` for anything else.
pub fn parse_publication_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(date) = text.parse::<Date>() {
        return Some(date);
    }
    if let Ok(time) = text.parse::<DateTime>() {
        return Some(time.date());
    }
    // RFC 3339: the civil part before "T" is the day at the source.
    if let Some((day, _)) = text.split_once(['T', 't', ' '])
        && let Ok(date) = day.parse::<Date>()
    {
        return Some(date);
    }
    rfc2822::parse(text).ok().map(|time| time.date())
}

/// Reads a date as newspapers print it: "January 5, 2014 Sunday", "Sunday, 5 January 2014", "5 Jan. 2014 9:00 PM GMT".
///
/// `None` where month, day or year is missing, or where there is more than one of them.
pub fn parse_written_date(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let words =
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.')).filter(|word| !word.is_empty());
    let (mut year, mut month, mut day) = (None, None, None);
    for word in words {
        let small = word.to_lowercase();
        let digits = small.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let named =
            MONTHS.iter().position(|name| *name == small || small.len() >= 3 && name.starts_with(&small));
        if let Some(at) = named {
            if month.replace(i8::try_from(at + 1).ok()?).is_some() {
                return None;
            }
        } else if let Ok(number) = digits.parse::<i16>() {
            let is_year = (1000..3000).contains(&number);
            if is_year && year.replace(number).is_some() {
                return None;
            }
            if (1..=31).contains(&number) && day.is_none() && year.is_none_or(|_| month.is_none()) {
                day = i8::try_from(number).ok();
            }
        }
    }
    Date::new(year?, month?, day?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn reads_the_forms_of_feeds_and_archives() {
        for text in [
            "2021-12-16",
            " 2021-12-16 ",
            "20211216",
            "2021-12-16T08:30:00Z",
            "2021-12-16T23:30:00+05:30",
            "2021-12-16T08:30:00.123-05:00",
            "2021-12-16 08:30:00",
            "Thu, 16 Dec 2021 08:30:00 GMT",
            "16 Dec 2021 08:30:00 +0200",
        ] {
            assert_eq!(parse_publication_date(text), Some(date(2021, 12, 16)), "{text}");
        }
    }

    #[test]
    fn reads_dates_as_they_are_printed() {
        for text in [
            "December 16, 2021 Thursday",
            "Thursday, 16 December 2021",
            "16 Dec. 2021 9:00 PM GMT",
            "Thursday 16th December 2021",
            "December 16, 2021 Thursday 8:00 AM EST",
        ] {
            assert_eq!(parse_written_date(text), Some(date(2021, 12, 16)), "{text}");
        }
        for text in
            ["", "December 2021", "16, 2021", "May 5 2021 June", "2020 December 16 2021", "the Maying of 5"]
        {
            assert_eq!(parse_written_date(text), None, "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in ["", "yesterday", "2021-13-40", "16/12/2021", "2021"] {
            assert_eq!(parse_publication_date(text), None, "{text}");
        }
    }
}
