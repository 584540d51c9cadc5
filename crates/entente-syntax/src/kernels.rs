//! The arithmetic of the encoder on rows of numbers, on whatever vector unit the processor has.
//!
//! Matrix products and vector units come from the rten project's crates. The loops below are inlined
//! into code that is compiled once for every instruction set and chosen at run time. Each row's result
//! depends on that row alone, whatever stands above or below it.

use crate::error::SyntaxError;
use crate::onnx::Weights;
use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::functional::simd_apply;
use rten_simd::{Isa, SimdOp, SimdUnaryOp};
use rten_tensor::{Matrix, NdTensorView};
use rten_vecmath::{
    Exp, ExtendInit, Gelu, MaxNum, MinMax, Normalize, NormalizeOptions, Quantize, Sum, SumSquareSub,
};

/// Vectors that are worked on together.
const UNROLL: usize = 2;
/// What keeps the variance of a row from being zero, as in BERT.
const NORM_EPSILON: f32 = 1e-12;

/// Products of float matrices, and of uint8 with int8 matrices.
pub(crate) struct Products {
    float: GemmExecutor<f32>,
    whole: GemmExecutor<u8, i8, i32>,
}

impl Products {
    /// Looks at the processor and takes its fastest kernels.
    pub(crate) fn new() -> Self {
        Self { float: GemmExecutor::new(), whole: GemmExecutor::new() }
    }

    /// `out = left × right`.
    pub(crate) fn multiply(&self, left: Matrix, right: Matrix, out: &mut [f32]) {
        self.float
            .gemm(out, GemmInputA::Unpacked(left), GemmInputB::Unpacked(right), GemmOptions::default())
            .expect("the callers give matrices that fit");
    }
}

/// A row-by-row matrix over a slice.
pub(crate) fn matrix(values: &[f32], rows: usize, columns: usize) -> Matrix<'_> {
    NdTensorView::from_data([rows, columns], &values[..rows * columns])
}

/// A block of columns of a row-by-row matrix, whose rows begin `stride` numbers apart.
pub(crate) fn columns(values: &[f32], rows: usize, columns: usize, stride: usize) -> Matrix<'_> {
    NdTensorView::from_data_with_strides([rows, columns], values, [stride, 1])
        .expect("the callers give slices that hold the rows")
}

/// Rows in uint8, each with a scale and a zero of its own.
#[derive(Default)]
pub(crate) struct QuantisedRows {
    values: Vec<u8>,
    scales: Vec<f32>,
    zeros: Vec<u8>,
}

impl QuantisedRows {
    /// Takes the rows of a matrix.
    pub(crate) fn fill(&mut self, rows: &[f32], columns: usize) {
        self.values.clear();
        self.values.reserve(rows.len());
        self.scales.clear();
        self.zeros.clear();
        QuantiseOp { rows, columns, into: self }.dispatch();
    }
}

struct QuantiseOp<'o> {
    rows: &'o [f32],
    columns: usize,
    into: &'o mut QuantisedRows,
}

impl SimdOp for QuantiseOp<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        for row in self.rows.chunks_exact(self.columns) {
            let (lowest, highest) = MinMax::new(row).eval(isa);
            let (lowest, highest) = (lowest.min(0.0), highest.max(0.0));
            let range = highest - lowest;
            let scale = if range > 0.0 { range / 255.0 } else { 1.0 };
            let zero = (-lowest / scale).round_ties_even() as u8;
            self.into.values.extend_init(
                #[inline(always)]
                |spare| Quantize::new(row, &mut spare[..row.len()], scale.recip(), zero).eval(isa),
            );
            self.into.scales.push(scale);
            self.into.zeros.push(zero);
        }
    }
}

/// What becomes of the products of a linear layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    /// They replace the output.
    Store,
    /// They go through GELU and replace the output.
    Gelu,
    /// They are added to the output.
    Add,
}

/// A linear layer with int8 weights, a scale a column, and a bias.
pub(crate) struct Linear {
    weights: PackedBMatrix<i8>,
    /// Sum of the weights of each column.
    sums: Vec<i32>,
    scales: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
    outputs: usize,
}

