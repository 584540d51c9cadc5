//! The desk: an HTTP API and web pages on a ledger.
//!
//! A request passes `guard.rs` (who may ask), limits of body, time and rate, `tagging.rs` (ETag) and reaches one handler of
//! `api/`, one file a thing. Handlers read through [`State`]: a pool of read-only ledgers, so that nothing waits for an ingest,
//! and analyses that are kept until the ledger grows. What the desk itself keeps, reviews, lies in a second file beside the
//! ledger (`desk.rs`). `pages.rs` has the pages. Every failure is a [`problem::Problem`]. `docs/desk.md` is the guide.

mod api;
mod desk;
mod guard;
mod limits;
mod measured;
mod pages;
mod problem;
mod serving;
mod state;
mod tagging;

pub use api::openapi;
pub use guard::{Access, TOKEN_HEX, hash_of_token};
pub use problem::Problem;
pub use serving::{ServerError, ServerOptions, router, serve};
pub use state::State;
