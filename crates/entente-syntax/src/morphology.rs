//! English inflection: puts right a lemma that the model's edit script cannot have made from the form.
//!
//! The model picks an edit script without seeing letters, so a rare form may lose one letter too many
//! ("rescued", "rescu"). Here irregular verbs are looked up, and a regular form's lemma must be one of the few
//! that the rules of spelling allow; among those the model's own choice stands, else the first that is a word.

use crate::tree::Upos;
use std::collections::HashMap;
use std::sync::LazyLock;

const IRREGULAR_VERBS: &str = include_str!("../data/irregular_verbs.txt");

/// Every irregular form with its lemma.
static IRREGULAR: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = IRREGULAR_VERBS.lines().filter(|line| !line.starts_with('#'));
    let mut forms = HashMap::new();
    for line in lines {
        let mut words = line.split_whitespace();
        if let Some(lemma) = words.next() {
            forms.insert(lemma, lemma);
            for form in words {
                forms.entry(form).or_insert(lemma);
            }
        }
    }
    forms
});

/// The lemma of a form, given the one that the model proposes. `is_word` knows common words.
pub(crate) fn repaired(form: &str, upos: Upos, proposed: String, is_word: impl Fn(&str) -> bool) -> String {
    let lower = form.to_lowercase();
    if lower.len() < 3 || !lower.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return proposed;
    }
    let candidates = match upos {
        Upos::Verb => match IRREGULAR.get(lower.as_str()) {
            // "found", "lay" and "saw" are also lemmas of their own; the model has seen the context.
            Some(_) if proposed == lower && is_word(&proposed) && ambiguous(&lower) => return proposed,
            Some(lemma) => return (*lemma).to_owned(),
            None => verb_lemmas(&lower),
        },
        Upos::Noun => noun_lemmas(&lower),
        _ => return proposed,
    };
    let is_lemma = |word: &str| {
        let is_form = upos == Upos::Verb && IRREGULAR.get(word).is_some_and(|lemma| *lemma != word);
        !is_form && is_word(word)
    };
    let edited = proposed != lower && candidates.contains(&proposed);
    if candidates.is_empty() || (edited && is_lemma(&proposed)) {
        return proposed;
    }
    let shorter = candidates.iter().find(|candidate| **candidate != lower && is_lemma(candidate));
    if let Some(known) = shorter {
        return known.clone();
    }
    // "exceed", "barracks": what looks inflected and comes from no word is a word itself.
    if edited || (is_word(&lower) && (upos == Upos::Noun || lower.ends_with("eed"))) {
        return if edited { proposed } else { lower };
    }
    candidates[0].clone()
}

/// Lemmas that the spelling rules allow for an inflected form, the likeliest first, the form itself last; for
/// words that the model's vocabulary does not know whole. Lower case.
pub fn possible_lemmas(form: &str, upos: Upos) -> Vec<String> {
    let lower = form.to_lowercase();
    match upos {
        Upos::Verb => match IRREGULAR.get(lower.as_str()) {
            Some(lemma) => vec![(*lemma).to_owned()],
            None => verb_lemmas(&lower),
        },
        Upos::Noun | Upos::Propn => noun_lemmas(&lower),
        _ => Vec::new(),
    }
}

fn ambiguous(form: &str) -> bool {
    matches!(
        form,
        "found" | "lay" | "saw" | "bound" | "wound" | "ground" | "fell" | "bore" | "tread" | "leaves"
    )
}

/// What a verb form may come from, the likeliest first; the form itself last.
fn verb_lemmas(form: &str) -> Vec<String> {
    let mut found = Vec::new();
    if is_base(form) {
        return found;
    }
    if let Some(stem) =
        form.strip_suffix("ying").or_else(|| form.strip_suffix("ies")).or_else(|| form.strip_suffix("ied"))
    {
        found.push(format!("{stem}y"));
        found.push(format!("{stem}ie"));
    }
    if let Some(stem) = form.strip_suffix("ing").or_else(|| form.strip_suffix("ed")) {
        found.extend(undoubled(stem));
        if wants_e(stem) {
            found.extend([format!("{stem}e"), stem.to_owned()]);
        } else {
            found.extend([stem.to_owned(), format!("{stem}e")]);
        }
        // "expelled", "controlled" beside "called".
        found.extend(stem.strip_suffix("ll").map(|start| format!("{start}l")));
    } else if let Some(stem) = form.strip_suffix("es") {
        found.push(format!("{stem}e"));
        found.push(stem.to_owned());
    } else if let Some(stem) = form.strip_suffix('s') {
        found.push(stem.to_owned());
    }
    found.push(form.to_owned());
    found
}

