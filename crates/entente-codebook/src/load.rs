//! From TOML files to a checked [`Codebook`].

use crate::check;
use crate::embedded::PLOVER;
use crate::error::CodebookError;
use crate::example::{Example, ExpectedEvent};
use crate::frame::{Condition, Frame, Outcome, PartOfSpeech, Role, Trigger, WordTest};
use crate::ontology::EventType;
use crate::raw::{RawContexts, RawExample, RawFrame, RawRewrites, RawSets, RawTypeFile};
use crate::rewrite::{Rewrite, RewriteMode};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// A type's meaning in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeDefinition {
    /// The type.
    pub event: EventType,
    /// One or two sentences.
    pub definition: String,
    /// Its modes.
    pub modes: Vec<ModeDefinition>,
}

/// A mode's meaning, and the words that set it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModeDefinition {
    /// PLOVER's name.
    pub name: String,
    /// One sentence.
    pub definition: String,
    /// Lemmas in an event's own phrases that set the mode where its frame names none; sorted.
    pub cues: Vec<String>,
}

/// A PLOVER context and its telling words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// PLOVER's name.
    pub name: String,
    /// One sentence.
    pub definition: String,
    /// Lower-case lemmas and phrases.
    pub words: Vec<String>,
}

/// A loaded codebook: everything parsed, expanded and checked.
#[derive(Debug, Clone)]
pub struct Codebook {
    /// Name and version, as records cite it.
    pub name: String,
    /// The types defined.
    pub types: Vec<TypeDefinition>,
    /// All frames, events and non-events.
    pub frames: Vec<Frame>,
    /// All rewrites, in order of precedence.
    pub rewrites: Vec<Rewrite>,
    /// All contexts.
    pub contexts: Vec<Context>,
    /// All examples.
    pub examples: Vec<Example>,
    /// Named word lists, each sorted.
    pub sets: BTreeMap<String, Vec<String>>,
    by_head: HashMap<String, Vec<(usize, usize)>>,
}

impl Codebook {
    /// PLOVER 0.8, as the binary carries it.
    ///
    /// # Errors
    /// When a file is at fault, which the tests rule out for the shipped ones.
    pub fn plover() -> Result<Self, CodebookError> {
        let files: Vec<(String, String)> =
            PLOVER.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        Self::from_files("plover-0.8", &files)
    }

