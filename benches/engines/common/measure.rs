//! What all comparison programs share: the batches, and CPU time as the measure.

use std::fs;

/// One sentence as the encoder takes it, marks included.
pub struct Sentence {
    pub pieces: Vec<i64>,
    pub shapes: Vec<i64>,
    /// Index of the first piece of every word.
    pub firsts: Vec<i64>,
}

/// Padded tables of one batch, row by row.
pub struct Batch {
    pub rows: usize,
    pub length: usize,
    pub words: usize,
    pub pieces: Vec<i64>,
    pub shapes: Vec<i64>,
    pub mask: Vec<i64>,
    pub firsts: Vec<i64>,
}

/// Reads the output of `pieces.py`: three lists a line, separated by semicolons.
pub fn sentences(path: &str) -> Vec<Sentence> {
    let numbers = |list: &str| list.split(' ').map(|number| number.parse().expect("numbers")).collect();
    fs::read_to_string(path)
        .expect("a file of pieces")
        .lines()
        .map(|line| {
            let mut lists = line.split(';').map(numbers);
            let mut next = || lists.next().expect("three lists");
            Sentence { pieces: next(), shapes: next(), firsts: next() }
        })
        .collect()
}

/// Sentences of like length together, at most `budget` padded pieces a batch (but one sentence at least).
pub fn batches(mut sentences: Vec<Sentence>, budget: usize) -> Vec<Batch> {
    sentences.sort_by_key(|sentence| sentence.pieces.len());
    let mut groups: Vec<Vec<Sentence>> = Vec::new();
    for sentence in sentences {
        let length = sentence.pieces.len();
        match groups.last_mut() {
            Some(group) if (group.len() + 1) * length <= budget => group.push(sentence),
            _ => groups.push(vec![sentence]),
        }
    }
    groups.into_iter().map(|group| pad(&group)).collect()
}

fn pad(group: &[Sentence]) -> Batch {
    let length = group.iter().map(|sentence| sentence.pieces.len()).max().unwrap_or(0);
    let words = group.iter().map(|sentence| sentence.firsts.len()).max().unwrap_or(0);
    let table = |list: fn(&Sentence) -> &Vec<i64>, width: usize| -> Vec<i64> {
        let row = |sentence| {
            let values: &Vec<i64> = list(sentence);
            values.iter().copied().chain(std::iter::repeat(0)).take(width).collect::<Vec<_>>()
        };
        group.iter().flat_map(row).collect()
    };
    let mask = group.iter().flat_map(|sentence| (0..length).map(|at| i64::from(at < sentence.pieces.len())));
    Batch {
        rows: group.len(),
        length,
        words,
        pieces: table(|sentence| &sentence.pieces, length),
        shapes: table(|sentence| &sentence.shapes, length),
        mask: mask.collect(),
        firsts: table(|sentence| &sentence.firsts, words),
    }
}

/// CPU seconds of all threads of this process (Linux).
pub fn cpu_seconds() -> f64 {
    let mut nanoseconds = 0u64;
    for task in fs::read_dir("/proc/self/task").expect("Linux") {
        let path = task.expect("a thread").path().join("schedstat");
        let Ok(statistics) = fs::read_to_string(path) else { continue };
        nanoseconds += statistics.split(' ').next().and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
    }
    nanoseconds as f64 / 1e9
}

/// Runs every batch once to warm up on a tenth, then all, and prints the words a CPU second.
pub fn measure(what: &str, pieces: &str, mut run: impl FnMut(&Batch)) {
    let budget = std::env::var("BUDGET").ok().and_then(|text| text.parse().ok()).unwrap_or(256);
    let all = sentences(pieces);
    let words: usize = all.iter().map(|sentence| sentence.firsts.len()).sum();
    let batches = batches(all, budget);
    batches.iter().step_by(10).for_each(&mut run);
    let started = cpu_seconds();
    batches.iter().for_each(&mut run);
    let spent = cpu_seconds() - started;
    println!(
        "{what}\tbatch {budget}\t{words} words\t{spent:.2} CPU s\t{:.0} words/CPU s",
        words as f64 / spent
    );
}
