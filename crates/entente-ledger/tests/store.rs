//! The store as its callers see it.

use entente_codebook::EventType;
use entente_coder::record::Annotation;
use entente_ledger::LedgerError;
use entente_ledger::store::{
    ContentHash, Deed, DocumentFilter, EventFilter, EventOrder, Ledger, LedgerOptions, PartyFilter, RunId,
    RunVersions, SortKey, StatementFilter,
};
use serde_json::{Value, json};
use std::path::PathBuf;

const TEXT: &str = "Norway expelled the Danish envoy.";

fn versions(coder: &str) -> RunVersions {
    RunVersions {
        coder: coder.to_owned(),
        codebook: "plover-0.8".to_owned(),
        registry: "world".to_owned(),
        model: "en".to_owned(),
    }
}

fn entity(code: &str, sector: &str) -> Value {
    json!({"entity_text": code, "start": 0, "end": 6, "entity_name": code, "identifier_id": null, "code": code,
        "sector": sector, "other_sectors": [], "office": null, "age": null, "resolved_by": "registry"})
}

fn event(id: &str, document: &str, kind: &str, date: &str, recipient: &str) -> Value {
    json!({"id": id, "document_id": document, "event": kind, "mode": [], "aux": [], "context": ["diplomatic"],
        "quad_code": 4, "event_scale": -5.0, "date": date, "enddate": null, "date_reason": null,
        "actor": [entity("NOR", "GOV")], "recipient": [entity(recipient, "MIL")], "claim": [],
        "condition": null, "content": null, "event_loc": null,
        "trigger": {"start": 7, "end": 15, "text": "expelled"},
        "text_info": {"sequence": 0, "start": 0, "end": 33},
        "confidence": 0.8, "reason": ["frame"], "happening_id": null, "coder": "entente 1",
        "codebook": "plover-0.8"})
}

fn annotation(id: &str, text: &str, events: &[Value]) -> Annotation {
    let value = json!({"id": id, "title": null, "published": "2024-03-07", "publication": "The Harbour Gazette",
        "language": "en", "text": text, "events": events});
    serde_json::from_value(value).expect("a whole record")
}

fn article(number: usize) -> Annotation {
    let id = format!("d{number}");
    let day = format!("2024-03-{:02}", 1 + number % 28);
    let kind = if number.is_multiple_of(2) { "SANCTION" } else { "ASSAULT" };
    let recipient = if number.is_multiple_of(3) { "DNK" } else { "SWE" };
    let events = [event(&format!("e{number}"), &id, kind, &day, recipient)];
    annotation(&id, &format!("{TEXT} Copy {number}."), &events)
}

