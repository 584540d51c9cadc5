//! Tables of faded counts: under a key, the targets that were seen with it.

use super::decay::{Counts, Fading};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Hashes whole numbers by one multiplication. The keys come from the caller's own numbering, so nobody can choose
/// them to collide.
#[derive(Clone, Copy, Default)]
pub(crate) struct NumberHasher(u64);

impl Hasher for NumberHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 29);
    }
}

pub(crate) type NumberMap<V> = HashMap<u64, V, BuildHasherDefault<NumberHasher>>;

/// What was seen under one key, in the order in which it was first seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    pub(crate) total: Counts,
    pub(crate) targets: Vec<(u32, Counts)>,
}

/// Rows by key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    rows_by_key: NumberMap<u32>,
    rows: Vec<Row>,
    places: NumberMap<u32>,
}

impl Table {
    pub(crate) fn row(&self, key: u64) -> Option<&Row> {
        self.rows_by_key.get(&key).map(|row| &self.rows[*row as usize])
    }

    /// Counts one happening on a day.
    pub(crate) fn add(&mut self, fading: &Fading, day: u32, key: u64, target: u32) {
        let next_row = self.rows.len() as u32;
        let row_number = *self.rows_by_key.entry(key).or_insert(next_row);
        if row_number == next_row {
            self.rows.push(Row::default());
        }
        let row = &mut self.rows[row_number as usize];
        let next_place = row.targets.len() as u32;
        let place = *self.places.entry(place_key(row_number, target)).or_insert(next_place);
        if place == next_place {
            row.targets.push((target, Counts::begun(day)));
        }
        fading.add(day, &mut row.targets[place as usize].1);
        fading.add(day, &mut row.total);
    }
}

fn place_key(row: u32, target: u32) -> u64 {
    u64::from(row) << 32 | u64::from(target)
}
