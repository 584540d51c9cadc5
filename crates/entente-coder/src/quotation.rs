//! Stretches of text in quotation marks, over sentence borders but not over paragraphs.

use entente_text::Span;

/// An opening mark and what closes it.
const CURLY: [(char, char); 3] = [('“', '”'), ('„', '“'), ('«', '»')];

/// The insides of all quotations, in order, without their marks. A quotation that its paragraph does not close
/// ends with the paragraph, as in newspapers, where the next paragraph opens with a mark again.
pub(crate) fn quotations(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut offset = 0;
    for paragraph in text.split_inclusive('\n') {
        paragraph_quotations(paragraph, offset, &mut found);
        offset += paragraph.len();
    }
    found
}

fn paragraph_quotations(paragraph: &str, offset: usize, found: &mut Vec<Span>) {
    let mut open: Option<(usize, char)> = None;
    let mut previous = ' ';
    let mut characters = paragraph.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map_or(' ', |(_, next)| *next);
        match open {
            Some((start, close)) if closes(character, close, next) => {
                push(found, offset + start, offset + at);
                open = None;
            }
            Some(_) => {}
            None => open = opens(character, previous, next).map(|close| (at + character.len_utf8(), close)),
        }
        previous = character;
    }
    if let Some((start, close)) = open
        && close != '’'
    {
        push(found, offset + start, offset + paragraph.trim_end().len());
    }
}

fn push(found: &mut Vec<Span>, start: usize, end: usize) {
    if start < end {
        found.push(Span::new(start, end));
    }
}

/// A single mark closes only before a space or punctuation, since it is also the apostrophe.
fn closes(character: char, close: char, next: char) -> bool {
    character == close && (!matches!(close, '’' | '\'') || !next.is_alphanumeric())
}

fn opens(character: char, previous: char, next: char) -> Option<char> {
    if let Some((_, close)) = CURLY.iter().find(|(open, _)| *open == character) {
        return Some(*close);
    }
    let at_word_start = !previous.is_alphanumeric() && next.is_alphanumeric();
    match character {
        '"' => Some('"'),
        '‘' if at_word_start => Some('’'),
        '\'' if at_word_start && previous != '\u{2019}' => Some('\''),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn insides(text: &str) -> Vec<&str> {
        quotations(text).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn marks_of_all_shapes() {
        assert_eq!(insides("He said “we go” and \"they stay\"."), ["we go", "they stay"]);
        assert_eq!(insides("It was ‘their army’s fault’, he said."), ["their army’s fault"]);
        assert_eq!(insides("The ministers' talks and the kings' ball."), Vec::<&str>::new());
    }

    #[test]
    fn an_open_quotation_ends_with_its_paragraph() {
        assert_eq!(insides("“One.\n“Two,” he said."), ["One.", "Two,"]);
    }
}
