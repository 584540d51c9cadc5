//! Grammatical functions over a dependency tree, named for the active form.
//!
//! Passives, relatives, control, participles and coordination are undone here, so that the rest of the coder
//! asks only for the subject or the object of a predicate. All word numbers are indices into the sentence.

use entente_syntax::{Deprel, ParsedSentence, Token, Upos};

/// How far a subject is sought through governing clauses; a guard, since trees of real text are shallow.
const MAX_CLIMB: usize = 6;

/// The functional view of one sentence.
#[derive(Clone, Copy)]
pub(crate) struct Grammar<'s> {
    pub(crate) sentence: &'s ParsedSentence,
    text: &'s str,
}

impl<'s> Grammar<'s> {
    pub(crate) fn new(sentence: &'s ParsedSentence, text: &'s str) -> Self {
        Self { sentence, text }
    }

    pub(crate) fn token(&self, word: usize) -> &'s Token {
        &self.sentence.tokens[word]
    }

    pub(crate) fn form(&self, word: usize) -> &'s str {
        self.token(word).span.of(self.text)
    }

    /// The lemma in lower case, since headlines and the model both capitalise at will.
    pub(crate) fn lemma(&self, word: usize) -> String {
        self.token(word).lemma.to_lowercase()
    }

    pub(crate) fn is(&self, word: usize, relation: Deprel) -> bool {
        self.token(word).relation.base == relation
    }

    fn subtype(&self, word: usize) -> &'static str {
        self.token(word).relation.subtype
    }

    fn first_child(&self, word: usize, relation: Deprel) -> Option<usize> {
        self.sentence.children_by(word, relation).next()
    }

    pub(crate) fn has_child_lemma(&self, word: usize, relation: Deprel, lemmas: &[&str]) -> bool {
        self.sentence.children_by(word, relation).any(|child| lemmas.contains(&self.lemma(child).as_str()))
    }

    /// The word and everything coordinated with it.
    pub(crate) fn with_conjuncts(&self, word: usize) -> Vec<usize> {
        let mut all = vec![word];
        let mut next = 0;
        while next < all.len() {
            all.extend(self.sentence.children_by(all[next], Deprel::Conj));
            next += 1;
        }
        all
    }

    fn is_nominal(&self, word: usize) -> bool {
        matches!(
            self.token(word).upos,
            Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj | Upos::Det | Upos::X | Upos::Sym
        )
    }

    fn expand(&self, words: impl IntoIterator<Item = usize>) -> Vec<usize> {
        let mut all: Vec<usize> = Vec::new();
        for word in words {
            for conjunct in self.with_conjuncts(word) {
                if !all.contains(&conjunct) && (conjunct == word || self.is_nominal(conjunct)) {
                    all.push(conjunct);
                }
            }
        }
        all
    }

    /// True for a participle without its own subject: "troops *fighting* rebels", "bombs *dropped* by jets".
    fn is_ing(&self, word: usize) -> bool {
        self.form(word).to_lowercase().ends_with("ing") && self.lemma(word) != self.form(word).to_lowercase()
    }

    pub(crate) fn is_infinitive(&self, word: usize) -> bool {
        self.has_child_lemma(word, Deprel::Mark, &["to"])
    }

    fn is_relative_clause(&self, word: usize) -> bool {
        self.is(word, Deprel::Acl) && self.subtype(word) == "relcl"
    }

    /// True for a predicate in the passive, past participles after a noun included.
    pub(crate) fn is_passive(&self, word: usize) -> bool {
        let has =
            |base: Deprel| self.sentence.children_by(word, base).any(|child| self.subtype(child) == "pass");
        if has(Deprel::Aux) {
            return true;
        }
        // Headlines leave the auxiliary out; elsewhere a passive subject without one is a slip of the parser.
        let passive_subject = has(Deprel::Nsubj) || has(Deprel::Csubj);
        if passive_subject && (self.sentence.is_headline || !self.agents(word).is_empty()) {
            return true;
        }
        if self.is(word, Deprel::Conj) && self.own_subject(word).is_none() && self.is_bare_participle(word) {
            return self.token(word).head.is_some_and(|head| self.is_passive(head));
        }
        let reduced = (self.is(word, Deprel::Acl) && !self.is_relative_clause(word))
            || (self.is(word, Deprel::Advcl) && self.own_subject(word).is_none());
        reduced && self.is_bare_participle(word) && !self.has_auxiliary(word)
    }

    fn is_bare_participle(&self, word: usize) -> bool {
        let form = self.form(word).to_lowercase();
        self.token(word).upos == Upos::Verb
            && !self.is_infinitive(word)
            && !form.ends_with("ing")
            && (form.ends_with("ed") || form.ends_with("en") || form != self.lemma(word))
            && !form.ends_with('s')
            && self.first_child(word, Deprel::Obj).is_none()
    }

    fn has_auxiliary(&self, word: usize) -> bool {
        self.first_child(word, Deprel::Aux).is_some()
    }

    fn own_subject(&self, word: usize) -> Option<usize> {
        self.sentence
            .children(word)
            .iter()
            .copied()
            .find(|child| matches!(self.token(*child).relation.base, Deprel::Nsubj | Deprel::Csubj))
            .or_else(|| self.first_child(word, Deprel::Expl).filter(|it| *it < word))
    }

    /// The word that stands as the subject, if the predicate has one of its own.
    pub(crate) fn subject_word(&self, predicate: usize) -> Option<usize> {
        self.own_subject(predicate)
    }

    /// A relative pronoun stands for the noun that its clause describes.
    fn antecedent(&self, word: usize) -> usize {
        if !matches!(self.lemma(word).as_str(), "who" | "which" | "that" | "whom") {
            return word;
        }
        let mut at = word;
        for _ in 0..MAX_CLIMB {
            if self.is_relative_clause(at) {
                return self.token(at).head.unwrap_or(word);
            }
            match self.token(at).head {
                Some(head) => at = head,
                None => return word,
            }
        }
        word
    }

    /// The subject as it stands, whatever the voice, sought through control and coordination.
    pub(crate) fn surface_subjects(&self, predicate: usize) -> Vec<usize> {
        self.surface_subjects_within(predicate, MAX_CLIMB)
    }

    fn surface_subjects_within(&self, predicate: usize, climb: usize) -> Vec<usize> {
        if let Some(subject) = self.own_subject(predicate) {
            return self.expand([self.antecedent(subject)]);
        }
        if let Some(subject) = self.strayed_subject(predicate) {
            return self.expand([subject]);
        }
        let (Some(head), Some(climb)) = (self.token(predicate).head, climb.checked_sub(1)) else {
            return Vec::new();
        };
        match self.token(predicate).relation.base {
            Deprel::Xcomp => self.controllers(head, climb),
            // "accused *Chad* of shelling", "barred *Chad* from shelling".
            Deprel::Advcl | Deprel::Ccomp
                if self.has_child_lemma(predicate, Deprel::Mark, &["of", "from", "for"]) =>
            {
                self.controllers(head, climb)
            }
            Deprel::Conj | Deprel::Parataxis if self.is_predicate(head) => {
                self.surface_subjects_within(head, climb)
            }
            Deprel::Advcl | Deprel::Ccomp if self.is_predicate(head) => {
                self.surface_subjects_within(head, climb)
            }
            Deprel::Acl if self.is_relative_clause(predicate) => Vec::new(),
            Deprel::Acl if self.is_infinitive(predicate) => self.owners_or_governing_subjects(head, climb),
            Deprel::Acl if self.is_predicate(head) && self.token(head).upos == Upos::Adj => {
                self.surface_subjects_within(head, climb)
            }
            // "a policy *of turning* boats away" belongs to whoever has the policy.
            Deprel::Acl if self.first_child(predicate, Deprel::Mark).is_some() => {
                self.owners_or_governing_subjects(head, climb)
            }
            Deprel::Acl => self.expand([head]),
            _ => Vec::new(),
        }
    }

    /// "Mali must leave, *Chad* said": the subject of a verb of saying that the parser hung on the words said.
    pub(crate) fn strayed_subject(&self, predicate: usize) -> Option<usize> {
        let said = self.sentence.children_by(predicate, Deprel::Ccomp).find(|clause| *clause < predicate)?;
        let own = self
            .sentence
            .children_by(said, Deprel::Nsubj)
            .find(|subject| said < *subject && *subject < predicate);
        own.or_else(|| self.noun_after_last_comma(said, predicate))
    }

    /// "…, *a spokesman* for the president said": the head of the words between the last comma and the verb.
    fn noun_after_last_comma(&self, said: usize, predicate: usize) -> Option<usize> {
        let comma = (said + 1..predicate).rev().find(|word| self.form(*word) == ",")?;
        (comma + 1..predicate).find(|word| {
            let outside = self.token(*word).head.is_none_or(|head| head <= comma || head >= predicate);
            outside && self.is_nominal(*word) && self.token(*word).upos != Upos::Adj
        })
    }

    /// "ordered *troops* to leave", "*Chad* was told to leave", "*Chad* vowed to leave".
    fn controllers(&self, governor: usize, climb: usize) -> Vec<usize> {
        let object =
            self.first_child(governor, Deprel::Obj).or_else(|| self.first_child(governor, Deprel::Iobj));
        match object {
            Some(object) if !self.is_passive(governor) => self.expand([self.antecedent(object)]),
            _ => self.surface_subjects_within(governor, climb),
        }
    }

    /// "*Chad*'s promise to leave"; "*Chad* made a promise to leave".
    fn owners_or_governing_subjects(&self, noun: usize, climb: usize) -> Vec<usize> {
        let owners: Vec<usize> = self.possessors(noun).into_iter().chain(self.premodifiers(noun)).collect();
        if !owners.is_empty() {
            return owners;
        }
        match self.token(noun).head {
            Some(verb) if self.is(noun, Deprel::Obj) && self.is_predicate(verb) => {
                self.surface_subjects_within(verb, climb)
            }
            _ => Vec::new(),
        }
    }

    /// A word that can have a subject: a verb, or a nominal with a copula.
    pub(crate) fn is_predicate(&self, word: usize) -> bool {
        self.token(word).upos == Upos::Verb
            || self.first_child(word, Deprel::Cop).is_some()
            || self.own_subject(word).is_some()
            || self.is(word, Deprel::Root)
    }

    /// Who does it.
    pub(crate) fn subjects(&self, predicate: usize) -> Vec<usize> {
        if self.is_passive(predicate) { self.agents(predicate) } else { self.surface_subjects(predicate) }
    }

    /// The by-phrase of a passive.
    fn agents(&self, predicate: usize) -> Vec<usize> {
        let is_by =
            |word: &usize| self.has_child_lemma(*word, Deprel::Case, &["by"]) && !self.is_time_word(*word);
        let own: Vec<usize> = self
            .sentence
            .children_by(predicate, Deprel::Obl)
            .filter(|child| self.subtype(*child) == "agent" || is_by(child))
            .filter(|child| !self.is_time_word(*child))
            .collect();
        if !own.is_empty() {
            return self.expand(own);
        }
        // "excluded from the talks by Chad": the by-phrase hangs on the last noun before it.
        let phrases = self.sentence.children_by(predicate, Deprel::Obl);
        let below = phrases.flat_map(|phrase| self.sentence.children_by(phrase, Deprel::Nmod));
        self.expand(below.filter(is_by).collect::<Vec<_>>())
    }

    /// True for a participle with a by-phrase.
    pub(crate) fn has_agent(&self, predicate: usize) -> bool {
        !self.agents(predicate).is_empty()
    }

    fn is_time_word(&self, word: usize) -> bool {
        self.token(word).upos == Upos::Num || self.subtype(word) == "tmod" || self.subtype(word) == "unmarked"
    }

    /// Whom or what it is done to.
    pub(crate) fn objects(&self, predicate: usize) -> Vec<usize> {
        if self.is_passive(predicate) {
            return self.surface_subjects(predicate);
        }
        if let Some(object) = self.first_child(predicate, Deprel::Obj) {
            return self.expand([self.antecedent(object)]);
        }
        if let Some(object) = self.first_child(predicate, Deprel::Iobj) {
            return self.expand([self.antecedent(object)]);
        }
        if let Some(object) = self.second_subject(predicate) {
            return self.expand([object]);
        }
        if let Some(shared) = self.shared_object(predicate) {
            return self.expand([shared]);
        }
        if self.is_relative_clause(predicate)
            && self.own_subject(predicate).is_some_and(|s| self.antecedent(s) == s)
        {
            return self.gap(predicate);
        }
        Vec::new()
    }

    /// A subject after the verb beside one before it is a parser's slip for the object.
    fn second_subject(&self, predicate: usize) -> Option<usize> {
        let governor = self.token(predicate).head;
        if governor.is_some_and(|governor| self.strayed_subject(governor).is_some()) {
            return None;
        }
        let mut subjects = self.sentence.children_by(predicate, Deprel::Nsubj);
        let first = subjects.next().filter(|first| *first < predicate)?;
        subjects.find(|second| *second > predicate && *second != first)
    }

    /// "the town [that] Chad shelled": the clause has a subject of its own and wants an object.
    fn gap(&self, predicate: usize) -> Vec<usize> {
        let placed = self.sentence.children(predicate).iter().any(|child| {
            matches!(self.lemma(*child).as_str(), "where" | "when" | "why" | "how" | "whose")
                || (self.is(*child, Deprel::Obl) && self.antecedent(*child) != *child)
        });
        match self.token(predicate).head {
            Some(head) if !placed => self.expand([head]),
            _ => Vec::new(),
        }
    }

    /// "shelled and bombed the *town*": one object under the other conjunct.
    fn shared_object(&self, predicate: usize) -> Option<usize> {
        let later = self
            .sentence
            .children_by(predicate, Deprel::Conj)
            .filter(|conjunct| self.own_subject(*conjunct).is_none())
            .filter(|conjunct| (predicate..=predicate + 3).contains(conjunct))
            .find_map(|conjunct| self.first_child(conjunct, Deprel::Obj));
        if later.is_some() {
            return later;
        }
        let head = self.token(predicate).head?;
        if !self.is(predicate, Deprel::Conj) || self.own_subject(predicate).is_some() {
            return None;
        }
        self.first_child(head, Deprel::Obj).filter(|object| *object > predicate)
    }

    /// The first object of two.
    pub(crate) fn indirect_objects(&self, predicate: usize) -> Vec<usize> {
        let found: Vec<usize> = self.sentence.children_by(predicate, Deprel::Iobj).collect();
        if found.is_empty() && self.is_passive(predicate) && self.second_passive_object(predicate) {
            return self.surface_subjects(predicate);
        }
        self.expand(found)
    }

    /// "*Chad* was given a warning": a passive with something given beside its subject.
    fn second_passive_object(&self, predicate: usize) -> bool {
        let nominals = self
            .sentence
            .children(predicate)
            .iter()
            .filter(|child| matches!(self.token(**child).relation.base, Deprel::Obj | Deprel::Nsubj));
        nominals.count() >= 2
    }

    /// Noun phrases after a preposition, attached to the word itself.
    pub(crate) fn prepositional(&self, word: usize, preposition: &str) -> Vec<usize> {
        let passive = self.token(word).upos == Upos::Verb && self.is_passive(word);
        let phrases = self.sentence.children(word).iter().copied().filter(|child| {
            let phrase = matches!(
                self.token(*child).relation.base,
                Deprel::Obl | Deprel::Nmod | Deprel::Advcl | Deprel::Acl | Deprel::Parataxis
            );
            let agent = passive && preposition == "by";
            phrase && !agent && self.preposition_of(*child).is_some_and(|found| found == preposition)
        });
        self.expand(phrases.collect::<Vec<_>>())
    }

    /// The first word of the preposition before a phrase, lower case.
    pub(crate) fn preposition_of(&self, word: usize) -> Option<String> {
        let marker = self.sentence.children_by(word, Deprel::Case).find(|case| *case < word);
        let marker = marker.or_else(|| self.first_child(word, Deprel::Mark));
        let found = marker.map(|marker| self.lemma(marker));
        match found.as_deref() {
            Some("upon") => Some("on".to_owned()),
            Some("towards") => Some("toward".to_owned()),
            Some("’s" | "'s" | "'" | "’") => None,
            _ => found,
        }
    }

    /// "*Chad*'s attack", "*its* attack".
    pub(crate) fn possessors(&self, noun: usize) -> Vec<usize> {
        let found = self.sentence.children_by(noun, Deprel::Nmod).filter(|child| {
            self.subtype(*child) == "poss"
                || self.has_child_lemma(*child, Deprel::Case, &["'s", "’s", "'", "’"])
        });
        self.expand(found.collect::<Vec<_>>())
    }

    /// Adjectives and names before a noun: "the *Chadian* attack", "*US* sanctions".
    pub(crate) fn premodifiers(&self, noun: usize) -> Vec<usize> {
        let children = self.sentence.children(noun).iter().copied();
        let found = children.filter(|child| {
            let base = self.token(*child).relation.base;
            let before = *child < noun && matches!(base, Deprel::Amod | Deprel::Compound | Deprel::Nmod);
            before && self.subtype(*child) != "poss" && self.first_child(*child, Deprel::Case).is_none()
        });
        found.flat_map(|child| self.with_conjuncts(child)).collect()
    }

    /// Heads of the clauses under a word: that-clauses, infinitives, -ing clauses.
    pub(crate) fn clauses(&self, word: usize) -> Vec<usize> {
        let children = self.sentence.children(word).iter().copied();
        let found = children.filter(|child| match self.token(*child).relation.base {
            Deprel::Xcomp | Deprel::Ccomp => true,
            Deprel::Acl => !self.is_relative_clause(*child) && *child > word,
            Deprel::Advcl => {
                *child > word
                    && (self.is_infinitive(*child) || self.is_ing(*child))
                    && self.first_child(word, Deprel::Ccomp).is_none()
            }
            _ => false,
        });
        let found: Vec<usize> = found.collect();
        let mut all = Vec::new();
        for clause in found {
            for conjunct in self.with_conjuncts(clause) {
                if !all.contains(&conjunct) {
                    all.push(conjunct);
                }
            }
        }
        all
    }

    /// The words of auxiliaries and copulas before a predicate, lower case lemmas with forms.
    pub(crate) fn auxiliaries(&self, predicate: usize) -> Vec<String> {
        let children = self.sentence.children(predicate).iter().copied();
        let found = children.filter(|child| self.is(*child, Deprel::Aux) || self.is(*child, Deprel::Cop));
        found.map(|child| self.form(child).to_lowercase()).collect()
    }

    /// Number words of a noun: "*15* civilians".
    pub(crate) fn number(&self, noun: usize) -> Option<usize> {
        self.first_child(noun, Deprel::Nummod)
    }

    /// The nearest governing clause head of a word, itself if it is one.
    pub(crate) fn clause_head(&self, word: usize) -> usize {
        let mut at = word;
        for _ in 0..self.sentence.tokens.len() {
            if self.is_predicate(at) {
                return at;
            }
            match self.token(at).head {
                Some(head) => at = head,
                None => return at,
            }
        }
        at
    }

    /// The governors of a word from the nearest to the root.
    pub(crate) fn ancestors(&self, word: usize) -> impl Iterator<Item = usize> + use<'s> {
        let sentence = self.sentence;
        std::iter::successors(sentence.tokens[word].head, |at| sentence.tokens[*at].head)
    }
}
