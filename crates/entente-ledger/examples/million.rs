//! How long questions take on a large ledger.
//!
//! ```text
//! cargo run --release -p entente-ledger --example million -- LEDGER [EVENTS] [--link]
//! ```
//!
//! Makes a ledger of made-up documents with five events each (a million events, unless another number is given), if the
//! file is not there yet, and asks every kind of question, each several times. `--link` finds the happenings first,
//! which takes much longer than all else. Exit code 1 when a first page takes longer than 50 ms.

use entente_codebook::EventType;
use entente_coder::record::{
    Annotation, Entity, Event, Location, Person, Quoted, Range, Size, Statement, TextInfo,
};
use entente_ledger::linking::link;
use entente_ledger::store::{
    AuxFilter, EventFilter, EventOrder, HappeningFilter, Ledger, PartyFilter, PersonFilter, RunVersions,
    SortKey, StatementFilter,
};
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

const EVENTS_EACH: u64 = 5;
const PAGE: usize = 50;
const REPEATS: usize = 7;
const LIMIT: Duration = Duration::from_millis(50);
const USAGE: &str = "usage: million LEDGER [EVENTS] [--link]";

const CODES: [&str; 40] = [
    "USA", "RUS", "CHN", "UKR", "ISR", "IRN", "IND", "PAK", "FRA", "DEU", "GBR", "TUR", "SYR", "IRQ", "EGY",
    "SAU", "YEM", "JPN", "KOR", "PRK", "NGA", "ETH", "SDN", "KEN", "MLI", "NER", "TCD", "ZAF", "BRA", "ARG",
    "MEX", "VEN", "COL", "PER", "CHL", "POL", "SRB", "ARM", "AZE", "NER",
];
const SECTORS: [&str; 6] = ["GOV", "MIL", "OPP", "CVL", "REB", "COP"];
const MODES: [&str; 5] = ["arrest", "seize", "airstrike", "express", "drone"];
const CONTEXTS: [&str; 4] = ["diplomatic", "military", "economic", "human_rights"];
const WORDS: [&str; 24] = [
    "border", "tanker", "missile", "grain", "treaty", "envoy", "harbour", "convoy", "bridge", "ballot",
    "drone", "pipeline", "tariff", "visa", "summit", "truce", "hostage", "refinery", "embassy", "garrison",
    "ferry", "dam", "railway", "reactor",
];

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_link = arguments.iter().any(|word| word == "--link");
    let plain: Vec<&String> = arguments.iter().filter(|word| !word.starts_with("--")).collect();
    let path = Path::new(plain.first().ok_or(USAGE)?);
    let events: u64 = plain.get(1).map_or(Ok(1_000_000), |number| number.parse())?;
    if !path.exists() {
        make(path, events / EVENTS_EACH)?;
    }
    if is_link {
        let started = Instant::now();
        let report = link(&mut Ledger::open(path)?, |_, _| ())?;
        println!("linked in {:.1} s: {report:?}", started.elapsed().as_secs_f64());
    }
    let ledger = Ledger::open_read_only(path)?;
    println!("{:52} {:>9} {:>9} {:>9}", "question", "matches", "median ms", "worst ms");
    let mut worst = Duration::ZERO;
    for (name, filter, order) in questions() {
        let mut total = 0;
        let times = timed(|| {
            let page = ledger.events(&filter, order, None, PAGE)?;
            total = page.total;
            Ok(())
        })?;
        worst = worst.max(show(name, total, &times));
    }
    for (name, filter) in happening_questions() {
        let times = timed(|| ledger.happenings(&filter, None, PAGE).map(|_| ()).map_err(Into::into))?;
        worst = worst.max(show(name, 0, &times));
    }
    let statements = StatementFilter { speaker: PartyFilter::code("IRN"), ..StatementFilter::default() };
    let times = timed(|| ledger.statements(&statements, None, PAGE).map(|_| ()).map_err(Into::into))?;
    worst = worst.max(show("statements of a code", 0, &times));
    let said = StatementFilter { text: Some("reactor".to_owned()), ..StatementFilter::default() };
    let times = timed(|| ledger.statements(&said, None, PAGE).map(|_| ()).map_err(Into::into))?;
    worst = worst.max(show("statements with a word", 0, &times));
    let people = PersonFilter { codes: vec!["IRN".to_owned()], ..PersonFilter::default() };
    let times = timed(|| ledger.people(&people, None, PAGE).map(|_| ()).map_err(Into::into))?;
    worst = worst.max(show("people of a code", 0, &times));
    println!("slowest median: {:.1} ms", worst.as_secs_f64() * 1000.0);
    Ok(ExitCode::from(u8::from(worst > LIMIT)))
}