impl Linear {
    /// Takes `NAME.weight`, `NAME.scale` and, if there, `NAME.bias`.
    pub(crate) fn load(weights: &Weights, name: &str, inputs: usize) -> Result<Self, SyntaxError> {
        let table = weights.int8(&format!("{name}.weight"))?;
        if table.rows != inputs || table.columns == 0 {
            return Err(weights.invalid(format!("{name}.weight has {} rows instead of {inputs}", table.rows)));
        }
        let outputs = table.columns;
        let signed: Vec<i8> = table.bytes.iter().map(|byte| byte.cast_signed()).collect();
        let bias_name = format!("{name}.bias");
        let bias =
            if weights.has(&bias_name) { weights.vector(&bias_name, outputs)? } else { vec![0.0; outputs] };
        Ok(Self {
            weights: Products::new()
                .whole
                .prepack_b(NdTensorView::from_data([inputs, outputs], signed.as_slice())),
            sums: column_sums(&signed, outputs),
            scales: weights.vector(&format!("{name}.scale"), outputs)?,
            bias,
            inputs,
            outputs,
        })
    }

    /// Numbers in a row of the output.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Applies the layer to all rows. `whole` is room for the integer products.
    pub(crate) fn apply(
        &self,
        products: &Products,
        rows: &QuantisedRows,
        whole: &mut Vec<i32>,
        out: &mut Vec<f32>,
        then: Then,
    ) {
        let count = rows.scales.len();
        grow(whole, count * self.outputs);
        if then == Then::Add {
            debug_assert_eq!(out.len(), count * self.outputs, "what is added to has the same shape");
        } else {
            resize(out, count * self.outputs);
        }
        let whole = &mut whole[..count * self.outputs];
        let left = NdTensorView::from_data([count, self.inputs], rows.values.as_slice());
        products
            .whole
            .gemm(
                whole,
                GemmInputA::Unpacked(left),
                GemmInputB::Packed(&self.weights),
                GemmOptions::default(),
            )
            .expect("rows were quantised for this layer");
        FinishOp { layer: self, whole, rows, out, then }.dispatch();
    }
}

fn column_sums(weights: &[i8], columns: usize) -> Vec<i32> {
    let mut sums = vec![0; columns];
    for row in weights.chunks_exact(columns) {
        for (sum, weight) in sums.iter_mut().zip(row) {
            *sum += i32::from(*weight);
        }
    }
    sums
}

/// Makes room for at least `length` numbers, keeping what lies there.
fn grow<T: Clone + Default>(buffer: &mut Vec<T>, length: usize) {
    if buffer.len() < length {
        buffer.resize(length, T::default());
    }
}

/// Gives a buffer a length; what lies there is overwritten later.
pub(crate) fn resize(buffer: &mut Vec<f32>, length: usize) {
    buffer.truncate(length);
    grow(buffer, length);
}

struct FinishOp<'o> {
    layer: &'o Linear,
    whole: &'o [i32],
    rows: &'o QuantisedRows,
    out: &'o mut [f32],
    then: Then,
}

impl SimdOp for FinishOp<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let Linear { sums, scales, bias, outputs, .. } = self.layer;
        let rows = self.whole.chunks_exact(*outputs).zip(self.out.chunks_exact_mut(*outputs));
        let quantised = self.rows.scales.iter().zip(&self.rows.zeros);
        for ((whole, out), (row_scale, zero)) in rows.zip(quantised) {
            let zero = i32::from(*zero);
            let columns = sums.iter().zip(scales).zip(bias);
            let numbers = whole.iter().zip(columns).zip(out.iter_mut());
            // rten-gemm 0.27 mixes the zeros of different rows up, so they are taken off here.
            if self.then == Then::Add {
                for ((whole, ((sum, scale), bias)), out) in numbers {
                    *out += (whole - zero * sum) as f32 * (row_scale * scale) + bias;
                }
            } else {
                for ((whole, ((sum, scale), bias)), out) in numbers {
                    *out = (whole - zero * sum) as f32 * (row_scale * scale) + bias;
                }
            }
            if self.then == Then::Gelu {
                simd_apply::<_, _, _, UNROLL>(
                    isa.f32(),
                    out,
                    #[inline(always)]
                    |value| Gelu {}.eval(isa, value),
                );
            }
        }
    }
}

