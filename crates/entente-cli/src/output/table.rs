//! Events for eyes: each under its sentence, with trigger, actor, recipient and claim marked in place.
//!
//! The marks are colours, which the command takes away where the output is no terminal.

use crate::report::{inert, inert_character};
use anstyle::{AnsiColor, Color, Style};
use entente::record::{Annotation, Entity, Event};
use std::io::Write;

/// What a stretch of a sentence is to an event, the most telling last where stretches overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Claim,
    Recipient,
    Actor,
    Trigger,
}

impl Part {
    fn style(self) -> Style {
        let colour = |colour: AnsiColor| Style::new().fg_color(Some(Color::Ansi(colour)));
        match self {
            Self::Trigger => colour(AnsiColor::Red).bold().underline(),
            Self::Actor => colour(AnsiColor::Green).bold(),
            Self::Recipient => colour(AnsiColor::Cyan).bold(),
            Self::Claim => colour(AnsiColor::Magenta),
        }
    }
}

/// Writes a document's title, then every event with its evidence.
pub(crate) fn write(out: &mut impl Write, annotation: &Annotation, explain: bool) -> anyhow::Result<()> {
    let bold = Style::new().bold();
    let heading = annotation.title.as_deref().unwrap_or(&annotation.id);
    let published = annotation.published.as_deref().unwrap_or("undated");
    let publication = annotation.publication.as_deref().unwrap_or("");
    writeln!(out, "{bold}{}{bold:#}  {published}  {}", inert(heading), inert(publication))?;
    let characters: Vec<char> = annotation.text.chars().collect();
    for event in &annotation.events {
        writeln!(out)?;
        writeln!(out, "  {}", sentence(event, &characters))?;
        write_event(out, event)?;
    }
    if annotation.events.is_empty() {
        writeln!(out, "\n  no events")?;
    }
    if explain {
        write_rejected(out, annotation)?;
    }
    writeln!(out)?;
    Ok(())
}

fn write_event(out: &mut impl Write, event: &Event) -> anyhow::Result<()> {
    let trigger = Part::Trigger.style();
    let dim = Style::new().dimmed();
    let mut kind = event.event.to_string();
    if !event.mode.is_empty() {
        kind = format!("{kind} {}", event.mode.join(", "));
    }
    for aux in &event.aux {
        kind = format!("{kind} [{}]", aux.as_str());
    }
    let parties = parties(event);
    writeln!(out, "    {trigger}{kind}{trigger:#}  {parties}")?;
    if !event.claim.is_empty() {
        let claim = Part::Claim.style();
        let chain: Vec<String> = event.claim.iter().map(name).collect();
        writeln!(out, "    on the word of {claim}{}{claim:#}", chain.join(", on that of "))?;
    }
    if let Some(condition) = &event.condition {
        writeln!(out, "    condition: {}", inert(&condition.text))?;
    }
    let date = event.date.as_deref().unwrap_or("no date");
    let place = event.event_loc.as_ref().map(|place| format!(", {}", inert(&place.extracted_place)));
    writeln!(
        out,
        "    {dim}{date}{}  scale {:+.1}  confidence {:.2}  {}{dim:#}",
        place.unwrap_or_default(),
        event.event_scale,
        event.confidence,
        inert(&event.reason.join("; ")),
    )?;
    Ok(())
}

fn parties(event: &Event) -> String {
    let (actor, recipient) = (Part::Actor.style(), Part::Recipient.style());
    let list = |entities: &[Entity]| entities.iter().map(name).collect::<Vec<_>>().join(" + ");
    let actors = if event.actor.is_empty() { "unknown".to_owned() } else { list(&event.actor) };
    if event.recipient.is_empty() {
        return format!("{actor}{actors}{actor:#}");
    }
    format!("{actor}{actors}{actor:#} → {recipient}{}{recipient:#}", list(&event.recipient))
}

/// "Yuri Ushakov (RUS GOV, 74)"
fn name(entity: &Entity) -> String {
    let mut known: Vec<String> = Vec::new();
    let code = [entity.code.as_deref(), entity.sector.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    if !code.is_empty() {
        known.push(code);
    }
    if let Some(office) = &entity.office {
        known.push(inert(office));
    }
    if let Some(age) = entity.age {
        known.push(age.to_string());
    }
    let shown = inert(&entity.entity_name);
    if known.is_empty() { shown } else { format!("{shown} ({})", known.join(", ")) }
}

/// The event's sentence with its parts marked.
fn sentence(event: &Event, characters: &[char]) -> String {
    let (start, end) = (event.text_info.start, event.text_info.end.min(characters.len()));
    let mut parts: Vec<Option<Part>> = vec![None; end.saturating_sub(start)];
    let mut mark = |from: usize, to: usize, part: Part| {
        for at in from.max(start)..to.min(end) {
            let known = &mut parts[at - start];
            *known = (*known).max(Some(part));
        }
    };
    for (entities, part) in
        [(&event.claim, Part::Claim), (&event.recipient, Part::Recipient), (&event.actor, Part::Actor)]
    {
        for entity in entities {
            mark(entity.start, entity.end, part);
        }
    }
    mark(event.trigger.start, event.trigger.end, Part::Trigger);
    let mut shown = String::new();
    let mut current: Option<Part> = None;
    for (at, part) in parts.iter().enumerate() {
        if *part != current {
            if let Some(before) = current {
                shown.push_str(&format!("{:#}", before.style()));
            }
            if let Some(next) = part {
                shown.push_str(&next.style().to_string());
            }
            current = *part;
        }
        shown.push(inert_character(characters[start + at]));
    }
    if let Some(last) = current {
        shown.push_str(&format!("{:#}", last.style()));
    }
    shown
}

fn write_rejected(out: &mut impl Write, annotation: &Annotation) -> anyhow::Result<()> {
    let dim = Style::new().dimmed();
    writeln!(out, "\n  not coded:")?;
    for rejected in &annotation.rejected {
        writeln!(out, "    {}  {dim}{}{dim:#}", inert(&rejected.trigger.text), inert(&rejected.reason))?;
    }
    Ok(())
}
