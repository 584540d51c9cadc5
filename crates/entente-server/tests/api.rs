//! The API as its callers see it, on a small ledger.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, Request, StatusCode, header};
use entente::Coder;
use entente::record::Annotation;
use entente_ledger::store::{Ledger, RunVersions};
use entente_server::{Access, Coding, ServerOptions, State, hash_of_token, openapi, router, serve};
use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::io::Read;
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

const HOSTILE: &str = "<script>alert(1)</script> \u{202e}Norway expelled the envoy; '); DROP TABLE events;--";

fn entity(code: &str) -> Value {
    json!({"entity_text": code, "start": 0, "end": 3, "entity_name": code, "identifier_id": null, "code": code,
        "sector": "GOV", "other_sectors": [], "office": null, "age": null, "resolved_by": "registry"})
}

fn article(number: usize) -> Annotation {
    let (actor, recipient) = [("NOR", "DNK"), ("ISL", "NOR"), ("DNK", "NOR"), ("ISL", "DNK")][number % 4];
    let (kind, quad, scale) =
        if recipient == "DNK" || actor == "DNK" { ("ASSAULT", 4, -9.0) } else { ("AID", 2, 7.0) };
    let day = format!("2031-{:02}-{:02}", 1 + number / 28 % 12, 1 + number % 28);
    let text = if number == 0 {
        HOSTILE.to_owned()
    } else {
        format!("Norway dealt with Denmark, article {number}.")
    };
    let end = text.chars().count();
    let event = json!({"id": format!("e{number}"), "document_id": format!("d{number}"), "event": kind, "mode": [], "aux": [],
        "context": [], "quad_code": quad, "event_scale": scale, "date": day, "enddate": null, "date_reason": null,
        "actor": [entity(actor)], "recipient": [entity(recipient)], "claim": [], "condition": null, "content": null,
        "event_loc": null, "trigger": {"start": 0, "end": 6, "text": "dealt"},
        "text_info": {"sequence": 0, "start": 0, "end": end}, "confidence": 0.8, "reason": ["frame"],
        "happening_id": null, "coder": "entente 1", "codebook": "plover-0.8"});
    let statement = json!({"id": format!("s{number}"), "speaker": entity(actor), "cue": null,
        "content": {"start": 0, "end": 6, "text": "Norway"}, "kind": "direct", "via": []});
    let person = json!({"name": "Ada Berg", "office": "envoy", "code": "NOR", "sector": "GOV", "age": 51, "start": 0, "end": 6});
    serde_json::from_value(
        json!({"id": format!("d{number}"), "title": null, "published": day, "publication": "The Meridian",
        "language": "en", "text": text, "sentences": [{"start": 0, "end": end}], "events": [event],
        "statements": [statement], "people": [person]}),
    )
    .expect("a whole record")
}

fn versions() -> RunVersions {
    RunVersions { coder: "one".into(), codebook: "p".into(), registry: "w".into(), model: "m".into() }
}

fn coding() -> Result<Coding, Box<dyn std::error::Error>> {
    Ok(Coding { coder: Coder::new()?, versions: versions() })
}

struct Desk {
    _folder: TempDir,
    router: Router,
}

fn desk_for(access: Access) -> Desk {
    let (folder, path) = ledger();
    let state = State::open(&path, Box::new(coding)).expect("a state");
    Desk { _folder: folder, router: router(state, access).expect("a router") }
}

/// A ledger of 200 articles.
fn ledger() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.entente");
    let mut ledger = Ledger::create(&path).expect("a ledger");
    let run = ledger.begin_run(&versions(), "2031-01-01T00:00:00Z", "{}").expect("a run");
    ledger.put(&(0..200).map(article).collect::<Vec<_>>(), run).expect("written");
    entente_ledger::linking::link(&mut ledger, |_, _| ()).expect("linked");
    (folder, path)
}

struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }
}

