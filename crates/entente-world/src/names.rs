//! Finds the names of a document: where the model and the registry see one, joined into units.

use crate::automaton::{Automaton, Match};
use crate::registry::{AgentKind, Reading, Registry};
use crate::titles::is_address;
use entente_syntax::{Deprel, NameKind, ParsedSentence, Upos};
use entente_text::Span;

/// A name in a sentence with what it may stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NameUnit {
    pub(crate) sentence: usize,
    pub(crate) first: usize,
    pub(crate) end: usize,
    /// The word through which the name hangs in the tree.
    pub(crate) head: usize,
    /// What the model takes it for.
    pub(crate) kind: Option<NameKind>,
    /// What the registry takes it for; empty where it does not know the name.
    pub(crate) readings: Vec<Reading>,
    /// True for a founder's name that stands for his firm: "Dezan Shira & Associates".
    pub(crate) is_firm: bool,
    /// Readings of names inside this one, such as the state in "Malawi High Court".
    pub(crate) inner: Vec<Reading>,
}

impl NameUnit {
    /// True for the name of one human being, as far as model and registry can tell.
    pub(crate) fn is_person(&self) -> bool {
        if self.is_firm {
            return false;
        }
        let known_person = self.readings.iter().any(|reading| matches!(reading, Reading::Person(_)));
        match self.kind {
            Some(NameKind::Person) => self.readings.is_empty() || known_person,
            None => known_person && self.readings.iter().all(|reading| matches!(reading, Reading::Person(_))),
            Some(_) => known_person && self.end - self.first > 1,
        }
    }
}

/// The names of a document, by sentence.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) units: Vec<NameUnit>,
    /// For every sentence and word the unit that covers it.
    cover: Vec<Vec<Option<usize>>>,
}

impl Names {
    /// Finds every name.
    pub(crate) fn find(registry: &Registry, text: &str, sentences: &[ParsedSentence]) -> Self {
        let mut names = Self::default();
        for (index, sentence) in sentences.iter().enumerate() {
            names.cover.push(vec![None; sentence.tokens.len()]);
            for unit in units_of(registry, text, sentence, index) {
                names.insert(unit);
            }
        }
        names
    }

    /// Adds a unit where none of its words has one yet.
    pub(crate) fn insert(&mut self, unit: NameUnit) {
        let cells = &mut self.cover[unit.sentence][unit.first..unit.end];
        if cells.iter().any(Option::is_some) {
            return;
        }
        cells.fill(Some(self.units.len()));
        self.units.push(unit);
    }

    /// The number of the unit that covers a word.
    pub(crate) fn covering(&self, sentence: usize, word: usize) -> Option<usize> {
        self.cover[sentence][word]
    }

    /// The number of the unit whose head is the word.
    pub(crate) fn headed_by(&self, sentence: usize, word: usize) -> Option<usize> {
        self.covering(sentence, word).filter(|unit| self.units[*unit].head == word)
    }
}

/// A registry name as a range of words.
struct Found<'r> {
    first: usize,
    end: usize,
    readings: &'r [Reading],
}

fn units_of(registry: &Registry, text: &str, sentence: &ParsedSentence, index: usize) -> Vec<NameUnit> {
    let found: Vec<Found<'_>> = registry
        .names
        .find(sentence.span.of(text), sentence.span.start)
        .into_iter()
        .filter_map(|found| words_of(&registry.names, sentence, found))
        .filter(|found| is_plausible(text, sentence, found))
        .collect();
    let mut taken = vec![false; sentence.tokens.len()];
    let mut units = Vec::new();
    for name in &sentence.names {
        let (first, end) = without_address(text, sentence, name.first, name.end);
        let is_title = |word: usize| {
            let form = sentence.tokens[word].span.of(text);
            is_address(&form.to_lowercase())
                || registry
                    .agent_index
                    .at(sentence, text, word)
                    .is_some_and(|found| registry.agents()[found.agent].kind == AgentKind::Title)
        };
        let is_all_title = name.kind == NameKind::Person && (first..end).all(is_title);
        if first == end || is_all_title {
            continue;
        }
        if let Some(name_first) = name_after_title(registry, text, sentence, first, end, name.kind) {
            let named =
                unit(sentence, index, name_first, end, Some(NameKind::Person), Vec::new(), Vec::new());
            taken[name_first..end].fill(true);
            units.push(named);
            continue;
        }
        let overlapping: Vec<&Found<'_>> =
            found.iter().filter(|found| found.first < end && first < found.end).collect();
        if overlapping.iter().any(|found| outweighs(found, first, end, name.kind)) {
            continue;
        }
        taken[first..end].fill(true);
        let exact = overlapping.iter().find(|found| (found.first, found.end) == (first, end));
        let tail = overlapping.iter().find(|found| {
            found.end == end && name.kind != NameKind::Person && is_organisation(found.readings)
        });
        let readings = exact.or(tail).map_or(Vec::new(), |found| found.readings.to_vec());
        let inner: Vec<Reading> = if name.kind == NameKind::Person {
            Vec::new()
        } else {
            overlapping.iter().flat_map(|found| found.readings.iter().copied()).collect()
        };
        let mut found_unit = unit(sentence, index, first, end, Some(name.kind), readings, inner);
        if name.kind == NameKind::Person {
            found_unit.is_firm = is_firm(text, sentence, end);
            take_dateline_for_place(registry, text, sentence, &mut found_unit);
        }
        units.push(found_unit);
    }
    for found in &found {
        if taken[found.first..found.end].iter().any(|taken| *taken) {
            continue;
        }
        let readings = found.readings.to_vec();
        units.push(unit(sentence, index, found.first, found.end, None, readings, Vec::new()));
    }
    units.sort_by_key(|unit| unit.first);
    units
}

