//! The best tree over the words of a sentence: maximum spanning arborescence with one root.

/// Scores of all possible heads of all words of one sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ArcScores<'s> {
    /// A row a word; column 0 is the root, column h + 1 the word h.
    pub(crate) scores: &'s [f32],
    /// Number of words.
    pub(crate) words: usize,
}

/// Scores beyond this, and those that are no number, are pulled back, so that sums stay exact enough.
const SCORE_LIMIT: f64 = 1.0e6;

impl ArcScores<'_> {
    fn at(&self, word: usize, head: usize) -> f64 {
        let score = f64::from(self.scores[word * (self.words + 1) + head]);
        if score.is_nan() { -SCORE_LIMIT } else { score.clamp(-SCORE_LIMIT, SCORE_LIMIT) }
    }

    /// The best head of a word (0 is the root, h + 1 the word h); the first among equals.
    fn best_head(&self, word: usize) -> usize {
        let mut best = 0;
        for head in 1..=self.words {
            if head != word + 1 && self.at(word, head) > self.at(word, best) {
                best = head;
            }
        }
        best
    }
}

/// The head of every word, `None` for the one root. The result always is a tree.
pub(crate) fn best_tree(arcs: ArcScores<'_>) -> Vec<Option<usize>> {
    let greedy: Vec<usize> = (0..arcs.words).map(|word| arcs.best_head(word)).collect();
    let heads = if is_tree_with_one_root(&greedy) { greedy } else { best_arborescence(arcs) };
    heads.into_iter().map(|head| head.checked_sub(1)).collect()
}

fn is_tree_with_one_root(heads: &[usize]) -> bool {
    heads.iter().filter(|head| **head == 0).count() == 1 && find_cycle(heads).is_none()
}

/// The nodes of a cycle in `heads`, where `heads[n]` is the head of node n + 1 and 0 is the root.
fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    const FRESH: usize = 0;
    let mut visited_in = vec![FRESH; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut node = start;
        while node != 0 && visited_in[node] == FRESH {
            visited_in[node] = start;
            node = heads[node - 1];
        }
        if node == 0 || visited_in[node] != start {
            continue;
        }
        let mut cycle = vec![node];
        let mut next = heads[node - 1];
        while next != node {
            cycle.push(next);
            next = heads[next - 1];
        }
        return Some(cycle);
    }
    None
}

/// A square matrix of arc weights between nodes; node 0 is the root.
struct Weights {
    nodes: usize,
    /// `values[dependent * nodes + head]`.
    values: Vec<f64>,
}

impl Weights {
    fn at(&self, dependent: usize, head: usize) -> f64 {
        self.values[dependent * self.nodes + head]
    }

    fn set(&mut self, dependent: usize, head: usize, weight: f64) {
        self.values[dependent * self.nodes + head] = weight;
    }

    fn best_heads(&self) -> Vec<usize> {
        let best = |dependent: usize| {
            (1..self.nodes).filter(|head| *head != dependent).fold(0, |best, head| {
                if self.at(dependent, head) > self.at(dependent, best) { head } else { best }
            })
        };
        (1..self.nodes).map(best).collect()
    }
}

/// Chu-Liu/Edmonds. Every arc from the root is made dearer than any tree without it could be, so that
/// the best tree uses exactly one, and the best one (Stanojević and Cohen 2021).
fn best_arborescence(arcs: ArcScores<'_>) -> Vec<usize> {
    let nodes = arcs.words + 1;
    let mut lowest = f64::INFINITY;
    let mut highest = f64::NEG_INFINITY;
    let mut weights = Weights { nodes, values: vec![f64::NEG_INFINITY; nodes * nodes] };
    for dependent in 1..nodes {
        for head in (0..nodes).filter(|head| *head != dependent) {
            let score = arcs.at(dependent - 1, head);
            lowest = lowest.min(score);
            highest = highest.max(score);
            weights.set(dependent, head, score);
        }
    }
    let root_cost = (highest - lowest) * nodes as f64 + 1.0;
    for dependent in 1..nodes {
        weights.set(dependent, 0, weights.at(dependent, 0) - root_cost);
    }
    chu_liu_edmonds(weights)
}

/// One contraction: a cycle became one node of a smaller matrix.
struct Contraction {
    weights: Weights,
    /// Best heads inside the larger matrix, cycle included.
    heads: Vec<usize>,
    in_cycle: Vec<bool>,
    /// For nodes of the larger matrix outside the cycle, their number in the smaller one.
    outside: Vec<usize>,
}

impl Contraction {
    fn new(weights: Weights, heads: Vec<usize>, cycle: &[usize]) -> (Self, Weights) {
        let nodes = weights.nodes;
        let mut in_cycle = vec![false; nodes];
        for node in cycle {
            in_cycle[*node] = true;
        }
        let outside: Vec<usize> = (0..nodes).filter(|node| !in_cycle[*node]).collect();
        let contracted = outside.len();
        let mut smaller =
            Weights { nodes: contracted + 1, values: vec![f64::NEG_INFINITY; (contracted + 1).pow(2)] };
        let larger = Self { weights, heads, in_cycle, outside };
        for (dependent_index, dependent) in larger.outside.iter().enumerate().skip(1) {
            for (head_index, head) in larger.outside.iter().enumerate() {
                smaller.set(dependent_index, head_index, larger.weights.at(*dependent, *head));
            }
            let leaving = larger.best_exit(*dependent);
            smaller.set(dependent_index, contracted, larger.weights.at(*dependent, leaving));
        }
        for (head_index, head) in larger.outside.iter().enumerate() {
            let entered = larger.best_entry(*head);
            smaller.set(contracted, head_index, larger.gain(entered, *head));
        }
        (larger, smaller)
    }

