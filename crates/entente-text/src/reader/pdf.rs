//! PDF: the text of the pages, lines joined to paragraphs, without running heads and page numbers.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::ReadOptions;
use super::finish::{finish, one_line};
use crate::encoding::clean;
use crate::{Document, DocumentParts, Origin, ReadError};

/// Longest PDF file in bytes.
const LONGEST_FILE: usize = 64 * 1024 * 1024;
/// Lines at the top and bottom of a page that may be running heads.
const MARGIN_LINES: usize = 2;
/// A line this much shorter than the usual one ends a paragraph, if a sentence ends there too.
const SHORT_LINE: f64 = 0.8;

pub(super) fn read(bytes: &[u8], origin: &Origin, options: &ReadOptions) -> Result<Document, ReadError> {
    if bytes.len() > LONGEST_FILE {
        return Err(ReadError::TooLarge { origin: origin.clone(), limit: LONGEST_FILE });
    }
    // The reader of PDF runs on whatever the net holds; a fault of it must cost one file and not the run.
    let pages = catch_unwind(AssertUnwindSafe(|| pdf_extract::extract_text_from_mem_by_pages(bytes)));
    let malformed = |reason: String| ReadError::Malformed { origin: origin.clone(), reason };
    let pages = match pages {
        Ok(Ok(pages)) => pages,
        Ok(Err(error)) => return Err(malformed(format!("not a PDF that can be read: {error}"))),
        Err(_) => return Err(malformed("not a PDF that can be read".to_owned())),
    };
    let text = article(&pages);
    if text.is_empty() {
        return Err(ReadError::NoText { origin: origin.clone() });
    }
    let (title, body) = match text.split_once("\n\n") {
        Some((first, rest)) if options.title.is_none() && is_headline(first) => {
            (one_line(first), rest.to_owned())
        }
        _ => (options.title.as_deref().and_then(one_line), text),
    };
    finish(DocumentParts { title, body, ..DocumentParts::default() }, origin, options)
}

/// A short first paragraph without a full stop.
fn is_headline(text: &str) -> bool {
    const MOST_WORDS: usize = 25;
    text.split_whitespace().count() <= MOST_WORDS && !text.trim_end().ends_with(['.', '!', '?', '"', '”'])
}

/// Paragraphs with blank lines between them.
fn article(pages: &[String]) -> String {
    let pages: Vec<Vec<String>> =
        pages.iter().map(|page| clean(page).lines().map(|line| line.trim().to_owned()).collect()).collect();
    let heads = running_heads(&pages);
    let mut lines: Vec<&str> = Vec::new();
    for page in &pages {
        let margin = margins(page);
        for (at, line) in page.iter().enumerate() {
            let is_head = margin.contains(&at) && (heads.contains(&shape(line)) || is_page_number(line));
            if !is_head {
                lines.push(line);
            }
        }
    }
    paragraphs(&lines)
}

/// Places of the first and last lines of a page that have words.
fn margins(page: &[String]) -> Vec<usize> {
    let filled: Vec<usize> = (0..page.len()).filter(|at| !page[*at].is_empty()).collect();
    let last = filled.len().saturating_sub(MARGIN_LINES);
    filled.iter().take(MARGIN_LINES).chain(filled.iter().skip(last.max(MARGIN_LINES))).copied().collect()
}

/// Lines that stand at the margin of more than half of the pages, but for their numbers.
fn running_heads(pages: &[Vec<String>]) -> Vec<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let mut shapes: Vec<String> = margins(page).into_iter().map(|at| shape(&page[at])).collect();
        shapes.sort();
        shapes.dedup();
        for shape in shapes {
            *counts.entry(shape).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .filter(|(_, count)| pages.len() > 2 && count * 2 > pages.len())
        .map(|(shape, _)| shape)
        .collect()
}

/// A line with its digits made alike.
fn shape(line: &str) -> String {
    line.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

fn is_page_number(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '|'));
    let bare = bare.strip_prefix("Page ").unwrap_or(bare);
    let digits =
        bare.split(" of ").all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    digits && bare.len() <= 12
}

/// Joins lines: words that are parted at the end of a line come together, blank lines and short last lines end a
/// paragraph.
fn paragraphs(lines: &[&str]) -> String {
    let mut lengths: Vec<usize> =
        lines.iter().map(|line| line.chars().count()).filter(|length| *length > 20).collect();
    lengths.sort_unstable();
    let usual = lengths.get(lengths.len() * 3 / 4).copied().unwrap_or(0) as f64;
    let mut text = String::new();
    let mut is_open = false;
    for line in lines {
        if line.is_empty() {
            is_open = false;
            continue;
        }
        if !is_open && !text.is_empty() {
            text.push_str("\n\n");
        } else if is_open && parts_a_word(&text, line) {
            text.pop();
        } else if is_open {
            text.push(' ');
        }
        text.push_str(line);
        let is_short = (line.chars().count() as f64) < usual * SHORT_LINE;
        is_open = !(is_short && line.ends_with(['.', '!', '?', '"', '”']));
    }
    text
}

/// Whether a hyphen at the end of what is there parts a word that goes on in the next line.
fn parts_a_word(text: &str, next: &str) -> bool {
    let mut ending = text.chars().rev();
    ending.next() == Some('-')
        && ending.next().is_some_and(char::is_lowercase)
        && next.chars().next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_paragraphs_and_parted_words_one() {
        let lines = [
            "The minister said that the gov-",
            "ernment would not agree to the terms",
            "now.",
            "",
            "Next day.",
        ];
        assert_eq!(
            paragraphs(&lines),
            "The minister said that the government would not agree to the terms now.\n\nNext day."
        );
    }

    #[test]
    fn running_heads_and_page_numbers_go() {
        let page = |number: usize, text: &str| format!("The Gazette, page {number}\n\n{text}\n\n{number}");
        let pages = [page(1, "One."), page(2, "Two."), page(3, "Three.")];
        assert_eq!(article(&pages), "One.\n\nTwo.\n\nThree.");
    }
}