impl Desk {
    async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 1 << 26).await.expect("a body");
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).expect("text"),
        }
    }

    async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).header(header::HOST, "localhost");
        self.ask(request.body(Body::empty()).expect("a request")).await
    }

    async fn found(&self, path: &str) -> Value {
        let answer = self.get(&format!("/api/v1/{path}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        answer.json()
    }

    async fn post(&self, path: &str, body: &str) -> Answer {
        let request = Request::post(format!("/api/v1/{path}"))
            .header(header::HOST, "localhost")
            .header(header::CONTENT_TYPE, "application/json");
        self.ask(request.body(Body::from(body.to_owned())).expect("a request")).await
    }
}

#[tokio::test]
async fn records_are_found_page_by_page() {
    let desk = desk_for(Access::Local);
    let mut after = String::new();
    let mut ids = Vec::new();
    loop {
        let page = desk.found(&format!("events?party=NOR&with=DNK&limit=30{after}")).await;
        assert_eq!(page["total"], 100);
        ids.extend(page["items"].as_array().unwrap().iter().map(|item| item["event"]["id"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    ids.dedup();
    assert_eq!(ids.len(), 100);
    assert_eq!(desk.found("events?type=aid&from=2031-02-01&to=2031-02-10").await["total"], 3);
    let event = desk.found("events/e0").await;
    assert_eq!((&event["sentence"], &event["event"]["event"]["id"]), (&json!(HOSTILE), &json!("e0")));
    let document = desk.found("documents/d0").await;
    assert_eq!(document["annotation"]["text"], HOSTILE);
    assert_eq!(desk.found("documents?text=article&limit=5").await["items"].as_array().unwrap().len(), 5);
    assert_eq!(desk.found("statements?speaker=ISL&limit=500").await["items"].as_array().unwrap().len(), 100);
    assert_eq!(desk.found("people?code=nor&limit=7").await["items"].as_array().unwrap().len(), 7);
    let happenings = desk.found("happenings?limit=3").await;
    let id = happenings["items"][0]["id"].as_str().unwrap();
    assert_eq!(desk.found(&format!("happenings/{id}")).await["id"], id);
    let found = desk.found("search?q=article").await;
    assert_eq!(found["documents"].as_array().unwrap().len(), 20);
    assert_eq!(desk.found("stats").await["documents"], 200);
}

#[tokio::test]
async fn analyses_answer_with_the_events_behind_them() {
    let desk = desk_for(Access::Local);
    let dyad = desk.found("dyads?a=NOR&b=DNK&step=month").await;
    assert!(dyad["points"].as_array().unwrap().len() >= 7);
    assert!(!dyad["points"][0]["forward_event_ids"].as_array().unwrap().is_empty());
    assert_eq!(dyad["pacts"][0]["name"], "North Atlantic Treaty");
    let acts = dyad["points"].as_array().unwrap().iter().map(|point| point["both"]["acts"].as_u64().unwrap());
    let happenings = desk.found("happenings?party=NOR&with=DNK&limit=500").await;
    assert_eq!(acts.sum::<u64>(), happenings["items"].as_array().unwrap().len() as u64, "an act a happening");
    let members = desk.found("dyads?a=NOR&b=members:NATO&step=year").await;
    let named = desk.found("dyads?a=NOR&b=DNK,ISL&step=year").await;
    assert_eq!(members["points"], named["points"], "they are its members here");
    let last = desk.found("dyads?a=NOR&b=DNK&step=year&to=9999-12-31").await;
    assert_eq!(last["points"].as_array().unwrap().last().unwrap()["to"], "9999-12-31");
    let alignment = desk.found("alignment").await;
    let count = alignment["parties"].as_array().unwrap().len();
    assert_eq!(alignment["pairs"].as_array().unwrap().len(), count * (count - 1) / 2);
    let axes = desk.found("axes").await;
    assert_eq!(axes["axes"][0]["target"], "DNK");
    assert!(axes["axes"][0]["evidence_ids"][0].as_str().unwrap().starts_with('e'));
    assert_eq!(desk.found("balance").await["parties"].as_array().unwrap().len(), count);
    assert!(desk.found("surges").await["series"].as_u64().unwrap() > 0);
    assert!(desk.found("forecast").await["material_conflict"]["pairs"].as_array().is_some());
    let parties = desk.found("parties").await;
    assert!(parties["items"].as_array().unwrap().iter().any(|item| item["name"] == "Norway"));
}

#[tokio::test]
async fn failures_are_problems() {
    let desk = desk_for(Access::Local);
    for (path, status) in [
        ("/api/v1/events?type=war", 400),
        ("/api/v1/events?quad=9", 400),
        ("/api/v1/events?limit=many", 400),
        ("/api/v1/events?limit=501", 400),
        ("/api/v1/events?confidence=NaN", 400),
        ("/api/v1/axes?parties=1", 400),
        ("/api/v1/alignment?half_life=-1", 400),
        ("/api/v1/dyads?a=NOR&b=DNK&half_life=inf", 400),
        ("/api/v1/dyads?a=NOR&b=DNK&step=day&from=0597-11-18", 400),
        ("/api/v1/dyads?a=NOR&b=DNK&to=9999-12-31", 400),
        ("/api/v1/axes?on=9999-12-31", 400),
        ("/api/v1/events?after=nonsense", 400),
        ("/api/v1/events?from=yesterday", 400),
        ("/api/v1/events/none", 404),
        ("/api/v1/documents/..%2f..%2fetc", 404),
        ("/api/v1/dyads?a=NOR", 400),
        ("/api/v1/dyads?a=NOR&b=members:Nobody", 400),
        ("/api/v1/nothing", 404),
        ("/no/such.js", 404),
    ] {
        let answer = desk.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.text);
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json", "{path}");
        assert_eq!(answer.json()["status"], status);
    }
    assert_eq!(desk.post("code", "{}").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(desk.post("code", "not json").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(desk.post("events", "{}").await.status, StatusCode::METHOD_NOT_ALLOWED);
    let large = json!({ "text": "x".repeat(5 << 20) }).to_string();
    assert_eq!(desk.post("code", &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn what_is_known_is_not_sent_again_and_nothing_may_run() {
    let desk = desk_for(Access::Local);
    let first = desk.get("/api/v1/events/e0").await;
    let tag = first.headers[header::ETAG].clone();
    let again = Request::get("/api/v1/events/e0")
        .header(header::HOST, "localhost")
        .header(header::IF_NONE_MATCH, tag);
    let again = desk.ask(again.body(Body::empty()).unwrap()).await;
    assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert_eq!(first.headers[header::CONTENT_TYPE], "application/json");
    let plain = desk.get("/api/v1/parties").await;
    let ask = |name: header::HeaderName, value: HeaderValue| {
        Request::get("/api/v1/parties").header(header::HOST, "localhost").header(name, value)
    };
    let packed =
        ask(header::ACCEPT_ENCODING, HeaderValue::from_static("br, gzip")).body(Body::empty()).unwrap();
    let packed = desk.router.clone().oneshot(packed).await.unwrap();
    assert_eq!(packed.headers()[header::CONTENT_ENCODING], "gzip");
    assert_eq!(packed.headers()[header::ETAG], plain.headers[header::ETAG]);
    let bytes = to_bytes(packed.into_body(), 1 << 20).await.unwrap();
    let mut unpacked = String::new();
    flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain.text);
    let known = ask(header::IF_NONE_MATCH, plain.headers[header::ETAG].clone()).body(Body::empty()).unwrap();
    let known = desk.ask(known).await;
    assert_eq!(
        (known.status, &known.headers[header::VARY]),
        (StatusCode::NOT_MODIFIED, &HeaderValue::from_static("accept-encoding"))
    );
    assert_eq!(first.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    let policy = first.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("default-src 'self'") && !policy.contains("unsafe"));
}

#[tokio::test]
async fn only_those_who_may_are_let_in() {
    let desk = desk_for(Access::Local);
    let stranger =
        Request::get("/api/v1/stats").header(header::HOST, "evil.example").body(Body::empty()).unwrap();
    assert_eq!(desk.ask(stranger).await.status, StatusCode::FORBIDDEN);
    let guarded = desk_for(Access::Token(hash_of_token("sesame")));
    let answer = guarded.get("/api/v1/stats").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.headers.contains_key(header::WWW_AUTHENTICATE));
    let known = Request::get("/api/v1/stats")
        .header(header::AUTHORIZATION, "Bearer sesame")
        .body(Body::empty())
        .unwrap();
    assert_eq!(guarded.ask(known).await.status, StatusCode::OK);
    assert_eq!(guarded.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn reviews_are_kept_and_exported_as_gold() {
    let desk = desk_for(Access::Local);
    let review = |id: &str, rest: &str| format!("{{\"event_id\":\"{id}\",{rest}}}");
    assert_eq!(
        desk.post("reviews", &review("e1", "\"verdict\":\"accept\"")).await.status,
        StatusCode::CREATED
    );
    assert_eq!(
        desk.post("reviews", &review("e2", "\"verdict\":\"reject\",\"note\":\"no act\"")).await.status,
        StatusCode::CREATED
    );
    let correction = review("e3", "\"verdict\":\"correct\",\"correction\":{\"event\":\"COERCE\"}");
    assert_eq!(desk.post("reviews", &correction).await.status, StatusCode::CREATED);
    assert_eq!(
        desk.post("reviews", &review("none", "\"verdict\":\"accept\"")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        desk.post("reviews", &review("e4", "\"verdict\":\"correct\"")).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(desk.found("reviews").await["total"], 3);
    let lines: Vec<Value> = desk
        .get("/api/v1/reviews/export")
        .await
        .text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines[0]["gold"], lines[0]["coded"]);
    assert_eq!(lines[1]["gold"], Value::Null);
    assert_eq!(
        (&lines[2]["gold"]["event"], &lines[2]["coded"]["event"]),
        (&json!("COERCE"), &json!("ASSAULT"))
    );
}

#[tokio::test]
async fn watchlists_are_kept_and_fed() {
    let desk = desk_for(Access::Local);
    let list = json!({"name": "<b>North & south", "filter": {"party": "NOR", "with": "DNK", "text": "article \u{e9}&x=1"}});
    let made = desk.post("watchlists", &list.to_string()).await;
    assert_eq!((made.status, &made.json()["id"]), (StatusCode::CREATED, &json!(1)));
    assert_eq!(desk.found("watchlists/1/alerts").await["total"], 0, "no article has all of these words");
    let plain = json!({"name": "<b>North & south", "filter": {"party": "NOR", "with": "DNK"}});
    assert_eq!(desk.post("watchlists", &plain.to_string()).await.status, StatusCode::CREATED);
    assert_eq!(desk.found("watchlists/2/alerts").await["total"], 100);
    let feed = desk.get("/api/v1/watchlists/2/feed").await;
    assert_eq!(feed.headers[header::CONTENT_TYPE], "application/atom+xml");
    assert!(
        feed.text.contains("<title>&lt;b&gt;North &amp; south</title>")
            && feed.text.matches("<entry>").count() == 50
    );
    for wrong in [json!({"name": "x", "filter": {"type": "war"}}), json!({"name": " ", "filter": {}})] {
        assert!(desk.post("watchlists", &wrong.to_string()).await.status.is_client_error());
    }
    let gone = Request::delete("/api/v1/watchlists/1")
        .header(header::HOST, "localhost")
        .body(Body::empty())
        .unwrap();
    assert_eq!(desk.ask(gone).await.status, StatusCode::NO_CONTENT);
    assert_eq!(desk.found("watchlists").await["total"], 1);
}

/// Every operation of the OpenAPI document is there, and answers as the document says it may.
#[tokio::test]
async fn the_openapi_document_is_kept() {
    let desk = desk_for(Access::Local);
    let document = serde_json::to_value(openapi()).unwrap();
    assert_eq!(desk.found("openapi.json").await, document);
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.len() >= 19, "{}", paths.len());
    for (path, operations) in paths {
        for (method, operation) in operations.as_object().unwrap() {
            assert!(
                operation["summary"].is_string() || operation["description"].is_string(),
                "{path} is not described"
            );
            if path.ends_with("/stream") {
                continue;
            }
            let path = path
                .replace("/events/{id}", "/events/e1")
                .replace("/documents/{id}", "/documents/d1")
                .replace("{id}", "none");
            let required: Vec<String> = operation["parameters"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|parameter| parameter["in"] == "query" && parameter["required"] == true)
                .map(|parameter| format!("{}=NOR", parameter["name"].as_str().unwrap()))
                .collect();
            let uri = format!("{path}?{}", required.join("&"));
            let request = Request::builder()
                .method(method.to_uppercase().as_str())
                .uri(uri)
                .header(header::HOST, "localhost");
            let request =
                request.header(header::CONTENT_TYPE, "application/json").body(Body::from("{}")).unwrap();
            let answer = desk.ask(request).await;
            let status = answer.status.as_u16().to_string();
            let known = operation["responses"].as_object().unwrap();
            assert!(known.contains_key(&status), "{method} {path}: {status} {}", answer.text);
            assert_ne!(status, "500");
        }
    }
}

#[tokio::test]
async fn an_article_is_coded_without_being_stored() {
    let desk = desk_for(Access::Local);
    let article =
        json!({"text": "Norway expelled the Danish ambassador on Tuesday.", "published": "2031-03-06"});
    let coded = desk.post("code", &article.to_string()).await;
    assert_eq!(coded.status, StatusCode::OK);
    let coded = coded.json();
    assert_eq!(coded["events"][0]["event"], "SANCTION");
    assert_eq!(coded["events"][0]["date"], "2031-03-04");
    let hostile = desk.post("code", &json!({ "text": HOSTILE }).to_string()).await;
    assert_eq!(hostile.json()["text"], HOSTILE);
    assert_eq!(desk.found("stats").await["documents"], 200);
}

#[tokio::test]
async fn an_article_is_stored_when_that_is_asked_for() {
    let desk = desk_for(Access::Local);
    let article =
        json!({"text": "Norway expelled the Danish ambassador on Tuesday.", "published": "2031-03-06"});
    for _ in 0..2 {
        let kept = desk.post("code?store=true", &article.to_string()).await;
        assert_eq!(kept.status, StatusCode::CREATED);
        let kept = kept.json();
        let id = kept["id"].as_str().unwrap();
        let stored = desk.found(&format!("documents/{id}")).await;
        assert_eq!(stored["annotation"]["events"][0]["id"], kept["events"][0]["id"]);
        assert!(stored["annotation"]["events"][0]["happening_id"].is_string(), "it is linked");
    }
    assert_eq!(desk.found("stats").await["documents"], 201, "the same article is kept once");
    assert_eq!(desk.post("code?store=perhaps", &article.to_string()).await.status, StatusCode::BAD_REQUEST);
}

/// A desk as a program has it, with the address that it listens at.
struct Served {
    folder: TempDir,
    address: std::net::SocketAddr,
    close: tokio::sync::oneshot::Sender<()>,
    ended: tokio::task::JoinHandle<Result<(), entente_server::ServerError>>,
}

impl Served {
    async fn open() -> Self {
        let (folder, path) = ledger();
        let (ready, bound) = tokio::sync::oneshot::channel();
        let (close, closed) = tokio::sync::oneshot::channel::<()>();
        let options = ServerOptions {
            ledger: path,
            listen: "127.0.0.1:0".parse().expect("an address"),
            access: Access::Local,
            make_coding: Box::new(coding),
            allow_private: true,
        };
        let ended =
            tokio::spawn(serve(options, |address| ready.send(address).expect("somebody waits"), async {
                drop(closed.await);
            }));
        Self { folder, address: bound.await.expect("it listens"), close, ended }
    }

    /// Sends a request on a connection of its own.
    async fn send(&self, head: &str, body: &str) -> TcpStream {
        let mut connection = TcpStream::connect(self.address).await.expect("a connection");
        let length = body.len();
        let request = format!(
            "{head} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        connection.write_all(request.as_bytes()).await.expect("written");
        connection
    }

    /// Puts an article into the ledger as another process would.
    fn add(&self, number: usize) {
        let mut ledger = Ledger::open(&self.folder.path().join("ledger.entente")).expect("a ledger");
        let run = ledger.begin_run(&versions(), "2031-01-02T00:00:00Z", "{}").expect("a run");
        ledger.put(&[article(number)], run).expect("written");
    }

    async fn close(self) {
        self.close.send(()).expect("it is open");
        tokio::time::timeout(Duration::from_secs(10), self.ended)
            .await
            .expect("it ends")
            .expect("no panic")
            .expect("no failure");
    }
}

/// Reads to the end.
async fn whole(connection: &mut TcpStream) -> String {
    let mut all = String::new();
    let read = tokio::time::timeout(Duration::from_secs(20), connection.read_to_string(&mut all)).await;
    read.expect("it comes in time").expect("text");
    all
}

/// Reads until a text has come.
async fn heard(connection: &mut TcpStream, text: &str) -> String {
    let mut all = Vec::new();
    let read = async {
        while !String::from_utf8_lossy(&all).contains(text) {
            assert!(connection.read_buf(&mut all).await.expect("read") > 0, "it ended without {text}");
        }
    };
    tokio::time::timeout(Duration::from_secs(20), read).await.expect("it comes in time");
    String::from_utf8(all).expect("text")
}

#[tokio::test]
async fn what_is_new_is_told_and_the_desk_closes_all_the_same() {
    let served = Served::open().await;
    let mut stream = served.send("GET /api/v1/stream", "").await;
    heard(&mut stream, "text/event-stream").await;
    served.add(777);
    let told = heard(&mut stream, "}").await;
    assert!(told.contains("event: added") && told.contains(r#""documents":1,"events":1"#), "{told}");
    served.close().await;
}

/// What the header must say of a body.
fn signature(watchlist: &Value, body: &str) -> String {
    let secret = watchlist["secret"].as_str().expect("a secret");
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any length will do");
    mac.update(body.as_bytes());
    let digits: Vec<String> = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256={}", digits.concat())
}

#[tokio::test]
async fn a_webhook_is_told_until_it_has_taken_it() {
    let served = Served::open().await;
    let receiver = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let wish = json!({"name": "north", "filter": {"party": "NOR"},
        "webhook": format!("http://{}/hook?a=b", receiver.local_addr().unwrap())});
    let mut answer = served.send("POST /api/v1/watchlists", &wish.to_string()).await;
    let answer = whole(&mut answer).await;
    let made: Value = serde_json::from_str(answer.split("\r\n\r\n").last().unwrap()).unwrap();
    assert_eq!(made["secret"].as_str().unwrap().len(), 64);
    served.add(776);
    let mut bodies = Vec::new();
    for status in ["503 Unavailable", "204 No Content"] {
        let (mut connection, _) = receiver.accept().await.unwrap();
        let request = heard(&mut connection, "\"name\":\"north\"}}").await;
        assert!(request.starts_with("POST /hook?a=b HTTP/1.1"), "{request}");
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        let named = |name: &str| {
            let line = head
                .lines()
                .find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)));
            line.map(|(_, value)| value.to_owned()).unwrap_or_default()
        };
        assert_eq!(named("x-entente-signature"), signature(&made, body));
        bodies.push((serde_json::from_str::<Value>(body).unwrap(), named("x-entente-delivery")));
        connection
            .write_all(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n").as_bytes())
            .await
            .unwrap();
    }
    assert_eq!(bodies[0], bodies[1], "the same is told again, though more came in");
    let (first, _) = &bodies[0];
    assert_eq!(first["watchlist"], json!({"id": 1, "name": "north"}));
    let items = first["items"].as_array().unwrap();
    assert_eq!(
        (items.len(), &items[0]["event"]["id"]),
        (1, &json!("e776")),
        "and nothing of what was there before"
    );
    let mut lists = served.send("GET /api/v1/watchlists", "").await;
    let lists = whole(&mut lists).await;
    assert!(!lists.contains("secret") && lists.contains("\"delivery\""), "{lists}");
    served.close().await;
}

#[tokio::test]
async fn webhooks_are_addresses_of_the_web() {
    let desk = desk_for(Access::Local);
    for address in ["", "file:///etc/passwd", "https://user:word@example.com/", "javascript:alert(1)"] {
        let wish = json!({"name": "x", "filter": {}, "webhook": address});
        assert_eq!(desk.post("watchlists", &wish.to_string()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn the_server_measures_itself() {
    let desk = desk_for(Access::Local);
    desk.get("/api/v1/events/e1").await;
    desk.get("/api/v1/events/none").await;
    let text = desk.get("/metrics").await.text;
    assert!(
        text.contains(
            "entente_requests_total{method=\"GET\",route=\"/api/v1/events/{id}\",status=\"404\"} 1"
        ),
        "{text}"
    );
    assert_eq!(desk.get("/healthz").await.text, "ok\n");
}
