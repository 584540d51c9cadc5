//! Records keep their promises: spans give back the words, fields have their types, names come from the lists.

use crate::support::{entente, entente_reading, file, folder, summit};
use entente::EventType;
use serde_json::Value;
use std::collections::BTreeSet;

/// Characters outside the Basic Multilingual Plane, curly quotes, dashes and combining marks, so that bytes,
/// UTF-16 units and code points all differ from the first line on.
const ODD_TEXT: &str = "🛳️ “Norway” expelled Denmark’s ambassador on Monday — the prime minister of Norway, Ingrid Solheim, said.\n\
    “We will not be pushed out of our own sea 🌊,” Danish Foreign Minister Henrik Dahl, 58, told reporters in Tromsø. \
    He accused Oslo of arming fishermen 𝒊𝒏 𝒔𝒆𝒄𝒓𝒆𝒕, and he demanded that Norway withdraw its frigates from Svalbard.\n\
    The mayor of São Tomé, Zoe\u{301} d’Almeida, condemned Denmark on Tuesday. Police arrested 14 protesters 🇳🇴 in Oslo.";

/// Characters of the text, for code-point offsets.
struct Text(Vec<char>);

impl Text {
    fn of(record: &Value) -> Self {
        Self(record["text"].as_str().expect("a record has its text").chars().collect())
    }

    fn slice(&self, value: &Value) -> String {
        let (start, end) = bounds(value);
        assert!(start < end && end <= self.0.len(), "{start}..{end} does not lie in the text: {value}");
        self.0[start..end].iter().collect()
    }
}

fn bounds(value: &Value) -> (usize, usize) {
    let offset = |name: &str| value[name].as_u64().unwrap_or_else(|| panic!("no {name}: {value}")) as usize;
    (offset("start"), offset("end"))
}

fn list<'v>(value: &'v Value, name: &str) -> &'v Vec<Value> {
    value[name].as_array().unwrap_or_else(|| panic!("{name} is no list: {value}"))
}

fn text_of<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} is no string: {value}"))
}

fn is_inside(inner: &Value, outer: &Value) -> bool {
    let ((start, end), (from, to)) = (bounds(inner), bounds(outer));
    from <= start && end <= to
}

fn summit_record() -> Value {
    let path = summit();
    let arguments = [
        "annotate",
        "--explain",
        "--published",
        "2024-03-07",
        "--publication",
        "The Skerry",
        path.to_str().expect("a plain path"),
    ];
    let mut records = entente(&arguments).expect_silent_success().json_lines();
    assert_eq!(records.len(), 1);
    records.remove(0)
}

/// The odd text as JSON (which keeps it as it is) and as a plain file (which drops marks without width).
fn odd_records() -> Vec<Value> {
    let line = serde_json::json!({"id": "odd", "title": "Sea 🌊 of “troubles”", "text": ODD_TEXT, "published": "2024-03-07"});
    let mut records = entente_reading(&["annotate", "--explain", "-"], &line.to_string())
        .expect_silent_success()
        .json_lines();
    assert_eq!(records[0]["text"], ODD_TEXT, "a JSON text is kept to the character");
    let folder = folder();
    let path = file(&folder, "odd.txt", ODD_TEXT);
    let plain = entente(&[
        "annotate",
        "--explain",
        "--published",
        "2024-03-07",
        path.to_str().expect("a plain path"),
    ]);
    records.extend(plain.expect_silent_success().json_lines());
    assert_eq!(records.len(), 2);
    records
}

fn all_records() -> Vec<Value> {
    let mut records = odd_records();
    records.push(summit_record());
    for record in &records {
        assert!(list(record, "events").len() >= 4, "too few events to check: {:#}", record["events"]);
        assert!(list(record, "entities").len() >= 6, "too few entities to check");
        assert!(!list(record, "statements").is_empty(), "no statements to check");
    }
    records
}

/// Every object below that has offsets and words must agree with the text; returns how many there are.
fn check_spans(value: &Value, text: &Text) -> usize {
    let mut count = 0;
    match value {
        Value::Array(items) => count += items.iter().map(|item| check_spans(item, text)).sum::<usize>(),
        Value::Object(fields) => {
            if fields.contains_key("start") {
                let words = fields.get("entity_text").or_else(|| fields.get("text"));
                let found = text.slice(value);
                if let Some(words) = words {
                    assert_eq!(found, words.as_str().expect("words are a string"), "{value}");
                    count += 1;
                }
            }
            count += fields.values().map(|field| check_spans(field, text)).sum::<usize>();
        }
        _ => {}
    }
    count
}

