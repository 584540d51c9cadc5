//! What is wrong with an input.

use std::fmt;

/// One fault of an input: the file, the line where it is known, and what is wrong. The rest of the input goes in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct InputError {
    /// The file as the caller names it.
    pub name: String,
    /// Line, counted from 1, where the format has lines.
    pub line: Option<usize>,
    /// What is wrong.
    pub reason: String,
}

impl InputError {
    pub(crate) fn new(name: &str, line: Option<usize>, reason: impl Into<String>) -> Self {
        Self { name: name.to_owned(), line, reason: reason.into() }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(out, "{}:{line}: {}", self.name, self.reason),
            None => write!(out, "{}: {}", self.name, self.reason),
        }
    }
}
