//! What the resolver makes of single constructions, on trees written by hand.

#![allow(clippy::unwrap_used)]

mod common;

use common::{entity, resolve, role};
use entente_world::EntityKind;

fn roles(code: &str, sector: &'static str) -> (String, &'static str) {
    (code.to_owned(), sector)
}

const LAVROV: &str = "\
Russian Russian ADJ 3 amod B-NORP
Foreign Foreign PROPN 3 compound
Minister Minister PROPN 4 nmod:desc
Sergei Sergei PROPN 6 nsubj B-PER
Lavrov Lavrov PROPN 4 flat I-PER
met meet VERB 0 root
Mr. Mr. PROPN 8 nmod:desc
Lind Lind PROPN 6 obj B-PER
. . PUNCT 6 punct

Lavrov Lavrov PROPN 2 nsubj B-PER
said say VERB 0 root
he he PRON 4 nsubj
agreed agree VERB 2 ccomp
. . PUNCT 2 punct";

#[test]
fn a_title_before_a_name_tells_office_code_and_sector() {
    let resolved = resolve(LAVROV, "2021-12-16");
    assert_eq!(role(entity(&resolved, 0, 3)), roles("RUS", "GOV"));
    assert_eq!(resolved.people.len(), 2);
    assert_eq!(resolved.people[0].name, "Sergei Lavrov");
    assert_eq!(resolved.people[0].office.as_deref(), Some("Russian Foreign Minister"));
    assert_eq!(resolved.people[1].name, "Lind");
}

#[test]
fn a_surname_and_a_pronoun_are_the_same_person() {
    let resolved = resolve(LAVROV, "2021-12-16");
    let lavrov = resolved.at(0, 3).unwrap().entity;
    assert_eq!(resolved.at(1, 0).unwrap().entity, lavrov);
    let he = resolved.at(1, 2).unwrap();
    assert_eq!(he.entity, lavrov);
    assert!(he.is_pronoun);
}

#[test]
fn nobody_does_it_to_himself_with_a_second_verb() {
    let resolved = resolve(
        "\
Putin Putin PROPN 2 nsubj B-PER
called call VERB 0 root
Obama Obama PROPN 2 obj B-PER
and and CCONJ 5 cc
urged urge VERB 2 conj
him he PRON 5 obj
to to PART 8 mark
leave leave VERB 5 xcomp
. . PUNCT 2 punct",
        "2016-12-16",
    );
    assert_eq!(resolved.at(0, 5).unwrap().entity, resolved.at(0, 2).unwrap().entity);
}

#[test]
fn a_title_inside_a_mention_is_found_by_covering() {
    let resolved = resolve(LAVROV, "2021-12-16");
    assert!(resolved.at(0, 2).is_none());
    assert_eq!(resolved.covering(0, 2).unwrap().entity, resolved.at(0, 3).unwrap().entity);
    // The adjective is a mention of its own.
    assert_eq!(entity(&resolved, 0, 0).name, "Russia");
}

#[test]
fn an_apposition_tells_office_age_and_code() {
    let resolved = resolve(
        "\
Karen Karen PROPN 12 nsubj B-PER
Donfried Donfried PROPN 1 flat I-PER
, , PUNCT 1 punct
54 54 NUM 1 nummod
, , PUNCT 1 punct
a a DET 8 det
US US PROPN 8 compound B-LOC
secretary secretary NOUN 1 appos
of of ADP 10 case
state state NOUN 8 nmod
, , PUNCT 1 punct
left leave VERB 0 root
. . PUNCT 12 punct",
        "2021-12-16",
    );
    let person = &resolved.people[0];
    assert_eq!(person.age, Some(54));
    assert_eq!(person.office.as_deref(), Some("US secretary of state"));
    assert_eq!(role(&resolved.entities[person.entity]), roles("USA", "GOV"));
    assert_eq!(resolved.at(0, 7).unwrap().entity, person.entity);
}

