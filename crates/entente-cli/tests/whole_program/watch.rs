//! Watching feeds, and addresses as inputs, on a server of our own.

use crate::support::{entente, file, folder};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

const BODY: &str = "Norway expelled the Danish ambassador on Monday after its navy had seized three trawlers near the coast. \
    The foreign minister of Denmark called the step a mistake and said that his government would answer it. The European \
    Union urged both sides to hold talks. Norway had demanded last week that Denmark withdraw two frigates from the disputed \
    waters, and Denmark had refused. Hundreds of fishermen marched through Aalborg.";

struct Server {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let requests: Arc<Mutex<Vec<String>>> = Arc::default();
        let (noted, base) = (Arc::clone(&requests), address.clone());
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut reader = BufReader::new(stream.try_clone().expect("a stream"));
                let mut request = String::new();
                while reader.read_line(&mut request).is_ok_and(|read| read > 2) {}
                noted.lock().expect("no panic").push(request.clone());
                let _ = stream.write_all(&answer(&request, &base));
            }
        });
        Self { address, requests }
    }

    fn asked(&self, path: &str) -> Vec<String> {
        let requests = self.requests.lock().expect("no panic");
        requests.iter().filter(|request| request.split(' ').nth(1) == Some(path)).cloned().collect()
    }
}

fn answer(request: &str, base: &str) -> Vec<u8> {
    let path = request.split(' ').nth(1).unwrap_or_default();
    let whole = |status: &str, headers: &str, body: &str| {
        let length = body.len();
        format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}")
            .into_bytes()
    };
    match path {
        "/feed" if request.to_lowercase().contains("if-none-match: \"v1\"") => {
            whole("304 Not Modified", "ETag: \"v1\"\r\n", "")
        }
        "/feed" => {
            let items = format!(
                "<item><title>Norway expels envoy</title><link>{base}/one</link><guid>1</guid>\
                 <pubDate>Tue, 05 Mar 2024 08:00:00 GMT</pubDate><description>{BODY}</description></item>\
                 <item><title>A teaser</title><link>{base}/two</link><guid>2</guid><description>More.</description></item>\
                 <item><title>Hidden</title><link>{base}/private/three</link><guid>3</guid></item>"
            );
            let feed =
                format!("<rss version=\"2.0\"><channel><title>The Example</title>{items}</channel></rss>");
            whole("200 OK", "ETag: \"v1\"\r\nContent-Type: application/rss+xml\r\n", &feed)
        }
        "/two" => {
            let text = BODY.replace("Norway", "Iceland");
            let page = format!(
                "<html><head><title>Iceland expels envoy</title><meta property=\"article:published_time\" \
                 content=\"2024-03-06\"></head><body><article><h1>Iceland expels envoy</h1><p>{text}</p></article></body></html>"
            );
            whole("200 OK", "Content-Type: text/html\r\n", &page)
        }
        "/robots.txt" => whole("200 OK", "", "User-agent: *\nDisallow: /private\n"),
        _ => whole("404 Not Found", "", ""),
    }
}

#[test]
fn new_items_are_coded_once_and_the_feed_is_asked_politely() {
    let server = Server::start();
    let folder = folder();
    let list = format!(
        "[[feed]]\nurl = \"{0}/feed\"\npublication = \"The Gazette\"\n\n[[feed]]\nurl = \"{0}/none\"\n",
        server.address
    );
    let feeds = file(&folder, "feeds.toml", list);
    let ledger = folder.path().join("a.entente");
    let (ledger, feeds) = (ledger.to_str().expect("a plain path"), feeds.to_str().expect("a plain path"));
    let watch = ["watch", "--ledger", ledger, feeds, "--once", "--now", "--allow-private", "--jsonl"];
    let first = entente(&watch).expect_code(1);
    assert!(!first.json_lines().is_empty(), "events come as they are coded");
    for part in
        ["Norway expels envoy: ", "Iceland expels envoy: ", "/private/three: robots.txt", "/none: status 404"]
    {
        assert!(first.stderr.contains(part), "no {part:?} in {}", first.stderr);
    }
    let found = entente(&["events", "--ledger", ledger, "--format", "jsonl", "--limit", "1000"]).json_lines();
    assert!(found.iter().all(|event| event["source"] == "The Gazette"));
    let days: Vec<&str> = found.iter().filter_map(|event| event["published"].as_str()).collect();
    assert!(days.contains(&"2024-03-05") && days.contains(&"2024-03-06"), "{days:?}");
    let again = entente(&watch).expect_code(1);
    assert!(again.stdout.is_empty(), "nothing is new: {}", again.stdout);
    assert_eq!(server.asked("/two").len(), 1, "a page is fetched once");
    let asked = server.asked("/feed");
    assert!(asked[1].to_lowercase().contains("if-none-match: \"v1\""), "{asked:?}");
    let same = entente(&["events", "--ledger", ledger, "--format", "jsonl", "--limit", "1000"]).json_lines();
    assert_eq!(same.len(), found.len());
}

#[test]
fn a_list_is_checked_before_anything_is_asked() {
    let server = Server::start();
    let folder = folder();
    let feeds = file(&folder, "feeds.toml", format!("[[feed]]\nurl = \"{}/feed\"\n", server.address));
    let checked = entente(&["watch", "--check", "--allow-private", feeds.to_str().expect("a plain path")])
        .expect_code(0);
    assert!(checked.stdout.contains("3 items, 1 with their text, newest 2024-03-05"), "{}", checked.stdout);
    let wrong = file(&folder, "wrong.toml", "[[feed]]\nurl = \"gopher://x\"\n");
    let refused = entente(&["watch", "--once", wrong.to_str().expect("a plain path")]).expect_code(2);
    assert!(refused.stderr.contains("wrong.toml") && refused.stderr.contains("line 2"), "{}", refused.stderr);
}

#[test]
fn private_addresses_are_refused_unless_permitted() {
    let server = Server::start();
    let url = format!("{}/two", server.address);
    let refused = entente(&["code", &url]).expect_code(2);
    assert!(refused.stderr.contains("private address"), "{}", refused.stderr);
    assert!(server.asked("/two").is_empty());
    let read = entente(&["code", "--format", "jsonl", "--allow-private", &url]).expect_code(0);
    assert!(!read.json_lines().is_empty());
}
