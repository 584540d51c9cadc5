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
    fn refuses_what_is_no_date() {
        for text in ["", "yesterday", "2021-13-40", "16/12/2021", "2021"] {
            assert_eq!(parse_publication_date(text), None, "{text}");
        }
    }
}
