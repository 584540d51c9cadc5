//! Model and codebook together: which candidates stand, of which type, with which parties, and how sure.
//!
//! The codebook proposes drafts by its frames, the language model by its readings of words. Each can veto what
//! the other proposes, and the reason of a draft names both. The weights below were fitted on the development
//! part of `corpus/events` by `training/entente_training/fusion.py`; `docs/experiments.md` has what was tried with
//! the thresholds.

use crate::claims::is_act_of_speech;
use crate::draft::Draft;
use crate::party::{Party, merge, without};
use crate::roles::light_verb;
use crate::scene::{Places, Scene};
use crate::statements::WordAt;
use entente_codebook::{Aux, EventType};
use entente_syntax::{Deprel, Reading, Role, Upos, modes_of_type};

/// An event stands when both together are at least this sure.
const LEAST_BELIEF: f64 = 0.42;

/// The model alone proposes an event from this probability on.
const LEAST_PROPOSAL: f32 = 0.3;
/// The same where the codebook says outright that the word is no event.
const LEAST_PROPOSAL_AGAINST: f32 = 0.8;

/// A type that the model prefers this clearly replaces the codebook's, unless the frame is as sure as `INSISTS`.
const OVERRIDE: f32 = 0.6;
const OVERRIDDEN: f32 = 0.2;
const INSISTS: f64 = 0.9;

/// Weights of the logistic regression: constant, logit of the model's probability of the type, logit of the
/// frame's confidence, and whether both sides are there, actor and recipient.
const TOGETHER: [f64; 4] = [-0.7, 0.45, 1.1, 0.5];
/// The same without a frame.
const MODEL_ALONE: [f64; 3] = [-0.45, 0.7, 0.0];

/// What a phrase's link must reach to fill a role where grammar puts it there too: this, and this share of the
/// strongest link.
const LINK_CONFIRMED: f32 = 0.05;
const LINK_SHARE: f32 = 0.1;
/// The same where grammar puts others there.
const LINK_ALONE: f32 = 0.9;
/// The same where grammar finds nobody, for the recipient and for the actor.
const LINK_FIRST: f32 = 0.3;
const LINK_FIRST_ACTOR: f32 = 0.25;
/// How much surer of one side than of the other the model must be to take a party there against grammar.
const CHANGES_SIDES: f32 = 0.3;

/// Auxiliary modes and modes that the model is this sure of are taken over; those it is so unsure of are struck.
const SURE: f32 = 0.65;
const UNSURE: f32 = 0.08;
const SURE_MODE: f32 = 0.5;

/// Adds the events that the model sees and the codebook does not, and revives drafts that the codebook took for
/// part of another act where the model is sure that they are acts of their own.
pub(crate) fn propose(scene: &Scene, sentence: usize, vetoed: &[usize], drafts: &mut Vec<Draft>) {
    let parsed = &scene.sentences[sentence];
    for reading in &parsed.readings {
        let (type_index, probability) = reading.best_type();
        let least = if vetoed.contains(&reading.word) { LEAST_PROPOSAL_AGAINST } else { LEAST_PROPOSAL };
        if probability < least || is_weaker_twin(scene, sentence, reading) {
            continue;
        }
        let event = EventType::ALL[type_index];
        let at = WordAt { sentence, word: reading.word };
        let covered = drafts.iter().any(|draft| draft.is_live() && covers(scene, draft, reading.word));
        if covered {
            continue;
        }
        let dropped =
            drafts.iter_mut().find(|draft| !draft.is_live() && draft.at == at && draft.event == event);
        match dropped {
            Some(draft) => {
                draft.dropped = None;
                draft.reason.push("an act of its own to the model".to_owned());
            }
            None => drafts.push(proposal(scene, at, event)),
        }
    }
}

