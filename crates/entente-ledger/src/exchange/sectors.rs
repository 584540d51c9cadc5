//! Sectors as other systems write them.

use super::tables::rows;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A word by system and another word.
type Words = HashMap<(&'static str, &'static str), &'static str>;

/// Sectors by system and name, and names by system and sector.
static SECTORS: LazyLock<(Words, Words)> = LazyLock::new(|| {
    let (mut read, mut written) = (Words::new(), Words::new());
    for row in rows(include_str!("data/sectors.tsv")) {
        if let [system, name, sector] = row.as_slice() {
            read.insert((*system, *name), *sector);
            written.entry((*system, *sector)).or_insert(*name);
        }
    }
    (read, written)
});

/// The PLOVER sectors that ICEWS names, parted by commas, each once, in its order.
pub(super) fn of_icews(names: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    for name in names.split(',') {
        let name = name.trim().to_lowercase();
        if let Some(sector) = SECTORS.0.get(&("icews", name.as_str()))
            && !found.contains(sector)
        {
            found.push(*sector);
        }
    }
    found
}

/// What ICEWS calls a PLOVER sector, with capital letters.
pub(super) fn to_icews(sector: &str) -> Option<String> {
    let name = SECTORS.1.get(&("icews", sector))?;
    let mut letters = name.chars();
    Some(letters.next()?.to_uppercase().chain(letters).collect())
}

/// The PLOVER sector of a CAMEO role code.
pub(super) fn of_cameo(role: &str) -> Option<&'static str> {
    SECTORS.0.get(&("gdelt", role)).copied()
}

/// The CAMEO role code of a PLOVER sector.
pub(super) fn to_cameo(sector: &str) -> Option<&'static str> {
    SECTORS.1.get(&("gdelt", sector)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use entente_world::Sector;

    #[test]
    fn every_name_stands_for_a_sector_of_plover() {
        assert!(SECTORS.0.values().all(|sector| Sector::parse(sector).is_some()));
        assert_eq!(of_icews("Military, Army,Nonsense , Police"), ["MIL", "COP"]);
        assert_eq!(to_icews("GOV").as_deref(), Some("Government"));
        assert_eq!(
            (of_cameo("MED"), of_cameo("HLH"), to_cameo("MED")),
            (Some("JRN"), Some("MED"), Some("HLH"))
        );
    }
}
