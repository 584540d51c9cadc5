//! Answers of the ledger in every format.

use super::csv::{EVENT_COLUMNS, event_row, unrunnable};
use crate::arguments::AnswerFormat;
use crate::report::{inert, tell};
use entente::record::{Entity, Event, Person, Statement};
use entente_ledger::store::{Explanation, StoredEvent, StoredPerson, StoredStatement};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{BufWriter, Write};

type Out = BufWriter<anstream::AutoStream<std::io::Stdout>>;

/// Records on their way to standard output.
pub(crate) enum Answer {
    /// For eyes.
    Table(Out),
    /// One object a line.
    Lines(Out),
    /// An array; false before the first object.
    Array(Out, bool),
    /// Rows; the header comes with the first.
    Rows(Box<csv::Writer<Out>>, bool),
}

impl Answer {
    pub(crate) fn new(format: AnswerFormat) -> anyhow::Result<Self> {
        let mut out = BufWriter::new(anstream::AutoStream::auto(std::io::stdout()));
        Ok(match format {
            AnswerFormat::Table => Self::Table(out),
            AnswerFormat::Jsonl => Self::Lines(out),
            AnswerFormat::Json => {
                out.write_all(b"[")?;
                Self::Array(out, false)
            }
            AnswerFormat::Csv => Self::Rows(Box::new(csv::Writer::from_writer(out)), false),
        })
    }

    pub(crate) fn event(&mut self, stored: &StoredEvent) -> anyhow::Result<()> {
        let header = [EVENT_COLUMNS.as_slice(), &["happening_id", "source", "published", "url"]].concat();
        let extras = [&stored.event.happening_id, &stored.source, &stored.published, &stored.url];
        let cells = || {
            let mut cells = event_row(&stored.event, "").to_vec();
            cells.extend(extras.map(|value| value.clone().unwrap_or_default()));
            cells
        };
        self.put(stored, &header, cells, || event_lines(stored))
    }

    pub(crate) fn statement(&mut self, stored: &StoredStatement) -> anyhow::Result<()> {
        let header =
            ["id", "document_id", "published", "source", "speaker", "speaker_code", "kind", "content"];
        let Statement { id, speaker, content, kind, .. } = &stored.statement;
        let name = speaker.as_ref().map(|speaker| speaker.entity_name.clone()).unwrap_or_default();
        let code = speaker.as_ref().and_then(|speaker| speaker.code.clone()).unwrap_or_default();
        let published = stored.published.clone().unwrap_or_default();
        let source = stored.source.clone().unwrap_or_default();
        let cells = || {
            let text = content.text.clone();
            let kind = kind.clone().into_owned();
            let parts = [id, &stored.document_id, &published, &source, &name, &code].map(String::clone);
            [parts.to_vec(), vec![kind, text]].concat()
        };
        let lines = || {
            let who = speaker.as_ref().map_or_else(|| "someone".to_owned(), party);
            format!("{}  {} ({kind}): {}\n", dated(&published), who, inert(&content.text))
        };
        self.put(stored, &header, cells, lines)
    }

    pub(crate) fn person(&mut self, stored: &StoredPerson) -> anyhow::Result<()> {
        let header = ["name", "office", "code", "sector", "age", "document_id", "published"];
        let Person { name, office, code, sector, age, .. } = &stored.person;
        let cells = || {
            let age = age.map(|age| age.to_string()).unwrap_or_default();
            let sector = sector.as_deref().unwrap_or_default().to_owned();
            let known = [office, code].map(|value| value.clone().unwrap_or_default());
            let [office, code] = known;
            let published = stored.published.clone().unwrap_or_default();
            vec![name.clone(), office, code, sector, age, stored.document_id.clone(), published]
        };
        let lines = || {
            let told: Vec<String> = [office.clone(), code.clone(), sector.as_deref().map(str::to_owned)]
                .into_iter()
                .flatten()
                .chain(age.map(|age| age.to_string()))
                .collect();
            let published = stored.published.as_deref().unwrap_or_default();
            format!("{}  {}  {}\n", dated(published), inert(name), inert(&told.join(", ")))
        };
        self.put(stored, &header, cells, lines)
    }

    /// What only eyes need: headings.
    pub(crate) fn head(&mut self, text: impl FnOnce() -> String) -> anyhow::Result<()> {
        if let Self::Table(out) = self {
            out.write_all(text().as_bytes())?;
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Table(mut out) | Self::Lines(mut out) => out.flush()?,
            Self::Array(mut out, _) => {
                out.write_all(b"\n]\n")?;
                out.flush()?;
            }
            Self::Rows(mut rows, _) => rows.flush()?,
        }
        Ok(())
    }

