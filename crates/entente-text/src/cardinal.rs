//! English cardinals, in digits or in words.

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The value of a number in digits ("1,200") or of a number word below one hundred ("seven", "thirty-two");
/// case does not matter. `None` for anything else, "many" and "a" included.
pub fn cardinal(word: &str) -> Option<u64> {
    let plain = word.to_lowercase().replace(',', "");
    if let Ok(number) = plain.parse() {
        return Some(number);
    }
    let place = |list: &[&str], text: &str| list.iter().position(|known| *known == text).map(|at| at as u64);
    let (first, rest) = plain.split_once('-').unwrap_or((&plain, ""));
    match (place(&TENS, first), rest) {
        (Some(tens), "") => Some((tens + 2) * 10),
        (Some(tens), unit) => {
            let unit = place(&SMALL, unit).filter(|unit| (1..10).contains(unit))?;
            Some((tens + 2) * 10 + unit)
        }
        (None, "") => place(&SMALL, first),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::cardinal;

    #[test]
    fn digits_and_words_and_nothing_else() {
        let cases = [("1,200", 1200), ("Seven", 7), ("forty", 40), ("thirty-two", 32), ("nineteen", 19)];
        for (word, value) in cases {
            assert_eq!(cardinal(word), Some(value), "{word}");
        }
        for word in ["many", "", "-", "thirty-eleven", "seven-two", "a"] {
            assert_eq!(cardinal(word), None, "{word}");
        }
    }
}
