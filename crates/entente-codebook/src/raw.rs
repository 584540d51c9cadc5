//! The shape of the TOML files, before anything is checked. `codebooks/README.md` describes every field.

use crate::frame::{Force, Kind};
use crate::ontology::{Aux, EventType};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawTypeFile {
    #[serde(rename = "type")]
    pub(crate) event: Option<EventType>,
    pub(crate) definition: Option<String>,
    #[serde(default)]
    pub(crate) mode: Vec<RawMode>,
    #[serde(default)]
    pub(crate) frame: Vec<Spanned<RawFrame>>,
    #[serde(default)]
    pub(crate) example: Vec<Spanned<RawExample>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawMode {
    pub(crate) name: String,
    pub(crate) definition: String,
    #[serde(default)]
    pub(crate) cues: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFrame {
    pub(crate) verb: Option<Vec<String>>,
    pub(crate) noun: Option<Vec<String>>,
    pub(crate) adj: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) mode: Vec<String>,
    #[serde(default)]
    pub(crate) aux: Vec<Aux>,
    pub(crate) actor: Option<Vec<String>>,
    pub(crate) recipient: Option<Vec<String>>,
    pub(crate) content: Option<Vec<String>>,
    pub(crate) place: Option<Vec<String>>,
    pub(crate) object: Option<Vec<String>>,
    pub(crate) subject: Option<Vec<String>>,
    pub(crate) clause: Option<Vec<String>>,
    pub(crate) modifier: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) prep: BTreeMap<String, Vec<String>>,
    pub(crate) object_kind: Option<OneOrMore<Kind>>,
    pub(crate) subject_kind: Option<OneOrMore<Kind>>,
    pub(crate) recipient_kind: Option<OneOrMore<Kind>>,
    #[serde(default)]
    pub(crate) needs: Vec<String>,
    pub(crate) force: Option<Force>,
    pub(crate) confidence: Option<f64>,
    pub(crate) reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum OneOrMore<T> {
    One(T),
    More(Vec<T>),
}

impl<T> OneOrMore<T> {
    pub(crate) fn into_vec(self) -> Vec<T> {
        match self {
            Self::One(value) => vec![value],
            Self::More(values) => values,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawExample {
    pub(crate) text: String,
    pub(crate) published: Option<String>,
    pub(crate) events: Vec<RawExpected>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawExpected {
    pub(crate) event: Option<EventType>,
    pub(crate) trigger: String,
    pub(crate) mode: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) aux: Vec<Aux>,
    pub(crate) actor: Option<Vec<String>>,
    pub(crate) recipient: Option<Vec<String>>,
    pub(crate) claim: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSets {
    pub(crate) sets: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRewrites {
    pub(crate) rewrite: Vec<Spanned<RawRewrite>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRewrite {
    pub(crate) force: Force,
    #[serde(default)]
    pub(crate) inner: Vec<EventType>,
    #[serde(default)]
    pub(crate) inner_mode: Vec<String>,
    pub(crate) event: Option<EventType>,
    #[serde(default)]
    pub(crate) mode: Vec<String>,
    #[serde(default)]
    pub(crate) keep_mode: bool,
    #[serde(default)]
    pub(crate) aux: Vec<Aux>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawContexts {
    pub(crate) context: Vec<RawContext>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawContext {
    pub(crate) name: String,
    pub(crate) definition: String,
    pub(crate) words: Vec<String>,
}
