//! Reads the data sets by which the field measures forecasts, and measures ours on them.

use super::error::ForecastError;
use super::evaluation::{Figures, evaluate};
use super::facts::{Catalogue, Fact, cameo_quad};
use super::forecaster::Forecaster;
use super::name_groups::NameGroups;
use super::training::TrainingOptions;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A data set of quadruples: parties and relations by name, facts to learn from, and facts to be forecast.
pub struct Benchmark {
    /// Names of the parties, by their numbers.
    pub entities: Vec<String>,
    /// Names of the relations, by their numbers.
    pub relations: Vec<String>,
    /// The facts to learn from.
    pub known: Vec<Fact>,
    /// The facts to be forecast, all later than the known ones.
    pub asked: Vec<Fact>,
}

impl Benchmark {
    /// Reads `entity2id.txt`, `relation2id.txt`, `train.txt`, `valid.txt` and, if there, `test.txt` of a folder.
    ///
    /// With `test.txt` its facts are asked about and `valid.txt` is known; without, `valid.txt` is asked about. A line of
    /// facts is subject, relation, object and time, separated by tabs; further columns do not count. Times are whole
    /// numbers in any unit: the unit of a day is their greatest common divisor.
    ///
    /// # Errors
    /// When a file cannot be read or a line is not as described.
    pub fn open(folder: &Path) -> Result<Self, ForecastError> {
        let entities = read_names(&folder.join("entity2id.txt"))?;
        let relations = read_names(&folder.join("relation2id.txt"))?;
        let read = |name: &str| read_facts(&folder.join(name), entities.len(), relations.len());
        let mut known = read("train.txt")?;
        let mut asked = read("valid.txt")?;
        if folder.join("test.txt").exists() {
            known.append(&mut asked);
            asked = read("test.txt")?;
        }
        let day = known
            .iter()
            .chain(&asked)
            .fold(0, |divisor, fact| greatest_common_divisor(divisor, fact.day))
            .max(1);
        known.iter_mut().chain(&mut asked).for_each(|fact| fact.day /= day);
        Ok(Self { entities, relations, known, asked })
    }

    /// Asks about the last days of the known facts instead: a held-out part for choosing between models.
    #[must_use]
    pub fn held_out(mut self, days: u32) -> Self {
        let last = self.known.iter().map(|fact| fact.day).max().unwrap_or(0);
        let (known, asked) = self.known.iter().partition(|fact| fact.day + days <= last);
        self.known = known;
        self.asked = asked;
        self
    }

    /// What is known of parties and relations: countries and sectors from names, roots from the caller, none for a
    /// relation without one.
    pub fn catalogue(&self, root: impl Fn(&str) -> Option<u8>) -> Catalogue {
        let groups = NameGroups::of(&self.entities);
        let roots: Vec<u8> = self.relations.iter().map(|name| root(name).unwrap_or(0)).collect();
        Catalogue::new(self.entities.len(), self.relations.len())
            .with_countries(|entity| groups.countries[entity as usize])
            .with_sectors(|entity| groups.sectors[entity as usize])
            .with_roots(|relation| roots[relation as usize])
            .with_quads(|relation| cameo_quad(roots[relation as usize]))
    }

    /// Learns from the known facts and forecasts those asked about.
    ///
    /// # Errors
    /// When there are too few days to learn from, or facts asked about are not later than the known ones.
    pub fn run(
        &self,
        catalogue: &Arc<Catalogue>,
        options: &TrainingOptions,
    ) -> Result<Figures, ForecastError> {
        let mut forecaster = Forecaster::train(catalogue, &self.known, options)?;
        evaluate(&mut forecaster, &self.asked)
    }
}

fn greatest_common_divisor(left: u32, right: u32) -> u32 {
    if right == 0 { left } else { greatest_common_divisor(right, left % right) }
}

fn read_text(path: &Path) -> Result<String, ForecastError> {
    fs::read_to_string(path).map_err(|source| ForecastError::Read { path: path.to_owned(), source })
}

fn fault(path: &Path, line: usize, fault: String) -> ForecastError {
    ForecastError::Line { path: PathBuf::from(path), line: line + 1, fault }
}

