//! What a noun phrase says by itself: its agent noun, and the code and sector its modifiers tell.

use crate::context::Context;
use crate::registry::{AgentKind, Reading};
use crate::titles::{is_former, is_shadow};
use crate::{Code, EntityKind, ResolvedBy, Sector};
use entente_syntax::{Deprel, NameKind, Upos};

/// A noun phrase read by itself, without regard to what the text said before.
#[derive(Debug, Clone, Default)]
pub(crate) struct Description {
    /// Row of `agents.tsv`.
    pub(crate) agent: Option<usize>,
    /// First word of the phrase, without determiner.
    pub(crate) first: usize,
    /// One past the last word of the phrase.
    pub(crate) end: usize,
    /// Codes told by modifiers or the noun, the nearest first; several for "Russian and Chinese".
    pub(crate) codes: Vec<Code>,
    /// Sector.
    pub(crate) sector: Option<Sector>,
    /// Further sectors.
    pub(crate) other_sectors: Vec<Sector>,
    /// Which evidence gave the code.
    pub(crate) resolved_by: Option<ResolvedBy>,
    /// True for "former".
    pub(crate) is_former: bool,
    /// True for a people that is not a state's: "Kurdish fighters".
    pub(crate) has_people_modifier: bool,
    /// A named unit of which the noun is the class: "the Hezbollah movement".
    pub(crate) is_class_of: Option<usize>,
    /// Units of persons that own what the noun names: "President Assad's forces".
    pub(crate) person_owner: Option<usize>,
    /// A pronoun that owns what the noun names: "his office".
    pub(crate) pronoun_owner: Option<usize>,
}

/// Modifiers beyond this depth are not looked at; real phrases are shallower.
const DEPTH: usize = 4;

/// Nouns that name someone other than their owner: "its allies".
pub(crate) const RELATIONAL: &[&str] = &[
    "ally",
    "allies",
    "partner",
    "international partner",
    "counterpart",
    "rival",
    "opponent",
    "critic",
    "supporter",
    "killer",
    "attacker",
    "victim",
    "captor",
    "neighbor",
    "neighbour",
    "negotiating partner",
    "donor",
    "backer",
];

/// How tightly a modifier binds; the tightest that tells a code decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bond {
    Within,
    Of,
    From,
    In,
}

struct Modifier {
    word: usize,
    bond: Bond,
    is_conjunct: bool,
}

