//! Events, statements, people and times from analysed sentences.
//!
//! `ParsedSentence → Scene → Draft → Event`: triggers set off frames, frames fill roles, words of force rewrite
//! the acts under them, and each step says why.

mod accusations;
mod aftermath;
mod auxiliary;
mod claims;
mod classify;
mod coder;
mod compose;
mod contexts;
mod cues;
mod dates;
mod demands;
mod discourse;
mod draft;
mod fusion;
mod grammar;
mod modes;
mod party;
mod places;
mod quotation;
pub mod record;
mod repeats;
mod roles;
mod scene;
mod setting;
mod sizes;
mod statements;
mod times;
mod triggers;
mod writer;

pub use classify::{Classification, MarkedPair};
pub use coder::Coder;
