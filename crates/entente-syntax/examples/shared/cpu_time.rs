//! Time that this process spent on processors, so that figures hold while other programs run.

use std::fs;
use std::time::Instant;

/// CPU seconds of all threads so far (Linux); seconds on the clock elsewhere.
pub(crate) fn seconds() -> f64 {
    of_all_threads().unwrap_or_else(on_the_clock)
}

fn of_all_threads() -> Option<f64> {
    let mut nanoseconds = 0u64;
    for task in fs::read_dir("/proc/self/task").ok()? {
        let statistics = fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        nanoseconds += statistics.split(' ').next()?.parse::<u64>().ok()?;
    }
    Some(nanoseconds as f64 / 1e9)
}

fn on_the_clock() -> f64 {
    static BEGINNING: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    BEGINNING.get_or_init(Instant::now).elapsed().as_secs_f64()
}
