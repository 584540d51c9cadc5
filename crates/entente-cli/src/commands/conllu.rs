//! `entente conllu`: words, tags and trees.

use crate::arguments::ConlluOptions;
use crate::batch;
use crate::report::{Outcome, input_name};
use entente::conllu::{ConlluSentence, Tokenized, write_sentence};
use std::fs::File;
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
    let coder = options.input.parts.coder()?;
    let model = coder.model();
    let mut outcome = Outcome::default();
    for input in &options.input.inputs {
        let analysed = read_tokenized(input).and_then(|given| {
            let parsed = model
                .analyse(&given.text, &given.sentences)
                .map_err(|error| format!("{}: {error}", input_name(input)))?;
            Ok((given, parsed))
        });
        match analysed {
            Ok((given, parsed)) => {
                given.write(out, &parsed)?;
                outcome.done += 1;
            }
            Err(message) => outcome.fail(None, &message),
        }
    }
    Ok(outcome)
}

/// The sentences of an input, or a message that says where it is at fault.
fn read_tokenized(input: &Path) -> Result<Tokenized, String> {
    let name = input_name(input);
    let mut text = String::new();
    let read = if input.as_os_str() == "-" {
        std::io::stdin().read_to_string(&mut text)
    } else {
        File::open(input).and_then(|mut file| file.read_to_string(&mut text))
    };
    read.map_err(|error| format!("{name}: failed to read: {error}"))?;
    let given = Tokenized::read(&text)
        .map_err(|error| format!("{name}:{}: invalid CoNLL-U: {}", error.line, error.reason))?;
    if given.sentences.is_empty() {
        return Err(format!("{name}: no sentences"));
    }
    Ok(given)
}
