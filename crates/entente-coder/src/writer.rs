//! From drafts to records: offsets become code points, and every span is checked against the text.

use crate::dates::Dated;
use crate::draft::Draft;
use crate::party::Party;
use crate::places;
use crate::record::{
    Annotation, Condition, Entity, Event, Mention, Person, Quoted, Range, Rejected, Statement, TextInfo, Time,
};
use crate::scene::Scene;
use crate::sizes;
use crate::statements::WordAt;
use crate::times::TimeExpression;
use entente_text::{CodePoints, Span};
use entente_world::{EntityKind, Registry};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Name and version that records carry.
const CODER: &str = concat!("entente ", env!("CARGO_PKG_VERSION"));

pub(crate) struct Writer<'d> {
    scene: &'d Scene<'d>,
    registry: &'static Registry,
    contexts: HashMap<usize, Vec<String>>,
    code_points: CodePoints,
}

impl<'d> Writer<'d> {
    pub(crate) fn new(
        scene: &'d Scene<'d>,
        registry: &'static Registry,
        contexts: HashMap<usize, Vec<String>>,
    ) -> Self {
        Self { scene, registry, contexts, code_points: CodePoints::new(scene.text()) }
    }

    pub(crate) fn annotation(
        &self,
        drafts: &[Draft],
        dated: &[Dated],
        times: &[TimeExpression],
        rejections: &[(usize, Vec<usize>, String)],
    ) -> Annotation {
        let document = self.scene.document;
        let live = drafts.iter().zip(dated).filter(|(draft, _)| draft.is_live());
        let mut events: Vec<Event> = live.map(|(draft, dated)| self.event(draft, dated)).collect();
        link_conditions(&mut events);
        Annotation {
            id: document.id.clone(),
            title: document.title().map(str::to_owned),
            published: document.published.map(|date| date.to_string()),
            publication: document.publication.clone(),
            url: document.url.clone(),
            language: "en".to_owned(),
            text: document.text.clone(),
            sentences: self.scene.sentences.iter().map(|sentence| self.range(sentence.span)).collect(),
            times: times.iter().map(|time| self.time(time)).collect(),
            entities: self.mentions(),
            people: self.people(),
            statements: self.statements(),
            events,
            rejected: rejections
                .iter()
                .map(|(sentence, words, reason)| self.rejected(*sentence, words, reason))
                .collect(),
        }
    }

    fn range(&self, span: Span) -> Range {
        let text = self.scene.text();
        Range { start: self.code_points.at(text, span.start), end: self.code_points.at(text, span.end) }
    }

    fn quoted(&self, span: Span) -> Quoted {
        let range = self.range(span);
        Quoted { start: range.start, end: range.end, text: span.of(self.scene.text()).to_owned() }
    }

    fn time(&self, time: &TimeExpression) -> Time {
        let quoted = self.quoted(time.span);
        Time {
            start: quoted.start,
            end: quoted.end,
            text: quoted.text,
            kind: time.kind.as_str().into(),
            value: time.value.clone(),
        }
    }

    fn entity(&self, party: &Party) -> Entity {
        let quoted = self.quoted(party.span);
        let known = &party.entity;
        Entity {
            entity_text: quoted.text,
            start: quoted.start,
            end: quoted.end,
            entity_name: known.name.clone(),
            identifier_id: known.wikidata.clone(),
            code: known.code.map(|code| code.to_string()),
            sector: known.sector.map(|sector| sector.as_str().into()),
            other_sectors: known.other_sectors.iter().map(|sector| sector.as_str().into()).collect(),
            office: known.office.clone(),
            age: known.age,
            resolved_by: known.resolved_by.as_str().into(),
        }
    }

    fn entities(&self, parties: &[Party]) -> Vec<Entity> {
        parties.iter().map(|party| self.entity(party)).collect()
    }

    fn mentions(&self) -> Vec<Mention> {
        let mentions = self.scene.resolved.mentions.iter();
        mentions
            .map(|mention| {
                let party = self.scene.party(mention);
                let entity = self.entity(&party);
                Mention {
                    start: entity.start,
                    end: entity.end,
                    text: entity.entity_text.clone(),
                    kind: kind_name(party.entity.kind).into(),
                    entity,
                }
            })
            .collect()
    }

    fn people(&self) -> Vec<Person> {
        let people = self.scene.resolved.people.iter();
        people
            .map(|person| {
                let (sentence, first, end) = person.first_mention;
                let tokens = &self.scene.sentences[sentence].tokens[first..end];
                let start = tokens.first().map_or(0, |token| token.span.start);
                let range = self.range(Span::new(start, tokens.last().map_or(start, |token| token.span.end)));
                Person {
                    name: person.name.clone(),
                    office: person.office.clone(),
                    code: person.code.map(|code| code.to_string()),
                    sector: person.sector.map(|sector| sector.as_str().into()),
                    age: person.age,
                    start: range.start,
                    end: range.end,
                }
            })
            .collect()
    }

