//! `labels.json`: what the encoder's outputs stand for, and its limits.

use crate::error::SyntaxError;
use crate::events::{AUX, EVENT_TYPES, ROLE_NAMES};
use crate::lemma::LemmaScript;
use crate::names::NameTag;
use crate::tree::{Deprel, Relation, Upos, interned};
use serde::Deserialize;

/// The layout of `labels.json` that this crate reads.
const FORMAT: u32 = 2;

/// Pieces that are not words: one before and one after the sentence.
pub(crate) const MARKS: usize = 2;

#[derive(Deserialize)]
struct LabelFile {
    format: u32,
    max_pieces: usize,
    max_word_pieces: usize,
    upos: Vec<String>,
    relation: Vec<String>,
    names: Vec<String>,
    lemma: Vec<String>,
    event: Vec<String>,
    mode: Vec<String>,
    aux: Vec<String>,
    role: Vec<String>,
}

/// The meaning of every column of the encoder's outputs.
#[derive(Debug)]
pub(crate) struct Labels {
    /// Most pieces a sentence may have, marks included.
    pub(crate) max_pieces: usize,
    /// Parts of speech.
    pub(crate) upos: Vec<Upos>,
    /// Relations.
    pub(crate) relations: Vec<Relation>,
    /// Column of the relation `root`.
    pub(crate) root_relation: usize,
    /// Name tags.
    pub(crate) names: Vec<NameTag>,
    /// Lemma scripts.
    pub(crate) lemmas: Vec<LemmaScript>,
    /// Modes, each after its type: `ASSAULT aerial`.
    pub(crate) modes: Vec<&'static str>,
}

impl Labels {
    /// Reads `labels.json`.
    pub(crate) fn parse(json: &[u8]) -> Result<Self, SyntaxError> {
        let file: LabelFile = serde_json::from_slice(json).map_err(|error| invalid(error.to_string()))?;
        if file.format != FORMAT {
            return Err(invalid(format!("format {} instead of {FORMAT}", file.format)));
        }
        if file.max_word_pieces != crate::wordpiece::MAX_WORD_PIECES {
            return Err(invalid(format!("{} pieces a word", file.max_word_pieces)));
        }
        if file.max_pieces < crate::wordpiece::MAX_WORD_PIECES + MARKS {
            return Err(invalid(format!("{} pieces a sentence", file.max_pieces)));
        }
        for (name, found, expected) in [
            ("event", &file.event, &EVENT_TYPES[..]),
            ("aux", &file.aux, &AUX[..]),
            ("role", &file.role, &ROLE_NAMES[..]),
        ] {
            if found != expected {
                return Err(invalid(format!("{name} is {}", found.join(" "))));
            }
        }
        let relations = read_all(&file.relation, Relation::parse)?;
        let root_relation = relations
            .iter()
            .position(|relation| relation.base == Deprel::Root)
            .ok_or_else(|| invalid("no relation root".to_owned()))?;
        Ok(Self {
            max_pieces: file.max_pieces,
            upos: read_all(&file.upos, Upos::parse)?,
            relations,
            root_relation,
            names: read_all(&file.names, NameTag::parse)?,
            lemmas: read_all(&file.lemma, LemmaScript::parse)?,
            modes: file.mode.iter().map(|mode| interned(mode)).collect(),
        })
    }
}

fn read_all<T>(names: &[String], parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, SyntaxError> {
    if names.is_empty() {
        return Err(invalid("an empty list".to_owned()));
    }
    names.iter().map(|name| parse(name).ok_or_else(|| invalid(format!("unknown label {name}")))).collect()
}

fn invalid(reason: String) -> SyntaxError {
    SyntaxError::InvalidLabels { reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(format: u32, upos: &str, relation: &str) -> String {
        let lists = serde_json::json!({"event": EVENT_TYPES, "aux": AUX, "role": ROLE_NAMES}).to_string();
        let lists = lists.trim_matches(['{', '}']);
        format!(
            r#"{{"format":{format},"max_pieces":64,"max_word_pieces":12,"upos":["{upos}"],
            "relation":["obl:agent","{relation}"],"names":["O","S-PER"],"lemma":["lower -1"],
            "mode":["ASSAULT aerial"],{lists}}}"#
        )
    }

    #[test]
    fn labels_are_read() {
        let labels = Labels::parse(file(2, "NOUN", "root").as_bytes()).unwrap();
        assert_eq!(labels.upos, [Upos::Noun]);
        assert_eq!(labels.relations[0].to_string(), "obl:agent");
        assert_eq!(labels.root_relation, 1);
        assert_eq!(labels.modes, ["ASSAULT aerial"]);
    }

    #[test]
    fn other_labels_are_refused() {
        for json in [file(1, "NOUN", "root"), file(2, "NAME", "root"), file(2, "NOUN", "case"), String::new()]
        {
            assert!(
                matches!(Labels::parse(json.as_bytes()), Err(SyntaxError::InvalidLabels { .. })),
                "{json}"
            );
        }
    }
}
