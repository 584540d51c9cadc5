//! Time expressions with TIMEX3 types and values.
//!
//! Every rule looks at the words from one position on and answers with how many it takes and what they mean;
//! the first rule that fits wins, so the longest come first.

mod calendar;
mod clock;
mod cursor;
mod duration;
mod relative;
mod words;

use cursor::Cursor;
use entente_syntax::{ParsedSentence, Upos};
use entente_text::{Document, Span};
use jiff::civil::Date;

/// TIMEX3 type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeKind {
    /// A day, week, month, season or year.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

impl TimeKind {
    /// The name in TIMEX3.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// A time expression. The span is in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TimeExpression {
    /// Index of the sentence.
    pub(crate) sentence: usize,
    /// First word.
    pub(crate) first: usize,
    /// One past the last word.
    pub(crate) end: usize,
    /// Bytes of the expression.
    pub(crate) span: Span,
    /// TIMEX3 type.
    pub(crate) kind: TimeKind,
    /// TIMEX3 value, resolved against the day of the text; absent where it cannot be known.
    pub(crate) value: Option<String>,
}

/// What a rule found: one past its last word, type and value.
struct Found {
    end: usize,
    kind: TimeKind,
    value: Option<String>,
}

impl Found {
    fn date(end: usize, value: Option<String>) -> Option<Self> {
        Some(Self { end, kind: TimeKind::Date, value })
    }
}

type Rule = fn(&Cursor) -> Option<Found>;

/// In order of precedence.
const RULES: &[Rule] = &[
    calendar::iso_date,
    calendar::weekday_with_date,
    calendar::day_month_year,
    calendar::month_day_year,
    calendar::month_year,
    relative::ago,
    relative::part_of_day,
    relative::last_or_next_unit,
    calendar::season,
    calendar::quarter,
    relative::weekday,
    relative::deictic_day,
    clock::time_of_day,
    duration::recurrence,
    duration::length,
    calendar::month_alone,
    calendar::decade,
    calendar::year,
    relative::vague,
];

/// A dateline stands in one of so many first sentences.
const DATELINE: usize = 3;

/// The day against which a text speaks: that of publication, else the first whole date of its dateline
/// ("KABUL, Afghanistan (April 9, 2011) –").
pub(crate) fn reference_day(document: &Document, sentences: &[ParsedSentence]) -> Option<Date> {
    document.published.or_else(|| {
        let head = &sentences[..sentences.len().min(DATELINE)];
        let dates = find(document, head, None).into_iter().filter(|time| time.kind == TimeKind::Date);
        let heading = dates.filter(|time| stands_in_dateline(&head[time.sentence], time));
        heading.filter_map(|time| time.value).find_map(|value| value.parse().ok())
    })
}

/// Before anything is told: no verb comes before it.
fn stands_in_dateline(sentence: &ParsedSentence, time: &TimeExpression) -> bool {
    let told = sentence.tokens[..time.first].iter().any(|token| token.upos == Upos::Verb);
    let tells = sentence.tokens.iter().any(|token| token.upos == Upos::Verb);
    let opens = time.first == 0 || sentence.tokens[time.first - 1].upos == Upos::Punct;
    !told && (opens || !tells)
}

/// Finds the time expressions of a document, in reading order, and resolves them against a day.
pub(crate) fn find(
    document: &Document,
    sentences: &[ParsedSentence],
    day: Option<Date>,
) -> Vec<TimeExpression> {
    let mut found = Vec::new();
    for (sentence, parsed) in sentences.iter().enumerate() {
        let words: Vec<String> =
            parsed.tokens.iter().map(|token| token.span.of(&document.text).to_lowercase()).collect();
        let mut at = 0;
        while at < words.len() {
            let cursor = Cursor { words: &words, tokens: &parsed.tokens, at, day };
            let Some(hit) = RULES.iter().find_map(|rule| rule(&cursor)) else {
                at += 1;
                continue;
            };
            let span = Span::new(parsed.tokens[at].span.start, parsed.tokens[hit.end - 1].span.end);
            let expression =
                TimeExpression { sentence, first: at, end: hit.end, span, kind: hit.kind, value: hit.value };
            at = hit.end;
            found.push(expression);
        }
    }
    found
}

