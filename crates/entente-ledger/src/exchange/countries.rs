//! Countries as other systems name and number them.

use super::tables::rows;
use entente_world::{Code, Reading, Registry};
use std::collections::HashMap;
use std::sync::LazyLock;

/// One code by another.
type Codes = HashMap<&'static str, &'static str>;

/// FIPS 10-4 by ISO alpha-3, and back.
static FIPS: LazyLock<(Codes, Codes)> = LazyLock::new(|| {
    let (mut fips, mut iso) = (Codes::new(), Codes::new());
    for row in rows(include_str!("data/fips.tsv")) {
        if let [code, fips_code] = row.as_slice() {
            fips.entry(*code).or_insert(*fips_code);
            iso.insert(*fips_code, *code);
        }
    }
    (fips, iso)
});

/// Alpha-3 codes of CAMEO that are older than ISO's.
const OLDER_CODES: [(&str, &str); 6] =
    [("ROM", "ROU"), ("TMP", "TLS"), ("ZAR", "COD"), ("SCG", "SRB"), ("YUG", "SRB"), ("MTN", "MNE")];

/// The ISO alpha-3 code of a country by its name, its code, or a code that CAMEO has for it.
pub(super) fn code_of(name: &str) -> Option<String> {
    let name = name.trim();
    if name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let newer = OLDER_CODES.iter().find(|(older, _)| *older == name).map_or(name, |(_, newer)| *newer);
        return Code::parse(newer).filter(|code| is_known(*code)).map(|code| code.as_str().to_owned());
    }
    let registry = Registry::embedded();
    registry.lookup(name).iter().find_map(|reading| match reading {
        Reading::State(state) => {
            registry.states().get(*state as usize).map(|state| state.code.as_str().to_owned())
        }
        _ => None,
    })
}

fn is_known(code: Code) -> bool {
    !code.is_state() || Registry::embedded().state(code).is_some()
}

/// The usual English name of a state.
pub(super) fn name_of(code: &str) -> Option<&'static str> {
    Registry::embedded().state(Code::parse(code)?).map(|state| state.name)
}

/// The Correlates of War number of a state.
pub(super) fn cow_of(code: &str) -> Option<u16> {
    Registry::embedded().state(Code::parse(code)?)?.cow
}

/// FIPS 10-4 of an ISO alpha-3 code.
pub(super) fn fips_of(code: &str) -> Option<&'static str> {
    FIPS.0.get(code).copied()
}

/// ISO alpha-3 of a FIPS 10-4 code.
pub(super) fn of_fips(fips: &str) -> Option<&'static str> {
    FIPS.1.get(fips).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_by_name_and_codes() {
        assert_eq!(code_of("Russia").as_deref(), Some("RUS"));
        assert_eq!(code_of("South Korea").as_deref(), Some("KOR"));
        assert_eq!(code_of("ROM").as_deref(), Some("ROU"));
        assert_eq!(code_of("QQQ"), None);
        assert_eq!(code_of("Atlantis"), None);
        assert_eq!((cow_of("RUS"), name_of("RUS")), (Some(365), Some("Russia")));
        assert_eq!((fips_of("RUS"), of_fips("GM")), (Some("RS"), Some("DEU")));
    }

    #[test]
    fn nearly_every_state_has_a_fips_code() {
        let without: Vec<&str> = Registry::embedded()
            .states()
            .iter()
            .map(|state| state.name)
            .filter(|name| code_of(name).is_none_or(|code| fips_of(&code).is_none()))
            .collect();
        assert!(without.len() < 4, "{without:?}");
    }
}
