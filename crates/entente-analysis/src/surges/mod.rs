//! What is unusual between two parties or about one.
//!
//! [`Surges::of`] watches every pair and every party that has enough acts, for cooperation and for conflict, and tells the
//! steps in which there was far more than before ([`burst`]). How often it would do so where nothing happens is measured
//! on shuffled days ([`Surges::false_alarms`]). [`change_points`] cuts a series where its level changes for good.

mod burst;
mod change_points;
mod watch;

pub use burst::{Baseline, chance_of_as_many};
pub use change_points::{Segment, segments};
pub use watch::{FalseAlarms, Matter, Surge, SurgeOptions, Surges};