    pub(crate) fn put(
        &mut self,
        record: &impl Serialize,
        header: &[&str],
        cells: impl FnOnce() -> Vec<String>,
        lines: impl FnOnce() -> String,
    ) -> anyhow::Result<()> {
        match self {
            Self::Table(out) => out.write_all(lines().as_bytes())?,
            Self::Lines(out) => {
                serde_json::to_writer(&mut *out, record)?;
                out.write_all(b"\n")?;
            }
            Self::Array(out, has_begun) => {
                out.write_all(if *has_begun { b",\n" } else { b"\n" })?;
                *has_begun = true;
                serde_json::to_writer(&mut *out, record)?;
            }
            Self::Rows(rows, has_header) => {
                if !*has_header {
                    rows.write_record(header)?;
                    *has_header = true;
                }
                rows.write_record(cells().iter().map(|cell| unrunnable(cell)))?;
            }
        }
        Ok(())
    }
}

/// On stderr: how many came, and how to have those that follow.
pub(crate) fn tell_next(shown: usize, total: Option<u64>, next: Option<&str>) {
    match (total, next) {
        (Some(total), Some(next)) => tell(&format!("{shown} of {total}; go on with --after {next}")),
        (None, Some(next)) => tell(&format!("{shown} shown; go on with --after {next}")),
        (_, None) if shown == 0 => tell("nothing in the ledger matches"),
        (_, None) => {}
    }
}

/// Why the ledger has an event, for eyes.
pub(crate) fn explanation(found: &Explanation) -> String {
    let mut text = event_lines(&found.event);
    let event = &found.event.event;
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "  {name:12} {}", inert(value));
        }
    };
    line("sentence", found.sentence.as_deref().unwrap_or_default());
    line("trigger", &event.trigger.text);
    if let Some(condition) = &event.condition {
        line("condition", &condition.text);
    }
    if let Some(content) = &event.content {
        line("content", &content.text);
    }
    for (name, parties) in [("actor", &event.actor), ("recipient", &event.recipient), ("claim", &event.claim)]
    {
        for entity in parties {
            line(
                name,
                &format!("{} from \"{}\", by {}", party(entity), entity.entity_text, entity.resolved_by),
            );
        }
    }
    line(
        "date",
        &[event.date.as_deref(), event.date_reason.as_deref()].map(Option::unwrap_or_default).join(", "),
    );
    for reason in &event.reason {
        line("reason", reason);
    }
    if let Some(document) = &found.document {
        line("document", &document.document_id);
        line("title", document.title.as_deref().unwrap_or_default());
    }
    line("url", found.event.url.as_deref().unwrap_or_default());
    if let Some(run) = &found.run {
        let versions = &run.versions;
        line(
            "coded by",
            &format!("{}, {}, model {}, {}", versions.coder, versions.codebook, versions.model, run.started),
        );
    }
    for mate in &found.mates {
        line("same act", event_lines(mate).trim_end());
    }
    text
}

fn event_lines(stored: &StoredEvent) -> String {
    let Event { event, mode, aux, actor, recipient, claim, date, confidence, id, trigger, .. } =
        &stored.event;
    let mut kind = event.to_string();
    for word in mode.iter().map(String::as_str).chain(aux.iter().map(|aux| aux.as_str())) {
        let _ = write!(kind, " {word}");
    }
    let parties = |entities: &[Entity]| {
        if entities.is_empty() {
            "?".to_owned()
        } else {
            entities.iter().map(party).collect::<Vec<_>>().join(", ")
        }
    };
    let mut line = format!(
        "{}  {kind}  {} → {}  \"{}\"  {confidence:.2}",
        dated(date.as_deref().unwrap_or_default()),
        parties(actor),
        parties(recipient),
        inert(&trigger.text)
    );
    if !claim.is_empty() {
        let _ = write!(line, "  on the word of {}", parties(claim));
    }
    let source = stored.source.as_deref().unwrap_or("unnamed source");
    let _ = writeln!(line, "\n            {}  {id}", inert(source));
    line
}

/// Name, and code with sector.
fn party(entity: &Entity) -> String {
    let code = [entity.code.as_deref(), entity.sector.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    let name = inert(&entity.entity_name);
    if code.is_empty() { name } else { format!("{name} ({code})") }
}

/// A date in ten columns.
pub(super) fn dated(date: &str) -> String {
    format!("{:10}", if date.is_empty() { "undated" } else { date })
}
