//! Stretches of a text, in code points.

use serde::{Deserialize, Serialize};

/// A stretch of a text in Unicode code points, end exclusive. The empty one overlaps nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

impl Span {
    /// A stretch from `start` to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// How many code points two stretches share.
    pub(crate) fn overlap(self, other: Self) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    /// From the first to the last code point of the two.
    pub(crate) fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    pub(crate) fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// The words there; less where the stretch runs out of the text.
    pub(crate) fn of(self, text: &str) -> String {
        text.chars().skip(self.start).take(self.len()).collect()
    }

    /// Where `words` first occur in `text`.
    pub(crate) fn find(text: &str, words: &str) -> Option<Self> {
        let byte = text.find(words)?;
        let start = text[..byte].chars().count();
        Some(Self { start, end: start + words.chars().count() })
    }

    /// The same stretch of a text that begins `offset` code points later.
    pub(crate) fn shifted(self, offset: usize) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn offsets_are_code_points() {
        let span = Span::find("“Été” à Oslo", "à Oslo").expect("it occurs");
        assert_eq!(span, Span::new(6, 12));
        assert_eq!(span.of("“Été” à Oslo"), "à Oslo");
    }

    #[test]
    fn touching_and_empty_stretches_do_not_overlap() {
        assert_eq!(Span::new(0, 5).overlap(Span::new(5, 9)), 0);
        assert_eq!(Span::new(0, 5).overlap(Span::new(3, 9)), 2);
        assert_eq!(Span::default().overlap(Span::new(0, 9)), 0);
    }
}
