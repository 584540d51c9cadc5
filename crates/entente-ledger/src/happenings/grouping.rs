//! Joins reports to happenings, all at once or as they come in.

use super::features::{Comparison, compare};
use super::linkage::{Edge, link};
use super::profile::EventProfile;
use super::rivals::{Apart, discount_rivals};
use super::weights::Weights;
use crate::hashing::{hash_numbers, hash_text};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, HashMap};

/// Probability below which a pair is not remembered.
const LEAST: f64 = 0.02;
/// Probability below which two events of one document are two acts.
const APART: f64 = 0.2;
/// Reports under one key from which the key is no longer followed: it stands for a topic of the day and not for an act.
const CROWDED_KEY: usize = 3000;
/// Reports that one report is compared with at most; those that share most keys come first.
const MOST_COMPARED: usize = 48;

/// A report that denies what a happening reports.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contradiction {
    /// The event that says it took place.
    pub asserted: String,
    /// The event that says it did not.
    pub denied: String,
}

/// What became of added reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouping {
    /// Happening of each added event.
    pub happenings: BTreeMap<String, String>,
    /// Events that contradict one another.
    pub contradictions: Vec<Contradiction>,
}

/// Reports and their happenings.
///
/// The id of a happening is a hash of the event that founded it: the one that was published first, of those added in
/// the call that opened the happening. Added in the same calls, the same events have the same happenings with the same
/// ids, in whatever order a call lists them. Added in other calls they may differ: a report is joined to what is known
/// then, and happenings are never merged or split afterwards, so that ids once given stay. Adding everything to a new
/// `Happenings` gives what the whole of it supports.
#[derive(Debug)]
pub struct Happenings {
    weights: Weights,
    profiles: Vec<EventProfile>,
    happening: Vec<String>,
    by_key: FxHashMap<u64, Vec<usize>>,
    by_document: FxHashMap<u64, Vec<usize>>,
    by_event: HashMap<String, usize>,
}

impl Happenings {
    /// None yet.
    pub fn new(weights: Weights) -> Self {
        Self {
            weights,
            profiles: Vec::new(),
            happening: Vec::new(),
            by_key: FxHashMap::default(),
            by_document: FxHashMap::default(),
            by_event: HashMap::new(),
        }
    }

    /// The happening of a report that is there.
    pub fn of(&self, event_id: &str) -> Option<&str> {
        self.by_event.get(event_id).map(|at| self.happening[*at].as_str())
    }

    /// Takes up a report whose happening is known: when a ledger is opened again. Only those that share a key with what
    /// will be added are needed. A report that is there already stays as it is.
    pub fn restore(&mut self, profile: EventProfile, happening: String) {
        if self.by_event.contains_key(&profile.id) {
            return;
        }
        for key in profile.keys() {
            self.by_key.entry(key).or_default().push(self.profiles.len());
        }
        self.by_document.entry(profile.document.key).or_default().push(self.profiles.len());
        self.by_event.insert(profile.id.clone(), self.profiles.len());
        self.profiles.push(profile);
        self.happening.push(happening);
    }

    /// Lets go of reports, so that nothing more is joined to them.
    pub fn retain(&mut self, is_kept: impl Fn(&EventProfile) -> bool) {
        let profiles = std::mem::take(&mut self.profiles);
        let happenings = std::mem::take(&mut self.happening);
        *self = Self::new(self.weights.clone());
        for (profile, happening) in profiles.into_iter().zip(happenings) {
            if is_kept(&profile) {
                self.restore(profile, happening);
            }
        }
    }

