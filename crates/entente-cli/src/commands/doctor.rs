//! `entente doctor`: does this build work here, and what does it hold?

use crate::report::Outcome;
use anyhow::{Context, ensure};
use entente::{Coder, Document, DocumentParts, Registry};
use std::time::Instant;

/// Coded on the spot; every part of the pipeline has to work for its event to come out.
const SENTENCE: &str = "Norway expelled the Danish ambassador.";

pub(crate) fn run() -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let coder = Coder::new().context("the embedded data is damaged")?;
    let loaded = started.elapsed();
    let codebook = coder.codebook();
    let registry = Registry::embedded();
    anstream::println!("entente {}", env!("CARGO_PKG_VERSION"));
    anstream::println!("loaded in {} ms", loaded.as_millis());
    anstream::println!("threads available: {}", std::thread::available_parallelism().map_or(1, usize::from));
    anstream::println!(
        "codebook {}: {} types, {} frames, {} triggers, {} examples",
        codebook.name,
        codebook.types.len(),
        codebook.frames.len(),
        codebook.trigger_count(),
        codebook.examples.len(),
    );
    anstream::println!(
        "registry: {} states, {} organisations, {} armed groups, {} office-holders, {} agents, {} places",
        registry.states().len(),
        registry.organisations().len(),
        registry.groups().len(),
        registry.people().len(),
        registry.agents().len(),
        registry.places().len(),
    );
    let document = Document::new(DocumentParts { body: SENTENCE.to_owned(), ..DocumentParts::default() });
    let annotation = coder.code(&document)?;
    let found = annotation.events.iter().any(|event| {
        event.event.as_str() == "SANCTION"
            && event.actor.iter().any(|actor| actor.code.as_deref() == Some("NOR"))
    });
    ensure!(found, "the test sentence did not come out right: \"{SENTENCE}\"");
    anstream::println!("test sentence coded as expected");
    Ok(Outcome { done: 1, failed: 0 })
}
