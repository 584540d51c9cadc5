//! A codebook at fault stops the run before anything is coded, and the message says where.

use crate::support::{ARTICLE, entente, file, folder, repository, summit};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// The shipped codebook in a folder of its own.
fn copied_codebook() -> TempDir {
    let copy = folder();
    for entry in fs::read_dir(repository().join("codebooks/plover")).expect("the codebook is there") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, copy.path().join(path.file_name().expect("a file"))).expect("a file is copied");
    }
    copy
}

/// Adds text to the end of a file and returns the number of its first new line.
fn append(path: &PathBuf, addition: &str) -> usize {
    let content = fs::read_to_string(path).expect("a codebook file is text");
    fs::write(path, format!("{content}\n{addition}")).expect("a file is written");
    content.lines().count() + 2
}

#[test]
fn a_fault_is_named_with_file_and_line() {
    // Each addition, the line of the fault within it (from 0), and a word of the message.
    let faults = [
        ("[[frame]]\nverb = [\"frobnicate\"\nmode = [\n", 1..=3, ""),
        ("[[frame]]\nverb = [\"frobnicate\"]\ncolour = \"red\"\n", 0..=2, "colour"),
        ("[[frame]]\nverb = \"frobnicate\"\n", 0..=1, ""),
        ("[[frame]]\nverb = [\"frobnicate\"]\nmode = [\"sideways\"]\n", 0..=0, "sideways"),
        ("[[frame]]\nverb = [\"frobnicate\"]\nobject = [\"@no_such_set\"]\n", 0..=0, "no_such_set"),
        ("[[frame]]\nverb = [\"frobnicate\"]\nconfidence = 7.0\n", 0..=2, "confidence"),
        ("[[example]]\ntext = \"A.\"\nevents = [{ trigger = \"a\", event = \"DANCE\" }]\n", 0..=2, "DANCE"),
    ];
    for (addition, lines, word) in faults {
        let codebook = copied_codebook();
        let first = append(&codebook.path().join("aid.toml"), addition);
        let folder = codebook.path().to_str().expect("a plain path");
        let run = entente(&["codebook", "check", folder]).expect_code(2);
        assert_eq!(run.complaints().len(), 1, "{}", run.stderr);
        assert_eq!(run.stdout, "");
        let (_, place) =
            run.stderr.split_once("aid.toml:").unwrap_or_else(|| panic!("no place: {}", run.stderr));
        let (number, message) = place.split_once(':').expect("a line number and a message");
        let line: usize = number.parse().unwrap_or_else(|_| panic!("no line number: {}", run.stderr));
        assert!(lines.contains(&(line - first)), "fault after line {first}: {}", run.stderr);
        assert!(message.contains(word), "{}", run.stderr);
    }
}

#[test]
fn a_faulty_codebook_stops_every_command_that_takes_one() {
    let codebook = copied_codebook();
    append(&codebook.path().join("aid.toml"), "[[frame]]\nverb = 5\n");
    let folder = codebook.path().to_str().expect("a plain path");
    let summit = summit();
    let article = summit.to_str().expect("a plain path");
    for command in ["code", "annotate", "conllu"] {
        let run = entente(&[command, "--codebook", folder, article]).expect_code(2);
        assert_eq!(run.stdout, "", "{command}");
        assert!(run.complaints().len() == 1 && run.stderr.contains("aid.toml:"), "{command}: {}", run.stderr);
    }
}

#[test]
fn an_absent_codebook_is_named() {
    let run = entente(&["codebook", "check", "/nowhere/at/all"]).expect_code(2);
    assert_eq!(run.complaints().len(), 1);
    assert!(run.stderr.contains("/nowhere/at/all"), "{}", run.stderr);
}

#[test]
fn a_codebook_of_ones_own_decides_what_is_coded() {
    let codebook = copied_codebook();
    append(
        &codebook.path().join("aid.toml"),
        "[[frame]]\nverb = [\"provision\"]\nrecipient = [\"object\"]\nneeds = [\"actor\"]\nconfidence = 0.9\n",
    );
    let articles = folder();
    let article = file(&articles, "a.txt", format!("{ARTICLE} On Tuesday Norway provisioned Denmark."));
    // The model may see an act in the word by itself; the codebook's frame is named only where there is one.
    let coded = |codebook: Option<&str>| -> Vec<(String, bool)> {
        let mut arguments = vec!["code", "--format", "jsonl", article.to_str().expect("a plain path")];
        arguments.extend(codebook.into_iter().flat_map(|folder| ["--codebook", folder]));
        let run = entente(&arguments).expect_silent_success();
        let event = |event: &serde_json::Value| {
            let trigger = event["trigger"]["text"].as_str().expect("words").to_owned();
            let by_frame = event["event"] == "AID" && event["reason"].to_string().contains("frame aid.toml");
            (trigger, by_frame)
        };
        run.json_lines().iter().map(event).collect()
    };
    let is_aid = |events: &[(String, bool)]| events.contains(&("provisioned".to_owned(), true));
    let (built_in, own) = (coded(None), coded(codebook.path().to_str()));
    assert!(!is_aid(&built_in), "{built_in:?}");
    assert!(is_aid(&own), "{own:?}");
    let others = built_in.iter().filter(|(trigger, _)| trigger != "provisioned");
    assert!(
        others.clone().count() > 0 && others.clone().all(|event| own.contains(event)),
        "{built_in:?} {own:?}"
    );
}
