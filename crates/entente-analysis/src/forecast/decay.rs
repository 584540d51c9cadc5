//! Counts that fade: each act weighs one on its day and half as much after every half-life.

/// How many half-lives are kept side by side.
pub(crate) const SPANS: usize = 8;
/// The half-lives in days; the last never fades.
const HALF_LIVES: [f32; SPANS] = [0.7, 2.0, 5.0, 12.0, 28.0, 60.0, 130.0, f32::INFINITY];
/// Gaps above this many days count as this many.
const LONGEST_GAP: usize = 1500;

/// How often something happened, faded by each half-life, as of the day it last happened.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    values: [f32; SPANS],
    pub(crate) last: u32,
}

/// What is left of a count after a gap of days, for each half-life.
pub(crate) struct Fading {
    factors: Vec<[f32; SPANS]>,
}

impl Fading {
    pub(crate) fn new() -> Self {
        let factors =
            (0..=LONGEST_GAP).map(|gap| HALF_LIVES.map(|half| (-(gap as f32) / half).exp2())).collect();
        Self { factors }
    }

    fn after(&self, gap: u32) -> &[f32; SPANS] {
        &self.factors[(gap as usize).min(LONGEST_GAP)]
    }

    /// The counts as they stand on a day, which is not before the last addition.
    pub(crate) fn on(&self, day: u32, counts: &Counts) -> [f32; SPANS] {
        let factors = self.after(day - counts.last);
        std::array::from_fn(|span| counts.values[span] * factors[span])
    }

    /// Adds one happening on a day.
    pub(crate) fn add(&self, day: u32, counts: &mut Counts) {
        counts.values = self.on(day, counts).map(|value| value + 1.0);
        counts.last = day;
    }
}

impl Counts {
    /// Nothing yet, as of a day.
    pub(crate) fn begun(day: u32) -> Self {
        Self { values: [0.0; SPANS], last: day }
    }
}
