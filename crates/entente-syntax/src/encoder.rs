//! The encoder: a MiniLM transformer (BERT layout, post-normalisation) with casing features, in int8.
//!
//! All pieces of a batch lie below one another in one table, without padding; only attention looks at
//! each stretch apart. Activations are quantised row by row, and integer products are exact, so that a
//! stretch's result does not depend on what shares its batch.

use crate::engine::Stretch;
use crate::error::SyntaxError;
use crate::kernels::{
    Linear, Norm, Products, QuantisedRows, Then, add_scaled, columns, exponentials, matrix, resize,
};
use crate::labels::MARKS;
use crate::onnx::{Int8Table, Weights};
use crate::shapes::Shape;
use crate::wordpiece::{PieceId, WordPiece};

/// Numbers that one attention head sees; 32 in every MiniLM.
const HEAD_WIDTH: usize = 32;

/// One transformer layer.
struct Layer {
    /// Query (already divided by the root of [`HEAD_WIDTH`]), key and content beside one another.
    qkv: Linear,
    out: Linear,
    out_norm: Norm,
    inner: Linear,
    outer: Linear,
    outer_norm: Norm,
}

/// Pieces to states of words.
pub(crate) struct Encoder {
    pieces: Int8Table,
    piece_scales: Vec<f32>,
    positions: Vec<f32>,
    shapes: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    /// For every use of the words' states, the weight of each layer in them.
    mixes: [Vec<f32>; USES],
    start: PieceId,
    end: PieceId,
}

/// Number of different mixes of the layers' states.
const USES: usize = 3;

/// States of the words of a batch, row by row, stretch after stretch.
pub(crate) struct WordStates {
    /// For tags, lemmas and names.
    pub(crate) tag: Vec<f32>,
    /// For the tree.
    pub(crate) tree: Vec<f32>,
    /// For events and statements.
    pub(crate) event: Vec<f32>,
}

/// Room for intermediate results, used again for every batch.
pub(crate) struct Workspace {
    pub(crate) products: Products,
    quantised: QuantisedRows,
    whole: Vec<i32>,
    states: Vec<f32>,
    wide: Vec<f32>,
    mixed: Vec<f32>,
    scores: Vec<f32>,
    sums: Vec<f32>,
    content: Vec<f32>,
}

impl Workspace {
    pub(crate) fn new() -> Self {
        Self {
            products: Products::new(),
            quantised: QuantisedRows::default(),
            whole: Vec::new(),
            states: Vec::new(),
            wide: Vec::new(),
            mixed: Vec::new(),
            scores: Vec::new(),
            sums: Vec::new(),
            content: Vec::new(),
        }
    }
}

impl Workspace {
    /// Takes the rows that the next linear layers work on.
    pub(crate) fn quantise(&mut self, rows: &[f32], columns: usize) {
        self.quantised.fill(rows, columns);
    }

    /// A linear layer over the rows last quantised.
    pub(crate) fn linear(&mut self, layer: &Linear, then: Then) -> Vec<f32> {
        let mut out = Vec::new();
        layer.apply(&self.products, &self.quantised, &mut self.whole, &mut out, then);
        out
    }
}

impl Encoder {
    /// Takes the weights of `encoder.onnx` and checks their shapes.
    pub(crate) fn load(
        weights: &Weights,
        word_piece: &WordPiece,
        max_pieces: usize,
    ) -> Result<Self, SyntaxError> {
        let pieces = weights.int8("piece_embedding")?;
        let width = pieces.columns;
        if pieces.rows < word_piece.len() || width == 0 || !width.is_multiple_of(HEAD_WIDTH) {
            return Err(weights.invalid("piece_embedding does not fit the vocabulary".to_owned()));
        }
        let (positions, position_rows, position_columns) = weights.floats("position_embedding")?;
        if position_columns != width || position_rows < max_pieces {
            return Err(weights.invalid("position_embedding does not fit the labels".to_owned()));
        }
        let mut layers = Vec::new();
        while weights.has(&format!("encoder.layers.{}.qkv.weight", layers.len())) {
            layers.push(Layer::load(weights, layers.len(), width)?);
        }
        let mix = |name: &str| -> Result<Vec<f32>, SyntaxError> {
            (0..layers.len()).map(|layer| Ok(weights.vector(&format!("{name}.{layer}"), 1)?[0])).collect()
        };
        Ok(Self {
            piece_scales: weights.vector("piece_embedding.scale", pieces.rows)?,
            positions,
            shapes: weights.vector("shape_embedding", Shape::COUNT * width)?,
            norm: Norm::load(weights, "encoder.norm", width)?,
            mixes: [mix("tag_mix")?, mix("tree_mix")?, mix("event_mix")?],
            pieces,
            layers,
            start: word_piece.start,
            end: word_piece.end,
        })
    }

    /// Numbers in a state.
    pub(crate) fn width(&self) -> usize {
        self.pieces.columns
    }

    /// Runs the encoder over a batch.
    pub(crate) fn run(&self, batch: &[Stretch], room: &mut Workspace) -> WordStates {
        let width = self.width();
        self.embed(batch, &mut room.states);
        self.norm.apply(&mut room.states);
        let words: usize = batch.iter().map(|stretch| stretch.firsts.len()).sum();
        let mut mixed: [Vec<f32>; USES] = std::array::from_fn(|_| vec![0.0; words * width]);
        for (index, layer) in self.layers.iter().enumerate() {
            layer.run(batch, width, room);
            let mut offset = 0;
            let mut word = 0;
            for stretch in batch {
                for (first, last) in stretch.ends() {
                    let rows = word * width..(word + 1) * width;
                    for (found, mix) in mixed.iter_mut().zip(&self.mixes) {
                        for piece in [first, last] {
                            let at = (offset + 1 + piece) * width;
                            let state = &room.states[at..at + width];
                            add_scaled(&mut found[rows.clone()], state, mix[index] / 2.0);
                        }
                    }
                    word += 1;
                }
                offset += length(stretch);
            }
        }
        let [tag, tree, event] = mixed;
        WordStates { tag, tree, event }
    }

