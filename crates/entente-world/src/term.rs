//! Spans of time with ends that may be open or only roughly known.

use jiff::civil::{Date, date};

/// A time between two days, both included; a missing end is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Term {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl Term {
    /// Reads two cells, each empty or an ISO 8601 year, month or day. `None` where a cell is neither.
    pub(crate) fn parse(from: &str, to: &str) -> Option<Self> {
        Some(Self { from: parse_edge(from, false)?, to: parse_edge(to, true)? })
    }

    /// True when the day lies inside.
    pub fn contains(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// True when the term began on or before the day.
    pub fn has_begun(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day)
    }
}

/// The first (or last) day that an ISO 8601 date of any precision stands for; `Some(None)` for an empty cell.
fn parse_edge(cell: &str, last: bool) -> Option<Option<Date>> {
    if cell.is_empty() {
        return Some(None);
    }
    let mut parts = cell.split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    let day: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
    if parts.next().is_some() || !(1..=9999).contains(&year) {
        return None;
    }
    let edge = match (month, day) {
        (None, _) if last => date(year, 12, 31),
        (None, _) => date(year, 1, 1),
        (Some(month), None) => {
            let first = Date::new(year, month, 1).ok()?;
            if last { first.last_of_month() } else { first }
        }
        (Some(month), Some(day)) => Date::new(year, month, day).ok()?,
    };
    Some(Some(edge))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rough_dates_reach_to_their_ends() {
        let term = Term::parse("2010", "2012-02").unwrap();
        assert!(term.contains(date(2010, 1, 1)));
        assert!(term.contains(date(2012, 2, 29)));
        assert!(!term.contains(date(2012, 3, 1)));
        assert!(Term::parse("", "").unwrap().contains(date(1900, 1, 1)));
    }

    #[test]
    fn what_is_not_a_date_is_refused() {
        for wrong in ["x", "2010-13", "2010-02-30", "2010-01-01-01"] {
            assert!(Term::parse(wrong, "").is_none(), "{wrong}");
        }
    }
}
