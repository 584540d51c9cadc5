//! Parties that a clause leaves open and the text around it names.

mod doers;
mod meetings;
mod targets;

use crate::draft::Draft;
use crate::scene::Scene;
use entente_codebook::{Aux, EventType};

/// Fills open sides of a document's drafts, which stand in reading order.
pub(crate) fn fill(scene: &Scene, drafts: &mut [Draft]) {
    doers::find(scene, drafts);
    targets::condemned(scene, drafts);
    targets::threatened(drafts);
    meetings::those_who_met_agree(scene, drafts);
}

/// Violence and coercion.
fn is_force(draft: &Draft) -> bool {
    matches!(draft.event, EventType::Assault | EventType::Coerce)
}

/// The act took place or is under way: neither denied nor planned nor supposed.
fn is_fact(draft: &Draft) -> bool {
    draft.is_live()
        && !draft.aux.iter().any(|aux| matches!(aux, Aux::Negation | Aux::Future | Aux::Hypothetical))
}

/// The drafts of a sentence and of so many before it, the latest first. `told` are all before one draft of the sentence.
fn told_before(told: &[Draft], sentence: usize, reach: usize) -> impl Iterator<Item = &Draft> {
    told.iter().rev().take_while(move |earlier| sentence - earlier.at.sentence <= reach)
}
