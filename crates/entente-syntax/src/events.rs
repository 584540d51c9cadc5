//! What the model reads off a word as the trigger of an event or the cue of a statement.

use crate::engine::{Engine, StretchScores};
use crate::labels::Labels;

/// Names of the event types, in the order of [`Reading::types`] (PLOVER 0.8).
pub const EVENT_TYPES: [&str; 16] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

/// Names of the auxiliary modes, in the order of [`Reading::aux`].
pub const AUX: [&str; 4] = ["future", "hypothetical", "negation", "historical"];

/// Number of roles.
pub(crate) const ROLES: usize = 7;

/// Names of the roles in `labels.json`, in the order of [`Role`].
pub(crate) const ROLE_NAMES: [&str; ROLES] =
    ["actor", "recipient", "place", "time", "speaker", "content_first", "content_last"];

/// Words that are less likely to report anything get no reading.
const LEAST_PROBABILITY: f32 = 0.02;

/// However unlikely, the words of a stretch that are likeliest to report an act get a reading.
const ALWAYS_READ: usize = 2;

/// Modes that are less likely are left out of a reading.
const LEAST_MODE_PROBABILITY: f32 = 0.1;

/// What a trigger or cue links to: heads of phrases, and the ends of what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Who does it.
    Actor = 0,
    /// To whom it is done.
    Recipient = 1,
    /// Where.
    Place = 2,
    /// When.
    Time = 3,
    /// Who says it.
    Speaker = 4,
    /// First word of what is said.
    ContentFirst = 5,
    /// Last word of what is said.
    ContentLast = 6,
}

/// The model's view of one word; all figures but links are probabilities between 0 and 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Index of the word in its sentence.
    pub word: usize,
    /// That the word is the trigger of an event of each type, in the order of [`EVENT_TYPES`]; what is missing
    /// to 1 is the probability that it triggers none.
    pub types: [f32; EVENT_TYPES.len()],
    /// Modes that are not unlikely, each after its type (`ASSAULT aerial`), if the event is of that type.
    pub modes: Vec<(&'static str, f32)>,
    /// Auxiliary modes, if the word is a trigger; in the order of [`AUX`].
    pub aux: [f32; AUX.len()],
    /// That the word introduces a statement.
    pub cue: f32,
    /// How sure it is that the act happened, from −3 (surely not) to 3 (surely); a scale, no probability.
    pub factuality: f32,
    /// First word that the links are about: 0, but in the later windows of a very long sentence.
    first: usize,
    /// Logits of the links to the words from `first` on.
    links: Vec<[f32; ROLES]>,
}

impl Reading {
    /// That the word triggers an event of any type.
    pub fn any(&self) -> f32 {
        self.types.iter().sum()
    }

    /// Index and probability of the likeliest type.
    pub fn best_type(&self) -> (usize, f32) {
        let mut best = (0, self.types[0]);
        for (index, probability) in self.types.iter().enumerate() {
            if *probability > best.1 {
                best = (index, *probability);
            }
        }
        best
    }

    /// That a word stands in a role of this trigger or cue.
    pub fn link(&self, role: Role, word: usize) -> f32 {
        let found = word.checked_sub(self.first).and_then(|word| self.links.get(word));
        found.map_or(0.0, |logits| logistic(logits[role as usize]))
    }

    /// First and last word of what is said, if this is a cue.
    pub fn content(&self) -> Option<(usize, usize)> {
        let mut best: Option<(f32, usize, usize)> = None;
        let mut first: Option<(f32, usize)> = None;
        for (word, logits) in self.links.iter().enumerate() {
            let start = logits[Role::ContentFirst as usize];
            if first.is_none_or(|(score, _)| start > score) {
                first = Some((start, word));
            }
            if let Some((score, from)) = first {
                let whole = score + logits[Role::ContentLast as usize];
                if best.is_none_or(|(known, _, _)| whole > known) {
                    best = Some((whole, from, word));
                }
            }
        }
        best.map(|(_, from, to)| (from + self.first, to + self.first))
    }

    /// The same for a sentence in which `offset` words come before.
    pub(crate) fn moved(self, offset: usize) -> Self {
        Self { word: self.word + offset, first: self.first + offset, ..self }
    }
}

