//! What the history says of each candidate for the other end of a question.

use super::decay::{Counts, SPANS};
use super::history::{History, Link, Target, View};
use super::readings::{READINGS, Reading, TABLE_FEATURES};

/// "With whom does this party stand in this link on the history's day?"
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Question {
    /// The party that is known.
    pub party: u32,
    /// What is done, and whether the known party does it or has it done to it.
    pub link: Link,
}

/// Features that do not come from one table: see [`Examiner::compare_groups`] and [`Examiner::follow_ties`].
const GROUP_FEATURES: usize = 5;
const TIE_FEATURES: usize = 8;

/// Features of a candidate.
pub(crate) const FEATURES: usize = TABLE_FEATURES + GROUP_FEATURES + TIE_FEATURES;
/// Features of a question, the same for all its candidates.
pub(crate) const QUESTION_FEATURES: usize = READINGS.len() * 2 + 7 + 2;
const NO_SLOT: u32 = u32::MAX;

/// Counts on the scale on which one more matters less the more there are.
pub(crate) fn scaled(count: f32) -> f32 {
    (1.0 + 8.0 * count).ln() * 0.5
}

/// The candidates of one question with their features, row by row.
#[derive(Default)]
pub(crate) struct Examined {
    pub(crate) candidates: Vec<u32>,
    pub(crate) rows: Vec<f32>,
    pub(crate) question: Vec<f32>,
    /// What was done between the party and candidates: row of the candidate, link, faded counts.
    pub(crate) acts: Vec<(u32, Link, [f32; ACT_FEATURES])>,
}

/// How an act between the two counts for what follows it: lately, within weeks, ever.
pub(crate) const ACT_FEATURES: usize = 3;

/// Works out features; keeps its buffers between questions.
pub(crate) struct Examiner {
    slots: Vec<u32>,
    group_values: Vec<f32>,
    group_stamps: Vec<u32>,
    stamp: u32,
    prior: Vec<f32>,
    likeness: [Vec<f32>; 2],
    /// Whose likeness it is, in which state of the history.
    likeness_of: Option<(u32, u64)>,
}

impl Examiner {
    pub(crate) fn new(entities: usize) -> Self {
        Self {
            slots: vec![NO_SLOT; entities],
            group_values: Vec::new(),
            group_stamps: Vec::new(),
            stamp: 0,
            prior: vec![0.0; entities],
            likeness: [vec![0.0; entities], vec![0.0; entities]],
            likeness_of: None,
        }
    }

    /// A rough score of every party as an answer, good enough to find those worth a closer look.
    pub(crate) fn rough_scores(&mut self, history: &History, question: Question) -> &[f32] {
        let catalogue = &history.catalogue;
        self.prior.fill(0.0);
        for (view, recent, ever) in [
            (View::PartyLink, 1.0, 0.6),
            (View::Party, 0.8, 0.4),
            (View::Link, 0.5, 0.1),
            (View::Side, 0.3, 0.0),
        ] {
            let Some(key) = view.key(catalogue, question.party, question.link) else { continue };
            let Some(row) = history.table(view).row(key) else { continue };
            for (target, counts) in &row.targets {
                let faded = history.fading.on(history.day(), counts);
                self.prior[*target as usize] += recent * scaled(faded[4]) + ever * scaled(faded[7]);
            }
        }
        let country = catalogue.country(question.party);
        if country != 0 {
            for (entity, prior) in self.prior.iter_mut().enumerate() {
                *prior += if catalogue.country(entity as u32) == country { 0.5 } else { 0.0 };
            }
        }
        &self.prior
    }

