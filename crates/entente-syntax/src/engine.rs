//! The model's arithmetic from pieces to scores: encoder, heads of the words, relations of pairs.

use crate::encoder::{Encoder, Workspace};
use crate::error::SyntaxError;
use crate::events::{EVENT_TYPES, EventColumns, ROLES, pair_features};
use crate::kernels::{Linear, Then, gelu, matrix};
use crate::labels::Labels;
use crate::onnx::{FileBytes, Weights};
use crate::shapes::Shape;
use crate::wordpiece::{PieceId, WordPiece};
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::{Mutex, PoisonError};

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

    /// Indices of the first and the last piece of every word.
    pub(crate) fn ends(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        (0..self.firsts.len()).map(|word| (self.firsts[word], self.first_piece(word + 1) - 1))
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
    /// What is read off each word as a trigger or cue, in the order of [`EventColumns`].
    pub(crate) events: Vec<f32>,
    /// Each word's view as a trigger or cue, then as what one links to; a block a role in each.
    pub(crate) links: Vec<f32>,
    /// Each word's view as a dependent.
    relation_dependent: Vec<f32>,
    /// Each head's view; row 0 is the root.
    relation_head: Vec<f32>,
}

/// The heads that read the words' states.
struct Heads {
    tag_inner: Linear,
    name_inner: Linear,
    upos: Linear,
    lemma: Linear,
    names: Linear,
    tree_inner: Linear,
    arc_product: Linear,
    arc_head_bias: Vec<f32>,
    root_arc: Vec<f32>,
    root_relation: Vec<f32>,
    relation_weight: Vec<f32>,
    relation_bias: Vec<f32>,
    event_inner: Linear,
    event: Linear,
    link_inner: Linear,
    link_bias: Vec<f32>,
    pair_weight: Vec<f32>,
    pair_bias: Vec<f32>,
}

/// All weights, ready to run.
pub(crate) struct Engine {
    encoder: Encoder,
    heads: Heads,
    /// Pools of one thread each, as many as calls ever ran at once. The matrix products would otherwise
    /// spread over all cores, while callers already have a thread a document.
    pools: Mutex<Vec<ThreadPool>>,
}

impl Heads {
    fn load(
        encoder: &Weights,
        relation: &Weights,
        labels: &Labels,
        width: usize,
    ) -> Result<Self, SyntaxError> {
        let linear = |name: &str, inputs: usize, outputs: Option<usize>| {
            let found = Linear::load(encoder, name, inputs)?;
            match outputs {
                Some(expected) if found.outputs() != expected => {
                    let found = found.outputs();
                    Err(encoder.invalid(format!("{name} has {found} columns, the labels have {expected}")))
                }
                _ => Ok(found),
            }
        };
        let (root_arc, _, arc_width) = encoder.floats("root_arc")?;
        let (root_relation, _, relation_width) = encoder.floats("root_relation")?;
        let tag_inner = linear("tag_inner", width, None)?;
        let name_inner = linear("name_inner", width, None)?;
        let relations = labels.relations.len();
        let event_inner = linear("event_inner", width, None)?;
        let link_inner = linear("link_inner", width, None)?;
        if !link_inner.outputs().is_multiple_of(2 * ROLES) {
            return Err(encoder.invalid(format!("link_inner has {} columns", link_inner.outputs())));
        }
        Ok(Self {
            event: linear("event", event_inner.outputs(), Some(EventColumns::new(labels).count()))?,
            event_inner,
            link_inner,
            link_bias: encoder.vector("link_bias", ROLES)?,
            pair_weight: relation.vector("pair.weight", pair_features(labels) * EVENT_TYPES.len())?,
            pair_bias: relation.vector("pair.bias", EVENT_TYPES.len())?,
            upos: linear("upos", tag_inner.outputs(), Some(labels.upos.len()))?,
            lemma: linear("lemma", tag_inner.outputs(), Some(labels.lemmas.len()))?,
            names: linear("names", name_inner.outputs(), Some(labels.names.len()))?,
            tag_inner,
            name_inner,
            tree_inner: linear("tree_inner", width, Some(2 * (arc_width + relation_width)))?,
            arc_product: linear("arc_product", arc_width, Some(arc_width))?,
            arc_head_bias: encoder.vector("arc_head_bias.weight", arc_width)?,
            root_arc,
            root_relation,
            relation_weight: relation.vector("relation.weight", 2 * relation_width * relations)?,
            relation_bias: relation.vector("relation.bias", relations)?,
        })
    }
}

