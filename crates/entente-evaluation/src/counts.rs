//! What is counted in a document; sums over documents give every figure.

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Count {
    EventsInGold,
    EventsCoded,
    Typed,
    Dyads,
    Actors,
    Recipients,
    Swapped,
    SectorsMeasured,
    Sectors,
    AuxMeasured,
    Aux,
    ModesInGold,
    Modes,
    ClaimsMeasured,
    ClaimPresence,
    ClaimsInGold,
    ClaimChains,
    DatesInGold,
    Dates,
    StatementDocuments,
    StatementsInGold,
    StatementsCoded,
    Statements,
    Speakers,
    PeopleDocuments,
    PeopleInGold,
    PeopleCoded,
    People,
    PeopleCodes,
    AgesInGold,
    Ages,
}

const COUNTS: usize = Count::Ages as usize + 1;
const TYPES: usize = 16;

/// Events of one type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct TypeCount {
    pub(crate) gold: usize,
    pub(crate) coded: usize,
    pub(crate) found: usize,
}

/// The counts of one document or of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counts {
    values: [usize; COUNTS],
    /// By type, in the order of the types.
    pub(crate) types: [TypeCount; TYPES],
}

impl Default for Counts {
    fn default() -> Self {
        Self { values: [0; COUNTS], types: [TypeCount::default(); TYPES] }
    }
}

impl Counts {
    pub(crate) fn of(&self, count: Count) -> usize {
        self.values[count as usize]
    }

    pub(crate) fn add(&mut self, count: Count, number: usize) {
        self.values[count as usize] += number;
    }

    /// Counts one more where it holds.
    pub(crate) fn note(&mut self, count: Count, holds: bool) {
        self.add(count, usize::from(holds));
    }

    /// Adds another document's counts.
    pub(crate) fn join(&mut self, other: &Self) {
        for (value, more) in self.values.iter_mut().zip(&other.values) {
            *value += more;
        }
        for (known, more) in self.types.iter_mut().zip(&other.types) {
            known.gold += more.gold;
            known.coded += more.coded;
            known.found += more.found;
        }
    }

    /// The sum of those documents.
    pub(crate) fn sum<'c>(documents: impl IntoIterator<Item = &'c Self>) -> Self {
        let mut sum = Self::default();
        for document in documents {
            sum.join(document);
        }
        sum
    }
}