    /// Fills in the features of the candidates already named in `examined`.
    pub(crate) fn examine(&mut self, history: &History, question: Question, examined: &mut Examined) {
        examined.question.resize(QUESTION_FEATURES, 0.0);
        examined.rows.clear();
        examined.rows.resize(examined.candidates.len() * FEATURES, 0.0);
        for (slot, candidate) in examined.candidates.iter().enumerate() {
            self.slots[*candidate as usize] = slot as u32;
        }
        let mut offset = 0;
        for (number, reading) in READINGS.iter().enumerate() {
            self.read(history, question, reading, number, offset, examined);
            offset += reading.spans.len() + reading.shares.len() + usize::from(reading.recency);
        }
        compare_groups(history, question, examined);
        self.follow_ties(history, question, examined);
        self.note_acts(history, question, examined);
        let weekday = &mut examined.question[READINGS.len() * 2..];
        weekday.fill(0.0);
        weekday[history.day() as usize % 7] = 1.0;
        weekday[7] = f32::from(u8::from(question.link.passive));
        weekday[8] = scaled(history.ties(0, question.party).len() as f32) * 0.5;
        for candidate in &examined.candidates {
            self.slots[*candidate as usize] = NO_SLOT;
        }
    }

    fn read(
        &mut self,
        history: &History,
        question: Question,
        reading: &Reading,
        number: usize,
        offset: usize,
        examined: &mut Examined,
    ) {
        let catalogue = &history.catalogue;
        examined.question[number * 2..number * 2 + 2].fill(0.0);
        let link = if reading.reversed { question.link.reversed() } else { question.link };
        let Some(key) = reading.view.key(catalogue, question.party, link) else { return };
        let Some(row) = history.table(reading.view).row(key) else { return };
        let totals = history.fading.on(history.day(), &row.total);
        examined.question[number * 2] = scaled(totals[3]) * 0.5;
        examined.question[number * 2 + 1] = scaled(totals[7]) * 0.5;
        let target = reading.view.target();
        if target == Target::Party {
            for (other, counts) in &row.targets {
                let slot = self.slots[*other as usize];
                if slot != NO_SLOT {
                    let start = slot as usize * FEATURES + offset;
                    write(history, reading, counts, &totals, &mut examined.rows[start..]);
                }
            }
            return;
        }
        let width = reading.spans.len() + reading.shares.len();
        self.stamp += 1;
        for (group, counts) in &row.targets {
            let group = *group as usize;
            if self.group_stamps.len() <= group {
                self.group_stamps.resize(group + 1, 0);
            }
            if self.group_values.len() < (group + 1) * width.max(8) {
                self.group_values.resize((group + 1) * width.max(8), 0.0);
            }
            self.group_stamps[group] = self.stamp;
            write(history, reading, counts, &totals, &mut self.group_values[group * width..]);
        }
        for (slot, candidate) in examined.candidates.iter().enumerate() {
            let Some(group) = reading.view.target_of(catalogue, question.party, *candidate) else { continue };
            let group = group as usize;
            if self.group_stamps.get(group) == Some(&self.stamp) {
                let start = slot * FEATURES + offset;
                examined.rows[start..start + width]
                    .copy_from_slice(&self.group_values[group * width..(group + 1) * width]);
            }
        }
    }