struct Place {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn place() -> Place {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ledger.entente");
    Place { _folder: folder, path }
}

fn begun(place: &Place) -> (Ledger, RunId) {
    let mut ledger = Ledger::open_or_create(&place.path).expect("a ledger");
    let run = ledger.begin_run(&versions("one"), "2024-03-08T00:00:00Z", "{}").expect("a run");
    (ledger, run)
}

fn ids(ledger: &Ledger, filter: &EventFilter) -> Vec<String> {
    let page = ledger.events(filter, EventOrder::default(), None, 1000).expect("an answer");
    let mut found: Vec<String> = page.events.into_iter().map(|stored| stored.event.id).collect();
    found.sort();
    found
}

#[test]
fn what_is_there_is_not_written_again() {
    let place = place();
    let (mut ledger, run) = begun(&place);
    let articles: Vec<Annotation> = (0..20).map(article).collect();
    let first = ledger.put(&articles, run).unwrap();
    assert_eq!((first.added, first.events, first.unchanged), (20, 20, 0));
    let again = ledger.put(&articles, run).unwrap();
    assert_eq!((again.added, again.events, again.unchanged), (0, 0, 20));
    let keys: Vec<(String, ContentHash)> =
        articles.iter().map(|article| (article.id.clone(), ContentHash::of_annotation(article))).collect();
    assert_eq!(ledger.already_coded(&keys, &versions("one")).unwrap(), [true; 20]);
    assert_eq!(ledger.already_coded(&keys, &versions("two")).unwrap(), [false; 20]);
    assert_eq!(ledger.stats(3).unwrap().events, 20);
}

#[test]
fn other_versions_replace_the_records() {
    let place = place();
    let (mut ledger, run) = begun(&place);
    ledger.put(&[article(1)], run).unwrap();
    let run = ledger.begin_run(&versions("two"), "2024-03-09T00:00:00Z", "{}").unwrap();
    let mut recoded = article(1);
    recoded.events[0].event = EventType::Protest;
    let report = ledger.put(&[recoded], run).unwrap();
    assert_eq!((report.replaced, report.added), (1, 0));
    assert_eq!(ledger.event("e1").unwrap().unwrap().event.event, EventType::Protest);
    assert_eq!(ledger.stats(1).unwrap().documents, 1);
}

#[test]
fn another_text_of_an_id_is_a_revision_and_a_copy_is_a_duplicate() {
    let place = place();
    let (mut ledger, run) = begun(&place);
    let told = |id, document| [event(id, document, "SANCTION", "2024-03-06", "DNK")];
    ledger.put(&[annotation("a", TEXT, &told("x", "a"))], run).unwrap();
    let changed = annotation("a", "Norway expelled two Danish envoys.", &told("x", "a"));
    let copy = annotation("b", TEXT, &told("y", "b"));
    let report = ledger.put(&[changed, copy], run).unwrap();
    assert_eq!((report.added, report.duplicates, report.revisions.len()), (2, 1, 1));
    assert!(report.revisions[0].revision_id.starts_with("a~"));
    assert_eq!(ids(&ledger, &EventFilter::default()).len(), 3, "no event is lost");
}

#[test]
fn filters_keep_what_they_say() {
    let place = place();
    let (mut ledger, run) = begun(&place);
    ledger.put(&(0..12).map(article).collect::<Vec<_>>(), run).unwrap();
    let expected = |keep: &dyn Fn(usize) -> bool| {
        let mut kept: Vec<String> = (0..12).filter(|n| keep(*n)).map(|n| format!("e{n}")).collect();
        kept.sort();
        kept
    };
    let sanctions = EventFilter { types: vec![EventType::Sanction], ..EventFilter::default() };
    assert_eq!(ids(&ledger, &sanctions), expected(&|number| number % 2 == 0));
    let denmark = EventFilter { recipient: PartyFilter::code("DNK"), ..EventFilter::default() };
    assert_eq!(ids(&ledger, &denmark), expected(&|number| number % 3 == 0));
    let wrong_side = EventFilter { actor: PartyFilter::code("DNK"), ..EventFilter::default() };
    assert!(ids(&ledger, &wrong_side).is_empty());
    let both = EventFilter { recipient: PartyFilter::code("DNK"), ..sanctions };
    assert_eq!(ids(&ledger, &both), expected(&|number| number % 6 == 0));
    let days = EventFilter {
        from: Some("2024-03-03".parse().unwrap()),
        to: Some("2024-03-05".parse().unwrap()),
        ..EventFilter::default()
    };
    assert_eq!(ids(&ledger, &days), expected(&|number| (2..=4).contains(&number)));
    let text = |words: &str| EventFilter { text: Some(words.to_owned()), ..EventFilter::default() };
    assert_eq!(ids(&ledger, &text("\"copy 7\"")), ["e7"]);
    assert!(ids(&ledger, &text("zebra")).is_empty());
    let sure = EventFilter { confidence_min: Some(0.9), ..EventFilter::default() };
    assert!(ids(&ledger, &sure).is_empty());
    let source = |name: &str| EventFilter { sources: vec![name.to_owned()], ..EventFilter::default() };
    assert_eq!(ids(&ledger, &source("The Harbour Gazette")).len(), 12);
    assert!(ids(&ledger, &source("x' OR '1'='1")).is_empty());
}

#[test]
fn search_text_is_never_a_program() {
    let place = place();
    let (mut ledger, run) = begun(&place);
    ledger.put(&[article(1)], run).unwrap();
    for words in
        ["\"", "a AND", "NEAR(", "*", "title:x", "'; DROP TABLE events; --", "(((", "-", "^a", "\u{0}"]
    {
        let filter = EventFilter { text: Some(words.to_owned()), ..EventFilter::default() };
        let answer = ledger.events(&filter, EventOrder::default(), None, 10);
        answer.unwrap_or_else(|error| panic!("{words}: {error}"));
    }
    assert_eq!(ids(&ledger, &EventFilter::default()), ["e1"]);
}

#[test]
fn pages_have_everything_once_while_more_is_written() {
    let place = place();
    let (mut ledger, run) = begun(&place);
    ledger.put(&(0..60).map(article).collect::<Vec<_>>(), run).unwrap();
    let mut next_article = 60;
    for key in [SortKey::Date, SortKey::Confidence, SortKey::Scale] {
        for descending in [true, false] {
            let order = EventOrder { key, descending };
            let (mut found, mut after) = (Vec::new(), None);
            // Ascending by what all share, what is written meanwhile comes at the end: a bound on the pages.
            for _ in 0..40 {
                let page = ledger.events(&EventFilter::default(), order, after.as_deref(), 7).unwrap();
                found.extend(page.events.into_iter().map(|stored| stored.event.id));
                ledger.put(&[article(next_article)], run).unwrap();
                next_article += 1;
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            let mut unique = found.clone();
            unique.sort();
            unique.dedup();
            assert_eq!(unique.len(), found.len(), "{order:?}: nothing twice");
            assert!((0..60).all(|n| unique.contains(&format!("e{n}"))), "{order:?}: nothing lost");
        }
    }
    let error =
        ledger.events(&EventFilter::default(), EventOrder::default(), Some("nonsense"), 5).unwrap_err();
    assert!(matches!(error, LedgerError::BadCursor { .. }));
}

#[test]
fn files_that_are_no_ledger_are_named() {
    let place = place();
    assert!(matches!(Ledger::open(&place.path), Err(LedgerError::Missing { .. })));
    std::fs::write(&place.path, "a letter, long enough to be taken for a file of pages".repeat(40)).unwrap();
    assert!(matches!(Ledger::open(&place.path), Err(LedgerError::NotALedger { .. })));
    std::fs::remove_file(&place.path).unwrap();
    let other = rusqlite::Connection::open(&place.path).unwrap();
    other.execute_batch("CREATE TABLE letters (body TEXT)").unwrap();
    drop(other);
    assert!(matches!(Ledger::open_or_create(&place.path), Err(LedgerError::NotALedger { .. })));
    std::fs::remove_file(&place.path).unwrap();
    drop(Ledger::create(&place.path).unwrap());
    assert!(matches!(Ledger::create(&place.path), Err(LedgerError::AlreadyExists { .. })));
    let newer = rusqlite::Connection::open(&place.path).unwrap();
    newer.pragma_update(None, "user_version", 999).unwrap();
    drop(newer);
    assert!(matches!(Ledger::open(&place.path), Err(LedgerError::Newer { found: 999, .. })));
}

#[test]
fn a_full_disk_and_a_reader_refuse_to_write_and_lose_nothing() {
    let place = place();
    let (mut ledger, run) = begun(&place);
    ledger.put(&[article(1)], run).unwrap();
    let mut reader = Ledger::open_read_only(&place.path).unwrap();
    assert!(matches!(reader.put(&[article(2)], run), Err(LedgerError::ReadOnly { .. })));
    drop((ledger, reader));
    let options = LedgerOptions { largest_bytes: Some(600_000), ..LedgerOptions::default() };
    let mut small = Ledger::open_with(&place.path, &options).unwrap();
    let many: Vec<Annotation> = (2..4000).map(article).collect();
    assert!(matches!(small.put(&many, run), Err(LedgerError::DiskFull { .. })));
    assert_eq!(ids(&small, &EventFilter::default()), ["e1"]);
    drop(small);
    let mut whole = Ledger::open(&place.path).unwrap();
    assert_eq!(whole.put(&many[..50], run).unwrap().added, 50);
    assert!(whole.verify().unwrap().is_empty());
}

#[test]
fn a_second_writer_is_told_of_the_first() {
    let place = place();
    let (mut ledger, run) = begun(&place);
    let other = rusqlite::Connection::open(&place.path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let busy_time = std::time::Duration::from_millis(50);
    let options = LedgerOptions { busy_time, ..LedgerOptions::default() };
    let second =
        Ledger::open_with(&place.path, &options).and_then(|mut ledger| ledger.put(&[article(1)], run));
    assert!(matches!(second, Err(LedgerError::Locked { .. })), "{second:?}");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(ledger.put(&[article(1)], run).unwrap().added, 1);
}

#[test]
fn deeds_are_the_events_as_numbers() {
    let place = place();
    let (mut ledger, run) = begun(&place);
    let articles: Vec<Annotation> = (0..3).map(article).collect();
    ledger.put(&articles, run).unwrap();
    let deeds = ledger.deeds(&EventFilter::default()).unwrap();
    let numbers: Vec<u32> = deeds.deeds.iter().map(|deed| deed.event).collect();
    let events = ledger.events_of_numbers(&numbers).unwrap();
    assert_eq!(events.len(), deeds.deeds.len());
    assert!(!events.is_empty());
    for (deed, stored) in deeds.deeds.iter().zip(&events) {
        let codes = |places: &[u32]| -> Vec<Option<String>> {
            places.iter().map(|place| deeds.parties[*place as usize].code.clone()).collect()
        };
        let of = |parties: &[entente_coder::record::Entity]| -> Vec<Option<String>> {
            parties.iter().map(|party| party.code.clone()).collect()
        };
        assert_eq!(deed.event_type, stored.event.event);
        assert_eq!(codes(deeds.actors(deed)), of(&stored.event.actor));
        assert_eq!(codes(deeds.recipients(deed)), of(&stored.event.recipient));
        assert_eq!(f64::from(deed.scale), f64::from(stored.event.event_scale as f32));
        assert_eq!(deed.is_auxiliary, !stored.event.aux.is_empty());
    }
    let named: Vec<&str> = events.iter().map(|stored| stored.event.id.as_str()).collect();
    assert_eq!(deeds.event_ids(&numbers), named);
    assert_eq!(deeds.event_ids(&[numbers[1], u32::MAX]), [named[1]]);
    for (party, place) in deeds.parties.iter().zip(0u32..) {
        let takes_part =
            |deed: &&Deed| deeds.actors(deed).contains(&place) || deeds.recipients(deed).contains(&place);
        let found = deeds.of_party(place).iter().map(|deed| deeds.deeds[*deed as usize].event);
        let walked = deeds.deeds.iter().filter(takes_part).map(|deed| deed.event);
        assert_eq!(found.collect::<Vec<_>>(), walked.collect::<Vec<_>>());
        let code = party.code.as_deref().unwrap();
        let same = (0u32..)
            .zip(&deeds.parties)
            .filter(|(_, other)| other.code == party.code)
            .map(|(other, _)| other);
        assert_eq!(deeds.of_code(code), same.collect::<Vec<_>>());
    }
    assert!(deeds.of_code("nobody").is_empty());
    // Articles are of 7 March 2024; the third tells of the 3rd, and one more of the 20th.
    assert!(deeds.deeds.iter().all(|deed| deed.days.is_some()));
    let ahead = annotation("ahead", TEXT, &[event("ahead", "ahead", "AID", "2024-03-20", "SWE")]);
    ledger.put(&[ahead], run).unwrap();
    let aid = EventFilter { types: vec![EventType::Aid], ..EventFilter::default() };
    assert_eq!(ledger.deeds(&aid).unwrap().deeds[0].days, None, "told before it was done");
    let one = EventFilter { types: vec![events[0].event.event], ..EventFilter::default() };
    let some = ledger.deeds(&one).unwrap();
    let kept = deeds.deeds.iter().filter(|deed| deed.event_type == events[0].event.event).count();
    assert_eq!(some.deeds.len(), kept);
}

#[test]
fn documents_are_listed_without_their_texts() {
    let place = place();
    let (mut ledger, run) = begun(&place);
    let before = ledger.mark().unwrap();
    let articles: Vec<Annotation> = (0..5).map(article).collect();
    ledger.put(&articles, run).unwrap();
    assert_ne!(ledger.mark().unwrap(), before);
    let first = ledger.documents(&DocumentFilter::default(), None, 3).unwrap();
    let rest = ledger.documents(&DocumentFilter::default(), first.next.as_deref(), 3).unwrap();
    let mut ids: Vec<&str> =
        first.items.iter().chain(&rest.items).map(|document| document.document_id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["d0", "d1", "d2", "d3", "d4"]);
    assert_eq!((first.items[0].event_count, rest.next), (1, None));
    let found = |filter: DocumentFilter| ledger.documents(&filter, None, 9).unwrap().items.len();
    let none = DocumentFilter::default;
    assert_eq!(found(DocumentFilter { text: Some("\"copy 3\"".into()), ..none() }), 1);
    assert_eq!(found(DocumentFilter { sources: vec!["Nobody".into()], ..none() }), 0);
    assert_eq!(found(DocumentFilter { from: "2024-03-08".parse().ok(), ..none() }), 0);
    assert_eq!(found(DocumentFilter { to: "2024-03-07".parse().ok(), ..none() }), 5);
}

/// More matches than are handed to SQLite as a list: the table is walked, and what matches read whole.
#[test]
fn statements_with_a_common_word_come_page_by_page() {
    const MANY: usize = 3_300;
    let place = place();
    let (mut ledger, run) = begun(&place);
    let statement = |number: usize| {
        let said = if number.is_multiple_of(8) { "silence" } else { "embargo" };
        json!({"id": format!("s{number}"), "speaker": entity("NOR", "GOV"), "cue": null, "kind": "direct", "via": [],
            "content": {"start": 0, "end": 6, "text": format!("no {said} {number}")}})
    };
    let mut article = annotation("many", TEXT, &[]);
    article.statements =
        serde_json::from_value((0..MANY * 8 / 7).map(statement).collect()).expect("statements");
    ledger.put(&[article], run).unwrap();
    let filter = StatementFilter { text: Some("embargo".to_owned()), ..StatementFilter::default() };
    let mut found = std::collections::BTreeSet::new();
    let mut after = None;
    loop {
        let page = ledger.statements(&filter, after.as_deref(), 500).unwrap();
        for stored in page.items {
            assert!(stored.statement.content.text.contains("embargo") && stored.document_id == "many");
            assert!(found.insert(stored.statement.id), "no statement comes twice");
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(found.len(), MANY * 8 / 7 - (MANY * 8 / 7).div_ceil(8));
    assert!(found.len() > 3_000, "{}", found.len());
}
