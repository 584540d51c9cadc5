//! Stories: which documents go back to one text.

use super::compare::measure;
use super::{DocumentLink, Overlap, Shingles};
use std::cmp::Ordering;

/// A document joins a story only when so much of the shorter text is shared with the story's first document. Chains of
/// small changes would otherwise lead from one text to quite another.
const SHARED_WITH_FIRST: f64 = 0.35;

/// An earlier document that a new one is a copy of.
#[derive(Debug, Clone, Copy)]
pub struct StoryCandidate<'a> {
    /// How alike they are.
    pub overlap: Overlap,
    /// The rank of the earlier document among all; the lesser wins where two are equally alike.
    pub earlier: usize,
    /// The first document of the earlier document's story.
    pub first: usize,
    /// That document's shingles.
    pub first_shingles: &'a Shingles,
}

/// The first document of the story that a document joins: that of the candidate it is most like, if it is also enough
/// like the first document. None: it opens a story.
pub fn choose_story(document: &Shingles, candidates: &[StoryCandidate]) -> Option<usize> {
    let mut ordered: Vec<&StoryCandidate> = candidates.iter().collect();
    ordered.sort_by(|one, other| likest_first(one, other));
    ordered
        .iter()
        .find(|candidate| belongs(document, candidate.first_shingles))
        .map(|candidate| candidate.first)
}

/// For each document the index of the first document of its story. `order` lists the documents as they were
/// published. Stories are never merged, so a story once given stays.
pub fn assign_stories(order: &[usize], links: &[DocumentLink], shingles: &[Shingles]) -> Vec<usize> {
    let mut story: Vec<usize> = (0..shingles.len()).collect();
    let mut links_of: Vec<Vec<&DocumentLink>> = vec![Vec::new(); shingles.len()];
    for link in links {
        links_of[link.later].push(link);
    }
    for later in order.iter().copied() {
        let candidates: Vec<StoryCandidate> = links_of[later]
            .iter()
            .map(|link| StoryCandidate {
                overlap: link.overlap,
                earlier: link.earlier,
                first: story[link.earlier],
                first_shingles: &shingles[story[link.earlier]],
            })
            .collect();
        if let Some(first) = choose_story(&shingles[later], &candidates) {
            story[later] = first;
        }
    }
    story
}

fn likest_first(one: &StoryCandidate, other: &StoryCandidate) -> Ordering {
    let by_share = other.overlap.containment.total_cmp(&one.overlap.containment);
    by_share
        .then(other.overlap.likeness.total_cmp(&one.overlap.likeness))
        .then(one.earlier.cmp(&other.earlier))
}

fn belongs(document: &Shingles, first: &Shingles) -> bool {
    measure(document, first).is_some_and(|(_, _, containment)| containment >= SHARED_WITH_FIRST)
}

#[cfg(test)]
mod tests {
    use super::super::{DocumentText, link_documents};

    #[test]
    fn a_chain_of_changes_does_not_make_one_story() {
        let words =
            |from: usize| (from..from + 60).map(|number| format!("w{number}")).collect::<Vec<_>>().join(" ");
        let texts: Vec<String> = (0..6).map(|step| words(step * 15)).collect();
        let ids: Vec<String> = (0..6).map(|step| format!("d{step}")).collect();
        let documents: Vec<DocumentText> = (0..6)
            .map(|step| DocumentText {
                id: &ids[step],
                published: None,
                publication: Some(&ids[step]),
                text: &texts[step],
            })
            .collect();
        let found = link_documents(&documents);
        assert!(found.links.len() >= 5, "each is a near copy of the next");
        assert_eq!(found.story[1], 0);
        assert_ne!(found.story[5], 0, "the last shares nothing with the first");
    }
}
