//! The numbers that are learned, and the step that learns them: Adam (Kingma and Ba 2015), for those blocks only that a
//! batch touches.

/// Numbers that are stepped together.
const BLOCK: usize = 16;
const FIRST_MOMENT: f32 = 0.9;
const SECOND_MOMENT: f32 = 0.99;
const TINY: f32 = 1e-8;

/// A run of numbers among the parameters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Range {
    pub(crate) start: usize,
    pub(crate) width: usize,
    rows: usize,
}

impl Range {
    /// Where a row of the range stands.
    pub(crate) fn row(&self, row: usize) -> std::ops::Range<usize> {
        debug_assert!(row < self.rows, "a row of the range");
        let start = self.start + row * self.width;
        start..start + self.width
    }

    pub(crate) fn all(&self) -> std::ops::Range<usize> {
        self.start..self.start + self.width * self.rows
    }
}

/// Gives out ranges one after the other.
#[derive(Default)]
pub(crate) struct Layout {
    pub(crate) end: usize,
    block_decay: Vec<f32>,
}

impl Layout {
    /// `rows` rows of `width` numbers; `decay` is how strongly each step draws them to zero.
    pub(crate) fn take(&mut self, rows: usize, width: usize, decay: f32) -> Range {
        let range = Range { start: self.end, width, rows };
        self.end = (self.end + rows * width).next_multiple_of(BLOCK);
        self.block_decay.resize(self.end / BLOCK, decay);
        range
    }
}

/// Sums of slopes, with a note of which blocks have any.
pub(crate) struct Gradient {
    pub(crate) slopes: Vec<f32>,
    touched: Vec<u32>,
    is_touched: Vec<bool>,
}

impl Gradient {
    pub(crate) fn new(length: usize) -> Self {
        Self { slopes: vec![0.0; length], touched: Vec::new(), is_touched: vec![false; length / BLOCK] }
    }

    /// The slopes of a run, noted as touched.
    pub(crate) fn touch(&mut self, run: std::ops::Range<usize>) -> &mut [f32] {
        for block in run.start / BLOCK..run.end.div_ceil(BLOCK) {
            if !self.is_touched[block] {
                self.is_touched[block] = true;
                self.touched.push(block as u32);
            }
        }
        &mut self.slopes[run]
    }

    /// Adds another gradient to this one and empties the other.
    pub(crate) fn absorb(&mut self, other: &mut Gradient) {
        for block in std::mem::take(&mut other.touched) {
            let start = block as usize * BLOCK;
            other.is_touched[block as usize] = false;
            let into = self.touch(start..start + BLOCK);
            for (into, from) in into.iter_mut().zip(&mut other.slopes[start..start + BLOCK]) {
                *into += *from;
                *from = 0.0;
            }
        }
    }
}

/// The learned numbers with their moments.
pub(crate) struct Parameters {
    pub(crate) values: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
    steps: Vec<u16>,
    block_decay: Vec<f32>,
}

impl Parameters {
    pub(crate) fn new(layout: Layout) -> Self {
        Self {
            values: vec![0.0; layout.end],
            first: vec![0.0; layout.end],
            second: vec![0.0; layout.end],
            steps: vec![0; layout.end / BLOCK],
            block_decay: layout.block_decay,
        }
    }

    /// Steps against the gradient, whose slopes are sums over `weight` answers, and empties it.
    pub(crate) fn step(&mut self, gradient: &mut Gradient, rate: f32, weight: f32) {
        for block in std::mem::take(&mut gradient.touched) {
            gradient.is_touched[block as usize] = false;
            let steps = &mut self.steps[block as usize];
            *steps = steps.saturating_add(1);
            let first_scale = (1.0 - FIRST_MOMENT.powi(i32::from(*steps))).recip();
            let second_scale = (1.0 - SECOND_MOMENT.powi(i32::from(*steps))).recip();
            let decay = self.block_decay[block as usize];
            let start = block as usize * BLOCK;
            for place in start..start + BLOCK {
                let slope = gradient.slopes[place] / weight;
                gradient.slopes[place] = 0.0;
                let first = FIRST_MOMENT * self.first[place] + (1.0 - FIRST_MOMENT) * slope;
                let second = SECOND_MOMENT * self.second[place] + (1.0 - SECOND_MOMENT) * slope * slope;
                self.first[place] = first;
                self.second[place] = second;
                let step = first * first_scale / ((second * second_scale).sqrt() + TINY);
                self.values[place] -= rate * (step + decay * self.values[place]);
            }
        }
    }
}
