//! The same articles give the same bytes: on any number of threads, alone or in company, today or tomorrow.

use crate::support::{
    command, entente, entente_reading, file, finished, folder, forty_articles, forty_articles_as_json_lines,
    json_lines_of, repository,
};
use serde_json::Value;
use std::collections::BTreeSet;

#[test]
fn threads_do_not_change_a_byte() {
    let folder = folder();
    let path = file(&folder, "articles.jsonl", forty_articles_as_json_lines());
    let path = path.to_str().expect("a plain path");
    let on = |threads: &str| {
        entente(&["annotate", "--explain", "--threads", threads, path]).expect_silent_success()
    };
    let (one, two, five) = (on("1"), on("2"), on("5"));
    assert_eq!(one.stdout.lines().count(), 40);
    assert!(one.stdout == two.stdout, "two threads differ: {}", first_difference(&one.stdout, &two.stdout));
    assert!(
        one.stdout == five.stdout,
        "five threads differ: {}",
        first_difference(&one.stdout, &five.stdout)
    );
    let events: usize =
        one.json_lines().iter().map(|record| record["events"].as_array().map_or(0, Vec::len)).sum();
    assert!(events > 40, "only {events} events to compare");
}

#[test]
fn company_does_not_change_a_record() {
    let together =
        entente_reading(&["annotate", "-"], &forty_articles_as_json_lines()).expect_silent_success();
    let records: Vec<&str> = together.stdout.lines().collect();
    let articles = forty_articles();
    for at in [0, 7, 19, 28, 39] {
        let (id, text) = &articles[at];
        let alone = entente_reading(&["annotate", "-"], &json_lines_of([(id.as_str(), text.as_str())]));
        let alone = alone.expect_silent_success().stdout;
        let among = format!("{}\n", records[at]);
        assert!(alone == among, "{id}: {}", first_difference(&alone, &among));
    }
    // In the other order each record comes at its new place.
    let backwards = json_lines_of(articles.iter().rev().map(|(id, text)| (id.as_str(), text.as_str())));
    let reversed = entente_reading(&["annotate", "-"], &backwards).expect_silent_success();
    assert!(reversed.stdout.lines().rev().eq(records), "the order of articles changes a record");
}

#[test]
fn surroundings_do_not_change_an_event() {
    let folder = folder();
    let path = file(&folder, "articles.jsonl", forty_articles_as_json_lines());
    let arguments = ["code", "--format", "jsonl", path.to_str().expect("a plain path")];
    let here = entente(&arguments).expect_silent_success();
    let mut elsewhere = command(&arguments);
    elsewhere
        .current_dir("/")
        .env("TZ", "Pacific/Auckland")
        .env("LC_ALL", "tr_TR.UTF-8")
        .env("RAYON_NUM_THREADS", "3");
    let there = finished(elsewhere.output().expect("the binary starts")).expect_silent_success();
    assert!(here.stdout == there.stdout, "{}", first_difference(&here.stdout, &there.stdout));
    let ids: Vec<String> =
        here.json_lines().iter().map(|event| event["id"].as_str().expect("an id").to_owned()).collect();
    let distinct: BTreeSet<&String> = ids.iter().collect();
    assert!(
        ids.len() > 40 && distinct.len() == ids.len(),
        "{} events with {} ids",
        ids.len(),
        distinct.len()
    );
}

#[test]
fn commands_and_codebook_folders_agree() {
    let folder = folder();
    let path = file(&folder, "articles.jsonl", forty_articles_as_json_lines());
    let path = path.to_str().expect("a plain path");
    let codebook = repository().join("codebooks/plover");
    let codebook = codebook.to_str().expect("a plain path");
    let annotated = entente(&["annotate", path]).expect_silent_success();
    let from_records: Vec<Value> = annotated
        .json_lines()
        .iter()
        .flat_map(|record| record["events"].as_array().expect("a list").clone())
        .collect();
    let coded = entente(&["code", "--format", "jsonl", path]).expect_silent_success().json_lines();
    assert!(from_records == coded, "annotate and code differ");
    // The folder that the built-in codebook was made from says the same, under its own name.
    let from_folder =
        entente(&["code", "--format", "jsonl", "--codebook", codebook, path]).expect_silent_success();
    let renamed: Vec<Value> = from_folder
        .json_lines()
        .into_iter()
        .map(|mut event| {
            event["codebook"] = coded[0]["codebook"].clone();
            event
        })
        .collect();
    assert!(renamed == coded, "the built-in codebook is not the one in codebooks/plover");
}

/// The first place where two outputs part, with a little of each.
fn first_difference(one: &str, two: &str) -> String {
    let at = one.bytes().zip(two.bytes()).take_while(|(left, right)| left == right).count();
    let excerpt = |text: &str| {
        String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(80)..text.len().min(at + 80)]).into_owned()
    };
    format!("byte {at}: {:?} / {:?}", excerpt(one), excerpt(two))
}
