//! Copies and reports of one act, as they come into a ledger and are linked.

use entente_codebook::EventType;
use entente_coder::record::Annotation;
use entente_ledger::linking::{LinkReport, link};
use entente_ledger::store::{EventFilter, HappeningFilter, Ledger, PartyFilter, RunVersions};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tempfile::TempDir;

/// One article with one event: the first of `words` is the trigger's.
struct Article<'a> {
    id: &'a str,
    published: Option<&'a str>,
    publication: &'a str,
    text: &'a str,
    kind: &'a str,
    trigger: &'a str,
    date: Option<&'a str>,
    dead: Option<u64>,
    aux: &'a [&'a str],
}

const RAID: Article = Article {
    id: "a",
    published: Some("2023-04-12"),
    publication: "Sahel Wire",
    text: "Gunmen ambushed an army convoy near Tillaberi on Tuesday and killed 11 soldiers of Niger, the army said.",
    kind: "ASSAULT",
    trigger: "ambushed",
    date: Some("2023-04-11"),
    dead: Some(11),
    aux: &[],
};

fn retold() -> Article<'static> {
    Article {
        id: "b",
        published: Some("2023-04-13"),
        publication: "Niamey Courier",
        text: "Seventeen soldiers of Niger died when gunmen attacked their convoy at Tillaberi on Tuesday.",
        trigger: "attacked",
        dead: Some(17),
        ..RAID
    }
}

fn entity(name: &str, code: &str, sector: &str) -> Value {
    let code = if code.is_empty() { Value::Null } else { json!(code) };
    json!({"entity_text": name, "start": 0, "end": 6, "entity_name": name, "identifier_id": null, "code": code,
        "sector": sector, "other_sectors": [], "office": null, "age": null, "resolved_by": "registry"})
}

fn annotation(article: &Article) -> Annotation {
    let start = article.text.find(article.trigger).expect("the trigger is in the text");
    let event = json!({"id": format!("e-{}", article.id), "document_id": article.id, "event": article.kind,
        "mode": [], "aux": article.aux, "context": ["military"], "quad_code": 4, "event_scale": -9.0,
        "date": article.date, "enddate": null, "date_reason": "\"Tuesday\", from the sentence",
        "actor": [entity("gunman", "", "UAF")], "recipient": [entity("soldier", "NER", "MIL")], "claim": [],
        "condition": null, "content": null,
        "event_loc": {"extracted_place": "Tillaberi", "country_code": "NER", "geonameid": null, "lat": null,
            "lon": null, "resolution": null},
        "trigger": {"start": start, "end": start + article.trigger.len(), "text": article.trigger},
        "text_info": {"sequence": 0, "start": 0, "end": article.text.chars().count()},
        "size": {"dead": article.dead, "injured": null, "arrested": null},
        "confidence": 0.8, "reason": ["frame assault.toml:81 attack"], "happening_id": null, "coder": "entente 1",
        "codebook": "plover-0.8"});
    let value = json!({"id": article.id, "title": null, "published": article.published,
        "publication": article.publication, "language": "en", "text": article.text, "events": [event]});
    serde_json::from_value(value).expect("a whole record")
}

fn versions(coder: &str) -> RunVersions {
    RunVersions {
        coder: coder.to_owned(),
        codebook: "plover-0.8".to_owned(),
        registry: "world".to_owned(),
        model: "en".to_owned(),
    }
}

fn ledger() -> (TempDir, Ledger) {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = Ledger::create(&folder.path().join("ledger.entente")).expect("a ledger");
    (folder, ledger)
}

fn put(ledger: &mut Ledger, articles: &[Article]) -> LinkReport {
    put_by("one", ledger, articles)
}

fn put_by(coder: &str, ledger: &mut Ledger, articles: &[Article]) -> LinkReport {
    let run = ledger.begin_run(&versions(coder), "2024-01-01T00:00:00Z", "{}").expect("a sound fixture");
    ledger.put(&articles.iter().map(annotation).collect::<Vec<_>>(), run).expect("a sound fixture");
    let report = link(ledger, |_, _| ()).expect("a sound fixture");
    assert_eq!(ledger.verify().expect("a sound fixture"), Vec::<String>::new());
    report
}

