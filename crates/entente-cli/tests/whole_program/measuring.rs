//! `evaluate`, `compare` and `review`: figures of a tiny gold that can be checked by hand, and inputs at fault.

use crate::support::{Run, entente, file, folder, summit};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const EXPELLED: &str = "Norway expelled the Danish ambassador on Monday.";
const CONDEMNED: &str = "Denmark condemned Norway.";
const QUIET: &str = "It rained in Oslo.";

/// Two acts, and one sentence without any.
fn article() -> String {
    [EXPELLED, CONDEMNED, QUIET].join(" ")
}

fn party(code: &str) -> Value {
    json!({"text": "", "code": code, "sector": "GOV"})
}

fn gold_event(kind: &str, trigger: &str, sentence: &str, actor: &str, recipient: &str) -> Value {
    json!({"event": kind, "mode": [], "aux": [], "trigger": trigger, "sentence": sentence, "actor": [party(actor)],
        "recipient": [party(recipient)], "claim": [], "date": null, "country": ""})
}

fn gold(id: &str) -> Value {
    json!({"id": id, "title": "", "published": "2024-03-07", "publication": "The Skerry", "text": article(),
        "events": [gold_event("SANCTION", "expelled", EXPELLED, "NOR", "DNK"),
            gold_event("ACCUSE", "condemned", CONDEMNED, "DNK", "NOR")],
        "quotes": [], "people": []})
}

fn gold_document_with_title() -> Value {
    let mut whole = gold("a");
    whole["title"] = "Oslo expels envoy".into();
    whole["text"] = format!("Oslo expels envoy\n{}", article()).into();
    whole
}

/// A record as another system might write it: no more than what is measured.
fn record(kind: &str, trigger: &str, sentence: &str, actor: &str, recipient: &str, confidence: f64) -> Value {
    let text = article();
    let at = |words: &str, from: usize| from + text[from..].find(words).expect("the words occur");
    let (start, trigger_start) = (at(sentence, 0), at(trigger, at(sentence, 0)));
    json!({"event": kind, "confidence": confidence, "actor": [{"entity_text": actor, "code": actor}],
        "recipient": [{"entity_text": recipient, "code": recipient}],
        "trigger": {"start": trigger_start, "end": trigger_start + trigger.len(), "text": trigger},
        "text_info": {"start": start, "end": start + sentence.len()}})
}

fn document(id: &str, events: &[Value]) -> String {
    let text = article();
    let span = |sentence: &&str| {
        let start = text.find(sentence).expect("it occurs");
        json!({"start": start, "end": start + sentence.len()})
    };
    let sentences: Vec<Value> = [EXPELLED, CONDEMNED, QUIET].iter().map(span).collect();
    json!({"id": id, "text": text, "sentences": sentences, "events": events}).to_string() + "\n"
}

fn right(id: &str) -> String {
    document(
        id,
        &[
            record("SANCTION", "expelled", EXPELLED, "NOR", "DNK", 0.9),
            record("ACCUSE", "condemned", CONDEMNED, "DNK", "NOR", 0.8),
        ],
    )
}

/// The one with swapped parties, the other with another type.
fn wrong(id: &str) -> String {
    document(
        id,
        &[
            record("SANCTION", "expelled", EXPELLED, "DNK", "NOR", 0.9),
            record("REJECT", "condemned", CONDEMNED, "DNK", "NOR", 0.3),
        ],
    )
}

fn run(arguments: &[&str], paths: &[(&str, &Path)]) -> Run {
    let mut all: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
    for (option, path) in paths {
        if !option.is_empty() {
            all.push((*option).to_owned());
        }
        all.push(path.to_str().expect("a plain path").to_owned());
    }
    entente(&all)
}

fn json_of(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).expect("it is JSON")
}

fn score<'v>(report: &'v Value, name: &str) -> &'v Value {
    let scores = report["scores"].as_array().expect("there are scores");
    scores.iter().find(|score| score["name"] == name).expect("it is measured")
}

fn gold_folder(folder: &TempDir) -> PathBuf {
    file(folder, "gold/a.json", serde_json::to_string_pretty(&gold("a")).expect("JSON"));
    file(folder, "gold/deep/b.json", gold("b").to_string());
    file(folder, "gold/README.md", "not gold");
    folder.path().join("gold")
}

