use std::fs;
use std::path::PathBuf;

use jiff::civil::date;

use super::format::sniff;
use super::*;

mod archives;
mod forms;
mod mutations;
mod tables;

const ARTICLE: &str = "The president of Iran said on Monday that his country would not return to the talks.\n\
                       He spoke after a meeting with the envoys of Russia and China in Tehran.";

fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> Vec<Result<Document, String>> {
    read_bytes(name, bytes.to_vec(), options)
        .map(|result| result.map_err(|error| error.to_string()))
        .collect()
}

fn read_one(name: &str, bytes: &[u8]) -> Result<Document, String> {
    let mut all = read(name, bytes, &ReadOptions::default());
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

fn page(body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en-GB\"><head><title>Iran leaves the talks | The Example</title>\
         <meta property=\"og:title\" content=\"Iran leaves the talks\">\
         <meta property=\"og:site_name\" content=\"The Example\">\
         <meta property=\"article:published_time\" content=\"2021-12-16T08:30:00Z\">\
         <script>var menu = 'never read this';</script></head>\
         <body><nav><a href=\"/\">Home</a> <a href=\"/world\">World</a></nav>{body}\
         <footer>Copyright. All rights reserved.</footer></body></html>"
    )
}

#[test]
fn the_first_line_of_a_plain_text_is_its_title_when_it_looks_so() {
    let text = format!("Iran leaves the talks\n{ARTICLE}");
    let document = read_one("a.txt", text.as_bytes()).expect("document");
    assert_eq!(document.title(), Some("Iran leaves the talks"));
    assert_eq!(document.text, text);
    let untitled = read_one("a.txt", ARTICLE.as_bytes()).expect("document");
    assert_eq!(untitled.title(), None);
    let wrapped =
        "The president of Iran said on Monday that his country\nwould not return to the talks in Vienna.";
    assert_eq!(read_one("a.txt", wrapped.as_bytes()).expect("document").title(), None);
}

#[test]
fn line_ends_of_other_systems_are_made_one() {
    let document = read_one("a.txt", ARTICLE.replace('\n', "\r\n").as_bytes()).expect("document");
    assert_eq!(document.text, ARTICLE);
}

#[test]
fn options_fill_in_what_the_source_does_not_state() {
    let options = ReadOptions {
        published: Some(date(2021, 12, 16)),
        publication: Some("The Example".to_string()),
        title: Some("Iran leaves the talks".to_string()),
        ..ReadOptions::default()
    };
    let document = read("a.txt", ARTICLE.as_bytes(), &options).remove(0).expect("document");
    assert_eq!(document.title(), Some("Iran leaves the talks"));
    assert_eq!(document.published, Some(date(2021, 12, 16)));
    assert_eq!(document.publication.as_deref(), Some("The Example"));
    assert_eq!(document.language.as_deref(), Some("en"));
}

#[test]
fn json_fields_are_read_under_both_names() {
    for json in [
        serde_json::json!({"id": "x1", "text": ARTICLE, "title": "Iran leaves", "published": "2021-12-16", "publication": "P", "url": "u"}),
        serde_json::json!({"id": "x1", "text": ARTICLE, "title": "Iran leaves", "date": "2021-12-16T10:00:00Z", "source": "P", "url": "u"}),
    ] {
        let document = read_one("a.json", json.to_string().as_bytes()).expect("document");
        assert_eq!(document.id, "x1");
        assert_eq!(document.title(), Some("Iran leaves"));
        assert_eq!(document.text, ARTICLE, "the text stays as given");
        assert_eq!(document.published, Some(date(2021, 12, 16)));
        assert_eq!((document.publication.as_deref(), document.url.as_deref()), (Some("P"), Some("u")));
    }
}

#[test]
fn a_title_that_begins_the_text_is_not_doubled() {
    let text = format!("Iran leaves the talks\n{ARTICLE}");
    let json = serde_json::json!({"title": "Iran leaves the talks", "text": text}).to_string();
    let document = read_one("a.json", json.as_bytes()).expect("document");
    assert_eq!(document.text, text);
    assert_eq!(document.title_len, "Iran leaves the talks".len());
}