fn happening_of(ledger: &Ledger, article: &str) -> String {
    let event = ledger.event(&format!("e-{article}")).expect("a sound fixture").expect("the event");
    event.event.happening_id.expect("a happening")
}

#[test]
fn reports_of_one_act_become_one_happening_with_what_they_differ_on() {
    let (_folder, mut ledger) = ledger();
    let report = put(&mut ledger, &[RAID, retold()]);
    assert_eq!((report.documents, report.events, report.opened), (2, 2, 1));
    let id = happening_of(&ledger, "a");
    assert_eq!(happening_of(&ledger, "b"), id);
    let record = ledger.happening(&id).unwrap().expect("the record");
    assert_eq!((record.mentions.len(), record.conflicts.len(), record.stories), (2, 1, 2));
    let page = ledger.happenings(&HappeningFilter::default(), None, 10).unwrap();
    let [stored] = page.items.as_slice() else { panic!("{page:?}") };
    assert_eq!((stored.mentions, stored.happening.sources), (2, 2));
    assert_eq!(stored.happening.recipient_codes, ["NER"]);
    assert_eq!(stored.happening.date.as_deref(), Some("2023-04-11"));
}

#[test]
fn what_comes_later_joins_what_is_there() {
    let (_folder, mut ledger) = ledger();
    put(&mut ledger, &[RAID]);
    let first = happening_of(&ledger, "a");
    let report = put(&mut ledger, &[retold()]);
    assert_eq!((report.documents, report.opened), (1, 0));
    assert_eq!(happening_of(&ledger, "b"), first);
    assert_eq!(ledger.happenings(&HappeningFilter::default(), None, 10).unwrap().items[0].mentions, 2);
    assert_eq!(link(&mut ledger, |_, _| ()).unwrap(), LinkReport::default(), "nothing is left to do");
}

#[test]
fn acts_far_apart_are_two() {
    let (_folder, mut ledger) = ledger();
    let later = Article { id: "c", published: Some("2023-07-02"), date: Some("2023-07-01"), ..retold() };
    let report = put(&mut ledger, &[RAID, later]);
    assert_eq!(report.opened, 2);
    assert_ne!(happening_of(&ledger, "a"), happening_of(&ledger, "c"));
}

#[test]
fn a_year_of_documents_is_linked_in_any_order_of_their_coming() {
    let days: Vec<String> = (0..12).map(|month| format!("2023-{:02}-12", month + 1)).collect();
    let ids: Vec<[String; 2]> =
        (0..12).map(|month| [format!("a{month:02}"), format!("b{month:02}")]).collect();
    let articles: Vec<Article> = (0..12)
        .flat_map(|at| {
            let told = |id: usize, like: Article<'static>| Article {
                id: &ids[at][id],
                published: Some(&days[at]),
                date: Some(&days[at]),
                ..like
            };
            [told(0, RAID), told(1, retold())]
        })
        .collect();
    let groups = |articles: &[Article]| {
        let (_folder, mut ledger) = ledger();
        put(&mut ledger, articles);
        let of = |article: &Article| (article.id.to_owned(), happening_of(&ledger, article.id));
        articles.iter().map(of).collect::<BTreeSet<_>>()
    };
    let found = groups(&articles);
    let distinct: BTreeSet<&String> = found.iter().map(|(_, happening)| happening).collect();
    assert_eq!(distinct.len(), 12, "{found:?}");
    let turned: Vec<Article> = articles.into_iter().rev().collect();
    assert_eq!(groups(&turned), found);
}

#[test]
fn copies_are_linked_to_one_story_and_counted_once() {
    let (_folder, mut ledger) = ledger();
    let text = "Gunmen ambushed an army convoy near Tillaberi on Tuesday and killed 11 soldiers of Niger, the army said. \
        It was the third such attack in the region this year. Nobody has claimed it so far.";
    let wire = Article { text, ..RAID };
    let reprint = text.replace("Gunmen", "Armed men");
    let copy = Article { id: "b", publication: "Niamey Courier", text: &reprint, ..RAID };
    let report = put(&mut ledger, &[wire, copy]);
    assert_eq!(report.copies, 1);
    let stored = ledger.document("b").unwrap().unwrap();
    assert_eq!((stored.story.as_deref(), stored.duplicate_of.as_deref()), (Some("a"), Some("a")));
    assert_eq!(ledger.document("a").unwrap().unwrap().story.as_deref(), Some("a"));
    let record = ledger.happening(&happening_of(&ledger, "b")).unwrap().unwrap();
    assert_eq!((record.documents, record.stories), (2, 1));
}

