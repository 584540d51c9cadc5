//! Numbers over records: what parties are likely to do to each other next.

pub mod forecast;