#[test]
fn a_capital_acts_as_a_subject_and_is_a_place_after_in() {
    let resolved = resolve(
        "\
Moscow Moscow PROPN 2 nsubj B-LOC
said say VERB 0 root
talks talk NOUN 6 nsubj:pass
were be AUX 6 aux:pass
not not PART 6 advmod
held hold VERB 2 ccomp
in in ADP 8 case
Beijing Beijing PROPN 6 obl B-LOC
. . PUNCT 2 punct",
        "2021-12-16",
    );
    assert_eq!(role(entity(&resolved, 0, 0)), roles("RUS", "GOV"));
    assert!(resolved.at(0, 0).unwrap().is_actor);
    assert!(!resolved.at(0, 7).unwrap().is_actor);
    assert_eq!(entity(&resolved, 0, 7).code.unwrap().to_string(), "CHN");
}

#[test]
fn two_adjectives_before_a_plural_title_are_two_persons() {
    let resolved = resolve(
        "\
The the DET 5 det
Russian Russian ADJ 5 amod B-NORP
and and CCONJ 4 cc
Chinese Chinese ADJ 2 conj B-NORP
presidents president NOUN 6 nsubj
met meet VERB 0 root
. . PUNCT 6 punct

The the DET 2 det
pair pair NOUN 3 nsubj
agreed agree VERB 0 root
. . PUNCT 3 punct",
        "2021-12-16",
    );
    let names = |mention: &entente_world::Mention| -> Vec<String> {
        let all = std::iter::once(mention.entity).chain(mention.also.iter().copied());
        all.map(|id| resolved.entities[id].name.clone()).collect()
    };
    assert_eq!(names(resolved.at(0, 4).unwrap()), ["Vladimir Putin", "Xi Jinping"]);
    let mut pair = names(resolved.at(1, 1).unwrap());
    pair.sort();
    assert_eq!(pair, ["Vladimir Putin", "Xi Jinping"]);
    // Nobody is named, so nobody is listed.
    assert!(resolved.people.is_empty());
}

#[test]
fn the_date_decides_between_office_and_elite() {
    let text = "\
Obama Obama PROPN 2 nsubj B-PER
spoke speak VERB 0 root
. . PUNCT 2 punct";
    assert_eq!(role(entity(&resolve(text, "2016-05-01"), 0, 0)), roles("USA", "GOV"));
    assert_eq!(role(entity(&resolve(text, "2020-05-01"), 0, 0)), roles("USA", "ELI"));
}

#[test]
fn a_group_changes_its_sector_with_the_date() {
    let text = "\
The the DET 2 det
Taliban Taliban PROPN 3 nsubj B-ORG
refused refuse VERB 0 root
. . PUNCT 3 punct";
    assert_eq!(role(entity(&resolve(text, "2019-05-01"), 0, 1)), roles("AFG", "REB"));
    assert_eq!(role(entity(&resolve(text, "2024-05-01"), 0, 1)), roles("AFG", "GOV"));
}

#[test]
fn adjectives_names_and_of_phrases_give_common_nouns_their_code() {
    let resolved = resolve(
        "\
Iraqi Iraqi ADJ 2 amod B-NORP
troops troop NOUN 11 nsubj
, , PUNCT 6 punct
Islamic Islamic PROPN 6 compound B-ORG
State State PROPN 4 flat I-ORG
militants militant NOUN 2 conj
and and CCONJ 8 cc
police police NOUN 2 conj
of of ADP 10 case
Syria Syria PROPN 8 nmod B-LOC
clashed clash VERB 0 root
. . PUNCT 11 punct",
        "2016-05-01",
    );
    assert_eq!(role(entity(&resolved, 0, 1)), roles("IRQ", "MIL"));
    assert_eq!(role(entity(&resolved, 0, 5)), roles("IMG", ""));
    assert_eq!(role(entity(&resolved, 0, 7)), roles("SYR", "COP"));
}

#[test]
fn a_spokesman_speaks_for_whom_he_serves() {
    let resolved = resolve(
        "\
Fuad Fuad PROPN 9 nsubj B-PER
Basya Basya PROPN 1 flat I-PER
, , PUNCT 4 punct
spokesman spokesman NOUN 1 appos
for for ADP 8 case
the the DET 8 det
Iraqi Iraqi ADJ 8 amod B-NORP
military military NOUN 4 nmod
spoke speak VERB 0 root
. . PUNCT 9 punct",
        "2016-05-01",
    );
    assert_eq!(role(entity(&resolved, 0, 0)), roles("IRQ", "MIL"));
    assert_eq!(resolved.people[0].office.as_deref(), Some("spokesman for the Iraqi military"));
}

