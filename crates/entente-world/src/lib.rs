//! What Entente knows about the world, and who the words of a text stand for.
//!
//! Two nouns to know: the [`Registry`] holds states, territories, organisations, armed groups, persons
//! with their terms of office, common nouns for actors, and places; [`Registry::resolve`] turns the
//! analysed sentences of a document into [`Resolved`]: its entities, and every mention of them.

mod automaton;
mod code;
mod context;
mod coreference;
mod describe;
mod entity;
mod facts;
mod given_names;
mod names;
mod people;
mod publisher;
mod registry;
mod resolve;
mod sector;
mod setting;
mod table;
mod term;
mod titles;

pub use code::Code;
pub use entity::{Entity, EntityId, EntityKind, Mention, Person, Resolved, ResolvedBy};
pub use registry::{
    Agent, AgentKind, Bloc, Group, KnownPerson, LAST_REVISION, Membership, OfficeTerm, Organisation, Pact,
    PactKind, Place, Points, Reading, Registry, State, Territory,
};
pub use sector::Sector;
pub use table::TableProblem;
pub use term::Term;
