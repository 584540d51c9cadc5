//! An event while it is being coded.

use crate::party::Party;
use crate::statements::WordAt;
use entente_codebook::{Aux, EventType, Force};
use entente_text::Span;
use std::collections::BTreeSet;

/// Why a draft without parties is dropped; text around it may still name them.
pub(crate) const NOBODY: &str = "no political actor on either side";

/// A candidate event; each step of the coder adds to it and says why in `reason`.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// The word that governs the arguments.
    pub(crate) at: WordAt,
    /// The clause's predicate: the trigger itself, or the light verb above a noun.
    pub(crate) predicate: WordAt,
    /// Words that belong to the trigger, the head included, sorted.
    pub(crate) words: Vec<usize>,
    pub(crate) event: EventType,
    pub(crate) modes: Vec<String>,
    pub(crate) aux: BTreeSet<Aux>,
    pub(crate) actor: Vec<Party>,
    pub(crate) recipient: Vec<Party>,
    pub(crate) claim: Vec<Party>,
    /// Heads of what is demanded, promised, refused or threatened.
    pub(crate) content_words: Vec<usize>,
    pub(crate) content: Option<Span>,
    pub(crate) condition: Option<Span>,
    pub(crate) force: Option<Force>,
    pub(crate) confidence: f64,
    /// True where the text around the clause named a side.
    pub(crate) is_inferred: bool,
    /// True where the frame takes all who take part for actors.
    pub(crate) is_mutual: bool,
    /// True where the language model alone proposes the event, without a frame of the codebook.
    pub(crate) by_model: bool,
    pub(crate) reason: Vec<String>,
    /// Set when the candidate is not coded after all, with the reason.
    pub(crate) dropped: Option<String>,
}

impl Draft {
    /// A draft at a predicate of its own, with nothing known but its type and trigger.
    pub(crate) fn new(at: WordAt, words: Vec<usize>, event: EventType) -> Self {
        Self {
            at,
            predicate: at,
            words,
            event,
            modes: Vec::new(),
            aux: BTreeSet::new(),
            actor: Vec::new(),
            recipient: Vec::new(),
            claim: Vec::new(),
            content_words: Vec::new(),
            content: None,
            condition: None,
            force: None,
            confidence: 0.0,
            is_mutual: false,
            is_inferred: false,
            by_model: false,
            reason: Vec::new(),
            dropped: None,
        }
    }

    /// Makes it another type; what the frame said of its sides holds no more.
    pub(crate) fn retype(&mut self, event: EventType) {
        if event != self.event {
            self.event = event;
            self.is_mutual = false;
        }
    }

    /// Takes doers that the text around the clause names.
    pub(crate) fn infer_actor(&mut self, actor: Vec<Party>, reason: &str) {
        self.actor = actor;
        self.is_inferred = true;
        self.reason.push(reason.to_owned());
    }

    /// Takes targets that the text around the clause names.
    pub(crate) fn infer_recipient(&mut self, recipient: Vec<Party>, reason: &str) {
        self.recipient = recipient;
        self.is_inferred = true;
        self.reason.push(reason.to_owned());
    }

    pub(crate) fn is_live(&self) -> bool {
        self.dropped.is_none()
    }

    pub(crate) fn drop_for(&mut self, reason: impl Into<String>) {
        self.dropped.get_or_insert(reason.into());
    }
}