impl Context<'_> {
    /// Reads the noun phrase of a head word.
    pub(crate) fn describe(&self, sentence: usize, head: usize) -> Description {
        self.describe_to(sentence, head, DEPTH)
    }

    fn describe_to(&self, sentence: usize, head: usize, depth: usize) -> Description {
        let agent_match = self.agent_at(sentence, head);
        let (first, end) = self.phrase(sentence, head);
        let mut found =
            Description { first, end, agent: agent_match.map(|m| m.agent), ..Description::default() };
        let agent = found.agent.map(|agent| &self.registry.agents()[agent]);
        found.sector = agent.and_then(|agent| agent.sector);
        if let Some(code) = agent.and_then(|agent| agent.code) {
            found.codes.push(code);
            found.resolved_by = Some(ResolvedBy::Agent);
        }
        if let Some(unit) = self.names.covering(sentence, head).map(|unit| &self.names.units[unit]) {
            let inner = unit.inner.iter().find_map(|reading| self.code_of(*reading));
            let standing = (!unit.is_person() && !unit.readings.is_empty()).then(|| self.standing(unit));
            let own = standing.as_ref().and_then(|standing| standing.code);
            if let Some(code) = own.or(inner).filter(|_| found.codes.is_empty()) {
                found.codes.push(code);
                found.resolved_by = Some(ResolvedBy::CountryAdjective);
            }
            found.sector = found.sector.or(standing.and_then(|standing| standing.sector));
        }
        let mut modifiers = self.modifiers(sentence, head, depth);
        modifiers.sort_by_key(|modifier| modifier.bond);
        let mut bound: Option<Bond> = None;
        for modifier in &modifiers {
            self.note_qualifier(sentence, modifier.word, &mut found);
            let closed = bound.is_some_and(|bond| !(modifier.is_conjunct && modifier.bond == bond));
            if closed || (bound.is_none() && !found.codes.is_empty()) {
                continue;
            }
            if self.takes(sentence, modifier, &mut found, depth) {
                bound = bound.or(Some(modifier.bond));
            }
        }
        self.settle_sector(&mut found);
        found
    }

    /// Former offices make elites; international bodies have no sector.
    fn settle_sector(&self, found: &mut Description) {
        if found.is_former && found.sector.is_some_and(Sector::is_organ_of_state) {
            found.sector = Some(Sector::Elites);
        }
        if found.codes.first().is_some_and(|code| !code.is_state()) {
            found.sector = None;
            found.other_sectors.clear();
        }
    }

    fn note_qualifier(&self, sentence: usize, word: usize, found: &mut Description) {
        let form = self.form(sentence, word).to_lowercase();
        if is_former(&form) {
            found.is_former = true;
        }
        let agent = found.agent.map(|agent| &self.registry.agents()[agent]);
        let is_office = agent.is_some_and(|agent| {
            matches!(agent.kind, AgentKind::Title | AgentKind::Person)
                && !agent.phrase.starts_with("opposition")
        });
        if is_shadow(&form) && is_office && found.sector.is_some() {
            found.sector = Some(Sector::Opposition);
        }
    }

    /// Lets a modifier tell code and sector; true where it told a code.
    fn takes(&self, sentence: usize, modifier: &Modifier, found: &mut Description, depth: usize) -> bool {
        let word = modifier.word;
        let agent_kind = found.agent.map(|agent| self.registry.agents()[agent].kind);
        let relation = self.sentences[sentence].tokens[word].relation;
        let phrase = found.agent.map_or("", |agent| self.registry.agents()[agent].phrase);
        let is_loose = relation.subtype == "poss" || modifier.bond == Bond::In;
        if is_loose && RELATIONAL.contains(&phrase) {
            return false;
        }
        if self.sentences[sentence].tokens[word].upos == Upos::Pron {
            found.pronoun_owner = Some(word);
            return false;
        }
        if let Some(unit) = self.names.covering(sentence, word) {
            return self.takes_unit(unit, modifier, found, agent_kind);
        }
        if modifier.bond == Bond::Within || depth == 0 || self.agent_at(sentence, word).is_none() {
            return false;
        }
        // "spokesman for the Indonesian military": the noun after the preposition tells both.
        let inner = self.describe_to(sentence, word, depth - 1);
        let is_body = inner
            .agent
            .map(|agent| self.registry.agents()[agent].kind)
            .is_some_and(|kind| matches!(kind, AgentKind::Body | AgentKind::Group | AgentKind::Person));
        let is_open = found.sector.is_none_or(|sector| sector == Sector::Government);
        if modifier.bond == Bond::Of && is_body && is_open && inner.sector.is_some() {
            found.sector = inner.sector;
        }
        found.person_owner = found.person_owner.or(inner.person_owner);
        if inner.codes.is_empty() {
            return false;
        }
        found.codes = inner.codes;
        found.resolved_by = inner.resolved_by;
        true
    }

    fn takes_unit(
        &self,
        unit_number: usize,
        modifier: &Modifier,
        found: &mut Description,
        agent_kind: Option<AgentKind>,
    ) -> bool {
        let unit = &self.names.units[unit_number];
        if unit.is_person() {
            found.person_owner = found.person_owner.or(Some(unit_number));
            return false;
        }
        let standing = self.standing(unit);
        let is_people =
            matches!(standing.reading, Some(Reading::StatePeople(_) | Reading::TerritoryPeople(_)))
                || (standing.reading.is_none() && unit.kind == Some(NameKind::People));
        let is_owner = !is_people
            && matches!(standing.kind, EntityKind::Organisation | EntityKind::Group | EntityKind::Body);
        found.has_people_modifier |= is_people;
        let is_class = matches!(agent_kind, Some(AgentKind::Body | AgentKind::Anaphor(_)));
        let names_it = modifier.bond == Bond::Within && modifier.word < found.end && !modifier.is_conjunct;
        if is_people && standing.kind == EntityKind::Group && found.sector.is_none() {
            found.sector = standing.sector.filter(|sector| *sector != Sector::Civilians);
        }
        if is_owner
            && is_class
            && names_it
            && self.sentences[unit.sentence].tokens[modifier.word].relation.subtype != "poss"
        {
            found.is_class_of = Some(unit_number);
        }
        // Fighters are of their group whatever they are called; a firm's own noun tells more than the firm.
        let is_open = standing.kind == EntityKind::Group
            || found.sector.is_none_or(|sector| sector == Sector::Government);
        if is_owner
            && is_open
            && found.sector != Some(Sector::Opposition)
            && !found.is_former
            && standing.sector.is_some()
        {
            found.sector = standing.sector;
            found.other_sectors.clone_from(&standing.other_sectors);
        }
        // A firm's president or a club's secretary governs nothing.
        let is_private = standing.kind == EntityKind::Organisation
            && standing.sector.is_none()
            && standing.code.is_none_or(|code| code == Code::MNC);
        if is_private && agent_kind == Some(AgentKind::Title) && found.sector == Some(Sector::Government) {
            found.sector = None;
        }
        let Some(code) = standing.code else { return false };
        if found.codes.contains(&code) {
            return true;
        }
        found.codes.push(code);
        if let Some(Reading::Territory(index) | Reading::TerritoryAdjective(index)) = standing.reading {
            found.other_sectors.extend(self.registry.territories()[index as usize].sector);
        }
        found.resolved_by = found.resolved_by.or(Some(match standing.kind {
            EntityKind::Place => ResolvedBy::Place,
            _ => ResolvedBy::CountryAdjective,
        }));
        true
    }

    /// The words that qualify a head, with those that qualify its compounds.
    fn modifiers(&self, sentence: usize, head: usize, depth: usize) -> Vec<Modifier> {
        let parsed = &self.sentences[sentence];
        let own_unit = self.names.covering(sentence, head);
        let mut found = Vec::new();
        for child in parsed.children(head).iter().copied() {
            if own_unit.is_some() && self.names.covering(sentence, child) == own_unit {
                if depth > 0 && child != head {
                    found.extend(self.modifiers(sentence, child, depth - 1));
                }
                continue;
            }
            let relation = parsed.tokens[child].relation;
            let case = self.case_of(sentence, child);
            let bond = match relation.base {
                Deprel::Amod | Deprel::Compound | Deprel::Flat => Bond::Within,
                Deprel::Nmod if relation.subtype == "poss" || relation.subtype == "desc" => Bond::Within,
                Deprel::Nmod => match case.as_str() {
                    "of" | "for" | "with" | "at" => Bond::Of,
                    "from" => Bond::From,
                    "in" | "on" | "near" | "outside" | "off" => Bond::In,
                    _ => continue,
                },
                Deprel::Det if parsed.tokens[child].upos == Upos::Pron => Bond::Within,
                _ => continue,
            };
            found.push(Modifier { word: child, bond, is_conjunct: false });
            for conjunct in parsed.children_by(child, Deprel::Conj) {
                found.push(Modifier { word: conjunct, bond, is_conjunct: true });
            }
            let is_bare = self.names.covering(sentence, child).is_none();
            if relation.base == Deprel::Compound && is_bare && depth > 0 {
                found.extend(self.modifiers(sentence, child, depth - 1));
            }
        }
        found
    }

    /// The words of a noun phrase worth showing: no determiner, no clause.
    pub(crate) fn phrase(&self, sentence: usize, head: usize) -> (usize, usize) {
        let parsed = &self.sentences[sentence];
        let mut first = head;
        let mut end = head + 1;
        if let Some(unit) = self.names.covering(sentence, head) {
            first = first.min(self.names.units[unit].first);
            end = end.max(self.names.units[unit].end);
        }
        for child in parsed.children(head).iter().copied() {
            let relation = parsed.tokens[child].relation;
            let belongs = match relation.base {
                Deprel::Amod
                | Deprel::Compound
                | Deprel::Flat
                | Deprel::Nummod
                | Deprel::Goeswith
                | Deprel::Fixed => true,
                Deprel::Nmod => {
                    matches!(relation.subtype, "poss" | "desc")
                        || (child > head && matches!(self.case_of(sentence, child).as_str(), "of" | "for"))
                }
                _ => false,
            };
            if !belongs {
                continue;
            }
            let (child_first, child_end) = self.span_of_subtree(sentence, child);
            // A wrong tree must not make a clause into a modifier.
            let is_clause = |word: usize| matches!(parsed.tokens[word].upos, Upos::Aux | Upos::Sconj);
            if (child_first..child_end).any(is_clause) {
                continue;
            }
            if child < head {
                first = first.min(child_first);
            } else {
                end = end.max(child_end);
            }
        }
        while first < head && matches!(parsed.tokens[first].upos, Upos::Det | Upos::Punct) {
            first += 1;
        }
        (first, end)
    }

    /// The range of a subtree without the clauses and appositions in it.
    fn span_of_subtree(&self, sentence: usize, word: usize) -> (usize, usize) {
        let parsed = &self.sentences[sentence];
        let (mut first, mut end) = (word, word + 1);
        let mut open = vec![word];
        while let Some(next) = open.pop() {
            first = first.min(next);
            end = end.max(next + 1);
            open.extend(parsed.children(next).iter().copied().filter(|child| {
                !matches!(
                    parsed.tokens[*child].relation.base,
                    Deprel::Acl
                        | Deprel::Appos
                        | Deprel::Parataxis
                        | Deprel::Punct
                        | Deprel::Advcl
                        | Deprel::List
                        | Deprel::Dep
                )
            }));
        }
        (first, end)
    }
}
