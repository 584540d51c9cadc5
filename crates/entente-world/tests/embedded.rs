//! The embedded tables: every row can be used, and the registry answers from them.

#![allow(clippy::unwrap_used)]

use entente_world::{AgentKind, Code, Reading, Registry};
use jiff::civil::date;
use std::collections::HashSet;

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

#[test]
fn every_row_can_be_used() {
    let problems: Vec<String> = Registry::embedded().problems().iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn codes_of_states_are_unique_and_every_reference_exists() {
    let registry = Registry::embedded();
    let mut codes = HashSet::new();
    for state in registry.states() {
        assert!(codes.insert(state.code), "{} stands twice", state.code);
    }
    let known = |code: Code| !code.is_state() || codes.contains(&code);
    for territory in registry.territories() {
        assert!(known(territory.code), "{}: {}", territory.name, territory.code);
    }
    for person in registry.people() {
        for term in &person.terms {
            assert!(known(term.code), "{}: {}", person.name, term.code);
        }
    }
}

#[test]
fn agents_are_lower_case_and_stand_once() {
    let mut seen = HashSet::new();
    for agent in Registry::embedded().agents() {
        assert_eq!(agent.phrase, agent.phrase.to_lowercase());
        assert!(seen.insert(agent.phrase), "{} stands twice", agent.phrase);
    }
}

#[test]
fn agents_have_the_kinds_that_the_resolver_relies_on() {
    let registry = Registry::embedded();
    let kind =
        |phrase: &str| registry.agents().iter().find(|agent| agent.phrase == phrase).map(|agent| agent.kind);
    assert_eq!(kind("president"), Some(AgentKind::Title));
    assert_eq!(kind("ministry"), Some(AgentKind::Body));
    assert_eq!(kind("protester"), Some(AgentKind::Person));
    assert_eq!(kind("troops"), Some(AgentKind::Group));
    assert_eq!(kind("airstrike"), Some(AgentKind::Asset));
}

#[test]
fn names_are_known_by_all_their_forms() {
    let registry = Registry::embedded();
    let is_state = |name: &str, wanted: &str| {
        registry.lookup(name).iter().any(|reading| match reading {
            Reading::State(index) => registry.states()[*index as usize].code == code(wanted),
            _ => false,
        })
    };
    assert!(is_state("United States", "USA"));
    assert!(is_state("U.S.", "USA"));
    assert!(is_state("North Korea", "PRK"));
    assert!(registry.lookup("no such name at all").is_empty());
}

#[test]
fn offices_and_memberships_depend_on_the_date() {
    let registry = Registry::embedded();
    let holder = |day| registry.office_holder(code("USA"), "president", day).map(|person| person.name);
    assert_eq!(holder(date(2010, 1, 1)), Some("Barack Obama"));
    assert_eq!(holder(date(2022, 1, 1)), Some("Joe Biden"));
}