fn unit(
    sentence: &ParsedSentence,
    index: usize,
    first: usize,
    end: usize,
    kind: Option<NameKind>,
    readings: Vec<Reading>,
    inner: Vec<Reading>,
) -> NameUnit {
    let head = head_of(sentence, first, end);
    NameUnit { sentence: index, first, end, head, kind, readings, is_firm: false, inner }
}

/// The word of a range that hangs on a word outside; the last nominal one where there are several.
pub(crate) fn head_of(sentence: &ParsedSentence, first: usize, end: usize) -> usize {
    let hangs_outside =
        |word: &usize| sentence.tokens[*word].head.is_none_or(|head| !(first..end).contains(&head));
    let is_nominal = |word: &usize| {
        matches!(sentence.tokens[*word].upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Pron)
    };
    let outer: Vec<usize> = (first..end).filter(hangs_outside).collect();
    let nominal = outer.iter().rev().copied().find(is_nominal);
    nominal.or(outer.last().copied()).unwrap_or(end - 1)
}

/// The words that a match covers. A match inside a word counts only at the edge of a hyphenated word.
fn words_of<'r>(names: &'r Automaton<Reading>, sentence: &ParsedSentence, found: Match) -> Option<Found<'r>> {
    let span = Span::new(found.start, found.end);
    let first = sentence.tokens.iter().position(|token| token.span.overlaps(span))?;
    let beyond = sentence.tokens[first..].iter().position(|token| !token.span.overlaps(span));
    let end = beyond.map_or(sentence.tokens.len(), |offset| first + offset);
    Some(Found { first, end, readings: names.readings(found.list) })
}

/// Short names are often ordinary words: they must look like a name in the sentence.
fn is_plausible(text: &str, sentence: &ParsedSentence, found: &Found<'_>) -> bool {
    if found.end - found.first > 1 {
        return true;
    }
    let token = &sentence.tokens[found.first];
    let model = sentence.name_at(found.first);
    let form = token.span.of(text);
    let starts_large = form.chars().next().is_some_and(char::is_uppercase);
    let only = |test: fn(&Reading) -> bool| found.readings.iter().all(test);
    if only(|reading| matches!(reading, Reading::Person(_))) {
        return starts_large
            && (model.is_some_and(|name| name.kind == NameKind::Person)
                || (model.is_none() && token.upos == Upos::Propn && form.len() > 3));
    }
    if only(|reading| matches!(reading, Reading::Place(_) | Reading::Seat(_))) {
        return starts_large
            && (model.is_some_and(|name| name.kind != NameKind::Person)
                || (model.is_none() && token.upos == Upos::Propn));
    }
    // "IS" and "US" in capitals are names whatever part of speech the model sees in them.
    let is_acronym = form.len() >= 2
        && form.bytes().all(|byte| byte.is_ascii_uppercase())
        && sentence.span.of(text).chars().filter(|letter| letter.is_lowercase()).count() > form.len();
    model.is_some()
        || is_acronym
        || (starts_large && matches!(token.upos, Upos::Propn | Upos::Adj | Upos::Noun | Upos::X))
        || (!starts_large && matches!(token.upos, Upos::Propn | Upos::Adj))
}