/// The light verb and its noun, or two words of one trigger: only the likelier of them proposes.
fn is_weaker_twin(scene: &Scene, sentence: usize, reading: &Reading) -> bool {
    let parsed = &scene.sentences[sentence];
    let (type_index, probability) = reading.best_type();
    let head = parsed.tokens[reading.word].head;
    let mut twins = parsed.readings.iter().filter(|other| {
        let close = head == Some(other.word) || parsed.tokens[other.word].head == Some(reading.word);
        close
            && other.best_type().0 == type_index
            && is_one_trigger(scene, sentence, reading.word, other.word)
    });
    twins.any(|other| (other.best_type().1, other.word) > (probability, reading.word))
}

/// A verb and its object, particle or fixed noun.
fn is_one_trigger(scene: &Scene, sentence: usize, one: usize, two: usize) -> bool {
    let tokens = &scene.sentences[sentence].tokens;
    let below = if tokens[one].head == Some(two) { one } else { two };
    matches!(
        tokens[below].relation.base,
        Deprel::Obj
            | Deprel::Compound
            | Deprel::Obl
            | Deprel::Xcomp
            | Deprel::Nsubj
            | Deprel::Amod
            | Deprel::Fixed
    )
}

fn covers(scene: &Scene, draft: &Draft, word: usize) -> bool {
    let own = draft.words.contains(&word) || draft.predicate.word == word;
    let tokens = &scene.sentences[draft.at.sentence].tokens;
    let reading = scene.sentences[draft.at.sentence].reading(word);
    let same_type = reading.is_some_and(|reading| EventType::ALL[reading.best_type().0] == draft.event);
    let beside = tokens[word].head == Some(draft.at.word) || tokens[draft.at.word].head == Some(word);
    own || (beside && same_type && is_one_trigger(scene, draft.at.sentence, word, draft.at.word))
}

/// An event that only the model sees; its parties, modes and confidence come when it is settled.
fn proposal(scene: &Scene, at: WordAt, event: EventType) -> Draft {
    let grammar = scene.grammar(at.sentence);
    let light_verb = light_verb(scene, &grammar, at.word);
    let predicate = WordAt { sentence: at.sentence, word: light_verb.unwrap_or(at.word) };
    let speaks = matches!(
        event,
        EventType::Agree | EventType::Concede | EventType::Reject | EventType::Request | EventType::Threaten
    );
    Draft {
        predicate,
        content_words: if speaks { grammar.clauses(at.word) } else { Vec::new() },
        by_model: true,
        ..Draft::new(at, vec![at.word], event)
    }
}

/// Settles a draft: its type, parties, modes and confidence, or drops it where both together do not believe it.
pub(crate) fn settle(scene: &Scene, draft: &mut Draft) {
    let sentence = &scene.sentences[draft.at.sentence];
    // What the draft keeps from being proposed speaks for it.
    let readings: Vec<&Reading> =
        sentence.readings.iter().filter(|reading| covers(scene, draft, reading.word)).collect();
    let Some(reading) = readings.iter().copied().max_by(|a, b| a.any().total_cmp(&b.any())) else {
        draft.drop_for("the model sees no act here");
        return;
    };
    retype(draft, &readings);
    let type_index = draft.event as usize;
    let probability = readings.iter().map(|reading| reading.types[type_index]).fold(0.0, f32::max);
    settle_modes(draft, reading);
    settle_parties(scene, draft, reading);
    let (sources, belief) = believe(draft, probability);
    draft.confidence = belief;
    if belief < LEAST_BELIEF {
        draft.drop_for(format!("{sources}: together {belief:.2}"));
        return;
    }
    draft.reason.push(sources);
    settle_aux(draft, reading);
}

/// What both sides say of a draft, in words, and how far to believe it.
fn believe(draft: &Draft, probability: f32) -> (String, f64) {
    let (words, whole) = match (draft.actor.is_empty(), draft.recipient.is_empty()) {
        (false, false) => ("both parties", 1.0),
        (true, true) => ("no party", 0.0),
        _ => ("one party", 0.0),
    };
    let model = format!("model {} {probability:.2}, {words}", draft.event);
    let of_model = logit(probability.into());
    if draft.by_model {
        let [constant, by_model, by_parties] = MODEL_ALONE;
        (model, logistic(constant + by_model * of_model + by_parties * whole))
    } else {
        let [constant, by_model, by_frame, by_parties] = TOGETHER;
        let of_frame = logit(draft.confidence);
        let sum = constant + by_model * of_model + by_frame * of_frame + by_parties * whole;
        (format!("codebook {:.2}, {model}", draft.confidence), logistic(sum))
    }
}

