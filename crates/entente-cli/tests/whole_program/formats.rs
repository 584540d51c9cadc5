//! The formats of `entente code` say the same, and end well where the reader stops early.

use crate::support::{
    ARTICLE, command, entente, entente_reading, file, finished, folder, json_lines_of, summit,
};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

const CSV_HEADER: &str = "id,document_id,event,mode,aux,quad_code,event_scale,date,actor,actor_code,actor_sector,\
    recipient,recipient_code,recipient_sector,claim,claim_code,place,country,dead,injured,arrested,trigger,\
    sentence,confidence";

fn code_summit(format: &str) -> String {
    let path = summit();
    let arguments =
        ["code", "--published", "2024-03-07", "--format", format, path.to_str().expect("a plain path")];
    entente(&arguments).expect_silent_success().stdout
}

fn summit_events() -> Vec<Value> {
    let events: Vec<Value> = code_summit("jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect();
    assert!(events.len() >= 8, "too few events to compare: {}", events.len());
    events
}

#[test]
fn csv_has_a_row_an_event() {
    let written = code_summit("csv");
    assert_eq!(written.lines().next(), Some(CSV_HEADER));
    let mut reader = csv::Reader::from_reader(written.as_bytes());
    let columns: Vec<String> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a whole row")).collect();
    let events = summit_events();
    assert_eq!(rows.len(), events.len());
    let article = std::fs::read_to_string(summit()).expect("the sample article");
    for (row, event) in rows.iter().zip(&events) {
        let cell = |name: &str| {
            let column = columns.iter().position(|column| column == name).expect("the column is there");
            &row[column]
        };
        for name in ["id", "document_id", "event"] {
            assert_eq!(cell(name), event[name].as_str().expect("a string"));
        }
        assert_eq!(cell("date"), event["date"].as_str().unwrap_or_default());
        assert_eq!(cell("trigger"), event["trigger"]["text"].as_str().expect("words"));
        assert_eq!(cell("confidence").parse().ok(), event["confidence"].as_f64());
        let actors: Vec<&str> = event["actor"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|actor| actor["entity_name"].as_str().expect("a name"))
            .collect();
        assert_eq!(cell("actor"), actors.join("; "));
        assert!(article.contains(cell("sentence")) && cell("sentence").contains(cell("trigger")));
    }
}

#[test]
fn json_is_one_array_of_the_same_events() {
    let array: Value = serde_json::from_str(&code_summit("json")).expect("an array");
    assert_eq!(array, Value::Array(summit_events()));
}

#[test]
fn every_format_is_whole_without_events() {
    let code = |format| {
        entente_reading(&["code", "--format", format, "-"], "The weather was mild.").expect_silent_success()
    };
    assert_eq!(code("jsonl").stdout, "");
    assert_eq!(code("csv").stdout.trim_end(), CSV_HEADER);
    assert_eq!(serde_json::from_str::<Value>(&code("json").stdout).ok(), Some(Value::Array(Vec::new())));
    assert!(code("table").stdout.contains("no events"));
}

#[test]
fn a_table_in_a_pipe_has_no_escape_codes() {
    let table = code_summit("table");
    assert!(!table.contains('\u{1b}'), "{table:?}");
    for event in summit_events() {
        let kind = event["event"].as_str().expect("a type");
        assert!(table.lines().any(|line| line.starts_with(&format!("    {kind}"))), "no {kind} in {table}");
    }
    let mut coloured = command(&["code", summit().to_str().expect("a plain path")]);
    coloured.env("CLICOLOR_FORCE", "1");
    let run = finished(coloured.output().expect("the binary starts")).expect_silent_success();
    assert!(run.stdout.contains("\u{1b}["), "no colour where it was asked for");
}

#[test]
fn explain_adds_what_was_not_coded() {
    let text =
        "Norway opened an exhibition. Norway expelled the Danish ambassador. The weather attacked nobody.";
    let run = |explain: bool, format: &str| {
        let mut arguments = vec!["code", "--format", format, "-"];
        arguments.extend(explain.then_some("--explain"));
        entente_reading(&arguments, text).expect_silent_success().stdout
    };
    let (plain, explained) = (run(false, "jsonl"), run(true, "jsonl"));
    assert!(explained.starts_with(&plain), "{explained}");
    let added: Vec<Value> =
        explained[plain.len()..].lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(!added.is_empty(), "nothing was rejected");
    assert!(
        added.iter().all(|line| line["rejected"]["text"].is_string() && line["reason"].is_string()),
        "{added:?}"
    );
    assert!(!run(false, "table").contains("not coded:") && run(true, "table").contains("not coded:"));
}

#[test]
fn standard_input_may_be_text_or_json_lines() {
    let text = entente_reading(&["annotate", "-"], ARTICLE).expect_silent_success().json_lines();
    assert_eq!(text.len(), 1);
    assert_eq!(text[0]["text"], ARTICLE);
    let lines = json_lines_of([("first", ARTICLE), ("second", "Chad thanked Mali for its help.")]);
    let records = entente_reading(&["annotate", "-"], &lines).expect_silent_success().json_lines();
    let ids: Vec<&Value> = records.iter().map(|record| &record["id"]).collect();
    assert_eq!(ids, ["first", "second"]);
    assert_eq!(records[0]["published"], "2024-03-07");
    assert_eq!(records[0]["events"].as_array().map(Vec::len), text[0]["events"].as_array().map(Vec::len));
}

/// Six copies of the sample: more than the buffers of any format hold.
fn long_input(folder: &tempfile::TempDir) -> String {
    let article = std::fs::read_to_string(summit()).expect("the sample article");
    let lines = json_lines_of(["a", "b", "c", "d", "e", "f"].map(|id| (id, article.as_str())));
    file(folder, "long.jsonl", lines).to_str().expect("a plain path").to_owned()
}

#[test]
fn a_reader_that_stops_early_is_no_failure() {
    let folder = folder();
    let input = long_input(&folder);
    let commands: [&[&str]; 6] = [
        &["code", "--format", "table", &input],
        &["code", "--format", "jsonl", &input],
        &["code", "--format", "json", &input],
        &["code", "--format", "csv", &input],
        &["annotate", &input],
        &["conllu", &input],
    ];
    for arguments in commands {
        // Like `| head -1`, and like a reader that takes nothing at all.
        for lines in [1, 0] {
            let mut child = command(arguments).spawn().expect("the binary starts");
            let mut reader = BufReader::new(child.stdout.take().expect("standard output was asked for"));
            let mut line = String::new();
            if lines == 1 {
                reader.read_line(&mut line).expect("a line comes");
                assert!(!line.trim_end().is_empty(), "{arguments:?}");
            }
            drop(reader);
            let run = finished(child.wait_with_output().expect("the binary ends"));
            assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{arguments:?} after {lines} lines");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let input = summit();
    let input = input.to_str().expect("a plain path");
    for arguments in [
        ["code", "--format", "table", input],
        ["code", "--format", "jsonl", input],
        ["code", "--format", "json", input],
        ["code", "--format", "csv", input],
        ["annotate", "--threads", "1", input],
        ["conllu", "--threads", "1", input],
    ] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the device is there");
        let run =
            finished(command(&arguments).stdout(Stdio::from(full)).output().expect("the binary starts"));
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stderr);
        assert!(
            run.complaints().len() == 1 && run.stderr.contains("No space left"),
            "{arguments:?}: {}",
            run.stderr
        );
    }
}

#[test]
fn doctor_finds_the_build_sound() {
    let run = entente(&["doctor"]).expect_silent_success();
    assert!(run.stdout.contains("test sentence coded as expected"), "{}", run.stdout);
    assert!(run.stdout.contains("codebook plover-0.8: 16 types"), "{}", run.stdout);
}
