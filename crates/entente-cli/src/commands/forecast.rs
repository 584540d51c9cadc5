//! `entente forecast`: what comes next.

use crate::arguments::ForecastOptions;
use crate::report::Outcome;
use entente_analysis::forecast::{Benchmark, TrainingOptions};
use entente_ledger::exchange::cameo;
use std::path::Path;
use std::sync::Arc;

pub(crate) fn run(options: &ForecastOptions) -> anyhow::Result<Outcome> {
    let Some(folder) = &options.benchmark else { anyhow::bail!("--benchmark") };
    measure(folder, options)
}

fn measure(folder: &Path, options: &ForecastOptions) -> anyhow::Result<Outcome> {
    let mut benchmark = Benchmark::open(folder)?;
    if let Some(days) = options.held_out {
        benchmark = benchmark.held_out(days);
    }
    let catalogue = Arc::new(benchmark.catalogue(cameo_root));
    let training =
        TrainingOptions { scorers: options.scorers, passes: options.passes, ..TrainingOptions::default() };
    let figures = benchmark.run(&catalogue, &training)?;
    anstream::println!("{}", serde_json::to_string(&figures)?);
    Ok(Outcome { done: 1, failed: 0 })
}

/// The CAMEO root, 1 to 20, of a relation's name.
fn cameo_root(name: &str) -> Option<u8> {
    cameo::by_name(name)?.code.get(..2)?.parse().ok()
}
