//! The coder: an analysed document in, its records out.

use crate::accusations;
use crate::aftermath;
use crate::auxiliary;
use crate::claims;
use crate::compose::{absorb_deep, compose};
use crate::contexts;
use crate::dates;
use crate::demands;
use crate::discourse;
use crate::draft::{Draft, NOBODY};
use crate::fusion;
use crate::modes;
use crate::party::Party;
use crate::record::Annotation;
use crate::repeats;
use crate::roles::{Candidate, candidate};
use crate::scene::Scene;
use crate::setting;
use crate::statements;
use crate::times;
use crate::writer::Writer;
use entente_codebook::{Codebook, EventType};
use entente_syntax::ParsedSentence;
use entente_text::Document;
use entente_world::{EntityKind, Registry, Sector};
use std::sync::Arc;

/// A rejected candidate: sentence, words, reason.
type Rejection = (usize, Vec<usize>, String);

/// Codes events, statements and people. Cheap to share between threads.
#[derive(Clone)]
pub struct Coder {
    codebook: Arc<Codebook>,
    registry: &'static Registry,
}

impl Coder {
    /// A coder with this codebook and registry.
    pub fn new(codebook: Arc<Codebook>, registry: &'static Registry) -> Self {
        Self { codebook, registry }
    }

    /// The codebook in use.
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// Reads everything out of one document whose sentences have been analysed.
    pub fn code(&self, document: &Document, sentences: &[ParsedSentence]) -> Annotation {
        self.in_scene(document, sentences, |scene| self.annotate(scene))
    }

    /// The drafts of a document with their types and parties, without claims, dates and what is read for records.
    pub(crate) fn drafts(&self, document: &Document, sentences: &[ParsedSentence]) -> Vec<Draft> {
        self.in_scene(document, sentences, |scene| draft_document(scene).0)
    }

    /// Resolves who is who and who says what, and goes on with that.
    fn in_scene<T>(
        &self,
        document: &Document,
        sentences: &[ParsedSentence],
        then: impl FnOnce(&Scene) -> T,
    ) -> T {
        then(&Scene {
            document,
            sentences,
            resolved: &self.registry.resolve(document, sentences),
            statements: &statements::find(&document.text, sentences),
            codebook: &self.codebook,
            day: times::reference_day(document, sentences),
        })
    }

    fn annotate(&self, scene: &Scene) -> Annotation {
        let (document, sentences) = (scene.document, scene.sentences);
        let times = times::find(document, sentences, scene.day);
        let (mut drafts, mut rejections) = draft_document(scene);
        let mut dated = Vec::with_capacity(drafts.len());
        let accusers: Vec<Draft> = drafts
            .iter()
            .filter(|draft| draft.is_live() && draft.event == EventType::Accuse)
            .cloned()
            .collect();
        for draft in &mut drafts {
            draft.claim = claims::chain(scene, draft, &accusers);
            modes::fill(scene, draft);
            dated.push(dates::read(scene, &times, draft));
        }
        dates::inherit(scene, &drafts, &mut dated);
        let headlines: Vec<bool> = sentences.iter().map(|sentence| sentence.is_headline).collect();
        repeats::merge(&mut drafts, &headlines, |draft| {
            scene.grammar(draft.at.sentence).lemma(draft.at.word)
        });
        let writer = Writer::new(
            scene,
            self.registry,
            contexts::by_paragraph(&self.codebook, scene.text(), sentences),
        );
        for draft in drafts.iter().filter(|draft| !draft.is_live()) {
            let reason = draft.dropped.clone().unwrap_or_default();
            rejections.push((draft.at.sentence, draft.words.clone(), reason));
        }
        rejections.sort();
        writer.annotation(&drafts, &dated, &times, &rejections)
    }
}

