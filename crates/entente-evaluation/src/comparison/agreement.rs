//! Which events two sets of records share, and in what those that they share differ.

use super::difference::{Difference, DifferenceKind};
use crate::figures::rounded;
use crate::matching::{EventView, match_events};
use crate::misses::{shown, shown_parties};
use crate::system::{SystemDocument, SystemEvent, SystemParty};
use entente_codebook::EventType;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How far two sets of records agree. Only documents that both hold are compared.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Agreement {
    /// Documents that both sets hold.
    pub documents_in_both: usize,
    /// Documents of the first set alone.
    pub documents_only_in_first: Vec<String>,
    /// Documents of the second set alone.
    pub documents_only_in_second: Vec<String>,
    /// Events of the first set, in the common documents.
    pub events_in_first: usize,
    /// Events of the second set, in the common documents.
    pub events_in_second: usize,
    /// Events with the same type in the same sentence.
    pub in_both: usize,
    /// Events at the same words with different types.
    pub other_type: usize,
    /// Events of the first set alone.
    pub only_in_first: usize,
    /// Events of the second set alone.
    pub only_in_second: usize,
    /// Twice the events in both, divided by all events: the F1 of one set measured on the other.
    pub agreement: Option<f64>,
    /// Of the events in both, how many have the same codes of actors and recipients.
    pub same_parties: usize,
    /// The same modes.
    pub same_mode: usize,
    /// The same auxiliary modes.
    pub same_aux: usize,
    /// The same chain of claims.
    pub same_claim: usize,
    /// The same date.
    pub same_date: usize,
    /// By type.
    pub types: Vec<TypeAgreement>,
}

/// The events of one type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TypeAgreement {
    /// The type.
    pub event: EventType,
    /// In both sets.
    pub in_both: usize,
    /// In the first set and not with this type in the second.
    pub only_in_first: usize,
    /// In the second set and not with this type in the first.
    pub only_in_second: usize,
}

/// The agreement of two sets and all their differences.
pub(super) fn of(first: &[SystemDocument], second: &[SystemDocument]) -> (Agreement, Vec<Difference>) {
    let by_id: HashMap<&str, &SystemDocument> =
        second.iter().map(|document| (document.id.as_str(), document)).collect();
    let first_ids: BTreeSet<&str> = first.iter().map(|document| document.id.as_str()).collect();
    let lacking = second.iter().filter(|document| !first_ids.contains(document.id.as_str()));
    let mut tally = Tally::default();
    tally.agreement.documents_only_in_second = lacking.map(|document| document.id.clone()).collect();
    for document in first {
        match by_id.get(document.id.as_str()) {
            Some(other) => tally.documents(document, other),
            None => tally.agreement.documents_only_in_first.push(document.id.clone()),
        }
    }
    tally.finish()
}

#[derive(Default)]
struct Tally {
    agreement: Agreement,
    differences: Vec<Difference>,
    /// In both, only in the first, only in the second.
    types: BTreeMap<EventType, [usize; 3]>,
}

impl Tally {
    fn documents(&mut self, first: &SystemDocument, second: &SystemDocument) {
        let left = EventView::all_of_system(&first.events);
        let right = EventView::all_of_system(&second.events);
        let matching = match_events(&left, &right, |_| false);
        let text = first.text.as_deref().or(second.text.as_deref());
        self.agreement.documents_in_both += 1;
        self.agreement.events_in_first += left.len();
        self.agreement.events_in_second += right.len();
        self.agreement.in_both += matching.same_type.len();
        for (one, two) in &matching.same_type {
            self.type_count(left[*one].event)[0] += 1;
            let is_same_dyad = left[*one].has_same_parties(&right[*two]);
            let place = Place { id: &first.id, text, event: &first.events[*one] };
            self.pair(&place, &second.events[*two], is_same_dyad);
        }
        let retyped: Vec<(usize, usize)> = matching
            .other_type
            .into_iter()
            .filter(|(one, two)| left[*one].shares_trigger(&right[*two]))
            .collect();
        for (one, two) in &retyped {
            self.agreement.other_type += 1;
            let place = Place { id: &first.id, text, event: &first.events[*one] };
            let other = &second.events[*two];
            self.differences.push(place.difference(DifferenceKind::Type, whole(place.event), whole(other)));
        }
        for one in matching.left_alone {
            self.type_count(left[one].event)[1] += 1;
            if retyped.iter().all(|pair| pair.0 != one) {
                self.agreement.only_in_first += 1;
                let place = Place { id: &first.id, text, event: &first.events[one] };
                let kind = DifferenceKind::OnlyInFirst;
                self.differences.push(place.difference(kind, whole(place.event), String::new()));
            }
        }
        for two in matching.right_alone {
            self.type_count(right[two].event)[2] += 1;
            if retyped.iter().all(|pair| pair.1 != two) {
                self.agreement.only_in_second += 1;
                let place = Place { id: &first.id, text, event: &second.events[two] };
                let kind = DifferenceKind::OnlyInSecond;
                self.differences.push(place.difference(kind, String::new(), whole(place.event)));
            }
        }
    }

    fn type_count(&mut self, event: EventType) -> &mut [usize; 3] {
        self.types.entry(event).or_default()
    }