/// The model's type where it is clearly another than the codebook's.
fn retype(draft: &mut Draft, readings: &[&Reading]) {
    let own = readings.iter().map(|reading| reading.types[draft.event as usize]).fold(0.0, f32::max);
    let Some((other, probability)) =
        readings.iter().map(|reading| reading.best_type()).max_by(|a, b| a.1.total_cmp(&b.1))
    else {
        return;
    };
    let event = EventType::ALL[other];
    let may_be_overruled = draft.by_model || draft.confidence < INSISTS;
    if event != draft.event && may_be_overruled && probability >= OVERRIDE && own <= OVERRIDDEN {
        draft.reason.push(format!("{} to the codebook, {event} to the model", draft.event));
        draft.retype(event);
        draft.modes.clear();
    }
}

fn settle_parties(scene: &Scene, draft: &mut Draft, reading: &Reading) {
    let actor = std::mem::take(&mut draft.actor);
    let recipient = std::mem::take(&mut draft.recipient);
    draft.actor = linked(scene, draft, reading, &Side { role: Role::Actor, own: &actor, others: &recipient });
    let recipient =
        linked(scene, draft, reading, &Side { role: Role::Recipient, own: &recipient, others: &actor });
    draft.recipient = without(recipient, &draft.actor);
    if draft.actor.is_empty() && is_act_of_speech(draft.event) {
        draft.actor.extend(speaker_around(scene, draft));
    }
    if is_reciprocal(scene, draft) {
        draft.recipient.clear();
    }
    let is_meeting = draft.event == EventType::Consult
        && !draft.modes.iter().any(|mode| mode == "visit" || mode == "third-party");
    if (is_meeting || draft.is_mutual) && !draft.actor.is_empty() {
        // Those who meet or clash are all actors.
        let others = std::mem::take(&mut draft.recipient);
        merge(&mut draft.actor, others);
    }
}

/// "vowed to defend *one another* against Chad": those who act are those who gain or suffer.
fn is_reciprocal(scene: &Scene, draft: &Draft) -> bool {
    let grammar = scene.grammar(draft.at.sentence);
    let is = |word: usize, form: &str| grammar.form(word).eq_ignore_ascii_case(form);
    let pair = |word: usize| {
        word > 0
            && ((is(word, "another") && is(word - 1, "one")) || (is(word, "other") && is(word - 1, "each")))
    };
    draft.actor.len() > 1 && grammar.sentence.subtree(draft.predicate.word).into_iter().any(pair)
}

/// Whoever says it does it: "\"You must go\", the *minister* said".
fn speaker_around(scene: &Scene, draft: &Draft) -> Option<Party> {
    let speaker = scene.speaker(scene.statement_around(draft.at)?.speaker?)?;
    (!draft.recipient.iter().any(|party| party.is_same(&speaker))).then_some(speaker)
}

/// One side of an act: its role, and whom grammar puts on it and on the other.
struct Side<'p> {
    role: Role,
    own: &'p [Party],
    others: &'p [Party],
}

impl Side<'_> {
    /// The model alone puts a party here whom grammar puts on the other side: only if it is clearly surer.
    fn wins(&self, party: &Party, reading: &Reading, word: usize) -> bool {
        let other = if self.role == Role::Actor { Role::Recipient } else { Role::Actor };
        let is_there = self.others.iter().any(|known| known.is_same(party));
        !is_there || reading.link(self.role, word) > reading.link(other, word) + CHANGES_SIDES
    }
}

