//! Which event of one side is which of the other.
//!
//! Two events can be one only in the same sentence. Those of one type are matched first, best first: a point for the
//! sentence, one each for the same actor codes and the same recipient codes, half a point for a common word in the
//! triggers. What is left is then matched whatever its type, to tell what was taken for what.

use crate::align::{Candidate, align};
use crate::gold::{GoldDocument, GoldEvent, GoldParty};
use crate::span::Span;
use crate::system::{SystemEvent, SystemParty};
use entente_codebook::EventType;
use std::collections::BTreeSet;

/// What the matching looks at.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct EventView<'e> {
    pub(crate) event: EventType,
    /// The codes of those who act; an unknown one is empty.
    pub(crate) actor: BTreeSet<&'e str>,
    pub(crate) recipient: BTreeSet<&'e str>,
    pub(crate) sentence: Span,
    pub(crate) trigger: Span,
}

impl<'e> EventView<'e> {
    pub(crate) fn of_gold(event: &'e GoldEvent, text: &str) -> Self {
        let codes = |parties: &'e [GoldParty]| {
            parties.iter().map(|party| party.code.as_deref().unwrap_or_default()).collect()
        };
        let (sentence, trigger) = event.spans(text);
        Self {
            event: event.event,
            actor: codes(&event.actor),
            recipient: codes(&event.recipient),
            sentence,
            trigger,
        }
    }

    pub(crate) fn of_system(event: &'e SystemEvent) -> Self {
        let codes = |parties: &'e [SystemParty]| {
            parties.iter().map(|party| party.code.as_deref().unwrap_or_default()).collect()
        };
        Self {
            event: event.event,
            actor: codes(&event.actor),
            recipient: codes(&event.recipient),
            sentence: event.sentence,
            trigger: event.trigger_span(),
        }
    }

    pub(crate) fn all_of_gold(document: &'e GoldDocument) -> Vec<Self> {
        document.events.iter().map(|event| Self::of_gold(event, &document.text)).collect()
    }

    pub(crate) fn all_of_system(events: &'e [SystemEvent]) -> Vec<Self> {
        events.iter().map(Self::of_system).collect()
    }

    pub(crate) fn has_same_parties(&self, other: &Self) -> bool {
        self.actor == other.actor && self.recipient == other.recipient
    }

    /// Actors and recipients are right but for their roles.
    pub(crate) fn is_swapped(&self, other: &Self) -> bool {
        self.actor != other.actor && self.actor == other.recipient && self.recipient == other.actor
    }

    pub(crate) fn shares_trigger(&self, other: &Self) -> bool {
        self.trigger.overlap(other.trigger) > 0
    }

    pub(crate) fn shares_sentence(&self, other: &Self) -> bool {
        self.sentence.overlap(other.sentence) > 0
    }

    /// How alike two events of one type are; 0 for those that cannot be one.
    fn likeness(&self, other: &Self) -> f64 {
        if self.event != other.event || !self.shares_sentence(other) {
            return 0.0;
        }
        1.0 + self.like_parties(other) + if self.shares_trigger(other) { 0.5 } else { 0.0 }
    }

    /// How alike two events are whatever their types: here the trigger counts most.
    fn likeness_across_types(&self, other: &Self) -> f64 {
        if !self.shares_sentence(other) {
            return 0.0;
        }
        1.0 + self.like_parties(other) + if self.shares_trigger(other) { 3.0 } else { 0.0 }
    }

    fn like_parties(&self, other: &Self) -> f64 {
        f64::from(u8::from(self.actor == other.actor))
            + f64::from(u8::from(self.recipient == other.recipient))
    }
}

/// The events of two sides, matched.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct EventMatching {
    /// One event, with its type, on both sides: left, right.
    pub(crate) same_type: Vec<(usize, usize)>,
    /// Likely one event, with different types.
    pub(crate) other_type: Vec<(usize, usize)>,
    /// Left events without one of their type on the right.
    pub(crate) left_alone: Vec<usize>,
    /// Right events without one of their type on the left.
    pub(crate) right_alone: Vec<usize>,
}

/// Matches the events of two sides. Of the right ones that find no partner of their type, those count no further for
/// which `is_ignored` holds.
pub(crate) fn match_events(
    left: &[EventView],
    right: &[EventView],
    is_ignored: impl Fn(&EventView) -> bool,
) -> EventMatching {
    let same_type = align(candidates(left, right, |one, two| one.likeness(two)));
    let has_left: BTreeSet<usize> = same_type.iter().map(|pair| pair.0).collect();
    let has_right: BTreeSet<usize> = same_type.iter().map(|pair| pair.1).collect();
    let left_alone: Vec<usize> = (0..left.len()).filter(|index| !has_left.contains(index)).collect();
    let right_alone: Vec<usize> =
        (0..right.len()).filter(|index| !has_right.contains(index) && !is_ignored(&right[*index])).collect();
    let left_views: Vec<EventView> = left_alone.iter().map(|index| left[*index].clone()).collect();
    let right_views: Vec<EventView> = right_alone.iter().map(|index| right[*index].clone()).collect();
    let across = align(candidates(&left_views, &right_views, |one, two| one.likeness_across_types(two)));
    let other_type = across.into_iter().map(|(one, two)| (left_alone[one], right_alone[two])).collect();
    EventMatching { same_type, other_type, left_alone, right_alone }
}