/// Stems that English spells with a final e: "negotiat-", "authoris-", "rescu-".
fn wants_e(stem: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "at", "it", "ut", "is", "iz", "yz", "ys", "uc", "ac", "ic", "nc", "rc", "ag", "eg", "ig", "ug", "dg",
        "ng", "rg", "v", "u", "in", "ir", "ur", "ar", "or", "ad", "id", "od", "ud", "ok", "ak", "ik", "as",
        "os", "us", "ns", "rs", "bl", "pl", "dl", "tl", "gl",
    ];
    ENDINGS.iter().any(|ending| stem.ends_with(ending))
}

/// "bann" is "ban"; "call" and "miss" stay whole where they are words.
fn undoubled(stem: &str) -> Option<String> {
    let bytes = stem.as_bytes();
    let [.., before, last] = bytes else {
        return None;
    };
    let doubles = before == last && !matches!(last, b'l' | b's' | b'f' | b'z' | b'e' | b'o');
    doubles.then(|| stem[..stem.len() - 1].to_owned())
}

/// Verbs that only look inflected: "bring", "pass", "focus".
fn is_base(form: &str) -> bool {
    let stem = form.strip_suffix("ing").or_else(|| form.strip_suffix("ed")).unwrap_or("a");
    let has_vowel = stem.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    !has_vowel || form.ends_with("ss") || form.ends_with("us")
}

/// Nouns in -s that are singular or have no other form.
const INVARIANT_NOUNS: &[&str] = &[
    "news",
    "series",
    "species",
    "means",
    "headquarters",
    "politics",
    "economics",
    "physics",
    "mathematics",
    "ethics",
    "athletics",
    "crossroads",
    "barracks",
    "diabetes",
    "gas",
    "lens",
    "bias",
    "canvas",
    "christmas",
    "chaos",
    "thanks",
    "goods",
    "customs",
    "proceeds",
    "outskirts",
    "whereabouts",
    "remains",
    "arms",
    "gallows",
    "always",
];

/// What a noun form may come from, the likeliest first.
fn noun_lemmas(form: &str) -> Vec<String> {
    let mut found = Vec::new();
    let singular = form.ends_with("ss") || form.ends_with("us") || form.ends_with("is");
    if singular || INVARIANT_NOUNS.contains(&form) {
        return found;
    }
    if let Some(stem) = form.strip_suffix("men") {
        found.push(format!("{stem}man"));
    } else if let Some(stem) = form.strip_suffix("ses") {
        found.extend([format!("{stem}sis"), format!("{stem}se"), format!("{stem}s")]);
    } else if let Some(stem) = form.strip_suffix("ies") {
        found.push(format!("{stem}y"));
        found.push(format!("{stem}ie"));
    } else if let Some(stem) = form.strip_suffix("ves") {
        found.push(format!("{stem}f"));
        found.push(format!("{stem}fe"));
        found.push(format!("{stem}ve"));
    } else if let Some(stem) = form.strip_suffix("es") {
        found.push(format!("{stem}e"));
        found.push(stem.to_owned());
    } else if let Some(stem) = form.strip_suffix('s') {
        found.push(stem.to_owned());
    }
    if !found.is_empty() {
        found.push(form.to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repair(form: &str, upos: Upos, proposed: &str) -> String {
        let words = [
            "rescue",
            "plan",
            "fisherman",
            "call",
            "urge",
            "deny",
            "force",
            "ally",
            "attack",
            "crisis",
            "exceed",
            "bring",
            "hide",
        ];
        repaired(form, upos, proposed.to_owned(), |word| words.contains(&word))
    }

    #[test]
    fn impossible_lemmas_are_put_right() {
        assert_eq!(repair("rescued", Upos::Verb, "rescu"), "rescue");
        assert_eq!(repair("met", Upos::Verb, "m"), "meet");
        assert_eq!(repair("withdrew", Upos::Verb, "withdr"), "withdraw");
        assert_eq!(repair("planned", Upos::Verb, "plann"), "plan");
        assert_eq!(repair("called", Upos::Verb, "cal"), "call");
        assert_eq!(repair("conferred", Upos::Verb, "conferred"), "confer");
        assert_eq!(repair("ratified", Upos::Verb, "ratified"), "ratify");
        assert_eq!(repair("hiding", Upos::Verb, "hid"), "hide");
        assert_eq!(repair("denied", Upos::Verb, "deni"), "deny");
        assert_eq!(repair("fishermen", Upos::Noun, "fisherme"), "fisherman");
        assert_eq!(repair("allies", Upos::Noun, "alli"), "ally");
    }

    #[test]
    fn sound_lemmas_stay() {
        assert_eq!(repair("attacks", Upos::Noun, "attack"), "attack");
        assert_eq!(repair("crises", Upos::Noun, "crisis"), "crisis");
        assert_eq!(repair("exceed", Upos::Verb, "exceed"), "exceed");
        assert_eq!(repair("bring", Upos::Verb, "bring"), "bring");
        assert_eq!(repair("news", Upos::Noun, "news"), "news");
        assert_eq!(repair("Moscow", Upos::Propn, "Moscow"), "Moscow");
    }
}
