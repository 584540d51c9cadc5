//! What was published around the documents in hand, as the finders of copies and of happenings hold it.

use super::{WINDOW_DAYS, day_of};
use crate::LedgerError;
use crate::duplicates::{
    LinkKind, Overlap, Shingles, Signature, StandingText, StoryCandidate, choose_story, compare,
};
use crate::happenings::{Contradiction, DocumentFacts, DocumentProfile, EventProfile, Happenings, Weights};
use crate::store::{Ledger, LinkedText, Told};
use entente_coder::record::Event;
use jiff::Span;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Days that are kept beyond the window before they are let go, all at once.
const KEPT_DAYS: i32 = 30;
/// Documents in the window at most, whatever days it spans; with their reports they take some 15 kB each.
const MOST_DOCUMENTS: usize = 20_000;
/// Sentences that are watched for standing text at most.
const MOST_SENTENCES: usize = 2_000_000;
/// Documents without a day of publication that a new one is compared with.
const UNDATED_KEPT: u32 = 5000;
/// Documents under one key of a signature from which the key says nothing.
const CROWDED_KEY: usize = 500;

/// A document that waits to be linked, with what its events are compared by.
pub(super) struct Arrived {
    document: LinkedText,
    /// Made as if it were no copy.
    profiles: Vec<EventProfile>,
}

impl Arrived {
    /// All that can be made of a document by itself.
    pub(super) fn of(document: LinkedText) -> Self {
        let story = document.story.as_deref().unwrap_or(&document.id);
        Self { profiles: profiles_of(&document, story), document }
    }

    /// Notes the story that it turned out to tell.
    fn set_story(&mut self, story: &str) {
        if self.document.story.as_deref().unwrap_or(&self.document.id) == story {
            return;
        }
        let Some(first) = self.profiles.first() else { return };
        let facts = Arc::new(first.document.of_story(story));
        self.profiles.iter_mut().for_each(|profile| profile.document = Arc::clone(&facts));
    }
}

/// What was found for a batch.
pub(super) struct Linked {
    /// Document, signature, story, original.
    pub(super) documents: Vec<(String, Vec<u8>, String, Option<String>)>,
    /// Documents that are copies.
    pub(super) copies: usize,
    /// New reports by happening.
    pub(super) reports: BTreeMap<String, Vec<Told>>,
    /// Happening that is denied, with the event that denies it.
    pub(super) denials: Vec<(String, String)>,
}

/// A document in the window.
struct KnownDocument {
    id: String,
    story: String,
    published: Option<i32>,
}

/// Documents and reports in memory.
pub(super) struct Window {
    weights: Weights,
    /// Days that are loaded; none: the documents without a day.
    days: Option<(i32, i32)>,
    is_loaded: bool,
    standing: StandingText,
    /// In the order in which they came.
    documents: Vec<KnownDocument>,
    by_key: HashMap<u64, Vec<usize>>,
    happenings: Happenings,
}

impl Window {
    pub(super) fn new(weights: Weights) -> Self {
        Self {
            happenings: Happenings::new(weights.clone()),
            weights,
            days: None,
            is_loaded: false,
            standing: StandingText::new(),
            documents: Vec::new(),
            by_key: HashMap::new(),
        }
    }

    /// Makes the window the one around these days: takes up what is linked and not there, and lets go of what is too old.
    /// Days are those of a batch; none for documents without a day.
    pub(super) fn move_to(&mut self, ledger: &Ledger, days: Option<(i32, i32)>) -> Result<(), LedgerError> {
        let wanted = days.map(|(first, last)| (first - WINDOW_DAYS, last + WINDOW_DAYS));
        let numbers = match (self.days, wanted) {
            (Some((first, last)), Some((from, to))) if self.is_loaded && first <= from && from <= last => {
                self.days = Some((first, last.max(to)));
                if to <= last { Vec::new() } else { ledger.linked_between(&iso(last + 1), &iso(to))? }
            }
            (None, None) if self.is_loaded => Vec::new(),
            (_, wanted) => {
                *self = Self { days: wanted, is_loaded: true, ..Self::new(self.weights.clone()) };
                match wanted {
                    Some((from, to)) => ledger.linked_between(&iso(from), &iso(to))?,
                    None => ledger.linked_undated(UNDATED_KEPT)?,
                }
            }
        };
        for number in numbers.iter().skip(numbers.len().saturating_sub(MOST_DOCUMENTS)) {
            self.restore(&ledger.linked_text(*number)?);
        }
        self.let_go(wanted.map(|(from, _)| from));
        Ok(())
    }