/// The drafts of all sentences, composed and with their auxiliary modes, and what was rejected on the way.
fn draft_document(scene: &Scene) -> (Vec<Draft>, Vec<Rejection>) {
    let mut drafts = Vec::new();
    let mut rejections = Vec::new();
    for sentence in 0..scene.sentences.len() {
        let mut vetoed = Vec::new();
        let mut here = draft_sentence(scene, sentence, &mut rejections, &mut vetoed);
        compose(scene, &mut here);
        absorb_deep(scene, &mut here);
        merge_doubles(scene, &mut here);
        demands::find(scene, sentence, &mut here);
        accusations::find(scene, sentence, &mut here);
        fusion::propose(scene, sentence, &vetoed, &mut here);
        for draft in here.iter_mut().filter(|draft| draft.is_live()) {
            auxiliary::read(scene, draft);
            if !draft.by_model {
                auxiliary::threaten(scene, draft);
                auxiliary::absorb(draft);
            }
            fusion::settle(scene, draft);
            auxiliary::threatened(scene, draft);
            setting::fill(scene, draft);
            own_forces_move(scene, draft);
            persons_visit(draft);
            spare_own_side(draft);
            judge(draft);
            draft.content = content_of(scene, draft);
        }
        aftermath::fold(scene, &mut here);
        turn_conditions(scene, &mut here);
        here.sort_by_key(|draft| draft.at);
        drafts.append(&mut here);
    }
    discourse::fill(scene, &mut drafts);
    (drafts, rejections)
}

/// The drafts of a sentence by the codebook's frames alone; words that the codebook calls no event go to `vetoed`.
fn draft_sentence(
    scene: &Scene,
    sentence: usize,
    rejections: &mut Vec<Rejection>,
    vetoed: &mut Vec<usize>,
) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for word in 0..scene.sentences[sentence].tokens.len() {
        match candidate(scene, sentence, word) {
            Some(Candidate::Event(draft)) => drafts.push(*draft),
            Some(Candidate::Rejected(words, reason)) => rejections.push((sentence, words, reason)),
            Some(Candidate::NotEvent(words, reason)) => {
                vetoed.push(word);
                rejections.push((sentence, words, reason));
            }
            None => {}
        }
    }
    drop_inside_longer(&mut drafts);
    drafts
}

/// "open *fire*", "take *hostage*": a word that is a fixed part of a longer trigger is no trigger of its own.
fn drop_inside_longer(drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let head = drafts[index].at.word;
        let longer = drafts.iter().enumerate().any(|(other, draft)| {
            other != index && draft.words.len() > drafts[index].words.len() && draft.words.contains(&head)
        });
        if longer {
            drafts[index].drop_for("part of a longer trigger");
        }
    }
}

/// "*expressed solidarity* with", "*attended* the *summit*": two words of one type that are one act keep the
/// fuller one.
fn merge_doubles(scene: &Scene, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        for other in 0..drafts.len() {
            let (one, two) = (&drafts[index], &drafts[other]);
            let one_act = index != other
                && one.is_live()
                && two.is_live()
                && one.event == two.event
                && hangs_close(scene, one, two);
            if !one_act {
                continue;
            }
            let parties = |draft: &Draft| draft.actor.len() + draft.recipient.len();
            let weaker = if parties(one) > parties(two) { other } else { index };
            drafts[weaker].drop_for("part of the same act");
        }
    }
}

/// The one's head stands directly in a phrase of the other.
fn hangs_close(scene: &Scene, one: &Draft, two: &Draft) -> bool {
    if one.predicate == two.predicate {
        return true;
    }
    let grammar = scene.grammar(one.at.sentence);
    let is_phrase = |word: usize| {
        use entente_syntax::Deprel::{Compound, Nmod, Nsubj, Obj, Obl, Xcomp};
        matches!(grammar.token(word).relation.base, Obj | Obl | Nmod | Nsubj | Xcomp | Compound)
    };
    let path: Vec<usize> =
        std::iter::once(one.at.word).chain(grammar.ancestors(one.at.word)).take(3).collect();
    let up = path.iter().position(|word| *word == two.at.word);
    up.is_some_and(|up| path[..up].iter().all(|word| is_phrase(*word)))
}

/// "The army was put on alert": whoever is moved moves, where no agent is named.
fn own_forces_move(scene: &Scene, draft: &mut Draft) {
    let grammar = scene.grammar(draft.at.sentence);
    let predicate = draft.predicate.word;
    let agentless = grammar.is_passive(predicate) && !grammar.has_agent(predicate);
    if draft.event != EventType::Mobilize || !(agentless || draft.actor.is_empty()) {
        return;
    }
    let moved = grammar.objects(draft.predicate.word);
    let is_moved = |party: &Party| {
        let tokens = &grammar.sentence.tokens;
        party.head.sentence == draft.at.sentence
            && moved.iter().any(|word| party.head.word == *word || party.span.contains(tokens[*word].span))
    };
    let (own, others): (Vec<Party>, Vec<Party>) =
        std::mem::take(&mut draft.recipient).into_iter().partition(is_moved);
    draft.recipient = others;
    if !own.is_empty() {
        draft.infer_actor(own, "whoever is moved moves");
    }
}