    /// Reads a folder of codebook files.
    ///
    /// # Errors
    /// The first fault, with file and line.
    pub fn load(folder: &Path) -> Result<Self, CodebookError> {
        let failed = |source| CodebookError::Io { path: folder.to_owned(), source };
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_none_or(|extension| extension != "toml") {
                continue;
            }
            let text = std::fs::read_to_string(&path)
                .map_err(|source| CodebookError::Io { path: path.clone(), source })?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            files.push((name, text));
        }
        files.sort();
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
        Self::from_files(name.as_deref().unwrap_or("codebook"), &files)
    }

    /// Parses and checks a set of files given as (name, text).
    ///
    /// # Errors
    /// The first fault, with file and line.
    pub fn from_files(name: &str, files: &[(String, String)]) -> Result<Self, CodebookError> {
        let mut codebook = Self {
            name: name.to_owned(),
            types: Vec::new(),
            frames: Vec::new(),
            rewrites: Vec::new(),
            contexts: Vec::new(),
            examples: Vec::new(),
            sets: BTreeMap::new(),
            by_head: HashMap::new(),
        };
        for (file, text) in files.iter().filter(|(file, _)| file.starts_with("sets")) {
            let raw: RawSets = parse(file, text)?;
            for (set, mut words) in raw.sets {
                words.sort();
                words.dedup();
                codebook.sets.insert(set, words);
            }
        }
        for (file, text) in files {
            match file.as_str() {
                sets if sets.starts_with("sets") => {}
                "rewrites.toml" => codebook.add_rewrites(file, text)?,
                "contexts.toml" => codebook.add_contexts(file, text)?,
                _ => codebook.add_frames(file, text)?,
            }
        }
        if codebook.types.is_empty() {
            return Err(CodebookError::Missing("type file"));
        }
        codebook.index();
        Ok(codebook)
    }

    /// Frames with a trigger headed by this lemma, as (frame, trigger) indices.
    pub fn frames_of(&self, lemma: &str) -> &[(usize, usize)] {
        self.by_head.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// A named word list; empty where there is none.
    pub fn set(&self, name: &str) -> &[String] {
        self.sets.get(name).map_or(&[], Vec::as_slice)
    }

    /// True when a named word list holds the lemma.
    pub fn in_set(&self, name: &str, lemma: &str) -> bool {
        self.set(name).binary_search_by(|word| word.as_str().cmp(lemma)).is_ok()
    }

    /// The definition of a type.
    pub fn definition(&self, event: EventType) -> Option<&TypeDefinition> {
        self.types.iter().find(|definition| definition.event == event)
    }

    /// Number of distinct triggers over all frames that report events.
    pub fn trigger_count(&self) -> usize {
        let reporting = self.frames.iter().filter(|frame| matches!(frame.outcome, Outcome::Event(_)));
        reporting.flat_map(|frame| frame.triggers.iter()).collect::<BTreeSet<_>>().len()
    }

    fn index(&mut self) {
        for (frame_index, frame) in self.frames.iter().enumerate() {
            for (trigger_index, trigger) in frame.triggers.iter().enumerate() {
                self.by_head.entry(trigger.head.clone()).or_default().push((frame_index, trigger_index));
            }
        }
    }

    fn add_rewrites(&mut self, file: &str, text: &str) -> Result<(), CodebookError> {
        let raw: RawRewrites = parse(file, text)?;
        for entry in raw.rewrite {
            let place = Place { file, text, offset: entry.span().start };
            let entry = entry.into_inner();
            if let Some(event) = entry.event {
                check::modes(event, &entry.mode).map_err(|message| place.fault(message))?;
            }
            self.rewrites.push(Rewrite {
                force: entry.force,
                inner: entry.inner,
                inner_mode: entry.inner_mode,
                event: entry.event,
                mode: if entry.keep_mode { RewriteMode::Inner } else { RewriteMode::Fixed(entry.mode) },
                aux: entry.aux,
            });
        }
        Ok(())
    }

    fn add_contexts(&mut self, file: &str, text: &str) -> Result<(), CodebookError> {
        let raw: RawContexts = parse(file, text)?;
        for context in raw.context {
            self.contexts.push(Context {
                name: context.name,
                definition: context.definition,
                words: context.words.into_iter().map(|word| word.to_lowercase()).collect(),
            });
        }
        Ok(())
    }

    fn add_frames(&mut self, file: &str, text: &str) -> Result<(), CodebookError> {
        let raw: RawTypeFile = parse(file, text)?;
        if let Some(event) = raw.event {
            let modes = raw.mode.into_iter().map(|mode| ModeDefinition {
                name: mode.name,
                definition: mode.definition,
                cues: sorted(mode.cues),
            });
            let modes: Vec<ModeDefinition> = modes.collect();
            let names: Vec<String> = modes.iter().map(|mode| mode.name.clone()).collect();
            check::modes(event, &names).map_err(|message| Place { file, text, offset: 0 }.fault(message))?;
            let definition = raw.definition.unwrap_or_default();
            self.types.push(TypeDefinition { event, definition, modes });
        }
        for frame in raw.frame {
            let place = Place { file, text, offset: frame.span().start };
            let frame = self.frame(frame.into_inner(), raw.event, &place)?;
            self.frames.push(frame);
        }
        for example in raw.example {
            let place = Place { file, text, offset: example.span().start };
            let example = read_example(example.into_inner(), raw.event, &place)?;
            self.examples.push(example);
        }
        Ok(())
    }

    fn frame(&self, raw: RawFrame, event: Option<EventType>, place: &Place) -> Result<Frame, CodebookError> {
        let fault = |message: String| place.fault(message);
        let (part_of_speech, words) = match (&raw.verb, &raw.noun, &raw.adj) {
            (Some(words), None, None) => (PartOfSpeech::Verb, words),
            (None, Some(words), None) => (PartOfSpeech::Noun, words),
            (None, None, Some(words)) => (PartOfSpeech::Adjective, words),
            _ => return Err(fault("a frame has exactly one of verb, noun, adj".to_owned())),
        };
        let triggers =
            words.iter().map(|word| trigger(word)).collect::<Result<Vec<_>, _>>().map_err(fault)?;
        let Some(first) = words.first() else {
            return Err(fault("a frame needs at least one trigger".to_owned()));
        };
        let name = format!("{}:{} {first}", place.file, place.line());
        let outcome = match (event, &raw.reason) {
            (Some(event), None) => Outcome::Event(event),
            (None, Some(reason)) => Outcome::NotEvent(reason.clone()),
            (Some(_), Some(_)) => return Err(fault("a frame of a type has no reason".to_owned())),
            (None, None) => return Err(fault("a frame that reports nothing needs a reason".to_owned())),
        };
        if let Outcome::Event(event) = outcome {
            check::modes(event, &raw.mode).map_err(fault)?;
        }
        let confidence = raw.confidence.unwrap_or(0.7);
        if !(0.0..=1.0).contains(&confidence) {
            return Err(fault(format!("confidence {confidence} is not between 0 and 1")));
        }
        let defaults = default_roles(part_of_speech);
        Ok(Frame {
            name,
            outcome,
            part_of_speech,
            triggers,
            modes: raw.mode.clone(),
            aux: raw.aux.clone(),
            actor: roles(raw.actor.as_deref(), defaults.0).map_err(fault)?,
            recipient: roles(raw.recipient.as_deref(), defaults.1).map_err(fault)?,
            content: roles(raw.content.as_deref(), &["clause"]).map_err(fault)?,
            place: roles(raw.place.as_deref(), &["in", "at", "near", "on"]).map_err(fault)?,
            force: raw.force,
            confidence,
            conditions: self.conditions(raw, place)?,
        })
    }

    fn conditions(&self, raw: RawFrame, place: &Place) -> Result<Vec<Condition>, CodebookError> {
        let mut found = Vec::new();
        if let Some(words) = raw.object {
            found.push(Condition::Word(Role::Object, self.word_test(words, place)?));
        }
        if let Some(words) = raw.subject {
            found.push(Condition::Word(Role::Subject, self.word_test(words, place)?));
        }
        if let Some(words) = raw.clause {
            found.push(Condition::Word(Role::Clause, self.word_test(words, place)?));
        }
        if let Some(words) = raw.modifier {
            found.push(Condition::ModifierWord(self.word_test(words, place)?));
        }
        for (preposition, words) in raw.prep {
            let Some(role @ Role::Preposition(_)) = Role::parse(&preposition) else {
                return Err(place.fault(format!("\"{preposition}\" is no preposition")));
            };
            found.push(Condition::Word(role, self.word_test(words, place)?));
        }
        for (role, kinds) in [(Role::Object, raw.object_kind), (Role::Subject, raw.subject_kind)] {
            if let Some(kinds) = kinds {
                found.push(Condition::Kind(role, kinds.into_vec()));
            }
        }
        if let Some(kinds) = raw.recipient_kind {
            found.push(Condition::RecipientKind(kinds.into_vec()));
        }
        for need in raw.needs {
            found.push(match need.as_str() {
                "actor" => Condition::NeedsActor,
                "recipient" => Condition::NeedsRecipient,
                "clause" => Condition::NeedsClause,
                "content" => Condition::NeedsContent,
                _ => return Err(place.fault(format!("\"{need}\" cannot be needed"))),
            });
        }
        Ok(found)
    }

    /// Expands `@set` names and parts the forbidden from the allowed.
    fn word_test(&self, words: Vec<String>, place: &Place) -> Result<WordTest, CodebookError> {
        let mut test = WordTest::default();
        for word in words {
            let (list, word) = match word.strip_prefix('!') {
                Some(word) => (&mut test.none, word),
                None => (&mut test.any, word.as_str()),
            };
            match word.strip_prefix('@') {
                None => list.push(word.to_owned()),
                Some(set) => match self.sets.get(set) {
                    Some(words) => list.extend_from_slice(words),
                    None => return Err(place.fault(format!("there is no set \"{set}\""))),
                },
            }
        }
        Ok(WordTest { any: sorted(test.any), none: sorted(test.none) })
    }
}

