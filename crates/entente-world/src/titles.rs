//! Words that stand before a name without being part of it, and what they tell.

/// What a form of address tells about gender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Gender {
    Male,
    Female,
}

const MALE: &[&str] =
    &["mr", "mr.", "sir", "lord", "king", "prince", "emir", "sheikh", "sheik", "sultan", "pope", "ayatollah"];
const FEMALE: &[&str] =
    &["mrs", "mrs.", "ms", "ms.", "miss", "dame", "lady", "queen", "princess", "madam", "madame", "baroness"];
const NEUTRAL: &[&str] = &[
    "dr",
    "dr.",
    "prof",
    "prof.",
    "professor",
    "rev",
    "rev.",
    "reverend",
    "gen",
    "gen.",
    "lt",
    "lt.",
    "col",
    "col.",
    "maj",
    "maj.",
    "capt",
    "capt.",
    "sgt",
    "sgt.",
    "adm",
    "adm.",
    "sen",
    "sen.",
    "rep",
    "rep.",
    "gov",
    "gov.",
    "hon",
    "hon.",
    "st",
    "st.",
    "brig",
    "brig.",
    "cmdr",
    "cmdr.",
    "doctor",
    "saint",
    "haji",
    "mullah",
    "maulana",
    "imam",
];
const RANKS: &[(&str, &str)] = &[
    ("gen", "general"),
    ("lt", "lieutenant"),
    ("col", "colonel"),
    ("maj", "major"),
    ("capt", "captain"),
    ("sgt", "sergeant"),
    ("adm", "admiral"),
    ("sen", "senator"),
    ("rep", "representative"),
    ("gov", "governor"),
    ("brig", "brigadier"),
    ("cmdr", "commander"),
    ("prof", "professor"),
];

/// True for a form of address or an abbreviated rank, given in lower case.
pub(crate) fn is_address(word: &str) -> bool {
    MALE.contains(&word) || FEMALE.contains(&word) || NEUTRAL.contains(&word)
}

/// The gender that a form of address tells, given in lower case.
pub(crate) fn gender_of_address(word: &str) -> Option<Gender> {
    if MALE.contains(&word) {
        return Some(Gender::Male);
    }
    FEMALE.contains(&word).then_some(Gender::Female)
}

/// The full noun behind an abbreviated rank.
pub(crate) fn full_rank(word: &str) -> Option<&'static str> {
    let bare = word.trim_end_matches('.');
    RANKS.iter().find(|(short, _)| *short == bare).map(|(_, full)| *full)
}

/// True for words that say that an office is over.
pub(crate) fn is_former(word: &str) -> bool {
    matches!(
        word,
        "former"
            | "ex"
            | "late"
            | "onetime"
            | "one-time"
            | "deposed"
            | "ousted"
            | "retired"
            | "toppled"
            | "then"
    )
}

/// True for words that part a holder from an office not yet or no longer held, but keep his standing.
pub(crate) fn is_shadow(word: &str) -> bool {
    matches!(word, "shadow" | "opposition")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_tells_gender_where_it_can() {
        assert_eq!(gender_of_address("mrs"), Some(Gender::Female));
        assert_eq!(gender_of_address("mr."), Some(Gender::Male));
        assert_eq!(gender_of_address("dr"), None);
        assert!(is_address("dr."));
        assert_eq!(full_rank("gen."), Some("general"));
    }
}
