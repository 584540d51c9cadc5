//! Happenings, links, and events that leave the ledger and come into another.

use crate::support::{entente, file, folder};
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

fn text(path: &Path) -> &str {
    path.to_str().expect("a plain path")
}

/// A ledger with three articles, two of which tell of one act.
fn ledger(folder: &TempDir) -> std::path::PathBuf {
    let articles = [
        (
            "a",
            "2024-03-06",
            "Nordic Wire",
            "Norway expelled the Danish ambassador on Tuesday over the seizure of three trawlers.",
        ),
        (
            "b",
            "2024-03-07",
            "Baltic Post",
            "Oslo on Tuesday expelled the Danish ambassador over the seizure of the three trawlers.",
        ),
        (
            "c",
            "2024-03-07",
            "Baltic Post",
            "Chad's army shelled a village in Mali on Wednesday, killing 12 people.",
        ),
    ];
    let lines: Vec<String> = articles
        .iter()
        .map(|(id, published, publication, text)| {
            json!({"id": id, "published": published, "publication": publication, "text": text}).to_string()
        })
        .collect();
    let input = file(folder, "articles.jsonl", lines.join("\n"));
    let path = folder.path().join("a.entente");
    entente(&["ingest", "--ledger", text(&path), text(&input)]).expect_code(0);
    path
}

fn ask(ledger: &Path, command: &str, rest: &[&str]) -> Vec<Value> {
    entente(&[&[command, "--ledger", text(ledger), "--format", "jsonl"], rest].concat())
        .expect_code(0)
        .json_lines()
}

#[test]
fn reports_of_one_act_are_one_happening() {
    let folder = folder();
    let path = ledger(&folder);
    let expelled = ask(&path, "happenings", &["--type", "sanction", "--sources-min", "2"]);
    let [happening] = expelled.as_slice() else { panic!("{expelled:#?}") };
    assert_eq!((&happening["documents"], &happening["date"]), (&2.into(), &"2024-03-05".into()));
    let id = happening["id"].as_str().expect("an id");
    let told = entente(&["explain", "--ledger", text(&path), id]).expect_code(0).stdout;
    assert!(told.contains("Nordic Wire") && told.contains("Baltic Post"), "{told}");
    assert_eq!(ask(&path, "events", &["--happening", id]).len(), 2);
    assert!(ask(&path, "happenings", &["--type", "sanction", "--to", "2024-03-01"]).is_empty());
    let csv = entente(&["happenings", "--ledger", text(&path), "--format", "csv"]).expect_code(0).stdout;
    assert!(csv.lines().count() > 2 && csv.starts_with("id,event,"), "{csv}");
    let anew = entente(&["link", "--ledger", text(&path), "--anew"]).expect_code(0);
    assert!(anew.stderr.contains("3 documents linked"), "{}", anew.stderr);
    assert_eq!(ask(&path, "happenings", &["--type", "sanction", "--sources-min", "2"]), expelled);
}

#[test]
fn a_ledger_goes_out_and_comes_back() {
    let folder = folder();
    let path = ledger(&folder);
    let events = ask(&path, "events", &[]).len();
    let copy = folder.path().join("b.entente");
    for (format, name) in
        [("parquet", "a.parquet"), ("icews", "a.tab"), ("gdelt", "a.export.CSV"), ("polecat", "a.txt")]
    {
        let out = folder.path().join(name);
        let told = entente(&["export", "--ledger", text(&path), "--format", format, "--output", text(&out)])
            .expect_code(0);
        assert!(told.stderr.contains(&format!("{events} events written")), "{}", told.stderr);
        let taken = entente(&["import", "--ledger", text(&copy), text(&out)]).expect_code(0);
        assert!(taken.stderr.contains("events added"), "{}", taken.stderr);
    }
    let sources = entente(&["stats", "--ledger", text(&copy), "--json"]).expect_code(0).json_lines();
    for system in ["ICEWS", "GDELT", "POLECAT", "Baltic Post"] {
        assert!(sources[0]["by_source"][system].as_u64() > Some(0), "{system}: {sources:?}");
    }
    assert!(
        !folder
            .path()
            .read_dir()
            .expect("a folder")
            .any(|entry| { entry.expect("an entry").file_name().to_string_lossy().contains("unfinished") })
    );
    let left = entente(&["export", "--ledger", text(&path), "--format", "parquet"]).expect_code(2);
    assert!(left.stderr.contains("--output"), "{}", left.stderr);
}

#[test]
fn rows_that_cannot_be_taken_are_named_and_the_rest_goes_in() {
    let folder = folder();
    let path = ledger(&folder);
    let rows = entente(&["export", "--ledger", text(&path), "--format", "jsonl"]).expect_code(0).stdout;
    let input = file(&folder, "mixed.jsonl", format!("{rows}{{\"event\": 7}}\n"));
    let copy = folder.path().join("b.entente");
    let taken = entente(&["import", "--ledger", text(&copy), text(&input), "missing.tab"]).expect_code(1);
    let line = rows.lines().count() + 1;
    assert!(taken.stderr.contains(&format!("mixed.jsonl:{line}: ")), "{}", taken.stderr);
    assert!(taken.stderr.contains("missing.tab: failed to read"), "{}", taken.stderr);
    assert_eq!(ask(&copy, "events", &[]).len(), rows.lines().count());
}
