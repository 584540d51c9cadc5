//! The ledger's commands: articles in, answers out, nothing twice.

use crate::support::{entente, file, folder, forty_articles_as_json_lines, json_lines_of};
use serde_json::Value;
use std::path::Path;

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

fn ask(ledger: &Path, command: &str, rest: &[&str]) -> Vec<Value> {
    let arguments = [&[command, "--ledger", text(ledger), "--format", "jsonl"], rest].concat();
    entente(&arguments).expect_code(0).json_lines()
}

#[test]
fn what_is_ingested_is_answered_and_not_ingested_twice() {
    let folder = folder();
    let articles = file(&folder, "articles.jsonl", forty_articles_as_json_lines());
    let ledger = folder.path().join("a.entente");
    let ingest = ["ingest", "--ledger", text(&ledger), text(&articles)];
    let first = entente(&ingest).expect_code(0);
    assert!(first.stdout.is_empty() && first.stderr.contains("40 added"), "{}", first.stderr);
    let coded = entente(&["code", "--format", "jsonl", text(&articles)]).expect_code(0).json_lines();
    let stored = ask(&ledger, "events", &["--limit", "10000"]);
    let ids = |events: &[Value], path: &str| {
        let mut ids: Vec<String> =
            events.iter().map(|event| event.pointer(path).expect("an id").to_string()).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&stored, "/event/id"), ids(&coded, "/id"), "the ledger has what code writes");
    let beside = ledger.with_extension("entente-wal");
    assert!(beside.metadata().map_or(0, |file| file.len()) == 0, "everything is in the one file");
    let second = entente(&ingest).expect_code(0);
    assert!(second.stderr.contains(" 0 added") && second.stderr.contains("40 known"), "{}", second.stderr);
    assert_eq!(ask(&ledger, "events", &["--limit", "10000"]).len(), stored.len());
}

#[test]
fn conditions_narrow_and_cursors_go_on() {
    let folder = folder();
    let articles = [
        ("a", "Norway expelled the Danish ambassador on Monday."),
        ("b", "Chad's army shelled a village in Mali on Tuesday, killing 12 people."),
        ("c", "Kenya has not expelled the Somali ambassador."),
    ];
    let input = file(&folder, "articles.jsonl", json_lines_of(articles));
    let ledger = folder.path().join("a.entente");
    entente(&["ingest", "--ledger", text(&ledger), text(&input)]).expect_code(0);
    let all = ask(&ledger, "events", &[]);
    assert!(all.len() >= 3, "{all:#?}");
    let actor = ask(&ledger, "events", &["--actor", "NOR"]);
    assert!(actor.iter().all(|event| event["event"]["document_id"] == "a") && !actor.is_empty());
    assert!(ask(&ledger, "events", &["--recipient", "NOR"]).is_empty());
    assert!(!ask(&ledger, "events", &["--type", "assault", "--party", "TCD"]).is_empty());
    assert!(!ask(&ledger, "events", &["--aux", "negation"]).is_empty());
    let plain = ask(&ledger, "events", &["--aux", "none"]);
    assert!(plain.iter().all(|event| event["event"]["aux"].as_array().is_some_and(Vec::is_empty)));
    let (mut paged, mut after) = (Vec::new(), None::<String>);
    loop {
        let mut arguments = vec!["events", "--ledger", text(&ledger), "--format", "jsonl", "--limit", "1"];
        arguments.extend(after.iter().flat_map(|cursor| ["--after", cursor.as_str()]));
        let run = entente(&arguments).expect_code(0);
        paged.extend(run.json_lines());
        let next = run.stderr.split_once("--after ").map(|(_, cursor)| cursor.trim().to_owned());
        after = next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(paged.len(), all.len());
}

#[test]
fn an_event_is_explained_by_its_sentence_and_versions() {
    let folder = folder();
    let input =
        file(&folder, "a.jsonl", json_lines_of([("a", "Norway expelled the Danish ambassador on Monday.")]));
    let ledger = folder.path().join("a.entente");
    entente(&["ingest", "--ledger", text(&ledger), text(&input)]).expect_code(0);
    let events = ask(&ledger, "events", &[]);
    let id = events[0]["event"]["id"].as_str().expect("an id");
    let told = entente(&["explain", "--ledger", text(&ledger), id]).expect_code(0).stdout;
    for part in ["Norway expelled the Danish ambassador on Monday.", "reason", "plover", "entente 0"] {
        assert!(told.contains(part), "no {part} in {told}");
    }
    let stats = entente(&["stats", "--ledger", text(&ledger), "--json"]).expect_code(0).json_lines();
    assert_eq!((&stats[0]["documents"], &stats[0]["events"]), (&1.into(), &(events.len()).into()));
    assert!(
        entente(&["explain", "--ledger", text(&ledger), "nothing"]).expect_code(2).stderr.contains("nothing")
    );
}

#[test]
fn a_bad_article_and_a_missing_ledger_are_named() {
    let folder = folder();
    let lines = json_lines_of([("a", "Norway expelled the Danish ambassador on Monday.")]) + "{broken\n";
    let input = file(&folder, "a.jsonl", lines);
    let ledger = folder.path().join("a.entente");
    let run = entente(&["ingest", "--ledger", text(&ledger), text(&input)]).expect_code(1);
    assert!(run.stderr.contains("a.jsonl:2"), "{}", run.stderr);
    assert!(run.stderr.contains("1 added") && run.stderr.contains("1 failed"), "{}", run.stderr);
    let missing = folder.path().join("none.entente");
    let run = entente(&["events", "--ledger", text(&missing)]).expect_code(2);
    assert!(run.stderr.contains("none.entente: no such ledger"), "{}", run.stderr);
    assert!(!missing.exists(), "asking makes no file");
}
