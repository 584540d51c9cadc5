//! Reads text from standard input and prints one sentence a line, its words parted by spaces.
//!
//! With `--offsets`, prints JSON instead: one object a sentence, offsets in code points.

use std::io::Read;

use entente_text::{CodePoints, Document, DocumentParts, segment};

fn main() -> std::io::Result<()> {
    let as_offsets = std::env::args().any(|argument| argument == "--offsets");
    let mut body = String::new();
    std::io::stdin().read_to_string(&mut body)?;
    let document = Document::new(DocumentParts { body, ..DocumentParts::default() });
    let points = CodePoints::new(&document.text);
    for sentence in segment(&document) {
        if as_offsets {
            let at = |byte| points.at(&document.text, byte);
            let words: Vec<_> = sentence.words.iter().map(|word| [at(word.start), at(word.end)]).collect();
            println!(
                "{}",
                serde_json::json!({"start": at(sentence.span.start), "end": at(sentence.span.end), "words": words})
            );
            continue;
        }
        let words: Vec<_> = sentence.words.iter().map(|word| word.of(&document.text)).collect();
        let mark = if sentence.is_headline { "#" } else { " " };
        println!("{:3}{mark} {}", sentence.paragraph, words.join(" "));
    }
    Ok(())
}
