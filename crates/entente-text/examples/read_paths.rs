//! Reads the given files and directories (`-` for standard input) and prints a line a document.

use std::path::Path;

use entente_text::{ReadOptions, read_path, segment};

fn main() {
    let options = ReadOptions::default();
    for path in std::env::args().skip(1) {
        for result in read_path(Path::new(&path), &options) {
            match result {
                Ok(document) => {
                    let sentences = segment(&document);
                    let title = document.title().unwrap_or("(no title)");
                    println!("{}: {title}: {} sentences {:?}", document.id, sentences.len(), document.notes);
                }
                Err(error) => eprintln!("{error}"),
            }
        }
    }
}