/// "on a visit to Chad the minister …": of a person and a state it is the person who visits.
fn persons_visit(draft: &mut Draft) {
    let is_visit = draft.event == EventType::Consult && draft.modes.iter().any(|mode| mode == "visit");
    if is_visit && draft.actor.is_empty() {
        let is_person = |party: &Party| party.entity.kind == EntityKind::Person;
        (draft.actor, draft.recipient) =
            std::mem::take(&mut draft.recipient).into_iter().partition(is_person);
    }
}

/// "Chad underlined *Chad's* commitment to Mali": where another is meant, nobody acts on his own side.
fn spare_own_side(draft: &mut Draft) {
    let own: Vec<_> = draft.actor.iter().map(Party::code_and_sector).collect();
    let is_own = |party: &Party| party.entity.code.is_some() && own.contains(&party.code_and_sector());
    if draft.recipient.iter().any(|party| !is_own(party)) {
        draft.recipient.retain(|party| !is_own(party));
    }
}

/// An act needs a political actor on at least one side.
fn judge(draft: &mut Draft) {
    if draft.actor.is_empty() && draft.recipient.is_empty() {
        draft.drop_for(NOBODY);
        return;
    }
    if draft.event == EventType::Consult
        && let Some(reason) = no_meeting(draft)
    {
        draft.drop_for(reason);
        return;
    }
    if threatens_itself(draft) {
        draft.drop_for("actor and recipient are one side");
    }
}

/// "sanctions should *it* invade": the pronoun in a threat's condition is the one threatened, not the one who
/// threatens.
fn turn_conditions(scene: &Scene, drafts: &mut [Draft]) {
    let threats: Vec<Draft> = drafts
        .iter()
        .filter(|draft| draft.is_live() && draft.event == EventType::Threaten && !draft.recipient.is_empty())
        .cloned()
        .collect();
    for threat in threats {
        let Some(condition) = threat.condition else {
            continue;
        };
        for draft in drafts.iter_mut().filter(|draft| condition.contains(scene.span_of(draft.at))) {
            let is_threatener =
                |party: &Party| party.is_pronoun && threat.actor.iter().any(|actor| actor.is_same(party));
            if draft.actor.iter().all(is_threatener) && !draft.actor.is_empty() {
                draft.actor.clone_from(&threat.recipient);
                draft.reason.push("whoever is threatened under this condition".to_owned());
            }
        }
    }
}

/// A threat against one's own side is a misreading.
fn threatens_itself(draft: &Draft) -> bool {
    let own: Vec<_> = draft.actor.iter().map(Party::code_and_sector).collect();
    draft.event == EventType::Threaten
        && !draft.recipient.is_empty()
        && draft
            .recipient
            .iter()
            .all(|party| !party.code_and_sector().0.is_empty() && own.contains(&party.code_and_sector()))
}

/// An interview is no consultation, and nobody meets alone.
fn no_meeting(draft: &Draft) -> Option<&'static str> {
    let mut parties = draft.actor.iter().chain(&draft.recipient);
    if parties.clone().any(|party| party.entity.sector == Some(Sector::Media)) {
        return Some("talk with the media");
    }
    let is_one = |party: &Party| matches!(party.entity.kind, EntityKind::Person | EntityKind::State);
    let alone = draft.actor.len() + draft.recipient.len() == 1 && parties.next().is_some_and(is_one);
    (alone && draft.modes.is_empty()).then_some("one party alone")
}

fn content_of(scene: &Scene, draft: &Draft) -> Option<entente_text::Span> {
    let grammar = scene.grammar(draft.at.sentence);
    let spans = draft.content_words.iter().map(|word| auxiliary::clause_span(&grammar, *word));
    spans
        .reduce(|one, two| one.cover(two))
        .filter(|span| !span.contains(scene.span_of(draft.at)) || span.len() > scene.span_of(draft.at).len())
}