    /// Looks at what those do whom the party is tied to, and those who are tied to the same others as it is.
    fn follow_ties(&mut self, history: &History, question: Question, examined: &mut Examined) {
        let offset = TABLE_FEATURES + GROUP_FEATURES;
        self.liken(history, question.party);
        let table = history.table(View::PartyLink);
        let day = history.day();
        for kind in 0..2 {
            for (neighbour, weight) in history.ties(kind, question.party) {
                let Some(key) = View::PartyLink.key(&history.catalogue, *neighbour, question.link) else {
                    continue;
                };
                let Some(row) = table.row(key) else { continue };
                for (other, counts) in &row.targets {
                    let slot = self.slots[*other as usize];
                    if slot != NO_SLOT {
                        let faded = history.fading.on(day, counts);
                        examined.rows[slot as usize * FEATURES + offset + kind] +=
                            weight * faded[if kind == 0 { 5 } else { 2 }];
                    }
                }
            }
        }
        let doers = View::Link
            .key(&history.catalogue, question.party, question.link.reversed())
            .and_then(|key| history.table(View::Link).row(key));
        for (doer, _) in doers.map_or(&[][..], |row| &row.targets) {
            let alike = [self.likeness[0][*doer as usize], self.likeness[1][*doer as usize]];
            if alike[0] < 0.02 && alike[1] < 0.02 || *doer == question.party {
                continue;
            }
            let Some(key) = View::PartyLink.key(&history.catalogue, *doer, question.link) else { continue };
            let Some(row) = table.row(key) else { continue };
            for (other, counts) in &row.targets {
                let slot = self.slots[*other as usize];
                if slot != NO_SLOT {
                    let faded = history.fading.on(day, counts);
                    let start = slot as usize * FEATURES + offset;
                    examined.rows[start + 2] += alike[0] * faded[5];
                    examined.rows[start + 3] += alike[1] * faded[2];
                    examined.rows[start + 4] += alike[0] * faded[7];
                }
            }
        }
        for (slot, candidate) in examined.candidates.iter().enumerate() {
            let start = slot * FEATURES + offset;
            for value in &mut examined.rows[start..start + 5] {
                *value = scaled(*value);
            }
            let alike = [self.likeness[0][*candidate as usize], self.likeness[1][*candidate as usize]];
            examined.rows[start + 5] = alike[0].sqrt() * 2.0;
            examined.rows[start + 6] = alike[1].sqrt() * 2.0;
            examined.rows[start + 7] = scaled(history.ties(0, *candidate).len() as f32) * 0.5;
        }
    }

    /// How alike every party is to one: the cosine of their ties.
    fn liken(&mut self, history: &History, party: u32) {
        if self.likeness_of == Some((party, history.state())) {
            return;
        }
        for kind in 0..2 {
            let likeness = &mut self.likeness[kind];
            likeness.fill(0.0);
            for (neighbour, weight) in history.ties(kind, party) {
                for (other, other_weight) in history.ties(kind, *neighbour) {
                    likeness[*other as usize] += weight * other_weight;
                }
            }
        }
        self.likeness_of = Some((party, history.state()));
    }

    fn note_acts(&self, history: &History, question: Question, examined: &mut Examined) {
        examined.acts.clear();
        for act in history.acts(question.party) {
            let slot = self.slots[act.other as usize];
            if slot != NO_SLOT {
                let faded = history.fading.on(history.day(), &act.counts);
                examined.acts.push((slot, act.link, [scaled(faded[1]), scaled(faded[4]), scaled(faded[7])]));
            }
        }
    }
}

/// Writes what a table says of one target.
fn write(history: &History, reading: &Reading, counts: &Counts, totals: &[f32; SPANS], into: &mut [f32]) {
    let faded = history.fading.on(history.day(), counts);
    for (place, span) in reading.spans.iter().enumerate() {
        into[place] = scaled(faded[*span]);
    }
    let shares = &mut into[reading.spans.len()..];
    for (place, span) in reading.shares.iter().enumerate() {
        shares[place] = 2.0 * (faded[*span] / (totals[*span] + 0.5)).sqrt();
    }
    if reading.recency {
        shares[reading.shares.len()] = 2.0 / (history.day() - counts.last) as f32;
    }
}

/// What party and candidate share beforehand.
fn compare_groups(history: &History, question: Question, examined: &mut Examined) {
    let catalogue = &history.catalogue;
    let country = catalogue.country(question.party);
    let sector = catalogue.sector(question.party);
    for (slot, candidate) in examined.candidates.iter().enumerate() {
        let other_country = catalogue.country(*candidate);
        let other_sector = catalogue.sector(*candidate);
        let flags = [
            country != 0 && country == other_country,
            sector != 0 && sector == other_sector,
            other_country != 0,
            *candidate == question.party,
            country != 0 && other_country != 0 && country != other_country,
        ];
        let start = slot * FEATURES + TABLE_FEATURES;
        for (value, flag) in examined.rows[start..start + GROUP_FEATURES].iter_mut().zip(flags) {
            *value = f32::from(u8::from(flag));
        }
    }
}
