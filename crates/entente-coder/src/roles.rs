//! From a trigger to a draft: fills the roles of each matched frame, tests its conditions, takes the best.

use crate::draft::Draft;
use crate::grammar::Grammar;
use crate::party::{Party, merge, without};
use crate::scene::{Places, Scene};
use crate::statements::WordAt;
use crate::triggers::{Match, matches};
use entente_codebook::{Condition, EventType, Frame, Kind, Outcome, PartOfSpeech, Role, WordTest};
use entente_syntax::{Deprel, Upos};
use entente_world::EntityKind;

/// What came of a word that is in the codebook.
pub(crate) enum Candidate {
    /// An event.
    Event(Box<Draft>),
    /// The words, and why they report nothing.
    Rejected(Vec<usize>, String),
    /// The same where the codebook says outright that the words are no event.
    NotEvent(Vec<usize>, String),
}

/// One trigger with the verb that lends it its arguments.
struct Site<'s> {
    scene: &'s Scene<'s>,
    grammar: Grammar<'s>,
    sentence: usize,
    trigger: usize,
    /// The light verb above a noun.
    light_verb: Option<usize>,
    /// Words of the trigger other than its head.
    parts: Vec<usize>,
}

/// Codes one word of a sentence, if a frame of the codebook fits it.
pub(crate) fn candidate(scene: &Scene, sentence: usize, trigger: usize) -> Option<Candidate> {
    let grammar = scene.grammar(sentence);
    let found = matches(scene.codebook, &grammar, trigger);
    if found.is_empty() {
        return None;
    }
    let light_verb = light_verb(scene, &grammar, trigger);
    let mut ranked: Vec<(usize, Match)> = found
        .into_iter()
        .filter_map(|candidate| {
            let frame = &scene.codebook.frames[candidate.frame];
            let parts = candidate.words[1..].to_vec();
            let site = Site { scene, grammar, sentence, trigger, light_verb, parts };
            site.holds(frame).then(|| (rank(frame, &candidate), candidate))
        })
        .collect();
    ranked.sort_by_key(|(rank, candidate)| (usize::MAX - rank, candidate.frame));
    let Some((_, best)) = ranked.into_iter().next() else {
        return Some(Candidate::Rejected(vec![trigger], "no frame's conditions hold".to_owned()));
    };
    let frame = &scene.codebook.frames[best.frame];
    let mut words = best.words.clone();
    words.sort_unstable();
    match &frame.outcome {
        Outcome::NotEvent(reason) => Some(Candidate::NotEvent(words, format!("{}: {reason}", frame.name))),
        Outcome::Event(event) => {
            let parts = best.words[1..].to_vec();
            let site = Site { scene, grammar, sentence, trigger, light_verb, parts };
            Some(Candidate::Event(Box::new(site.draft(*event, frame, words))))
        }
    }
}

/// Longer triggers first, then more conditions, then surer frames. A condition that only forbids words tells
/// nothing about the sense of a word, so it does not count.
fn rank(frame: &Frame, candidate: &Match) -> usize {
    let forbids_only = |condition: &&Condition| match condition {
        Condition::Word(_, test) | Condition::ModifierWord(test) => test.any.is_empty(),
        _ => false,
    };
    let telling = frame.conditions.len() - frame.conditions.iter().filter(forbids_only).count();
    let sureness = (frame.confidence * 100.0) as usize;
    (candidate.parts * 10 + telling) * 1000 + sureness
}

/// "*launched* an attack", "talks were *held*", "*came* under attack", "*engaged* in talks".
pub(crate) fn light_verb(scene: &Scene, grammar: &Grammar, noun: usize) -> Option<usize> {
    if !matches!(grammar.token(noun).upos, Upos::Noun | Upos::Propn) {
        return None;
    }
    let first = measured(scene, grammar, first_conjunct(grammar, noun));
    let verb = grammar.token(first).head?;
    let governed = matches!(
        grammar.token(first).relation.base,
        Deprel::Obj | Deprel::Nsubj | Deprel::Obl | Deprel::Xcomp
    );
    if !governed || grammar.token(verb).upos != Upos::Verb {
        return None;
    }
    if grammar.is(first, Deprel::Nsubj) && !grammar.is_passive(verb) {
        return None;
    }
    scene.codebook.in_set("light_verbs", &grammar.lemma(verb)).then_some(verb)
}