#[test]
fn a_title_goes_into_the_text_only_when_asked() {
    let json = serde_json::json!({"title": "Iran leaves the talks", "text": ARTICLE}).to_string();
    let options = ReadOptions { title_into_text: true, ..ReadOptions::default() };
    let document = read("a.json", json.as_bytes(), &options).remove(0).expect("document");
    assert_eq!(document.text, format!("Iran leaves the talks\n{ARTICLE}"));
}

#[test]
fn a_document_creation_time_is_the_day_of_publication() {
    let article =
        serde_json::json!({"id": "1", "text": ARTICLE, "dct": {"value": "2008-03-01", "type": "DATE"}});
    let document = read_one("a.json", article.to_string().as_bytes()).expect("document");
    assert_eq!(document.published, Some(date(2008, 3, 1)));
}

#[test]
fn an_unreadable_date_is_absent_and_noted() {
    let json = serde_json::json!({"text": ARTICLE, "date": "last week"}).to_string();
    let document = read_one("a.json", json.as_bytes()).expect("document");
    assert_eq!(document.published, None);
    assert!(document.notes[0].contains("last week"));
}

#[test]
fn arrays_and_lines_give_a_document_each() {
    let one = serde_json::json!({"id": 1, "text": ARTICLE});
    let two = serde_json::json!({"id": 2, "text": ARTICLE});
    for (name, text) in [
        ("a.json", format!("[{one},{two}]")),
        ("a.json", format!("{one}\n{two}")),
        ("a.jsonl", format!("{one}\n\n{two}\n")),
        ("a.ndjson", format!("{one}\r\n{two}")),
    ] {
        let ids: Vec<String> = read(name, text.as_bytes(), &ReadOptions::default())
            .into_iter()
            .map(|result| result.expect("document").id)
            .collect();
        assert_eq!(ids, ["1", "2"], "{name}");
    }
}

#[test]
fn a_bad_line_is_named_and_the_next_is_read() {
    let good = serde_json::json!({"id": "good", "text": ARTICLE});
    let text = format!("{{broken\n[1]\n{{\"id\": 3}}\n{{\"text\": 4}}\n{good}");
    let all = read("in.jsonl", text.as_bytes(), &ReadOptions::default());
    assert_eq!(all.len(), 5);
    let message = |index: usize| all[index].as_ref().expect_err("an error").clone();
    assert!(message(0).starts_with("in.jsonl:1: malformed: not JSON"), "{}", message(0));
    assert_eq!(message(1), "in.jsonl:2: malformed: not a JSON object");
    assert_eq!(message(2), "in.jsonl:3: malformed: no \"text\"");
    assert_eq!(message(3), "in.jsonl:4: malformed: \"text\" is not a string");
    assert_eq!(all[4].as_ref().expect("document").id, "good");
}

#[test]
fn a_page_gives_its_article_and_its_metadata() {
    let first = "The president of Iran said on Monday that his country would not return to the talks in Vienna, and \
                 that the envoys of the other states had been told so.";
    let second = "He spoke after a meeting with the envoys of Russia and China in Tehran, who had come to hear what \
                  the government would ask for in return.";
    let body = format!(
        "<article><h1>Iran leaves the talks</h1><p>{first}</p><p>{second}</p><p>{first}</p></article>"
    );
    let document = read_one("a.html", page(&body).as_bytes()).expect("document");
    assert_eq!(document.title(), Some("Iran leaves the talks"));
    assert_eq!(document.text, format!("Iran leaves the talks\n{first}\n\n{second}\n\n{first}"));
    assert_eq!(document.published, Some(date(2021, 12, 16)));
    assert_eq!(document.publication.as_deref(), Some("The Example"));
}