    /// Joins each report to a happening that is there or to other new ones, or opens one for it.
    pub fn add(&mut self, mut added: Vec<EventProfile>) -> Grouping {
        added.sort_by(|one, other| order_of(one).cmp(&order_of(other)));
        let known = self.profiles.len();
        for profile in added {
            self.restore(profile, String::new());
        }
        let mut pairs = self.pairs_from(known);
        let documents: Vec<u64> = self.profiles.iter().map(|profile| profile.document.key).collect();
        discount_rivals(&mut pairs.edges, &documents, &pairs.apart, self.weights.rival);
        let group = self.link_all(known, &pairs);
        self.name_added(known, &group);
        let happenings = (known..self.profiles.len())
            .map(|at| (self.profiles[at].id.clone(), self.happening[at].clone()))
            .collect();
        pairs.contradictions.sort();
        Grouping { happenings, contradictions: pairs.contradictions }
    }

    /// What comes of comparing each report from `known` on with those before it, on all cores; the same on any number.
    fn pairs_from(&self, known: usize) -> Pairs {
        let later: Vec<usize> = (known..self.profiles.len()).collect();
        let found: Vec<Pairs> = later.par_iter().map(|at| self.compare_with_earlier(*at)).collect();
        let mut pairs = Pairs::default();
        for Pairs { edges, apart, contradictions } in found {
            pairs.edges.extend(edges);
            pairs.apart.extend(apart);
            pairs.contradictions.extend(contradictions);
        }
        pairs
    }

    /// Compares a report with all before it in its document, and with all in others that share a key.
    fn compare_with_earlier(&self, at: usize) -> Pairs {
        let profile = &self.profiles[at];
        let mut pairs = Pairs::default();
        for earlier in self.candidates(at) {
            let found = compare(&self.profiles[earlier], profile, &self.weights);
            if profile.is_of_document_of(&self.profiles[earlier])
                && is_another_act(&self.profiles[earlier], profile, found.as_ref())
            {
                pairs.apart.insert((earlier, at));
                continue;
            }
            let Some(found) = found else { continue };
            if found.contradict {
                let is_likely = found.probability >= self.weights.join;
                pairs.note_contradiction(&self.profiles[earlier], profile, is_likely);
            } else if found.probability >= LEAST {
                pairs.edges.push(Edge { one: earlier, other: at, probability: found.probability });
            }
        }
        pairs
    }

    /// Earlier reports that share a key, at most `MOST_COMPARED`, in their order.
    fn candidates(&self, at: usize) -> Vec<usize> {
        let profile = &self.profiles[at];
        let earlier = |posting: &'_ [usize]| posting.partition_point(|report| *report < at);
        let mut found: Vec<usize> = Vec::new();
        for posting in profile.keys().iter().filter_map(|key| self.by_key.get(key)) {
            let count = earlier(posting);
            if count <= CROWDED_KEY {
                found.extend(&posting[..count]);
            }
        }
        if let Some(posting) = self.by_document.get(&profile.document.key) {
            found.extend(&posting[..earlier(posting)]);
        }
        found.sort_unstable();
        let counts = found.chunk_by(|one, other| one == other).map(|same| (same.len(), same[0]));
        let mut counted: Vec<(usize, usize)> = counts.collect();
        if counted.len() > MOST_COMPARED {
            counted.sort_unstable_by(|one, other| other.cmp(one));
            counted.truncate(MOST_COMPARED);
        }
        let mut kept: Vec<usize> = counted.into_iter().map(|(_, report)| report).collect();
        kept.sort_unstable();
        kept
    }

    /// Groups of all reports that the edges touch; the others stay as they are.
    fn link_all(&self, known: usize, pairs: &Pairs) -> Vec<usize> {
        let mut number: HashMap<&str, usize> = HashMap::new();
        let given: Vec<Option<usize>> = (0..self.profiles.len())
            .map(|at| {
                let next = number.len();
                (at < known).then(|| *number.entry(self.happening[at].as_str()).or_insert(next))
            })
            .collect();
        let may_join =
            |one: usize, other: usize| self.profiles[one].is_denied == self.profiles[other].is_denied;
        link(&pairs.edges, &pairs.apart, &given, self.weights.join, &may_join)
    }