/// Names with their numbers, one a line.
fn read_names(path: &Path) -> Result<Vec<String>, ForecastError> {
    let text = read_text(path)?;
    let mut names: Vec<Option<String>> = vec![None; text.lines().count()];
    for (line, row) in text.lines().enumerate() {
        let (name, number) = row.split_once('\t').ok_or_else(|| fault(path, line, "no tab".to_owned()))?;
        let number = number.split('\t').next().unwrap_or_default().trim();
        let place = number.parse().ok().filter(|place: &usize| *place < names.len());
        let place =
            place.ok_or_else(|| fault(path, line, format!("{number:?} is no number below the lines")))?;
        if names[place].replace(name.trim().to_owned()).is_some() {
            return Err(fault(path, line, format!("number {place} is there twice")));
        }
    }
    // As many numbers as places, none twice: each place is filled.
    Ok(names.into_iter().flatten().collect())
}

fn read_facts(path: &Path, entities: usize, relations: usize) -> Result<Vec<Fact>, ForecastError> {
    let mut facts = Vec::new();
    for (line, row) in read_text(path)?.lines().enumerate() {
        let mut cells = row.split('\t');
        let mut cell = |what: &str, end: usize| {
            let text = cells.next().ok_or_else(|| fault(path, line, format!("no {what}")))?.trim();
            let number: Option<u32> = text.parse().ok().filter(|number| (*number as usize) < end);
            number.ok_or_else(|| fault(path, line, format!("{what} {text:?} is no number below {end}")))
        };
        facts.push(Fact {
            actor: cell("subject", entities)?,
            relation: cell("relation", relations)?,
            recipient: cell("object", entities)?,
            day: cell("time", 1 << 30)?,
        });
    }
    Ok(facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    const NAMES: [(&str, &str); 2] =
        [("entity2id.txt", "Chad\t1\nPeru\t0\n"), ("relation2id.txt", "Visit\t0\n")];

    #[test]
    fn hours_become_days() {
        let files =
            [&NAMES[..], &[("train.txt", "0\t0\t1\t0\n1\t0\t0\t24\n"), ("valid.txt", "0\t0\t1\t72\t-1\n")]]
                .concat();
        let benchmark = Benchmark::open(folder(&files).path()).unwrap();
        assert_eq!(benchmark.entities, ["Peru", "Chad"]);
        assert_eq!(benchmark.known.iter().map(|fact| fact.day).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(benchmark.asked, [Fact { day: 3, actor: 0, relation: 0, recipient: 1 }]);
    }

    #[test]
    fn with_a_test_part_the_validation_part_is_known() {
        let files = [
            &NAMES[..],
            &[("train.txt", "0\t0\t1\t1\n"), ("valid.txt", "0\t0\t1\t2\n"), ("test.txt", "0\t0\t1\t3\n")],
        ]
        .concat();
        let benchmark = Benchmark::open(folder(&files).path()).unwrap();
        assert_eq!((benchmark.known.len(), benchmark.asked[0].day), (2, 3));
    }

    #[test]
    fn faults_name_file_and_line() {
        for (train, expected) in [
            ("0\t0\t1\t1\n0\t0\t2\t1\n", "train.txt:2: object \"2\" is no number below 2"),
            ("0\t0\n", "train.txt:1: no object"),
            ("0\t0\t1\t-5\n", "train.txt:1: time \"-5\" is no number below 1073741824"),
        ] {
            let files = [&NAMES[..], &[("train.txt", train), ("valid.txt", "")]].concat();
            let error = Benchmark::open(folder(&files).path()).map(|_| ()).unwrap_err().to_string();
            assert!(error.ends_with(expected), "{error}");
        }
        let files = [("entity2id.txt", "Chad\t0\nPeru\t0\n"), ("relation2id.txt", "Visit\t0\n")];
        let error = Benchmark::open(folder(&files).path()).map(|_| ()).unwrap_err().to_string();
        assert!(error.ends_with("entity2id.txt:2: number 0 is there twice"), "{error}");
    }
}
