//! burn (flex, its pure Rust backend): the float32 encoder alone, written by hand with weights at random. `engine-burn PIECES`.

use burn::module::Module;
use burn::nn::{Embedding, EmbeddingConfig, LayerNorm, LayerNormConfig, Linear, LinearConfig};
use burn::tensor::{Device, Int, Tensor, TensorData, activation};

#[path = "../../common/measure.rs"]
mod measure;

const WIDTH: usize = 384;
const INNER: usize = 1536;
const LAYERS: usize = 6;
const HEADS: usize = 12;

#[derive(Module, Debug)]
struct Layer {
    qkv: Linear,
    out: Linear,
    out_norm: LayerNorm,
    inner: Linear,
    outer: Linear,
    outer_norm: LayerNorm,
}

impl Layer {
    fn new(device: &Device) -> Self {
        Self {
            qkv: LinearConfig::new(WIDTH, 3 * WIDTH).init(device),
            out: LinearConfig::new(WIDTH, WIDTH).init(device),
            out_norm: LayerNormConfig::new(WIDTH).init(device),
            inner: LinearConfig::new(WIDTH, INNER).init(device),
            outer: LinearConfig::new(INNER, WIDTH).init(device),
            outer_norm: LayerNormConfig::new(WIDTH).init(device),
        }
    }

    fn forward(&self, states: Tensor<3>, bias: &Tensor<4>) -> Tensor<3> {
        let [rows, length, _] = states.dims();
        let joint = self.qkv.forward(states.clone());
        let part = |index: usize| {
            let columns = joint.clone().slice([0..rows, 0..length, index * WIDTH..(index + 1) * WIDTH]);
            columns.reshape([rows, length, HEADS, WIDTH / HEADS]).swap_dims(1, 2)
        };
        let scale = 1.0 / ((WIDTH / HEADS) as f64).sqrt();
        let scores = part(0).matmul(part(1).swap_dims(2, 3)).mul_scalar(scale) + bias.clone();
        let mixed =
            activation::softmax(scores, 3).matmul(part(2)).swap_dims(1, 2).reshape([rows, length, WIDTH]);
        let states = self.out_norm.forward(states + self.out.forward(mixed));
        let outer = self.outer.forward(activation::gelu(self.inner.forward(states.clone())));
        self.outer_norm.forward(states + outer)
    }
}

fn main() {
    let pieces = std::env::args().nth(1).expect("pieces");
    let device = Device::flex();
    let table: Embedding = EmbeddingConfig::new(30522, WIDTH).init(&device);
    let layers: Vec<Layer> = (0..LAYERS).map(|_| Layer::new(&device)).collect();
    measure::measure("burn flex float32, encoder alone", &pieces, |batch| {
        let ids = TensorData::new(batch.pieces.clone(), [batch.rows, batch.length]);
        let mask: Vec<f32> = batch.mask.iter().map(|real| if *real == 1 { 0.0 } else { -1e4 }).collect();
        let bias = Tensor::<4>::from_data(TensorData::new(mask, [batch.rows, 1, 1, batch.length]), &device);
        let mut states = table.forward(Tensor::<2, Int>::from_data(ids, &device));
        for layer in &layers {
            states = layer.forward(states, &bias);
        }
        std::hint::black_box(states.sum().into_data());
    });
}
