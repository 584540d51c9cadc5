//! What is right of a document's records: each measure's rule, counted.

use crate::align::{align, all_pairs};
use crate::counts::{Count, Counts};
use crate::gold::{GoldDocument, GoldEvent, GoldParty, GoldPerson};
use crate::matching::{EventMatching, EventView};
use crate::span::Span;
use crate::system::{SystemDocument, SystemEvent, SystemParty, SystemPerson};
use std::collections::{BTreeMap, BTreeSet};

/// A gold document, its records and how their events are matched.
pub(crate) struct Matched<'d> {
    pub(crate) gold: &'d GoldDocument,
    pub(crate) system: &'d SystemDocument,
    pub(crate) gold_views: Vec<EventView<'d>>,
    pub(crate) system_views: Vec<EventView<'d>>,
    pub(crate) matching: EventMatching,
}

impl Matched<'_> {
    /// Everything that is counted in the document.
    pub(crate) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.count_events(&mut counts);
        for (gold, coded) in &self.matching.same_type {
            count_pair(&mut counts, &self.gold.events[*gold], &self.system.events[*coded]);
            self.count_parties(&mut counts, *gold, *coded);
        }
        self.count_statements(&mut counts);
        self.count_people(&mut counts);
        counts
    }

    /// The records that count: those matched with their type, and the false alarms.
    pub(crate) fn counted_events(&self) -> impl Iterator<Item = usize> {
        let found = self.matching.same_type.iter().map(|pair| pair.1);
        found.chain(self.matching.right_alone.iter().copied())
    }

    fn count_events(&self, counts: &mut Counts) {
        counts.add(Count::EventsInGold, self.gold.events.len());
        for event in &self.gold.events {
            counts.types[event.event as usize].gold += 1;
        }
        for index in self.counted_events() {
            counts.add(Count::EventsCoded, 1);
            counts.types[self.system.events[index].event as usize].coded += 1;
        }
        for (gold, _) in &self.matching.same_type {
            counts.add(Count::Typed, 1);
            counts.types[self.gold.events[*gold].event as usize].found += 1;
        }
    }

    fn count_parties(&self, counts: &mut Counts, gold: usize, coded: usize) {
        let (one, two) = (&self.gold_views[gold], &self.system_views[coded]);
        counts.note(Count::Actors, one.actor == two.actor);
        counts.note(Count::Recipients, one.recipient == two.recipient);
        counts.note(Count::Dyads, one.has_same_parties(two));
        counts.note(Count::Swapped, one.is_swapped(two));
        let (gold_actor, coded_actor) = (&self.gold.events[gold].actor, &self.system.events[coded].actor);
        if gold_actor.iter().all(|party| party.sector.is_some()) {
            counts.add(Count::SectorsMeasured, 1);
            let same = gold_sectors(gold_actor) == coded_sectors(coded_actor);
            counts.note(Count::Sectors, one.actor == two.actor && same);
        }
    }

    fn count_statements(&self, counts: &mut Counts) {
        let (Some(gold), Some(coded)) = (&self.gold.quotes, &self.system.statements) else {
            return;
        };
        counts.add(Count::StatementDocuments, 1);
        counts.add(Count::StatementsInGold, gold.len());
        counts.add(Count::StatementsCoded, coded.len());
        let text = &self.gold.text;
        let gold_spans: Vec<Span> =
            gold.iter().map(|quote| Span::find(text, &quote.content).unwrap_or_default()).collect();
        let coded_spans: Vec<Span> = coded
            .iter()
            .map(|statement| statement.content.as_ref().map(|content| content.span()).unwrap_or_default())
            .collect();
        let likeness = |one: usize, two: usize| statement_likeness(gold_spans[one], coded_spans[two]);
        for (one, two) in align(all_pairs(gold.len(), coded.len(), likeness)) {
            counts.add(Count::Statements, 1);
            let speaker = coded[two].speaker.as_ref().and_then(|speaker| speaker.code.as_deref());
            counts.note(Count::Speakers, known(gold[one].speaker.code.as_deref()) == known(speaker));
        }
    }

    fn count_people(&self, counts: &mut Counts) {
        let (Some(gold), Some(coded)) = (&self.gold.people, &self.system.people) else {
            return;
        };
        let gold: BTreeMap<String, &GoldPerson> =
            gold.iter().map(|person| (normal(&person.name), person)).collect();
        let coded: BTreeMap<String, &SystemPerson> =
            coded.iter().map(|person| (normal(&person.name), person)).collect();
        counts.add(Count::PeopleDocuments, 1);
        counts.add(Count::PeopleInGold, gold.len());
        counts.add(Count::PeopleCoded, coded.len());
        for (name, person) in &gold {
            let found = coded.get(name);
            let age = person.age.filter(|age| *age > 0);
            counts.note(Count::AgesInGold, age.is_some());
            let Some(found) = found else { continue };
            counts.add(Count::People, 1);
            counts.note(Count::PeopleCodes, known(person.code.as_deref()) == known(found.code.as_deref()));
            counts.note(Count::Ages, age.is_some() && found.age == age);
        }
    }
}

/// Aux, mode, claim and date of an event whose type was found.
fn count_pair(counts: &mut Counts, gold: &GoldEvent, coded: &SystemEvent) {
    if let Some(aux) = &gold.aux {
        counts.add(Count::AuxMeasured, 1);
        let one: BTreeSet<_> = aux.iter().collect();
        counts.note(Count::Aux, one == coded.aux.iter().collect());
    }
    if !gold.mode.is_empty() {
        counts.add(Count::ModesInGold, 1);
        counts.note(Count::Modes, gold.mode.iter().any(|mode| coded.mode.contains(mode)));
    }
    if let Some(claim) = &gold.claim {
        counts.add(Count::ClaimsMeasured, 1);
        counts.note(Count::ClaimPresence, claim.is_empty() == coded.claim.is_empty());
        if !claim.is_empty() {
            counts.add(Count::ClaimsInGold, 1);
            counts.note(Count::ClaimChains, is_same_chain(claim, &coded.claim));
        }
    }
    if let Some(date) = gold.date.as_deref().filter(|date| !date.is_empty()) {
        counts.add(Count::DatesInGold, 1);
        counts.note(Count::Dates, coded.date.as_deref().unwrap_or_default().starts_with(date));
    }
}

