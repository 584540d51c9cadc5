//! Events out of a ledger and into another one, in every layout.

use entente_codebook::EventType;
use entente_coder::record::Annotation;
use entente_ledger::exchange::{ImportSummary, Layout, RowFault, export, export_documents, import_file};
use entente_ledger::store::{EventFilter, EventOrder, Ledger, PartyFilter, RunVersions, StoredEvent};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn entity(name: &str, code: &str, sector: &str) -> Value {
    json!({"entity_text": name, "start": 0, "end": 6, "entity_name": name, "identifier_id": "Q1", "code": code,
        "sector": sector, "other_sectors": [], "office": "minister", "age": 61, "resolved_by": "registry"})
}

fn event(id: &str, kind: &str, mode: &[&str], actors: &[Value], recipients: &[Value]) -> Value {
    let quad = EventType::parse(kind).expect("a type").quad_code();
    json!({"id": id, "document_id": "d1", "event": kind, "mode": mode, "aux": [], "context": ["diplomatic"],
        "quad_code": quad, "event_scale": -5.5, "date": "2024-03-06", "enddate": null, "date_reason": "day of publication",
        "actor": actors, "recipient": recipients, "claim": [entity("Jonas Berg", "NOR", "GOV")],
        "condition": null, "content": {"start": 0, "end": 4, "text": "=1+1"},
        "event_loc": {"extracted_place": "Oslo", "country_code": "NOR", "geonameid": 3143244, "lat": 59.91, "lon": 10.75,
            "resolution": "city"},
        "trigger": {"start": 7, "end": 15, "text": "expelled"}, "text_info": {"sequence": 1, "start": 0, "end": 33},
        "size": {"dead": null, "injured": null, "arrested": null}, "confidence": 0.8125, "reason": ["frame"],
        "happening_id": null, "coder": "entente 1", "codebook": "plover-0.8"})
}

fn annotation() -> Annotation {
    let norway = || entity("Norway", "NOR", "GOV");
    let denmark = || entity("Danish navy", "DNK", "MIL");
    let sweden = || entity("Sweden", "SWE", "GOV");
    let one = event("00000000000000a1", "SANCTION", &["expel"], &[norway()], &[denmark()]);
    let meeting = event("00000000000000a2", "CONSULT", &[], &[norway(), denmark(), sweden()], &[]);
    let shelling = event("00000000000000a3", "ASSAULT", &["drone"], &[norway()], &[denmark(), sweden()]);
    let mut denied = event("00000000000000a4", "AID", &[], &[norway()], &[]);
    denied["aux"] = json!(["negation"]);
    let mut monthly = event("00000000000000a5", "AID", &[], &[norway()], &[]);
    monthly["date"] = json!("2024-03");
    serde_json::from_value(json!({"id": "d1", "title": "A title", "published": "2024-03-07",
        "publication": "The Harbour Gazette", "url": "https://example.com/1", "language": "en",
        "text": "Norway expelled\tthe Danish envoy.", "sentences": [{"start": 0, "end": 33}],
        "events": [one, meeting, shelling, denied, monthly]}))
    .expect("a whole record")
}

fn ledger(folder: &TempDir, name: &str) -> Ledger {
    Ledger::create(&folder.path().join(name)).expect("a ledger")
}

fn filled(folder: &TempDir) -> Ledger {
    let mut ledger = ledger(folder, "from.entente");
    let versions = RunVersions {
        coder: "one".into(),
        codebook: "plover-0.8".into(),
        registry: "world".into(),
        model: "en".into(),
    };
    let run = ledger.begin_run(&versions, "2024-03-08T00:00:00Z", "{}").expect("a sound fixture");
    ledger.put(&[annotation()], run).expect("a sound fixture");
    ledger
}

fn written(ledger: &Ledger, layout: Layout, path: &Path) -> Vec<u8> {
    export(ledger, &EventFilter::default(), layout, std::fs::File::create(path).expect("a sound fixture"))
        .expect("a sound fixture");
    std::fs::read(path).expect("a sound fixture")
}

fn take(ledger: &mut Ledger, path: &Path) -> (ImportSummary, Vec<RowFault>) {
    let mut faults = Vec::new();
    let summary = import_file(
        ledger,
        path,
        None,
        "2024-03-09T00:00:00Z",
        &mut |fault| faults.push(fault.clone()),
        &mut |_| (),
    )
    .expect("a sound fixture");
    (summary, faults)
}

