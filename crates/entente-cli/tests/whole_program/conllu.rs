//! `entente conllu`: trees of our own words, and of words that are given.

use crate::support::{command, entente, entente_reading, file, finished, folder, summit};

/// Two documents, three sentences; multiword tokens, an empty node, remarks and comments that must survive.
const GIVEN: &str = "# newdoc id = harbour\n\
    # sent_id = harbour-1\n\
    # text = They don't trust Norway's offer.\n\
    # note = our own\n\
    1\tThey\t_\t_\t_\t_\t_\t_\t_\t_\n\
    2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n\
    2\tdo\t_\t_\t_\t_\t_\t_\t_\t_\n\
    3\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n\
    4\ttrust\t_\t_\t_\t_\t_\t_\t_\t_\n\
    5-6\tNorway's\t_\t_\t_\t_\t_\t_\t_\t_\n\
    5\tNorway\t_\t_\t_\t_\t_\t_\t_\t_\n\
    6\t's\t_\t_\t_\t_\t_\t_\t_\t_\n\
    6.1\tkind\t_\t_\t_\t_\t_\t_\t_\t_\n\
    7\toffer\t_\t_\t_\t_\t_\t_\t_\tGloss=bid|SpaceAfter=No\n\
    8\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\
    \n\
    # sent_id = harbour-2\n\
    1\tState-run\t_\t_\t_\t_\t_\t_\t_\t_\n\
    2\tradio\t_\t_\t_\t_\t_\t_\t_\t_\n\
    3\tfell\t_\t_\t_\t_\t_\t_\t_\t_\n\
    4\tsilent\t_\t_\t_\t_\t_\t_\t_\t_\n\
    \n\
    # newdoc id = market\n\
    # sent_id = market-1\n\
    1\t“\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
    2\tYes\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
    3\t”\t_\t_\t_\t_\t_\t_\t_\t_\n\
    4\t🌊\t_\t_\t_\t_\t_\t_\t_\t_\n\
    \n";

/// A word line: number, columns.
struct Word<'l> {
    number: usize,
    columns: Vec<&'l str>,
}

/// The sentences of CoNLL-U text, each with its comments and word lines; checks the columns on the way.
fn sentences(written: &str) -> Vec<(Vec<&str>, Vec<Word<'_>>)> {
    assert!(written.ends_with("\n\n"), "the last sentence is not closed");
    let mut all = Vec::new();
    for block in written.trim_end_matches('\n').split("\n\n") {
        let comments: Vec<&str> = block.lines().filter(|line| line.starts_with('#')).collect();
        let mut words = Vec::new();
        for line in block.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 10, "{line:?}");
            assert!(columns.iter().all(|column| !column.is_empty()), "{line:?}");
            if let Ok(number) = columns[0].parse() {
                words.push(Word { number, columns });
            }
        }
        all.push((comments, words));
    }
    all
}