/// Every filter alone, the usual pairs, and all of them at once.
fn questions() -> Vec<(&'static str, EventFilter, EventOrder)> {
    let code = PartyFilter::code;
    let none = EventFilter::default;
    let day = |text: &str| text.parse().ok();
    let newest = EventOrder::default();
    let by = |key, descending| EventOrder { key, descending };
    vec![
        ("all, newest first", none(), newest),
        ("all, oldest first", none(), by(SortKey::Date, false)),
        ("all, surest first", none(), by(SortKey::Confidence, true)),
        ("all, most hostile first", none(), by(SortKey::Scale, false)),
        ("actor", EventFilter { actor: code("IRN"), ..none() }, newest),
        ("recipient", EventFilter { recipient: code("IRN"), ..none() }, newest),
        ("sector", EventFilter { actor: sector("MIL"), ..none() }, newest),
        ("name", EventFilter { party: PartyFilter::name("Leader 7 of IRN"), ..none() }, newest),
        (
            "dyad, both directions",
            EventFilter { party: code("IRN"), other_party: code("ISR"), ..none() },
            newest,
        ),
        ("claimant", EventFilter { claimant: code("USA"), ..none() }, newest),
        ("type", EventFilter { types: vec![EventType::Assault], ..none() }, newest),
        ("mode", EventFilter { modes: vec!["airstrike".into()], ..none() }, newest),
        ("aux", EventFilter { aux: Some(AuxFilter::None), ..none() }, newest),
        ("context", EventFilter { contexts: vec!["military".into()], ..none() }, newest),
        ("quad", EventFilter { quads: vec![4], ..none() }, by(SortKey::Scale, false)),
        ("ten years", EventFilter { from: day("2012-01-05"), to: day("2021-12-20"), ..none() }, newest),
        ("three days", EventFilter { from: day("2015-05-05"), to: day("2015-05-07"), ..none() }, newest),
        ("country", EventFilter { countries: vec!["SYR".into()], ..none() }, newest),
        ("place", EventFilter { places: vec!["place 42".into()], ..none() }, newest),
        ("source", EventFilter { sources: vec!["Outlet 3".into()], ..none() }, newest),
        ("claims at least", EventFilter { claim_distance_min: Some(1), ..none() }, newest),
        ("confidence", EventFilter { confidence_min: Some(0.437), ..none() }, by(SortKey::Confidence, false)),
        ("a word of nearly every document", EventFilter { text: Some("word1".into()), ..none() }, newest),
        ("a common word", EventFilter { text: Some("tanker".into()), ..none() }, newest),
        ("a phrase", EventFilter { text: Some("\"tanker missile\"".into()), ..none() }, newest),
        ("a rare word", EventFilter { text: Some("serial777".into()), ..none() }, newest),
        (
            "actor, type, year, confidence, word",
            EventFilter {
                actor: code("RUS"),
                types: vec![EventType::Assault, EventType::Coerce],
                from: day("2014-01-01"),
                to: day("2014-12-31"),
                confidence_min: Some(0.5),
                text: Some("missile".into()),
                ..none()
            },
            newest,
        ),
        (
            "all that match nothing",
            EventFilter { actor: code("IRN"), recipient: code("XXX"), text: Some("tanker".into()), ..none() },
            newest,
        ),
    ]
}

