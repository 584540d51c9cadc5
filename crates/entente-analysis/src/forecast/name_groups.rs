//! Countries and sectors from names such as `Police_(Australia)`.

use std::collections::{BTreeMap, BTreeSet};

/// The country and sector of each of a list of names; 0 where the name says nothing.
///
/// `Police_(Australia)` is the police of Australia. A name that stands in brackets elsewhere, such as `Australia`, is a
/// country of its own, whose sector is the state. Other names say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameGroups {
    /// Countries, by the position of the name.
    pub countries: Vec<u32>,
    /// Sectors, by the position of the name.
    pub sectors: Vec<u32>,
}

impl NameGroups {
    /// Reads the names.
    pub fn of(names: &[String]) -> Self {
        let in_brackets: BTreeSet<&str> =
            names.iter().filter_map(|name| parts(name)).map(|(_, country)| country).collect();
        let mut countries = Numbers::default();
        let mut sectors = Numbers::default();
        let state = sectors.number("");
        let mut groups = Self::default();
        for name in names {
            let (country, sector) = match parts(name) {
                Some((sector, country)) => (countries.number(country), sectors.number(sector)),
                None if in_brackets.contains(name.as_str()) => (countries.number(name), state),
                None => (0, 0),
            };
            groups.countries.push(country);
            groups.sectors.push(sector);
        }
        groups
    }
}

/// The words before the brackets and those in them.
fn parts(name: &str) -> Option<(&str, &str)> {
    let (sector, country) = name.strip_suffix(')')?.rsplit_once('(')?;
    let sector = sector.trim_end_matches(['_', ' ']);
    (!sector.is_empty() && !country.is_empty()).then_some((sector, country))
}

/// Numbers from 1 in the order of first use.
#[derive(Default)]
struct Numbers<'n>(BTreeMap<&'n str, u32>);

impl<'n> Numbers<'n> {
    fn number(&mut self, name: &'n str) -> u32 {
        let next = self.0.len() as u32 + 1;
        *self.0.entry(name).or_insert(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_give_country_and_sector() {
        let names =
            ["Police_(Peru)", "Peru", "Ana_Ito", "Police (Chad)", "Party_(x)_(Peru)", "()"].map(String::from);
        let groups = NameGroups::of(&names);
        assert_eq!(groups.countries, [1, 1, 0, 2, 1, 0]);
        assert_eq!(groups.sectors, [2, 1, 0, 2, 3, 0]);
    }
}
