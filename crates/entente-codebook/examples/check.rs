//! Reads a codebook folder and prints what it holds: `cargo run -p entente-codebook --example check -- FOLDER`.

use entente_codebook::{Codebook, EventType, Outcome};
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("codebooks/plover"), PathBuf::from);
    let codebook = Codebook::load(&folder)?;
    for event in EventType::all() {
        let frames = codebook.frames.iter().filter(|frame| frame.outcome == Outcome::Event(event));
        println!("{event}: {} frames", frames.count());
    }
    println!("{} triggers, {} examples", codebook.trigger_count(), codebook.examples.len());
    Ok(())
}