    fn cycle(&self) -> impl Iterator<Item = usize> + '_ {
        (1..self.weights.nodes).filter(|node| self.in_cycle[*node])
    }

    /// What the whole gains when `entered` leaves its head in the cycle for `head`.
    fn gain(&self, entered: usize, head: usize) -> f64 {
        self.weights.at(entered, head) - self.weights.at(entered, self.heads[entered - 1])
    }

    /// The node of the cycle that best takes `head` from outside.
    fn best_entry(&self, head: usize) -> usize {
        first_maximum(self.cycle(), |entered| self.gain(entered, head))
    }

    /// The node of the cycle that is the best head for `dependent` outside.
    fn best_exit(&self, dependent: usize) -> usize {
        first_maximum(self.cycle(), |head| self.weights.at(dependent, head))
    }

    /// Turns the heads found in the smaller matrix into heads in the larger one.
    fn expand(self, smaller_heads: &[usize]) -> Vec<usize> {
        let contracted = self.outside.len();
        let mut heads = self.heads.clone();
        for (dependent_index, dependent) in self.outside.iter().enumerate().skip(1) {
            let head_index = smaller_heads[dependent_index - 1];
            heads[dependent - 1] =
                if head_index == contracted { self.best_exit(*dependent) } else { self.outside[head_index] };
        }
        let head = self.outside[smaller_heads[contracted - 1]];
        heads[self.best_entry(head) - 1] = head;
        heads
    }
}

fn first_maximum(nodes: impl Iterator<Item = usize>, value: impl Fn(usize) -> f64) -> usize {
    nodes.reduce(|best, node| if value(node) > value(best) { node } else { best }).unwrap_or(0)
}

fn chu_liu_edmonds(mut weights: Weights) -> Vec<usize> {
    let mut contractions = Vec::new();
    let mut heads = weights.best_heads();
    while let Some(cycle) = find_cycle(&heads) {
        let (contraction, smaller) = Contraction::new(weights, heads, &cycle);
        contractions.push(contraction);
        heads = smaller.best_heads();
        weights = smaller;
    }
    while let Some(contraction) = contractions.pop() {
        heads = contraction.expand(&heads);
    }
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small linear congruential generator, so that the matrices are the same in every run.
    struct Numbers(u64);

    impl Numbers {
        fn next(&mut self) -> f32 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((self.0 >> 40) as f32 / 1_048_576.0) - 8.0
        }
    }

    fn total(arcs: ArcScores<'_>, heads: &[Option<usize>]) -> f64 {
        heads.iter().enumerate().map(|(word, head)| arcs.at(word, head.map_or(0, |head| head + 1))).sum()
    }

    fn is_tree(heads: &[Option<usize>]) -> bool {
        let flat: Vec<usize> = heads.iter().map(|head| head.map_or(0, |head| head + 1)).collect();
        is_tree_with_one_root(&flat)
    }

    /// The best total over all assignments of heads that are trees.
    fn brute_force(arcs: ArcScores<'_>) -> f64 {
        let choices = arcs.words + 1;
        (0..choices.pow(arcs.words as u32))
            .filter_map(|mut code| {
                let heads: Vec<Option<usize>> = (0..arcs.words)
                    .map(|_| {
                        let head = code % choices;
                        code /= choices;
                        head.checked_sub(1)
                    })
                    .collect();
                is_tree(&heads).then(|| total(arcs, &heads))
            })
            .fold(f64::NEG_INFINITY, f64::max)
    }

    #[test]
    fn agrees_with_brute_force() {
        let mut numbers = Numbers(7);
        for round in 0..400 {
            let words = 1 + round % 5;
            let scores: Vec<f32> = (0..words * (words + 1)).map(|_| numbers.next()).collect();
            let arcs = ArcScores { scores: &scores, words };
            let heads = best_tree(arcs);
            assert!(is_tree(&heads), "{heads:?}");
            assert!((total(arcs, &heads) - brute_force(arcs)).abs() < 1e-6, "{heads:?}");
        }
    }

    #[test]
    fn nested_cycles_are_resolved() {
        let mut numbers = Numbers(11);
        for words in [40, 120, 254] {
            let scores: Vec<f32> = (0..words * (words + 1)).map(|_| numbers.next()).collect();
            assert!(is_tree(&best_tree(ArcScores { scores: &scores, words })));
        }
    }

    #[test]
    fn equal_or_broken_scores_still_give_a_tree() {
        for filler in [0.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let scores = vec![filler; 6 * 7];
            assert!(is_tree(&best_tree(ArcScores { scores: &scores, words: 6 })));
        }
    }

    #[test]
    fn a_second_root_is_given_a_head() {
        // Both words want the root; the second loses less by taking the first as its head.
        let scores = [9.0, 0.0, 1.0, 8.0, 2.0, 0.0];
        let heads = best_tree(ArcScores { scores: &scores, words: 2 });
        assert_eq!(heads, [None, Some(0)]);
    }
}
