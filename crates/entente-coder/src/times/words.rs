//! The vocabulary of time: months, weekdays, units, numbers.

use entente_text::cardinal;
use jiff::civil::Weekday;

pub(super) fn month(word: &str) -> Option<i8> {
    let plain = word.trim_end_matches('.');
    Some(match plain {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

/// Whether a clause speaks of what is to come after a word and the one that follows it: "set to", but not "set fire to".
pub(super) fn is_of_the_future(word: &str, next: &str) -> bool {
    match word {
        "will" | "'ll" | "’ll" | "shall" | "scheduled" | "upcoming" => true,
        "set" => matches!(next, "to" | "for"),
        "due" => matches!(next, "in" | "on" | "by" | "next" | "this"),
        _ => false,
    }
}

/// Verbs of which a form of the past may come with the time of what is spoken of: "called for elections in May".
pub(super) fn looks_ahead(lemma: &str) -> bool {
    matches!(
        lemma,
        "agree"
            | "announce"
            | "ask"
            | "call"
            | "delay"
            | "demand"
            | "expect"
            | "extend"
            | "invite"
            | "offer"
            | "plan"
            | "pledge"
            | "postpone"
            | "predict"
            | "promise"
            | "propose"
            | "say"
            | "schedule"
            | "slate"
            | "threaten"
            | "urge"
            | "vow"
            | "warn"
    )
}

pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word.trim_end_matches('.') {
        "monday" | "mon" => Weekday::Monday,
        "tuesday" | "tues" | "tue" => Weekday::Tuesday,
        "wednesday" | "wed" => Weekday::Wednesday,
        "thursday" | "thurs" | "thur" => Weekday::Thursday,
        "friday" | "fri" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// A unit of time with its letter in an ISO 8601 duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "second" | "seconds" => Unit::Second,
        "minute" | "minutes" => Unit::Minute,
        "hour" | "hours" => Unit::Hour,
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "quarter" | "quarters" => Unit::Quarter,
        "year" | "years" => Unit::Year,
        "decade" | "decades" => Unit::Decade,
        "century" | "centuries" => Unit::Century,
        _ => return None,
    })
}

impl Unit {
    /// The duration as TIMEX3 writes it: `P3D`, `PT2H`, `P1DE`.
    pub(super) fn duration(self, amount: &str) -> String {
        match self {
            Self::Second => format!("PT{amount}S"),
            Self::Minute => format!("PT{amount}M"),
            Self::Hour => format!("PT{amount}H"),
            Self::Day => format!("P{amount}D"),
            Self::Week => format!("P{amount}W"),
            Self::Month => format!("P{amount}M"),
            Self::Quarter => format!("P{amount}Q"),
            Self::Year => format!("P{amount}Y"),
            Self::Decade => format!("P{amount}DE"),
            Self::Century => format!("P{amount}CE"),
        }
    }
}

/// A whole number; "a" is one.
pub(super) fn number(word: &str) -> Option<i32> {
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    cardinal(word).and_then(|number| i32::try_from(number).ok())
}

/// The TIMEX3 season of a word.
pub(super) fn season(word: &str) -> Option<&'static str> {
    Some(match word {
        "spring" => "SP",
        "summer" => "SU",
        "autumn" | "fall" => "FA",
        "winter" => "WI",
        _ => return None,
    })
}

/// The TIMEX3 part of day of a word.
pub(super) fn part_of_day(word: &str) -> Option<&'static str> {
    Some(match word {
        "morning" => "MO",
        "afternoon" => "AF",
        "evening" => "EV",
        "night" => "NI",
        _ => return None,
    })
}
