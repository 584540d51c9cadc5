//! The named persons of a document: which names are one person, and what the text says they are.

use crate::automaton::fold_name;
use crate::context::Context;
use crate::facts::{age_beside, facts_about, gender_from_address, is_of_a_rule};
use crate::names::{NameUnit, head_of};
use crate::registry::{AgentKind, KnownPerson, Reading};
use crate::titles::{Gender, is_address};
use crate::{Code, ResolvedBy, Sector};
use entente_syntax::{Deprel, NameKind, Upos};

/// Something the text says about a person.
#[derive(Debug, Clone)]
pub(crate) struct Fact {
    pub(crate) office: String,
    pub(crate) agent: Option<usize>,
    pub(crate) codes: Vec<Code>,
    pub(crate) sector: Option<Sector>,
    pub(crate) other_sectors: Vec<Sector>,
    pub(crate) is_former: bool,
    pub(crate) resolved_by: ResolvedBy,
    /// Where it was said; the head of the describing noun.
    pub(crate) sentence: usize,
    pub(crate) word: usize,
}

/// One person with every unit that names him or her.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cluster {
    pub(crate) units: Vec<usize>,
    /// Fullest form in the article.
    pub(crate) name: String,
    /// Place in the registry's list of persons.
    pub(crate) known: Option<u32>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) gender: Option<Gender>,
    pub(crate) age: Option<u16>,
}

/// The persons, and which of them every unit names.
#[derive(Debug, Default)]
pub(crate) struct People {
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) of_unit: Vec<Option<usize>>,
}

impl People {
    /// Finds the persons of a document; may add names to it that the model overlooked.
    pub(crate) fn find(context: &mut Context<'_>) -> Self {
        take_rulers_for_persons(context);
        add_titled_names(context);
        add_repeated_surnames(context);
        let mut people = Self::cluster(context);
        for cluster in &mut people.clusters {
            cluster.facts = facts_about(context, cluster);
            cluster.gender = cluster.gender.or_else(|| gender_from_address(context, cluster));
            cluster.age =
                cluster.units.iter().find_map(|unit| age_beside(context, &context.names.units[*unit]));
            cluster.known = known_person(context, cluster);
        }
        people
    }

    fn cluster(context: &Context<'_>) -> Self {
        let units = &context.names.units;
        let mut people = Self { clusters: Vec::new(), of_unit: vec![None; units.len()] };
        let mut keys: Vec<Vec<Vec<String>>> = Vec::new();
        let mut order: Vec<usize> = (0..units.len()).filter(|unit| units[*unit].is_person()).collect();
        order.sort_by_key(|unit| (units[*unit].sentence, units[*unit].first));
        let words: Vec<Vec<String>> = units.iter().map(|unit| name_words(&context.name_text(unit))).collect();
        for unit in order.iter().copied().filter(|unit| words[*unit].len() > 1) {
            let same =
                keys.iter().position(|forms| forms.iter().any(|form| are_one_name(form, &words[unit])));
            people.join(unit, same, &words[unit], &mut keys);
        }
        for unit in order.iter().copied().filter(|unit| words[*unit].len() == 1) {
            let same = people.owner_of_short_name(context, unit, &words[unit][0], &keys);
            if same.is_some() || !is_stray(context, &units[unit]) {
                people.join(unit, same, &words[unit], &mut keys);
            }
        }
        people.claim_mistaken_surnames(context, &words, &mut keys);
        for cluster in &mut people.clusters {
            cluster.units.sort_by_key(|unit| (units[*unit].sentence, units[*unit].first));
            cluster.name = fullest_name(context, &cluster.units);
        }
        people
    }

