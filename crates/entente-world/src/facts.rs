//! What the text says about a named person: titles, appositions, predicates, age.

use crate::automaton::fold_name;
use crate::context::Context;
use crate::describe::Description;
use crate::names::NameUnit;
use crate::people::{Cluster, Fact};
use crate::registry::{AgentKind, Reading};
use crate::titles::{Gender, full_rank, gender_of_address};
use crate::{ResolvedBy, Sector};
use entente_syntax::{Deprel, NameKind, Upos};
use entente_text::cardinal;

/// Everything the text says a person is: titles first, then appositions and predicates.
pub(crate) fn facts_about(context: &Context<'_>, cluster: &Cluster) -> Vec<Fact> {
    let mut facts = Vec::new();
    for unit in &cluster.units {
        let unit = &context.names.units[*unit];
        facts.extend(title_before(context, unit));
        let beside = description_beside(context, unit);
        if beside.is_empty() {
            facts.extend(description_after_comma(context, unit));
        }
        facts.extend(beside);
        if is_of_a_rule(context, unit) {
            facts.push(rule_of(unit));
        }
    }
    facts.sort_by_key(|fact: &Fact| fact.agent.is_none());
    facts
}

fn fact(sentence: usize, word: usize, description: Description, office: String) -> Fact {
    let resolved_by =
        description.resolved_by.filter(|by| *by != ResolvedBy::Agent).unwrap_or(ResolvedBy::Office);
    Fact {
        office,
        agent: description.agent,
        codes: description.codes,
        sector: description.sector,
        other_sectors: description.other_sectors,
        is_former: description.is_former,
        resolved_by,
        sentence,
        word,
    }
}

/// The title that stands before a name: "Russian Foreign Minister Sergei Lavrov".
fn title_before(context: &Context<'_>, unit: &NameUnit) -> Option<Fact> {
    let sentence = &context.sentences[unit.sentence];
    let hangs_on_name = |word: &usize| {
        *word < unit.first
            && matches!(
                sentence.tokens[*word].relation.base,
                Deprel::Nmod | Deprel::Compound | Deprel::Amod | Deprel::Flat | Deprel::Appos
            )
            && sentence.tokens[*word].relation.subtype != "poss"
    };
    let children = sentence.children(unit.head).iter().copied().filter(hangs_on_name);
    let governor = sentence.tokens[unit.head].head.filter(|head| {
        *head < unit.first
            && matches!(
                sentence.tokens[unit.head].relation.base,
                Deprel::Flat | Deprel::Appos | Deprel::Nmod | Deprel::Compound
            )
            && !has_comma_between(context, unit.sentence, *head, unit.first)
            && context.case_of(unit.sentence, unit.head).is_empty()
    });
    let adjacent = unit.first.checked_sub(1);
    let candidates = children.chain(governor).chain(adjacent);
    let is_title = |word: &usize| {
        let is_noun = matches!(sentence.tokens[*word].upos, Upos::Noun | Upos::Propn | Upos::Adj);
        is_noun
            && (weight_of_title(context, unit.sentence, *word).is_some()
                || context.names.headed_by(unit.sentence, *word).is_some_and(|other| {
                    !context.names.units[other].is_person() && is_people_name(context, other)
                }))
            && !is_parted(context, unit.sentence, *word, unit.first)
    };
    let weight = |word: &usize| (weight_of_title(context, unit.sentence, *word), *word);
    let title = candidates.filter(is_title).max_by_key(weight)?;
    let mut description = context.describe(unit.sentence, title);
    if description.codes.is_empty() {
        let beside_name = context.describe(unit.sentence, unit.head);
        description.codes = beside_name.codes;
        description.resolved_by = beside_name.resolved_by;
        description.is_former |= beside_name.is_former;
    }
    if description.sector.is_none() {
        description.sector = sector_of_bare_title(context, unit.sentence, title);
    }
    if description.is_former && description.sector.is_some_and(Sector::is_organ_of_state) {
        description.sector = Some(Sector::Elites);
    }
    if description.codes.first().is_some_and(|code| !code.is_state()) {
        description.sector = None;
    }
    let mut first = title;
    while first > 0 && qualifies(context, unit, title, first - 1) {
        first -= 1;
    }
    let opens_nothing = |upos: Upos| {
        matches!(upos, Upos::Det | Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Pron | Upos::Sconj)
    };
    while first < title && opens_nothing(sentence.tokens[first].upos) {
        first += 1;
    }
    let office = context.words(unit.sentence, first, unit.first);
    Some(fact(unit.sentence, title, description, office))
}