    /// Lets go of documents from before a day, once there are many, and of the oldest half where there are too many.
    fn let_go(&mut self, from: Option<i32>) {
        if let (Some((first, last)), Some(from)) = (self.days, from)
            && from - first > KEPT_DAYS
        {
            self.keep_documents(|document, _| document.published.is_none_or(|day| day >= from));
            self.days = Some((from, last));
        }
        if self.documents.len() > MOST_DOCUMENTS {
            let half = self.documents.len() / 2;
            // The days stay as they are: what was let go for want of memory is not loaded again.
            self.keep_documents(|_, at| at >= half);
        }
        if self.standing.len() > MOST_SENTENCES {
            self.standing = StandingText::new();
        }
    }

    /// Keeps these documents and their reports; the others stay in the ledger alone.
    fn keep_documents(&mut self, is_kept: impl Fn(&KnownDocument, usize) -> bool) {
        let old = std::mem::take(&mut self.documents);
        let mut place = vec![None; old.len()];
        for (at, document) in old.into_iter().enumerate() {
            if is_kept(&document, at) {
                place[at] = Some(self.documents.len());
                self.documents.push(document);
            }
        }
        for posting in self.by_key.values_mut() {
            *posting = posting.iter().filter_map(|at| place[*at]).collect();
        }
        self.by_key.retain(|_, posting| !posting.is_empty());
        let kept: HashSet<&str> = self.documents.iter().map(|document| document.id.as_str()).collect();
        self.happenings.retain(|profile| kept.contains(profile.document.id.as_str()));
    }

    /// Takes up a document that is linked. Its events without a happening wait for their own batch.
    fn restore(&mut self, document: &LinkedText) {
        self.standing.observe(document.publication.as_deref(), document.published.as_deref(), &document.text);
        let story = document.story.clone().unwrap_or_else(|| document.id.clone());
        if let Some(signature) =
            document.signature.as_deref().and_then(|bytes| Signature::from_bytes(bytes).ok())
        {
            self.note(document, &story, &signature);
        }
        let facts = profile_of(document, &story);
        for event in &document.events {
            if let Some(happening) = &event.happening_id {
                self.happenings.restore(EventProfile::of(event, &facts, &document.text), happening.clone());
            }
        }
    }

    fn note(&mut self, document: &LinkedText, story: &str, signature: &Signature) {
        for key in signature.bands() {
            self.by_key.entry(key).or_default().push(self.documents.len());
        }
        self.documents.push(KnownDocument {
            id: document.id.clone(),
            story: story.to_owned(),
            published: day_of(document.published.as_deref()),
        });
    }

    /// Links a batch to what is there and among itself.
    pub(super) fn link(&mut self, ledger: &Ledger, mut arrived: Vec<Arrived>) -> Result<Linked, LedgerError> {
        for Arrived { document, .. } in &arrived {
            self.standing.observe(
                document.publication.as_deref(),
                document.published.as_deref(),
                &document.text,
            );
        }
        let mut linked =
            Linked { documents: Vec::new(), copies: 0, reports: BTreeMap::new(), denials: Vec::new() };
        let stories = self.place_all(ledger, &arrived, &mut linked)?;
        arrived.iter_mut().zip(&stories).for_each(|(arrived, story)| arrived.set_story(story));
        let mut added = Vec::new();
        let mut told: HashMap<String, Told> = HashMap::new();
        for (Arrived { document, profiles }, story) in arrived.into_iter().zip(&stories) {
            for (event, profile) in document.events.into_iter().zip(profiles) {
                match event.happening_id.clone() {
                    Some(happening) => self.happenings.restore(profile, happening),
                    None => {
                        added.push(profile);
                        let report = told_of(event, &document.published, &document.publication, story);
                        told.insert(report.event.id.clone(), report);
                    }
                }
            }
        }
        let grouping = self.happenings.add(added);
        for (event_id, happening) in grouping.happenings {
            if let Some(report) = told.remove(&event_id) {
                linked.reports.entry(happening).or_default().push(report);
            }
        }
        for Contradiction { asserted, denied } in grouping.contradictions {
            if let Some(happening) = self.happenings.of(&asserted) {
                linked.denials.push((happening.to_owned(), denied));
            }
        }
        Ok(linked)
    }

