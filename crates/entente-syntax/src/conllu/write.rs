//! Writes analysed sentences as CoNLL-U.

use super::read::kept_remarks;
use super::{NAME_KEY, NO_SPACE, UNSPECIFIED};
use crate::tree::{Deprel, NameKind, ParsedSentence};
use std::borrow::Cow;
use std::io;

/// One sentence to be written.
#[derive(Debug, Clone, Copy)]
pub struct ConlluSentence<'s> {
    /// The document's text.
    pub text: &'s str,
    /// The analysis.
    pub sentence: &'s ParsedSentence,
    /// Value of the comment `sent_id`, if one is wanted.
    pub id: Option<&'s str>,
}

/// Writes a sentence: the comments `sent_id` and `text`, a line a word, an empty line. Names are in
/// the last column as `Name=B-PER`, `Name=I-PER`.
///
/// # Errors
/// What the output refuses.
pub fn write_sentence(out: &mut impl io::Write, given: ConlluSentence<'_>) -> io::Result<()> {
    let ConlluSentence { text, sentence, id } = given;
    if let Some(id) = id {
        writeln!(out, "# sent_id = {}", conllu_text(id))?;
    }
    writeln!(out, "# text = {}", conllu_text(sentence.span.of(text)))?;
    for (word, token) in sentence.tokens.iter().enumerate() {
        let follows_directly = match sentence.tokens.get(word + 1) {
            Some(next) => next.span.start == token.span.end,
            None => text[token.span.end..].starts_with(|next: char| !next.is_whitespace()),
        };
        word_line(out, text, sentence, word, if follows_directly { NO_SPACE } else { UNSPECIFIED })?;
    }
    writeln!(out)
}

/// The line of one word; `misc` holds the remarks to keep.
pub(super) fn word_line(
    out: &mut impl io::Write,
    text: &str,
    sentence: &ParsedSentence,
    word: usize,
    misc: &str,
) -> io::Result<()> {
    let token = &sentence.tokens[word];
    let head = token.head.map_or(0, |head| head + 1);
    debug_assert_eq!(head == 0, token.relation.base == Deprel::Root, "the root and no other word is root");
    write!(
        out,
        "{}\t{}\t{}\t{}\t_\t_\t{head}\t{}\t_\t",
        word + 1,
        conllu_text(token.span.of(text)),
        conllu_text(&token.lemma),
        token.upos,
        token.relation
    )?;
    let name = name_tag(sentence, word);
    let mut separator = "";
    for remark in kept_remarks(misc) {
        write!(out, "{separator}{remark}")?;
        separator = "|";
    }
    if let Some((position, kind)) = name {
        write!(out, "{separator}{NAME_KEY}{position}-{kind}")?;
    } else if separator.is_empty() {
        write!(out, "{UNSPECIFIED}")?;
    }
    writeln!(out)
}

/// `B` or `I` and the kind of the name that covers a word. Names are in order and apart.
fn name_tag(sentence: &ParsedSentence, word: usize) -> Option<(char, NameKind)> {
    let index = sentence.names.partition_point(|name| name.end <= word);
    let name = sentence.names.get(index).filter(|name| name.first <= word)?;
    Some((if name.first == word { 'B' } else { 'I' }, name.kind))
}

/// A text without the line feeds and tabs that would break a line apart.
pub(super) fn conllu_text(text: &str) -> Cow<'_, str> {
    if text.contains(|character: char| character.is_control() || matches!(character, '\u{2028}' | '\u{2029}'))
    {
        let parts = text.split(|character: char| character.is_control() || character.is_whitespace());
        let joined = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        return Cow::Owned(if joined.is_empty() { UNSPECIFIED.to_owned() } else { joined });
    }
    Cow::Borrowed(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conllu::Tokenized;
    use crate::tree::{Name, Relation, Token, Upos};
    use entente_text::Span;

    fn token(start: usize, end: usize, head: Option<usize>, relation: &str) -> Token {
        Token {
            span: Span::new(start, end),
            upos: Upos::Propn,
            lemma: "x".to_owned(),
            head,
            relation: Relation::parse(relation).unwrap(),
        }
    }

    #[test]
    fn a_sentence_is_written_and_read_back() {
        let text = "Kim\nJong Un left. Then";
        let tokens = vec![
            token(0, 3, Some(3), "nsubj"),
            token(4, 8, Some(0), "flat"),
            token(9, 11, Some(0), "flat"),
            token(12, 16, None, "root"),
            token(16, 17, Some(3), "punct"),
        ];
        let names = vec![Name { first: 0, end: 3, kind: NameKind::Person }];
        let sentence = ParsedSentence::new(Span::new(0, 17), 0, false, tokens, names);
        let mut out = Vec::new();
        write_sentence(&mut out, ConlluSentence { text, sentence: &sentence, id: Some("d-1") }).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert_eq!(
            written,
            "# sent_id = d-1\n# text = Kim Jong Un left.\n\
             1\tKim\tx\tPROPN\t_\t_\t4\tnsubj\t_\tName=B-PER\n\
             2\tJong\tx\tPROPN\t_\t_\t1\tflat\t_\tName=I-PER\n\
             3\tUn\tx\tPROPN\t_\t_\t1\tflat\t_\tName=I-PER\n\
             4\tleft\tx\tPROPN\t_\t_\t0\troot\t_\tSpaceAfter=No\n\
             5\t.\tx\tPROPN\t_\t_\t4\tpunct\t_\t_\n\n"
        );
        assert_eq!(Tokenized::read(&written).unwrap().text, "Kim Jong Un left.");
    }

    #[test]
    fn control_characters_never_break_a_line() {
        assert_eq!(conllu_text("a\tb\r\nc"), "a b c");
        assert_eq!(conllu_text("\u{0}"), "_");
        assert_eq!(conllu_text("plain text"), "plain text");
    }
}