    /// A surname alone that the model took for a place or firm is the person's whom the text names elsewhere.
    fn claim_mistaken_surnames(
        &mut self,
        context: &Context<'_>,
        words: &[Vec<String>],
        keys: &mut Vec<Vec<Vec<String>>>,
    ) {
        for (unit, name) in context.names.units.iter().enumerate() {
            let is_open = self.of_unit[unit].is_none() && name.readings.is_empty() && name.inner.is_empty();
            if !is_open || words[unit].len() != 1 {
                continue;
            }
            let bears = |forms: &Vec<Vec<String>>| {
                forms.iter().any(|form| strength_of_short_name(form, &words[unit][0]) == Some(0))
            };
            if let Some(owner) = keys.iter().position(bears) {
                self.join(unit, Some(owner), &words[unit], keys);
            }
        }
    }

    fn join(&mut self, unit: usize, same: Option<usize>, words: &[String], keys: &mut Vec<Vec<Vec<String>>>) {
        let cluster = same.unwrap_or_else(|| {
            self.clusters.push(Cluster::default());
            keys.push(Vec::new());
            self.clusters.len() - 1
        });
        self.clusters[cluster].units.push(unit);
        if !keys[cluster].iter().any(|form| form == words) {
            keys[cluster].push(words.to_vec());
        }
        self.of_unit[unit] = Some(cluster);
    }

    /// Whose name a single word is: the bearer of the surname named last, else of the given name.
    fn owner_of_short_name(
        &self,
        context: &Context<'_>,
        unit: usize,
        word: &str,
        keys: &[Vec<Vec<String>>],
    ) -> Option<usize> {
        let units = &context.names.units;
        let here = (units[unit].sentence, units[unit].first);
        let strength = |forms: &Vec<Vec<String>>| {
            forms.iter().filter_map(|form| strength_of_short_name(form, word)).min()
        };
        let distance = |cluster: &Cluster| {
            let places = cluster.units.iter().map(|unit| (units[*unit].sentence, units[*unit].first));
            let before = places.clone().filter(|place| *place < here).max();
            let after = places.filter(|place| *place > here).min();
            match (before, after) {
                (Some((sentence, word)), _) => {
                    (0, here.0 - sentence, if sentence == here.0 { here.1 - word } else { usize::MAX - word })
                }
                (None, Some((sentence, word))) => (1, sentence - here.0, word),
                (None, None) => (2, 0, 0),
            }
        };
        let candidates =
            keys.iter().enumerate().filter_map(|(cluster, forms)| Some((strength(forms)?, cluster)));
        candidates
            .min_by_key(|(strength, cluster)| (*strength, distance(&self.clusters[*cluster])))
            .map(|(_, c)| c)
    }
}

/// A single word in a headline that the registry does not know is often no name at all; it counts only
/// where the text repeats it.
fn is_stray(context: &Context<'_>, unit: &NameUnit) -> bool {
    let name = context.name_text(unit);
    let is_repeated = |other: &NameUnit| {
        other.sentence != unit.sentence
            && !context.sentences[other.sentence].is_headline
            && context.name_text(other).split_whitespace().any(|word| word == name)
    };
    context.sentences[unit.sentence].is_headline
        && unit.readings.is_empty()
        && !context.names.units.iter().any(is_repeated)
}

/// "The Asad regime": what qualifies a rule is most often the ruler, whatever the model takes it for.
fn take_rulers_for_persons(context: &mut Context<'_>) {
    for index in 0..context.names.units.len() {
        let unit = &context.names.units[index];
        if is_of_a_rule(context, unit)
            && unit.readings.is_empty()
            && unit.inner.is_empty()
            && unit.end - unit.first == 1
        {
            context.names.units[index].kind = Some(NameKind::Person);
        }
    }
}

/// Lower-case words of a name, without accents; "Jong-un" is one word, "al-" belongs to what follows.
fn name_words(name: &str) -> Vec<String> {
    let folded = fold_name(&name.to_lowercase()).replace("- ", "-").replace(" -", "-");
    let words = folded.split_whitespace().map(|word| word.trim_matches(['.', ',', '"', '\'']).to_owned());
    words.filter(|word| !word.is_empty()).collect()
}

