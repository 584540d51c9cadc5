//! One module a command.

pub(crate) mod analysis;
pub(crate) mod annotate;
pub(crate) mod classify;
pub(crate) mod code;
pub(crate) mod codebook;
pub(crate) mod compare;
pub(crate) mod conllu;
pub(crate) mod doctor;
pub(crate) mod evaluate;
pub(crate) mod events;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod happenings;
pub(crate) mod import;
pub(crate) mod ingest;
pub(crate) mod link;
pub(crate) mod people;
pub(crate) mod review;
pub(crate) mod serve;
pub(crate) mod statements;
pub(crate) mod stats;
pub(crate) mod watch;