    /// Gives new reports the id of their group's happening, or one of their own.
    fn name_added(&mut self, known: usize, group: &[usize]) {
        for (at, &first) in group.iter().enumerate().skip(known) {
            self.happening[at] =
                if first == at { happening_id(&self.profiles[at].id) } else { self.happening[first].clone() };
        }
    }
}

/// Pairs found while reports are added.
#[derive(Default)]
struct Pairs {
    edges: Vec<Edge>,
    /// Pairs of one document that are two acts.
    apart: Apart,
    contradictions: Vec<Contradiction>,
}

impl Pairs {
    fn note_contradiction(&mut self, one: &EventProfile, other: &EventProfile, is_likely: bool) {
        if !is_likely {
            return;
        }
        let (denied, asserted) = if one.is_denied { (one, other) } else { (other, one) };
        self.contradictions.push(Contradiction { asserted: asserted.id.clone(), denied: denied.id.clone() });
    }
}

/// Whether an article means two acts by two events: they stand in one sentence, or are unlike. Else it tells one act
/// twice, as in its headline and below.
fn is_another_act(one: &EventProfile, other: &EventProfile, found: Option<&Comparison>) -> bool {
    one.sentence == other.sentence || found.is_none_or(|found| found.probability < APART)
}

/// Reports are taken in the order in which they were published; what ids and offsets add only settles ties.
fn order_of(profile: &EventProfile) -> (Option<i32>, &str, usize, &str) {
    (profile.document.published, &profile.document.id, profile.start, &profile.id)
}

