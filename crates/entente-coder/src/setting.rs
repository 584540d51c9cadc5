//! The country of people whom the text names without one: "15 civilians" in a village near Mosul.

use crate::draft::Draft;
use crate::party::Party;
use crate::scene::Scene;
use crate::statements::WordAt;
use entente_world::{Code, EntityKind, ResolvedBy, Sector};

/// Gives a country to groups and bodies of a draft that have none: that of the place named with the act, else
/// of the place that the text is about.
pub(crate) fn fill(scene: &Scene, draft: &mut Draft) {
    for party in draft.actor.iter_mut().chain(&mut draft.recipient) {
        if party.entity.code.is_none() && party.entity.kind != EntityKind::Place {
            party.entity.code = country_beside(scene, party.head);
        }
    }
    let place = place_of(scene, draft);
    let around = scene.resolved.setting[draft.at.sentence];
    for party in &mut draft.recipient {
        // A village that no table knows lies where the text plays.
        if party.entity.kind == EntityKind::Place && party.entity.code.is_none() {
            party.entity.code = place.or(around);
        }
    }
    for party in draft.actor.iter_mut().chain(&mut draft.recipient) {
        // What the resolver took from the surroundings gives way to a place named with the act.
        let by_surroundings = party.entity.resolved_by == ResolvedBy::Setting && place.is_some();
        if by_surroundings || (lacks_country(party) && !is_international(scene, party.head)) {
            party.entity.code = place.or(around);
            party.entity.resolved_by = ResolvedBy::Setting;
        }
    }
}

/// "a court *in Suriname*", "negotiators *from Fiji*".
fn country_beside(scene: &Scene, head: WordAt) -> Option<Code> {
    let grammar = scene.grammar(head.sentence);
    // "his counterparts in Paris" are elsewhere at home.
    let is_visitor = scene.codebook.in_set("visitors", &grammar.lemma(head.word));
    let phrases = ["of", "in", "from"]
        .into_iter()
        .filter(|preposition| !(is_visitor && *preposition == "in"))
        .flat_map(|preposition| grammar.prepositional(head.word, preposition));
    let words = grammar.premodifiers(head.word).into_iter().chain(phrases);
    let mut codes = words.filter_map(|word| country_at(scene, WordAt { sentence: head.sentence, word }));
    codes.next()
}

fn country_at(scene: &Scene, at: WordAt) -> Option<Code> {
    let entity = &scene.resolved.entities[scene.mention_at(at)?.entity];
    matches!(entity.kind, EntityKind::Place | EntityKind::State).then_some(entity.code)?
}

/// "certain *international* forces", "*allied* troops" belong to no one country.
fn is_international(scene: &Scene, head: WordAt) -> bool {
    let grammar = scene.grammar(head.sentence);
    let words = grammar.premodifiers(head.word);
    words.into_iter().any(|word| {
        matches!(
            grammar.lemma(word).as_str(),
            "international"
                | "foreign"
                | "multinational"
                | "allied"
                | "coalition"
                | "joint"
                | "outside"
                | "western"
        )
    })
}

/// People and bodies of one country; those who cross borders or hide their flag stay without one.
fn lacks_country(party: &Party) -> bool {
    let local = matches!(
        party.entity.sector,
        Some(
            Sector::Civilians
                | Sector::Military
                | Sector::Police
                | Sector::Education
                | Sector::Courts
                | Sector::Legislature
                | Sector::Opposition
                | Sector::Party
                | Sector::Rebels
                | Sector::Health
                | Sector::Labour
                | Sector::Agriculture
                | Sector::Religion
                | Sector::Elites
                | Sector::Government
        )
    );
    let people = matches!(party.entity.kind, EntityKind::Group | EntityKind::Body | EntityKind::Person);
    party.entity.code.is_none() && local && people
}

/// The country of a place in the phrases of the act.
fn place_of(scene: &Scene, draft: &Draft) -> Option<Code> {
    let sentence = draft.at.sentence;
    let grammar = scene.grammar(sentence);
    let below = grammar.sentence.subtree(draft.predicate.word);
    let places = below.into_iter().filter(|word| {
        grammar
            .preposition_of(*word)
            .is_some_and(|found| matches!(found.as_str(), "in" | "at" | "near" | "of" | "outside"))
    });
    let mut codes = places.filter_map(|word| country_at(scene, WordAt { sentence, word }));
    codes.next()
}
