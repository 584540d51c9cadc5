//! The analysed sentence: Universal Dependencies tags and tree, and the names in it.

use crate::events::Reading;
use entente_text::Span;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Mutex, PoisonError};

macro_rules! closed_vocabulary {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs)]
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in CoNLL-U.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Reads the CoNLL-U name.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(self.as_str())
            }
        }
    };
}

closed_vocabulary! {
    /// Universal part-of-speech tag (universaldependencies.org/u/pos).
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET",
        Intj = "INTJ", Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN",
        Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

closed_vocabulary! {
    /// Universal relation without its subtype (universaldependencies.org/u/dep).
    Deprel {
        Acl = "acl", Advcl = "advcl", Advmod = "advmod", Amod = "amod", Appos = "appos",
        Aux = "aux", Case = "case", Cc = "cc", Ccomp = "ccomp", Compound = "compound",
        Conj = "conj", Cop = "cop", Csubj = "csubj", Dep = "dep", Det = "det",
        Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed",
        Flat = "flat", Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark",
        Nmod = "nmod", Nsubj = "nsubj", Nummod = "nummod", Obj = "obj", Obl = "obl",
        Orphan = "orphan", Parataxis = "parataxis", Punct = "punct", Reparandum = "reparandum",
        Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}

/// A universal relation with its subtype as the treebank writes it: `nsubj:pass`, `obl:agent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Relation {
    /// The universal part.
    pub base: Deprel,
    /// What follows the colon; empty where nothing does.
    pub subtype: &'static str,
}

impl Relation {
    /// Reads the CoNLL-U name, `nsubj` or `nsubj:pass`; `None` where the universal part is unknown.
    pub fn parse(text: &str) -> Option<Self> {
        let (base, subtype) = text.split_once(':').unwrap_or((text, ""));
        Some(Self { base: Deprel::parse(base)?, subtype: interned(subtype) })
    }
}

/// The one lasting copy of a subtype. Memory stays bounded by the number of different subtypes, which
/// come from a model's labels.
pub(crate) fn interned(subtype: &str) -> &'static str {
    static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = known.get(subtype) {
        return found;
    }
    let lasting: &'static str = Box::leak(Box::from(subtype));
    known.insert(lasting);
    lasting
}

impl fmt::Display for Relation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.base.as_str())?;
        if !self.subtype.is_empty() {
            write!(out, ":{}", self.subtype)?;
        }
        Ok(())
    }
}

/// One word with its analysis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Byte range in the document's text.
    pub span: Span,
    /// Part of speech.
    pub upos: Upos,
    /// Lemma as UD has it: lower case for common words, case kept for names.
    pub lemma: String,
    /// Index of the governing word in the sentence; `None` for the root.
    pub head: Option<usize>,
    /// Relation to the governor.
    pub relation: Relation,
}

closed_vocabulary! {
    /// What a name names.
    NameKind {
        Person = "PER", Organisation = "ORG", Place = "LOC", People = "NORP", Other = "MISC",
    }
}

/// A name: a run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// First word.
    pub first: usize,
    /// One past the last word.
    pub end: usize,
    /// What it names.
    pub kind: NameKind,
}

/// A sentence with its dependency tree. Exactly one token is the root and every token reaches it.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedSentence {
    /// Byte range in the document's text.
    pub span: Span,
    /// Index of the paragraph.
    pub paragraph: usize,
    /// True for titles and headline-like lines.
    pub is_headline: bool,
    /// The words.
    pub tokens: Vec<Token>,
    /// Names, left to right, never overlapping.
    pub names: Vec<Name>,
    /// What the model reads off the words that may report an act or introduce a statement, in reading order.
    pub readings: Vec<Reading>,
    /// For every word, its dependents in reading order.
    children: Vec<Vec<usize>>,
}

impl ParsedSentence {
    /// Puts the layers together; `tokens` must form a tree with one root.
    pub fn new(
        span: Span,
        paragraph: usize,
        is_headline: bool,
        tokens: Vec<Token>,
        names: Vec<Name>,
    ) -> Self {
        let mut children = vec![Vec::new(); tokens.len()];
        for (index, token) in tokens.iter().enumerate() {
            if let Some(head) = token.head {
                children[head].push(index);
            }
        }
        Self { span, paragraph, is_headline, tokens, names, readings: Vec::new(), children }
    }

    /// The dependents of a word, in reading order.
    pub fn children(&self, word: usize) -> &[usize] {
        &self.children[word]
    }

    /// The dependents of a word that bear a relation, in reading order.
    pub fn children_by(&self, word: usize, relation: Deprel) -> impl Iterator<Item = usize> + '_ {
        self.children[word].iter().copied().filter(move |child| self.tokens[*child].relation.base == relation)
    }

    /// All words under `word`, itself included, in reading order.
    pub fn subtree(&self, word: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut open = vec![word];
        while let Some(next) = open.pop() {
            found.push(next);
            open.extend_from_slice(&self.children[next]);
        }
        found.sort_unstable();
        found
    }

    /// What the model reads off a word; `None` where it is sure that the word reports nothing.
    pub fn reading(&self, word: usize) -> Option<&Reading> {
        let found = self.readings.binary_search_by_key(&word, |reading| reading.word);
        found.ok().map(|index| &self.readings[index])
    }

    /// The name that covers a word.
    pub fn name_at(&self, word: usize) -> Option<&Name> {
        self.names.iter().find(|name| (name.first..name.end).contains(&word))
    }
}
