//! The named persons of a document: which names are one person, and what the text says they are.

use crate::automaton::fold_name;
use crate::context::Context;
use crate::describe::Description;
use crate::names::{NameUnit, head_of};
use crate::registry::{AgentKind, KnownPerson, Reading};
use crate::titles::{Gender, full_rank, gender_of_address, is_address};
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

/// True for the name in "the Asad regime", "the Biden administration".
fn is_of_a_rule(context: &Context<'_>, unit: &NameUnit) -> bool {
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
            if context.agent_at(index, first).is_some() {
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

/// Everything the text says a person is: titles first, then appositions and predicates.
fn facts_about(context: &Context<'_>, cluster: &Cluster) -> Vec<Fact> {
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
            && (context.agent_at(unit.sentence, *word).is_some()
                || full_rank(&context.form(unit.sentence, *word).to_lowercase()).is_some()
                || context.names.headed_by(unit.sentence, *word).is_some_and(|other| {
                    !context.names.units[other].is_person() && is_people_name(context, other)
                }))
            && !has_comma_between(context, unit.sentence, *word, unit.first)
    };
    let titles: Vec<usize> = candidates.filter(is_title).collect();
    let title =
        *titles.iter().max_by_key(|word| (context.agent_at(unit.sentence, **word).is_some(), **word))?;
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
    let (phrase_first, _) = context.phrase(unit.sentence, unit.head);
    let mut first = description.first.min(phrase_first.max(title.saturating_sub(8))).min(title);
    while first < title && matches!(sentence.tokens[first].upos, Upos::Det | Upos::Punct) {
        first += 1;
    }
    let office = context.words(unit.sentence, first, unit.first);
    Some(fact(unit.sentence, title, description, office))
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
        open.extend(parsed.children(next).iter().copied().filter(|child| {
            next != noun && *child > noun && parsed.tokens[*child].relation.base == Deprel::Nmod
        }));
    }
    end
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

fn gender_from_address(context: &Context<'_>, cluster: &Cluster) -> Option<Gender> {
    cluster.units.iter().find_map(|unit| {
        let unit = &context.names.units[*unit];
        let before = unit.first.checked_sub(1)?;
        gender_of_address(&context.form(unit.sentence, before).to_lowercase())
    })
}

/// The age that stands beside a name: "Xi, 68,", "X (68)", "X, aged 68", "the 68-year-old X".
fn age_beside(context: &Context<'_>, unit: &NameUnit) -> Option<u16> {
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
    let age = word.parse().ok().or_else(|| number_from_word(word))?;
    (1..=120).contains(&age).then_some(age)
}

/// Reads an English number word below one hundred: "twenty", "thirty-two".
fn number_from_word(word: &str) -> Option<u16> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let below_twenty = |text: &str| SMALL.iter().position(|small| *small == text);
    let lower = word.to_lowercase();
    let (first, rest) = lower.split_once('-').unwrap_or((&lower, ""));
    let tens = TENS.iter().position(|tens| *tens == first).map(|index| (index + 2) * 10);
    let value = match (tens, rest) {
        (Some(tens), "") => tens,
        (Some(tens), ones) => tens + below_twenty(ones)?,
        (None, "") => below_twenty(first)?,
        (None, _) => return None,
    };
    u16::try_from(value).ok()
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

    #[test]
    fn number_words_are_ages() {
        assert_eq!(plausible_age("thirty-two"), Some(32));
        assert_eq!(plausible_age("Twenty"), Some(20));
        assert_eq!(plausible_age("2014"), None);
        assert_eq!(plausible_age("president"), None);
    }
}
