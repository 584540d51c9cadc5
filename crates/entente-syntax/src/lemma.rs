//! Lemma scripts: a lemma as a short edit of the word form.
//!
//! A script is `CASING [-N] [+SUFFIX]` or `=LEMMA`. CASING (`lower`, `keep`, `cap`, `upper`) is applied
//! to the form, then the last N code points go, then SUFFIX is appended.

/// How the form is cased before it is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Casing {
    /// All lower case.
    Lower,
    /// As it stands.
    Keep,
    /// First code point upper case, the others lower.
    Capitalised,
    /// All upper case.
    Upper,
}

impl Casing {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "lower" => Self::Lower,
            "keep" => Self::Keep,
            "cap" => Self::Capitalised,
            "upper" => Self::Upper,
            _ => return None,
        })
    }

    fn apply(self, form: &str) -> String {
        match self {
            Self::Lower => form.to_lowercase(),
            Self::Keep => form.to_owned(),
            Self::Upper => form.to_uppercase(),
            Self::Capitalised => {
                let mut characters = form.chars();
                let first = characters.next().into_iter().flat_map(char::to_uppercase);
                first.chain(characters.as_str().to_lowercase().chars()).collect()
            }
        }
    }
}

/// One way from a word form to its lemma.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LemmaScript {
    /// The lemma whatever the form.
    Whole(String),
    /// An edit at the end of the form.
    Edit {
        /// Casing of the form before the edit.
        casing: FormCasing,
        /// Code points to remove.
        removed: usize,
        /// What is appended.
        suffix: String,
    },
}

/// Keeps the casing private to this file while the script is visible to the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FormCasing(Casing);

impl LemmaScript {
    /// Reads a script; `None` where it does not follow the grammar.
    pub(crate) fn parse(script: &str) -> Option<Self> {
        if let Some(lemma) = script.strip_prefix('=') {
            return (!lemma.is_empty()).then(|| Self::Whole(lemma.to_owned()));
        }
        let (casing_name, mut rest) = script.split_once(' ').unwrap_or((script, ""));
        let casing = FormCasing(Casing::parse(casing_name)?);
        let mut removed = 0;
        if let Some(after_minus) = rest.strip_prefix('-') {
            let (count, after_count) = after_minus.split_once(' ').unwrap_or((after_minus, ""));
            removed = count.parse().ok()?;
            rest = after_count;
        }
        let suffix = if rest.is_empty() { "" } else { rest.strip_prefix('+')? };
        Some(Self::Edit { casing, removed, suffix: suffix.to_owned() })
    }

    /// The lemma of a form. A script that would eat the whole form leaves it lower-cased, so that a
    /// lemma never is empty (unless the form is).
    pub(crate) fn apply(&self, form: &str) -> String {
        match self {
            Self::Whole(lemma) => lemma.clone(),
            Self::Edit { casing, removed, suffix } => {
                let mut lemma = casing.0.apply(form);
                if *removed > 0 {
                    let kept = lemma.char_indices().rev().nth(removed - 1).map_or(0, |(index, _)| index);
                    if kept == 0 {
                        return form.to_lowercase();
                    }
                    lemma.truncate(kept);
                }
                lemma.push_str(suffix);
                lemma
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemma(script: &str, form: &str) -> String {
        LemmaScript::parse(script).unwrap().apply(form)
    }

    #[test]
    fn scripts_edit_the_form() {
        assert_eq!(lemma("lower", "Troops"), "troops");
        assert_eq!(lemma("lower -1", "Troops"), "troop");
        assert_eq!(lemma("lower -3 +y", "countries"), "country");
        assert_eq!(lemma("lower +e", "mov"), "move");
        assert_eq!(lemma("keep -1", "Sanctions"), "Sanction");
        assert_eq!(lemma("cap", "RUSSIA"), "Russia");
        assert_eq!(lemma("upper", "nato"), "NATO");
        assert_eq!(lemma("=be", "was"), "be");
        assert_eq!(lemma("cap -1", "ÉTATS"), "État");
    }

    #[test]
    fn a_lemma_never_is_empty() {
        assert_eq!(lemma("lower -5", "Was"), "was");
        assert_eq!(lemma("lower -3", "Was"), "was");
        assert_eq!(lemma("lower -9 +x", "ÉÉ"), "éé");
    }

    #[test]
    fn other_scripts_are_refused() {
        for script in ["", "=", "title", "lower x", "lower -", "lower -a", "lower -1 y", "keep +a\u{0} -"] {
            let parsed = LemmaScript::parse(script);
            if script.starts_with("keep") {
                assert!(parsed.is_some());
            } else {
                assert_eq!(parsed, None, "{script}");
            }
        }
    }
}
