//! JSON values of a file: one, several, an array of them, or one a line.

use crate::error::InputError;
use serde_json::Value;

/// A value with the line that it begins in, counted from 1.
pub(crate) struct Located {
    pub(crate) line: usize,
    pub(crate) value: Value,
}

/// All values of a text, and what is wrong with it. In JSON lines a bad line costs only itself; elsewhere nothing
/// after the first fault can be read.
pub(crate) fn read(name: &str, text: &str) -> (Vec<Located>, Vec<InputError>) {
    if is_lines(text) { read_lines(name, text) } else { read_stream(name, text) }
}

/// The first line that holds anything is a whole object, or it is broken and the next one begins an object.
fn is_lines(text: &str) -> bool {
    let mut filled = text.lines().filter(|line| !line.trim().is_empty());
    let Some(first) = filled.next() else {
        return true;
    };
    let is_object =
        serde_json::from_str::<serde::de::IgnoredAny>(first).is_ok() && first.trim().starts_with('{');
    let begins_more = first.trim() == "{" || first.trim().starts_with('[');
    is_object || !begins_more && filled.next().is_some_and(|second| second.starts_with('{'))
}

fn read_lines(name: &str, text: &str) -> (Vec<Located>, Vec<InputError>) {
    let mut values = Vec::new();
    let mut faults = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str(line) {
            Ok(value) => values.push(Located { line: index + 1, value }),
            Err(error) => faults.push(InputError::new(name, Some(index + 1), format!("not JSON: {error}"))),
        }
    }
    (values, faults)
}

fn read_stream(name: &str, text: &str) -> (Vec<Located>, Vec<InputError>) {
    let mut values = Vec::new();
    let mut faults = Vec::new();
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    loop {
        let begin = stream.byte_offset();
        let blank = text[begin..].len() - text[begin..].trim_start().len();
        let line = text[..begin + blank].matches('\n').count() + 1;
        match stream.next() {
            Some(Ok(Value::Array(items))) => {
                values.extend(items.into_iter().map(|value| Located { line, value }));
            }
            Some(Ok(value)) => values.push(Located { line, value }),
            Some(Err(error)) => {
                faults.push(InputError::new(name, Some(error.line()), format!("not JSON: {error}")));
                break;
            }
            None => break,
        }
    }
    (values, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_of(text: &str) -> (Vec<usize>, Vec<Option<usize>>) {
        let (values, faults) = read("a", text);
        (values.iter().map(|located| located.line).collect(), faults.iter().map(|fault| fault.line).collect())
    }

    #[test]
    fn a_bad_line_costs_only_itself() {
        assert_eq!(lines_of("{\"a\": 1}\n{\"b\n\n{\"c\": 1}\n"), (vec![1, 4], vec![Some(2)]));
        assert_eq!(lines_of("{\"b\n{\"c\": 1}\n"), (vec![2], vec![Some(1)]));
    }

    #[test]
    fn objects_over_many_lines_and_arrays_are_read() {
        assert_eq!(lines_of("{\n \"a\": 1\n}\n\n{\n \"b\": 2\n}"), (vec![1, 5], vec![]));
        assert_eq!(lines_of("[\n{\"a\": 1},\n{\"b\": 2}\n]"), (vec![1, 1], vec![]));
        assert_eq!(lines_of("{\n \"a\": 1,\n b\n}"), (vec![], vec![Some(3)]));
    }

    #[test]
    fn nothing_holds_nothing() {
        assert_eq!(lines_of(" \n\n"), (vec![], vec![]));
    }
}