    /// The story of each document: the one it has, or the one it joins or opens.
    fn place_all(
        &mut self,
        ledger: &Ledger,
        arrived: &[Arrived],
        linked: &mut Linked,
    ) -> Result<Vec<String>, LedgerError> {
        let known = |document: &LinkedText| document.story.clone().filter(|_| document.signature.is_some());
        let standing = &self.standing;
        let marks: Vec<Option<(Shingles, Signature)>> = arrived
            .par_iter()
            .map(|Arrived { document, .. }| {
                let is_new = known(document).is_none();
                is_new.then(|| standing.without(document.publication.as_deref(), &document.text))
            })
            .map(|text| text.map(|text| (Shingles::of(&text), Signature::of(&text))))
            .collect();
        let mut stories = Vec::with_capacity(arrived.len());
        for (Arrived { document, .. }, marks) in arrived.iter().zip(marks) {
            stories.push(match (known(document), marks) {
                (None, Some(marks)) => self.place(ledger, document, marks, linked)?,
                (story, _) => story.unwrap_or_else(|| document.id.clone()),
            });
        }
        Ok(stories)
    }

    /// Finds the story of a document; its own id where it is no copy.
    fn place(
        &mut self,
        ledger: &Ledger,
        document: &LinkedText,
        (shingles, signature): (Shingles, Signature),
        linked: &mut Linked,
    ) -> Result<String, LedgerError> {
        let mut earlier: Vec<(usize, Overlap)> = Vec::new();
        for candidate in self.candidates(&signature) {
            let (other, publication) = self.shingles(ledger, candidate)?;
            let same_publication = publication.is_some() && publication == document.publication;
            if let Some(overlap) = compare(&other, &shingles, same_publication) {
                earlier.push((candidate, overlap));
            }
        }
        let story = self.story_of(ledger, &shingles, &earlier)?.unwrap_or_else(|| document.id.clone());
        let original = earlier
            .iter()
            .filter(|(_, overlap)| overlap.kind != LinkKind::Contained)
            .max_by(|one, other| one.1.likeness.total_cmp(&other.1.likeness).then(other.0.cmp(&one.0)))
            .map(|(at, _)| self.documents[*at].id.clone());
        linked.copies += usize::from(story != document.id);
        linked.documents.push((document.id.clone(), signature.to_bytes(), story.clone(), original));
        self.note(document, &story, &signature);
        Ok(story)
    }

    /// Documents that share a key of the signature, in the order in which they came.
    fn candidates(&self, signature: &Signature) -> Vec<usize> {
        let postings = signature.bands().into_iter().filter_map(|key| self.by_key.get(&key));
        let mut found: Vec<usize> =
            postings.filter(|posting| posting.len() < CROWDED_KEY).flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Shingles and publication of a document in the window.
    fn shingles(&self, ledger: &Ledger, at: usize) -> Result<(Shingles, Option<String>), LedgerError> {
        let (text, publication) = ledger.text_of(&self.documents[at].id)?.unwrap_or_default();
        Ok((Shingles::of(&self.standing.without(publication.as_deref(), &text)), publication))
    }

    fn story_of(
        &self,
        ledger: &Ledger,
        shingles: &Shingles,
        earlier: &[(usize, Overlap)],
    ) -> Result<Option<String>, LedgerError> {
        let mut first_shingles = Vec::with_capacity(earlier.len());
        for (at, _) in earlier {
            let story = &self.documents[*at].story;
            let (text, publication) = ledger.text_of(story)?.unwrap_or_default();
            first_shingles.push(Shingles::of(&self.standing.without(publication.as_deref(), &text)));
        }
        let candidates: Vec<StoryCandidate> = earlier
            .iter()
            .zip(&first_shingles)
            .map(|((at, overlap), first_shingles)| StoryCandidate {
                overlap: *overlap,
                earlier: *at,
                first: *at,
                first_shingles,
            })
            .collect();
        Ok(choose_story(shingles, &candidates).map(|at| self.documents[at].story.clone()))
    }
}

/// What the events of a document are compared by.
fn profiles_of(document: &LinkedText, story: &str) -> Vec<EventProfile> {
    let facts = profile_of(document, story);
    document.events.iter().map(|event| EventProfile::of(event, &facts, &document.text)).collect()
}

fn profile_of(document: &LinkedText, story: &str) -> Arc<DocumentProfile> {
    DocumentProfile::of(&DocumentFacts {
        id: &document.id,
        published: document.published.as_deref(),
        publication: document.publication.as_deref(),
        story,
        text: &document.text,
    })
}

fn told_of(event: Event, published: &Option<String>, publication: &Option<String>, story: &str) -> Told {
    Told { event, published: published.clone(), publication: publication.clone(), story: story.to_owned() }
}

/// A day from 1970-01-01 in ISO 8601; the first or last that can be written, where it lies beyond.
fn iso(day: i32) -> String {
    let epoch = Date::constant(1970, 1, 1);
    epoch.saturating_add(Span::new().days(i64::from(day))).to_string()
}
