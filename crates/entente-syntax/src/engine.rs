//! The two graphs of the model, run by rten: pieces to scores of words, and pairs of words to relations.

use crate::error::SyntaxError;
use crate::labels::{Labels, MARKS};
use crate::shapes::Shape;
use crate::wordpiece::{PieceId, WordPiece};
use rten::{Dimension, Model, ModelOptions, NodeId, RunOptions, ThreadPool, ValueOrView};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};
use std::sync::{Arc, Mutex, PoisonError};

/// File name of the graph from pieces to scores.
pub(crate) const ENCODER: &str = "encoder.onnx";
/// File name of the graph from pairs of words to relations.
pub(crate) const RELATION: &str = "relation.onnx";

/// A run of words that the encoder sees at once: a sentence, or a window of a long one.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Stretch {
    /// Pieces of all words, without the marks at both ends.
    pub(crate) pieces: Vec<PieceId>,
    /// Casing class of the word of each piece.
    pub(crate) shapes: Vec<i32>,
    /// For every word, the index of its first piece.
    pub(crate) firsts: Vec<usize>,
}

impl Stretch {
    /// Appends a word.
    pub(crate) fn push(&mut self, word: &str, word_piece: &WordPiece) {
        self.firsts.push(self.pieces.len());
        word_piece.append_word(word, &mut self.pieces);
        self.shapes.resize(self.pieces.len(), Shape::of(word) as i32);
    }

    /// The number of pieces of every word.
    pub(crate) fn pieces_by_word(&self) -> Vec<usize> {
        (0..self.firsts.len()).map(|word| self.first_piece(word + 1) - self.first_piece(word)).collect()
    }

    /// The words from `start` to `end` as a stretch of their own.
    pub(crate) fn part(&self, start: usize, end: usize) -> Self {
        let pieces = self.first_piece(start)..self.first_piece(end);
        Self {
            firsts: self.firsts[start..end].iter().map(|first| first - pieces.start).collect(),
            shapes: self.shapes[pieces.clone()].to_vec(),
            pieces: self.pieces[pieces].to_vec(),
        }
    }

    /// Index of the first piece of a word; the number of all pieces for the word after the last.
    fn first_piece(&self, word: usize) -> usize {
        self.firsts.get(word).copied().unwrap_or(self.pieces.len())
    }
}

/// Scores of the words of a stretch; every table is row by row, one row a word.
#[derive(Debug)]
pub(crate) struct StretchScores {
    /// Number of words.
    pub(crate) words: usize,
    /// A column a part of speech.
    pub(crate) upos: Vec<f32>,
    /// A column a lemma script.
    pub(crate) lemma: Vec<f32>,
    /// A column a name tag.
    pub(crate) names: Vec<f32>,
    /// A column a head; column 0 is the root, column h + 1 the word h.
    pub(crate) arcs: Vec<f32>,
    /// Each word's view as a dependent.
    relation_dependent: Vec<f32>,
    /// Each head's view; row 0 is the root.
    relation_head: Vec<f32>,
}

/// Numbers of the nodes of the encoder graph.
struct EncoderNodes {
    pieces: NodeId,
    shapes: NodeId,
    mask: NodeId,
    firsts: NodeId,
    outputs: [NodeId; 6],
}

/// Numbers of the nodes of the relation graph.
struct RelationNodes {
    dependent: NodeId,
    head: NodeId,
    output: NodeId,
}

/// Both graphs, ready to run.
pub(crate) struct Engine {
    encoder: Model,
    encoder_nodes: EncoderNodes,
    relation: Model,
    relation_nodes: RelationNodes,
    /// Width of a word's view for relations.
    relation_width: usize,
    special: SpecialPieces,
    /// Pools of one thread each, as many as calls ever ran at once. The engine would otherwise spread
    /// every operator over all cores, while callers already have a thread a document.
    pools: Mutex<Vec<Arc<ThreadPool>>>,
}

#[derive(Clone, Copy)]
struct SpecialPieces {
    start: PieceId,
    end: PieceId,
    padding: PieceId,
}