/// The codes of the two chains, in order. Here an unknown code (gold writes it as an empty word, records as null)
/// is never right, since nothing shows that the two mean the same claimant.
fn is_same_chain(gold: &[GoldParty], coded: &[SystemParty]) -> bool {
    let one: Vec<Option<&str>> = gold.iter().map(|party| party.code.as_deref()).collect();
    let two: Vec<Option<&str>> = coded.iter().map(|party| party.code.as_deref()).collect();
    one == two
}

/// The shared part of the stretch that the two cover together, less the least that makes a match.
fn statement_likeness(one: Span, two: Span) -> f64 {
    const LEAST: f64 = 0.299;
    one.overlap(two) as f64 / one.hull(two).len().max(1) as f64 - LEAST
}

fn gold_sectors(parties: &[GoldParty]) -> BTreeSet<(&str, &str)> {
    parties.iter().map(|party| (known(party.code.as_deref()), known(party.sector.as_deref()))).collect()
}

fn coded_sectors(parties: &[SystemParty]) -> BTreeSet<(&str, &str)> {
    parties.iter().map(|party| (known(party.code.as_deref()), known(party.sector.as_deref()))).collect()
}

fn known(code: Option<&str>) -> &str {
    code.unwrap_or_default()
}

/// A name without differences of case and white space.
fn normal(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_codebook::{Aux, EventType};

    fn gold_event() -> GoldEvent {
        GoldEvent {
            event: EventType::Coerce,
            mode: vec!["arrest".to_owned(), "deport".to_owned()],
            aux: Some(vec![Aux::Negation, Aux::Historical]),
            trigger: String::new(),
            sentence: String::new(),
            actor: Vec::new(),
            recipient: Vec::new(),
            claim: Some(Vec::new()),
            date: Some("2024-03".to_owned()),
            country: None,
        }
    }

    fn coded_event() -> SystemEvent {
        let json = r#"{"event": "COERCE", "mode": ["deport"], "aux": ["historical", "negation"], "date": "2024-03-07"}"#;
        serde_json::from_str(json).expect("an event")
    }

    fn counted(gold: &GoldEvent, coded: &SystemEvent) -> Counts {
        let mut counts = Counts::default();
        count_pair(&mut counts, gold, coded);
        counts
    }

    #[test]
    fn one_common_mode_all_aux_and_a_date_within_the_golds_are_right() {
        let counts = counted(&gold_event(), &coded_event());
        for count in [Count::Modes, Count::Aux, Count::Dates, Count::ClaimPresence] {
            assert_eq!(counts.of(count), 1, "{count:?}");
        }
        assert_eq!(counts.of(Count::ClaimsInGold), 0);
    }

    #[test]
    fn a_missing_aux_a_coarser_date_and_another_mode_are_wrong() {
        let mut coded = coded_event();
        coded.aux.pop();
        coded.date = Some("2024".to_owned());
        coded.mode = vec!["seize".to_owned()];
        let counts = counted(&gold_event(), &coded);
        for count in [Count::Modes, Count::Aux, Count::Dates] {
            assert_eq!(counts.of(count), 0, "{count:?}");
        }
        assert_eq!((counts.of(Count::ModesInGold), counts.of(Count::DatesInGold)), (1, 1));
    }

    #[test]
    fn what_the_gold_leaves_open_is_not_measured() {
        let gold = GoldEvent { mode: Vec::new(), aux: None, claim: None, date: None, ..gold_event() };
        assert_eq!(counted(&gold, &coded_event()), Counts::default());
    }

    #[test]
    fn claims_are_chains_in_order_and_unknown_codes_are_never_right() {
        let gold = |codes: &[&str]| -> Vec<GoldParty> {
            let party = |code: &&str| GoldParty { code: Some((*code).to_owned()), ..GoldParty::default() };
            codes.iter().map(party).collect()
        };
        let coded = |codes: &[Option<&str>]| -> Vec<SystemParty> {
            let party =
                |code: &Option<&str>| SystemParty { code: code.map(str::to_owned), ..SystemParty::default() };
            codes.iter().map(party).collect()
        };
        assert!(is_same_chain(&gold(&["KOR", "PRK"]), &coded(&[Some("KOR"), Some("PRK")])));
        assert!(!is_same_chain(&gold(&["KOR", "PRK"]), &coded(&[Some("PRK"), Some("KOR")])));
        assert!(!is_same_chain(&gold(&["KOR", "PRK"]), &coded(&[Some("KOR")])));
        assert!(!is_same_chain(&gold(&[""]), &coded(&[None])));
    }

    #[test]
    fn statements_match_from_three_tenths_of_their_common_stretch_on() {
        let likeness = |start: usize| statement_likeness(Span::new(0, 100), Span::new(start, 100));
        assert!(likeness(70) > 0.0);
        assert!(likeness(71) < 0.0);
        assert!(statement_likeness(Span::default(), Span::default()) < 0.0);
    }

    #[test]
    fn names_are_compared_without_case_and_white_space() {
        assert_eq!(normal(" Kim  Jong-un\n"), normal("KIM JONG-UN"));
    }
}
