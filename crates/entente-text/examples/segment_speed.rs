//! Measures [`entente_text::segment`] on a text file, repeated up to about 16 MB, and prints MB a second.

use std::time::Instant;

use entente_text::{Document, DocumentParts, segment};

fn main() -> std::io::Result<()> {
    const SIZE: usize = 16_000_000;
    let path = std::env::args().nth(1).unwrap_or_else(|| "/dev/stdin".to_string());
    let text = std::fs::read_to_string(path)? + "\n\n";
    let body = text.repeat(SIZE / text.len() + 1);
    let document = Document::new(DocumentParts { body, ..DocumentParts::default() });
    for _ in 0..3 {
        let begun = Instant::now();
        let sentences = segment(&document);
        let words: usize = sentences.iter().map(|sentence| sentence.words.len()).sum();
        let speed = document.text.len() as f64 / begun.elapsed().as_secs_f64() / 1e6;
        println!("{speed:.1} MB/s, {} sentences, {words} words", sentences.len());
    }
    Ok(())
}
