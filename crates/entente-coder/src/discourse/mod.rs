//! Parties that a clause leaves open and the text around it names.

mod doers;
mod meetings;
mod targets;

use crate::draft::Draft;
use crate::party::Party;
use crate::scene::Scene;
use entente_codebook::Aux;

/// Fills open sides of a document's drafts, which stand in reading order.
pub(crate) fn fill(scene: &Scene, drafts: &mut [Draft]) {
    doers::find(scene, drafts);
    targets::condemned(scene, drafts);
    targets::threatened(drafts);
    meetings::those_who_met_agree(scene, drafts);
}

/// The act took place or is under way: neither denied nor planned nor supposed.
fn is_fact(draft: &Draft) -> bool {
    draft.is_live()
        && !draft.aux.iter().any(|aux| matches!(aux, Aux::Negation | Aux::Future | Aux::Hypothetical))
}

/// Those who are not on the other side.
fn without(parties: Vec<Party>, others: &[Party]) -> Vec<Party> {
    parties.into_iter().filter(|party| !others.iter().any(|other| other.is_same(party))).collect()
}
