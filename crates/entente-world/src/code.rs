//! Actor codes: ISO 3166-1 alpha-3 for states, PLOVER's six for the rest.

use std::fmt;

/// A three-letter actor code, such as `RUS` or `UNO`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code([u8; 3]);

impl Code {
    /// The United Nations and its bodies.
    pub const UNO: Self = Self(*b"UNO");
    /// The European Union and its bodies.
    pub const EUR: Self = Self(*b"EUR");
    /// Other intergovernmental organisations.
    pub const IGO: Self = Self(*b"IGO");
    /// Non-governmental organisations.
    pub const NGO: Self = Self(*b"NGO");
    /// International social movements.
    pub const ISM: Self = Self(*b"ISM");
    /// Transnational armed groups.
    pub const IMG: Self = Self(*b"IMG");
    /// Multinational companies.
    pub const MNC: Self = Self(*b"MNC");

    const NOT_STATES: [Self; 7] =
        [Self::UNO, Self::EUR, Self::IGO, Self::NGO, Self::ISM, Self::IMG, Self::MNC];

    /// Reads three upper-case ASCII letters; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let letters: [u8; 3] = text.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_uppercase).then_some(Self(letters))
    }

    /// The three letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("")
    }

    /// True for the code of a state, false for PLOVER's codes of international actors.
    pub fn is_state(self) -> bool {
        !Self::NOT_STATES.contains(&self)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_three_capitals_are_a_code() {
        assert_eq!(Code::parse("RUS").unwrap().to_string(), "RUS");
        for wrong in ["", "ru", "rus", "RUSS", "R1S", "ÄÖ"] {
            assert_eq!(Code::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn international_codes_are_not_states() {
        assert!(Code::parse("RUS").unwrap().is_state());
        assert!(!Code::parse("UNO").unwrap().is_state());
    }
}