/// True when a name of the registry should replace a name of the model.
fn outweighs(found: &Found<'_>, first: usize, end: usize, kind: NameKind) -> bool {
    let covers = found.first <= first && end <= found.end;
    let larger = found.end - found.first > end - first;
    if covers && larger {
        return true;
    }
    let crosses = (found.first < first && first < found.end) || (found.first < end && end < found.end);
    if crosses {
        return larger;
    }
    // "President Vladimir Putin" as one name of the model: the person inside is the name.
    let inside = first <= found.first && found.end <= end && !covers;
    inside
        && kind == NameKind::Person
        && found.end - found.first > 1
        && found.readings.iter().any(|reading| matches!(reading, Reading::Person(_)))
}

/// Where the name begins in "UN Special Envoy de Mistura", which the model may take for one body.
fn name_after_title(
    registry: &Registry,
    text: &str,
    sentence: &ParsedSentence,
    first: usize,
    end: usize,
    kind: NameKind,
) -> Option<usize> {
    if kind == NameKind::Person || registry.names.lookup(words(text, sentence, first, end)).is_some() {
        return None;
    }
    let agent = |word: usize| {
        registry.agent_index.at(sentence, text, word).map(|found| &registry.agents()[found.agent])
    };
    let title = (first..end - 1)
        .rev()
        .find(|word| agent(*word).is_some_and(|agent| agent.kind == AgentKind::Title))?;
    let rest = title + 1..end;
    let is_name = rest.into_iter().all(|word| {
        let token = &sentence.tokens[word];
        token.upos == Upos::Propn
            && agent(word).is_none()
            && token.span.of(text).chars().all(char::is_alphabetic)
    });
    let is_known = registry
        .names
        .lookup(words(text, sentence, title + 1, end))
        .is_some_and(|readings| !readings.iter().any(|reading| matches!(reading, Reading::Person(_))));
    (is_name && !is_known).then_some(title + 1)
}

fn words<'t>(text: &'t str, sentence: &ParsedSentence, first: usize, end: usize) -> &'t str {
    sentence.tokens[first].span.cover(sentence.tokens[end - 1].span).of(text)
}

/// True where "& Associates" or the like follows.
fn is_firm(text: &str, sentence: &ParsedSentence, end: usize) -> bool {
    let form = |word: usize| sentence.tokens.get(word).map_or("", |token| token.span.of(text));
    let is_joined = matches!(form(end), "&" | "and");
    (is_joined
        && matches!(form(end + 1), "Associates" | "Partners" | "Sons" | "Co" | "Co." | "Company" | "Bros"))
        || matches!(
            form(end),
            "Inc"
                | "Inc."
                | "Ltd"
                | "Ltd."
                | "Corp"
                | "Corp."
                | "LLC"
                | "LLP"
                | "PLC"
                | "plc"
                | "GmbH"
                | "AG"
        )
}

/// "BLANTYRE — …": a word in capitals before a dash at the start says where the report was written.
fn take_dateline_for_place(registry: &Registry, text: &str, sentence: &ParsedSentence, unit: &mut NameUnit) {
    let form = words(text, sentence, unit.first, unit.end);
    let next = sentence.tokens.get(unit.end).map_or("", |token| token.span.of(text));
    let is_dateline = unit.first == 0
        && form.chars().count() > 2
        && form.chars().all(|letter| !letter.is_lowercase())
        && matches!(next, "—" | "–" | "-" | "--" | "(" | ",");
    if !is_dateline {
        return;
    }
    unit.kind = Some(NameKind::Place);
    let lower = form.to_lowercase();
    let title_case: String = form.chars().take(1).chain(lower.chars().skip(1)).collect();
    unit.readings = registry.names.lookup(&title_case).unwrap_or(&[]).to_vec();
}

fn is_organisation(readings: &[Reading]) -> bool {
    readings.iter().any(|reading| matches!(reading, Reading::Organisation(_) | Reading::Group(_)))
}

/// Takes forms of address off the front and possessive endings off the back of a name.
fn without_address(
    text: &str,
    sentence: &ParsedSentence,
    mut first: usize,
    mut end: usize,
) -> (usize, usize) {
    while first < end {
        let form = sentence.tokens[first].span.of(text).to_lowercase();
        let is_article = sentence.tokens[first].relation.base == Deprel::Det;
        if !is_address(&form) && !is_article && !matches!(form.as_str(), "\"" | "'" | "“" | "‘") {
            break;
        }
        first += 1;
    }
    while first < end {
        let token = &sentence.tokens[end - 1];
        let is_possessive = matches!(token.span.of(text), "'s" | "’s" | "'" | "’");
        if !is_possessive && token.upos != Upos::Punct {
            break;
        }
        end -= 1;
    }
    (first, end)
}
