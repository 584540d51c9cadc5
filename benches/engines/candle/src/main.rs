//! candle: the float32 encoder alone, written by hand with weights at random. `engine-candle PIECES`.

use candle_core::{D, Device, Result, Tensor};
use candle_nn::{LayerNorm, Linear, Module};

#[path = "../../common/measure.rs"]
mod measure;

const WIDTH: usize = 384;
const INNER: usize = 1536;
const LAYERS: usize = 6;
const HEADS: usize = 12;

struct Layer {
    qkv: Linear,
    out: Linear,
    out_norm: LayerNorm,
    inner: Linear,
    outer: Linear,
    outer_norm: LayerNorm,
}

fn random(shape: (usize, usize)) -> Result<Tensor> {
    Tensor::randn(0f32, 0.05, shape, &Device::Cpu)
}

fn linear(inputs: usize, outputs: usize) -> Result<Linear> {
    Ok(Linear::new(random((outputs, inputs))?, Some(random((1, outputs))?.squeeze(0)?)))
}

fn norm() -> Result<LayerNorm> {
    let ones = Tensor::ones(WIDTH, candle_core::DType::F32, &Device::Cpu)?;
    Ok(LayerNorm::new(ones.clone(), ones.zeros_like()?, 1e-12))
}

impl Layer {
    fn new() -> Result<Self> {
        Ok(Self {
            qkv: linear(WIDTH, 3 * WIDTH)?,
            out: linear(WIDTH, WIDTH)?,
            out_norm: norm()?,
            inner: linear(WIDTH, INNER)?,
            outer: linear(INNER, WIDTH)?,
            outer_norm: norm()?,
        })
    }

    fn forward(&self, states: &Tensor, bias: &Tensor) -> Result<Tensor> {
        let (rows, length, _) = states.dims3()?;
        let parts = self.qkv.forward(states)?.reshape((rows, length, 3, HEADS, WIDTH / HEADS))?;
        let part = |index: usize| parts.narrow(2, index, 1)?.squeeze(2)?.transpose(1, 2)?.contiguous();
        let scores = (part(0)?.matmul(&part(1)?.t()?)? * (1.0 / ((WIDTH / HEADS) as f64).sqrt()))?;
        let attention = candle_nn::ops::softmax_last_dim(&scores.broadcast_add(bias)?)?;
        let mixed = attention.matmul(&part(2)?)?.transpose(1, 2)?.reshape((rows, length, WIDTH))?;
        let states = self.out_norm.forward(&(states + self.out.forward(&mixed)?)?)?;
        let outer = self.outer.forward(&self.inner.forward(&states)?.gelu_erf()?)?;
        self.outer_norm.forward(&(&states + outer)?)
    }
}

fn main() -> Result<()> {
    let pieces = std::env::args().nth(1).expect("pieces");
    let table = random((30522, WIDTH))?;
    let layers = (0..LAYERS).map(|_| Layer::new()).collect::<Result<Vec<_>>>()?;
    let first_norm = norm()?;
    measure::measure("candle float32, encoder alone", &pieces, |batch| {
        let run = || -> Result<Tensor> {
            let shape = (batch.rows, batch.length);
            let ids = Tensor::from_slice(&batch.pieces, shape, &Device::Cpu)?;
            let mask: Vec<f32> = batch.mask.iter().map(|real| if *real == 1 { 0.0 } else { -1e4 }).collect();
            let bias = Tensor::from_vec(mask, (batch.rows, 1, 1, batch.length), &Device::Cpu)?;
            let embedded =
                table.index_select(&ids.flatten_all()?, 0)?.reshape((batch.rows, batch.length, WIDTH))?;
            let mut states = first_norm.forward(&embedded)?;
            for layer in &layers {
                states = layer.forward(&states, &bias)?;
            }
            states.sum(D::Minus1)
        };
        run().expect("a result");
    });
    Ok(())
}
