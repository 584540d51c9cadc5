//! Inputs that are no article, or no good one: each is refused with one line, and the rest is done.

use crate::support::{ARTICLE, Run, entente, entente_reading, file, folder};
use std::path::{Path, PathBuf};

const MEGABYTE: usize = 1024 * 1024;

const PARAGRAPHS: [&str; 3] = [
    "Norway expelled the Danish ambassador on Monday, the government in Oslo said, and gave him three days to \
     leave the country with his staff and their families.",
    "The prime minister of Denmark condemned the decision in a speech to parliament, and he recalled two of his \
     envoys from Norway for talks that will last until the end of the week.",
    "Fishermen from both countries have quarrelled over cod and gas in the waters between them since the winter, \
     and neither government has shown that it is ready to give way.",
];

fn annotate(inputs: &[PathBuf]) -> Run {
    let mut arguments = vec![PathBuf::from("annotate")];
    arguments.extend_from_slice(inputs);
    entente(&arguments)
}

fn is_complaint_about(line: &str, path: &Path, reason: &str) -> bool {
    line.starts_with(&format!("entente: {}", path.display())) && line.contains(reason)
}

/// Nothing of these can be used, and each is named in one line, in order, with the reason.
fn assert_all_refused(inputs: &[(PathBuf, &str)]) {
    let paths: Vec<PathBuf> = inputs.iter().map(|(path, _)| path.clone()).collect();
    let run = annotate(&paths).expect_code(2);
    assert_eq!(run.stdout, "");
    let complaints = run.complaints();
    assert_eq!(complaints.len(), inputs.len(), "{}", run.stderr);
    for (line, (path, reason)) in complaints.iter().zip(inputs) {
        assert!(is_complaint_about(line, path, reason), "no \"{reason}\" about {}: {line}", path.display());
    }
}

