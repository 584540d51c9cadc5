//! Analyses the words of a CoNLL-U file anew: `conllu MODEL_FOLDER IN.conllu > OUT.conllu`.
//! Prints the speed in words a CPU second on stderr.

use entente_syntax::Model;
use entente_syntax::conllu::Tokenized;
use std::error::Error;
use std::io::{BufWriter, Write, stdout};

#[path = "shared/cpu_time.rs"]
mod cpu_time;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(path)) = (arguments.next(), arguments.next()) else {
        return Err("usage: conllu MODEL_FOLDER IN.conllu".into());
    };
    let started = cpu_time::seconds();
    let model = Model::load(folder)?;
    eprintln!("model loaded in {:.2} CPU seconds", cpu_time::seconds() - started);
    let tokenized = Tokenized::read(&std::fs::read_to_string(path)?)?;
    let words: usize = tokenized.sentences.iter().map(|sentence| sentence.words.len()).sum();
    let begun = cpu_time::seconds();
    let parsed = model.analyse(&tokenized.text, &tokenized.sentences)?;
    let spent = cpu_time::seconds() - begun;
    eprintln!("{words} words in {spent:.2} CPU seconds: {:.0} words a second", words as f64 / spent);
    let mut out = BufWriter::new(stdout().lock());
    tokenized.write(&mut out, &parsed)?;
    out.flush()?;
    Ok(())
}
