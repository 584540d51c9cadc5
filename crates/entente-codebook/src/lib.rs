//! The codebook: which words report which kind of event, and who plays which role.
//!
//! A codebook is a folder of TOML files (`codebooks/README.md` has the format). [`Codebook::plover`] is the
//! one inside the binary; [`Codebook::load`] reads a user's own.

mod check;
mod embedded;
mod error;
mod example;
mod frame;
mod load;
mod ontology;
mod raw;
mod rewrite;

pub use error::CodebookError;
pub use example::{Example, ExpectedEvent};
pub use frame::{Condition, Force, Frame, Kind, Outcome, PartOfSpeech, Role, Trigger, WordTest};
pub use load::{Codebook, Context, ModeDefinition, TypeDefinition};
pub use ontology::{Aux, EventType};
pub use rewrite::{Rewrite, RewriteMode};
