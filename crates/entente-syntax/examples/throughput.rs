//! Speed of the analysis alone: `throughput FOLDER_OR_FILE...`, plain text or CoNLL-U.
//!
//! Prints words a CPU second, sentence and word boundaries not counted. Each file is one document.

use entente_syntax::Model;
use entente_syntax::conllu::Tokenized;
use entente_text::Sentence;
use std::error::Error;
use std::path::{Path, PathBuf};

#[path = "shared/cpu_time.rs"]
mod cpu_time;

fn main() -> Result<(), Box<dyn Error>> {
    let mut documents = Vec::new();
    for argument in std::env::args().skip(1) {
        for path in files(Path::new(&argument))? {
            documents.push(read(&path)?);
        }
    }
    if documents.is_empty() {
        return Err("usage: throughput FOLDER_OR_FILE...".into());
    }
    let loading = cpu_time::seconds();
    let model = Model::embedded()?;
    println!("model loaded in {:.3} CPU seconds", cpu_time::seconds() - loading);
    let words: usize = documents.iter().flat_map(|(_, sentences)| sentences).map(|s| s.words.len()).sum();
    let begun = cpu_time::seconds();
    for (text, sentences) in &documents {
        model.analyse(text, sentences)?;
    }
    let spent = cpu_time::seconds() - begun;
    let rate = words as f64 / spent;
    println!(
        "{} documents, {words} words, {spent:.2} CPU seconds: {rate:.0} words a second",
        documents.len()
    );
    Ok(())
}

fn files(path: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(path)? {
        found.extend(files(&entry?.path())?);
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<(String, Vec<Sentence>), Box<dyn Error>> {
    let content = std::fs::read_to_string(path)?;
    if path.extension().is_some_and(|extension| extension == "conllu") {
        let tokenized = Tokenized::read(&content)?;
        return Ok((tokenized.text, tokenized.sentences));
    }
    let parts = entente_text::DocumentParts { body: content, ..Default::default() };
    let document = entente_text::Document::new(parts);
    let sentences = entente_text::segment(&document);
    Ok((document.text, sentences))
}
