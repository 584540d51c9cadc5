//! Happenings: events of one act, wherever they are told, become one record with all its mentions.
//!
//! An act is the same kind of thing, done by the same to the same on the same occasion. The way of an event:
//! [`EventProfile::of`] keeps what reports are compared by; [`EventProfile::keys`] gives the keys under which reports
//! of the same act meet; [`compare`] turns two of them into features and a probability; [`Happenings::add`] joins what
//! belongs together; [`Happening::of`] makes the record, with everything on which the reports differ.
//!
//! What the probability rests on stands in `features.rs`, how much each thing counts in `data/weights.toml`. How good
//! it is: `docs/happenings.md`.

mod conflicts;
mod deeds;
mod features;
mod grouping;
mod keys;
mod kinds;
mod linkage;
mod occasion;
mod parties;
mod profile;
mod record;
mod rivals;
#[cfg(test)]
mod testing;
mod weights;
mod words;

pub use conflicts::{Conflict, Version};
pub use features::{Comparison, FEATURE_NAMES, compare};
pub use grouping::{Contradiction, Grouping, Happenings};
pub use kinds::closeness;
pub(crate) use occasion::day_number;
pub use occasion::{DateBasis, Occasion};
pub use parties::{Fit, Party};
pub use profile::{DocumentFacts, DocumentProfile, EventProfile};
pub use record::{Happening, HappeningMention, Report, Supported};
pub use weights::{Weights, WeightsError};
pub use words::{Bag, stems_of};