/// A day as TIMEX3 writes it.
fn day(date: Date) -> String {
    date.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_syntax::{Deprel, Relation, Token, Upos};
    use entente_text::DocumentParts;
    use jiff::civil::date;

    /// Types and values found in a text whose words stand apart, published on Thursday 16 December 2021.
    fn values(text: &str) -> Vec<(String, String)> {
        let document = Document::new(DocumentParts {
            body: text.to_owned(),
            published: Some(date(2021, 12, 16)),
            ..DocumentParts::default()
        });
        let mut tokens = Vec::new();
        let mut start = 0;
        for word in text.split(' ') {
            let first = tokens.is_empty();
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            tokens.push(Token {
                span: Span::new(start, start + word.len()),
                upos: match word {
                    "." | "," => Upos::Punct,
                    "received" | "expected" | "meet" | "held" | "put" => Upos::Verb,
                    _ if capital => Upos::Propn,
                    _ => Upos::Noun,
                },
                lemma: match word {
                    "received" => "receive".to_owned(),
                    "expected" => "expect".to_owned(),
                    "held" => "hold".to_owned(),
                    _ => word.to_lowercase(),
                },
                head: if first { None } else { Some(0) },
                relation: Relation { base: if first { Deprel::Root } else { Deprel::Dep }, subtype: "" },
            });
            start += word.len() + 1;
        }
        let sentence = ParsedSentence::new(Span::new(0, text.len()), 0, false, tokens, Vec::new());
        let found = find(&document, &[sentence], document.published);
        found
            .into_iter()
            .map(|time| (time.span.of(&document.text).to_owned(), time.value.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn expressions_and_their_values() {
        let cases: &[(&str, &str, &str)] = &[
            ("They met yesterday .", "yesterday", "2021-12-15"),
            ("They meet today .", "today", "2021-12-16"),
            ("They will meet tomorrow .", "tomorrow", "2021-12-17"),
            ("They met on Monday .", "Monday", "2021-12-13"),
            ("They will meet next Tuesday .", "next Tuesday", "2021-12-21"),
            ("They met on Thursday .", "Thursday", "2021-12-16"),
            ("It fell last week .", "last week", "2021-W49"),
            ("It fell this week .", "this week", "2021-W50"),
            ("It fell last month .", "last month", "2021-11"),
            ("It fell last year .", "last year", "2020"),
            ("It rose next year .", "next year", "2022"),
            ("It fell three weeks ago .", "three weeks ago", "2021-W47"),
            ("It fell two days ago .", "two days ago", "2021-12-14"),
            ("It fell 10 years ago .", "10 years ago", "2011"),
            ("It fell on 3 May 2014 .", "3 May 2014", "2014-05-03"),
            ("It fell on May 3 , 2014 .", "May 3 , 2014", "2014-05-03"),
            ("It fell on November 30 .", "November 30", "2021-11-30"),
            ("It fell in May 2014 .", "May 2014", "2014-05"),
            ("It fell in September .", "September", "2021-09"),
            ("It fell in 2014 .", "2014", "2014"),
            ("It fell in the 1990s .", "1990s", "199"),
            ("They marched last night .", "last night", "2021-12-15TNI"),
            ("They marched this morning .", "this morning", "2021-12-16TMO"),
            ("They waited for two weeks .", "two weeks", "P2W"),
            ("They waited 48 hours .", "48 hours", "PT48H"),
            ("They meet every year .", "every year", "P1Y"),
            ("It fell in the summer of 2014 .", "summer of 2014", "2014-SU"),
            ("It rose in the third quarter of 2020 .", "third quarter of 2020", "2020-Q3"),
            ("It rose in the first quarter of last year .", "first quarter of last year", "2020-Q1"),
            ("It closes at 18:00 GMT .", "18:00 GMT", "2021-12-16T18:00Z"),
            ("The vote is planned for February .", "February", "2022-02"),
            ("They will give what they received in January .", "January", "2021-01"),
            ("They received it on 3 February .", "3 February", "2021-02-03"),
            ("Talks expected in January .", "January", "2022-01"),
            ("Talks will be held in January .", "January", "2022-01"),
            ("They had put it forward in February .", "February", "2021-02"),
            ("They want to meet in January .", "January", "2022-01"),
            ("Rebels set fire to it on 3 December .", "3 December", "2021-12-03"),
            ("Flights fell due to fog on 3 December .", "3 December", "2021-12-03"),
            ("It was due to meet on 3 January .", "3 January", "2022-01-03"),
            ("It was received from 20 December .", "20 December", "2021-12-20"),
            ("It fell for the first time since March .", "March", "2021-03"),
            ("It fell recently .", "recently", "PAST_REF"),
            ("It fell on 2014-05-03 .", "2014-05-03", "2014-05-03"),
        ];
        for (text, words, value) in cases {
            let found = values(text);
            assert_eq!(found, [((*words).to_owned(), (*value).to_owned())], "{text}");
        }
    }

    #[test]
    fn what_is_no_time_stays_out() {
        for text in
            ["They may march .", "The march drew 2000 people .", "A second wave fell .", "He may be right ."]
        {
            assert_eq!(values(text), [], "{text}");
        }
    }
}
