//! Puts paragraphs, sentences and words together.

use crate::paragraphs::{Block, blocks, looks_like_headline};
use crate::sentences::sentence_spans;
use crate::words::words;
use crate::{Document, Sentence, Span};

/// A sentence with more words is cut, so that every later stage has bounded work.
const LONGEST_SENTENCE: usize = 400;

/// A cut looks for a mark or a conjunction among this many words before the limit.
const CUT_WINDOW: usize = 120;

/// Splits a document into sentences and words, in reading order.
///
/// The title is one sentence. The words of a sentence hold all its characters but white space, in order. A
/// sentence of more than 400 words and a word of more than 256 bytes are cut. The time grows with the length
/// of the text and with nothing else.
pub fn segment(document: &Document) -> Vec<Sentence> {
    let text = document.text.as_str();
    let mut sentences = Vec::with_capacity(text.len() / 100 + 1);
    for (paragraph, block) in blocks(document).iter().enumerate() {
        add_block(text, *block, paragraph, &mut sentences);
    }
    sentences
}

fn add_block(text: &str, block: Block, paragraph: usize, sentences: &mut Vec<Sentence>) {
    let spans = if block.is_title { vec![block.span] } else { sentence_spans(text, block.span) };
    let alone = spans.len() == 1;
    for span in spans {
        let all = words(text, span);
        let is_headline = block.is_title || alone && looks_like_headline(span.of(text), all.len());
        for part in cut(text, &all) {
            let (Some(first), Some(last)) = (part.first(), part.last()) else { continue };
            let span = Span::new(first.start, last.end);
            sentences.push(Sentence { span, words: part.to_vec(), is_headline, paragraph });
        }
    }
}

/// Cuts the words of an overlong sentence after the best mark before the limit.
fn cut<'w>(text: &str, mut words: &'w [Span]) -> Vec<&'w [Span]> {
    let mut parts = Vec::with_capacity(1);
    while words.len() > LONGEST_SENTENCE {
        let (part, rest) = words.split_at(cut_point(text, words));
        parts.push(part);
        words = rest;
    }
    parts.push(words);
    parts
}

/// How many words to keep: up to the last strong mark of the window, else the last comma, else the limit.
fn cut_point(text: &str, words: &[Span]) -> usize {
    let window = LONGEST_SENTENCE - CUT_WINDOW..LONGEST_SENTENCE;
    for marks in [[".", ";", ":", "!", "?"].as_slice(), &[",", "—", "–", "--", ")"]] {
        if let Some(index) = window.clone().rev().find(|index| marks.contains(&words[*index].of(text))) {
            return index + 1;
        }
    }
    LONGEST_SENTENCE
}

#[cfg(test)]
mod tests;