/// All pairs that share a sentence, with their likeness. The right side is searched by the places of its sentences,
/// so that the work grows with the pairs that are found and not with the product of the two sides.
fn candidates(
    left: &[EventView],
    right: &[EventView],
    likeness: impl Fn(&EventView, &EventView) -> f64,
) -> Vec<Candidate> {
    let mut by_start: Vec<usize> = (0..right.len()).collect();
    by_start.sort_by_key(|index| right[*index].sentence.start);
    let longest = right.iter().map(|view| view.sentence.len()).max().unwrap_or(0);
    let mut found = Vec::new();
    for (left_index, one) in left.iter().enumerate() {
        let earliest = one.sentence.start.saturating_sub(longest);
        let first = by_start.partition_point(|index| right[*index].sentence.start < earliest);
        for right_index in by_start[first..].iter().copied() {
            let two = &right[right_index];
            if two.sentence.start >= one.sentence.end {
                break;
            }
            let value = likeness(one, two);
            if value > 0.0 {
                found.push(Candidate { left: left_index, right: right_index, likeness: value });
            }
        }
    }
    found
}

/// A record is judged where its trigger lies in a stretch that was read for events; in its sentence, if the trigger
/// is unknown.
pub(crate) fn is_outside(judged: Option<&[Span]>, view: &EventView) -> bool {
    let Some(judged) = judged else {
        return false;
    };
    let place = if view.trigger.len() > 0 { view.trigger } else { view.sentence };
    judged.iter().all(|stretch| stretch.overlap(place) == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(
        event: EventType,
        actor: &'static str,
        recipient: &'static str,
        trigger: (usize, usize),
    ) -> EventView<'static> {
        EventView {
            event,
            actor: BTreeSet::from([actor]),
            recipient: BTreeSet::from([recipient]),
            sentence: Span::new(10, 50),
            trigger: Span::new(trigger.0, trigger.1),
        }
    }

    fn matched(left: &[EventView], right: &[EventView]) -> EventMatching {
        match_events(left, right, |_| false)
    }

    #[test]
    fn the_same_type_in_the_same_sentence_is_a_match_whatever_the_parties() {
        let left = [view(EventType::Aid, "RUS", "UKR", (20, 24))];
        let right = [view(EventType::Aid, "USA", "MLI", (30, 34))];
        assert_eq!(matched(&left, &right).same_type, [(0, 0)]);
    }

    #[test]
    fn another_sentence_is_no_match() {
        let left = [view(EventType::Aid, "RUS", "UKR", (20, 24))];
        let mut elsewhere = left[0].clone();
        elsewhere.sentence = Span::new(50, 80);
        let matching = matched(&left, &[elsewhere]);
        assert_eq!(
            (matching.same_type.len(), matching.left_alone, matching.right_alone),
            (0, vec![0], vec![0])
        );
    }

    #[test]
    fn the_parties_decide_between_two_of_a_type() {
        let left = [view(EventType::Aid, "RUS", "UKR", (20, 24))];
        let right =
            [view(EventType::Aid, "USA", "MLI", (20, 24)), view(EventType::Aid, "RUS", "UKR", (30, 34))];
        assert_eq!(matched(&left, &right).same_type, [(0, 1)]);
    }

    #[test]
    fn the_trigger_decides_where_the_parties_do_not() {
        let left = [view(EventType::Aid, "RUS", "UKR", (20, 24))];
        let right =
            [view(EventType::Aid, "RUS", "UKR", (30, 34)), view(EventType::Aid, "RUS", "UKR", (23, 28))];
        assert_eq!(matched(&left, &right).same_type, [(0, 1)]);
    }

    #[test]
    fn one_side_of_the_parties_weighs_more_than_the_trigger() {
        let left = [view(EventType::Aid, "RUS", "UKR", (20, 24))];
        let right =
            [view(EventType::Aid, "USA", "MLI", (20, 24)), view(EventType::Aid, "RUS", "MLI", (30, 34))];
        assert_eq!(matched(&left, &right).same_type, [(0, 1)]);
    }

    #[test]
    fn other_types_are_matched_by_trigger_and_stay_alone() {
        let left = [view(EventType::Aid, "RUS", "UKR", (20, 24))];
        let right = [
            view(EventType::Agree, "RUS", "UKR", (30, 34)),
            view(EventType::Support, "USA", "MLI", (20, 24)),
        ];
        let matching = matched(&left, &right);
        assert_eq!(matching.other_type, [(0, 1)]);
        assert_eq!((matching.left_alone, matching.right_alone), (vec![0], vec![0, 1]));
    }

    #[test]
    fn swapped_parties_are_told_from_wrong_ones() {
        let left = view(EventType::Aid, "RUS", "UKR", (20, 24));
        assert!(left.is_swapped(&view(EventType::Aid, "UKR", "RUS", (20, 24))));
        assert!(!left.is_swapped(&view(EventType::Aid, "UKR", "USA", (20, 24))));
        assert!(!view(EventType::Aid, "RUS", "RUS", (0, 1)).is_swapped(&view(
            EventType::Aid,
            "RUS",
            "RUS",
            (0, 1)
        )));
    }

    #[test]
    fn outside_the_judged_stretches_a_surplus_record_is_ignored_but_a_match_stays() {
        let judged = [Span::new(20, 24)];
        let left = [view(EventType::Aid, "RUS", "UKR", (20, 24))];
        let right =
            [view(EventType::Aid, "RUS", "UKR", (30, 34)), view(EventType::Agree, "RUS", "UKR", (40, 44))];
        let matching = match_events(&left, &right, |view| is_outside(Some(&judged), view));
        assert_eq!(matching.same_type, [(0, 0)]);
        assert_eq!(matching.right_alone, Vec::<usize>::new());
        assert!(!is_outside(None, &right[1]));
    }
}
