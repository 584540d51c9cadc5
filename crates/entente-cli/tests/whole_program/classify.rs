//! `entente classify`: one of the sixteen types for every marked pair.

use crate::support::{entente, entente_reading, file, folder};
use serde_json::{Value, json};

/// A line whose marked phrases are the first that read so.
fn line(id: &str, text: &str, source: Option<&str>, target: Option<&str>) -> String {
    let marked = |phrase: Option<&str>| {
        phrase.map(|phrase| {
            let byte = text.find(phrase).expect("the phrase is in the text");
            let start = text[..byte].chars().count();
            json!({"start": start, "end": start + phrase.chars().count()})
        })
    };
    json!({"id": id, "text": text, "source": marked(source), "target": marked(target)}).to_string() + "\n"
}

/// Pairs that leave no doubt, one a type where that is possible in a few words.
const PLAIN: &[(&str, &str, &str, &str)] = &[
    (
        "ACCUSE",
        "Norway's prime minister condemned Denmark over the fishing raids.",
        "Norway's prime minister",
        "Denmark",
    ),
    ("REQUEST", "Kenya urged Uganda to release the jailed fishermen.", "Kenya", "Uganda"),
    ("SANCTION", "Poland expelled two Belarusian diplomats on Friday.", "Poland", "Belarusian diplomats"),
    (
        "ASSAULT",
        "Azerbaijani troops shelled an Armenian village overnight.",
        "Azerbaijani troops",
        "Armenian village",
    ),
    ("AID", "Japan sent 40 tonnes of food to Nepal after the earthquake.", "Japan", "Nepal"),
    ("CONSULT", "President Lula met President Petro in Brasília.", "President Lula", "President Petro"),
    ("THREATEN", "Turkey threatened to attack Syria unless the shelling stopped.", "Turkey", "Syria"),
    ("REJECT", "Chile refused to extradite the general to Peru.", "Chile", "Peru"),
    (
        "COERCE",
        "Egyptian police arrested a Libyan journalist in Cairo.",
        "Egyptian police",
        "Libyan journalist",
    ),
    ("AGREE", "Canada promised to help Ukraine rebuild its railways.", "Canada", "Ukraine"),
];

#[test]
fn plain_pairs_get_their_type() {
    let input: String = PLAIN
        .iter()
        .map(|(event, text, source, target)| line(event, text, Some(source), Some(target)))
        .collect();
    let run = entente_reading(&["classify", "-"], &input).expect_silent_success();
    let answers = run.json_lines();
    assert_eq!(answers.len(), PLAIN.len());
    for answer in &answers {
        assert_eq!(answer["event"], answer["id"], "{answer}");
        let scores = answer["scores"].as_object().expect("scores");
        assert_eq!(scores.len(), 16);
        let sum: f64 = scores.values().map(|score| score.as_f64().expect("a number")).sum();
        assert!((sum - 1.0).abs() < 0.01, "{answer}");
        let event = answer["event"].as_str().expect("a type");
        assert_eq!(answer["confidence"], scores[event], "{answer}");
        assert!(answer["mode"].is_array());
    }
}

#[test]
fn the_marks_decide_between_two_acts() {
    let text = "Kenya sent food to Somalia, and Ethiopia expelled the Eritrean ambassador.";
    let input = line("aid", text, Some("Kenya"), Some("Somalia"))
        + &line("expulsion", text, Some("Ethiopia"), Some("Eritrean ambassador"));
    let run = entente_reading(&["classify", "-"], &input).expect_silent_success();
    let events: Vec<Value> = run.json_lines().iter().map(|answer| answer["event"].clone()).collect();
    assert_eq!(events, ["AID", "SANCTION"]);
}

#[test]
fn there_is_always_an_answer() {
    let texts = ["", "Tuesday", "The weather in Oslo is mild. 🌊 It rains.", "\u{202e}abc \u{200f} <script>"];
    let mut input: String =
        texts.iter().enumerate().map(|(id, text)| line(&id.to_string(), text, None, None)).collect();
    input += r#"{"id": 7, "text": "Chad met Mali.", "source": {"text": "an actor", "start": null, "implicit": true}}"#;
    let run = entente_reading(&["classify", "-"], &input).expect_silent_success();
    let answers = run.json_lines();
    assert_eq!(answers.len(), texts.len() + 1);
    for answer in &answers {
        assert!(answer["event"].is_string(), "{answer}");
    }
    assert_eq!(answers[texts.len()]["id"], 7);
}

#[test]
fn a_bad_line_is_named_and_the_rest_answered() {
    let folder = folder();
    let good = line("good", "Chad thanked Mali for its help.", Some("Chad"), Some("Mali"));
    let outside = r#"{"id": "x", "text": "short", "source": {"start": 2, "end": 99}}"#;
    let backwards = r#"{"id": "x", "text": "short", "target": {"start": 3, "end": 3}}"#;
    let content = format!("{good}not JSON\n\n{outside}\n{{\"id\": 1}}\n{backwards}\n{good}");
    let path = file(&folder, "pairs.jsonl", content);
    let path = path.to_str().expect("a plain path");
    let run = entente(&["classify", path]).expect_code(1);
    assert_eq!(run.json_lines().len(), 2);
    let complaints = run.complaints();
    assert_eq!(complaints.len(), 4, "{complaints:?}");
    for (complaint, number) in complaints.iter().zip([2, 4, 5, 6]) {
        assert!(complaint.contains(&format!("pairs.jsonl:{number}: ")), "{complaint}");
    }
}

#[test]
fn nothing_usable_is_bad_usage() {
    let missing = entente(&["classify", "/nowhere/pairs.jsonl"]).expect_code(2);
    assert!(missing.stderr.contains("/nowhere/pairs.jsonl"), "{}", missing.stderr);
    entente_reading(&["classify", "-"], "\n\n").expect_code(2);
}

#[test]
fn threads_do_not_change_an_answer() {
    let input: String = PLAIN
        .iter()
        .cycle()
        .take(60)
        .enumerate()
        .map(|(id, (_, text, source, target))| line(&id.to_string(), text, Some(source), Some(target)))
        .collect();
    let on = |threads: &str| {
        entente_reading(&["classify", "--threads", threads, "-"], &input).expect_silent_success()
    };
    assert_eq!(on("1").stdout, on("3").stdout);
}
