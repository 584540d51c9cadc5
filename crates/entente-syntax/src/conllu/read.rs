//! Reads CoNLL-U whose sentences and words are to be kept.

use super::{COLUMNS, FORM, MISC, NO_SPACE, UNSPECIFIED};
use crate::conllu::write::{conllu_text, word_line};
use crate::error::ConlluError;
use crate::tree::ParsedSentence;
use entente_text::{Sentence, Span};
use std::io;

/// Sentences and words as a CoNLL-U file gives them, over a text made from the words.
///
/// Comments, multiword tokens and empty nodes are kept for [`Tokenized::write`]; any analysis in the
/// file is not looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokenized {
    /// The words with spaces between them as the file has it.
    pub text: String,
    /// The sentences, their byte ranges pointing into `text`.
    pub sentences: Vec<Sentence>,
    /// The lines of every sentence.
    layouts: Vec<Layout>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Layout {
    comments: Vec<String>,
    lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Line {
    /// The next word of the sentence; its remarks without name tags.
    Word { misc: String },
    /// A multiword token or an empty node, written back as it is.
    Verbatim(String),
}

/// The first column of a line.
enum Identifier {
    Word(usize),
    Multiword(usize, usize),
    Empty,
}

impl Tokenized {
    /// Reads a whole file.
    ///
    /// # Errors
    /// The first line that breaks the format, with its number.
    pub fn read(input: &str) -> Result<Self, ConlluError> {
        let mut reader = Reader::default();
        let input = input.strip_prefix('\u{feff}').unwrap_or(input);
        let mut last_line = 0;
        for (index, line) in input.lines().enumerate() {
            last_line = index + 1;
            reader.line(line.strip_suffix('\r').unwrap_or(line)).map_err(|reason| at(last_line, reason))?;
        }
        reader.end_sentence().map_err(|reason| at(last_line, reason))?;
        Ok(reader.found)
    }

    /// Writes the sentences back with a new analysis; `parsed` has one element a sentence, in order.
    ///
    /// # Errors
    /// What the output refuses; invalid input where `parsed` has other sentences or words.
    pub fn write(&self, out: &mut impl io::Write, parsed: &[ParsedSentence]) -> io::Result<()> {
        if parsed.len() != self.sentences.len() {
            return Err(mismatch());
        }
        for (layout, (sentence, given)) in self.layouts.iter().zip(parsed.iter().zip(&self.sentences)) {
            if sentence.tokens.len() != given.words.len() {
                return Err(mismatch());
            }
            for comment in &layout.comments {
                writeln!(out, "{comment}")?;
            }
            if !layout.comments.iter().any(|comment| is_text_comment(comment)) {
                writeln!(out, "# text = {}", conllu_text(given.span.of(&self.text)))?;
            }
            let mut word = 0;
            for line in &layout.lines {
                match line {
                    Line::Verbatim(line) => writeln!(out, "{line}")?,
                    Line::Word { misc } => {
                        word_line(out, &self.text, sentence, word, misc)?;
                        word += 1;
                    }
                }
            }
            writeln!(out)?;
        }
        Ok(())
    }
}

fn mismatch() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "the analysis has other sentences or words than the input")
}

fn is_text_comment(comment: &str) -> bool {
    comment.trim_start_matches('#').trim_start().starts_with("text =")
}

fn starts_paragraph(comment: &str) -> bool {
    let name = comment.trim_start_matches('#').trim_start();
    name.starts_with("newpar") || name.starts_with("newdoc")
}

fn at(line: usize, reason: String) -> ConlluError {
    ConlluError { line, reason }
}

