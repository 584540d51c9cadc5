//! Reads documents (JSON lines with `id`, `text`, `published`, `publication`) from standard input and
//! writes one JSON line each: the persons found, and with `--mentions` every mention.
//!
//! `cargo run --release -p entente-world --example people -- MODEL_FOLDER [--mentions] < documents.jsonl`

use entente_syntax::{Model, ParsedSentence};
use entente_text::{Document, parse_publication_date, segment};
use entente_world::{Code, Registry, Resolved, Sector};
use serde_json::{Value, json};
use std::error::Error;
use std::io::{BufRead, Write, stdin, stdout};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("the folder of the model is missing")?;
    let with_mentions = arguments.next().is_some_and(|argument| argument == "--mentions");
    let model = Model::load(folder)?;
    let registry = Registry::embedded();
    for line in stdin().lock().lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let document = document_of(&record);
        let sentences = model.analyse(&document.text, &segment(&document))?;
        let resolved = registry.resolve(&document, &sentences);
        let mut out = stdout().lock();
        if with_mentions {
            print_mentions(&mut out, &document, &sentences, &resolved)?;
        } else {
            writeln!(out, "{}", people_record(&document, &resolved))?;
        }
    }
    Ok(())
}

fn document_of(record: &Value) -> Document {
    let field = |name: &str| record[name].as_str().map(str::to_owned);
    let text = field("text").unwrap_or_default();
    let mut document = Document::new(entente_text::DocumentParts {
        id: field("id"),
        body: text,
        published: field("published").as_deref().and_then(parse_publication_date),
        publication: field("publication"),
        ..Default::default()
    });
    document.title_len = document.text.find('\n').unwrap_or(0);
    document
}

fn people_record(document: &Document, resolved: &Resolved) -> Value {
    let people: Vec<Value> = resolved
        .people
        .iter()
        .map(|person| {
            json!({
                "name": person.name,
                "office": person.office,
                "code": person.code.map(|code| code.to_string()),
                "sector": person.sector.map(Sector::as_str),
                "age": person.age,
            })
        })
        .collect();
    json!({ "id": document.id, "people": people, "events": [], "statements": [] })
}

fn print_mentions(
    out: &mut impl Write,
    document: &Document,
    sentences: &[ParsedSentence],
    resolved: &Resolved,
) -> Result<(), Box<dyn Error>> {
    writeln!(out, "== {}", document.id)?;
    if std::env::var_os("SHOW_TREES").is_some() {
        for sentence in sentences {
            for (index, token) in sentence.tokens.iter().enumerate() {
                let name = sentence.name_at(index).map_or("-", |name| name.kind.as_str());
                let head = token.head.map_or(0, |head| head + 1);
                let form = token.span.of(&document.text);
                writeln!(
                    out,
                    "{}\t{form}\t{}\t{}\t{head}\t{}\t{name}",
                    index + 1,
                    token.lemma,
                    token.upos,
                    token.relation
                )?;
            }
        }
    }
    for (index, sentence) in sentences.iter().enumerate() {
        let setting = resolved.setting[index].as_ref().map_or("-", Code::as_str);
        writeln!(out, "[{setting}] {}", sentence.span.of(&document.text))?;
        for mention in resolved.mentions.iter().filter(|mention| mention.sentence == index) {
            let span = sentence.tokens[mention.first].span.cover(sentence.tokens[mention.end - 1].span);
            let names: Vec<String> = std::iter::once(&mention.entity)
                .chain(&mention.also)
                .map(|id| {
                    let entity = &resolved.entities[*id];
                    format!(
                        "{} [{} {} {:?} {}]",
                        entity.name,
                        entity.code.as_ref().map_or("-", Code::as_str),
                        entity.sector.map_or("-", Sector::as_str),
                        entity.kind,
                        entity.resolved_by.as_str()
                    )
                })
                .collect();
            let mark = if mention.is_actor { ' ' } else { '.' };
            writeln!(out, "   {mark} {} = {}", span.of(&document.text), names.join(" + "))?;
        }
    }
    Ok(())
}