fn sector(word: &str) -> PartyFilter {
    PartyFilter { sectors: vec![word.to_owned()], ..PartyFilter::default() }
}

fn happening_questions() -> Vec<(&'static str, HappeningFilter)> {
    let events = |events| HappeningFilter { events, ..HappeningFilter::default() };
    let none = EventFilter::default;
    vec![
        ("happenings, newest first", HappeningFilter::default()),
        (
            "happenings, most reported first",
            HappeningFilter { by_mentions: true, ..HappeningFilter::default() },
        ),
        (
            "happenings of a dyad",
            events(EventFilter {
                party: PartyFilter::code("IRN"),
                other_party: PartyFilter::code("ISR"),
                ..none()
            }),
        ),
        ("happenings of a type", events(EventFilter { types: vec![EventType::Assault], ..none() })),
        ("happenings with a common word", events(EventFilter { text: Some("tanker".into()), ..none() })),
    ]
}

/// Runs a question several times; the first, which warms the caches, is not counted.
fn timed(mut ask: impl FnMut() -> Result<(), Box<dyn Error>>) -> Result<Vec<Duration>, Box<dyn Error>> {
    ask()?;
    let mut times = Vec::with_capacity(REPEATS);
    for _ in 0..REPEATS {
        let started = Instant::now();
        ask()?;
        times.push(started.elapsed());
    }
    times.sort();
    Ok(times)
}

/// Prints a line and answers the median.
fn show(name: &str, matches: u64, times: &[Duration]) -> Duration {
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{name:52} {matches:9} {:9.1} {:9.1}", milliseconds(median), milliseconds(worst));
    median
}

fn make(path: &Path, documents: u64) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let mut ledger = Ledger::create(path)?;
    let versions = RunVersions {
        coder: "made up".into(),
        codebook: "plover-0.8".into(),
        registry: "none".into(),
        model: "none".into(),
    };
    let run = ledger.begin_run(&versions, "2026-01-01T00:00:00Z", "{}")?;
    let numbers: Vec<u64> = (0..documents).collect();
    for batch in numbers.chunks(2_000) {
        let annotations: Vec<Annotation> =
            batch.iter().map(|number| annotation(*number, documents)).collect();
        ledger.put(&annotations, run)?;
    }
    ledger.end_run(run, "2026-01-01T00:10:00Z")?;
    let bytes = std::fs::metadata(path)?.len();
    println!(
        "made {} events in {:.1} s, {:.0} MB",
        documents * EVENTS_EACH,
        started.elapsed().as_secs_f64(),
        bytes as f64 / 1e6
    );
    Ok(())
}

