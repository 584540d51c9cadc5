//! Fetching from a server that behaves badly.

use entente_fetch::{Client, FetchError, Limits, Validators, Visitor};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

type Answers = HashMap<&'static str, Vec<u8>>;

/// A server with fixed answers; it notes every request with its headers.
struct Server {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(answers: Answers) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a sound fixture");
        let address = format!("http://{}", listener.local_addr().expect("a sound fixture"));
        let requests: Arc<Mutex<Vec<String>>> = Arc::default();
        let noted = Arc::clone(&requests);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answers, noted) = (answers.clone(), Arc::clone(&noted));
                std::thread::spawn(move || serve(stream, &answers, &noted));
            }
        });
        Self { address, requests }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    fn paths(&self) -> Vec<String> {
        let requests = self.requests.lock().expect("a sound fixture");
        requests.iter().filter_map(|request| request.split(' ').nth(1).map(str::to_owned)).collect()
    }
}

fn serve(mut stream: TcpStream, answers: &Answers, noted: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a sound fixture"));
    let mut request = String::new();
    while reader.read_line(&mut request).is_ok_and(|read| read > 2) {}
    let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
    noted.lock().expect("a sound fixture").push(request.clone());
    match path.as_str() {
        "/slow" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
            for _ in 0..100 {
                std::thread::sleep(Duration::from_millis(200));
                if stream.write_all(b"x").is_err() {
                    return;
                }
            }
        }
        "/endless" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            while stream.write_all(&[b'x'; 65536]).is_ok() {}
        }
        "/conditional" if request.to_lowercase().contains("if-none-match: \"v1\"") => {
            let _ = stream.write_all(b"HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n");
        }
        path => {
            let missing =
                b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec();
            let _ = stream.write_all(answers.get(path).unwrap_or(&missing));
        }
    }
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut bytes =
        format!("HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n")
            .into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

fn moved(status: &str, place: &str) -> Vec<u8> {
    answer(status, &format!("Location: {place}\r\n"), b"")
}

fn limits() -> Limits {
    Limits { bytes: 1_000_000, time: Duration::from_millis(1500), allow_private: true, ..Limits::default() }
}

fn get(server: &Server, path: &str) -> Result<entente_fetch::Answer, FetchError> {
    Client::new(limits()).get(&server.url(path), &Validators::default())
}

#[test]
fn an_answer_has_its_type_and_validators() {
    let headers = "Content-Type: Text/HTML; charset=utf-8\r\nETag: \"v1\"\r\nLast-Modified: yesterday\r\n";
    let server = Server::start(HashMap::from([("/a", answer("200 OK", headers, b"news"))]));
    let found = get(&server, "/a").unwrap();
    assert_eq!(
        (found.status, found.content_type.as_str(), found.body.as_slice()),
        (200, "text/html", &b"news"[..])
    );
    assert_eq!(found.validators.etag.as_deref(), Some("\"v1\""));
    assert_eq!(found.validators.last_modified.as_deref(), Some("yesterday"));
    let request = server.requests.lock().unwrap()[0].to_lowercase();
    assert!(request.contains("user-agent: entente/") && !request.contains("cookie"), "{request}");
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server =
        Server::start(HashMap::from([("/conditional", answer("200 OK", "ETag: \"v1\"\r\n", b"news"))]));
    let first = get(&server, "/conditional").unwrap();
    let again = Client::new(limits()).get(&server.url("/conditional"), &first.validators).unwrap();
    assert_eq!((again.status, again.body.len()), (304, 0));
}

#[test]
fn redirects_are_followed_so_far_and_no_further() {
    let server = Server::start(HashMap::from([
        ("/old", moved("301 Moved Permanently", "/older")),
        ("/older", moved("308 Permanent Redirect", "/new")),
        ("/now", moved("302 Found", "/new")),
        ("/new", answer("200 OK", "", b"news")),
        ("/loop", moved("302 Found", "/loop")),
        ("/file", moved("302 Found", "file:///etc/passwd")),
        ("/nowhere", answer("302 Found", "", b"")),
    ]));
    assert_eq!(get(&server, "/old").unwrap().moved_to, Some(server.url("/new")));
    assert_eq!(get(&server, "/now").unwrap().moved_to, None, "a redirect for now is no move");
    assert!(matches!(get(&server, "/loop"), Err(FetchError::Redirects { limit: 5, .. })));
    assert!(server.paths().iter().filter(|path| *path == "/loop").count() <= 6);
    for path in ["/file", "/nowhere"] {
        assert!(matches!(get(&server, path), Err(FetchError::BadUrl { .. })), "{path}");
    }
}