fn file(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a sound fixture");
    path
}

fn all(ledger: &Ledger) -> Vec<StoredEvent> {
    ledger.events(&EventFilter::default(), EventOrder::default(), None, 1000).expect("a sound fixture").events
}

#[test]
fn our_own_layouts_come_back_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let from = filled(&folder);
    for (layout, name) in [(Layout::JsonLines, "a.jsonl"), (Layout::Parquet, "a.parquet")] {
        let path = folder.path().join(name);
        written(&from, layout, &path);
        let mut to = ledger(&folder, &format!("{name}.entente"));
        let (summary, faults) = take(&mut to, &path);
        assert_eq!((summary.rows, summary.added, faults.len()), (5, 5, 0));
        let records = |ledger: &Ledger| {
            let mut records: Vec<String> =
                all(ledger).iter().map(|stored| serde_json::to_string(&stored.event).unwrap()).collect();
            records.sort();
            records
        };
        assert_eq!(records(&to), records(&from));
        // What a ledger got by import it gives back the same.
        let once = written(&to, layout, &folder.path().join(format!("once-{name}")));
        let mut third = ledger(&folder, &format!("third-{name}.entente"));
        take(&mut third, &folder.path().join(format!("once-{name}")));
        assert_eq!(written(&third, layout, &folder.path().join(format!("twice-{name}"))), once);
        let (again, _) = take(&mut to, &path);
        assert_eq!((again.added, again.unchanged), (0, 5));
        assert_eq!(to.verify().unwrap(), Vec::<String>::new());
    }
}

#[test]
fn documents_come_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let from = filled(&folder);
    let mut bytes = Vec::new();
    assert_eq!(export_documents(&from, &mut bytes).unwrap(), 1);
    let path = file(&folder, "documents.jsonl", &bytes);
    let mut to = ledger(&folder, "to.entente");
    let (summary, _) = take(&mut to, &path);
    assert_eq!((summary.documents, summary.added), (1, 5));
    assert_eq!(to.annotation("d1").unwrap(), from.annotation("d1").unwrap());
    let mut again = Vec::new();
    export_documents(&to, &mut again).unwrap();
    assert_eq!(again, bytes);
    let (second, _) = take(&mut to, &path);
    assert_eq!((second.documents, second.unchanged), (0, 1));
}

#[test]
fn csv_has_a_row_an_event_and_runs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let text =
        String::from_utf8(written(&filled(&folder), Layout::Csv, &folder.path().join("a.csv"))).unwrap();
    assert_eq!(text.lines().count(), 6);
    assert!(text.contains("'=1+1") && text.contains(",-5.5,"), "{text}");
}

fn tabs(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = String::from_utf8(bytes.to_vec()).expect("a sound fixture");
    text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

#[test]
fn layouts_of_the_field_have_a_row_a_dyad_and_leave_out_what_they_cannot_say() {
    let folder = tempfile::tempdir().unwrap();
    let from = filled(&folder);
    for (layout, columns, header) in
        [(Layout::Polecat, 40, 1), (Layout::Icews, 20, 1), (Layout::Gdelt, 61, 0)]
    {
        let path = folder.path().join(layout.name());
        let report =
            export(&from, &EventFilter::default(), layout, std::fs::File::create(&path).unwrap()).unwrap();
        assert_eq!(
            (report.events, report.rows, report.with_aux + report.without_day),
            (3, 1 + 3 + 2, 2),
            "{layout:?}"
        );
        let rows = tabs(&std::fs::read(&path).unwrap());
        assert_eq!(rows.len() as u64, report.rows + header);
        assert!(rows.iter().all(|row| row.len() == columns), "{layout:?}");
    }
}

#[test]
fn what_is_exported_to_the_layouts_of_the_field_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let from = filled(&folder);
    for layout in [Layout::Polecat, Layout::Icews, Layout::Gdelt] {
        let path = folder.path().join(layout.name());
        written(&from, layout, &path);
        let mut to = ledger(&folder, &format!("{}.entente", layout.name()));
        let (summary, faults) = take(&mut to, &path);
        assert_eq!((summary.added, faults.len()), (6, 0), "{layout:?} {faults:?}");
        let filter = EventFilter {
            actor: PartyFilter::code("NOR"),
            recipient: PartyFilter {
                codes: vec!["DNK".into()],
                sectors: vec!["MIL".into()],
                ..PartyFilter::default()
            },
            types: vec![EventType::Assault],
            modes: vec!["drone".into()],
            countries: vec!["NOR".into()],
            from: Some("2024-03-06".parse().unwrap()),
            to: Some("2024-03-06".parse().unwrap()),
            ..EventFilter::default()
        };
        assert_eq!(to.count_events(&filter).unwrap(), 1, "{layout:?}: {:#?}", all(&to));
        assert_eq!(take(&mut to, &path).0.added, 0, "{layout:?}: a second time nothing is new");
        assert_eq!(to.verify().unwrap(), Vec::<String>::new());
    }
}