/// True for a word before a title or name that belongs to it: "Boeing Commercial Airplanes" before "CEO".
fn qualifies(context: &Context<'_>, unit: &NameUnit, title: usize, word: usize) -> bool {
    let tokens = &context.sentences[unit.sentence].tokens;
    let is_mark = matches!(context.form(unit.sentence, word), "'s" | "’s" | "'" | "’" | "-" | "–");
    let is_nominal =
        matches!(tokens[word].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Adv);
    if !is_mark && !is_nominal {
        return false;
    }
    let mut at = word;
    for _ in 0..6 {
        let relation = tokens[at].relation.base;
        if matches!(relation, Deprel::Nsubj | Deprel::Obl | Deprel::Obj | Deprel::Advmod) {
            return false;
        }
        match tokens[at].head {
            Some(head) if head == title || head == unit.head => return true,
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

/// How good a word is as the head of a title: offices before persons before the rest, long before short.
fn weight_of_title(context: &Context<'_>, sentence: usize, word: usize) -> Option<(u8, usize)> {
    if full_rank(&context.form(sentence, word).to_lowercase()).is_some() {
        return Some((3, 1));
    }
    let found = context.agent_at(sentence, word)?;
    let length = found.end - found.first;
    match context.registry.agents()[found.agent].kind {
        AgentKind::Title => Some((3, length)),
        AgentKind::Person => Some((2, length)),
        AgentKind::Group | AgentKind::Body => Some((1, length)),
        AgentKind::Asset | AgentKind::Anaphor(_) => None,
    }
}

/// True where a clause or a stop stands between a title and a name.
fn is_parted(context: &Context<'_>, sentence: usize, title: usize, name: usize) -> bool {
    let tokens = &context.sentences[sentence].tokens;
    has_comma_between(context, sentence, title, name)
        || tokens[title + 1..name]
            .iter()
            .any(|token| matches!(token.upos, Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Pron))
}

fn is_people_name(context: &Context<'_>, unit: usize) -> bool {
    let unit = &context.names.units[unit];
    unit.kind == Some(NameKind::People)
        || unit
            .readings
            .iter()
            .any(|reading| matches!(reading, Reading::StatePeople(_) | Reading::TerritoryPeople(_)))
}

fn sector_of_bare_title(context: &Context<'_>, sentence: usize, word: usize) -> Option<Sector> {
    let rank = full_rank(&context.form(sentence, word).to_lowercase())?;
    context.registry.agents().iter().find(|agent| agent.phrase == rank).and_then(|agent| agent.sector)
}

fn has_comma_between(context: &Context<'_>, sentence: usize, first: usize, end: usize) -> bool {
    let (first, end) = (first.min(end), first.max(end));
    (first..end).any(|word| {
        let form = context.form(sentence, word);
        matches!(form, "," | ";" | ":" | "(" | ")") || form.starts_with(['"', '“', '”'])
    })
}

/// What stands in apposition to a name, or is said of it by "is": "Ushakov, 74, an adviser to …".
fn description_beside(context: &Context<'_>, unit: &NameUnit) -> Vec<Fact> {
    let sentence = &context.sentences[unit.sentence];
    let mut nouns: Vec<usize> =
        sentence.children_by(unit.head, Deprel::Appos).filter(|word| *word >= unit.end).collect();
    let relation = sentence.tokens[unit.head].relation;
    if let Some(governor) = sentence.tokens[unit.head].head {
        let stands_beside =
            relation.base == Deprel::Appos && has_comma_between(context, unit.sentence, governor, unit.head);
        let is_subject = relation.base == Deprel::Nsubj
            && sentence.children_by(governor, Deprel::Cop).next().is_some()
            && sentence.children_by(governor, Deprel::Case).next().is_none();
        if stands_beside || is_subject {
            nouns.push(governor);
        }
    }
    let mut facts = Vec::new();
    for noun in nouns {
        let is_noun = matches!(sentence.tokens[noun].upos, Upos::Noun | Upos::Propn);
        let named = context.names.headed_by(unit.sentence, noun);
        let is_other_person = named.is_some_and(|other| context.names.units[other].is_person());
        if !is_noun || is_other_person {
            continue;
        }
        let description = context.describe(unit.sentence, noun);
        let end = end_of_description(context, unit.sentence, noun);
        let office = context.words(unit.sentence, description.first, end);
        if description.agent.is_none() && description.codes.is_empty() {
            continue;
        }
        let mut found = fact(unit.sentence, noun, description, office);
        found.resolved_by = ResolvedBy::Apposition;
        facts.push(found);
    }
    facts
}

/// No office has more words than this after its noun.
const LONGEST_OFFICE: usize = 16;

/// One past the last word of a description: its prepositional phrases belong to it, clauses do not.
fn end_of_description(context: &Context<'_>, sentence: usize, noun: usize) -> usize {
    let parsed = &context.sentences[sentence];
    let mut end = noun + 1;
    let mut open = vec![noun];
    while let Some(next) = open.pop() {
        end = end.max(next + 1);
        open.extend(parsed.children(next).iter().copied().filter(|child| {
            *child > noun
                && matches!(
                    parsed.tokens[*child].relation.base,
                    Deprel::Nmod
                        | Deprel::Compound
                        | Deprel::Flat
                        | Deprel::Amod
                        | Deprel::Case
                        | Deprel::Det
                        | Deprel::Conj
                        | Deprel::Cc
                        | Deprel::Nummod
                )
        }));
    }
    // A wrong tree must not make half a sentence into an office.
    let goes_on = |word: &usize| !matches!(parsed.tokens[*word].upos, Upos::Verb | Upos::Aux);
    let closes = |word: &usize| {
        !matches!(parsed.tokens[*word].upos, Upos::Adp | Upos::Det | Upos::Cconj | Upos::Punct)
    };
    let words: Vec<usize> = (noun..end.min(noun + LONGEST_OFFICE)).take_while(goes_on).collect();
    words.into_iter().rev().find(closes).unwrap_or(noun) + 1
}

/// What follows a name after a comma, where the tree does not say that it belongs to it:
/// "Metin Topuz, a local U.S. consulate employee."
fn description_after_comma(context: &Context<'_>, unit: &NameUnit) -> Option<Fact> {
    let sentence = &context.sentences[unit.sentence];
    let form = |word: usize| sentence.tokens.get(word).map_or("", |token| token.span.of(context.text));
    if form(unit.end) != "," {
        return None;
    }
    let mut first = unit.end + 1;
    if plausible_age(form(first)).is_some() && form(first + 1) == "," {
        first += 2;
    }
    let is_determined = matches!(form(first).to_lowercase().as_str(), "a" | "an" | "the");
    if is_determined {
        first += 1;
    }
    let goes_on = |word: &usize| {
        let token = &sentence.tokens[*word];
        matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Sym)
            || matches!(form(*word), "'s" | "’s" | "-" | "–")
    };
    let noun = (first..sentence.tokens.len()).take_while(goes_on).last()?;
    let agent = context.agent_at(unit.sentence, noun)?;
    let kind = context.registry.agents()[agent.agent].kind;
    let closes = matches!(
        form(noun + 1),
        "," | "." | ";" | "" | "of" | "for" | "to" | "at" | "in" | "with" | "from" | "who"
    );
    let is_subject = sentence.tokens[noun].relation.base == Deprel::Nsubj;
    let is_office =
        matches!(kind, AgentKind::Title | AgentKind::Person) && (is_determined || kind == AgentKind::Title);
    if !closes || is_subject || !is_office || context.names.covering(unit.sentence, noun).is_some() {
        return None;
    }
    let description = context.describe(unit.sentence, noun);
    let end = end_of_description(context, unit.sentence, noun);
    let mut found = fact(unit.sentence, noun, description, context.words(unit.sentence, first, end));
    found.resolved_by = ResolvedBy::Apposition;
    Some(found)
}

/// The ruler of a regime is the executive of his state.
fn rule_of(unit: &NameUnit) -> Fact {
    let description = Description { sector: Some(Sector::Government), ..Description::default() };
    fact(unit.sentence, unit.head, description, String::new())
}

/// True for the name in "the Asad regime", "the Biden administration".
pub(crate) fn is_of_a_rule(context: &Context<'_>, unit: &NameUnit) -> bool {
    let sentence = &context.sentences[unit.sentence];
    let token = &sentence.tokens[unit.head];
    let qualifies = matches!(token.relation.base, Deprel::Amod | Deprel::Compound | Deprel::Nmod);
    token.head.is_some_and(|governor| {
        let form = context.form(unit.sentence, governor).to_lowercase();
        qualifies
            && governor == unit.end
            && matches!(form.as_str(), "regime" | "dictatorship" | "administration" | "presidency")
    })
}

pub(crate) fn gender_from_address(context: &Context<'_>, cluster: &Cluster) -> Option<Gender> {
    cluster.units.iter().find_map(|unit| {
        let unit = &context.names.units[*unit];
        let before = unit.first.checked_sub(1)?;
        gender_of_address(&context.form(unit.sentence, before).to_lowercase())
    })
}

/// The age that stands beside a name: "Xi, 68,", "X (68)", "X, aged 68", "the 68-year-old X".
pub(crate) fn age_beside(context: &Context<'_>, unit: &NameUnit) -> Option<u16> {
    let sentence = &context.sentences[unit.sentence];
    let form = |word: usize| sentence.tokens.get(word).map_or("", |token| token.span.of(context.text));
    if matches!(form(unit.end), "," | "(") {
        let number =
            if form(unit.end + 1).eq_ignore_ascii_case("aged") { unit.end + 2 } else { unit.end + 1 };
        let closes = matches!(form(number + 1), "," | "." | ")" | "" | ";");
        if let Some(age) = plausible_age(form(number)).filter(|_| closes) {
            return Some(age);
        }
    }
    let start = sentence.span.start;
    let before = context.text.get(start..sentence.tokens[unit.first].span.start)?;
    let folded = fold_name(&before.to_lowercase()).replace("year old", "year-old");
    let at = folded.rfind("-year-old")?;
    let between = &folded[at + "-year-old".len()..];
    if between.split_whitespace().count() > 6 || between.contains([',', '"', ';']) {
        return None;
    }
    plausible_age(folded[..at].rsplit([' ', '\n', '\u{a0}']).next().unwrap_or(""))
}

fn plausible_age(word: &str) -> Option<u16> {
    let age = cardinal(word).and_then(|age| u16::try_from(age).ok())?;
    (1..=120).contains(&age).then_some(age)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_words_are_ages() {
        assert_eq!(plausible_age("thirty-two"), Some(32));
        assert_eq!(plausible_age("Twenty"), Some(20));
        assert_eq!(plausible_age("2014"), None);
        assert_eq!(plausible_age("president"), None);
    }
}