#[test]
fn a_denial_is_told_with_what_it_denies() {
    let (_folder, mut ledger) = ledger();
    let denial = Article { id: "d", aux: &["negation"], ..retold() };
    put(&mut ledger, &[RAID, denial]);
    assert_ne!(happening_of(&ledger, "a"), happening_of(&ledger, "d"));
    let record = ledger.happening(&happening_of(&ledger, "a")).unwrap().unwrap();
    assert!(format!("{:?}", record.conflicts).contains("Denied"), "{:?}", record.conflicts);
}

#[test]
fn a_document_that_is_coded_again_stays_linked() {
    let (_folder, mut ledger) = ledger();
    put(&mut ledger, &[RAID, retold()]);
    let id = happening_of(&ledger, "a");
    let recoded = Article { kind: "COERCE", ..retold() };
    put_by("two", &mut ledger, &[recoded]);
    assert_eq!(happening_of(&ledger, "b"), id, "the event has the same id");
    let row = &ledger.happenings(&HappeningFilter::default(), None, 10).unwrap().items[0];
    assert_eq!((row.mentions, row.happening.event), (2, EventType::Assault));
}

#[test]
fn all_can_be_linked_anew() {
    let (_folder, mut ledger) = ledger();
    put(&mut ledger, &[RAID]);
    put(&mut ledger, &[retold()]);
    ledger.forget_links().unwrap();
    assert!(ledger.happenings(&HappeningFilter::default(), None, 10).unwrap().items.is_empty());
    let report = link(&mut ledger, |_, _| ()).unwrap();
    assert_eq!((report.documents, report.opened), (2, 1));
    assert_eq!(ledger.verify().unwrap(), Vec::<String>::new());
}

#[test]
fn undated_documents_are_compared_with_one_another() {
    let (_folder, mut ledger) = ledger();
    let undated = |article: Article<'static>| Article { published: None, ..article };
    put(&mut ledger, &[undated(RAID)]);
    put(&mut ledger, &[undated(retold())]);
    assert_eq!(happening_of(&ledger, "a"), happening_of(&ledger, "b"));
}

#[test]
fn happenings_are_found_by_their_events() {
    let (_folder, mut ledger) = ledger();
    let other = Article {
        id: "z",
        text: "Gunmen freed two hostages in Agadez on Wednesday.",
        trigger: "freed",
        kind: "RETREAT",
        ..RAID
    };
    put(&mut ledger, &[RAID, retold(), other]);
    let count = |filter: HappeningFilter| ledger.happenings(&filter, None, 10).unwrap().items.len();
    let events = |events: EventFilter| HappeningFilter { events, ..HappeningFilter::default() };
    assert_eq!(count(events(EventFilter { types: vec![EventType::Retreat], ..EventFilter::default() })), 1);
    assert_eq!(
        count(events(EventFilter { recipient: PartyFilter::code("NER"), ..EventFilter::default() })),
        2
    );
    assert_eq!(count(events(EventFilter { text: Some("convoy".into()), ..EventFilter::default() })), 1);
    assert_eq!(count(HappeningFilter { sources_min: Some(2), ..HappeningFilter::default() }), 1);
    assert_eq!(count(HappeningFilter { mentions_min: Some(3), ..HappeningFilter::default() }), 0);
    let days = |from: &str, to: &str| {
        events(EventFilter {
            from: Some(from.parse().unwrap()),
            to: Some(to.parse().unwrap()),
            ..EventFilter::default()
        })
    };
    assert_eq!(count(days("2023-04-11", "2023-04-11")), 2);
    assert_eq!(count(days("2023-04-12", "2024-01-01")), 0);
    let first = ledger
        .happenings(&HappeningFilter { by_mentions: true, ..HappeningFilter::default() }, None, 1)
        .unwrap();
    assert_eq!(first.items[0].mentions, 2);
    let second = ledger.happenings(
        &HappeningFilter { by_mentions: true, ..HappeningFilter::default() },
        first.next.as_deref(),
        1,
    );
    assert_eq!(second.unwrap().items[0].mentions, 1);
}
