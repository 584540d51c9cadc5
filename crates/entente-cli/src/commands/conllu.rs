//! `entente conllu`: words, tags and trees.

use crate::arguments::ConlluOptions;
use crate::batch;
use crate::report::Outcome;
use anyhow::Context;
use entente::Model;
use entente::conllu::{ConlluSentence, Tokenized, write_sentence};
use std::io::{BufWriter, Read, Write};
use std::path::Path;

pub(crate) fn run(options: &ConlluOptions) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(std::io::stdout());
    let outcome = if options.tokenized { tokenized(options, &mut out)? } else { plain(options, &mut out)? };
    out.flush()?;
    Ok(outcome)
}

fn plain(options: &ConlluOptions, out: &mut impl Write) -> anyhow::Result<Outcome> {
    batch::analyse(&options.input, |(document, sentences)| {
        writeln!(out, "# newdoc id = {}", document.id.replace(['\n', '\r'], " "))?;
        for (index, sentence) in sentences.iter().enumerate() {
            let id = format!("{}-{}", document.id.replace(['\n', '\r'], " "), index + 1);
            write_sentence(&mut *out, ConlluSentence { id: Some(&id), text: &document.text, sentence })?;
        }
        Ok(())
    })
}

fn tokenized(options: &ConlluOptions, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let model = Model::load("/work/main/models/en")?;
    let mut outcome = Outcome::default();
    for input in &options.input.inputs {
        match analyse_tokenized(&model, input, out) {
            Ok(()) => outcome.done += 1,
            Err(error) => outcome.fail(None, &format!("{}: {error:#}", input.display())),
        }
    }
    Ok(outcome)
}

fn analyse_tokenized(model: &Model, input: &Path, out: &mut impl Write) -> anyhow::Result<()> {
    let mut text = String::new();
    if input.as_os_str() == "-" {
        std::io::stdin().read_to_string(&mut text).context("failed to read")?;
    } else {
        text = std::fs::read_to_string(input).context("failed to read")?;
    }
    let given = Tokenized::read(&text)?;
    let parsed = model.analyse(&given.text, &given.sentences)?;
    given.write(out, &parsed)?;
    Ok(())
}