    fn statements(&self) -> Vec<Statement> {
        let statements = self.scene.statements.iter();
        statements
            .map(|statement| {
                let content = self.quoted(statement.content);
                let enclosing = self.scene.statements.iter().filter(|other| {
                    other.content != statement.content && other.content.contains(statement.content)
                });
                let around = enclosing.filter_map(|other| other.speaker).chain(statement.via.iter().copied());
                // Two may say the same: an agency, and the minister whom it quotes.
                let cue = statement.cue.map_or(0, |cue| cue.start);
                let parts = [content.start, content.end, cue].map(|offset| offset.to_string());
                let id = self.id(&["statement", &parts[0], &parts[1], &parts[2]]);
                Statement {
                    id,
                    speaker: statement.speaker.and_then(|speaker| self.speaker(speaker)),
                    cue: statement.cue.map(|cue| self.quoted(cue)),
                    content,
                    kind: statement.kind.as_str().into(),
                    via: around.filter_map(|speaker| self.speaker(speaker)).collect(),
                }
            })
            .collect()
    }

    /// A speaker who resolves to nobody known is still named by the words of the text.
    fn speaker(&self, at: WordAt) -> Option<Entity> {
        if let Some(party) = self.scene.speaker(at) {
            return Some(self.entity(&party));
        }
        let quoted = self.quoted(self.scene.span_of(at));
        Some(Entity {
            entity_name: quoted.text.clone(),
            entity_text: quoted.text,
            start: quoted.start,
            end: quoted.end,
            identifier_id: None,
            code: None,
            sector: None,
            other_sectors: Vec::new(),
            office: None,
            age: None,
            resolved_by: "unresolved".into(),
        })
    }

    fn event(&self, draft: &Draft, dated: &Dated) -> Event {
        let sentence = &self.scene.sentences[draft.at.sentence];
        let trigger = self.quoted(self.trigger_span(draft));
        let range = self.range(sentence.span);
        let condition = draft.condition.map(|span| {
            let quoted = self.quoted(span);
            Condition { start: quoted.start, end: quoted.end, text: quoted.text, event_id: None }
        });
        let id = self.id(&[draft.event.as_str(), &trigger.start.to_string(), &trigger.end.to_string()]);
        Event {
            id,
            document_id: self.scene.document.id.clone(),
            event: draft.event,
            mode: draft.modes.clone(),
            aux: draft.aux.iter().copied().collect(),
            context: self.contexts.get(&sentence.paragraph).cloned().unwrap_or_default(),
            quad_code: draft.event.quad_code(),
            event_scale: draft.event.scale(&draft.modes),
            date: dated.date.clone(),
            enddate: None,
            date_reason: dated.reason.clone(),
            actor: self.entities(&draft.actor),
            recipient: self.entities(&draft.recipient),
            claim: self.entities(&draft.claim),
            condition,
            content: draft.content.map(|span| self.quoted(span)),
            event_loc: places::locate(self.scene, self.registry, draft),
            trigger,
            text_info: TextInfo { sequence: draft.at.sentence, start: range.start, end: range.end },
            size: sizes::read(self.scene, draft),
            confidence: (draft.confidence * 1000.0).round() / 1000.0,
            reason: draft.reason.clone(),
            happening_id: None,
            coder: CODER.to_owned(),
            codebook: self.scene.codebook.name.clone(),
        }
    }

    /// The trigger's words where they stand close together, else its head alone.
    fn trigger_span(&self, draft: &Draft) -> Span {
        let tokens = &self.scene.sentences[draft.at.sentence].tokens;
        let (first, last) = (draft.words[0], draft.words[draft.words.len() - 1]);
        let gap = last - first + 1 - draft.words.len();
        if gap <= 3 {
            return Span::new(tokens[first].span.start, tokens[last].span.end);
        }
        tokens[draft.at.word].span
    }

    fn rejected(&self, sentence: usize, words: &[usize], reason: &str) -> Rejected {
        let tokens = &self.scene.sentences[sentence].tokens;
        let span = Span::new(tokens[words[0]].span.start, tokens[words[words.len() - 1]].span.end);
        Rejected { trigger: self.quoted(span), reason: reason.to_owned() }
    }

    /// The first 16 hexadecimal digits of the SHA-256 of the document's id and text and these parts.
    fn id(&self, parts: &[&str]) -> String {
        let mut hash = Sha256::new();
        hash.update(self.scene.document.id.as_bytes());
        hash.update([0]);
        hash.update(self.scene.text().as_bytes());
        for part in parts {
            hash.update([0]);
            hash.update(part.as_bytes());
        }
        hash.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Names the event inside each condition, if one was coded there.
fn link_conditions(events: &mut [Event]) {
    let triggers: Vec<(usize, usize, String)> =
        events.iter().map(|event| (event.trigger.start, event.trigger.end, event.id.clone())).collect();
    for event in events {
        let own = event.id.clone();
        if let Some(condition) = &mut event.condition {
            let inside = triggers
                .iter()
                .find(|(start, end, id)| condition.start <= *start && *end <= condition.end && *id != own);
            condition.event_id = inside.map(|(_, _, id)| id.clone());
        }
    }
}

fn kind_name(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "person",
        EntityKind::State => "state",
        EntityKind::Organisation => "organisation",
        EntityKind::Group => "group",
        EntityKind::Body => "body",
        EntityKind::Place => "place",
        EntityKind::Other => "other",
    }
}
