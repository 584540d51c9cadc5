//! A user's search text becomes a query of SQLite's full text index that is never an error and never a command.

use crate::error::LedgerError;

/// More words than this make no sense in a search and would only be slow.
const MOST_TERMS: usize = 64;

/// Every word must be there; words in double quotes must stand together; a word with `*` at its end stands for
/// all words that begin with it. Nothing else has a meaning. `None` when there is no word.
pub(super) fn full_text_query(text: &str) -> Result<Option<String>, LedgerError> {
    let terms: Vec<String> =
        split(text).into_iter().filter_map(|(words, quoted)| term(words, quoted)).collect();
    if terms.len() > MOST_TERMS {
        return Err(LedgerError::SearchTooLong { words: terms.len(), limit: MOST_TERMS });
    }
    Ok(if terms.is_empty() { None } else { Some(terms.join(" AND ")) })
}

/// Words and phrases; true marks a phrase. A quote that is not closed reaches to the end.
fn split(text: &str) -> Vec<(&str, bool)> {
    let mut parts = Vec::new();
    for (index, stretch) in text.split('"').enumerate() {
        if index % 2 == 1 {
            parts.push((stretch, true));
        } else {
            parts.extend(stretch.split_whitespace().map(|word| (word, false)));
        }
    }
    parts
}

/// One quoted term of the query language. Inside the quotes all characters are text; there are no quotes in it,
/// for the text was split at them, and control characters become spaces, for a NUL would end the query.
fn term(words: &str, is_phrase: bool) -> Option<String> {
    if !words.chars().any(char::is_alphanumeric) {
        return None;
    }
    let plain: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let prefix = if !is_phrase && plain.ends_with('*') { "*" } else { "" };
    Some(format!("\"{plain}\"{prefix}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Option<String> {
        full_text_query(text).unwrap()
    }

    #[test]
    fn words_phrases_and_beginnings() {
        assert_eq!(query("gas  pipeline").as_deref(), Some(r#""gas" AND "pipeline""#));
        assert_eq!(
            query(r#"say "gas pipeline" now"#).as_deref(),
            Some(r#""say" AND "gas pipeline" AND "now""#)
        );
        assert_eq!(query("sanc*").as_deref(), Some(r#""sanc*"*"#));
        assert_eq!(query(r#""no end"#).as_deref(), Some(r#""no end""#));
    }

    #[test]
    fn operators_are_words() {
        assert_eq!(query("a OR b").as_deref(), Some(r#""a" AND "OR" AND "b""#));
        assert_eq!(query("title:x^2").as_deref(), Some(r#""title:x^2""#));
        assert_eq!(query("a\0b").as_deref(), Some(r#""a b""#));
    }

    #[test]
    fn text_without_a_word_and_text_of_too_many() {
        for text in ["", "  ", "\"\"", "* ( ) -", "\"", "''"] {
            assert_eq!(query(text), None, "{text}");
        }
        assert!(matches!(
            full_text_query(&"a ".repeat(65)),
            Err(LedgerError::SearchTooLong { words: 65, .. })
        ));
    }
}
