//! The casing of a word, which the uncased vocabulary would otherwise lose.

/// Casing class of a word; the discriminant is the row of the encoder's casing table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// No letter with a case and no digit.
    None = 0,
    /// Lower-case letters only.
    Lower = 1,
    /// One upper-case letter, the first.
    Capitalised = 2,
    /// Two or more letters, all upper case.
    Upper = 3,
    /// Any other mixture of cases.
    Mixed = 4,
    /// ASCII digits without letters.
    Digits = 5,
    /// ASCII digits and letters.
    DigitsAndLetters = 6,
}

impl Shape {
    /// Class of the marks at both ends of a sentence.
    pub(crate) const FILLER: Self = Self::None;
    /// The number of classes.
    pub(crate) const COUNT: usize = 7;

    /// The class of a word.
    pub(crate) fn of(word: &str) -> Self {
        let mut upper = 0usize;
        let mut lower = 0usize;
        let mut has_digit = false;
        let mut begins_upper = false;
        for character in word.chars() {
            has_digit |= character.is_ascii_digit();
            if character.is_uppercase() {
                begins_upper |= upper + lower == 0;
                upper += 1;
            } else if character.is_lowercase() {
                lower += 1;
            }
        }
        match (has_digit, upper, lower) {
            (true, 0, 0) => Self::Digits,
            (true, _, _) => Self::DigitsAndLetters,
            (false, 0, 0) => Self::None,
            (false, 0, _) => Self::Lower,
            (false, 1, 0) => Self::Capitalised,
            (false, _, 0) => Self::Upper,
            (false, 1, _) if begins_upper => Self::Capitalised,
            (false, _, _) => Self::Mixed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_found() {
        let cases = [
            ("--", Shape::None),
            ("習近平", Shape::None),
            ("troops", Shape::Lower),
            ("Kyïv", Shape::Capitalised),
            ("“Russia", Shape::Capitalised),
            ("I", Shape::Capitalised),
            ("NATO", Shape::Upper),
            ("U.S.", Shape::Upper),
            ("McCain", Shape::Mixed),
            ("iPhone", Shape::Mixed),
            ("1,200", Shape::Digits),
            ("F-16s", Shape::DigitsAndLetters),
        ];
        for (word, shape) in cases {
            assert_eq!(Shape::of(word), shape, "{word}");
        }
    }
}
