//! Dyads, alignment, axes, balance, surges and forecasts, from a ledger that was imported.

use crate::support::{Run, entente, file, folder};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::PathBuf;
use tempfile::TempDir;

/// Two years of ICEWS rows: Norway, Iceland and Portugal stand together against Denmark from the second year on, in whose last
/// weeks Denmark and Norway come to blows.
fn ledger(folder: &TempDir) -> PathBuf {
    let mut rows = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\t\
                    Target Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\t\
                    Province\tCountry\tLatitude\tLongitude\n"
        .to_owned();
    let mut number = 0;
    let mut row = |day: u32, actor: &str, code: &str, recipient: &str| {
        number += 1;
        let (year, month, day) = (2021 + day / 336, day % 336 / 28 + 1, day % 28 + 1);
        let name = |state: &str| format!("Government ({state})");
        let _ = writeln!(
            rows,
            "{number}\t{year}-{month:02}-{day:02}\t{}\tGovernment\t{actor}\t\t{code}\t0\t{}\tGovernment\t{recipient}\t1\t1\t\
             Wire\t\t\t\t\t\t",
            name(actor),
            name(recipient)
        );
    };
    for day in 0..672 {
        row(day, "Switzerland", "040", if day % 2 == 0 { "Norway" } else { "Denmark" });
        row(day, "Denmark", "040", "Estonia");
        row(day, "Malaysia", if day % 2 == 0 { "111" } else { "051" }, "Iceland");
        if day < 336 {
            row(day, "Norway", "040", "Denmark");
            continue;
        }
        row(day, "Norway", "070", "Iceland");
        row(day, "Iceland", "057", "Portugal");
        row(day, "Norway", "070", "Portugal");
        row(day, "Norway", "163", "Denmark");
        row(day, "Denmark", "111", "Iceland");
        row(day, "Portugal", "163", "Denmark");
        if day >= 660 {
            (0..4).for_each(|_| row(day, "Denmark", "190", "Norway"));
        }
    }
    let input = file(folder, "icews.tsv", rows);
    let path = folder.path().join("a.entente");
    let text = |path: &PathBuf| path.to_str().expect("a plain path").to_owned();
    entente(&["import", "--ledger", &text(&path), "--from", "icews", &text(&input)]).expect_code(0);
    path
}

struct Asked {
    folder: TempDir,
    ledger: PathBuf,
}

impl Asked {
    fn new() -> Self {
        let folder = folder();
        let ledger = ledger(&folder);
        Self { folder, ledger }
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let ledger = self.ledger.to_str().expect("a plain path");
        entente(&[arguments, &["--ledger", ledger]].concat())
    }

    fn lines(&self, arguments: &[&str]) -> Vec<Value> {
        self.run(&[arguments, &["--format", "jsonl"]].concat()).expect_code(0).json_lines()
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().expect("a plain path").to_owned()
    }
}