#[test]
fn every_span_gives_back_its_words() {
    for record in all_records() {
        let text = Text::of(&record);
        let checked = check_spans(&record, &text);
        assert!(checked >= 30, "only {checked} spans in the record");
    }
}

#[test]
fn sentences_follow_each_other_and_cover_the_events() {
    for record in all_records() {
        let text = Text::of(&record);
        let sentences = list(&record, "sentences");
        let mut end_before = 0;
        for sentence in sentences {
            let (start, end) = bounds(sentence);
            assert!(end_before <= start, "sentences overlap at {start}");
            let between: String = text.0[end_before..start].iter().collect();
            assert!(between.trim().is_empty(), "words outside all sentences: {between:?}");
            end_before = end;
        }
        let rest: String = text.0[end_before..].iter().collect();
        assert!(rest.trim().is_empty(), "words after the last sentence: {rest:?}");
        for event in list(&record, "events") {
            let info = &event["text_info"];
            let sequence = info["sequence"].as_u64().expect("a number") as usize;
            assert_eq!(bounds(info), bounds(&sentences[sequence]), "{event}");
            assert!(is_inside(&event["trigger"], info), "trigger outside its sentence: {event}");
        }
    }
}

#[test]
fn statements_people_and_entities_lie_where_they_say() {
    for record in all_records() {
        let text = Text::of(&record);
        for statement in list(&record, "statements") {
            assert!(["direct", "indirect", "mixed"].contains(&text_of(statement, "kind")), "{statement}");
            assert_eq!(text.slice(&statement["content"]), text_of(&statement["content"], "text"));
            for speaker in
                list(statement, "via").iter().chain([&statement["speaker"]]).filter(|one| !one.is_null())
            {
                assert_eq!(text.slice(speaker), text_of(speaker, "entity_text"));
            }
        }
        for mention in list(&record, "entities") {
            assert_eq!(bounds(mention), bounds(&mention["entity"]), "{mention}");
            assert_eq!(text.slice(mention), text_of(mention, "text"));
            let kinds = ["person", "state", "organisation", "group", "body", "place", "other"];
            assert!(kinds.contains(&text_of(mention, "kind")), "{mention}");
        }
        for person in list(&record, "people") {
            let mention = text.slice(person);
            let name = text_of(person, "name");
            assert!(
                name.split_whitespace().any(|word| mention.contains(word)),
                "{name} is not in {mention:?}"
            );
        }
    }
}

#[test]
fn the_people_of_the_sample_are_found() {
    let record = summit_record();
    let person = |name: &str| {
        let found = list(&record, "people").iter().find(|person| person["name"] == name).cloned();
        found.unwrap_or_else(|| panic!("no {name}: {:#}", record["people"]))
    };
    let berg = person("Jonas Berg");
    assert_eq!(berg["age"], 61);
    assert_eq!(Text::of(&record).slice(&berg), "Jonas Berg");
    assert_eq!(person("Halla Sveinsdottir")["age"], 52);
    assert_eq!(person("Henrik Dahl")["code"], "DNK");
}

#[test]
fn events_use_the_names_of_the_ontology() {
    let contexts = plover_contexts();
    for record in all_records() {
        for event in list(&record, "events") {
            let name = text_of(event, "event");
            let kind = EventType::parse(name).unwrap_or_else(|| panic!("unknown type {name}"));
            let modes: Vec<String> = list(event, "mode")
                .iter()
                .map(|mode| mode.as_str().expect("a mode is a string").to_owned())
                .collect();
            for mode in &modes {
                assert!(kind.modes().any(|known| known == mode), "{name} has no mode {mode}");
            }
            for aux in list(event, "aux") {
                let known = ["future", "hypothetical", "negation", "historical"];
                assert!(aux.as_str().is_some_and(|aux| known.contains(&aux)), "unknown aux {aux}");
            }
            for context in list(event, "context") {
                assert!(contexts.contains(context.as_str().expect("a string")), "unknown context {context}");
            }
            assert_eq!(event["quad_code"], kind.quad_code());
            assert_eq!(event["event_scale"].as_f64(), Some(kind.scale(&modes)));
        }
    }
}