const ICEWS_HEADER: &str = "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t\
    Intensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\t\
    Country\tLatitude\tLongitude";

fn icews_row(id: &str, date: &str, code: &str) -> String {
    format!(
        "{id}\t{date}\tPolice (Kenya)\tGovernment,Police\tKenya\tArrest\t{code}\t-5.0\tCitizen (Uganda)\tGeneral Population \
         / Civilian / Social,Social\tUganda\t77\t3\tThe Example\tNairobi\t\tNairobi Area\tKenya\t-1.28\t36.82"
    )
}

#[test]
fn quirks_of_icews_are_known() {
    let folder = tempfile::tempdir().unwrap();
    let rows = [
        ICEWS_HEADER.to_owned(),
        icews_row("1", "2017-05-01", "173"),
        icews_row("1", "2017-05-01", "173"),
        icews_row("1", "2017-05-02", "173"),
        icews_row("2", "2017-05-02", "13y"),
        icews_row("3", "2017-05-02", "010"),
        icews_row("4", "2017-05-02", "999"),
        icews_row("5", "yesterday", "173"),
        "6\t2017-05-02\tshort".to_owned(),
    ];
    let path = file(&folder, "events.2017.tab", rows.join("\r\n").as_bytes());
    let mut to = ledger(&folder, "to.entente");
    let (summary, faults) = take(&mut to, &path);
    assert_eq!((summary.rows, summary.added, summary.unchanged, summary.faults), (8, 3, 1, 3));
    assert_eq!(summary.left_out.values().sum::<u64>(), 1);
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let at = |line: usize| told.iter().find(|fault| fault.contains(&format!("events.2017.tab:{line}: ")));
    assert!(at(7).is_some_and(|fault| fault.contains("999")), "{told:?}");
    assert!(at(8).is_some_and(|fault| fault.contains("yesterday")) && at(9).is_some(), "{told:?}");
    let kenya = &all(&to).into_iter().find(|stored| stored.event.event == EventType::Coerce).unwrap();
    let (actor, target) = (&kenya.event.actor[0], &kenya.event.recipient[0]);
    assert_eq!((actor.code.as_deref(), actor.sector.as_deref()), (Some("KEN"), Some("GOV")));
    assert_eq!(actor.other_sectors, ["COP"]);
    assert_eq!((target.code.as_deref(), target.sector.as_deref()), (Some("UGA"), Some("CVL")));
    assert_eq!(
        (kenya.source.as_deref(), kenya.raw_row.as_deref()),
        (Some("ICEWS"), Some("events.2017.tab:4"))
    );
    assert_eq!(kenya.event.mode, ["arrest"]);
}

#[test]
fn weekly_files_of_polecat_may_lack_columns_and_come_in_latin_1() {
    let folder = tempfile::tempdir().unwrap();
    let header = "Event ID\tEvent Date\tEvent Type\tEvent Mode\tEvent Intensity\tActor Name\tActor Country\tPrimary Actor \
        Sector\tRecipient Name\tRecipient Country\tCountry\tPlacename";
    let mut text = format!("{header}\n").into_bytes();
    text.extend_from_slice(
        b"P1\t2023-01-02\tCOERCE\tarrest; None\t-7.0\tC\xf4te police\tCIV\tCOP\tNone\tNone\tCIV\tAbidjan\n",
    );
    text.extend_from_slice(b"P2\t2023-01-02\tSINGING\tNone\t1\tA\tCIV\tCOP\tNone\tNone\tNone\tNone\n");
    let path = file(&folder, "weekly.txt", &text);
    let mut to = ledger(&folder, "to.entente");
    let (summary, faults) = take(&mut to, &path);
    assert_eq!((summary.added, summary.faults), (1, 1));
    assert!(
        faults[0].to_string().contains("weekly.txt:3: ") && faults[0].reason.contains("SINGING"),
        "{faults:?}"
    );
    let stored = &all(&to)[0];
    assert_eq!(stored.event.actor[0].entity_name, "Côte police");
    assert!(stored.event.recipient.is_empty() && stored.event.mode == ["arrest"]);
    assert_eq!(stored.event.event_loc.as_ref().unwrap().country_code.as_deref(), Some("CIV"));
}