#[test]
fn records_of_any_system_are_measured() {
    let folder = folder();
    let gold = gold_folder(&folder);
    let records = file(&folder, "records.jsonl", right("a") + &wrong("b"));
    let report = json_of(
        &run(&["evaluate", "--format", "json"], &[("", &gold), ("--records", &records)])
            .expect_silent_success(),
    );
    assert_eq!(
        (&report["documents"], &report["events_in_gold"], &report["events_coded"]),
        (&json!(2), &json!(4), &json!(4))
    );
    let typed = score(&report, "event_type");
    assert_eq!(
        (&typed["found"], &typed["precision"]["value"], &typed["f1"]["value"]),
        (&json!(3), &json!(0.75), &json!(0.75))
    );
    assert_eq!(score(&report, "event_dyad")["recall"]["value"], json!(0.5));
    let interval = &typed["f1"];
    assert!(interval["low"].as_f64() <= Some(0.75) && interval["high"].as_f64() >= Some(0.75), "{interval}");
    let kinds: Vec<&str> = report["misses"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|miss| miss["kind"].as_str().expect("a kind"))
        .collect();
    assert_eq!(kinds, ["other_parties", "other_type"]);
    assert_eq!(report["false_alarms"].as_array().map(Vec::len), Some(1));
    // 0.3 is wrong and all others right: (2 × 0.1 + 0.2 + 0.3) / 4.
    assert_eq!(report["calibration"]["expected_calibration_error"], json!(0.175));
}

#[test]
fn the_table_and_the_csv_show_the_same_misses() {
    let folder = folder();
    let gold = gold_folder(&folder);
    let records = file(&folder, "records.jsonl", right("a") + &wrong("b"));
    let inputs = [("", gold.as_path()), ("--records", records.as_path())];
    let table = run(&["evaluate"], &inputs).expect_silent_success().stdout;
    for part in
        ["event type", "0.750", "coded as REJECT at \"condemned\"", "actor and recipient swapped", CONDEMNED]
    {
        assert!(table.contains(part), "{part} is missing: {table}");
    }
    let brief = run(&["evaluate", "--brief"], &inputs).expect_silent_success().stdout;
    assert!(!brief.contains(CONDEMNED) && brief.contains("event type"), "{brief}");
    let rows = run(&["evaluate", "--format", "csv"], &inputs).expect_silent_success().stdout;
    let mut reader = csv::Reader::from_reader(rows.as_bytes());
    let verdicts: Vec<String> = reader.records().map(|row| row.expect("a whole row")[0].to_owned()).collect();
    assert_eq!(verdicts, ["missed", "missed", "false_alarm"]);
}

#[test]
fn the_built_in_coder_is_measured_without_records() {
    let folder = folder();
    let gold = gold_folder(&folder);
    let report = json_of(&run(&["evaluate", "--format", "json"], &[("", &gold)]).expect_silent_success());
    // Both acts are plain; the coder finds them, with their parties, in both documents.
    assert_eq!(score(&report, "event_dyad")["found"], json!(4), "{report}");
}

#[test]
fn fresh_coding_and_annotate_give_the_same_figures() {
    let folder = folder();
    let gold = folder.path().join("gold");
    // A title, a carriage return and a control character: the places must stay right.
    let mut whole = gold_document_with_title();
    whole["text"] = whole["text"].as_str().expect("text").replace(QUIET, "It rained\r\nin\u{7} Oslo.").into();
    file(&folder, "gold/a.json", whole.to_string());
    let annotated = run(&["annotate", "--explain"], &[("", &gold.join("a.json"))]).expect_silent_success();
    let records = file(&folder, "records.jsonl", &annotated.stdout);
    let one = run(&["evaluate", "--format", "json"], &[("", &gold.join("a.json"))]).expect_silent_success();
    let two = run(&["evaluate", "--format", "json"], &[("", &gold.join("a.json")), ("--records", &records)])
        .expect_silent_success();
    assert_eq!(one.stdout, two.stdout);
}