#[test]
fn the_commands_of_the_analysis_say_what_is_in_the_ledger() {
    let asked = Asked::new();

    let plot = asked.path("dyad.svg");
    let points =
        asked.lines(&["dyad", "NOR", "members:European Union", "--step", "quarter", "--plot", &plot]);
    assert_eq!(points.len(), 8);
    let (first, last) = (&points[0], &points[7]);
    assert_eq!(first["backward"]["acts"], 0);
    assert!(first["forward"]["score"].as_f64() > last["backward"]["score"].as_f64());
    assert_eq!(last["backward"]["quads"][3], 48);
    assert_eq!(last["backward_event_ids"].as_array().map(Vec::len), Some(48));
    assert!(std::fs::read_to_string(&plot).unwrap().contains("<svg"));

    let axes = asked.lines(&["axes", "--against", "DNK"]);
    let mut members: Vec<&str> = axes[0]["members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|member| member["party"].as_str().unwrap())
        .collect();
    members.sort_unstable();
    assert_eq!(members, ["ISL", "NOR", "PRT"]);
    assert!(axes[0]["since"].as_str().unwrap().starts_with("2022-0"), "{}", axes[0]["since"]);
    assert_eq!(axes[0]["events"].as_array().map(Vec::len), Some(10));
    let pacts = axes[0]["pairs"][0]["pacts"].as_array().unwrap();
    assert_eq!(pacts[0]["name"], "North Atlantic Treaty");

    let pairs = asked.lines(&["alignment", "--half-life", "60", "--plot", &asked.path("matrix.png")]);
    let score = |one: &str, other: &str| {
        let pair = pairs.iter().find(|pair| pair["parties"][0] == one && pair["parties"][1] == other);
        pair.expect("a pair")["direct"].as_f64().expect("a number")
    };
    assert!(score("ISL", "NOR") > 0.9 && score("DNK", "NOR") < -0.9);
    assert_eq!(asked.lines(&["alignment", "NOR", "DNK", "--step", "year"]).len(), 2);

    let balance = asked.lines(&["balance", "--step", "year"]);
    assert!(balance[1]["triads"][1].as_u64() > balance[0]["triads"][1].as_u64(), "{balance:#?}");

    let surges = asked.lines(&["surges", "--about", "NOR"]);
    assert!(
        surges.iter().any(|surge| surge["matter"] == "conflict" && surge["parties"][0] == "DNK"
            || surge["parties"][1] == "DNK"),
        "{surges:#?}"
    );
    let changes = asked.lines(&["surges", "--changes", "NOR", "DNK"]);
    assert!(changes.iter().filter(|level| level["matter"] == "conflict").count() >= 2, "{changes:#?}");

    let told = asked.run(&["forecast", "--json", "--plot", &asked.path("risk.svg")]).expect_code(0).stdout;
    let forecast: Value = serde_json::from_str(&told).unwrap();
    let top = &forecast["material_conflict"]["pairs"][0];
    assert!(top["chance"].as_f64().unwrap() > 0.9, "{top}");
    assert!(forecast["next_day"]["acts"].as_array().unwrap().len() > 10);
    assert!(forecast["material_conflict"]["figures"]["model"]["brier"].as_f64().is_some());

    // Every table is for eyes and none is empty.
    for command in [
        &["dyad", "NOR", "DNK"][..],
        &["alignment"],
        &["axes"],
        &["balance"],
        &["surges"],
        &["forecast", "--only-risk"],
    ] {
        let finished = asked.run(command).expect_code(0);
        assert!(finished.stdout.lines().count() > 2, "{command:?}: {}", finished.stdout);
    }
    for command in [&["dyad", "NOR", "DNK"][..], &["alignment"], &["axes"], &["balance"], &["surges"]] {
        let csv = asked.run(&[command, &["--format", "csv"]].concat()).expect_code(0).stdout;
        let widths: Vec<usize> =
            csv::Reader::from_reader(csv.as_bytes()).records().map(|row| row.expect("a row").len()).collect();
        assert!(!widths.is_empty() && widths.iter().all(|width| *width == widths[0]), "{command:?}");
    }
}

#[test]
fn faults_are_told() {
    let asked = Asked::new();
    for (arguments, told) in [
        (&["dyad", "NOR", "members:Nobody"][..], "the registry knows no members of \"Nobody\""),
        (&["dyad", "NOR", "DNK", "--plot", "dyad.gif"], "the name must end in .svg or .png"),
        (&["alignment", "NOR"], "name two parties"),
        (&["alignment", "NOR", "PRK"], "not both among the busiest parties"),
        (&["surges", "--changes", "NOR", "PRK"], "\"PRK\" is no party of any act"),
        (&["axes", "--from", "2030-01-01"], "nothing in the ledger matches"),
        (&["forecast", "--within", "0"], "--within must be a day at least"),
    ] {
        let finished = asked.run(arguments).expect_code(2);
        assert!(finished.stderr.contains(told), "{arguments:?}: {}", finished.stderr);
    }
    let nothing = entente(&["forecast", "--benchmark", &asked.path("none")]).expect_code(2);
    assert!(nothing.stderr.contains("entity2id.txt"), "{}", nothing.stderr);
}

#[test]
fn a_small_benchmark_is_learned_and_measured() {
    let folder = folder();
    let parts = folder.path();
    std::fs::write(parts.join("entity2id.txt"), "Norway\t0\nIceland\t1\nDenmark\t2\nPolice_(Norway)\t3\n")
        .unwrap();
    std::fs::write(parts.join("relation2id.txt"), "Make_statement\t0\nConsult\t1\n").unwrap();
    let facts = |from: u32, to: u32| -> String {
        (from..to).map(|day| format!("0\t0\t1\t{day}\n2\t1\t{}\t{day}\n", day % 2)).collect()
    };
    std::fs::write(parts.join("train.txt"), facts(1, 60)).unwrap();
    std::fs::write(parts.join("valid.txt"), facts(60, 80)).unwrap();
    let told = entente(&["forecast", "--benchmark", parts.to_str().unwrap()]).expect_code(0).stdout;
    let figures: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(figures["questions"], 80);
    assert!(figures["mrr"].as_f64().unwrap() > 0.6, "{figures}");
    for name in ["hits1", "hits3", "hits10"] {
        assert!(figures[name].as_f64().is_some());
    }
}