#[test]
fn size_and_time_are_bounded() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b'a'; 50_000_000]).unwrap();
    let bomb = packed.finish().unwrap();
    let server =
        Server::start(HashMap::from([("/bomb", answer("200 OK", "Content-Encoding: gzip\r\n", &bomb))]));
    let started = Instant::now();
    assert!(matches!(get(&server, "/bomb"), Err(FetchError::TooLarge { limit: 1_000_000, .. })));
    assert!(matches!(get(&server, "/endless"), Err(FetchError::TooLarge { .. })));
    assert!(matches!(get(&server, "/slow"), Err(FetchError::Timeout { .. })));
    assert!(started.elapsed() < Duration::from_secs(8));
}

#[test]
fn private_addresses_are_refused_in_every_spelling() {
    let server = Server::start(HashMap::from([("/a", answer("200 OK", "", b"secret"))]));
    let port = server.address.rsplit(':').next().unwrap();
    let client = Client::new(Limits { allow_private: false, ..limits() });
    for host in [
        "127.0.0.1",
        "localhost",
        "127.1",
        "0x7f.1",
        "2130706433",
        "0177.0.0.1",
        "[::ffff:127.0.0.1]",
        "[::1]",
        "0.0.0.0",
    ] {
        let error = client.get(&format!("http://{host}:{port}/a"), &Validators::default()).unwrap_err();
        assert!(matches!(error, FetchError::Private { .. }), "{host}: {error}");
    }
    assert!(server.paths().is_empty(), "nothing was asked");
}

#[test]
fn what_is_no_address_of_the_web_is_refused() {
    let client = Client::new(limits());
    for url in [
        "",
        "example.com",
        "ftp://example.com/",
        "file:///etc/passwd",
        "http://",
        "https://user:word@example.com/",
    ] {
        assert!(matches!(client.get(url, &Validators::default()), Err(FetchError::BadUrl { .. })), "{url}");
    }
}

#[test]
fn statuses_are_told_with_the_wait_that_is_asked_for() {
    let server = Server::start(HashMap::from([
        ("/busy", answer("429 Too Many Requests", "Retry-After: 120\r\n", b"")),
        ("/gone", answer("410 Gone", "", b"")),
        ("/down", answer("503 Unavailable", "Retry-After: Wed, 01 Jan 2020 00:00:00 GMT\r\n", b"")),
    ]));
    assert_eq!(get(&server, "/busy").unwrap_err().retry_after(), Some(Duration::from_secs(120)));
    assert!(get(&server, "/gone").unwrap_err().is_gone());
    assert_eq!(get(&server, "/down").unwrap_err().retry_after(), Some(Duration::ZERO));
    assert!(matches!(get(&server, "/missing"), Err(FetchError::Status { status: 404, .. })));
}

#[test]
fn robots_are_asked_once_and_kept() {
    let robots = answer("200 OK", "", b"User-agent: *\nDisallow: /private\n");
    let page = answer("200 OK", "", b"news");
    let server =
        Server::start(HashMap::from([("/robots.txt", robots), ("/a", page.clone()), ("/private", page)]));
    let visitor = Visitor::new(limits()).with_pause(Duration::from_millis(100));
    let started = Instant::now();
    for _ in 0..3 {
        visitor.get(&server.url("/a"), &Validators::default()).unwrap();
    }
    assert!(
        started.elapsed() >= Duration::from_millis(300),
        "robots.txt and three pages, with pauses between them"
    );
    let refused = visitor.get(&server.url("/private"), &Validators::default());
    assert!(matches!(refused, Err(FetchError::Robots { .. })));
    let paths = server.paths();
    assert_eq!(paths.iter().filter(|path| *path == "/robots.txt").count(), 1);
    assert!(!paths.contains(&"/private".to_owned()));
}

#[test]
fn a_host_that_cannot_tell_is_left_alone() {
    let broken = answer("500 Broken", "", b"");
    let server =
        Server::start(HashMap::from([("/robots.txt", broken), ("/a", answer("200 OK", "", b"news"))]));
    let visitor = Visitor::new(limits()).with_pause(Duration::ZERO);
    assert!(matches!(visitor.get(&server.url("/a"), &Validators::default()), Err(FetchError::Robots { .. })));
    let without = Server::start(HashMap::from([("/a", answer("200 OK", "", b"news"))]));
    assert!(visitor.get(&without.url("/a"), &Validators::default()).is_ok(), "no robots.txt allows all");
}
