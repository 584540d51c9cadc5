//! The same act told twice: kept once, at its fullest mention.

use crate::draft::Draft;
use crate::party::Party;
use entente_codebook::Aux;
use std::collections::BTreeSet;

/// Drops every draft that another, fuller one of the document repeats.
pub(crate) fn merge(drafts: &mut [Draft], headlines: &[bool], lemma_of: impl Fn(&Draft) -> String) {
    for index in 0..drafts.len() {
        for other in 0..drafts.len() {
            let (one, two) = (&drafts[index], &drafts[other]);
            let in_title = headlines.get(one.at.sentence).copied().unwrap_or(false);
            let both_live = index != other && one.is_live() && two.is_live();
            let other_in_title = headlines.get(two.at.sentence).copied().unwrap_or(false);
            // The body tells what the title announces.
            let fuller =
                if in_title == other_in_title { is_fuller(two, other, one, index) } else { in_title };
            if !both_live || !fuller {
                continue;
            }
            let same_words = lemma_of(one) == lemma_of(two);
            // "Rebels killed 12. Five more were killed": the text says who, so the sides tell nothing.
            let told_apart = one.is_inferred || two.is_inferred;
            if repeats(one, two) && (in_title || (same_words && !told_apart)) {
                drafts[index].drop_for("repeats a fuller mention of the act");
                break;
            }
        }
    }
}

fn is_fuller(two: &Draft, two_index: usize, one: &Draft, one_index: usize) -> bool {
    let weight =
        |draft: &Draft| draft.actor.len() + draft.recipient.len() + usize::from(!draft.modes.is_empty());
    (weight(two), std::cmp::Reverse(two_index)) > (weight(one), std::cmp::Reverse(one_index))
}

/// Same type, same negation, and nobody in the one who is not in the other.
fn repeats(one: &Draft, two: &Draft) -> bool {
    let negated = |draft: &Draft| draft.aux.contains(&Aux::Negation);
    one.event == two.event
        && negated(one) == negated(two)
        && !codes(&one.actor).is_empty()
        && codes(&one.actor).is_subset(&codes(&two.actor))
        && codes(&one.recipient).is_subset(&codes(&two.recipient))
        && (one.modes.is_empty() || two.modes.is_empty() || one.modes == two.modes)
}

fn codes(parties: &[Party]) -> BTreeSet<(String, &'static str)> {
    parties.iter().map(Party::code_and_sector).collect()
}
