//! Which tables are asked, and what of their answers becomes a feature.

use super::history::View;

/// How a table is read: under which key, which half-lives, and what else of it counts.
pub(super) struct Reading {
    pub(super) view: View,
    /// Looks at the acts of the same relation in the other direction.
    pub(super) reversed: bool,
    /// Which faded counts become features.
    pub(super) spans: &'static [usize],
    /// Which faded counts become features as shares of all that stands under the key.
    pub(super) shares: &'static [usize],
    /// Whether the days since the last time become a feature.
    pub(super) recency: bool,
}

const fn reading(
    view: View,
    reversed: bool,
    spans: &'static [usize],
    shares: &'static [usize],
    recency: bool,
) -> Reading {
    Reading { view, reversed, spans, shares, recency }
}

const ALL: &[usize] = &[0, 1, 2, 3, 4, 5, 6, 7];
pub(super) const READINGS: &[Reading] = &[
    reading(View::PartyLink, false, ALL, &[3, 5, 7], true),
    reading(View::PartyLink, true, &[0, 1, 3, 5, 7], &[5], true),
    reading(View::PartySide, false, ALL, &[3, 7], true),
    reading(View::PartySide, true, &[0, 1, 2, 3, 4, 5, 7], &[3, 7], true),
    reading(View::PartyRoot, false, &[0, 2, 4, 7], &[4, 7], false),
    reading(View::PartyRoot, true, &[0, 2, 4, 7], &[4, 7], false),
    reading(View::PartyQuad, false, &[0, 2, 4, 7], &[4], false),
    reading(View::PartyQuad, true, &[0, 2, 4, 7], &[4], false),
    reading(View::Link, false, &[0, 1, 3, 4, 5, 7], &[3, 5, 7], true),
    reading(View::Link, true, &[1, 5], &[5], false),
    reading(View::Root, false, &[0, 3, 5], &[5], false),
    reading(View::Side, false, &[0, 1, 3, 4, 5, 7], &[4], true),
    reading(View::Side, true, &[1, 4, 7], &[], false),
    reading(View::CountryLink, false, &[2, 5, 7], &[5], false),
    reading(View::Country, false, &[1, 4, 7], &[5], false),
    reading(View::SectorLink, false, &[3, 7], &[5], false),
    reading(View::PartyLinkToCountry, false, &[3, 7], &[5], false),
    reading(View::PartyToCountry, false, &[1, 3, 7], &[4], false),
    reading(View::CountryLinkToCountry, false, &[3, 7], &[5], false),
    reading(View::CountryToCountry, false, &[2, 5], &[5], false),
    reading(View::PartyLinkToSector, false, &[3, 7], &[5], false),
    reading(View::SectorLinkToSector, false, &[7], &[7], false),
];

/// How many numbers the readings give for a candidate.
pub(super) const TABLE_FEATURES: usize = table_features();

const fn table_features() -> usize {
    let mut features = 0;
    let mut number = 0;
    while number < READINGS.len() {
        let reading = &READINGS[number];
        features += reading.spans.len() + reading.shares.len() + reading.recency as usize;
        number += 1;
    }
    features
}