/// The parties that grammar and model together put into a role, in reading order.
fn linked(scene: &Scene, draft: &Draft, reading: &Reading, side: &Side) -> Vec<Party> {
    let (sentence, role) = (draft.at.sentence, side.role);
    let places = if role == Role::Recipient { Places::Count } else { Places::DoNotCount };
    let words = 0..scene.sentences[sentence].tokens.len();
    let strongest = words.clone().map(|word| reading.link(role, word)).fold(0.0, f32::max);
    let least = LINK_CONFIRMED.max(LINK_SHARE * strongest);
    let confirmed = |party: &&Party| {
        // Whoever stands in another sentence is beyond the model's sight.
        party.head.sentence != sentence || near(scene, reading, role, party) >= least
    };
    let mut found: Vec<Party> = side.own.iter().filter(confirmed).cloned().collect();
    let least = match (found.is_empty(), role) {
        (false, _) => LINK_ALONE,
        (true, Role::Actor) => LINK_FIRST_ACTOR,
        (true, _) => LINK_FIRST,
    };
    for word in words {
        if reading.link(role, word) >= least && word != draft.at.word {
            let mut parties = scene.parties(WordAt { sentence, word }, places);
            parties.retain(|party| side.wins(party, reading, word));
            merge(&mut found, parties);
        }
    }
    found.sort_by_key(|party| party.head);
    let whole = found.clone();
    found.retain(|party| !whole.iter().any(|other| is_attribute(scene, party, other)));
    found
}

/// "the *Danish* ambassador": the country that only tells whose the other party is.
fn is_attribute(scene: &Scene, party: &Party, of: &Party) -> bool {
    if party.head.sentence != of.head.sentence || party.entity.code != of.entity.code {
        return false;
    }
    let token = &scene.sentences[party.head.sentence].tokens[party.head.word];
    let before = matches!(token.relation.base, Deprel::Amod | Deprel::Compound | Deprel::Nmod);
    before && token.head == Some(of.head.word)
}

/// The strongest link to the words of a party's mention and to the phrase that it stands in.
fn near(scene: &Scene, reading: &Reading, role: Role, party: &Party) -> f32 {
    let tokens = &scene.sentences[party.head.sentence].tokens;
    let inside = (0..tokens.len()).filter(|word| party.span.contains(tokens[*word].span));
    let above = tokens[party.head.word].head.filter(|head| tokens[*head].upos != Upos::Verb);
    inside.chain(above).chain([party.head.word]).map(|word| reading.link(role, word)).fold(0.0, f32::max)
}

fn settle_modes(draft: &mut Draft, reading: &Reading) {
    let modes = modes_of_type(&reading.modes, draft.event.as_str());
    // Whether one visits or meets is in the word itself, and a frame knows the word.
    let modes: Vec<(&str, f32)> = modes.filter(|(mode, _)| !(draft.is_mutual && *mode == "visit")).collect();
    let probability = |name: &str| modes.iter().find(|(mode, _)| *mode == name).map_or(0.0, |(_, p)| *p);
    let sure: Vec<String> =
        modes.iter().filter(|(_, p)| *p >= SURE_MODE).map(|(mode, _)| (*mode).to_owned()).collect();
    if !sure.is_empty() && draft.modes.iter().all(|mode| probability(mode) < UNSURE) {
        draft.reason.push(format!("mode {} to the model", sure.join(" ")));
        draft.modes = sure;
    }
}

fn settle_aux(draft: &mut Draft, reading: &Reading) {
    let carried: &[Aux] = match draft.event {
        EventType::Agree | EventType::Threaten => &[Aux::Future, Aux::Hypothetical],
        EventType::Concede | EventType::Request | EventType::Reject => &[Aux::Future],
        _ => &[],
    };
    for (aux, probability) in AUX_ORDER.into_iter().zip(reading.aux) {
        if probability >= SURE && !carried.contains(&aux) {
            draft.aux.insert(aux);
        } else if probability < UNSURE {
            draft.aux.remove(&aux);
        }
    }
}

/// The auxiliary modes in the model's order.
const AUX_ORDER: [Aux; 4] = [Aux::Future, Aux::Hypothetical, Aux::Negation, Aux::Historical];

fn logit(probability: f64) -> f64 {
    let kept = probability.clamp(1e-4, 1.0 - 1e-4);
    (kept / (1.0 - kept)).ln()
}

fn logistic(value: f64) -> f64 {
    1.0 / (1.0 + (-value).exp())
}
