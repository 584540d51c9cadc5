//! The scene: one document with all its earlier layers, and the questions that event coding asks of it.

use crate::grammar::Grammar;
use crate::party::{Party, merge};
use crate::statements::{Statement, WordAt};
use entente_codebook::Codebook;
use entente_syntax::{Deprel, ParsedSentence, Upos};
use entente_text::{Document, Span};
use entente_world::{Code, EntityKind, Mention, Resolved, Sector};
use jiff::civil::Date;

/// How deep an actor is sought inside a phrase: "condemned the *attack* on the *embassy* of *Chad*".
const MAX_DEPTH: usize = 3;

/// Whether a bare place may stand for those who live there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Places {
    Count,
    DoNotCount,
}

/// A document and everything read out of it before events.
pub(crate) struct Scene<'d> {
    pub(crate) document: &'d Document,
    pub(crate) sentences: &'d [ParsedSentence],
    pub(crate) resolved: &'d Resolved,
    pub(crate) statements: &'d [Statement],
    pub(crate) codebook: &'d Codebook,
    /// The day against which the text speaks.
    pub(crate) day: Option<Date>,
}

impl<'d> Scene<'d> {
    pub(crate) fn text(&self) -> &'d str {
        &self.document.text
    }

    pub(crate) fn grammar(&self, sentence: usize) -> Grammar<'d> {
        Grammar::new(&self.sentences[sentence], self.text())
    }

    pub(crate) fn span_of(&self, at: WordAt) -> Span {
        self.sentences[at.sentence].tokens[at.word].span
    }

    /// The innermost statement whose content holds a word.
    pub(crate) fn statement_around(&self, at: WordAt) -> Option<&'d Statement> {
        let word = self.span_of(at);
        // Of two with one content the later one: an agency, and within its report whoever it quotes.
        let around = self.statements.iter().rev().filter(|statement| statement.content.contains(word));
        around.min_by_key(|statement| statement.content.len())
    }

    /// Every statement whose content holds a word, outermost first.
    pub(crate) fn statements_around(&self, at: WordAt) -> Vec<&'d Statement> {
        let word = self.span_of(at);
        let mut around: Vec<&Statement> =
            self.statements.iter().filter(|statement| statement.content.contains(word)).collect();
        around.sort_by_key(|statement| usize::MAX - statement.content.len());
        around
    }

    /// The parties in a phrase: the phrase itself, or those whom it belongs to.
    pub(crate) fn parties(&self, at: WordAt, places: Places) -> Vec<Party> {
        self.parties_within(at, places, MAX_DEPTH)
    }

    fn parties_within(&self, at: WordAt, places: Places, depth: usize) -> Vec<Party> {
        if let Some(party) = self.speaker_behind_pronoun(at) {
            return vec![party];
        }
        if let Some(mention) = self.mention_at(at)
            && (mention.is_actor || self.stands_for_its_people(mention, places, depth))
        {
            return self.parties_of(mention);
        }
        let Some(depth) = depth.checked_sub(1) else {
            return Vec::new();
        };
        let grammar = self.grammar(at.sentence);
        let upos = grammar.token(at.word).upos;
        if upos == Upos::Verb {
            return self.all_parties(at.sentence, &grammar.subjects(at.word), places, depth);
        }
        let inside = [
            grammar.possessors(at.word),
            grammar.premodifiers(at.word),
            grammar.prepositional(at.word, "by"),
            grammar.prepositional(at.word, "of"),
            grammar.prepositional(at.word, "from"),
            grammar.prepositional(at.word, "in"),
        ];
        for words in inside {
            let found = self.all_parties(at.sentence, &words, places, depth);
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// A state is a party wherever its phrase fills a role by itself ("aid *to Chad*"); a town only in types where
    /// places count.
    fn stands_for_its_people(&self, mention: &Mention, places: Places, depth: usize) -> bool {
        match self.resolved.entities[mention.entity].kind {
            EntityKind::State => places == Places::Count || depth == MAX_DEPTH,
            EntityKind::Place => places == Places::Count,
            _ => false,
        }
    }

    fn all_parties(&self, sentence: usize, words: &[usize], places: Places, depth: usize) -> Vec<Party> {
        let mut found = Vec::new();
        for word in words {
            merge(&mut found, self.parties_within(WordAt { sentence, word: *word }, places, depth));
        }
        found
    }

    /// Only the phrase itself, never those inside it.
    pub(crate) fn party_itself(&self, at: WordAt) -> Option<Party> {
        if let Some(party) = self.speaker_behind_pronoun(at) {
            return Some(party);
        }
        self.mention_at(at).filter(|mention| mention.is_actor).map(|mention| self.party(mention))
    }

    /// The mention headed by a word, or the one that a word inside a name belongs to.
    pub(crate) fn mention_at(&self, at: WordAt) -> Option<&'d Mention> {
        let direct = self.resolved.at(at.sentence, at.word);
        direct.or_else(|| {
            let inside_name = self.sentences[at.sentence].name_at(at.word).is_some();
            let covering = self.resolved.covering(at.sentence, at.word)?;
            inside_name.then_some(covering)
        })
    }

    /// The party of a mention, and the others that a plural such as "both countries" stands for.
    fn parties_of(&self, mention: &Mention) -> Vec<Party> {
        let first = self.party(mention);
        if mention.also.is_empty() && !mention.is_pronoun {
            let several = self.one_a_state(mention, &first);
            if several.len() > 1 {
                return several;
            }
        }
        let others = mention
            .also
            .iter()
            .map(|entity| Party { entity: self.resolved.entities[*entity].clone(), ..first.clone() });
        std::iter::once(first.clone()).chain(others).collect()
    }

    /// "the *Russian and Chinese* presidents", "*Afghan and coalition* forces": one party a nationality or body before the
    /// noun.
    fn one_a_state(&self, mention: &Mention, party: &Party) -> Vec<Party> {
        let grammar = self.grammar(mention.sentence);
        let mut found: Vec<Party> = Vec::new();
        for word in grammar.premodifiers(mention.head) {
            let Some(state) = self.resolved.at(mention.sentence, word) else {
                continue;
            };
            let entity = &self.resolved.entities[state.entity];
            let is_body = matches!(entity.code, Some(Code::UNO | Code::EUR | Code::IGO));
            let owns = entity.kind == EntityKind::State || is_body;
            if !owns || found.iter().any(|known| known.entity.code == entity.code) {
                continue;
            }
            let mut one = party.clone();
            one.entity.code = entity.code;
            if entity.kind != EntityKind::State {
                one.entity.sector = entity.sector;
            }
            one.entity.name = format!("{} {}", grammar.form(word), grammar.form(mention.head));
            found.push(one);
        }
        found
    }

    pub(crate) fn party(&self, mention: &Mention) -> Party {
        let tokens = &self.sentences[mention.sentence].tokens;
        let last = mention.end.max(mention.first + 1) - 1;
        Party {
            head: WordAt { sentence: mention.sentence, word: mention.head },
            span: Span::new(tokens[mention.first].span.start, tokens[last].span.end),
            entity: self.resolved.entities[mention.entity].clone(),
            is_pronoun: mention.is_pronoun,
        }
    }

    /// The institution that publishes the text, else the state or body, or its official, that was last the subject of
    /// a clause before a word.
    fn publisher(&self, at: WordAt) -> Option<Party> {
        if let Some(entity) = &self.resolved.publisher {
            return Some(Party {
                head: at,
                span: self.span_of(at),
                entity: entity.clone(),
                is_pronoun: true,
            });
        }
        let is_public = |mention: &&Mention| {
            let entity = &self.resolved.entities[mention.entity];
            let acts = match entity.kind {
                EntityKind::State | EntityKind::Organisation | EntityKind::Body => true,
                EntityKind::Person => entity.sector == Some(Sector::Government),
                _ => false,
            };
            acts && !mention.is_pronoun
                && self.sentences[mention.sentence].tokens[mention.head].relation.base == Deprel::Nsubj
        };
        let mut before =
            self.resolved.mentions.iter().filter(|mention| {
                (mention.sentence, mention.head) < (at.sentence, at.word) && mention.is_actor
            });
        before.rfind(is_public).map(|mention| self.party(mention))
    }

    /// Who is meant by a speaker's phrase, resolved or not.
    pub(crate) fn speaker(&self, at: WordAt) -> Option<Party> {
        self.parties(at, Places::DoNotCount).into_iter().next()
    }

    /// "I", "we", "our" inside a statement are its speaker; in a release that speaks for itself, whoever it named
    /// last as doing something.
    fn speaker_behind_pronoun(&self, at: WordAt) -> Option<Party> {
        let grammar = self.grammar(at.sentence);
        if grammar.token(at.word).upos != Upos::Pron {
            return None;
        }
        let lemma = grammar.form(at.word).to_lowercase();
        if !matches!(lemma.as_str(), "i" | "we" | "us" | "me" | "our" | "my" | "ourselves") {
            return None;
        }
        let around = self.statements_around(at);
        let mut party = if around.is_empty() {
            self.publisher(at)?
        } else {
            let speaker = around.iter().rev().find_map(|statement| statement.speaker)?;
            self.mention_at(speaker).map(|mention| self.party(mention))?
        };
        party.head = at;
        party.span = self.span_of(at);
        party.is_pronoun = true;
        Some(party)
    }
}