/// GELU of every number.
pub(crate) fn gelu(values: &mut [f32]) {
    Gelu {}.map_mut(values);
}

/// Layer normalisation with a weight and a bias a column.
pub(crate) struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    /// Takes `NAME.weight` and `NAME.bias`.
    pub(crate) fn load(weights: &Weights, name: &str, width: usize) -> Result<Self, SyntaxError> {
        Ok(Self {
            weight: weights.vector(&format!("{name}.weight"), width)?,
            bias: weights.vector(&format!("{name}.bias"), width)?,
        })
    }

    /// Normalises every row in place.
    pub(crate) fn apply(&self, rows: &mut [f32]) {
        NormOp { norm: self, rows }.dispatch();
    }
}

struct NormOp<'o> {
    norm: &'o Norm,
    rows: &'o mut [f32],
}

impl SimdOp for NormOp<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        let Norm { weight, bias } = self.norm;
        let width = weight.len() as f32;
        for row in self.rows.chunks_exact_mut(weight.len()) {
            let mean = Sum::new(row).eval(isa) / width;
            let variance = SumSquareSub::new(row, mean).eval(isa) / width;
            let options = NormalizeOptions {
                pre_scale_bias: mean,
                scale: (variance + NORM_EPSILON).sqrt().recip(),
                element_scale: Some(weight),
                bias: 0.0,
                element_bias: Some(bias),
            };
            Normalize::new_mut(row, options).eval(isa);
        }
    }
}

/// Exponentials of square blocks of `side` rows, each row less its highest number first; `sums` gets
/// each row's sum. A softmax whose division is left to the caller.
pub(crate) fn exponentials(blocks: &mut [f32], side: usize, sums: &mut Vec<f32>) {
    sums.clear();
    ExponentialOp { blocks, side, sums }.dispatch();
}

struct ExponentialOp<'o> {
    blocks: &'o mut [f32],
    side: usize,
    sums: &'o mut Vec<f32>,
}

impl SimdOp for ExponentialOp<'_> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        for row in self.blocks.chunks_exact_mut(self.side) {
            let highest = MaxNum::new(row).eval(isa);
            for value in row.iter_mut() {
                *value -= highest;
            }
        }
        simd_apply::<_, _, _, UNROLL>(
            isa.f32(),
            &mut *self.blocks,
            #[inline(always)]
            |value| Exp {}.eval(isa, value),
        );
        for row in self.blocks.chunks_exact(self.side) {
            self.sums.push(Sum::new(row).eval(isa));
        }
    }
}

