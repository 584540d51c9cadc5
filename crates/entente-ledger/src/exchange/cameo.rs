//! CAMEO codes: what they are called, how GDELT scores them, and what they are in PLOVER.

use super::tables::rows;
use entente_codebook::EventType;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A code of CAMEO 1.1b3, two to four digits.
#[derive(Debug, Clone, PartialEq)]
pub struct CameoCode {
    /// The digits, with the leading zero.
    pub code: &'static str,
    /// What ICEWS calls it.
    pub name: &'static str,
    /// The Goldstein score that GDELT gives the code, -10 to 10.
    pub goldstein: f64,
    /// PLOVER type; none for plain statements (01), which are no events there.
    pub event: Option<EventType>,
    /// PLOVER mode.
    pub mode: Option<&'static str>,
    /// Whether this is the code that type and mode are written as.
    is_written: bool,
}

static CODES: LazyLock<Vec<CameoCode>> = LazyLock::new(|| {
    let read = |row: Vec<&'static str>| {
        let [code, name, goldstein, event, mode, mark] = row.as_slice() else { return None };
        Some(CameoCode {
            code,
            name,
            goldstein: goldstein.parse().ok()?,
            event: EventType::parse(event),
            mode: (!mode.is_empty()).then_some(*mode),
            is_written: *mark == "*",
        })
    };
    rows(include_str!("data/cameo.tsv")).filter_map(read).collect()
});

static BY_CODE: LazyLock<HashMap<&'static str, &'static CameoCode>> =
    LazyLock::new(|| CODES.iter().map(|code| (code.code, code)).collect());

static BY_NAME: LazyLock<HashMap<String, &'static CameoCode>> =
    LazyLock::new(|| CODES.iter().map(|code| (plain(code.name), code)).collect());

/// The code of these digits, or the nearest above it: of "0872x" that of "0872", of "13y" the general one of 13.
pub fn by_code(digits: &str) -> Option<&'static CameoCode> {
    let digits = digits.trim();
    let known = digits.bytes().take_while(u8::is_ascii_digit).count();
    let mut digits = digits.get(..known)?;
    while digits.len() >= 2 {
        let general = format!("{digits}0");
        if let Some(found) = BY_CODE.get(digits).or_else(|| BY_CODE.get(general.as_str())) {
            return Some(found);
        }
        digits = &digits[..digits.len() - 1];
    }
    None
}

/// The code of a name as ICEWS writes it, without regard to case and marks: "Make_statement", "Make statement".
pub fn by_name(name: &str) -> Option<&'static CameoCode> {
    BY_NAME.get(&plain(name)).copied()
}

/// The code nearest to a PLOVER type with its modes.
pub fn of_plover(event: EventType, modes: &[String]) -> &'static CameoCode {
    let written = || CODES.iter().filter(move |code| code.is_written && code.event == Some(event));
    let by_mode = modes.iter().find_map(|mode| written().find(|code| code.mode == Some(mode.as_str())));
    by_mode
        .or_else(|| written().find(|code| code.mode.is_none()))
        .or_else(|| written().next())
        .unwrap_or(&CODES[0])
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let lines = include_str!("data/cameo.tsv").lines().filter(|line| !line.starts_with('#')).count() - 1;
        assert_eq!(CODES.len(), lines, "every row is read");
        assert_eq!(BY_CODE.len(), CODES.len(), "no code stands twice");
        assert_eq!(BY_NAME.len(), CODES.len(), "no name stands twice");
        for code in CODES.iter() {
            assert!((-10.0..=10.0).contains(&code.goldstein), "{code:?}");
            assert_eq!(code.event.is_none(), code.code.starts_with("01"), "{code:?}");
            if let (Some(event), Some(mode)) = (code.event, code.mode) {
                assert!(event.modes().any(|known| known == mode), "{code:?}");
            }
        }
    }

    #[test]
    fn every_type_is_written_and_read_back() {
        for event in EventType::ALL {
            let code = of_plover(event, &[]);
            assert_eq!(code.event, Some(event));
            for mode in event.modes() {
                assert_eq!(of_plover(event, &[mode.to_owned()]).event, Some(event), "{event} {mode}");
            }
        }
        assert_eq!(of_plover(EventType::Retreat, &["ceasefire".to_owned()]).code, "0871");
        assert_eq!(of_plover(EventType::Assault, &["drone".to_owned()]).code, "1952");
    }

    #[test]
    fn digits_beyond_the_table_fall_back_to_what_is_above() {
        assert_eq!(by_code("0872").unwrap().name, "Ease military blockade");
        assert_eq!(by_code("13y").unwrap().code, "130");
        assert_eq!(by_code("19").unwrap().code, "190");
        assert_eq!(by_code("08729").unwrap().code, "0872");
        assert!(by_code("").is_none() && by_code("x").is_none() && by_code("99").is_none());
    }

    #[test]
    fn names_are_found_however_they_are_spelt() {
        assert_eq!(by_name("Make_statement").unwrap().code, "010");
        assert_eq!(by_name("Return,_release_person(s)").unwrap().code, "0841");
        assert!(by_name("Sing").is_none());
    }
}