#[test]
fn a_table_of_events_is_gold_too() {
    let folder = folder();
    let table = format!(
        "document_id,sentence,trigger,event,actor_code,recipient_code,date\n\
         a,{EXPELLED},expelled,SANCTION,NOR,DNK,2024-03-04\na,{CONDEMNED},condemned,ACCUSE,DNK,NOR,\na,{QUIET},,,,,\n"
    );
    let gold = file(&folder, "gold.csv", &table);
    let arguments = ["evaluate", "--format", "json", "--published", "2024-03-07"];
    let report = json_of(&run(&arguments, &[("", &gold)]).expect_silent_success());
    assert_eq!(score(&report, "event_dyad")["found"], json!(2), "{report}");
    let date = report["rates"].as_array().expect("a list").iter().find(|rate| rate["name"] == "date");
    assert_eq!(date.map(|rate| (&rate["right"], &rate["of"])), Some((&json!(1), &json!(1))));
    // The same with the text in a file of its own, named as in the table.
    file(&folder, "texts/a.txt", article());
    let texts = folder.path().join("texts");
    let again = json_of(&run(&arguments, &[("", &gold), ("--texts", &texts)]).expect_silent_success());
    assert_eq!(score(&again, "event_dyad")["found"], json!(2), "{again}");
}

#[test]
fn events_written_as_csv_are_gold_that_the_coder_agrees_with() {
    let folder = folder();
    let arguments = ["code", "--format", "csv", "--published", "2024-03-07"];
    let coded = run(&arguments, &[("", &summit())]).expect_silent_success();
    let gold = file(&folder, "gold.csv", &coded.stdout);
    let arguments = ["evaluate", "--format", "json", "--published", "2024-03-07"];
    let report = json_of(&run(&arguments, &[("", &gold), ("--texts", &summit())]).expect_silent_success());
    let dyad = score(&report, "event_dyad");
    assert!(dyad["gold"].as_u64() >= Some(8), "{dyad}");
    assert_eq!((&dyad["found"], &dyad["coded"]), (&dyad["gold"], &dyad["gold"]), "{report:#}");
    for rate in report["rates"].as_array().expect("a list") {
        let expected = if rate["name"] == "swapped" { json!(0) } else { rate["of"].clone() };
        // An unknown claimant is never right.
        if rate["name"] != "claim_chain" {
            assert_eq!(rate["right"], expected, "{rate}");
        }
    }
}

#[test]
fn bad_gold_is_named_with_file_and_line_and_the_rest_is_measured() {
    let folder = folder();
    let table = format!(
        "sentence,trigger,event,actor_code,recipient_code\n{EXPELLED},expelled,EXPEL,NOR,DNK\n\
         {CONDEMNED},condemned,ACCUSE,DNK,NOR\n{CONDEMNED},condemned\n"
    );
    let gold = file(&folder, "gold.csv", &table);
    let run_bad = run(&["evaluate", "--format", "json"], &[("", &gold)]).expect_code(1);
    assert_eq!(json_of(&run_bad)["events_in_gold"], json!(1));
    let complaints = run_bad.complaints();
    assert_eq!(complaints.len(), 2, "{}", run_bad.stderr);
    let name = gold.display();
    assert_eq!(complaints[0], format!("entente: {name}:2: unknown event type \"EXPEL\""));
    assert_eq!(complaints[1], format!("entente: {name}:4: malformed row: 2 cells, but the header has 5"));
}

#[test]
fn nothing_to_measure_is_a_failure() {
    let folder = folder();
    let empty = file(&folder, "empty.jsonl", "");
    let gold = gold_folder(&folder);
    let broken = file(&folder, "broken.json", "{\n\"id\": \n");
    let binary = file(&folder, "binary.jsonl", [0xff, 0xfe, 0x00]);
    for (inputs, reason) in [
        (vec![("", empty.as_path())], "no annotated articles in the inputs"),
        (vec![("", broken.as_path())], ":3: not JSON"),
        (vec![("", gold.as_path()), ("--records", empty.as_path())], "no records"),
        (vec![("", gold.as_path()), ("--records", binary.as_path())], "not UTF-8"),
        (vec![("", gold.as_path()), ("--records", Path::new("/nowhere/at/all"))], "failed to read"),
    ] {
        let run = run(&["evaluate"], &inputs).expect_code(2);
        assert_eq!((run.stdout.as_str(), run.complaints().len()), ("", 1), "{}", run.stderr);
        assert!(run.stderr.contains(reason), "no \"{reason}\": {}", run.stderr);
    }
}