impl Engine {
    /// Loads the weights of both graphs and checks that they fit the labels.
    pub(crate) fn new(
        encoder: FileBytes,
        relation: FileBytes,
        labels: &Labels,
        word_piece: &WordPiece,
    ) -> Result<Self, SyntaxError> {
        let encoder_weights = Weights::new(ENCODER, encoder)?;
        let relation_weights = Weights::new(RELATION, relation)?;
        let encoder = Encoder::load(&encoder_weights, word_piece, labels.max_pieces)?;
        let heads = Heads::load(&encoder_weights, &relation_weights, labels, encoder.width())?;
        Ok(Self { encoder, heads, pools: Mutex::new(Vec::new()) })
    }

    /// Runs work where all matrix products stay in one thread: here, if this is a pool of one, else in a thread apart.
    pub(crate) fn in_one_thread<T: Send>(&self, work: impl FnOnce() -> T + Send) -> Result<T, SyntaxError> {
        let is_pool_thread = rayon::current_thread_index().is_some();
        if is_pool_thread && rayon::current_num_threads() == 1 {
            return Ok(work());
        }
        let free = self.pools.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let pool = match free {
            Some(pool) => pool,
            None => ThreadPoolBuilder::new().num_threads(1).build()?,
        };
        let result = if is_pool_thread {
            // A thread of a larger pool would begin its next task while it waits, and that the next one, without end.
            std::thread::scope(|scope| scope.spawn(|| pool.install(work)).join())
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        } else {
            pool.install(work)
        };
        self.pools.lock().unwrap_or_else(PoisonError::into_inner).push(pool);
        Ok(result)
    }

    /// Runs the encoder over a batch. Stretches must have at least one word and fit the encoder's limit.
    pub(crate) fn encode(&self, batch: &[Stretch], room: &mut Workspace) -> Vec<StretchScores> {
        let states = self.encoder.run(batch, room);
        let heads = &self.heads;
        room.quantise(&states.tag, self.encoder.width());
        let tag = room.linear(&heads.tag_inner, Then::Gelu);
        let name = room.linear(&heads.name_inner, Then::Gelu);
        room.quantise(&states.tree, self.encoder.width());
        let tree = room.linear(&heads.tree_inner, Then::Store);
        room.quantise(&tag, heads.tag_inner.outputs());
        let upos = room.linear(&heads.upos, Then::Store);
        let lemma = room.linear(&heads.lemma, Then::Store);
        room.quantise(&name, heads.name_inner.outputs());
        let names = room.linear(&heads.names, Then::Store);
        room.quantise(&states.event, self.encoder.width());
        let event = room.linear(&heads.event_inner, Then::Gelu);
        let links = room.linear(&heads.link_inner, Then::Store);
        room.quantise(&event, heads.event_inner.outputs());
        let events = room.linear(&heads.event, Then::Store);

        let mut offset = 0;
        let scores = batch.iter().map(|stretch| {
            let words = stretch.firsts.len();
            let part =
                |table: &[f32], columns: usize| table[offset * columns..(offset + words) * columns].to_vec();
            let views = TreeViews::new(heads, &part(&tree, heads.tree_inner.outputs()));
            let scores = StretchScores {
                words,
                upos: part(&upos, heads.upos.outputs()),
                lemma: part(&lemma, heads.lemma.outputs()),
                names: part(&names, heads.names.outputs()),
                arcs: heads.arcs(&views, room),
                events: part(&events, heads.event.outputs()),
                links: part(&links, heads.link_inner.outputs()),
                relation_dependent: views.relation_dependent,
                relation_head: views.relation_head,
            };
            offset += words;
            scores
        });
        scores.collect()
    }

    /// Scores of the relation of every word of a stretch to its head, a row a word.
    pub(crate) fn relations(
        &self,
        scores: &StretchScores,
        tree: &[Option<usize>],
        room: &mut Workspace,
    ) -> Vec<f32> {
        self.heads.relations(scores, tree, room)
    }

    /// The logits of the types of a marked pair; a feature a row of the weights.
    pub(crate) fn pair(&self, features: &[f32]) -> [f32; EVENT_TYPES.len()] {
        let mut logits = std::array::from_fn(|event| self.heads.pair_bias[event]);
        for (feature, weights) in features.iter().zip(self.heads.pair_weight.chunks_exact(logits.len())) {
            for (logit, weight) in logits.iter_mut().zip(weights) {
                *logit += feature * weight;
            }
        }
        logits
    }

