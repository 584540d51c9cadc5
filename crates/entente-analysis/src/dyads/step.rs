//! Stretches of time by which series are cut: days, ISO weeks, months, quarters and years.

use crate::acts::{Day, date_of, day_of};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The length of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Single days.
    Day,
    /// Monday to Sunday.
    Week,
    /// Calendar months.
    Month,
    /// January to March and so on.
    Quarter,
    /// Calendar years.
    Year,
}

impl Step {
    /// First day of the step that a day is in.
    pub fn first_day(self, day: Day) -> Day {
        let date = date_of(day);
        let first = match self {
            Self::Day => return day,
            // Day 0 was a Thursday.
            Self::Week => return day - (day + 3).rem_euclid(7),
            Self::Month => date.first_of_month(),
            Self::Quarter => Date::constant(date.year(), (date.month() - 1) / 3 * 3 + 1, 1),
            Self::Year => date.first_of_year(),
        };
        day_of(first).unwrap_or(day)
    }

    /// The fewest days of a step.
    pub fn least_days(self) -> i32 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 28,
            Self::Quarter => 90,
            Self::Year => 365,
        }
    }

    /// First day of the step after the one that a day is in.
    pub fn next(self, day: Day) -> Day {
        let first = self.first_day(day);
        let longest = match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 31,
            Self::Quarter => 92,
            Self::Year => 366,
        };
        // One past the longest lies in the next step whatever this one's length, as no step is shorter than a few days less.
        self.first_day(first + longest)
    }

    /// The last days of all steps from one day to another, the last cut off there.
    pub fn ends(self, from: Day, to: Day) -> Vec<Day> {
        let mut ends = Vec::new();
        let mut start = from;
        while start <= to {
            let next = self.next(start);
            // After the last day that there is, no step begins.
            if next <= start {
                ends.push(to);
                break;
            }
            ends.push((next - 1).min(to));
            start = next;
        }
        ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        day_of(text.parse().unwrap()).unwrap()
    }

    #[test]
    fn steps_begin_where_the_calendar_says() {
        let middle = day("2024-02-14");
        for (step, first, next) in [
            (Step::Day, "2024-02-14", "2024-02-15"),
            (Step::Week, "2024-02-12", "2024-02-19"),
            (Step::Month, "2024-02-01", "2024-03-01"),
            (Step::Quarter, "2024-01-01", "2024-04-01"),
            (Step::Year, "2024-01-01", "2025-01-01"),
        ] {
            assert_eq!((step.first_day(middle), step.next(middle)), (day(first), day(next)), "{step:?}");
        }
        assert_eq!(Step::Year.next(day("2023-06-01")), day("2024-01-01"));
        assert_eq!(Step::Month.next(day("2023-02-28")), day("2023-03-01"));
        assert_eq!(Step::Week.first_day(-1), -3);
    }

    #[test]
    fn ends_cover_all_days_once() {
        let ends = Step::Month.ends(day("2024-01-20"), day("2024-03-10"));
        assert_eq!(ends, [day("2024-01-31"), day("2024-02-29"), day("2024-03-10")]);
        assert_eq!(Step::Month.ends(5, 4), Vec::<Day>::new());
    }
}