#[test]
fn two_sets_of_records_are_compared_and_the_gold_judges() {
    let folder = folder();
    let gold = gold_folder(&folder);
    let first = file(&folder, "first.jsonl", wrong("a") + &right("b"));
    let second = file(&folder, "second.jsonl", right("a") + &right("b") + &right("c"));
    let inputs = [("", first.as_path()), ("", second.as_path()), ("--gold", gold.as_path())];
    let report = json_of(&run(&["compare", "--format", "json"], &inputs).expect_silent_success());
    let agreement = &report["agreement"];
    assert_eq!(
        (&agreement["in_both"], &agreement["other_type"], &agreement["same_parties"]),
        (&json!(3), &json!(1), &json!(2))
    );
    assert_eq!(agreement["documents_only_in_second"], json!(["c"]));
    assert_eq!(report["differences"].as_array().map(Vec::len), Some(2));
    let against_gold = &report["against_gold"];
    assert_eq!(against_gold["differences"][1]["name"], "event_dyad");
    assert_eq!(against_gold["differences"][1]["difference"], json!(0.5));
    let kinds: Vec<&Value> =
        against_gold["changes"].as_array().expect("a list").iter().map(|change| &change["kind"]).collect();
    assert_eq!(kinds, ["improved", "improved", "improved"]);
    let table = run(&["compare"], &inputs).expect_silent_success().stdout;
    for part in ["agreement 0.750", "3 improved", "0 worsened", "missed"] {
        assert!(table.contains(part), "{part} is missing: {table}");
    }
    let brief = run(&["compare", "--brief"], &inputs).expect_silent_success().stdout;
    assert!(brief.contains("3 improved") && !brief.contains(CONDEMNED), "{brief}");
    let rows = run(&["compare", "--format", "csv"], &inputs).expect_silent_success().stdout;
    assert_eq!(csv::Reader::from_reader(rows.as_bytes()).records().count(), 5);
}

/// Draws a sheet of all rows, labels them, and gives the path.
fn labelled_sheet(folder: &TempDir, records: &Path, extension: &str) -> PathBuf {
    let sheet = folder.path().join(format!("sheet.{extension}"));
    let sampled =
        run(&["review", "sample", "--size", "50"], &[("", records), ("--out", &sheet)]).expect_code(0);
    assert!(sampled.stderr.contains("4 events and 6 sentences to label"), "{}", sampled.stderr);
    sheet
}

fn label_table(sheet: &Path) {
    let mut reader = csv::Reader::from_path(sheet).expect("the sheet is there");
    let headers = reader.headers().expect("a header").clone();
    let column = |name: &str| headers.iter().position(|header| header == name).expect("the column is there");
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a whole row")).collect();
    let mut writer = csv::Writer::from_path(sheet).expect("the sheet can be written");
    writer.write_record(&headers).expect("written");
    for row in rows {
        let mut cells: Vec<String> = row.iter().map(str::to_owned).collect();
        cells[column("correct")] = if &row[column("event")] == "REJECT" { "no" } else { "yes" }.to_owned();
        if &row[column("event")] == "REJECT" {
            cells[column("corrected_event")] = "ACCUSE".to_owned();
        }
        writer.write_record(&cells).expect("written");
    }
    writer.flush().expect("written");
}

#[test]
fn a_labelled_sample_gives_figures_and_a_gold() {
    let folder = folder();
    let records = file(&folder, "records.jsonl", right("../a") + &wrong("b"));
    let sheet = labelled_sheet(&folder, &records, "csv");
    label_table(&sheet);
    let gold = folder.path().join("gold-out");
    let inputs = [("", sheet.as_path()), ("--records", records.as_path()), ("--gold-out", gold.as_path())];
    let report = json_of(&run(&["review", "read", "--format", "json"], &inputs).expect_silent_success());
    assert_eq!((&report["precision"]["right"], &report["precision"]["labelled"]), (&json!(3), &json!(4)));
    assert_eq!(report["precision"]["value"], json!(0.75));
    // Three found; the fourth was coded with another type.
    assert_eq!(report["recall"]["value"], json!(0.75));
    let names: Vec<String> = fs::read_dir(&gold)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.iter().all(|name| name.starts_with("document-")), "{names:?}");
    let evaluated = json_of(
        &run(&["evaluate", "--format", "json"], &[("", &gold), ("--records", &records)])
            .expect_silent_success(),
    );
    assert_eq!(score(&evaluated, "event_type")["found"], json!(3));
    assert_eq!(evaluated["events_in_gold"], json!(4));
    // Neither labels nor gold are ever overwritten.
    let again = run(&["review", "sample"], &[("", &records), ("--out", &sheet)]).expect_code(2);
    assert!(again.stderr.contains("failed to create the sheet"), "{}", again.stderr);
    let again = run(&["review", "read"], &inputs).expect_code(2);
    assert!(again.stderr.contains("not empty"), "{}", again.stderr);
}