/// The names that the codebook gives to contexts.
fn plover_contexts() -> BTreeSet<String> {
    let path = crate::support::repository().join("codebooks/plover/contexts.toml");
    let content = std::fs::read_to_string(path).expect("the contexts are there");
    let names = content.lines().filter_map(|line| line.strip_prefix("name = "));
    let names: BTreeSet<String> = names.map(|quoted| quoted.trim_matches('"').to_owned()).collect();
    assert!(names.len() > 5, "contexts not read");
    names
}

/// A field's name and what JSON it may hold.
type Field = (&'static str, fn(&Value) -> bool);

const ANNOTATION: &[Field] = &[
    ("id", is_text),
    ("title", is_text_or_null),
    ("published", is_date_or_null),
    ("publication", is_text_or_null),
    ("language", is_text),
    ("text", is_text),
    ("sentences", Value::is_array),
    ("times", Value::is_array),
    ("entities", Value::is_array),
    ("people", Value::is_array),
    ("statements", Value::is_array),
    ("events", Value::is_array),
];

const EVENT: &[Field] = &[
    ("id", is_hash),
    ("document_id", is_text),
    ("event", is_text),
    ("mode", is_texts),
    ("aux", is_texts),
    ("context", is_texts),
    ("quad_code", Value::is_u64),
    ("event_scale", Value::is_number),
    ("date", is_date_or_null),
    ("enddate", is_date_or_null),
    ("date_reason", is_text_or_null),
    ("actor", is_entities),
    ("recipient", is_entities),
    ("claim", is_entities),
    ("condition", is_object_or_null),
    ("content", is_object_or_null),
    ("event_loc", is_place_or_null),
    ("trigger", Value::is_object),
    ("text_info", Value::is_object),
    ("size", is_size),
    ("confidence", is_share),
    ("reason", is_texts),
    ("happening_id", is_text_or_null),
    ("coder", is_text),
    ("codebook", is_text),
];

const ENTITY: &[Field] = &[
    ("entity_text", is_text),
    ("start", Value::is_u64),
    ("end", Value::is_u64),
    ("entity_name", is_text),
    ("identifier_id", is_text_or_null),
    ("code", is_code_or_null),
    ("sector", is_code_or_null),
    ("other_sectors", is_texts),
    ("office", is_text_or_null),
    ("age", is_count_or_null),
    ("resolved_by", is_text),
];

const PERSON: &[Field] = &[
    ("name", is_text),
    ("office", is_text_or_null),
    ("code", is_code_or_null),
    ("sector", is_code_or_null),
    ("age", is_count_or_null),
    ("start", Value::is_u64),
    ("end", Value::is_u64),
];

const STATEMENT: &[Field] = &[
    ("id", is_hash),
    ("speaker", is_entity_or_null),
    ("cue", is_object_or_null),
    ("content", Value::is_object),
    ("kind", is_text),
    ("via", is_entities),
];

const TIME: &[Field] = &[
    ("start", Value::is_u64),
    ("end", Value::is_u64),
    ("text", is_text),
    ("type", is_time_type),
    ("value", is_text_or_null),
];

const PLACE: &[Field] = &[
    ("extracted_place", is_text),
    ("country_code", is_code_or_null),
    ("geonameid", is_count_or_null),
    ("lat", is_number_or_null),
    ("lon", is_number_or_null),
    ("resolution", is_text_or_null),
];

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty())
}

fn is_text_or_null(value: &Value) -> bool {
    value.is_null() || is_text(value)
}

fn is_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(is_text))
}

fn is_count_or_null(value: &Value) -> bool {
    value.is_null() || value.is_u64()
}

fn is_number_or_null(value: &Value) -> bool {
    value.is_null() || value.is_number()
}

fn is_object_or_null(value: &Value) -> bool {
    value.is_null() || value.is_object()
}

fn is_share(value: &Value) -> bool {
    value.as_f64().is_some_and(|share| (0.0..=1.0).contains(&share))
}

/// Three capitals: a state's, a body's or a sector's code.
fn is_code_or_null(value: &Value) -> bool {
    let is_code = |code: &str| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    value.is_null() || value.as_str().is_some_and(is_code)
}

