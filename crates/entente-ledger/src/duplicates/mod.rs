//! Finds documents that tell the same text: copies, revisions, wire stories that were shortened or got a local
//! paragraph. They are linked, never dropped, and those that are linked point to one **story**.
//!
//! The way of a document: [`StandingText`] takes out what its publication prints under every article;
//! [`Signature::of`] makes its MinHash; [`Signature::bands`] gives the keys by which earlier documents that may be
//! copies are looked up; [`compare`] settles on the real shingles whether they are; [`assign_stories`] makes stories
//! of the links. [`link_documents`] does all of it in memory, for many documents at once.
//!
//! The MinHash is our own (some sixty lines): signatures and keys are written to disk, and must not change with the
//! release of a crate, its hash function or its random generator. Only wrapping integer arithmetic is used.

mod compare;
mod link;
mod shingles;
mod signature;
mod standing;
mod stories;

pub use compare::{LinkKind, Overlap, compare};
pub use link::{DocumentLink, DocumentText, Links, link_documents};
pub use shingles::{SHINGLE_WORDS, Shingles};
pub use signature::{BANDS, Signature, SignatureError};
pub use standing::StandingText;
pub use stories::{StoryCandidate, assign_stories, choose_story};
