//! Keys under which reports of one act meet. Reports that share no key are never compared, so that the work grows with
//! the number of reports and not with its square.

use super::occasion::{DateBasis, Occasion};
use super::parties::Party;
use super::profile::EventProfile;
use crate::hashing::hash_numbers;

/// Days in a bucket of time.
const BUCKET_DAYS: i32 = 4;
/// Days from which a span is so vague, a month or a year, that such reports also meet by the year.
const VAGUE_SPAN: i32 = 20;
/// Longest span that is looked up bucket by bucket; of longer ones only what lies so shortly before publication.
const LONGEST_SPAN: i32 = 62;
/// Telling stems of a sentence and of its document that make keys.
const SENTENCE_STEMS: usize = 4;
const TOPIC_STEMS: usize = 4;
const TIMELESS_STEMS: usize = 3;
/// So that what has no time is not taken for what has one.
const TIMELESS: u64 = 1 << 41;
/// So that a year is not taken for a bucket.
const YEAR: u64 = 1 << 40;

impl EventProfile {
    /// Keys of the report: each of its parties, its place's country and its most telling words, with each time in which
    /// the act may have taken place.
    pub fn keys(&self) -> Vec<u64> {
        let times = self.times();
        let dated = |subject: u64| times.iter().map(move |time| hash_numbers([subject, *time]));
        let mut keys: Vec<u64> = self.subjects().into_iter().flat_map(dated).collect();
        keys.extend(self.timeless_keys());
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Each party with each of the sentence's most telling words, without a time: an act that is recalled later is often
    /// dated wrongly.
    fn timeless_keys(&self) -> Vec<u64> {
        let stems = self.words.top(TIMELESS_STEMS);
        let parties = self.parties().map(party_subject);
        parties
            .flat_map(|party| stems.iter().map(move |stem| hash_numbers([TIMELESS, party, *stem])))
            .collect()
    }

    /// What the report is about.
    fn subjects(&self) -> Vec<u64> {
        let mut subjects: Vec<u64> = self.parties().map(party_subject).collect();
        subjects.extend(self.country);
        subjects.extend(self.words.top(SENTENCE_STEMS));
        subjects.extend(self.document.topic.top(TOPIC_STEMS));
        subjects.sort_unstable();
        subjects.dedup();
        subjects
    }

    /// Buckets of time. A stated day may be off by one, for time zones and night raids; one that is inferred or the
    /// day of publication by more.
    fn times(&self) -> Vec<u64> {
        let Some((first, last)) = self.possible_days() else { return vec![0] };
        let years = (first / 365..=last / 365).map(|year| YEAR + year as u64);
        let buckets = |first: i32, last: i32| {
            (first.div_euclid(BUCKET_DAYS)..=last.div_euclid(BUCKET_DAYS))
                .map(|bucket| i64::from(bucket) as u64)
        };
        match last - first {
            0..=VAGUE_SPAN => buckets(first, last).collect(),
            ..=LONGEST_SPAN => buckets(first, last).chain(years).collect(),
            _ => {
                let published = self.document.published.unwrap_or(last);
                years.chain(buckets(first.max(published - LONGEST_SPAN), last.min(published))).collect()
            }
        }
    }

    fn possible_days(&self) -> Option<(i32, i32)> {
        let stretch = |occasion: Occasion| match occasion.basis {
            DateBasis::Stated => (occasion.first - 1, occasion.last + 1),
            DateBasis::Inferred => (occasion.first - 4, occasion.last + 4),
            DateBasis::Publication => (occasion.first - 4, occasion.last + 1),
        };
        self.occasion.map(stretch).or_else(|| self.document.published.map(|day| (day - 7, day)))
    }
}

/// A party as a part of keys.
fn party_subject(party: &Party) -> u64 {
    party.code.unwrap_or(party.name)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Story, story};
    use entente_codebook::EventType;

    fn raid(document: &str, published: &str) -> Story {
        story(document, published, "Jets bombed Kestrelville at night.", EventType::Assault, "bombed")
    }

    fn meet(one: &Story, other: &Story) -> bool {
        let keys = one.profile().keys();
        other.profile().keys().iter().any(|key| keys.contains(key))
    }

    #[test]
    fn reports_of_one_time_and_topic_meet() {
        assert!(meet(&raid("a", "2023-04-12").on("2023-04-11"), &raid("b", "2023-04-13").on("2023-04-12")));
        assert!(!meet(&raid("a", "2023-04-12").on("2023-04-11"), &raid("b", "2023-06-13").on("2023-06-12")));
    }

    #[test]
    fn a_month_meets_its_days_and_a_year_its_months() {
        let day = raid("a", "2023-04-12").on("2023-04-11");
        assert!(meet(&day, &raid("b", "2023-05-13").on("2023-04")));
        assert!(meet(&raid("a", "2023-05-02").on("2023-04"), &raid("b", "2023-12-30").on("2023")));
    }

    #[test]
    fn a_party_and_a_telling_word_meet_at_any_time() {
        let late = raid("b", "2024-04-12").by("Chad", "TCD", "MIL");
        assert!(meet(&raid("a", "2023-04-12").on("2023-04-11").by("Chad", "TCD", "MIL"), &late));
    }
}