/// True when two names of several words can be one person's: one holds the words of the other, or
/// given name and surname agree, an initial standing for a given name.
fn are_one_name(left: &[String], right: &[String]) -> bool {
    if left.concat().replace('-', "") == right.concat().replace('-', "") {
        return true;
    }
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    if short.len() < 2 {
        return false;
    }
    if long.windows(short.len()).any(|window| window == short) {
        return true;
    }
    let (Some(left_last), Some(right_last)) = (left.last(), right.last()) else { return false };
    let given_agrees = left[0] == right[0]
        || (left[0].chars().count() == 1 && right[0].starts_with(left[0].as_str()))
        || (right[0].chars().count() == 1 && left[0].starts_with(right[0].as_str()));
    bare_surname(left_last) == bare_surname(right_last) && given_agrees
}

/// How well a single word fits a full name: 0 surname, 1 a particle-less surname, 2 first word.
fn strength_of_short_name(full: &[String], word: &str) -> Option<u8> {
    let last = full.last()?;
    if last == word || full.len() == 1 && full[0] == word {
        return Some(0);
    }
    if bare_surname(last) == bare_surname(word) {
        return Some(1);
    }
    if full.len() > 1 && full[0] == word {
        return Some(2);
    }
    None
}

/// A surname without its Arabic article.
fn bare_surname(word: &str) -> &str {
    word.strip_prefix("al-").or_else(|| word.strip_prefix("el-")).unwrap_or(word)
}

/// The form with the most words; among equals the one seen most often, then first.
fn fullest_name(context: &Context<'_>, units: &[usize]) -> String {
    let mut forms: Vec<(String, usize)> = Vec::new();
    for unit in units {
        let form = context.name_text(&context.names.units[*unit]);
        match forms.iter_mut().find(|(known, _)| *known == form) {
            Some((_, count)) => *count += 1,
            None => forms.push((form, 1)),
        }
    }
    let rank = |(index, (form, count)): &(usize, (String, usize))| {
        let is_broken = form.contains("- ");
        (name_words(form).len(), !is_broken, *count, std::cmp::Reverse(*index))
    };
    forms.into_iter().enumerate().max_by_key(rank).map(|(_, (form, _))| form).unwrap_or_default()
}

/// Adds names that the model overlooked right after a title: "Foreign Minister Lavrov".
fn add_titled_names(context: &mut Context<'_>) {
    for index in 0..context.sentences.len() {
        let sentence = &context.sentences[index];
        for first in 1..sentence.tokens.len() {
            let token = &sentence.tokens[first];
            if token.upos != Upos::Propn || context.names.covering(index, first).is_some() {
                continue;
            }
            let before = context.form(index, first - 1).to_lowercase();
            let is_addressed = is_address(&before) && context.form(index, first - 1) != before;
            if !is_addressed && !follows_title(context, index, first) {
                continue;
            }
            let is_title = is_address(&context.form(index, first).to_lowercase());
            if is_title || context.agent_at(index, first).is_some() {
                continue;
            }
            let belongs = |word: &usize| {
                sentence.tokens[*word].upos == Upos::Propn
                    && context.names.covering(index, *word).is_none()
                    && (*word == first || sentence.tokens[*word].relation.base == Deprel::Flat)
            };
            let end = (first..sentence.tokens.len()).take_while(belongs).last().unwrap_or(first) + 1;
            let head = head_of(sentence, first, end);
            let kind = Some(NameKind::Person);
            let readings = person_readings(context, index, first, end);
            let unit = NameUnit {
                sentence: index,
                first,
                end,
                head,
                kind,
                readings,
                is_firm: false,
                inner: Vec::new(),
            };
            context.names.insert(unit);
        }
    }
}

fn person_readings(context: &Context<'_>, sentence: usize, first: usize, end: usize) -> Vec<Reading> {
    let readings = context.registry.lookup(&context.words(sentence, first, end));
    readings.iter().copied().filter(|reading| matches!(reading, Reading::Person(_))).collect()
}

