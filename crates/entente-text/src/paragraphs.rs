//! Line blocks: which line breaks end a paragraph and which are only where a line was wrapped.

use crate::characters::{before, is_blank, is_closer, is_terminator};
use crate::{Document, Span};

/// One paragraph: a stretch of text whose inner line breaks mean no more than a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Block {
    /// Byte range in the document's text, white space trimmed, never empty.
    pub(crate) span: Span,
    /// True for the document's title.
    pub(crate) is_title: bool,
}

/// Splits a document into its title and paragraphs, in order.
pub(crate) fn blocks(document: &Document) -> Vec<Block> {
    let text = document.text.as_str();
    let mut found = Vec::new();
    let body_start = title_end(document);
    if let Some(span) = trimmed(text, Span::new(0, body_start)) {
        found.push(Block { span, is_title: true });
    }
    for group in line_groups(text, body_start) {
        let joins = line_joins(text, &group);
        let mut current: Option<Span> = None;
        for (line, joined) in group.iter().zip(joins) {
            current = match current {
                Some(open) if joined => Some(open.cover(*line)),
                Some(open) => {
                    found.push(Block { span: open, is_title: false });
                    Some(*line)
                }
                None => Some(*line),
            };
        }
        found.extend(current.map(|span| Block { span, is_title: false }));
    }
    found
}

/// `title_len` is a public field: a value off a character boundary or past the end counts as no title.
fn title_end(document: &Document) -> usize {
    if document.text.is_char_boundary(document.title_len) { document.title_len } else { 0 }
}

/// The lines of `text` from byte `start`, trimmed, grouped by the blank lines between them.
fn line_groups(text: &str, start: usize) -> Vec<Vec<Span>> {
    let mut groups = Vec::new();
    let mut group: Vec<Span> = Vec::new();
    let mut line_start = start;
    for line in text[start..].split_inclusive(is_line_break) {
        let range = Span::new(line_start, line_start + line.len());
        line_start = range.end;
        match trimmed(text, range) {
            Some(span) => group.push(span),
            None if group.is_empty() => {}
            None => groups.push(std::mem::take(&mut group)),
        }
    }
    if !group.is_empty() {
        groups.push(group);
    }
    groups
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\u{2028}' | '\u{2029}' | '\u{0085}' | '\u{000B}' | '\u{000C}')
}

/// `span` without the white space at its ends; `None` when nothing is left.
pub(crate) fn trimmed(text: &str, span: Span) -> Option<Span> {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start_matches(is_blank).len());
    let end = span.end - (inner.len() - inner.trim_end_matches(is_blank).len());
    (start < end).then(|| Span::new(start, end))
}

/// For every line of a group: does it go on with the sentence or paragraph of the line before?
fn line_joins(text: &str, lines: &[Span]) -> Vec<bool> {
    let wrapped = is_hard_wrapped(text, lines);
    let mut joins = vec![false; lines.len()];
    for index in 1..lines.len() {
        let (previous, line) = (lines[index - 1], lines[index]);
        joins[index] = !starts_with_bullet(line.of(text)) && (wrapped || goes_on(text, previous, line));
    }
    joins
}

/// True when the lines look broken at a fixed width: of like length, and mostly broken inside a sentence.
fn is_hard_wrapped(text: &str, lines: &[Span]) -> bool {
    const LONGEST: usize = 130;
    const SHORTEST_FULL: usize = 40;
    let Some((_, full)) = lines.split_last() else {
        return false;
    };
    let widest = full.iter().map(Span::len).max().unwrap_or(0);
    if full.len() < 2 || !(SHORTEST_FULL..=LONGEST).contains(&widest) {
        return false;
    }
    let long = full.iter().filter(|line| line.len() * 10 >= widest * 6).count();
    let open = full.iter().filter(|line| !is_finished(text, **line)).count();
    let lower =
        lines.windows(2).filter(|pair| begins_lower(text, pair[1]) && !is_finished(text, pair[0])).count();
    long * 10 >= full.len() * 7 && open * 2 >= full.len() && lower * 2 >= open
}

fn begins_lower(text: &str, line: Span) -> bool {
    line.of(text).starts_with(char::is_lowercase)
}

/// True when the line ends like a sentence or an introduction to one.
pub(crate) fn is_finished(text: &str, line: Span) -> bool {
    let core = line.of(text).trim_end_matches(|c: char| is_closer(c) || is_blank(c));
    before(core, core.len()).is_some_and(|c| is_terminator(c) || matches!(c, ':' | ';'))
}

/// True when a line is taken up by the next: after a comma, or by a small letter after anything but a stop.
fn goes_on(text: &str, previous: Span, line: Span) -> bool {
    let form = previous.of(text);
    if form.ends_with(',') {
        return true;
    }
    // A closed quotation may be followed by its verb of saying.
    let is_open = !is_finished(text, previous) || form.ends_with(is_closer);
    is_open && begins_lower(text, line)
}

/// "- item", "* item", "• item", "1. item", "(a) item".
fn starts_with_bullet(line: &str) -> bool {
    let Some((mark, _)) = line.split_once(is_blank) else {
        return false;
    };
    if matches!(mark, "-" | "*" | "•" | "·" | "–" | "—" | "▪" | "o" | "+") {
        return true;
    }
    let label = mark.trim_start_matches('(').trim_end_matches(['.', ')']);
    label.len() < mark.len() && !label.is_empty() && label.len() <= 3 && is_list_label(label)
}

/// A short number or one letter.
pub(crate) fn is_list_label(label: &str) -> bool {
    label.bytes().all(|byte| byte.is_ascii_digit()) && label.len() <= 3
        || label.len() == 1 && label.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// A headline has at most this many words.
const LONGEST_HEADLINE: usize = 25;

/// A short line that begins like a sentence and has no full stop, colon, comma or dash at its end.
pub(crate) fn looks_like_headline(line: &str, word_count: usize) -> bool {
    if !(2..=LONGEST_HEADLINE).contains(&word_count) {
        return false;
    }
    let core = line.trim_end_matches(|c: char| is_closer(c) || is_blank(c));
    let Some(last) = before(core, core.len()) else {
        return false;
    };
    let goes_on = matches!(last, ':' | ';' | ',' | '-' | '–' | '—');
    let is_stopped = is_terminator(last) && !matches!(last, '!' | '?');
    let first = line.chars().find(|c| c.is_alphanumeric());
    !goes_on && !is_stopped && first.is_some_and(|c| !c.is_lowercase())
}

/// True when the first line of a text is a headline and not the beginning of a sentence.
pub(crate) fn opens_with_headline(text: &str) -> bool {
    const LONGEST_LINE: usize = 300;
    let Some((line, rest)) = text.split_once('\n') else {
        return false;
    };
    if line.len() > LONGEST_LINE || rest.trim().is_empty() {
        return false;
    }
    // A few lines tell whether the text is wrapped; a headline then has a blank line after it.
    const LOOK: usize = 4000;
    let head = &text[..text.floor_char_boundary(LOOK.min(text.len()))];
    let first_group = line_groups(head, 0).into_iter().next().unwrap_or_default();
    let taken_up = line_joins(head, &first_group).get(1).copied().unwrap_or(false);
    !taken_up && looks_like_headline(line, line.split_whitespace().count())
}
