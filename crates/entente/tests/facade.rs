//! The library as a program uses it: an article in, coded records out.

use entente::{Coder, Document, DocumentParts, Error, EventType, ReadOptions, read_path};
use std::path::Path;
use std::sync::LazyLock;

static CODER: LazyLock<Coder> = LazyLock::new(|| Coder::new().expect("the embedded parts are sound"));

fn document(body: &str) -> Document {
    Document::new(DocumentParts { body: body.to_owned(), ..DocumentParts::default() })
}

#[test]
fn an_act_comes_out_with_both_sides() {
    let annotation =
        CODER.code(&document("Norway expelled the Danish ambassador.")).expect("a plain sentence");
    assert_eq!(annotation.sentences.len(), 1);
    let sanctions: Vec<_> =
        annotation.events.iter().filter(|event| event.event == EventType::Sanction).collect();
    assert_eq!(sanctions.len(), 1, "{:#?}", annotation.events);
    let event = sanctions[0];
    assert_eq!(event.trigger.text, "expelled");
    assert_eq!(event.mode, ["expel"]);
    assert_eq!(event.actor[0].code.as_deref(), Some("NOR"));
    assert_eq!(event.recipient[0].code.as_deref(), Some("DNK"));
    assert!(event.aux.is_empty() && event.claim.is_empty());
    assert!(!event.reason.is_empty());
}

#[test]
fn a_sentence_without_an_act_gives_none() {
    let annotation =
        CODER.code(&document("The weather in Oslo was mild and the shops were open.")).expect("text");
    assert_eq!(annotation.events, []);
}

#[test]
fn texts_without_words_are_no_failure() {
    for body in ["", " \n\t ", "?!", "\u{0}\u{1}", "🌊", "\u{301}", "\u{feff}", "a", "\n\n\n.\n\n"] {
        let annotation = CODER.code(&document(body)).unwrap_or_else(|error| panic!("{body:?}: {error}"));
        assert!(annotation.events.is_empty(), "{body:?}");
        assert_eq!(annotation.text, body);
    }
}

#[test]
fn an_analysis_has_a_tree_a_sentence_over_the_words_of_the_text() {
    let article = document("Chad's envoy met Mali’s president. “No,” he said: nothing was signed.");
    let sentences = CODER.analyse(&article).expect("plain sentences");
    assert_eq!(sentences.len(), 2);
    for sentence in &sentences {
        assert_eq!(sentence.tokens.iter().filter(|token| token.head.is_none()).count(), 1);
        for token in &sentence.tokens {
            assert!(sentence.span.contains(token.span));
            assert!(!token.span.of(&article.text).trim().is_empty() && !token.lemma.is_empty());
        }
    }
    assert_eq!(sentences[0].tokens[0].span.of(&article.text), "Chad");
}

#[test]
fn one_coder_serves_many_threads() {
    fn is_shared<T: Send + Sync>(_: &T) {}
    is_shared(&*CODER);
    let articles: Vec<Document> = [
        "Norway expelled the Danish ambassador.",
        "Chad thanked Mali for its help after the flood, and it promised to repay the loan.",
        "Police in Peru arrested 14 protesters on Monday, the interior ministry said.",
        "Togo threatened to close the border unless Ghana pays by Friday.",
    ]
    .map(document)
    .into();
    let alone: Vec<_> =
        articles.iter().map(|article| CODER.code(article).expect("a plain article")).collect();
    assert!(alone.iter().all(|annotation| !annotation.events.is_empty()), "{alone:#?}");
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4)
            .map(|first| {
                let (articles, alone) = (&articles, &alone);
                scope.spawn(move || {
                    for at in (0..articles.len()).map(|step| (first + step) % articles.len()) {
                        assert_eq!(CODER.code(&articles[at]).expect("a plain article"), alone[at]);
                    }
                })
            })
            .collect();
        for worker in workers {
            worker.join().expect("every thread finds the same");
        }
    });
}

#[test]
fn a_faulty_codebook_is_an_error_of_its_own_kind() {
    let missing = Coder::with_codebook(Path::new("/nowhere/at/all"));
    assert!(matches!(missing, Err(Error::Codebook(_))));
}

#[test]
fn files_are_read_and_coded_in_a_few_lines() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/summit.txt");
    let options =
        ReadOptions { published: Some("2024-03-07".parse().expect("a date")), ..ReadOptions::default() };
    let articles: Vec<Document> =
        read_path(&sample, &options).collect::<Result<_, _>>().expect("the sample is readable");
    assert_eq!(articles.len(), 1);
    let annotation = CODER.code(&articles[0]).expect("the sample is plain text");
    assert_eq!(annotation.published.as_deref(), Some("2024-03-07"));
    assert!(annotation.events.iter().any(|event| event.event == EventType::Accuse));
    assert!(annotation.people.iter().any(|person| person.name == "Jonas Berg"));
}
