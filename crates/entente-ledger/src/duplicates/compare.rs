//! Settles on the real shingles whether two documents tell the same text.

use super::shingles::Shingles;

/// Jaccard likeness from which two documents are near copies.
const NEAR_LIKENESS: f64 = 0.5;
/// Share of the shorter one's shingles in the longer one from which it is contained in it.
const CONTAINED_SHARE: f64 = 0.6;
/// Shingles that must be shared to speak of containment: a quoted paragraph is not yet a copy.
const CONTAINED_SHINGLES: usize = 15;
/// Likeness from which two documents of one publication are versions of one article. It is higher, as a publication
/// repeats its own background from article to article.
const REVISION_LIKENESS: f64 = 0.7;

/// In what way two documents are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// The same shingles.
    Exact,
    /// Almost the same text.
    Near,
    /// One is most of a part of the other: shortened, or with paragraphs added.
    Contained,
}

/// How alike two documents are, standing text left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlap {
    /// In what way.
    pub kind: LinkKind,
    /// Shared shingles by all shingles, 0 to 1.
    pub likeness: f64,
    /// Shared shingles by those of the shorter one, 0 to 1.
    pub containment: f64,
}

/// Whether two documents are copies. `same_publication` makes it stricter.
pub fn compare(one: &Shingles, other: &Shingles, same_publication: bool) -> Option<Overlap> {
    let (shared, likeness, containment) = measure(one, other)?;
    let kind = if likeness == 1.0 {
        LinkKind::Exact
    } else if likeness >= if same_publication { REVISION_LIKENESS } else { NEAR_LIKENESS } {
        LinkKind::Near
    } else if !same_publication && containment >= CONTAINED_SHARE && shared >= CONTAINED_SHINGLES {
        LinkKind::Contained
    } else {
        return None;
    };
    Some(Overlap { kind, likeness, containment })
}

/// Shared shingles, Jaccard likeness and containment; none where a text has no words.
pub(super) fn measure(one: &Shingles, other: &Shingles) -> Option<(usize, f64, f64)> {
    let shorter = one.len().min(other.len());
    if shorter == 0 {
        return None;
    }
    let shared = one.shared(other);
    let all = one.len() + other.len() - shared;
    Some((shared, shared as f64 / all as f64, shared as f64 / shorter as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = "Officers seized power in the island state on Wednesday, minutes after the president was declared \
        the winner of an election that observers had called flawed. They put him under house arrest and closed the \
        borders. France condemned the coup and asked its citizens to stay at home.";

    fn kind(one: &str, other: &str) -> Option<LinkKind> {
        compare(&Shingles::of(one), &Shingles::of(other), false).map(|overlap| overlap.kind)
    }

    #[test]
    fn light_edits_leave_a_near_copy() {
        let edited = WIRE.replace("Wednesday", "Aug. 30").replace("asked its citizens", "told its nationals");
        assert_eq!(kind(WIRE, &edited), Some(LinkKind::Near));
        assert_eq!(kind(WIRE, &WIRE.to_uppercase()), Some(LinkKind::Exact));
    }

    #[test]
    fn a_shortened_copy_and_one_with_a_local_paragraph_are_contained() {
        let short = &WIRE[..WIRE.find(" that observers").unwrap()];
        assert_eq!(kind(short, WIRE), Some(LinkKind::Contained));
        let local = "The harbour of our town handles much of the island's sugar, and dockers here wonder what becomes of \
            the two ships that are due this week. The harbour master said that nobody at the company answered the \
            telephone, and that crews had been told to wait at sea until the port there opens again.";
        assert_eq!(kind(WIRE, &format!("{WIRE} {local}")), Some(LinkKind::Contained));
    }

    #[test]
    fn a_shared_quotation_is_no_copy() {
        let quotation = "asked its citizens to stay at home";
        assert_eq!(
            kind(WIRE, &format!("The embassy {quotation} while the inquiry goes on in the capital.")),
            None
        );
    }

    #[test]
    fn one_publication_must_be_more_alike() {
        let words = |tail: &str| Shingles::of(&format!("{WIRE} {tail}"));
        let one = words(
            "Dockers at the harbour wonder what becomes of two ships that are due here in the coming week.",
        );
        let other = words(
            "Analysts expect prices of sugar to rise, and warn shoppers that shelves could empty by Friday.",
        );
        assert!(compare(&one, &other, false).is_some());
        assert!(compare(&one, &other, true).is_none());
    }
}
