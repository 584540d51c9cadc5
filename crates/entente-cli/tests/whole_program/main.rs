//! Whole-program tests: they run the built `entente` as a user does and look only at what it writes and at its
//! exit code.

mod analysis;
mod bad_input;
mod classify;
mod codebook_faults;
mod conllu;
mod determinism;
mod exchange;
mod formats;
mod hostile_text;
mod ledger;
mod measuring;
mod records;
mod support;
mod watch;
