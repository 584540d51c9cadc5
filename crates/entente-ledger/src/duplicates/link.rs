//! Links the documents of a collection in memory.

use super::{Overlap, Shingles, Signature, StandingText, assign_stories, compare};
use std::collections::HashMap;

/// Documents under one key from which the key says nothing: it stems from text that all the world repeats.
const CROWDED_KEY: usize = 500;

/// A document to compare.
#[derive(Debug, Clone, Copy)]
pub struct DocumentText<'a> {
    /// Its id; ids are distinct.
    pub id: &'a str,
    /// ISO 8601 day of publication.
    pub published: Option<&'a str>,
    /// Paper, agency or site.
    pub publication: Option<&'a str>,
    /// Its words.
    pub text: &'a str,
}

/// Two documents that tell the same text, as indices into the documents given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DocumentLink {
    /// The one that was published first; of one day, the one with the lesser id.
    pub earlier: usize,
    /// The other.
    pub later: usize,
    /// How alike they are.
    pub overlap: Overlap,
}

/// What is linked, and the stories that follow.
#[derive(Debug, Clone, PartialEq)]
pub struct Links {
    /// By `later` in order of publication, then `earlier`.
    pub links: Vec<DocumentLink>,
    /// For each document given, the first document of its story; itself, where it is no copy.
    pub story: Vec<usize>,
}

/// Links all copies among documents. The order in which they are given does not matter. Standing text is learnt from
/// all of them before any is compared.
pub fn link_documents(documents: &[DocumentText]) -> Links {
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by_key(|index| (documents[*index].published, documents[*index].id));
    let mut standing = StandingText::new();
    for document in documents {
        standing.observe(document.publication, document.published, document.text);
    }
    let texts: Vec<String> =
        documents.iter().map(|document| standing.without(document.publication, document.text)).collect();
    let shingles: Vec<Shingles> = texts.iter().map(|text| Shingles::of(text)).collect();
    let mut by_key: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut links = Vec::new();
    for later in order.iter().copied() {
        let keys = Signature::of(&texts[later]).bands();
        for earlier in candidates(&keys, &by_key) {
            let same_publication = documents[later].publication.is_some()
                && documents[later].publication == documents[earlier].publication;
            if let Some(overlap) = compare(&shingles[earlier], &shingles[later], same_publication) {
                links.push(DocumentLink { earlier, later, overlap });
            }
        }
        for key in keys {
            by_key.entry(key).or_default().push(later);
        }
    }
    let story = assign_stories(&order, &links, &shingles);
    Links { links, story }
}

/// Earlier documents that share a key, in the order in which they were added.
fn candidates(keys: &[u64], by_key: &HashMap<u64, Vec<usize>>) -> Vec<usize> {
    let postings =
        keys.iter().filter_map(|key| by_key.get(key)).filter(|posting| posting.len() < CROWDED_KEY);
    let mut found: Vec<usize> = postings.flatten().copied().collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::super::LinkKind;
    use super::*;

    fn document<'a>(
        id: &'a str,
        published: &'a str,
        publication: &'a str,
        text: &'a str,
    ) -> DocumentText<'a> {
        DocumentText { id, published: Some(published), publication: Some(publication), text }
    }

    const FLASH: &str = "Gunmen ambushed an army convoy near the river on Tuesday and killed eleven soldiers, two security \
        sources said. No group has claimed responsibility for the raid, the third this year. The army sent helicopters \
        and closed the road to the north.";

    #[test]
    fn wire_copies_point_to_the_first_document() {
        let cut = &FLASH[..FLASH.find("The army").unwrap()];
        let edited = FLASH.replace("Gunmen", "Armed men").replace("eleven", "11");
        let documents = [
            document("c", "2024-03-02", "Evening Post", cut),
            document("a", "2024-03-01", "Wire", FLASH),
            document("b", "2024-03-01", "Morning Post", &edited),
            document(
                "d",
                "2024-03-02",
                "Gazette",
                "The finance minister presented a budget without new taxes.",
            ),
        ];
        let found = link_documents(&documents);
        assert_eq!(found.story, [1, 1, 1, 3]);
        assert!(found.links.iter().all(|link| link.earlier != 3 && link.later != 3));
        assert!(found.links.iter().any(|link| link.overlap.kind == LinkKind::Near));
    }

    #[test]
    fn the_order_of_the_documents_does_not_matter() {
        let texts: Vec<String> =
            (0..12).map(|number| format!("{FLASH} Copy number {} for you.", number / 3)).collect();
        let ids: Vec<String> = (0..12).map(|number| format!("d{number:02}")).collect();
        let documents: Vec<DocumentText> = (0..12)
            .map(|number| document(&ids[number], "2024-03-01", &ids[number], &texts[number]))
            .collect();
        let mut turned = documents.clone();
        turned.rotate_left(5);
        turned.swap(0, 7);
        let ids_of = |given: &[DocumentText]| {
            let story = link_documents(given).story;
            let mut pairs: Vec<(String, String)> = (0..given.len())
                .map(|at| (given[at].id.to_owned(), given[story[at]].id.to_owned()))
                .collect();
            pairs.sort();
            pairs
        };
        assert_eq!(ids_of(&documents), ids_of(&turned));
    }

    #[test]
    fn a_disclaimer_under_every_article_links_nothing() {
        let disclaimer = "The views that are voiced in this article are those of its author alone and do not need to \
            reflect the position of the publisher, its owners or the foundation that supports it. Nothing on these pages \
            is advice to buy or to sell, and readers who act upon it do so at their own risk and cost in every case.";
        let bodies = [
            "Rain flooded two villages.",
            "A bridge was opened.",
            "The team lost at home.",
            "Bread will cost more.",
        ];
        let texts: Vec<String> = bodies.iter().map(|body| format!("{body} {disclaimer}")).collect();
        let days = ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"];
        let documents: Vec<DocumentText> =
            (0..4).map(|at| document(days[at], days[at], "Post", &texts[at])).collect();
        let found = link_documents(&documents);
        assert_eq!(found.links, []);
        assert_eq!(found.story, [0, 1, 2, 3]);
    }
}
