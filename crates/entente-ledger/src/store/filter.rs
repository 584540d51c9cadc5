//! Which events are asked for.

use entente_codebook::{Aux, EventType};
use entente_world::Sector;
use jiff::civil::Date;

/// Conditions on events. Conditions of different fields must all hold; of the values of one list, any. An empty
/// list and an absent value are no condition.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EventFilter {
    /// Who acts.
    pub actor: PartyFilter,
    /// Whom it is done to.
    pub recipient: PartyFilter,
    /// Actor or recipient.
    pub party: PartyFilter,
    /// Another party, actor or recipient; with [`Self::party`] the two sides of a dyad in either direction.
    pub other_party: PartyFilter,
    /// On whose word.
    pub claimant: PartyFilter,
    /// Types.
    pub types: Vec<EventType>,
    /// PLOVER modes.
    pub modes: Vec<String>,
    /// Auxiliary modes.
    pub aux: Option<AuxFilter>,
    /// PLOVER contexts.
    pub contexts: Vec<String>,
    /// Quad codes, 1 to 4.
    pub quads: Vec<u8>,
    /// The event's days end on this day or later. An event without a date meets neither this nor `to`.
    pub from: Option<Date>,
    /// The event's days begin on this day or earlier.
    pub to: Option<Date>,
    /// ISO alpha-3 codes of the country where it happened.
    pub countries: Vec<String>,
    /// Places as the text has them, without regard to case.
    pub places: Vec<String>,
    /// Publications, feeds and systems.
    pub sources: Vec<String>,
    /// Least number of claimants; 1 leaves out what the publication says in its own voice.
    pub claim_distance_min: Option<u8>,
    /// Greatest number of claimants; 0 keeps only what the publication says in its own voice.
    pub claim_distance_max: Option<u8>,
    /// Least confidence, 0 to 1.
    pub confidence_min: Option<f64>,
    /// Words that the document has, "phrases in quotes" and begin* of words. Text without a word finds nothing.
    pub text: Option<String>,
    /// Id of the happening.
    pub happening: Option<String>,
    /// Id of the document.
    pub document: Option<String>,
}

/// Conditions on one party of an event. Code and sector must be those of one and the same party.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartyFilter {
    /// ISO alpha-3, or UNO EUR IGO NGO ISM IMG MNC.
    pub codes: Vec<String>,
    /// PLOVER sectors, first or further ones.
    pub sectors: Vec<String>,
    /// Canonical names, without regard to case.
    pub names: Vec<String>,
    /// Wikidata ids.
    pub identifiers: Vec<String>,
}

impl PartyFilter {
    /// Any party of this code.
    pub fn code(code: &str) -> Self {
        Self { codes: vec![code.to_owned()], ..Self::default() }
    }

    /// Any party of this canonical name.
    pub fn name(name: &str) -> Self {
        Self { names: vec![name.to_owned()], ..Self::default() }
    }

    /// Parties as users write them: `RUS`, `MIL`, `RUS:MIL`, `Q7747`, or a name.
    pub fn of_words(words: &[String]) -> Self {
        let mut filter = Self::default();
        for word in words {
            let parts: Vec<&str> = word.split(':').map(str::trim).collect();
            let all_codes = parts
                .iter()
                .all(|part| part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_uppercase()));
            if !all_codes {
                let rest = word.strip_prefix('Q').unwrap_or("");
                let is_wikidata = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
                let list = if is_wikidata { &mut filter.identifiers } else { &mut filter.names };
                list.push(word.clone());
                continue;
            }
            for part in parts {
                let list =
                    if Sector::parse(part).is_some() { &mut filter.sectors } else { &mut filter.codes };
                list.push(part.to_owned());
            }
        }
        filter
    }

    /// True when it is no condition.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
            && self.sectors.is_empty()
            && self.names.is_empty()
            && self.identifiers.is_empty()
    }
}

/// A condition on the auxiliary modes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuxFilter {
    /// None at all: plain current facts.
    None,
    /// At least one of these.
    AnyOf(Vec<Aux>),
    /// None of these.
    Without(Vec<Aux>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_are_told_by_their_form() {
        let words = ["RUS:MIL", "UKR", "Q7747", "Vladimir Putin", "ngo"].map(str::to_owned);
        let filter = PartyFilter::of_words(&words);
        assert_eq!(filter.codes, ["RUS", "UKR"]);
        assert_eq!(filter.sectors, ["MIL"]);
        assert_eq!(filter.identifiers, ["Q7747"]);
        assert_eq!(filter.names, ["Vladimir Putin", "ngo"]);
    }
}
