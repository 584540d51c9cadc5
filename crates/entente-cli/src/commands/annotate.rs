//! `entente annotate`: every layer, one JSON object a document.

use crate::arguments::AnnotateOptions;
use crate::batch;
use crate::report::Outcome;
use std::io::{BufWriter, Write};

pub(crate) fn run(options: &AnnotateOptions) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(std::io::stdout());
    let outcome = batch::code(&options.input, |mut annotation| {
        if !options.explain {
            annotation.rejected.clear();
        }
        serde_json::to_writer(&mut out, &annotation)?;
        out.write_all(b"\n")?;
        Ok(())
    })?;
    out.flush()?;
    Ok(outcome)
}
