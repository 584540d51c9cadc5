//! Which type was taken for which.

use crate::matched::Matched;
use entente_codebook::EventType;
use serde::Serialize;

/// Gold events against records. Events that share a sentence and find no partner of their own type are matched
/// whatever their type, those first that share a word of the trigger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Confusion {
    /// One row for each gold type that occurs.
    pub rows: Vec<ConfusionRow>,
    /// Records without any gold event, by type.
    pub not_in_gold: Vec<(EventType, usize)>,
}

/// What became of the gold events of one type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConfusionRow {
    /// The gold's type.
    pub gold: EventType,
    /// How often each type was coded for it, the same type included.
    pub coded: Vec<(EventType, usize)>,
    /// How often nothing was coded.
    pub nothing: usize,
}

impl Confusion {
    pub(crate) fn of(documents: &[Matched]) -> Self {
        const TYPES: usize = EventType::ALL.len();
        let mut table = [[0usize; TYPES]; TYPES];
        let mut nothing = [0usize; TYPES];
        let mut surplus = [0usize; TYPES];
        for document in documents {
            let gold = |index: usize| document.gold.events[index].event as usize;
            let coded = |index: usize| document.system.events[index].event as usize;
            let matching = &document.matching;
            for (one, two) in matching.same_type.iter().chain(&matching.other_type) {
                table[gold(*one)][coded(*two)] += 1;
            }
            for one in &matching.left_alone {
                let is_confused = matching.other_type.iter().any(|pair| pair.0 == *one);
                nothing[gold(*one)] += usize::from(!is_confused);
            }
            for two in &matching.right_alone {
                let is_confused = matching.other_type.iter().any(|pair| pair.1 == *two);
                surplus[coded(*two)] += usize::from(!is_confused);
            }
        }
        let filled = |counts: &[usize; TYPES]| -> Vec<(EventType, usize)> {
            EventType::all().zip(counts.iter().copied()).filter(|(_, count)| *count > 0).collect()
        };
        let rows = EventType::all().enumerate().map(|(index, gold)| ConfusionRow {
            gold,
            coded: filled(&table[index]),
            nothing: nothing[index],
        });
        Self {
            rows: rows.filter(|row| row.nothing > 0 || !row.coded.is_empty()).collect(),
            not_in_gold: filled(&surplus),
        }
    }
}