    /// The sum of the embeddings of piece, position and casing, one row a piece.
    fn embed(&self, batch: &[Stretch], states: &mut Vec<f32>) {
        let width = self.width();
        let rows: usize = batch.iter().map(length).sum();
        resize(states, rows * width);
        let mut out = states.chunks_exact_mut(width);
        for stretch in batch {
            let marked = std::iter::once((self.start, Shape::FILLER as i32))
                .chain(stretch.pieces.iter().copied().zip(stretch.shapes.iter().copied()))
                .chain(std::iter::once((self.end, Shape::FILLER as i32)));
            for (position, ((piece, shape), out)) in marked.zip(&mut out).enumerate() {
                let piece = piece as usize;
                let scale = self.piece_scales[piece];
                let embedding = &self.pieces.bytes[piece * width..(piece + 1) * width];
                let position = &self.positions[position * width..(position + 1) * width];
                let shape = &self.shapes[shape as usize * width..(shape as usize + 1) * width];
                for (((out, byte), position), shape) in out.iter_mut().zip(embedding).zip(position).zip(shape)
                {
                    *out = f32::from(byte.cast_signed()) * scale + position + shape;
                }
            }
        }
    }
}

impl Layer {
    fn load(weights: &Weights, index: usize, width: usize) -> Result<Self, SyntaxError> {
        let name = |part: &str| format!("encoder.layers.{index}.{part}");
        let linear = |part: &str, inputs: usize, outputs: Option<usize>| {
            let found = Linear::load(weights, &name(part), inputs)?;
            match outputs {
                Some(expected) if found.outputs() != expected => {
                    Err(weights.invalid(format!("{} has {} columns", name(part), found.outputs())))
                }
                _ => Ok(found),
            }
        };
        let inner = linear("inner", width, None)?;
        Ok(Self {
            qkv: linear("qkv", width, Some(3 * width))?,
            out: linear("out", width, Some(width))?,
            out_norm: Norm::load(weights, &name("out_norm"), width)?,
            outer: linear("outer", inner.outputs(), Some(width))?,
            inner,
            outer_norm: Norm::load(weights, &name("outer_norm"), width)?,
        })
    }

    /// Replaces the states by those after this layer.
    fn run(&self, batch: &[Stretch], width: usize, room: &mut Workspace) {
        let Workspace { products, quantised, whole, states, wide, mixed, .. } = room;
        quantised.fill(states, width);
        self.qkv.apply(products, quantised, whole, wide, Then::Store);
        resize(mixed, states.len());
        let mut offset = 0;
        for stretch in batch {
            let rows = length(stretch);
            attend(offset, rows, width, room);
            offset += rows;
        }
        let Workspace { products, quantised, whole, states, wide, mixed, .. } = room;
        quantised.fill(mixed, width);
        self.out.apply(products, quantised, whole, states, Then::Add);
        self.out_norm.apply(states);
        quantised.fill(states, width);
        self.inner.apply(products, quantised, whole, wide, Then::Gelu);
        quantised.fill(wide, self.inner.outputs());
        self.outer.apply(products, quantised, whole, states, Then::Add);
        self.outer_norm.apply(states);
    }
}

/// Attention inside one stretch, whose rows begin at `offset`: `wide` to `mixed`.
fn attend(offset: usize, rows: usize, width: usize, room: &mut Workspace) {
    let Workspace { products, wide, mixed, scores, sums, content, .. } = room;
    let stride = 3 * width;
    let joint = &wide[offset * stride..(offset + rows) * stride];
    let heads = width / HEAD_WIDTH;
    resize(scores, heads * rows * rows);
    for (head, scores) in scores.chunks_exact_mut(rows * rows).enumerate() {
        let query = columns(&joint[head * HEAD_WIDTH..], rows, HEAD_WIDTH, stride);
        let key = columns(&joint[width + head * HEAD_WIDTH..], rows, HEAD_WIDTH, stride);
        products.multiply(query, key.transposed(), scores);
    }
    exponentials(scores, rows, sums);
    resize(content, rows * HEAD_WIDTH);
    let mixed = &mut mixed[offset * width..(offset + rows) * width];
    for (head, (scores, sums)) in scores.chunks_exact(rows * rows).zip(sums.chunks_exact(rows)).enumerate() {
        let view = columns(&joint[2 * width + head * HEAD_WIDTH..], rows, HEAD_WIDTH, stride);
        products.multiply(matrix(scores, rows, rows), view, content);
        let blocks =
            mixed.chunks_exact_mut(width).map(|row| &mut row[head * HEAD_WIDTH..(head + 1) * HEAD_WIDTH]);
        for ((block, content), sum) in blocks.zip(content.chunks_exact(HEAD_WIDTH)).zip(sums) {
            let share = sum.recip();
            for (out, value) in block.iter_mut().zip(content) {
                *out = value * share;
            }
        }
    }
}

/// Number of rows of a stretch, with its marks.
fn length(stretch: &Stretch) -> usize {
    stretch.pieces.len() + MARKS
}
