//! What the text around a clause tells of an act: its doers, its target, its source.

use entente::record::{Entity, Event};
use entente::{Coder, Document, DocumentParts, EventType};
use std::sync::LazyLock;

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::new().expect("the embedded parts are sound"));

/// The events of a type, in reading order.
fn events(body: &str, event: EventType) -> Vec<Event> {
    let document = Document::new(DocumentParts { body: body.to_owned(), ..DocumentParts::default() });
    let annotation = CODER.code(&document).expect("plain sentences");
    let found: Vec<Event> = annotation.events.into_iter().filter(|found| found.event == event).collect();
    assert!(!found.is_empty(), "no {event} in: {body}");
    found
}

fn names(parties: &[Entity]) -> Vec<&str> {
    parties.iter().map(|party| party.entity_name.as_str()).collect()
}

fn codes(parties: &[Entity]) -> Vec<&str> {
    parties.iter().filter_map(|party| party.code.as_deref()).collect()
}

#[test]
fn whoever_claims_responsibility_did_it() {
    for body in [
        "The bomb attacks in Kano, for which Boko Haram claimed responsibility, killed 30 civilians.",
        "A bomb killed 12 villagers in Maiduguri. Boko Haram claimed responsibility for the bombing.",
    ] {
        let found = events(body, EventType::Assault);
        assert_eq!(names(&found[0].actor), ["Boko Haram"], "{body}");
    }
}

#[test]
fn a_series_of_acts_has_one_doer() {
    let body = "Gunmen killed 15 Nigerian villagers on Monday. Three Nigerian villagers were shot dead near the river.";
    let found = events(body, EventType::Assault);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert_eq!(found[0].actor[0].entity_name, found[1].actor[0].entity_name);
}

#[test]
fn those_who_met_are_those_who_agreed() {
    let body = "Brazil's foreign minister met his Peruvian counterpart in Lima. They agreed to share intelligence on drug smugglers.";
    assert_eq!(codes(&events(body, EventType::Agree)[0].actor), ["BRA", "PER"]);
}

#[test]
fn an_army_put_on_alert_moves_itself() {
    let found = events("The Malian army has been placed on high alert.", EventType::Mobilize);
    assert_eq!((codes(&found[0].actor), codes(&found[0].recipient)), (vec!["MLI"], vec![]));
}

#[test]
fn a_threat_without_a_target_is_against_the_opponent() {
    let body = "Pakistan shelled Indian posts on Sunday. India warned it would strike back within 48 hours.";
    let found = events(body, EventType::Threaten);
    assert_eq!((codes(&found[0].actor), codes(&found[0].recipient)), (vec!["IND"], vec!["PAK"]));
}

#[test]
fn hearsay_is_on_the_word_of_the_last_source() {
    let body = "A spokesman said rebels attacked the town of Mopti on Monday. Two Malian soldiers were reportedly killed.";
    let found = events(body, EventType::Assault);
    assert_eq!(names(&found.last().expect("two acts").claim), ["spokesman"]);
}

#[test]
fn whoever_is_cited_stands_behind_the_one_who_tells() {
    let body = "The state news agency said, citing the governor, that Chad had shelled the village.";
    assert_eq!(names(&events(body, EventType::Assault)[0].claim), ["state news agency", "governor"]);
}

#[test]
fn a_series_is_not_one_act() {
    let body = "Gunmen killed 12 Nigerian soldiers on Monday. On Tuesday five Nigerian soldiers were killed near Gwoza.";
    assert_eq!(events(body, EventType::Assault).len(), 2);
}

#[test]
fn nobody_did_what_he_does_not_claim() {
    let body =
        "A bomb killed 12 villagers in Maiduguri. Boko Haram did not claim responsibility for the bombing.";
    assert!(events(body, EventType::Assault)[0].actor.is_empty());
    let body =
        "A bomb killed 12 villagers in Maiduguri. The government must take responsibility for security.";
    assert!(events(body, EventType::Assault)[0].actor.is_empty());
}

#[test]
fn forces_do_not_belong_to_those_they_face() {
    let found = events("Warships were sent to Taiwan on Friday.", EventType::Mobilize);
    assert!(!codes(&found[0].actor).contains(&"TWN"), "{found:#?}");
}

#[test]
fn named_parties_agree_for_themselves() {
    let body = "Brazil's foreign minister met his Peruvian counterpart in Lima. Kenya's opposition parties agreed to share power.";
    assert_eq!(codes(&events(body, EventType::Agree)[0].actor), ["KEN"]);
}

#[test]
fn a_text_without_a_date_speaks_against_its_dateline() {
    let body = "KABUL, Afghanistan (April 9, 2011)\n\nRebels attacked a village in Ghazni on Friday.";
    assert_eq!(events(body, EventType::Assault)[0].date.as_deref(), Some("2011-04-08"));
}

#[test]
fn we_is_the_institution_that_publishes() {
    let document = Document::new(DocumentParts {
        body: "Attack in Kabul\n\nWe condemn the attack on the hospital in Kabul.".to_owned(),
        publication: Some("UK Government".to_owned()),
        ..DocumentParts::default()
    });
    let annotation = CODER.code(&document).expect("plain sentences");
    let accusation =
        annotation.events.iter().find(|event| event.event == EventType::Accuse).expect("condemned");
    assert_eq!(codes(&accusation.actor), ["GBR"]);
}

#[test]
fn those_who_help_one_another_help_nobody_else() {
    let found = events("Kenya and Uganda vowed to defend one another against Somalia.", EventType::Agree);
    assert_eq!((codes(&found[0].actor), codes(&found[0].recipient)), (vec!["KEN", "UGA"], vec![]));
}