fn follows_title(context: &Context<'_>, sentence: usize, first: usize) -> bool {
    let Some(found) = context.agent_at(sentence, first - 1) else { return false };
    let token = &context.sentences[sentence].tokens[first - 1];
    let title_is_capital = context.form(sentence, first - 1).starts_with(char::is_uppercase);
    let is_beside = token.head == Some(first)
        || context.sentences[sentence].tokens[first].head == Some(first - 1)
            && matches!(
                context.sentences[sentence].tokens[first].relation.base,
                Deprel::Flat | Deprel::Appos | Deprel::Compound
            );
    context.registry.agents()[found.agent].kind == AgentKind::Title && title_is_capital && is_beside
}

/// Adds surnames of known persons that the model overlooked elsewhere in the text.
fn add_repeated_surnames(context: &mut Context<'_>) {
    let surnames: Vec<String> = context
        .names
        .units
        .iter()
        .filter(|unit| unit.is_person() && unit.kind == Some(NameKind::Person) && unit.end - unit.first > 1)
        .map(|unit| context.form(unit.sentence, unit.end - 1).to_owned())
        .filter(|surname| surname.chars().count() > 3)
        .collect();
    if surnames.is_empty() {
        return;
    }
    for index in 0..context.sentences.len() {
        for word in 0..context.sentences[index].tokens.len() {
            let is_free = context.names.covering(index, word).is_none();
            let is_name = context.sentences[index].tokens[word].upos == Upos::Propn;
            if is_free && is_name && surnames.iter().any(|surname| surname == context.form(index, word)) {
                let kind = Some(NameKind::Person);
                context.names.insert(NameUnit {
                    sentence: index,
                    first: word,
                    end: word + 1,
                    head: word,
                    kind,
                    readings: Vec::new(),
                    is_firm: false,
                    inner: Vec::new(),
                });
            }
        }
    }
}

/// The registry's person behind a cluster: by the full name where there is one, and in or after office.
fn known_person(context: &Context<'_>, cluster: &Cluster) -> Option<u32> {
    let has_full_name = name_words(&cluster.name).len() > 1;
    let mut candidates: Vec<u32> = Vec::new();
    for unit in &cluster.units {
        let text = context.name_text(&context.names.units[*unit]);
        if has_full_name && name_words(&text).len() < 2 {
            continue;
        }
        for reading in context.registry.lookup(&text) {
            if let Reading::Person(index) = reading {
                candidates.push(*index);
            }
        }
    }
    candidates.sort_unstable();
    candidates.dedup();
    let codes: Vec<Code> = cluster.facts.iter().flat_map(|fact| fact.codes.iter().copied()).collect();
    let fit = |index: &u32| {
        let person = &context.registry.people()[*index as usize];
        let (term, is_current) = person.term_on(context.day)?;
        if !has_full_name && !is_current && is_long_over(context, person) {
            return None;
        }
        if !has_full_name && !codes.is_empty() && !codes.contains(&term.code) {
            return None;
        }
        let agrees = cluster.facts.iter().any(|fact| {
            fact.agent.is_some_and(|agent| {
                let phrase = context.registry.agents()[agent].phrase;
                person.terms.iter().any(|term| term.office.to_lowercase().ends_with(phrase))
            })
        });
        Some((agrees, codes.contains(&term.code), is_current, term.term.to, std::cmp::Reverse(*index)))
    };
    candidates.into_iter().filter(|index| fit(index).is_some()).max_by_key(fit)
}

/// A surname alone hardly means someone who left office more than twenty years ago.
fn is_long_over(context: &Context<'_>, person: &KnownPerson) -> bool {
    let last = person.terms.iter().filter_map(|term| term.term.to).max();
    last.is_some_and(|last| i32::from(last.year()) + 20 < i32::from(context.day.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_person_agree() {
        let one = |left: &str, right: &str| are_one_name(&name_words(left), &name_words(right));
        assert!(one("Ibrahim al- Jaafari", "Ibrahim al-Jaafari"));
        assert!(one("Staffan de Mistura", "de Mistura"));
        assert!(one("J. Biden", "Joe Biden"));
        assert!(!one("Feniya Mbewe", "Makeda Mbewe"));
        assert!(!one("Joe Biden", "Hunter Biden"));
    }
}