    /// Logits of the links from one word of a stretch to all its words, a row a word and a column a role.
    pub(crate) fn links(&self, scores: &StretchScores, from: usize) -> Vec<[f32; ROLES]> {
        let columns = self.heads.link_inner.outputs();
        let (width, half) = (columns / (2 * ROLES), columns / 2);
        let from = &scores.links[from * columns..from * columns + half];
        let root = (width as f32).sqrt();
        let rows = scores.links.chunks_exact(columns).map(|row| {
            let to = &row[half..];
            std::array::from_fn(|role| {
                let block = role * width..(role + 1) * width;
                let product: f32 = from[block.clone()].iter().zip(&to[block]).map(|(f, t)| f * t).sum();
                product / root + self.heads.link_bias[role]
            })
        });
        rows.collect()
    }
}

/// The four views of the words of a stretch in the tree.
#[derive(Default)]
struct TreeViews {
    arc_dependent: Vec<f32>,
    /// Row 0 is the root.
    arc_head: Vec<f32>,
    relation_dependent: Vec<f32>,
    /// Row 0 is the root.
    relation_head: Vec<f32>,
}

impl TreeViews {
    fn new(heads: &Heads, tree: &[f32]) -> Self {
        let (arc_width, relation_width) = (heads.root_arc.len(), heads.root_relation.len());
        let mut arcs = Vec::new();
        let mut found = Self { relation_head: heads.root_relation.clone(), ..Self::default() };
        for row in tree.chunks_exact(heads.tree_inner.outputs()) {
            let (arc, relation) = row.split_at(2 * arc_width);
            arcs.extend_from_slice(arc);
            found.relation_dependent.extend_from_slice(&relation[..relation_width]);
            found.relation_head.extend_from_slice(&relation[relation_width..]);
        }
        gelu(&mut arcs);
        found.arc_head.extend_from_slice(&heads.root_arc);
        for row in arcs.chunks_exact(2 * arc_width) {
            found.arc_dependent.extend_from_slice(&row[..arc_width]);
            found.arc_head.extend_from_slice(&row[arc_width..]);
        }
        found
    }
}

impl Heads {
    /// Scores of all heads of all words of a stretch.
    fn arcs(&self, views: &TreeViews, room: &mut Workspace) -> Vec<f32> {
        let width = self.root_arc.len();
        let words = views.arc_dependent.len() / width;
        room.quantise(&views.arc_dependent, width);
        let dependents = room.linear(&self.arc_product, Then::Store);
        let mut scores = vec![0.0; words * (words + 1)];
        let heads = matrix(&views.arc_head, words + 1, width);
        room.products.multiply(matrix(&dependents, words, width), heads.transposed(), &mut scores);
        let mut preferences = vec![0.0; words + 1];
        room.products.multiply(heads, matrix(&self.arc_head_bias, width, 1), &mut preferences);
        for row in scores.chunks_exact_mut(words + 1) {
            for (score, preference) in row.iter_mut().zip(&preferences) {
                *score += preference;
            }
        }
        scores
    }

    fn relations(&self, scores: &StretchScores, tree: &[Option<usize>], room: &mut Workspace) -> Vec<f32> {
        let width = self.root_relation.len();
        let mut pairs = Vec::with_capacity(tree.len() * 2 * width);
        for (dependent, head) in scores.relation_dependent.chunks_exact(width).zip(tree) {
            let row = head.map_or(0, |head| head + 1);
            let head = &scores.relation_head[row * width..(row + 1) * width];
            pairs.extend(dependent.iter().zip(head).map(|(dependent, head)| (dependent + head).max(0.0)));
            pairs.extend(dependent.iter().zip(head).map(|(dependent, head)| dependent * head));
        }
        let relations = self.relation_bias.len();
        let mut found = vec![0.0; tree.len() * relations];
        let pairs = matrix(&pairs, tree.len(), 2 * width);
        room.products.multiply(pairs, matrix(&self.relation_weight, 2 * width, relations), &mut found);
        for row in found.chunks_exact_mut(relations) {
            for (score, bias) in row.iter_mut().zip(&self.relation_bias) {
                *score += bias;
            }
        }
        found
    }
}