fn gdelt_row(id: &str, code: &str) -> String {
    let mut cells = vec![String::new(); 61];
    for (at, value) in [
        (0, id),
        (1, "20240306"),
        (2, "202403"),
        (3, "2024"),
        (4, "2024.1808"),
        (5, "RUSGOV"),
        (6, "RUSSIA"),
        (7, "RUS"),
        (12, "GOV"),
        (15, "UNO"),
        (16, "UNITED NATIONS"),
        (18, "UNO"),
        (25, "1"),
        (26, code),
        (27, "173"),
        (28, "17"),
        (29, "4"),
        (30, "-5"),
        (51, "4"),
        (52, "Berlin, Berlin, Germany"),
        (53, "GM"),
        (56, "52.5"),
        (57, "13.4"),
        (59, "20240306121500"),
        (60, "https://example.com/1"),
    ] {
        cells[at] = value.to_owned();
    }
    cells.join("\t")
}

#[test]
fn gdelt_is_read_packed_and_by_its_two_kinds_of_country_codes() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!("{}\n{}\n", gdelt_row("9001", "1733"), gdelt_row("9002", "010"));
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    packed.start_file("20240306.export.CSV", zip::write::SimpleFileOptions::default()).unwrap();
    packed.write_all(text.as_bytes()).unwrap();
    let path = file(&folder, "20240306.export.CSV.zip", &packed.finish().unwrap().into_inner());
    let mut to = ledger(&folder, "to.entente");
    let (summary, faults) = take(&mut to, &path);
    assert_eq!(
        (summary.added, summary.left_out.values().sum::<u64>(), faults.len()),
        (1, 1, 0),
        "{faults:?}"
    );
    let event = &all(&to)[0].event;
    assert_eq!(
        (event.actor[0].code.as_deref(), event.actor[0].sector.as_deref()),
        (Some("RUS"), Some("GOV"))
    );
    assert_eq!(event.recipient[0].code.as_deref(), Some("UNO"));
    assert_eq!(event.event_loc.as_ref().unwrap().country_code.as_deref(), Some("DEU"));
    assert_eq!((event.event, event.quad_code), (EventType::Coerce, 4));
}

#[test]
fn a_file_of_no_layout_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder, "poem.txt", b"Roses are red\n");
    let mut to = ledger(&folder, "to.entente");
    let error = import_file(&mut to, &path, None, "now", &mut |_| (), &mut |_| ()).unwrap_err();
    assert!(error.to_string().contains("poem.txt") && error.to_string().contains("--from"), "{error}");
}

#[test]
fn broken_files_are_told_and_never_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let from = filled(&folder);
    for layout in [Layout::JsonLines, Layout::Parquet, Layout::Polecat, Layout::Icews, Layout::Gdelt] {
        let sample = written(&from, layout, &folder.path().join(layout.name()));
        let mut to = ledger(&folder, &format!("broken-{}.entente", layout.name()));
        for round in 0_usize..120 {
            let mut bytes = sample.clone();
            let at = round * 7919 % bytes.len();
            match round % 4 {
                0 => bytes.truncate(at),
                1 => bytes[at] ^= 1 << (round % 8),
                2 => bytes[at] = b'\t',
                _ => drop(bytes.drain(at..(at + 40).min(sample.len()))),
            }
            let path = file(&folder, "broken", &bytes);
            // An error or faults are both well; a panic is not.
            let _ = import_file(&mut to, &path, Some(layout), "now", &mut |_| (), &mut |_| ());
        }
        assert_eq!(to.verify().unwrap(), Vec::<String>::new(), "{layout:?}");
    }
}