#[test]
fn a_sheet_of_json_lines_does_as_well() {
    let folder = folder();
    let records = file(&folder, "records.jsonl", right("a") + &wrong("b"));
    let sheet = labelled_sheet(&folder, &records, "jsonl");
    let labelled: String = fs::read_to_string(&sheet)
        .expect("the sheet is there")
        .lines()
        .map(|line| line.replace("\"correct\":\"\"", "\"correct\":\"yes\"") + "\n")
        .collect();
    fs::write(&sheet, labelled).expect("written");
    let read = run(&["review", "read"], &[("", &sheet), ("--records", &records)]).expect_silent_success();
    assert!(read.stdout.contains("4 of 4 labelled right"), "{}", read.stdout);
}

#[test]
fn bad_rows_of_a_sheet_are_named_and_the_rest_is_read() {
    let folder = folder();
    let records = file(&folder, "records.jsonl", right("a") + &wrong("b"));
    let sheet = labelled_sheet(&folder, &records, "csv");
    let content = fs::read_to_string(&sheet).expect("the sheet is there");
    label_table(&sheet);
    let labelled = fs::read_to_string(&sheet).expect("the sheet is there").replacen(",yes,", ",perhaps,", 1);
    fs::write(&sheet, labelled + "a,event 99\n").expect("written");
    let read = run(&["review", "read"], &[("", &sheet), ("--records", &records)]).expect_code(1);
    let complaints = read.complaints();
    assert_eq!(complaints.len(), 2, "{}", read.stderr);
    let name = sheet.display().to_string();
    assert!(complaints[0].starts_with(&format!("entente: {name}:12: malformed row")), "{}", read.stderr);
    assert!(complaints[1].contains("not \"perhaps\""), "{}", read.stderr);
    fs::write(&sheet, content).expect("written");
    let unlabelled = run(&["review", "read"], &[("", &sheet), ("--records", &records)]).expect_code(2);
    assert!(unlabelled.stderr.contains("no labelled rows"), "{}", unlabelled.stderr);
}

#[test]
fn cells_of_a_sheet_cannot_run() {
    let folder = folder();
    let text = "=1+1 Norway expelled the Danish ambassador.";
    let hostile = json!({"id": "=cmd|' /C calc'!A0", "text": text, "sentences": [{"start": 0, "end": text.len()}],
        "events": [{"event": "SANCTION", "actor": [{"entity_name": "@Norway"}],
            "trigger": {"start": 0, "end": 4, "text": "=1+1"}, "text_info": {"start": 0, "end": text.len()}}]});
    let records = file(&folder, "records.jsonl", hostile.to_string());
    let sheet = folder.path().join("sheet.csv");
    run(&["review", "sample"], &[("", &records), ("--out", &sheet)]).expect_code(0);
    let mut reader = csv::Reader::from_path(&sheet).expect("the sheet is there");
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a whole row")).collect();
    assert_eq!(rows.len(), 2);
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell:?} may be run");
    }
    // And yet the rows are found again.
    let content = fs::read_to_string(&sheet).expect("the sheet is there");
    fs::write(&sheet, content.replace(",,,,,,\n", ",yes,,,,,\n")).expect("written");
    run(&["review", "read"], &[("", &sheet), ("--records", &records)]).expect_silent_success();
}

#[test]
fn records_without_texts_cannot_be_sampled() {
    let folder = folder();
    let records = file(&folder, "records.jsonl", "{\"document_id\": \"a\", \"event\": \"AID\"}\n");
    let sheet = folder.path().join("sheet.csv");
    let refused = run(&["review", "sample"], &[("", &records), ("--out", &sheet)]).expect_code(2);
    assert!(refused.stderr.contains("cannot be sampled"), "{}", refused.stderr);
    assert!(!sheet.exists());
}