/// Where an entry stands, for error messages.
struct Place<'t> {
    file: &'t str,
    text: &'t str,
    offset: usize,
}

impl Place<'_> {
    fn line(&self) -> usize {
        line_of(self.text, self.offset)
    }

    fn fault(&self, message: String) -> CodebookError {
        CodebookError::Meaning { file: self.file.to_owned(), line: self.line(), message }
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text.as_bytes()[..offset.min(text.len())].iter().filter(|byte| **byte == b'\n').count()
}

fn parse<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, CodebookError> {
    toml::from_str(text).map_err(|error| CodebookError::Syntax {
        file: file.to_owned(),
        line: line_of(text, error.span().map_or(0, |span| span.start)),
        message: error.message().to_owned(),
    })
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words.dedup();
    words
}

fn trigger(words: &str) -> Result<Trigger, String> {
    if words.chars().any(char::is_uppercase) {
        return Err(format!("trigger \"{words}\" is not in lower case"));
    }
    let mut parts = words.split_whitespace().map(str::to_owned);
    let head = parts.next().ok_or("a trigger is empty")?;
    Ok(Trigger { head, rest: parts.collect() })
}

/// The README's default roles for actor and recipient.
fn default_roles(part_of_speech: PartOfSpeech) -> (&'static [&'static str], &'static [&'static str]) {
    match part_of_speech {
        PartOfSpeech::Verb => (&["subject"], &["object"]),
        PartOfSpeech::Adjective => (&["subject"], &["of", "to", "with", "at", "for", "about"]),
        PartOfSpeech::Noun => (&["poss", "modifier", "by", "of"], &["against", "on", "to", "with", "of"]),
    }
}