/// "held a *round* of talks": the noun that stands in the sentence for the one it measures out.
fn measured(scene: &Scene, grammar: &Grammar, noun: usize) -> usize {
    match grammar.token(noun).head {
        Some(head)
            if grammar.is(noun, Deprel::Nmod)
                && grammar.preposition_of(noun).is_some_and(|preposition| preposition == "of")
                && scene.codebook.in_set("container_nouns", &grammar.lemma(head)) =>
        {
            head
        }
        _ => noun,
    }
}

fn first_conjunct(grammar: &Grammar, word: usize) -> usize {
    match grammar.token(word).head {
        Some(head) if grammar.is(word, Deprel::Conj) => first_conjunct(grammar, head),
        _ => word,
    }
}

impl Site<'_> {
    fn at(&self, word: usize) -> WordAt {
        WordAt { sentence: self.sentence, word }
    }

    fn draft(&self, event: EventType, frame: &Frame, words: Vec<usize>) -> Draft {
        let places = places_count(event);
        let (actor, used) = self.fill(&frame.actor, Places::DoNotCount, &[]);
        let mut recipient = self.fill(&frame.recipient, places, &used).0;
        if recipient.is_empty() && self.light_verb.is_some() {
            // "handed *Chad* a warning", "*Chad* was handed a warning"
            recipient = self.fill(&[vec![Role::IndirectObject]], places, &used).0;
        }
        let recipient = without(recipient, &actor);
        let predicate = self.light_verb.unwrap_or(self.trigger);
        let mut reason = vec![format!("frame {}", frame.name)];
        if let Some(verb) = self.light_verb {
            reason.push(format!("light verb {}", self.grammar.lemma(verb)));
        }
        if self.grammar.is_passive(predicate) {
            reason.push("passive".to_owned());
        }
        Draft {
            predicate: self.at(predicate),
            modes: frame.modes.clone(),
            aux: frame.aux.iter().copied().collect(),
            actor,
            recipient,
            content_words: self.content_words(frame),
            force: frame.force,
            is_mutual: frame.is_mutual(),
            confidence: frame.confidence,
            reason,
            ..Draft::new(self.at(self.trigger), words, event)
        }
    }

    /// The first alternative that yields a party, and the phrase heads that it used.
    fn fill(&self, alternatives: &[Vec<Role>], places: Places, used: &[usize]) -> (Vec<Party>, Vec<usize>) {
        for alternative in alternatives {
            let mut parties = Vec::new();
            let mut heads = Vec::new();
            for role in alternative {
                for word in self.words(role).into_iter().filter(|word| !used.contains(word)) {
                    let found = self.scene.parties(self.at(word), places);
                    if !found.is_empty() {
                        heads.push(word);
                    }
                    merge(&mut parties, found);
                }
            }
            if !parties.is_empty() {
                return (parties, heads);
            }
        }
        (Vec::new(), Vec::new())
    }

    fn content_words(&self, frame: &Frame) -> Vec<usize> {
        let alternatives = frame.content.iter();
        let filled =
            alternatives.map(|roles| roles.iter().flat_map(|role| self.words(role)).collect::<Vec<_>>());
        filled.into_iter().find(|words| !words.is_empty()).unwrap_or_default()
    }

    /// Heads of the phrases in a role.
    fn words(&self, role: &Role) -> Vec<usize> {
        let grammar = &self.grammar;
        let is_noun = self.trigger_is_noun();
        let found = match role {
            Role::Subject => match self.light_verb {
                Some(verb) => grammar.subjects(verb),
                None if is_noun => self.possessors(),
                None => grammar.subjects(self.trigger),
            },
            Role::Object => grammar.objects(self.trigger),
            Role::IndirectObject => grammar.indirect_objects(self.light_verb.unwrap_or(self.trigger)),
            Role::Preposition(preposition) => self.prepositional(preposition),
            Role::Possessor => self.possessors(),
            Role::Modifier => grammar.premodifiers(self.trigger),
            Role::Clause => self.clauses(),
            Role::ClauseSubject => {
                self.clauses().into_iter().flat_map(|clause| grammar.surface_subjects(clause)).collect()
            }
            Role::ClauseObject => {
                self.clauses().into_iter().flat_map(|clause| grammar.objects(clause)).collect()
            }
            Role::OfObject(inner) => grammar
                .objects(self.trigger)
                .into_iter()
                .flat_map(|object| self.of_noun(object, inner))
                .collect(),
        };
        let found = found.into_iter().flat_map(|word| self.contents_of(word));
        found.filter(|word| !self.parts.contains(word)).collect()
    }

    /// "hundreds of *doctors*", "a pair of *drones*": what a measuring noun measures out.
    fn contents_of(&self, word: usize) -> Vec<usize> {
        if self.scene.codebook.in_set("container_nouns", &self.grammar.lemma(word)) {
            let measured = self.grammar.prepositional(word, "of");
            if !measured.is_empty() {
                return measured.into_iter().flat_map(|noun| self.contents_of(noun)).collect();
            }
        }
        vec![word]
    }

    /// A predicate nominal ("the move was an attack") is still a noun; a gerund with an object is not.
    fn trigger_is_noun(&self) -> bool {
        self.grammar.token(self.trigger).upos != Upos::Verb && !self.grammar.is_predicate(self.trigger)
    }

    /// The owner of a noun; under a light verb, whoever does the verb.
    fn possessors(&self) -> Vec<usize> {
        if let Some(verb) = self.light_verb {
            let verb = self.grammar.lemma(verb);
            let is_reversed = verb == "come" || self.scene.codebook.in_set("light_verbs_passive", &verb);
            if !is_reversed && let Some(verb) = self.light_verb {
                let doers = self.grammar.subjects(verb);
                if !doers.is_empty() {
                    return doers;
                }
            }
        }
        let owners = self.grammar.possessors(self.trigger);
        if owners.is_empty() { self.those_meeting() } else { owners }
    }

    /// "*Chad* raised it in a call with Mali": whoever acts at a meeting takes part in it.
    fn those_meeting(&self) -> Vec<usize> {
        let grammar = &self.grammar;
        let meets = self.scene.codebook.in_set("meeting_nouns", &grammar.lemma(self.trigger));
        let phrase = grammar.is(self.trigger, Deprel::Obl) || grammar.is(self.trigger, Deprel::Nmod);
        let beside = phrase
            && grammar.preposition_of(self.trigger).is_some_and(|preposition| {
                matches!(preposition.as_str(), "during" | "in" | "at" | "after" | "on" | "following" | "for")
            });
        match grammar.token(self.trigger).head {
            Some(head) if meets && beside => {
                // "raised concerns in a call": the phrase may hang on the object.
                let on_object = grammar.is(self.trigger, Deprel::Nmod) && grammar.is(head, Deprel::Obj);
                let verb = if on_object { grammar.token(head).head.unwrap_or(head) } else { head };
                grammar.surface_subjects(verb)
            }
            _ => Vec::new(),
        }
    }

    fn clauses(&self) -> Vec<usize> {
        let own = self.grammar.clauses(self.trigger);
        if !own.is_empty() {
            return own;
        }
        let mut found: Vec<usize> =
            self.light_verb.map(|verb| self.grammar.clauses(verb)).unwrap_or_default();
        if found.is_empty() && !self.trigger_is_noun() {
            for object in self.grammar.objects(self.trigger) {
                found.extend(self.grammar.clauses(object));
            }
        }
        for part in &self.parts {
            found.extend(self.grammar.clauses(*part));
        }
        found
    }

    /// On the trigger, on its object or fixed parts, on its light verb: parsers differ on where a phrase hangs.
    fn prepositional(&self, preposition: &str) -> Vec<usize> {
        let grammar = &self.grammar;
        let mut hosts = vec![self.trigger];
        hosts.extend(&self.parts);
        if self.trigger_is_noun() {
            hosts.extend(self.light_verb);
        } else {
            hosts.extend(grammar.objects(self.trigger).into_iter().filter(|object| *object > self.trigger));
        }
        let found: Vec<Vec<usize>> =
            hosts.iter().map(|host| grammar.prepositional(*host, preposition)).collect();
        found.into_iter().find(|words| !words.is_empty()).unwrap_or_default()
    }

    fn of_noun(&self, noun: usize, role: &Role) -> Vec<usize> {
        match role {
            Role::Possessor => self.grammar.possessors(noun),
            Role::Modifier => self.grammar.premodifiers(noun),
            Role::Preposition(preposition) => self.grammar.prepositional(noun, preposition),
            Role::Clause => self.grammar.clauses(noun),
            _ => Vec::new(),
        }
    }

    fn holds(&self, frame: &Frame) -> bool {
        // "crimes committed by" is no commitment: a participle with an agent is a verb.
        let is_deed =
            self.grammar.token(self.trigger).upos == Upos::Verb && self.grammar.has_agent(self.trigger);
        if frame.part_of_speech == PartOfSpeech::Adjective && is_deed {
            return false;
        }
        if frame.part_of_speech == PartOfSpeech::Adjective && !self.grammar.is_predicate(self.trigger) {
            let secondary = matches!(
                self.grammar.token(self.trigger).relation.base,
                Deprel::Xcomp | Deprel::Conj | Deprel::Advcl | Deprel::Acl
            );
            if !secondary {
                return false;
            }
        }
        frame.conditions.iter().all(|condition| self.condition_holds(frame, condition))
    }

    fn condition_holds(&self, frame: &Frame, condition: &Condition) -> bool {
        match condition {
            Condition::Word(role, test) => self.words_pass(&self.words(role), test),
            Condition::ModifierWord(test) => self.words_pass(&self.grammar.premodifiers(self.trigger), test),
            Condition::Kind(role, kinds) => self.kinds_pass(&self.words(role), kinds),
            Condition::RecipientKind(kinds) => {
                let words: Vec<usize> =
                    frame.recipient.iter().flatten().flat_map(|role| self.words(role)).collect();
                self.kinds_pass(&words, kinds)
            }
            Condition::NeedsActor => !self.fill(&frame.actor, Places::DoNotCount, &[]).0.is_empty(),
            Condition::NeedsRecipient => {
                let used = self.fill(&frame.actor, Places::DoNotCount, &[]).1;
                let places = match frame.outcome {
                    Outcome::Event(event) => places_count(event),
                    Outcome::NotEvent(_) => Places::DoNotCount,
                };
                !self.fill(&frame.recipient, places, &used).0.is_empty()
            }
            Condition::NeedsClause => !self.clauses().is_empty(),
            Condition::NeedsContent => !self.content_words(frame).is_empty(),
        }
    }

    fn words_pass(&self, words: &[usize], test: &WordTest) -> bool {
        if test.any.is_empty() {
            return words.iter().all(|word| test.admits(&self.grammar.lemma(*word)));
        }
        words.iter().any(|word| {
            test.admits(&self.grammar.lemma(*word)) || test.admits(&self.grammar.form(*word).to_lowercase())
        })
    }

    fn kinds_pass(&self, words: &[usize], kinds: &[Kind]) -> bool {
        words.iter().any(|word| kinds.iter().any(|kind| self.is_of_kind(*word, *kind)))
    }

    fn is_of_kind(&self, word: usize, kind: Kind) -> bool {
        let mention = self.scene.mention_at(self.at(word));
        let Some(mention) = mention else {
            return match kind {
                Kind::Thing => true,
                Kind::Actor => self.scene.party_itself(self.at(word)).is_some(),
                _ => false,
            };
        };
        let entity = self.scene.resolved.entities[mention.entity].kind;
        match kind {
            Kind::Actor => mention.is_actor,
            Kind::State => mention.is_actor && entity == EntityKind::State,
            Kind::Person => entity == EntityKind::Person,
            Kind::Group => entity == EntityKind::Group,
            Kind::Place => entity == EntityKind::Place || (!mention.is_actor && entity == EntityKind::State),
            Kind::Thing => !mention.is_actor,
        }
    }
}

/// Shells and decrees fall on places; promises are made to people.
fn places_count(event: EventType) -> Places {
    use EventType::{Aid, Assault, Coerce, Consult, Mobilize, Retreat, Sanction};
    match event {
        Aid | Assault | Coerce | Consult | Mobilize | Retreat | Sanction => Places::Count,
        _ => Places::DoNotCount,
    }
}