#[derive(Default)]
struct Reader {
    found: Tokenized,
    layout: Layout,
    words: Vec<Span>,
    /// True where the next word must touch the last one.
    no_space: bool,
    /// The open multiword token: its last word, and whether no space follows it.
    multiword: Option<(usize, bool)>,
    paragraph: usize,
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), String> {
        if line.trim().is_empty() {
            return self.end_sentence();
        }
        if line.starts_with('#') {
            if !self.layout.lines.is_empty() {
                return Err("a comment after the first word of a sentence".to_owned());
            }
            if starts_paragraph(line) && !self.found.sentences.is_empty() {
                self.paragraph = self.found.sentences[self.found.sentences.len() - 1].paragraph + 1;
            }
            self.layout.comments.push(line.to_owned());
            return Ok(());
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() != COLUMNS {
            return Err(format!("{} columns instead of {COLUMNS}", columns.len()));
        }
        let no_space = columns[MISC].split('|').any(|remark| remark == NO_SPACE);
        match identifier(columns[0])? {
            Identifier::Word(number) => self.word(number, &columns, no_space)?,
            Identifier::Multiword(first, last) => {
                self.start_multiword(first, last, no_space)?;
                self.layout.lines.push(Line::Verbatim(line.to_owned()));
            }
            Identifier::Empty => self.layout.lines.push(Line::Verbatim(line.to_owned())),
        }
        Ok(())
    }

    fn word(&mut self, number: usize, columns: &[&str], no_space: bool) -> Result<(), String> {
        let expected = self.words.len() + 1;
        if number != expected {
            return Err(format!("word {number} where word {expected} is due"));
        }
        let form = columns[FORM];
        if form.trim().is_empty() {
            return Err("a word without a form".to_owned());
        }
        let text = &mut self.found.text;
        if self.words.is_empty() {
            if !text.is_empty() {
                let earlier = self.found.sentences.last().map(|sentence| sentence.paragraph);
                text.push(if earlier == Some(self.paragraph) { ' ' } else { '\n' });
            }
        } else if !self.no_space {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(form);
        self.words.push(Span::new(start, text.len()));
        self.no_space = match self.multiword {
            Some((last, after)) if last == number => after,
            Some(_) => true,
            None => no_space,
        };
        if self.multiword.is_some_and(|(last, _)| last == number) {
            self.multiword = None;
        }
        self.layout.lines.push(Line::Word { misc: columns[MISC].to_owned() });
        Ok(())
    }

    fn start_multiword(&mut self, first: usize, last: usize, no_space: bool) -> Result<(), String> {
        if first != self.words.len() + 1 || last < first || self.multiword.is_some() {
            return Err(format!("multiword token {first}-{last} out of place"));
        }
        self.multiword = Some((last, no_space));
        Ok(())
    }

    fn end_sentence(&mut self) -> Result<(), String> {
        if self.layout == Layout::default() {
            return Ok(());
        }
        let (Some(first), Some(last)) = (self.words.first(), self.words.last()) else {
            return Err("a sentence without words".to_owned());
        };
        if let Some((last, _)) = self.multiword {
            return Err(format!("a multiword token up to word {last}, which is missing"));
        }
        self.found.sentences.push(Sentence {
            span: first.cover(*last),
            words: std::mem::take(&mut self.words),
            is_headline: false,
            paragraph: self.paragraph,
        });
        self.found.layouts.push(std::mem::take(&mut self.layout));
        self.no_space = false;
        Ok(())
    }
}

fn identifier(column: &str) -> Result<Identifier, String> {
    let invalid = || format!("invalid word number {column}");
    let number = |digits: &str| -> Result<usize, String> {
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(invalid());
        }
        digits.parse().map_err(|_| invalid())
    };
    if let Some((first, last)) = column.split_once('-') {
        return Ok(Identifier::Multiword(number(first)?, number(last)?));
    }
    if let Some((before, position)) = column.split_once('.') {
        number(before)?;
        number(position)?;
        return Ok(Identifier::Empty);
    }
    Ok(Identifier::Word(number(column)?))
}

