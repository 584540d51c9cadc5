//! Acts out of the ledger.

use crate::arguments::{ActsOptions, PartiesOptions, StepName};
use crate::report::tell;
use entente_analysis::acts::{ActOptions, Acts, Day, day_of};
use entente_analysis::alignment::AlignmentOptions;
use entente_analysis::dyads::Step;
use entente_ledger::store::{Deeds, Ledger};

/// An open ledger with what matches the conditions.
pub(super) struct Loaded {
    pub(super) ledger: Ledger,
    pub(super) deeds: Deeds,
    pub(super) options: ActOptions,
    /// First and last day asked for, where both are.
    span: (Option<Day>, Option<Day>),
}

impl Loaded {
    pub(super) fn of(options: &ActsOptions) -> anyhow::Result<Self> {
        let ledger = Ledger::open_read_only(&options.ledger.ledger)?;
        let filter = options.conditions.filter()?;
        let deeds = ledger.deeds(&filter)?;
        let act_options = ActOptions {
            is_happening_once: !options.every_report,
            with_society: options.with_society,
            with_auxiliary: options.with_auxiliary,
            ..ActOptions::default()
        };
        let span = (filter.from.and_then(day_of), filter.to.and_then(day_of));
        Ok(Self { ledger, deeds, options: act_options, span })
    }

    /// The acts between states and other parties.
    pub(super) fn acts(&self) -> anyhow::Result<Acts> {
        let acts = Acts::of(&self.deeds, &self.options);
        anyhow::ensure!(
            !acts.list.is_empty(),
            "nothing in the ledger matches that one party did to another on a known day"
        );
        if acts.undated > 0 {
            tell(&format!("{} events without a day are left out", acts.undated));
        }
        Ok(acts)
    }

    /// First and last day: those asked for, else those of the acts.
    pub(super) fn span(&self, acts: &Acts) -> Option<(Day, Day)> {
        let (first, last) = acts.span()?;
        Some((self.span.0.unwrap_or(first), self.span.1.unwrap_or(last)))
    }
}

pub(super) fn step_of(name: StepName) -> Step {
    match name {
        StepName::Day => Step::Day,
        StepName::Week => Step::Week,
        StepName::Month => Step::Month,
        StepName::Quarter => Step::Quarter,
        StepName::Year => Step::Year,
    }
}

pub(super) fn alignment_options(options: &PartiesOptions) -> AlignmentOptions {
    AlignmentOptions { parties: options.parties, only_states: !options.all_parties }
}