    /// In what an event that both sets hold differs.
    fn pair(&mut self, place: &Place, other: &SystemEvent, is_same_dyad: bool) {
        let one = place.event;
        let aux = |event: &SystemEvent| event.aux.iter().map(|aux| aux.as_str()).collect::<Vec<_>>();
        let claim =
            |event: &SystemEvent| event.claim.iter().map(shown).collect::<Vec<_>>().join(", on that of ");
        let codes = |event: &SystemEvent| -> Vec<Option<String>> {
            event.claim.iter().map(|party: &SystemParty| party.code.clone()).collect()
        };
        let sorted = |mut modes: Vec<String>| {
            modes.sort();
            modes
        };
        let is_same_mode = sorted(one.mode.clone()) == sorted(other.mode.clone());
        let is_same_aux = one.aux.iter().collect::<BTreeSet<_>>() == other.aux.iter().collect();
        let is_same_claim = codes(one) == codes(other);
        let is_same_date = one.date == other.date;
        let agreement = &mut self.agreement;
        let date = |event: &SystemEvent| event.date.clone().unwrap_or_default();
        let aspects = [
            (
                DifferenceKind::Parties,
                is_same_dyad,
                &mut agreement.same_parties,
                shown_parties(one),
                shown_parties(other),
            ),
            (
                DifferenceKind::Mode,
                is_same_mode,
                &mut agreement.same_mode,
                one.mode.join(", "),
                other.mode.join(", "),
            ),
            (
                DifferenceKind::Aux,
                is_same_aux,
                &mut agreement.same_aux,
                aux(one).join(", "),
                aux(other).join(", "),
            ),
            (DifferenceKind::Claim, is_same_claim, &mut agreement.same_claim, claim(one), claim(other)),
            (DifferenceKind::Date, is_same_date, &mut agreement.same_date, date(one), date(other)),
        ];
        for (kind, is_same, count, first, second) in aspects {
            if is_same {
                *count += 1;
            } else {
                self.differences.push(place.difference(kind, first, second));
            }
        }
    }

    fn finish(mut self) -> (Agreement, Vec<Difference>) {
        let all = self.agreement.events_in_first + self.agreement.events_in_second;
        self.agreement.agreement =
            (all > 0).then(|| rounded(2.0 * self.agreement.in_both as f64 / all as f64));
        let types = self.types.into_iter();
        self.agreement.types = types
            .map(|(event, [in_both, only_in_first, only_in_second])| TypeAgreement {
                event,
                in_both,
                only_in_first,
                only_in_second,
            })
            .collect();
        (self.agreement, self.differences)
    }
}

/// An event where a difference is.
struct Place<'e> {
    id: &'e str,
    text: Option<&'e str>,
    event: &'e SystemEvent,
}

impl Place<'_> {
    fn difference(&self, kind: DifferenceKind, first: String, second: String) -> Difference {
        Difference {
            document_id: self.id.to_owned(),
            kind,
            event: self.event.event,
            trigger: self.event.trigger_text().to_owned(),
            sentence: self.text.map(|text| self.event.sentence.of(text)).unwrap_or_default(),
            first,
            second,
        }
    }
}

fn whole(event: &SystemEvent) -> String {
    format!("{} {}", event.event, shown_parties(event))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::read_records;

    const HEAD: &str = "{\"id\": \"a\", \"text\": \"Chad helps Mali.\", \"events\": [";

    fn event(kind: &str, actor: &str, date: &str) -> String {
        format!(
            "{{\"event\": \"{kind}\", \"actor\": [{{\"code\": \"{actor}\"}}], \"date\": \"{date}\", \
             \"trigger\": {{\"start\": 5, \"end\": 10, \"text\": \"helps\"}}, \"text_info\": {{\"start\": 0, \"end\": 16}}}}"
        )
    }

    fn compared(first: &str, second: &str) -> (Agreement, Vec<Difference>) {
        let read = |events: &str| read_records("a", &format!("{HEAD}{events}]}}")).documents;
        of(&read(first), &read(second))
    }

    #[test]
    fn the_same_records_agree_in_everything() {
        let (agreement, differences) = compared(&event("AID", "TCD", "2024"), &event("AID", "TCD", "2024"));
        assert_eq!((agreement.agreement, agreement.same_parties, agreement.same_date), (Some(1.0), 1, 1));
        assert_eq!(differences, []);
    }

    #[test]
    fn parties_and_dates_are_told_apart() {
        let (agreement, differences) = compared(&event("AID", "TCD", "2024"), &event("AID", "NER", "2023"));
        assert_eq!((agreement.in_both, agreement.same_parties, agreement.same_mode), (1, 0, 1));
        let kinds: Vec<DifferenceKind> = differences.iter().map(|difference| difference.kind).collect();
        assert_eq!(kinds, [DifferenceKind::Parties, DifferenceKind::Date]);
        assert_eq!(
            (differences[0].first.as_str(), differences[0].second.as_str()),
            ("TCD → nobody", "NER → nobody")
        );
        assert_eq!(differences[0].sentence, "Chad helps Mali.");
    }

    #[test]
    fn another_type_at_the_same_words_is_one_difference() {
        let (agreement, differences) =
            compared(&event("AID", "TCD", "2024"), &event("SUPPORT", "TCD", "2024"));
        assert_eq!((agreement.in_both, agreement.other_type, agreement.only_in_first), (0, 1, 0));
        assert_eq!((differences.len(), differences[0].kind), (1, DifferenceKind::Type));
        assert_eq!(agreement.types.len(), 2);
    }

    #[test]
    fn events_and_documents_of_one_side_are_named() {
        let (agreement, differences) = compared(&event("AID", "TCD", "2024"), "");
        assert_eq!((agreement.only_in_first, agreement.agreement), (1, Some(0.0)));
        assert_eq!(differences[0].kind, DifferenceKind::OnlyInFirst);
        let alone = read_records("b", "{\"id\": \"b\", \"events\": []}").documents;
        let (agreement, _) = of(&alone, &[]);
        assert_eq!((agreement.documents_only_in_first, agreement.agreement), (vec!["b".to_owned()], None));
    }
}
