//! Groups that deal well with each other and badly with a common other.
//!
//! [`SignedGraph`] joins parties by how they deal with each other, better or worse than parties do on the whole;
//! [`communities`] cuts it into blocs, [`Balance`] says how far it is from splitting cleanly into camps, and [`Axes`] finds
//! those who stand together against one target.

mod axis;
mod balance;
pub mod communities;
mod graph;

pub use axis::{Axes, AxesOptions, Axis, EdgeMember, Member, MemberPair, Trend};
pub use balance::{Balance, CampSplit, Triad, TriadKind};
pub use graph::{Bond, SignedGraph};