fn roles(named: Option<&[String]>, otherwise: &[&str]) -> Result<Vec<Vec<Role>>, String> {
    match named {
        Some(names) => names.iter().map(|name| alternative(name)).collect(),
        None => otherwise.iter().map(|name| alternative(name)).collect(),
    }
}

/// `"subject & with"` is one alternative whose roles are taken together.
fn alternative(text: &str) -> Result<Vec<Role>, String> {
    let parts = text.split('&').map(str::trim);
    parts.map(|name| Role::parse(name).ok_or_else(|| format!("\"{name}\" is no role"))).collect()
}

fn read_example(raw: RawExample, event: Option<EventType>, place: &Place) -> Result<Example, CodebookError> {
    let mut events = Vec::with_capacity(raw.events.len());
    for expected in raw.events {
        let Some(event) = expected.event.or(event) else {
            return Err(place.fault("an event expected here must name its type".to_owned()));
        };
        if !raw.text.contains(&expected.trigger) {
            return Err(place.fault(format!("\"{}\" does not occur in the example", expected.trigger)));
        }
        check::modes(event, expected.mode.as_deref().unwrap_or_default())
            .map_err(|message| place.fault(message))?;
        events.push(ExpectedEvent {
            event,
            trigger: expected.trigger,
            mode: expected.mode,
            aux: expected.aux,
            actor: expected.actor,
            recipient: expected.recipient,
            claim: expected.claim,
        });
    }
    let place = format!("{}:{}", place.file, place.line());
    Ok(Example { place, text: raw.text, published: raw.published, events })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Result<Codebook, CodebookError> {
        let sets = "[sets]\ntroops = [\"soldier\", \"troop\"]\n".to_owned();
        let files = [("accuse.toml".to_owned(), text.to_owned()), ("sets.toml".to_owned(), sets)];
        Codebook::from_files("test", &files)
    }

    const HEAD: &str = "type = \"ACCUSE\"\ndefinition = \"Blame.\"\n";

    #[test]
    fn a_frame_is_found_by_the_head_of_its_trigger() {
        let codebook = load(&format!("{HEAD}[[frame]]\nverb = [\"point the finger at\"]\n")).unwrap();
        let (frame, trigger) = codebook.frames_of("point")[0];
        assert_eq!(codebook.frames[frame].triggers[trigger].rest, ["the", "finger", "at"]);
        assert_eq!(codebook.frames[frame].actor, [vec![Role::Subject]]);
    }

    #[test]
    fn sets_expand_and_exclude() {
        let codebook =
            load(&format!("{HEAD}[[frame]]\nverb = [\"blame\"]\nobject = [\"!@troops\", \"man\"]\n"))
                .unwrap();
        let Condition::Word(Role::Object, test) = &codebook.frames[0].conditions[0] else {
            panic!("no word condition");
        };
        assert!(test.admits("man") && !test.admits("troop") && !test.admits("woman"));
    }

    #[test]
    fn faults_name_file_and_line() {
        let cases = [
            ("[[frame]]\nverb = [\"blame\"]\nmode = [\"nothing\"]\n", "accuse.toml:3: ACCUSE has no mode"),
            (
                "[[frame]]\nverb = [\"blame\"]\nactor = [\"subjekt\"]\n",
                "accuse.toml:3: \"subjekt\" is no role",
            ),
            ("[[frame]]\nverb = [\"blame\"]\nobject = [\"@none\"]\n", "accuse.toml:3: there is no set"),
            ("[[frame]]\nmode = []\n", "accuse.toml:3: a frame has exactly one of"),
            ("[[frame]]\nverb = [\"blame\"]\ncolour = 1\n", "accuse.toml:5: unknown field `colour`"),
            (
                "[[example]]\ntext = \"A b.\"\nevents = [{ trigger = \"c\" }]\n",
                "accuse.toml:3: \"c\" does not occur",
            ),
        ];
        for (text, expected) in cases {
            let message = load(&format!("{HEAD}{text}")).unwrap_err().to_string();
            assert!(message.starts_with(expected), "{message}");
        }
    }
}
