use proptest::prelude::*;

use super::*;
use crate::DocumentParts;
use crate::characters::is_blank;

fn document(title: Option<&str>, body: &str) -> Document {
    Document::new(DocumentParts {
        title: title.map(str::to_string),
        body: body.to_string(),
        ..DocumentParts::default()
    })
}

fn sentences(body: &str) -> Vec<String> {
    let document = document(None, body);
    segment(&document).iter().map(|sentence| sentence.span.of(&document.text).to_string()).collect()
}

/// Every promise of [`segment`] about offsets.
fn check(document: &Document) {
    let text = &document.text;
    let mut at = 0;
    for sentence in segment(document) {
        assert!(!sentence.words.is_empty());
        assert!(sentence.words.len() <= LONGEST_SENTENCE);
        assert_eq!(sentence.span.start, sentence.words[0].start);
        assert_eq!(sentence.span.end, sentence.words[sentence.words.len() - 1].end);
        for word in &sentence.words {
            assert!(text.is_char_boundary(word.start) && text.is_char_boundary(word.end));
            assert!(!word.is_empty() && word.len() <= 256);
            assert!(text[at..word.start].chars().all(is_blank), "text between words at byte {at}");
            assert!(!word.of(text).chars().any(is_blank), "a word with a blank");
            at = word.end;
        }
    }
    assert!(text[at..].chars().all(is_blank), "text after the last word");
}

proptest! {
    #[test]
    fn words_hold_every_character_in_order(text in any::<String>(), title in proptest::option::of(any::<String>())) {
        check(&document(title.as_deref(), &text));
    }

    #[test]
    fn words_hold_every_character_of_text_like_input(text in "([A-Za-z0-9é’'\"“”().,:;/$%&@#!?…-]{0,12}[ \n]{0,2}){0,40}") {
        check(&document(None, &text));
    }
}

#[test]
fn the_title_is_one_headline() {
    let document = document(Some("War. What next? Ask Mr. Roe"), "Nobody knows. They wait.");
    let found = segment(&document);
    assert_eq!(found.len(), 3);
    assert!(found[0].is_headline && !found[1].is_headline);
    assert_eq!(found[0].span.of(&document.text), "War. What next? Ask Mr. Roe");
    assert_eq!([found[0].paragraph, found[1].paragraph, found[2].paragraph], [0, 1, 1]);
}

#[test]
fn a_line_without_a_full_stop_is_a_headline() {
    let document =
        document(None, "Iran rejects offer\nTehran said no on Monday.\nWhat comes next\nNobody knows.");
    let marks: Vec<bool> = segment(&document).iter().map(|sentence| sentence.is_headline).collect();
    assert_eq!(marks, [true, false, true, false]);
}

#[test]
fn wrapped_lines_are_joined_and_paragraphs_are_not() {
    let wrapped = "The foreign ministry of Iran said on Monday that it would send\n\
                   envoys to the talks in Geneva, which are to begin on Friday and\n\
                   will go on for three days. Russia and China welcomed the move\n\
                   and promised to come.";
    assert_eq!(sentences(wrapped).len(), 2);
    assert_eq!(sentences("Iran said yes\nRussia said no\nChina said nothing").len(), 3);
    assert_eq!(sentences("He went to the talks\nand came back.").len(), 1);
    assert_eq!(sentences("He went to the talks\n\nand came back.").len(), 2);
    assert_eq!(sentences("- Iran agreed\n- russia refused").len(), 2);
    assert_eq!(sentences("“We stay,”\nsaid the minister of Iran.").len(), 1);
}

#[test]
fn a_title_length_off_a_boundary_does_no_harm() {
    let mut broken = document(None, "é is a letter. It is one.");
    broken.title_len = 1;
    check(&broken);
    broken.title_len = 10_000;
    check(&broken);
}

#[test]
fn an_endless_sentence_is_cut_after_a_comma() {
    let text = "word ".repeat(350) + ", " + &"word ".repeat(350);
    let document = document(None, &text);
    let found = segment(&document);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].words.len(), 351);
    check(&document);
}

#[test]
fn hostile_text_takes_linear_time() {
    for unit in [
        "a",
        ".",
        "\"",
        "'",
        "(",
        "a.b",
        "a-",
        "1-",
        "a'",
        "http://",
        "@a",
        "!\u{200B}",
        ". ",
        "\n",
        "« ",
        "A.\n",
        "é",
        "& a",
    ] {
        let body = unit.repeat(400_000 / unit.len());
        let begun = std::time::Instant::now();
        check(&document(None, &body));
        let taken = begun.elapsed();
        assert!(taken < std::time::Duration::from_secs(20), "{unit:?} took {taken:?}");
    }
}
