//! How much each feature counts: `data/weights.toml`, fitted on the training part of `corpus/happenings`.

use super::features::FEATURE_NAMES;
use serde::Deserialize;
use std::collections::BTreeMap;
use thiserror::Error;

/// Weights of the features, and from what probability reports are joined.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// Mean probability over the pairs of two groups of reports from which they become one happening.
    pub join: f64,
    /// How much a better match among the other events of a document counts against a pair.
    pub rival: f64,
    values: [f64; FEATURE_NAMES.len()],
}

/// What is wrong with a file of weights.
#[derive(Debug, Error)]
pub enum WeightsError {
    /// Not TOML of the format; the message has the line.
    #[error("weights: {0}")]
    Format(#[from] toml::de::Error),
    /// A feature has no weight.
    #[error("weights: no weight for feature \"{0}\"")]
    Missing(&'static str),
    /// A weight for no feature.
    #[error("weights: unknown feature \"{0}\"")]
    Unknown(String),
    /// `join` is no probability.
    #[error("weights: join is {0}, not between 0 and 1")]
    Join(f64),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    join: f64,
    rival: f64,
    weights: BTreeMap<String, f64>,
}

impl Weights {
    /// The weights that come with the program.
    pub fn built_in() -> Self {
        #[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
        Self::parse(include_str!("data/weights.toml")).expect("the built-in weights are well formed")
    }

    /// Reads weights.
    pub fn parse(text: &str) -> Result<Self, WeightsError> {
        let mut file: File = toml::from_str(text)?;
        if !(0.0..=1.0).contains(&file.join) {
            return Err(WeightsError::Join(file.join));
        }
        let mut values = [0.0; FEATURE_NAMES.len()];
        for (value, name) in values.iter_mut().zip(FEATURE_NAMES) {
            *value = file.weights.remove(name).ok_or(WeightsError::Missing(name))?;
        }
        if let Some((name, _)) = file.weights.pop_first() {
            return Err(WeightsError::Unknown(name));
        }
        Ok(Self { join: file.join, rival: file.rival, values })
    }

    /// The logistic function of the weighted sum of the features.
    pub fn probability(&self, features: &[f64; FEATURE_NAMES.len()]) -> f64 {
        let sum: f64 = self.values.iter().zip(features).map(|(weight, value)| weight * value).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_weights_are_read() {
        let weights = Weights::built_in();
        assert!((0.2..0.9).contains(&weights.join));
    }

    #[test]
    fn wrong_files_are_refused_with_what_is_wrong() {
        let all: Vec<String> = FEATURE_NAMES.iter().map(|name| format!("{name} = 0.5")).collect();
        let file = |join: &str, lines: &[String]| {
            format!("join = {join}\nrival = 0.5\n[weights]\n{}", lines.join("\n"))
        };
        let message = |text: String| Weights::parse(&text).unwrap_err().to_string();
        assert!(Weights::parse(&file("0.5", &all)).is_ok());
        assert_eq!(message(file("0.5", &all[1..])), "weights: no weight for feature \"constant\"");
        assert_eq!(
            message(file("0.5", &[all.clone(), vec!["weather = 1.0".into()]].concat())),
            "weights: unknown feature \"weather\""
        );
        assert_eq!(message(file("7.0", &all)), "weights: join is 7, not between 0 and 1");
        assert!(message(file("x", &all)).contains("line 1"));
    }
}