#[test]
fn inputs_without_text_are_refused() {
    let folder = folder();
    let nulls: Vec<u8> = (0..4096u32).map(|at| if at % 3 == 0 { 0 } else { (at % 251) as u8 }).collect();
    let menu = "<!doctype html><html><head><title>News</title></head><body><nav><a href=\"/\">Home</a> \
        <a href=\"/world\">World</a></nav><img src=\"a.png\"></body></html>";
    assert_all_refused(&[
        (file(&folder, "empty.txt", ""), "no text"),
        (file(&folder, "white.txt", " \t\r\n\n \u{a0}\u{2003}\n"), "no text"),
        (file(&folder, "marks.txt", "--- *** ...\n!?"), "no text"),
        (file(&folder, "binary.txt", &nulls), "binary data"),
        (file(&folder, "picture.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "binary data"),
        (file(&folder, "empty.jsonl", "\n\n"), "no text"),
        (file(&folder, "empty.json", ""), "no text"),
        (file(&folder, "blank.jsonl", "{\"text\": \"  \"}\n"), "no text"),
        (file(&folder, "empty.html", ""), "no text"),
        (file(&folder, "menu.html", menu), "no article text"),
        (folder.path().join("absent.txt"), "failed to read"),
    ]);
}

#[test]
fn inputs_over_the_limit_are_refused() {
    let folder = folder();
    let sentence = "The president of Chad met the envoys of Mali in the capital on Monday. ";
    let page =
        format!("<html><body><p>{}</p></body></html>", sentence.repeat(25 * MEGABYTE / sentence.len()));
    assert_all_refused(&[
        (file(&folder, "line.txt", vec![b'a'; 100 * MEGABYTE]), "longer than the limit"),
        (
            file(&folder, "words.txt", sentence.repeat(25 * MEGABYTE / sentence.len() + 1)),
            "longer than the limit",
        ),
        (file(&folder, "page.html", page), "longer than the limit"),
    ]);
}

#[test]
fn a_megabyte_without_a_space_is_no_danger() {
    let folder = folder();
    let line = file(&folder, "line.txt", vec![b'a'; MEGABYTE]);
    let good = file(&folder, "good.txt", ARTICLE);
    let run = annotate(&[line, good]);
    assert!(run.code == 0 || run.code == 1, "{}", run.stderr);
    let records = run.json_lines();
    assert_eq!(records.last().expect("the good article is there")["text"], ARTICLE);
}

#[test]
fn articles_in_other_languages_are_refused_by_name() {
    let folder = folder();
    let french = "Le gouvernement norvégien a expulsé lundi l'ambassadeur du Danemark, a annoncé le ministère des \
        affaires étrangères. Le premier ministre danois a condamné cette décision devant le parlement et il a \
        rappelé deux de ses envoyés pour des entretiens qui dureront jusqu'à la fin de la semaine.";
    let chinese = "挪威政府周一宣布驱逐丹麦大使。丹麦首相在议会发表讲话,谴责这一决定,并召回了两名特使。";
    assert_all_refused(&[
        (file(&folder, "french.txt", french), "not English but French"),
        (file(&folder, "chinese.txt", chinese), "not English but Mandarin"),
    ]);
}

#[test]
fn other_encodings_are_decoded() {
    let folder = folder();
    let text =
        "The foreign minister of France, André Léger, met the president of São Tomé in Orléans on Monday.";
    let latin: Vec<u8> = text.chars().map(|character| character as u8).collect();
    let utf16 =
        |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let marked = format!("\u{feff}{text}");
    let mut broken = text.as_bytes().to_vec();
    broken.splice(4..4, [0xff, b' ']);
    let inputs = [
        file(&folder, "latin.txt", latin),
        file(&folder, "utf16le.txt", utf16(&marked, u16::to_le_bytes)),
        file(&folder, "utf16be.txt", utf16(&marked, u16::to_be_bytes)),
        file(&folder, "unmarked.txt", utf16(text, u16::to_le_bytes)),
        file(&folder, "broken.txt", broken),
        file(&folder, "marked.txt", &marked),
    ];
    let run = annotate(&inputs).expect_code(0);
    let texts: Vec<String> =
        run.json_lines().iter().map(|record| record["text"].as_str().expect("text").to_owned()).collect();
    let replaced = text.replacen("foreign", "\u{fffd} foreign", 1);
    assert_eq!(texts, [text, text, text, text, &replaced, text]);
    // One remark about each input that was not clean UTF-8.
    let remarks = ["windows-1252", "UTF-16LE", "UTF-16BE", "UTF-16LE", "unreadable bytes were replaced"];
    let complaints = run.complaints();
    assert_eq!(complaints.len(), remarks.len(), "{}", run.stderr);
    for (line, (path, remark)) in complaints.iter().zip(inputs.iter().zip(remarks)) {
        assert!(is_complaint_about(line, path, remark), "no \"{remark}\" about {}: {line}", path.display());
    }
}

#[test]
fn a_page_gives_its_article_and_what_it_says_of_itself() {
    let folder = folder();
    let page = format!(
        "<!doctype html><html lang=\"en-GB\"><head><title>Oslo expels envoy | The Skerry</title>\
         <meta property=\"og:title\" content=\"Oslo expels envoy\"><meta property=\"og:site_name\" content=\"The Skerry\">\
         <meta property=\"article:published_time\" content=\"2024-03-04T08:30:00Z\"><script>var hidden = 1;</script>\
         </head><body><nav><a href=\"/\">Home</a> <a href=\"/shop\">Shop</a></nav><article><p>{}</p></article>\
         <footer>All rights reserved</footer></body></html>",
        PARAGRAPHS.join("</p><p>"),
    );
    let run = annotate(&[file(&folder, "page.html", page)]).expect_silent_success();
    let records = run.json_lines();
    assert_eq!(records.len(), 1);
    let record = &records[0];
    assert_eq!(record["title"], "Oslo expels envoy");
    assert_eq!(record["published"], "2024-03-04");
    assert_eq!(record["publication"], "The Skerry");
    let text = record["text"].as_str().expect("text");
    for paragraph in PARAGRAPHS {
        assert!(text.contains(paragraph), "{text}");
    }
    for noise in ["Shop", "hidden", "rights reserved", "<"] {
        assert!(!text.contains(noise), "\"{noise}\" in {text}");
    }
}

#[test]
fn a_bad_line_costs_only_itself() {
    let folder = folder();
    let good = |id: &str| format!("{{\"id\": \"{id}\", \"text\": \"{ARTICLE}\"}}\n");
    let lines = [
        good("first"),
        "{\"id\": \"second\", \"text\": \"Norway expelled\n".to_owned(),
        good("third"),
        "[1, 2]\n".to_owned(),
        "{\"id\": \"fifth\", \"text\": 5}\n".to_owned(),
        "{\"id\": \"sixth\"}\n".to_owned(),
    ];
    let path = file(&folder, "lines.jsonl", lines.concat());
    let run = entente(&["code", "--format", "jsonl", path.to_str().expect("a plain path")]).expect_code(1);
    let mut ids: Vec<String> =
        run.json_lines().iter().map(|event| event["document_id"].as_str().expect("id").to_owned()).collect();
    ids.dedup();
    assert_eq!(ids, ["first", "third"]);
    let complaints = run.complaints();
    assert_eq!(complaints.len(), 4, "{}", run.stderr);
    for (line, number) in complaints.iter().zip([2, 4, 5, 6]) {
        assert!(line.starts_with(&format!("entente: {}:{number}: malformed", path.display())), "{line}");
    }
}

#[test]
fn a_json_file_that_breaks_off_gives_what_came_before() {
    let folder = folder();
    let path =
        file(&folder, "two.json", format!("{{\"id\": \"a\", \"text\": \"{ARTICLE}\"}}\n\n{{\"id\": \"b\", "));
    let run = annotate(std::slice::from_ref(&path)).expect_code(1);
    assert_eq!(run.json_lines().len(), 1);
    assert_eq!(run.complaints().len(), 1, "{}", run.stderr);
    assert!(is_complaint_about(&run.stderr, &path, ":3: malformed"), "{}", run.stderr);
}

#[test]
fn a_folder_of_good_and_bad_files_gives_the_good_ones() {
    let folder = folder();
    file(&folder, "a.txt", ARTICLE);
    let unknown = file(&folder, "b.xyz", ARTICLE);
    let binary = file(&folder, "c.txt", [0u8; 64]);
    let blank = file(&folder, "e.html", "<html><body></body></html>");
    let articles = serde_json::json!([{"id": "one", "text": ARTICLE}, {"id": "two", "text": ARTICLE}]);
    file(&folder, "nested/deeper/f.json", articles.to_string());
    let run = annotate(&[folder.path().to_owned()]).expect_code(1);
    let records = run.json_lines();
    assert_eq!(records.len(), 3);
    assert!(records.iter().all(|record| record["text"] == ARTICLE));
    assert_eq!([&records[1]["id"], &records[2]["id"]], ["one", "two"]);
    let complaints = run.complaints();
    assert_eq!(complaints.len(), 3, "{}", run.stderr);
    assert!(is_complaint_about(complaints[0], &unknown, "unknown extension"));
    assert!(is_complaint_about(complaints[1], &binary, "binary data"));
    assert!(is_complaint_about(complaints[2], &blank, "no article text"));
}

#[test]
fn a_missing_file_beside_a_good_one_fails_alone() {
    let folder = folder();
    let absent = folder.path().join("absent.txt");
    let run = annotate(&[absent.clone(), file(&folder, "good.txt", ARTICLE)]).expect_code(1);
    assert_eq!(run.json_lines().len(), 1);
    assert_eq!(run.complaints().len(), 1);
    assert!(is_complaint_about(&run.stderr, &absent, "failed to read"), "{}", run.stderr);
}

#[test]
fn no_documents_at_all_is_a_failure() {
    let empty_folder = folder();
    let empty_array = file(&folder(), "none.json", "[]");
    let folder = folder();
    let array = file(&folder, "none.json", "[]");
    assert!(!empty_array.exists());
    for input in [empty_folder.path().to_owned(), array] {
        let run = annotate(&[input]).expect_code(2);
        assert_eq!(run.stdout, "");
        assert_eq!(run.complaints(), ["entente: no documents in the inputs"]);
    }
    assert_eq!(entente_reading(&["annotate", "-"], "").expect_code(2).complaints().len(), 1);
}

#[test]
fn wrong_usage_exits_with_two() {
    let cases: [(&[&str], &str); 7] = [
        (&["code", "--nonsense", "a.txt"], "--nonsense"),
        (&["ponder"], "ponder"),
        (&["code"], "required"),
        (&["code", "--format", "xml", "a.txt"], "xml"),
        (&["code", "--published", "tomorrow", "a.txt"], "tomorrow"),
        (&["annotate", "--threads", "many", "a.txt"], "many"),
        (&[], "Usage"),
    ];
    for (arguments, word) in cases {
        let run = entente(arguments).expect_code(2);
        assert_eq!(run.stdout, "");
        assert!(run.stderr.contains(word), "{arguments:?}: {}", run.stderr);
    }
}

#[test]
fn help_and_version_are_no_failures() {
    let help = entente(&["--help"]).expect_silent_success();
    for name in ["code", "annotate", "conllu", "codebook", "doctor"] {
        assert!(help.stdout.contains(name), "{name} is missing");
    }
    let version = entente(&["--version"]).expect_silent_success();
    assert_eq!(version.stdout.trim(), concat!("entente ", env!("CARGO_PKG_VERSION")));
}

#[cfg(unix)]
#[test]
fn a_file_name_in_a_message_cannot_draw_on_the_terminal() {
    let run = entente(&["annotate", "/nowhere/\u{1b}[31mred\u{7}\n\u{202e}txt"]).expect_code(2);
    assert_eq!(run.complaints().len(), 1, "{}", run.stderr);
    assert!(!run.stderr.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{:?}", run.stderr);
    let codebook =
        entente(&["code", "--codebook", "/nowhere/\u{1b}[31mred\n\u{202e}", "a.txt"]).expect_code(2);
    assert_eq!(codebook.complaints().len(), 1, "{}", codebook.stderr);
    assert!(!codebook.stderr.contains(['\u{1b}', '\u{202e}']), "{:?}", codebook.stderr);
}
