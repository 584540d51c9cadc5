//! Runs a codebook's examples: what each expects against what the coder finds.

use crate::{Coder, Error};
use entente_codebook::{Aux, Example, ExpectedEvent};
use entente_coder::record::{Entity, Event};
use entente_text::{Document, DocumentParts};
use std::fmt;

/// An example that came out differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// File and line of the example.
    pub place: String,
    /// Its text.
    pub text: String,
    /// What differs, one line each.
    pub differences: Vec<String>,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}: {}", self.place, self.text)?;
        for difference in &self.differences {
            writeln!(out, "    {difference}")?;
        }
        Ok(())
    }
}

/// Codes every example of the coder's codebook and returns those that differ, in order.
///
/// # Errors
/// When the language model fails.
pub fn check(coder: &Coder) -> Result<Vec<Mismatch>, Error> {
    let mut mismatches = Vec::new();
    for example in &coder.codebook().examples {
        let differences = differences(coder, example)?;
        if !differences.is_empty() {
            let (place, text) = (example.place.clone(), example.text.clone());
            mismatches.push(Mismatch { place, text, differences });
        }
    }
    Ok(mismatches)
}

fn differences(coder: &Coder, example: &Example) -> Result<Vec<String>, Error> {
    let published = example.published.as_deref().and_then(|date| date.parse().ok());
    let parts = DocumentParts { body: example.text.clone(), published, ..DocumentParts::default() };
    let found = coder.code(&Document::new(parts))?.events;
    let mut unused: Vec<&Event> = found.iter().collect();
    let mut differences = Vec::new();
    for expected in &example.events {
        let fits = |event: &&Event| {
            event.event == expected.event && overlaps(&event.trigger.text, &expected.trigger)
        };
        match unused.iter().position(fits) {
            Some(at) => compare(expected, unused.remove(at), &mut differences),
            None => differences.push(format!("missing {} \"{}\"", expected.event, expected.trigger)),
        }
    }
    differences
        .extend(unused.iter().map(|event| format!("unexpected {} \"{}\"", event.event, event.trigger.text)));
    Ok(differences)
}

/// True when two triggers share a word.
fn overlaps(found: &str, expected: &str) -> bool {
    let words = |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_lowercase).collect() };
    let expected = words(expected);
    words(found).iter().any(|word| expected.contains(word))
}

fn compare(expected: &ExpectedEvent, found: &Event, differences: &mut Vec<String>) {
    let mut differ = |what: &str, wanted: String, got: String| {
        if wanted != got {
            differences.push(format!(
                "{} \"{}\": {what} is [{got}], not [{wanted}]",
                found.event, found.trigger.text
            ));
        }
    };
    if let Some(mode) = &expected.mode {
        differ("mode", sorted(mode.clone()), sorted(found.mode.clone()));
    }
    differ("aux", names(&expected.aux), names(&found.aux));
    for (what, wanted, got) in
        [("actor", &expected.actor, &found.actor), ("recipient", &expected.recipient, &found.recipient)]
    {
        if let Some(wanted) = wanted {
            differ(what, sorted(wanted.clone()), sorted(codes(got)));
        }
    }
    if let Some(claim) = &expected.claim {
        differ("claim", claim.join(", "), codes(&found.claim).join(", "));
    }
}

fn names(aux: &[Aux]) -> String {
    sorted(aux.iter().map(|aux| aux.as_str().to_owned()).collect())
}

fn codes(entities: &[Entity]) -> Vec<String> {
    let code = |entity: &Entity| {
        let parts = [entity.code.as_deref(), entity.sector.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    entities.iter().map(code).collect()
}

fn sorted(mut values: Vec<String>) -> String {
    values.sort();
    values.dedup();
    values.join(", ")
}