/// Where the bytes of a graph come from.
pub(crate) enum GraphBytes {
    /// Compiled into the program; used in place.
    Static(&'static [u8]),
    /// Read from a file.
    Owned(Vec<u8>),
}

impl GraphBytes {
    fn load(self, graph: &'static str) -> Result<Model, SyntaxError> {
        let mut options = ModelOptions::with_all_ops();
        options.prepack_weights(true);
        match self {
            Self::Static(bytes) => options.load_static_slice(bytes),
            Self::Owned(bytes) => options.load(bytes),
        }
        .map_err(|error| SyntaxError::InvalidGraph { graph, reason: error.to_string() })
    }
}

impl Engine {
    /// Loads both graphs and checks that they fit the labels.
    pub(crate) fn new(
        encoder: GraphBytes,
        relation: GraphBytes,
        labels: &Labels,
        word_piece: &WordPiece,
    ) -> Result<Self, SyntaxError> {
        let encoder = encoder.load(ENCODER)?;
        let relation = relation.load(RELATION)?;
        let encoder_node = |name| node(&encoder, ENCODER, name);
        let encoder_nodes = EncoderNodes {
            pieces: encoder_node("pieces")?,
            shapes: encoder_node("shapes")?,
            mask: encoder_node("mask")?,
            firsts: encoder_node("firsts")?,
            outputs: [
                encoder_node("upos")?,
                encoder_node("lemma")?,
                encoder_node("names")?,
                encoder_node("arcs")?,
                encoder_node("rel_dep")?,
                encoder_node("rel_head")?,
            ],
        };
        let relation_node = |name| node(&relation, RELATION, name);
        let relation_nodes = RelationNodes {
            dependent: relation_node("dep")?,
            head: relation_node("head")?,
            output: relation_node("relation")?,
        };
        let [upos, lemma, names, _, relation_dependent, _] = encoder_nodes.outputs;
        check_width(&encoder, ENCODER, upos, labels.upos.len())?;
        check_width(&encoder, ENCODER, lemma, labels.lemmas.len())?;
        check_width(&encoder, ENCODER, names, labels.names.len())?;
        check_width(&relation, RELATION, relation_nodes.output, labels.relations.len())?;
        let relation_width = width(&encoder, ENCODER, relation_dependent)?;
        let special =
            SpecialPieces { start: word_piece.start, end: word_piece.end, padding: word_piece.padding };
        Ok(Self {
            encoder,
            encoder_nodes,
            relation,
            relation_nodes,
            relation_width,
            special,
            pools: Mutex::new(Vec::new()),
        })
    }

    /// Runs the encoder over a batch. Stretches must have at least one word.
    pub(crate) fn encode(&self, batch: &[&Stretch]) -> Result<Vec<StretchScores>, SyntaxError> {
        let length = batch.iter().map(|stretch| stretch.pieces.len()).max().unwrap_or(0) + MARKS;
        let words = batch.iter().map(|stretch| stretch.firsts.len()).max().unwrap_or(0);
        let mut pieces = NdTensor::full([batch.len(), length], self.special.padding);
        let mut shapes = NdTensor::full([batch.len(), length], Shape::FILLER as i32);
        let mut mask = NdTensor::<i32, 2>::zeros([batch.len(), length]);
        let mut firsts = NdTensor::<i32, 2>::zeros([batch.len(), words]);
        for (row, stretch) in batch.iter().enumerate() {
            pieces[[row, 0]] = self.special.start;
            pieces[[row, stretch.pieces.len() + 1]] = self.special.end;
            for (column, (piece, shape)) in stretch.pieces.iter().zip(&stretch.shapes).enumerate() {
                pieces[[row, column + 1]] = *piece;
                shapes[[row, column + 1]] = *shape;
            }
            for column in 0..stretch.pieces.len() + MARKS {
                mask[[row, column]] = 1;
            }
            for (column, first) in stretch.firsts.iter().enumerate() {
                firsts[[row, column]] = *first as i32 + 1;
            }
        }
        let nodes = &self.encoder_nodes;
        let inputs: Vec<(NodeId, ValueOrView)> = vec![
            (nodes.pieces, pieces.into()),
            (nodes.shapes, shapes.into()),
            (nodes.mask, mask.into()),
            (nodes.firsts, firsts.into()),
        ];
        let outputs =
            self.run(|options| self.encoder.run_n(inputs, nodes.outputs, Some(options)), ENCODER)?;
        let [upos, lemma, names, arcs, relation_dependent, relation_head] =
            outputs.map(NdTensor::<f32, 3>::try_from);
        let wrong = |_| SyntaxError::Inference { graph: ENCODER, reason: "unexpected output".to_owned() };
        let (upos, lemma, names) = (upos.map_err(wrong)?, lemma.map_err(wrong)?, names.map_err(wrong)?);
        let (arcs, relation_dependent, relation_head) =
            (arcs.map_err(wrong)?, relation_dependent.map_err(wrong)?, relation_head.map_err(wrong)?);
        let scores = batch.iter().enumerate().map(|(row, stretch)| {
            let count = stretch.firsts.len();
            StretchScores {
                words: count,
                upos: corner(&upos, row, count, usize::MAX),
                lemma: corner(&lemma, row, count, usize::MAX),
                names: corner(&names, row, count, usize::MAX),
                arcs: corner(&arcs, row, count, count + 1),
                relation_dependent: corner(&relation_dependent, row, count, usize::MAX),
                relation_head: corner(&relation_head, row, count + 1, usize::MAX),
            }
        });
        Ok(scores.collect())
    }

