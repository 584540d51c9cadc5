//! The desk: an HTTP API and web pages on a ledger.
//!
//! A request passes `guard.rs` (who may ask), limits of body, time and rate, `tagging.rs` (ETag) and reaches one handler of
//! `api/`, one file a thing. Handlers read through [`State`]: a pool of read-only ledgers, so that nothing waits for an ingest,
//! and what is worked out of a whole ledger is kept until it grows (`kept.rs`). What the desk itself keeps, reviews and
//! watchlists, lies in a second file beside the ledger (`desk.rs`). `growth.rs` looks out for what is new, `webhooks.rs` passes it
//! on, `pages.rs` has the pages. Every failure is a [`Problem`]. `docs/desk.md` is the guide.

mod api;
mod desk;
mod growth;
mod guard;
mod kept;
mod limits;
mod measured;
mod pages;
mod problem;
mod serving;
mod state;
mod tagging;
mod token;
mod webhooks;

pub use api::openapi;
pub use guard::Access;
pub use problem::Problem;
pub use serving::{ServerError, ServerOptions, router, serve};
pub use state::{Coding, MakeCoding, State};
pub use token::{TOKEN_HEX, hash_of_token, new as new_token};