fn is_hash(value: &Value) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    value.as_str().is_some_and(|id| id.len() == 16 && id.bytes().all(is_digit))
}

/// A day, a month or a year of ISO 8601.
fn is_date_or_null(value: &Value) -> bool {
    let Some(date) = value.as_str() else {
        return value.is_null();
    };
    let whole = match date.len() {
        4 => format!("{date}-01-01"),
        7 => format!("{date}-01"),
        _ => date.to_owned(),
    };
    whole.len() == 10 && whole.parse::<jiff::civil::Date>().is_ok()
}

fn is_time_type(value: &Value) -> bool {
    value.as_str().is_some_and(|kind| ["DATE", "TIME", "DURATION", "SET"].contains(&kind))
}

fn is_size(value: &Value) -> bool {
    ["dead", "injured", "arrested"].iter().all(|name| value.get(name).is_some_and(is_count_or_null))
}

fn is_entity_or_null(value: &Value) -> bool {
    value.is_null() || has_fields(value, ENTITY)
}

fn is_entities(value: &Value) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(|item| has_fields(item, ENTITY)))
}

fn is_place_or_null(value: &Value) -> bool {
    value.is_null() || has_fields(value, PLACE)
}

/// True when every field is there and holds what it may; a wrong one is named on stderr.
fn has_fields(value: &Value, fields: &[Field]) -> bool {
    fields.iter().all(|(name, is_right)| {
        let right = value.get(name).is_some_and(is_right);
        if !right {
            eprintln!("{name} is missing or wrong: {value}");
        }
        right
    })
}

#[test]
fn records_have_the_fields_of_the_schema() {
    for record in all_records() {
        assert!(has_fields(&record, ANNOTATION));
        for (name, fields) in
            [("events", EVENT), ("people", PERSON), ("statements", STATEMENT), ("times", TIME)]
        {
            assert!(list(&record, name).iter().all(|item| has_fields(item, fields)), "{name}");
        }
        assert!(list(&record, "entities").iter().all(|mention| has_fields(&mention["entity"], ENTITY)));
        let rejected = list(&record, "rejected");
        assert!(rejected.iter().all(|item| is_text(&item["reason"]) && item["trigger"].is_object()));
        for event in list(&record, "events") {
            assert_eq!(event["document_id"], record["id"]);
            assert_eq!(event["coder"], concat!("entente ", env!("CARGO_PKG_VERSION")));
            assert_eq!(event["codebook"], "plover-0.8");
            assert!(!list(event, "reason").is_empty(), "{event}");
        }
    }
}

#[test]
fn options_fill_in_publication_and_rejections_need_asking() {
    let record = summit_record();
    assert_eq!(record["published"], "2024-03-07");
    assert_eq!(record["publication"], "The Skerry");
    assert_eq!(record["title"], "Iceland and Norway close ranks as sea dispute with Denmark deepens");
    let path = summit();
    let bare =
        entente(&["annotate", path.to_str().expect("a plain path")]).expect_silent_success().json_lines();
    assert!(bare[0]["published"].is_null() && bare[0]["publication"].is_null());
    assert!(bare[0].get("rejected").is_none());
    // "in February" is of a known year only with a day of publication.
    let dates = |record: &Value| -> Vec<Value> {
        list(record, "events").iter().map(|event| event["date"].clone()).collect()
    };
    assert!(dates(&record).iter().any(|date| date.as_str().is_some_and(|date| date.starts_with("2024"))));
    assert!(!dates(&bare[0]).iter().any(|date| date.as_str().is_some_and(|date| date.starts_with("2024"))));
}

#[test]
fn ids_are_unique_and_conditions_point_to_events() {
    for record in all_records() {
        for name in ["events", "statements"] {
            let ids: Vec<&str> = list(&record, name).iter().map(|item| text_of(item, "id")).collect();
            let distinct: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(distinct.len(), ids.len(), "{name} share ids: {ids:?}");
        }
        let ids: BTreeSet<&str> = list(&record, "events").iter().map(|event| text_of(event, "id")).collect();
        for event in list(&record, "events").iter().filter(|event| event["condition"].is_object()) {
            let inside = &event["condition"]["event_id"];
            assert!(inside.is_null() || inside.as_str().is_some_and(|id| ids.contains(id)), "{event}");
            assert_ne!(inside, &event["id"], "an act is its own condition");
        }
    }
}