    /// Scores of the relations of all words of a batch to their heads, a row a word.
    pub(crate) fn relations(
        &self,
        batch: &[StretchScores],
        trees: &[Vec<Option<usize>>],
    ) -> Result<Vec<f32>, SyntaxError> {
        let width = self.relation_width;
        let mut dependents = Vec::new();
        let mut heads = Vec::new();
        for (scores, tree) in batch.iter().zip(trees) {
            dependents.extend_from_slice(&scores.relation_dependent);
            for head in tree {
                let row = head.map_or(0, |head| head + 1);
                heads.extend_from_slice(&scores.relation_head[row * width..(row + 1) * width]);
            }
        }
        let shape = [dependents.len() / width, width];
        let nodes = &self.relation_nodes;
        let inputs: Vec<(NodeId, ValueOrView)> = vec![
            (nodes.dependent, NdTensorView::from_data(shape, dependents.as_slice()).into()),
            (nodes.head, NdTensorView::from_data(shape, heads.as_slice()).into()),
        ];
        let [relations] =
            self.run(|options| self.relation.run_n(inputs, [nodes.output], Some(options)), RELATION)?;
        let relations: NdTensor<f32, 2> = relations.try_into().map_err(|_| SyntaxError::Inference {
            graph: RELATION,
            reason: "unexpected output".to_owned(),
        })?;
        Ok(relations.into_data())
    }

    /// Runs a graph in a pool of one thread.
    fn run<T>(
        &self,
        call: impl FnOnce(RunOptions) -> Result<T, rten::RunError>,
        graph: &'static str,
    ) -> Result<T, SyntaxError> {
        let free = self.pools.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let pool = free.unwrap_or_else(|| Arc::new(ThreadPool::with_num_threads(1)));
        let result = call(RunOptions::default().with_thread_pool(Some(Arc::clone(&pool))));
        self.pools.lock().unwrap_or_else(PoisonError::into_inner).push(pool);
        result.map_err(|error| SyntaxError::Inference { graph, reason: error.to_string() })
    }
}

/// The first rows and columns of one element of a batch.
fn corner(table: &NdTensor<f32, 3>, element: usize, rows: usize, columns: usize) -> Vec<f32> {
    let [_, _, all_columns] = table.shape();
    let columns = columns.min(all_columns);
    table.slice((element, ..rows, ..columns)).to_vec()
}

fn node(model: &Model, graph: &'static str, name: &str) -> Result<NodeId, SyntaxError> {
    model
        .find_node(name)
        .ok_or_else(|| SyntaxError::InvalidGraph { graph, reason: format!("it lacks the node {name}") })
}

/// The last dimension of an output.
fn width(model: &Model, graph: &'static str, output: NodeId) -> Result<usize, SyntaxError> {
    let shape = model.node_info(output).and_then(|info| info.shape());
    match shape.as_ref().and_then(|shape| shape.last()) {
        Some(Dimension::Fixed(width)) if *width > 0 => Ok(*width),
        _ => Err(SyntaxError::InvalidGraph { graph, reason: "an output has no fixed width".to_owned() }),
    }
}

fn check_width(
    model: &Model,
    graph: &'static str,
    output: NodeId,
    expected: usize,
) -> Result<(), SyntaxError> {
    let found = width(model, graph, output)?;
    if found == expected {
        return Ok(());
    }
    let reason = format!("an output has {found} columns where the labels have {expected}");
    Err(SyntaxError::InvalidGraph { graph, reason })
}
