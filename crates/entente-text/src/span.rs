//! Byte ranges inside, code-point ranges at the border.

use serde::{Deserialize, Serialize};

/// A byte range into a document's text, end exclusive, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A range from `start` to `end`, which must not be smaller.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span ends before it starts: {start}..{end}");
        Self { start, end }
    }

    /// The words of `text` that this span covers.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(&self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// True when `other` lies wholly inside.
    pub fn contains(&self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True when the two share at least one byte.
    pub fn overlaps(&self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.end - self.start
    }

    /// True when the span covers nothing.
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

/// Translates byte offsets of one text to Unicode code points, the unit of every public record.
#[derive(Debug, Clone)]
pub struct CodePoints {
    /// Number of code points before every 64th byte, rounded down to a character boundary.
    anchors: Vec<u32>,
}

const STRIDE: usize = 64;

impl CodePoints {
    /// Counts `text` once; every translation then looks at 64 bytes at most.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut anchors = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut count = 0u32;
        for (index, byte) in bytes.iter().enumerate() {
            if index % STRIDE == 0 {
                anchors.push(count);
            }
            count += u32::from(starts_character(*byte));
        }
        Self { anchors }
    }

    /// The code-point offset of a byte offset of the same text.
    pub fn at(&self, text: &str, byte: usize) -> usize {
        let Some(block) = byte.checked_sub(1).map(|last| last / STRIDE) else {
            return 0;
        };
        let counted = self.anchors.get(block).copied().unwrap_or(0) as usize;
        let rest = &text.as_bytes()[block * STRIDE..byte];
        counted + rest.iter().filter(|b| starts_character(**b)).count()
    }
}

/// Every byte but a UTF-8 continuation byte begins a character.
fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_a_plain_count() {
        let text = "“Né à Kyïv” — 習近平 said 🙂 ".repeat(20);
        let map = CodePoints::new(&text);
        for (plain, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(map.at(&text, byte), plain);
        }
        assert_eq!(map.at(&text, text.len()), text.chars().count());
    }
}
