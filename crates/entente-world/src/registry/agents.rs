//! Common nouns and titles that name actors, and how they are found in a sentence.

use super::states::{read_optional_code, read_sector};
use crate::automaton::QuickMap;
use crate::table::{Row, TableProblem};
use crate::{Code, Sector};
use entente_syntax::ParsedSentence;

/// What sort of actor a common noun names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgentKind {
    /// An office that one person holds: `president`.
    Title,
    /// A collective: `troops`.
    Group,
    /// An institution: `ministry`.
    Body,
    /// Someone of a kind, of whom there may be several: `protester`.
    Person,
    /// A thing that acts for its owner: `warplane`, `airstrike`. Names an actor only with an owner.
    Asset,
    /// A word that points back to something named before: `the country`, `the group`.
    Anaphor(Points),
}

/// What a pointing noun points back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Points {
    /// A state: `the country`.
    State,
    /// An organisation or group: `the alliance`.
    Organisation,
    /// A person: `the leader`.
    Person,
    /// The last two: `the pair`.
    Pair,
}

impl AgentKind {
    fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "title" => Self::Title,
            "group" => Self::Group,
            "body" => Self::Body,
            "person" => Self::Person,
            "asset" => Self::Asset,
            "anaphor:state" => Self::Anaphor(Points::State),
            "anaphor:organisation" => Self::Anaphor(Points::Organisation),
            "anaphor:person" => Self::Anaphor(Points::Person),
            "anaphor:pair" => Self::Anaphor(Points::Pair),
            _ => return None,
        })
    }
}

/// A row of `agents.tsv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// The lemma or phrase of lemmas, lower case: `secretary of state`.
    pub phrase: &'static str,
    /// Sector; `None` where the noun alone does not tell.
    pub sector: Option<Sector>,
    /// What sort of actor.
    pub kind: AgentKind,
    /// Code, where the word itself tells it.
    pub code: Option<Code>,
}

impl Agent {
    pub(crate) fn read(row: &Row) -> Result<Self, TableProblem> {
        let phrase = row.cell("phrase");
        if phrase.is_empty() {
            return Err(row.problem("an agent without a phrase"));
        }
        let kind = AgentKind::parse(row.cell("kind"))
            .ok_or_else(|| row.problem(format!("{:?} is not a kind of agent", row.cell("kind"))))?;
        Ok(Self { phrase, sector: read_sector(row, "sector")?, kind, code: read_optional_code(row)? })
    }
}

/// Where an agent's phrase stands in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AgentMatch {
    /// Index into the table.
    pub(crate) agent: usize,
    /// First word.
    pub(crate) first: usize,
    /// One past the last word.
    pub(crate) end: usize,
}

#[derive(Debug)]
struct Pattern {
    agent: usize,
    before: Vec<&'static str>,
    after: Vec<&'static str>,
}

/// The agents by the lemma of their head noun.
#[derive(Debug, Default)]
pub(crate) struct AgentIndex {
    patterns: QuickMap<&'static str, Vec<Pattern>>,
}

impl AgentIndex {
    pub(crate) fn new(agents: &[Agent]) -> Self {
        let mut index = Self::default();
        for (number, agent) in agents.iter().enumerate() {
            let words: Vec<&'static str> =
                agent.phrase.split([' ', '-']).filter(|word| !word.is_empty()).collect();
            let linked = |word: &&str| matches!(*word, "of" | "in" | "to" | "for" | "at");
            let head = words.iter().position(linked).unwrap_or(words.len()).saturating_sub(1);
            let Some(head_word) = words.get(head) else { continue };
            let pattern =
                Pattern { agent: number, before: words[..head].to_vec(), after: words[head + 1..].to_vec() };
            index.patterns.entry(head_word).or_default().push(pattern);
        }
        for patterns in index.patterns.values_mut() {
            patterns.sort_by_key(|pattern| {
                (std::cmp::Reverse(pattern.before.len() + pattern.after.len()), pattern.agent)
            });
        }
        index
    }

    /// The longest phrase whose head noun is the given word.
    pub(crate) fn at(&self, sentence: &ParsedSentence, text: &str, head: usize) -> Option<AgentMatch> {
        let forms = word_forms(sentence, text, head);
        let longest_of = |form: &String| {
            self.patterns.get(form.as_str())?.iter().find_map(|pattern| {
                let first = walk(sentence, text, head, &pattern.before, false)?;
                let last = walk(sentence, text, head, &pattern.after, true)?;
                Some(AgentMatch { agent: pattern.agent, first, end: last + 1 })
            })
        };
        // Of equals the first wins, which is the one by lemma.
        forms.iter().filter_map(longest_of).rev().max_by_key(|found| found.end - found.first)
    }
}

/// Follows a phrase away from its head; gives the word at which it ends.
fn walk(sentence: &ParsedSentence, text: &str, head: usize, words: &[&str], forward: bool) -> Option<usize> {
    let mut at = head;
    for step in 0..words.len() {
        let wanted = if forward { words[step] } else { words[words.len() - 1 - step] };
        loop {
            at = if forward { at + 1 } else { at.checked_sub(1)? };
            let token = sentence.tokens.get(at)?;
            let form = token.span.of(text);
            if form == "-" || (forward && form.eq_ignore_ascii_case("the") && wanted != "the") {
                continue;
            }
            break;
        }
        if !word_forms(sentence, text, at).iter().any(|form| form == wanted) {
            return None;
        }
    }
    Some(at)
}

/// The lower-case lemma, the lower-case form, and the form without its plural ending.
fn word_forms(sentence: &ParsedSentence, text: &str, word: usize) -> [String; 3] {
    let token = &sentence.tokens[word];
    let form = token.span.of(text).to_lowercase();
    let singular = singular(&form);
    [token.lemma.to_lowercase(), form, singular]
}

/// Takes off a regular English plural.
fn singular(form: &str) -> String {
    if let Some(stem) = form.strip_suffix("men") {
        return format!("{stem}man");
    }
    if let Some(stem) = form.strip_suffix("ies") {
        return format!("{stem}y");
    }
    if form.ends_with("ss") {
        return form.to_owned();
    }
    form.strip_suffix('s').unwrap_or(form).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_lose_their_ending() {
        for (plural, expected) in [("policemen", "policeman"), ("allies", "ally"), ("press", "press")] {
            assert_eq!(singular(plural), expected);
        }
    }
}
