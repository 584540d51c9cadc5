//! `entente forecast`: what comes next.

use super::loading::Loaded;
use crate::arguments::ForecastOptions;
use crate::output::analysis::{outlook_lines, risk_lines};
use crate::report::{Outcome, tell};
use entente_analysis::forecast::{
    Benchmark, Calibration, Outlook, OutlookOptions, Risk, RiskFigures, RiskOptions, TrainingOptions,
};
use entente_analysis::plot::{CalibrationPlot, save};
use entente_ledger::exchange::cameo;
use serde::Serialize;
use std::path::Path;
use std::sync::Arc;

/// Everything that is forecast.
#[derive(Serialize)]
struct Told {
    next_day: Option<Outlook>,
    material_conflict: Option<Risk>,
    within_days: i32,
}

pub(crate) fn run(options: &ForecastOptions) -> anyhow::Result<Outcome> {
    if let Some(folder) = &options.benchmark {
        return measure(folder, options);
    }
    let acts = Loaded::of(&options.acts)?.acts()?;
    anyhow::ensure!(options.within > 0, "--within must be a day at least");
    let risk = Risk::of(&acts, &RiskOptions { within: options.within, ..RiskOptions::default() });
    let outlook = if options.only_risk {
        None
    } else {
        let outlook =
            OutlookOptions { parties: options.parties, told: options.limit, ..OutlookOptions::default() };
        Some(Outlook::of(&acts, &outlook)?)
    };
    if risk.is_none() {
        tell(&format!("too few days to learn how likely conflict within {} days is", options.within));
    }
    let figures = risk.as_ref().and_then(|risk| risk.figures.clone());
    let mut told = Told { next_day: outlook, material_conflict: risk, within_days: options.within };
    if let Some(risk) = &mut told.material_conflict {
        risk.pairs.truncate(options.limit);
    }
    if options.json {
        anstream::println!("{}", serde_json::to_string(&told)?);
    } else {
        if let Some(outlook) = &told.next_day {
            anstream::print!("{}", outlook_lines(outlook));
        }
        if let Some(risk) = &told.material_conflict {
            anstream::print!("{}", risk_lines(risk, options.within));
        }
    }
    if let Some(path) = &options.plot {
        let Some(figures) = figures else {
            anyhow::bail!("too few days to measure the forecast: nothing to plot")
        };
        save(&calibration_plot(&figures, options.within), path)?;
    }
    Ok(Outcome { done: 1, failed: 0 })
}

fn calibration_plot(figures: &RiskFigures, within: i32) -> CalibrationPlot {
    let named = |name: &str, calibration: &Calibration| (name.to_owned(), calibration.clone());
    CalibrationPlot {
        title: format!("Material conflict within {within} days"),
        forecasts: vec![
            named("model", &figures.model),
            named("recurrency", &figures.recurrency),
            named("frequency", &figures.frequency),
            named("last seen", &figures.last_seen),
        ],
    }
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