#[test]
fn bad_inputs_get_one_clear_line_each() {
    let spanish = "El presidente de Chile dijo el lunes que su gobierno no enviará tropas a la frontera y que espera \
                   una respuesta de los ministros antes del viernes, según informaron fuentes oficiales ayer por la \
                   tarde en la capital del país y en otras ciudades de la región.";
    for (name, bytes, expected) in [
        ("e.txt", b"".to_vec(), "e.txt: no text"),
        ("w.txt", b" \n\t\n".to_vec(), "w.txt: no text"),
        ("e.html", b"  ".to_vec(), "e.html: no text"),
        ("e.json", b"".to_vec(), "e.json: no text"),
        ("e.jsonl", b"\n\n".to_vec(), "e.jsonl: no text"),
        ("t.json", b"{\"text\": \"\"}".to_vec(), "t.json: no text"),
        ("b.txt", vec![0, 159, 146, 150, 0, 1], "b.txt: binary data, not text"),
        ("b.jsonl", vec![0, 159, 146, 150, 0, 1], "b.jsonl:1: binary data, not text"),
        ("n.html", page("<div></div>").into_bytes(), "n.html: no article text in the page"),
        ("s.txt", spanish.as_bytes().to_vec(), "s.txt: not English but Spanish, skipped"),
        (
            "f.json",
            b"{\"text\": \"Oui, oui.\", \"language\": \"fr\"}".to_vec(),
            "f.json: not English but fr, skipped",
        ),
    ] {
        let result = read_one(name, &bytes);
        let message = result.expect_err(name);
        assert_eq!(message, expected);
    }
}

#[test]
fn an_overlong_input_is_refused_and_a_short_one_after_it_is_read() {
    let options = ReadOptions { longest_text: 1000, ..ReadOptions::default() };
    let text = "word ".repeat(300);
    let message = "longer than the limit of 1000 bytes for one document";
    assert_eq!(read("a.txt", text.as_bytes(), &options)[0], Err(format!("a.txt: {message}")));
    assert_eq!(read("a.txt", text.repeat(10).as_bytes(), &options)[0], Err(format!("a.txt: {message}")));
    let lines =
        format!("{{\"text\": \"{}\"}}\n{}", "word ".repeat(2000), serde_json::json!({"text": ARTICLE}));
    let all = read("a.jsonl", lines.as_bytes(), &options);
    assert_eq!(all[0], Err(format!("a.jsonl:1: {message}")));
    assert!(all[1].is_ok());
}

#[test]
fn a_deeply_nested_page_is_refused_quickly() {
    let page = page(&("<div>".repeat(100_000) + "deep"));
    assert!(read_one("d.html", page.as_bytes()).expect_err("an error").contains("nested more than"));
    let brackets = "[".repeat(100_000);
    assert!(read_one("d.json", brackets.as_bytes()).expect_err("an error").contains("not JSON"));
}

#[test]
fn content_tells_the_format_of_a_stream() {
    let json = serde_json::json!({"text": ARTICLE});
    for (text, format) in [
        (json.to_string(), Format::JsonLines),
        (format!("\u{FEFF}{json}\n{json}"), Format::JsonLines),
        (format!("{{\n \"text\": \"{}\"\n}}", "x"), Format::Json),
        (format!("[{json}]"), Format::Json),
        (page("<p>text</p>"), Format::Html),
        (" <HTML><body>".to_string(), Format::Html),
        (ARTICLE.to_string(), Format::Text),
        ("[AP] Iran left the talks".to_string(), Format::Text),
        (String::new(), Format::Text),
    ] {
        assert_eq!(sniff(text.as_bytes()), format, "{text}");
    }
}

/// A directory of its own below the system's, removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("entente-text-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a scratch directory");
        Self(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_directory_is_read_in_the_order_of_names() {
    let scratch = Scratch::new("walk");
    fs::create_dir_all(scratch.0.join("m")).expect("a directory");
    for name in ["z.txt", "m/b.txt", "a.txt"] {
        fs::write(scratch.0.join(name), format!("{ARTICLE}\nThis was {name}.")).expect("a file");
    }
    fs::write(scratch.0.join("c.png"), b"\x89PNG").expect("a file");
    let all: Vec<_> = read_path(&scratch.0, &ReadOptions::default()).collect();
    let shown: Vec<String> = all
        .iter()
        .map(|result| match result {
            Ok(document) => document.text.rsplit(' ').next().unwrap_or("").to_string(),
            Err(error) => {
                assert!(error.is_skip());
                "skipped".to_string()
            }
        })
        .collect();
    assert_eq!(shown, ["a.txt.", "skipped", "m/b.txt.", "z.txt."]);
}

#[test]
fn a_missing_file_is_named() {
    let mut all = read_path(Path::new("/no/such/file.txt"), &ReadOptions::default());
    let message = all.next().expect("a result").expect_err("an error").to_string();
    assert!(message.starts_with("/no/such/file.txt: failed to read: "), "{message}");
    assert!(all.next().is_none());
}