/// The remarks of a word without those that the analysis writes anew.
pub(super) fn kept_remarks(misc: &str) -> impl Iterator<Item = &str> {
    misc.split('|')
        .filter(|remark| !remark.is_empty() && *remark != UNSPECIFIED && !remark.starts_with(super::NAME_KEY))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Deprel, Name, NameKind, Relation, Token, Upos};

    const GIVEN: &str = "# newdoc\n# sent_id = a-1\n# text = They don't (yet) know.\n\
        1\tThey\tthey\tPRON\tPRP\tCase=Nom\t4\tnsubj\t_\tOld=1|Name=B-PER\n\
        2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        2\tdo\t_\t_\t_\t_\t_\t_\t_\t_\n\
        3\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        3.1\tever\t_\t_\t_\t_\t_\t_\t_\t_\n\
        4\tknow\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
        5\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\
        \n\
        1\tNew York\t_\t_\t_\t_\t_\t_\t_\t_\n";

    /// Every word hangs on the first, as a name of its own.
    fn chain(sentence: &Sentence) -> ParsedSentence {
        let tokens: Vec<Token> = sentence
            .words
            .iter()
            .enumerate()
            .map(|(index, span)| Token {
                span: *span,
                upos: Upos::X,
                lemma: "l".to_owned(),
                head: (index > 0).then_some(0),
                relation: Relation { base: if index == 0 { Deprel::Root } else { Deprel::Dep }, subtype: "" },
            })
            .collect();
        let names = vec![Name { first: 0, end: 1, kind: NameKind::Person }];
        ParsedSentence::new(sentence.span, sentence.paragraph, false, tokens, names)
    }

    #[test]
    fn words_and_sentences_are_kept() {
        let tokenized = Tokenized::read(GIVEN).unwrap();
        assert_eq!(tokenized.text, "They don't know. New York");
        let words: Vec<Vec<&str>> = tokenized
            .sentences
            .iter()
            .map(|sentence| sentence.words.iter().map(|span| span.of(&tokenized.text)).collect())
            .collect();
        assert_eq!(words, [vec!["They", "do", "n't", "know", "."], vec!["New York"]]);
    }

    #[test]
    fn other_lines_are_written_back() {
        let tokenized = Tokenized::read(GIVEN).unwrap();
        let parsed: Vec<ParsedSentence> = tokenized.sentences.iter().map(chain).collect();
        let mut out = Vec::new();
        tokenized.write(&mut out, &parsed).unwrap();
        let written = String::from_utf8(out).unwrap();
        let expected = "# newdoc\n# sent_id = a-1\n# text = They don't (yet) know.\n\
            1\tThey\tl\tX\t_\t_\t0\troot\t_\tOld=1|Name=B-PER\n\
            2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n\
            2\tdo\tl\tX\t_\t_\t1\tdep\t_\t_\n\
            3\tn't\tl\tX\t_\t_\t1\tdep\t_\t_\n\
            3.1\tever\t_\t_\t_\t_\t_\t_\t_\t_\n\
            4\tknow\tl\tX\t_\t_\t1\tdep\t_\tSpaceAfter=No\n\
            5\t.\tl\tX\t_\t_\t1\tdep\t_\t_\n\
            \n\
            # text = New York\n\
            1\tNew York\tl\tX\t_\t_\t0\troot\t_\tName=B-PER\n\n";
        assert_eq!(written, expected);
        let again = Tokenized::read(&written).unwrap();
        assert_eq!((again.text, again.sentences), (tokenized.text, tokenized.sentences));
    }

    #[test]
    fn paragraphs_are_counted_and_odd_line_ends_accepted() {
        let word = "1\ta\t_\t_\t_\t_\t_\t_\t_\t_";
        let input = format!("\u{feff}# newpar\r\n{word}\r\n\r\n\r\n{word}\n\n# newpar\n{word}");
        let tokenized = Tokenized::read(&input).unwrap();
        let paragraphs: Vec<usize> = tokenized.sentences.iter().map(|sentence| sentence.paragraph).collect();
        assert_eq!(paragraphs, [0, 0, 1]);
        assert_eq!(tokenized.text, "a a\na");
        assert_eq!(Tokenized::read("").unwrap(), Tokenized::default());
    }

    #[test]
    fn errors_name_the_line() {
        let rest = "\t_\t_\t_\t_\t_\t_\t_\t_";
        let cases = [
            ("1\ta b c\n".to_owned(), 1),
            (format!("1\ta{rest}\n3\tb{rest}\n"), 2),
            (format!("# c\n\n1\ta{rest}\n"), 2),
            (format!("1\ta{rest}\n# c\n"), 2),
            (format!("1\ta{rest}\n\n2-3\tbc{rest}\n"), 3),
            (format!("1-2\tab{rest}\n1\ta{rest}\n\n"), 3),
            (format!("x\ta{rest}\n"), 1),
            (format!("1.x\ta{rest}\n"), 1),
            (format!("+1\ta{rest}\n"), 1),
            (format!("99999999999999999999999\ta{rest}\n"), 1),
            (format!("1\t {rest}\n"), 1),
        ];
        for (input, line) in cases {
            assert_eq!(Tokenized::read(&input).unwrap_err().line, line, "{input}");
        }
    }
}