#[test]
fn an_organ_of_state_without_a_state_is_the_settings() {
    let resolved = resolve(
        "\
Syria Syria PROPN 2 nsubj B-LOC
protested protest VERB 0 root
. . PUNCT 2 punct

The the DET 2 det
military military NOUN 3 nsubj
fired fire VERB 0 root
. . PUNCT 3 punct",
        "2016-05-01",
    );
    let military = entity(&resolved, 1, 1);
    assert_eq!(role(military), roles("SYR", "MIL"));
    assert_eq!(military.resolved_by.as_str(), "setting");
}

#[test]
fn who_is_its_antecedent_and_the_alliance_the_last_organisation() {
    let resolved = resolve(
        "\
Nato Nato PROPN 2 nsubj B-ORG
trained train VERB 0 root
troops troop NOUN 2 obj
who who PRON 5 nsubj
fled flee VERB 3 acl:relcl
. . PUNCT 2 punct

The the DET 2 det
alliance alliance NOUN 3 nsubj
regretted regret VERB 0 root
it it PRON 3 obj
. . PUNCT 3 punct",
        "2016-05-01",
    );
    assert_eq!(resolved.at(0, 3).unwrap().entity, resolved.at(0, 2).unwrap().entity);
    assert_eq!(entity(&resolved, 1, 1).name, "NATO");
    assert_eq!(role(entity(&resolved, 1, 1)), roles("IGO", ""));
    // Grammar forbids that the object of a verb is its own subject.
    assert!(resolved.at(1, 3).is_none_or(|it| it.entity != resolved.at(1, 1).unwrap().entity));
}

#[test]
fn a_state_acts_through_its_airstrikes_as_a_military() {
    let resolved = resolve(
        "\
Russian Russian ADJ 2 amod B-NORP
airstrikes airstrike NOUN 3 nsubj
hit hit VERB 0 root
Mosul Mosul PROPN 3 obj B-LOC
. . PUNCT 3 punct",
        "2016-05-01",
    );
    assert_eq!(role(entity(&resolved, 0, 0)), roles("RUS", "MIL"));
    assert_eq!(role(entity(&resolved, 0, 1)), roles("RUS", "MIL"));
    let mosul = resolved.at(0, 3).unwrap();
    assert!(!mosul.is_actor);
    assert_eq!(resolved.entities[mosul.entity].kind, EntityKind::Place);
}

#[test]
fn the_ruler_in_the_name_of_a_regime_is_a_person() {
    let resolved = resolve(
        "\
The the DET 3 det
Asad Asad ADJ 3 amod B-NORP
regime regime NOUN 4 nsubj
attacked attack VERB 0 root
Syria Syria PROPN 4 obj B-LOC
. . PUNCT 4 punct",
        "2016-05-01",
    );
    assert_eq!(resolved.people[0].name, "Asad");
    assert_eq!(role(&resolved.entities[resolved.people[0].entity]), roles("SYR", "GOV"));
    assert_eq!(role(entity(&resolved, 0, 2)), roles("SYR", "GOV"));
}

#[test]
fn shared_surnames_stay_apart() {
    let resolved = resolve(
        "\
Ann Ann PROPN 4 nsubj B-PER
Berg Berg PROPN 1 flat I-PER
quickly quickly ADV 4 advmod
met meet VERB 0 root
Tom Tom PROPN 4 obj B-PER
Berg Berg PROPN 5 flat I-PER
. . PUNCT 4 punct

She she PRON 2 nsubj
left leave VERB 0 root
. . PUNCT 2 punct",
        "2016-05-01",
    );
    assert_eq!(resolved.people.len(), 2);
    assert_eq!(resolved.at(1, 0).unwrap().entity, resolved.at(0, 0).unwrap().entity);
}

#[test]
fn empty_documents_resolve_to_nothing() {
    let (document, _) = common::parse("x x X 0 root", "2016-05-01");
    let resolved = common::registry().resolve(&document, &[]);
    assert!(resolved.mentions.is_empty() && resolved.people.is_empty());
}