/// One root, every head a word of the sentence, and every word below the root; tags from the lists of UD.
fn assert_tree(words: &[Word<'_>]) {
    const TAGS: [&str; 17] = [
        "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
        "SCONJ", "SYM", "VERB", "X",
    ];
    let heads: Vec<usize> =
        words.iter().map(|word| word.columns[6].parse().expect("a head is a number")).collect();
    assert_eq!(heads.iter().filter(|head| **head == 0).count(), 1, "not one root: {heads:?}");
    for (index, word) in words.iter().enumerate() {
        assert_eq!(word.number, index + 1);
        assert!(TAGS.contains(&word.columns[3]), "{:?}", word.columns);
        assert_ne!(word.columns[2], "_", "no lemma: {:?}", word.columns);
        assert_eq!(heads[index] == 0, word.columns[7] == "root", "{:?}", word.columns);
        let relation = word.columns[7].split(':').next().unwrap_or_default();
        assert!(relation.bytes().all(|byte| byte.is_ascii_lowercase()) && !relation.is_empty());
        let mut at = index + 1;
        for _ in 0..words.len() {
            at = if at == 0 { 0 } else { heads[at - 1] };
        }
        assert_eq!(at, 0, "word {} hangs in a circle: {heads:?}", index + 1);
    }
}

#[test]
fn an_article_becomes_trees_over_its_own_text() {
    let run = entente(&["conllu", summit().to_str().expect("a plain path")]).expect_silent_success();
    let found = sentences(&run.stdout);
    assert!(found.len() >= 15, "only {} sentences", found.len());
    let article = std::fs::read_to_string(summit()).expect("the sample article");
    for (comments, words) in &found {
        assert_tree(words);
        let text = comments.iter().find_map(|line| line.strip_prefix("# text = ")).expect("a text comment");
        assert!(article.contains(text), "{text:?} is not in the article");
        let mut rebuilt = String::new();
        for word in words {
            rebuilt.push_str(word.columns[1]);
            let touches = word.columns[9].split('|').any(|remark| remark == "SpaceAfter=No");
            rebuilt.push_str(if touches { "" } else { " " });
        }
        assert_eq!(rebuilt.trim_end(), text);
    }
}

#[test]
fn given_words_and_sentences_are_kept() {
    let folder = folder();
    let path = file(&folder, "given.conllu", GIVEN);
    let run =
        entente(&["conllu", "--tokenized", path.to_str().expect("a plain path")]).expect_silent_success();
    let (before, after) = (sentences(GIVEN), sentences(&run.stdout));
    assert_eq!(after.len(), 3);
    for ((comments_before, words_before), (comments_after, words_after)) in before.iter().zip(&after) {
        let forms =
            |words: &[Word<'_>]| words.iter().map(|word| word.columns[1].to_owned()).collect::<Vec<_>>();
        assert_eq!(forms(words_before), forms(words_after));
        assert!(comments_before.iter().all(|comment| comments_after.contains(comment)), "{comments_after:?}");
        assert_tree(words_after);
    }
    // Lines that are no words come back as they were, at their places.
    let others = |text: &str| -> Vec<String> {
        let is_other =
            |line: &&str| line.split('\t').next().is_some_and(|number| number.contains(['-', '.']));
        text.lines().filter(|line| !line.starts_with('#')).filter(is_other).map(str::to_owned).collect()
    };
    assert_eq!(others(GIVEN), others(&run.stdout));
    assert_eq!(others(GIVEN).len(), 3);
    let offer = run.stdout.lines().find(|line| line.starts_with("7\toffer\t")).expect("the word is there");
    assert!(offer.ends_with("Gloss=bid|SpaceAfter=No"), "{offer}");
    // Read again, the output gives itself.
    let again = entente_reading(&["conllu", "--tokenized", "-"], &run.stdout).expect_silent_success();
    assert_eq!(again.stdout, run.stdout);
}

#[test]
fn malformed_conllu_is_named_with_file_and_line() {
    let folder = folder();
    let rest = "\t_\t_\t_\t_\t_\t_\t_\t_";
    let cases = [
        ("columns", "1\tNorway\tsleeps\n".to_owned(), 1),
        ("numbers", format!("# text = a b\n1\ta{rest}\n3\tb{rest}\n\n"), 3),
        ("multiword", format!("1\ta{rest}\n\n1-2\tdon't{rest}\n1\tdo{rest}\n\n"), 5),
        ("comments", "# text = a\n\n".to_owned(), 2),
        ("text", "Norway sleeps.\n".to_owned(), 1),
    ];
    let good = file(&folder, "good.conllu", GIVEN);
    for (name, content, line) in cases {
        let path = file(&folder, &format!("{name}.conllu"), content);
        let run = entente(&["conllu".as_ref(), "--tokenized".as_ref(), path.as_os_str(), good.as_os_str()])
            .expect_code(1);
        assert_eq!(sentences(&run.stdout).len(), 3, "the good file is still analysed");
        assert_eq!(run.complaints().len(), 1, "{}", run.stderr);
        assert!(run.stderr.starts_with(&format!("entente: {}:{line}: ", path.display())), "{}", run.stderr);
    }
}

#[test]
fn unusable_conllu_is_refused() {
    let folder = folder();
    let absent = folder.path().join("absent.conllu");
    for path in
        [file(&folder, "empty.conllu", "\n\n"), file(&folder, "latin.conllu", b"1\tcaf\xe9\n"), absent]
    {
        let run = entente(&["conllu".as_ref(), "--tokenized".as_ref(), path.as_os_str()]).expect_code(2);
        assert_eq!(run.stdout, "");
        assert_eq!(run.complaints().len(), 1, "{}", run.stderr);
        assert!(run.stderr.contains(&path.display().to_string()), "{}", run.stderr);
    }
}

#[test]
fn a_reader_of_given_words_may_stop_early() {
    let folder = folder();
    let path = file(&folder, "long.conllu", GIVEN.repeat(40));
    let mut child = command(&["conllu".as_ref(), "--tokenized".as_ref(), path.as_os_str()])
        .spawn()
        .expect("the binary starts");
    drop(child.stdout.take());
    let run = finished(child.wait_with_output().expect("the binary ends"));
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
}