/// What is known of a marked pair before its type is told by the conventions of the training data.
#[derive(Debug, Clone, PartialEq)]
pub struct PairFeatures {
    /// Logarithms of the probabilities of the types, in the order of [`EVENT_TYPES`].
    pub types: [f32; EVENT_TYPES.len()],
    /// Auxiliary modes of the likely triggers, in the order of [`AUX`].
    pub aux: [f32; AUX.len()],
    /// Modes of the likely triggers; those that are not named count as absent.
    pub modes: Vec<(&'static str, f32)>,
}

/// The modes of one type among those of all types, without the type before their names.
pub fn modes_of_type<'m>(
    modes: &'m [(&'static str, f32)],
    event: &'m str,
) -> impl Iterator<Item = (&'static str, f32)> + 'm {
    modes.iter().filter_map(move |(mode, probability)| {
        Some((mode.strip_prefix(event)?.strip_prefix(' ')?, *probability))
    })
}

/// Number of features of a marked pair.
pub(crate) fn pair_features(labels: &Labels) -> usize {
    EVENT_TYPES.len() + AUX.len() + labels.modes.len()
}

/// Probabilities of the types of a marked pair.
pub(crate) fn pair_types(engine: &Engine, labels: &Labels, known: &PairFeatures) -> [f32; EVENT_TYPES.len()] {
    let mode = |name: &&str| known.modes.iter().find(|(mode, _)| mode == name).map_or(0.0, |(_, p)| *p);
    let features: Vec<f32> =
        known.types.into_iter().chain(known.aux).chain(labels.modes.iter().map(mode)).collect();
    let probabilities = softmax(&engine.pair(&features));
    std::array::from_fn(|event| probabilities[event])
}

/// Where the columns of the event scores lie: no event, types, modes, aux, cue, factuality.
pub(crate) struct EventColumns {
    modes: usize,
}

impl EventColumns {
    pub(crate) fn new(labels: &Labels) -> Self {
        Self { modes: labels.modes.len() }
    }

    pub(crate) fn count(&self) -> usize {
        self.first_aux() + AUX.len() + 2
    }

    fn first_mode() -> usize {
        1 + EVENT_TYPES.len()
    }

    fn first_aux(&self) -> usize {
        Self::first_mode() + self.modes
    }
}

/// The readings of a stretch, in reading order.
pub(crate) fn read(engine: &Engine, labels: &Labels, scores: &StretchScores) -> Vec<Reading> {
    let columns = EventColumns::new(labels);
    let rows: Vec<&[f32]> = scores.events.chunks_exact(columns.count()).collect();
    let none: Vec<f32> = rows.iter().map(|row| first_share(&row[..EventColumns::first_mode()])).collect();
    let mut likeliest: Vec<usize> = (0..rows.len()).collect();
    likeliest.sort_by(|one, two| none[*one].total_cmp(&none[*two]).then(one.cmp(two)));
    likeliest.truncate(ALWAYS_READ);
    let mut found = Vec::new();
    for (word, row) in rows.into_iter().enumerate() {
        let cue = logistic(row[columns.count() - 2]);
        let says_something = 1.0 - none[word] >= LEAST_PROBABILITY || cue >= LEAST_PROBABILITY;
        if !says_something && !likeliest.contains(&word) {
            continue;
        }
        let probabilities = softmax(&row[..EventColumns::first_mode()]);
        let modes = labels.modes.iter().zip(&row[EventColumns::first_mode()..columns.first_aux()]);
        let modes = modes.map(|(mode, logit)| (*mode, logistic(*logit)));
        found.push(Reading {
            word,
            types: std::array::from_fn(|index| probabilities[index + 1]),
            modes: modes.filter(|(_, probability)| *probability >= LEAST_MODE_PROBABILITY).collect(),
            aux: std::array::from_fn(|index| logistic(row[columns.first_aux() + index])),
            cue,
            factuality: row[columns.count() - 1],
            first: 0,
            links: engine.links(scores, word),
        });
    }
    found
}

fn logistic(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

/// The first of the softmax, without the others.
fn first_share(logits: &[f32]) -> f32 {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f32 = logits.iter().map(|logit| (logit - highest).exp()).sum();
    (logits[0] - highest).exp() / sum
}

fn softmax(logits: &[f32]) -> Vec<f32> {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits.iter().map(|logit| (logit - highest).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(links: Vec<[f32; ROLES]>) -> Reading {
        Reading {
            word: 1,
            types: std::array::from_fn(|index| if index == 8 { 0.9 } else { 0.0 }),
            modes: Vec::new(),
            aux: [0.0; AUX.len()],
            cue: 0.0,
            factuality: 0.0,
            first: 0,
            links,
        }
    }

    #[test]
    fn the_content_ends_after_it_begins() {
        let mut links = vec![[0.0; ROLES]; 4];
        links[2][Role::ContentFirst as usize] = 3.0;
        links[0][Role::ContentLast as usize] = 2.0;
        links[3][Role::ContentLast as usize] = 1.0;
        assert_eq!(reading(links).content(), Some((2, 3)));
        assert_eq!(reading(Vec::new()).content(), None);
    }

    #[test]
    fn links_follow_a_moved_reading() {
        let mut links = vec![[-9.0; ROLES]; 3];
        links[2][Role::Actor as usize] = 9.0;
        let moved = reading(links).moved(10);
        assert!(moved.link(Role::Actor, 12) > 0.99);
        assert_eq!((moved.word, moved.link(Role::Actor, 2)), (11, 0.0));
        assert_eq!(moved.best_type().0, 8);
    }

    #[test]
    fn probabilities_of_broken_scores_do_not_panic() {
        assert_eq!(softmax(&[]), Vec::<f32>::new());
        assert!(softmax(&[f32::NAN, 1.0]).len() == 2);
        assert!((softmax(&[1.0, 1.0])[0] - 0.5).abs() < 1e-6);
    }
}