/// Id of the happening that an event founds: 16 hexadecimal digits.
fn happening_id(event: &str) -> String {
    format!("{:016x}", hash_numbers([hash_text("happening"), hash_text(event)]))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Story, story};
    use super::*;
    use entente_codebook::{Aux, EventType};

    fn raid(document: &str, published: &str, day: &str, town: &str, words: &str) -> Story {
        let text =
            format!("Gunmen {words} an army convoy near {town} on that day, killing soldiers of Niger.");
        let trigger = words.split(' ').next().unwrap();
        story(document, published, &text, EventType::Assault, trigger)
            .on(day)
            .by("gunman", "", "UAF")
            .to("soldier", "NER", "MIL")
            .at(town, "NER")
    }

    fn three_reports_of_two_raids() -> Vec<Story> {
        vec![
            raid("a", "2023-04-12", "2023-04-11", "Tillaberi", "ambushed"),
            raid("b", "2023-04-13", "2023-04-11", "Tillaberi", "attacked"),
            raid("c", "2023-04-27", "2023-04-26", "Torodi", "ambushed again"),
        ]
    }

    fn profiles(stories: &[Story]) -> Vec<EventProfile> {
        stories.iter().map(Story::profile).collect()
    }

    #[test]
    fn reports_of_one_act_become_one_happening() {
        let found =
            Happenings::new(Weights::built_in()).add(profiles(&three_reports_of_two_raids())).happenings;
        assert_eq!(found["a-ambushed"], found["b-attacked"]);
        assert_ne!(found["a-ambushed"], found["c-ambushed"]);
        assert_eq!(found["a-ambushed"], happening_id("a-ambushed"), "the first report founds it");
    }

    #[test]
    fn the_order_of_the_reports_does_not_matter() {
        let mut stories = three_reports_of_two_raids();
        let found = Happenings::new(Weights::built_in()).add(profiles(&stories));
        for _ in 0..3 {
            stories.rotate_left(1);
            assert_eq!(Happenings::new(Weights::built_in()).add(profiles(&stories)), found);
            stories.reverse();
        }
    }

    #[test]
    fn new_reports_join_what_is_there_and_change_no_id() {
        let stories = three_reports_of_two_raids();
        let mut happenings = Happenings::new(Weights::built_in());
        let first = happenings.add(profiles(&stories[..1])).happenings["a-ambushed"].clone();
        let second = happenings.add(profiles(&stories[1..])).happenings;
        assert_eq!(second["b-attacked"], first);
        assert_ne!(second["c-ambushed"], first);
        assert!(!second.contains_key("a-ambushed"), "only what was added is answered");
    }

    #[test]
    fn a_ledger_that_is_opened_again_goes_on() {
        let stories = three_reports_of_two_raids();
        let mut happenings = Happenings::new(Weights::built_in());
        happenings.restore(stories[0].profile(), "known".to_owned());
        assert_eq!(happenings.add(profiles(&stories[1..])).happenings["b-attacked"], "known");
    }

    #[test]
    fn a_denial_is_kept_apart_and_noted() {
        let mut stories = three_reports_of_two_raids();
        stories[1] = stories[1].clone().with(Aux::Negation);
        let found = Happenings::new(Weights::built_in()).add(profiles(&stories));
        assert_ne!(found.happenings["a-ambushed"], found.happenings["b-attacked"]);
        let contradiction = Contradiction { asserted: "a-ambushed".into(), denied: "b-attacked".into() };
        assert_eq!(found.contradictions, [contradiction]);
    }

    #[test]
    fn two_events_of_one_sentence_are_two_acts() {
        let text = "Niger's army attacked a camp near Torodi and attacked it near Torodi.";
        let one = story("a", "2023-04-12", text, EventType::Assault, "attacked a")
            .on("2023-04-11")
            .by("army", "NER", "MIL");
        let mut other = story("a", "2023-04-12", text, EventType::Assault, "attacked it")
            .on("2023-04-11")
            .by("army", "NER", "MIL");
        let together =
            Happenings::new(Weights::built_in()).add(vec![one.profile(), other.profile()]).happenings;
        assert_ne!(together["a-attacked a"], together["a-attacked it"]);
        other.event.document_id = "b".into();
        let apart = Happenings::new(Weights::built_in()).add(vec![one.profile(), other.profile()]).happenings;
        assert_eq!(apart["a-attacked a"], apart["a-attacked it"]);
    }

    /// 100,000 reports of 20,000 acts in four years, five of each.
    #[test]
    fn twenty_thousand_reports_take_seconds() {
        let codes = [
            "FRA", "DEU", "IRN", "IRQ", "CHN", "USA", "RUS", "UKR", "IND", "PAK", "KEN", "MLI", "PER", "BRA",
            "JPN",
        ];
        let types = [EventType::Accuse, EventType::Request, EventType::Consult, EventType::Assault];
        let triggers = ["condemned", "urged", "met", "bombed"];
        let mut reports = Vec::new();
        for act in 0..4_000_usize {
            let (actor, target) = (codes[act % 15], codes[(act / 15) % 15]);
            let kind = act % 4;
            let day = jiff::civil::date(2020, 1, 1)
                .saturating_add(jiff::Span::new().days(act as i64 % 1460))
                .to_string();
            let text = format!(
                "Officials {} them over topic{} near town{} on that day.",
                triggers[kind],
                act,
                act / 3
            );
            for copy in 0..5 {
                let document = format!("{act:05}-{copy}");
                let report = story(&document, &day, &text, types[kind], triggers[kind]).on(&day);
                reports.push(report.by(actor, actor, "GOV").to(target, target, "GOV").profile());
            }
        }
        let started = std::time::Instant::now();
        let found = Happenings::new(Weights::built_in()).add(reports).happenings;
        let seconds = started.elapsed().as_secs();
        let distinct: std::collections::BTreeSet<&String> = found.values().collect();
        assert_eq!(found.len(), 20_000);
        // Five reports an act; texts that differ in two words alone are joined too readily (docs/happenings.md).
        assert!((1_000..=4_000).contains(&distinct.len()), "{}", distinct.len());
        assert!(seconds < 60, "{seconds} seconds, unoptimised and beside other tests");
    }
}