/// Adds `weight` times each number of `row` to `into`.
pub(crate) fn add_scaled(into: &mut [f32], row: &[f32], weight: f32) {
    for (into, value) in into.iter_mut().zip(row) {
        *into += value * weight;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers between -1 and 1 that are the same in every run.
    fn numbers(count: usize, seed: u64) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / 8_388_608.0 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    fn layer(inputs: usize, outputs: usize) -> (Linear, Vec<i8>) {
        let signed: Vec<i8> =
            numbers(inputs * outputs, 3).iter().map(|number| (number * 63.0) as i8).collect();
        let layer = Linear {
            weights: Products::new()
                .whole
                .prepack_b(NdTensorView::from_data([inputs, outputs], signed.as_slice())),
            sums: column_sums(&signed, outputs),
            scales: numbers(outputs, 5).iter().map(|number| number.abs() / 63.0).collect(),
            bias: numbers(outputs, 7),
            inputs,
            outputs,
        };
        (layer, signed)
    }

    fn apply(layer: &Linear, rows: &[f32], then: Then, into: Vec<f32>) -> Vec<f32> {
        let mut quantised = QuantisedRows::default();
        quantised.fill(rows, layer.inputs);
        let mut out = into;
        layer.apply(&Products::new(), &quantised, &mut Vec::new(), &mut out, then);
        out
    }

    #[test]
    fn a_linear_layer_agrees_with_a_plain_product() {
        for (count, inputs, outputs) in [(1, 32, 5), (3, 384, 17), (70, 96, 192)] {
            let (layer, signed) = layer(inputs, outputs);
            let rows = numbers(count * inputs, 11);
            let mut quantised = QuantisedRows::default();
            quantised.fill(&rows, inputs);
            let found = apply(&layer, &rows, Then::Store, Vec::new());
            for (row, found) in found.chunks_exact(outputs).enumerate() {
                let values = &quantised.values[row * inputs..(row + 1) * inputs];
                let zero = i32::from(quantised.zeros[row]);
                for (column, found) in found.iter().enumerate() {
                    let weights = signed.iter().skip(column).step_by(outputs);
                    let whole = |(value, weight): (&u8, &i8)| (i32::from(*value) - zero) * i32::from(*weight);
                    let product: i32 = values.iter().zip(weights).map(whole).sum();
                    let scale = quantised.scales[row] * layer.scales[column];
                    let expected = product as f32 * scale + layer.bias[column];
                    assert!((found - expected).abs() < 1e-4, "{count} {column}: {found} for {expected}");
                }
            }
        }
    }

    #[test]
    fn quantised_rows_are_near_the_numbers() {
        let rows = numbers(5 * 48, 23);
        let mut quantised = QuantisedRows::default();
        quantised.fill(&rows, 48);
        for (index, value) in rows.iter().enumerate() {
            let (scale, zero) = (quantised.scales[index / 48], f32::from(quantised.zeros[index / 48]));
            let restored = (f32::from(quantised.values[index]) - zero) * scale;
            assert!((restored - value).abs() <= scale, "{restored} for {value}");
        }
    }

    #[test]
    fn a_row_does_not_depend_on_the_others() {
        let (layer, _) = layer(96, 48);
        let rows = numbers(40 * 96, 13);
        let together = apply(&layer, &rows, Then::Gelu, Vec::new());
        for (row, expected) in rows.chunks_exact(96).zip(together.chunks_exact(48)) {
            assert_eq!(apply(&layer, row, Then::Gelu, Vec::new()), expected);
        }
    }

    #[test]
    fn products_are_added_to_what_is_there() {
        let (layer, _) = layer(64, 64);
        let rows = numbers(2 * 64, 17);
        let stored = apply(&layer, &rows, Then::Store, Vec::new());
        let added = apply(&layer, &rows, Then::Add, vec![1.0; 128]);
        assert!(stored.iter().zip(&added).all(|(stored, added)| (stored + 1.0 - added).abs() < 1e-5));
    }

    #[test]
    fn a_norm_gives_rows_mean_and_variance() {
        let norm = Norm { weight: vec![2.0; 64], bias: vec![3.0; 64] };
        let mut rows = numbers(3 * 64, 19);
        norm.apply(&mut rows);
        for row in rows.chunks_exact(64) {
            let mean = row.iter().sum::<f32>() / 64.0;
            let variance = row.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / 64.0;
            assert!((mean - 3.0).abs() < 1e-4 && (variance - 4.0).abs() < 1e-3);
        }
    }

    #[test]
    fn exponentials_are_those_of_a_softmax() {
        let mut blocks = vec![0.0, 1.0, 2.0, 500.0, 400.0, 500.0, -1.0, -1.0, -1.0];
        let mut sums = Vec::new();
        exponentials(&mut blocks, 3, &mut sums);
        let expected = [1.0 + (-1f32).exp() + (-2f32).exp(), 2.0, 3.0];
        assert!(sums.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-5));
        assert!((blocks[0] - (-2f32).exp()).abs() < 1e-6 && blocks[4] < 1e-30);
    }

    #[test]
    fn a_row_of_zeros_stays_zero() {
        let (layer, _) = layer(32, 16);
        assert_eq!(apply(&layer, &[0.0; 32], Then::Store, Vec::new()), layer.bias);
    }
}