/// Numbers without order that are the same on every run (SplitMix64, Steele et al. 2014).
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % limit as u64) as usize
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// Small numbers far more often than great ones, as few states make most of the news.
    fn skewed(&mut self, list: &[&'static str]) -> &'static str {
        let at = self.below(list.len()).min(self.below(list.len()));
        list[at]
    }
}

fn annotation(number: u64, documents: u64) -> Annotation {
    let mut draw = Draw(number);
    let id = format!("d{number:07}");
    let sentences: Vec<String> = (0..EVENTS_EACH)
        .map(|_| {
            let words: Vec<String> = (0..12).map(|_| word(&mut draw)).collect();
            format!("The {} was seized.", words.join(" "))
        })
        .collect();
    let text = format!("{} It is serial{number}.", sentences.join(" "));
    let day = day_of(number, documents);
    let mut start = 0;
    let mut ranges = Vec::new();
    for sentence in &sentences {
        ranges.push(Range { start, end: start + sentence.len() });
        start += sentence.len() + 1;
    }
    let events = (0..EVENTS_EACH as usize).map(|at| event(&mut draw, &id, at, ranges[at], &day)).collect();
    let speaker = entity(&mut draw);
    let content = Quoted { start: ranges[0].start, end: ranges[0].end, text: sentences[0].clone() };
    let statement = Statement {
        id: format!("{id}-s"),
        speaker: Some(speaker.clone()),
        cue: None,
        content,
        kind: "indirect".into(),
        via: Vec::new(),
    };
    let person = Person {
        name: speaker.entity_name,
        office: Some("minister".to_owned()),
        code: speaker.code,
        sector: speaker.sector,
        age: None,
        start: 0,
        end: 3,
    };
    Annotation {
        id,
        title: None,
        published: Some(day),
        publication: Some(format!("Outlet {}", draw.below(200))),
        url: None,
        language: "en".to_owned(),
        text,
        sentences: ranges,
        times: Vec::new(),
        entities: Vec::new(),
        people: vec![person],
        statements: vec![statement],
        events,
        rejected: Vec::new(),
    }
}

/// A word of a large vocabulary, the first of which are far more frequent than the last, as in any language (Zipf 1949).
fn word(draw: &mut Draw) -> String {
    const VOCABULARY: f64 = 20_000.0;
    let rank = VOCABULARY.powf(draw.below(1_000_000) as f64 / 1e6) as usize;
    // The named words are as frequent as content words of news are, each in some hundredth of the documents.
    let named = rank.checked_sub(30).and_then(|at| WORDS.get(at));
    named.map_or_else(|| format!("word{rank}"), |word| (*word).to_owned())
}

/// Twenty years, in the order of the documents.
fn day_of(number: u64, documents: u64) -> String {
    let day = number * 20 * 365 / documents.max(1);
    let first = jiff::civil::Date::constant(2005, 1, 1);
    first.saturating_add(jiff::Span::new().days(i64::try_from(day).unwrap_or(0))).to_string()
}

fn event(draw: &mut Draw, document: &str, at: usize, sentence: Range, day: &str) -> Event {
    let kind = EventType::ALL[draw.below(EventType::ALL.len())];
    let claim = if draw.below(3) == 0 { vec![entity(draw)] } else { Vec::new() };
    let location = Location {
        extracted_place: format!("Place {}", draw.below(2_000)),
        country_code: Some(draw.skewed(&CODES).to_owned()),
        geonameid: None,
        lat: None,
        lon: None,
        resolution: None,
    };
    Event {
        id: format!("{document}-{at}"),
        document_id: document.to_owned(),
        event: kind,
        mode: if draw.below(2) == 0 { vec![draw.of(&MODES).to_owned()] } else { Vec::new() },
        aux: if draw.below(4) == 0 { vec![entente_codebook::Aux::Future] } else { Vec::new() },
        context: vec![draw.of(&CONTEXTS).to_owned()],
        quad_code: kind.quad_code(),
        event_scale: draw.below(200) as f64 / 10.0 - 10.0,
        date: (draw.below(20) > 0).then(|| day.to_owned()),
        enddate: None,
        date_reason: Some("day of publication".to_owned()),
        actor: vec![entity(draw)],
        recipient: vec![entity(draw)],
        claim,
        condition: None,
        content: None,
        event_loc: (draw.below(3) == 0).then_some(location),
        trigger: Quoted { start: sentence.end - 7, end: sentence.end - 1, text: "seized".to_owned() },
        text_info: TextInfo { sequence: at, start: sentence.start, end: sentence.end },
        size: Size::default(),
        confidence: draw.below(1000) as f64 / 1000.0,
        reason: vec!["frame coerce.toml:300 seize".to_owned(), "codebook 0.80, model COERCE 0.88".to_owned()],
        happening_id: None,
        coder: "made up".to_owned(),
        codebook: "plover-0.8".to_owned(),
    }
}

fn entity(draw: &mut Draw) -> Entity {
    let code = draw.skewed(&CODES);
    Entity {
        entity_text: code.to_owned(),
        start: 0,
        end: 3,
        entity_name: format!("Leader {} of {code}", draw.below(50)),
        identifier_id: None,
        code: Some(code.to_owned()),
        sector: Some(draw.of(&SECTORS).to_owned().into()),
        other_sectors: Vec::new(),
        office: None,
        age: None,
        resolved_by: "registry".into(),
    }
}
