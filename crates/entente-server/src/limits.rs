//! Bounds of a request.

use std::time::Duration;

/// Largest body in bytes.
pub(crate) const BODY: usize = 4 * 1024 * 1024;
/// Longest time until an answer.
pub(crate) const TIME: Duration = Duration::from_secs(60);
/// Longest time for coding an article: the largest body takes minutes.
pub(crate) const CODING_TIME: Duration = Duration::from_secs(600);
/// Requests a second of one client, in the long run and at once.
pub(crate) const RATE: u32 = 400;
pub(crate) const BURST: u32 = 1200;
/// Longest time for telling a webhook.
pub(crate) const HOOK_TIME: Duration = Duration::from_secs(10);
