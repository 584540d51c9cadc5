//! The network: the one crate that opens a connection to the outside.
//!
//! `url → Visitor → Answer`: a [`Visitor`] asks a host's robots.txt, waits its turn at the host, and fetches with a
//! [`Client`], which bounds size, time and redirects and connects to no private address. [`Feeds`] is the list of feeds that
//! a user wants watched, [`WatchState`] what is known of each, kept in a file between runs.

mod address;
mod client;
mod feeds;
mod robots;
mod state;
mod visitor;

pub use address::is_public;
pub use client::{Answer, Client, FetchError, Limits, Validators, is_web_address};
pub use feeds::{Feed, Feeds, FeedsError, Pages};
pub use robots::Robots;
pub use state::{FeedState, StateError, WatchState};
pub use visitor::Visitor;
