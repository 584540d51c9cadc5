//! A writer that is killed at any instant leaves whole documents, and a later run completes the work.
//!
//! The test starts itself again as the writer, kills it after a moment, and looks at the file.

use entente_coder::record::Annotation;
use entente_ledger::linking::{LinkReport, link};
use entente_ledger::store::{EventFilter, Ledger, RunVersions};
use serde_json::json;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const KILLS: u64 = 200;
const DOCUMENTS: usize = 400;
const EVENTS_EACH: usize = 3;
const LEDGER: &str = "ENTENTE_TEST_LEDGER";

fn annotation(number: usize) -> Annotation {
    let id = format!("d{number}");
    let text = format!("Norway expelled the Danish envoy. Copy {number}.");
    let events: Vec<_> = (0..EVENTS_EACH)
        .map(|index| {
            json!({"id": format!("{id}-{index}"), "document_id": id, "event": "SANCTION", "quad_code": 4,
                "event_scale": -5.0, "date": "2024-03-06", "enddate": null, "date_reason": null,
                "condition": null, "content": null, "event_loc": null, "actor": [], "recipient": [], "claim": [],
                "mode": [], "aux": [], "context": [], "trigger": {"start": 7, "end": 15, "text": "expelled"},
                "text_info": {"sequence": 0, "start": 0, "end": 33}, "confidence": 0.8, "reason": ["frame"],
                "happening_id": null, "coder": "entente 1", "codebook": "plover-0.8"})
        })
        .collect();
    let value = json!({"id": id, "title": null, "published": "2024-03-07", "publication": "The Harbour Gazette",
        "language": "en", "text": text, "events": events});
    serde_json::from_value(value).expect("a whole record")
}

fn write_all(path: &Path) {
    let versions = RunVersions {
        coder: "entente 1".to_owned(),
        codebook: "plover-0.8".to_owned(),
        registry: "world".to_owned(),
        model: "en".to_owned(),
    };
    let mut ledger = Ledger::open_or_create(path).expect("a ledger");
    let run = ledger.begin_run(&versions, "2024-03-08T00:00:00Z", "{}").expect("a run");
    let documents: Vec<Annotation> = (0..DOCUMENTS).map(annotation).collect();
    for batch in documents.chunks(4) {
        ledger.put(batch, run).expect("a batch");
        link(&mut ledger, |_, _| ()).expect("links");
    }
    ledger.end_run(run, "2024-03-08T00:10:00Z").expect("the end");
}

/// Not a test of its own: what the killed process runs.
#[test]
fn writer() {
    if let Some(path) = std::env::var_os(LEDGER) {
        write_all(Path::new(&path));
    }
}

/// How many documents the file has, all of them whole.
fn check(path: &Path) -> usize {
    let connection = rusqlite::Connection::open(path).expect("the file");
    let answer: String =
        connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("an answer");
    assert_eq!(answer, "ok");
    let broken =
        connection.prepare("PRAGMA foreign_key_check").expect("a check").exists([]).expect("an answer");
    assert!(!broken, "a record hangs on one that is not there");
    drop(connection);
    let ledger = Ledger::open_or_create(path).expect("a ledger");
    assert_eq!(ledger.verify().expect("an answer"), Vec::<String>::new());
    let stats = ledger.stats(0).expect("counts");
    assert_eq!(stats.events, stats.documents * EVENTS_EACH as u64, "half a document");
    usize::try_from(stats.documents).expect("a small number")
}

#[test]
fn killed_at_any_instant_it_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = std::env::current_exe().expect("this program");
    let mut path = folder.path().join("ledger-0");
    let mut cut_off = 0;
    for kill in 0..KILLS {
        let mut child = Command::new(&program)
            .args(["--exact", "writer", "--nocapture"])
            .env(LEDGER, &path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the writer");
        // A spread of instants, from before the first open to after several batches.
        std::thread::sleep(Duration::from_micros(1_000 + (kill * 7_919) % 50_000));
        child.kill().expect("a kill");
        child.wait().expect("its end");
        let documents = check(&path);
        if documents == DOCUMENTS {
            path = folder.path().join(format!("ledger-{kill}"));
        } else if documents > 0 {
            cut_off += 1;
        }
    }
    assert!(cut_off > KILLS / 4, "the kills hit too little work to tell anything: {cut_off}");
    write_all(&path);
    assert_eq!(check(&path), DOCUMENTS);
    let mut linked = Ledger::open(&path).expect("a ledger");
    assert_eq!(link(&mut linked, |_, _| ()).expect("links"), LinkReport::default(), "all is linked");
    let ledger = Ledger::open(&path).expect("a ledger");
    let events = ledger.count_events(&EventFilter::default()).expect("a count");
    assert_eq!(events, (DOCUMENTS * EVENTS_EACH) as u64);
}
