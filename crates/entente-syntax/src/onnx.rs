//! Reads the weights of an ONNX file (onnx.ai, protocol buffers) without its graph.

use crate::error::SyntaxError;
use std::borrow::Cow;
use std::collections::HashMap;

/// Numbers of the fields that are read, from `onnx.proto`.
const MODEL_GRAPH: u64 = 7;
const GRAPH_INITIALIZER: u64 = 5;
const TENSOR_DIMENSIONS: u64 = 1;
const TENSOR_TYPE: u64 = 2;
const TENSOR_NAME: u64 = 8;
const TENSOR_RAW_DATA: u64 = 9;
/// Element types of a tensor.
const FLOAT: u64 = 1;
const INT8: u64 = 3;

/// Bytes of a file: compiled into the program, or read at run time.
pub(crate) type FileBytes = Cow<'static, [u8]>;

/// A tensor as the file holds it.
#[derive(Debug, Default)]
struct RawTensor {
    dimensions: Vec<usize>,
    element: u64,
    /// Byte range in the file.
    data: (usize, usize),
}

/// The named weights of one file.
pub(crate) struct Weights {
    file: &'static str,
    bytes: FileBytes,
    tensors: HashMap<String, RawTensor>,
}

/// A table of int8 numbers, row by row.
pub(crate) struct Int8Table {
    /// Number of rows.
    pub(crate) rows: usize,
    /// Numbers in a row.
    pub(crate) columns: usize,
    /// The numbers in two's complement.
    pub(crate) bytes: Cow<'static, [u8]>,
}

impl Weights {
    /// Finds the weights of a file; `file` is its name for errors.
    pub(crate) fn new(file: &'static str, bytes: FileBytes) -> Result<Self, SyntaxError> {
        let tensors = read_model(&bytes)
            .ok_or_else(|| SyntaxError::InvalidGraph { file, reason: "it is no ONNX file".to_owned() })?;
        Ok(Self { file, bytes, tensors })
    }

    /// A table of floats with its rows and columns. A vector is one row; leading dimensions of 1 do not count.
    pub(crate) fn floats(&self, name: &str) -> Result<(Vec<f32>, usize, usize), SyntaxError> {
        let (tensor, rows, columns) = self.table(name, FLOAT, size_of::<f32>())?;
        let bytes = &self.bytes[tensor.data.0..tensor.data.1];
        let values = bytes.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        Ok((values, rows, columns))
    }

    /// A vector of floats of a known length.
    pub(crate) fn vector(&self, name: &str, length: usize) -> Result<Vec<f32>, SyntaxError> {
        let (values, _, _) = self.floats(name)?;
        if values.len() == length {
            return Ok(values);
        }
        Err(self.invalid(format!("{name} has {} numbers instead of {length}", values.len())))
    }

    /// A table of int8 numbers.
    pub(crate) fn int8(&self, name: &str) -> Result<Int8Table, SyntaxError> {
        let (tensor, rows, columns) = self.table(name, INT8, 1)?;
        let (start, end) = tensor.data;
        let bytes = match &self.bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[start..end]),
            Cow::Owned(bytes) => Cow::Owned(bytes[start..end].to_vec()),
        };
        Ok(Int8Table { rows, columns, bytes })
    }

    /// True where the file has a tensor of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.tensors.contains_key(name)
    }

    /// An error about this file.
    pub(crate) fn invalid(&self, reason: String) -> SyntaxError {
        SyntaxError::InvalidGraph { file: self.file, reason }
    }

    fn table(
        &self,
        name: &str,
        element: u64,
        size: usize,
    ) -> Result<(&RawTensor, usize, usize), SyntaxError> {
        let tensor = self.tensors.get(name).ok_or_else(|| self.invalid(format!("it lacks {name}")))?;
        let (rows, columns) = match tensor.dimensions.as_slice() {
            [] => (1, 1),
            [columns] => (1, *columns),
            [leading @ .., rows, columns] if leading.iter().all(|size| *size == 1) => (*rows, *columns),
            _ => return Err(self.invalid(format!("{name} is no table"))),
        };
        let expected = rows.checked_mul(columns).and_then(|count| count.checked_mul(size));
        if tensor.element != element || expected != Some(tensor.data.1 - tensor.data.0) {
            return Err(self.invalid(format!("{name} has other numbers than expected")));
        }
        Ok((tensor, rows, columns))
    }
}

fn read_model(bytes: &[u8]) -> Option<HashMap<String, RawTensor>> {
    let mut tensors = HashMap::new();
    let mut has_graph = false;
    for field in fields(bytes, 0, bytes.len()) {
        let (MODEL_GRAPH, Value::Bytes(start, end)) = field? else { continue };
        has_graph = true;
        for graph_field in fields(bytes, start, end) {
            let (GRAPH_INITIALIZER, Value::Bytes(start, end)) = graph_field? else { continue };
            let (name, tensor) = read_tensor(bytes, start, end)?;
            tensors.insert(name, tensor);
        }
    }
    has_graph.then_some(tensors)
}

fn read_tensor(bytes: &[u8], start: usize, end: usize) -> Option<(String, RawTensor)> {
    let mut name = String::new();
    let mut tensor = RawTensor::default();
    for field in fields(bytes, start, end) {
        match field? {
            (TENSOR_DIMENSIONS, Value::Number(size)) => tensor.dimensions.push(size.try_into().ok()?),
            (TENSOR_DIMENSIONS, Value::Bytes(start, end)) => {
                let mut at = start;
                while at < end {
                    tensor.dimensions.push(variable_length(bytes, &mut at, end)?.try_into().ok()?);
                }
            }
            (TENSOR_TYPE, Value::Number(element)) => tensor.element = element,
            (TENSOR_NAME, Value::Bytes(start, end)) => {
                name = std::str::from_utf8(&bytes[start..end]).ok()?.to_owned();
            }
            (TENSOR_RAW_DATA, Value::Bytes(start, end)) => tensor.data = (start, end),
            _ => {}
        }
    }
    Some((name, tensor))
}

/// The value of a field: a number, or a byte range of the file.
enum Value {
    Number(u64),
    Bytes(usize, usize),
    Other,
}

/// The fields of a message with their numbers; `None` where the message is broken.
fn fields(bytes: &[u8], start: usize, end: usize) -> impl Iterator<Item = Option<(u64, Value)>> + '_ {
    let mut at = start;
    std::iter::from_fn(move || {
        if at >= end {
            return None;
        }
        let field = read_field(bytes, &mut at, end);
        if field.is_none() {
            at = end;
        }
        Some(field)
    })
}

fn read_field(bytes: &[u8], at: &mut usize, end: usize) -> Option<(u64, Value)> {
    let key = variable_length(bytes, at, end)?;
    let value = match key & 7 {
        0 => Value::Number(variable_length(bytes, at, end)?),
        1 => skip(at, 8, end)?,
        2 => {
            let length = usize::try_from(variable_length(bytes, at, end)?).ok()?;
            let start = *at;
            skip(at, length, end)?;
            Value::Bytes(start, *at)
        }
        5 => skip(at, 4, end)?,
        _ => return None,
    };
    Some((key >> 3, value))
}

fn skip(at: &mut usize, length: usize, end: usize) -> Option<Value> {
    *at = at.checked_add(length).filter(|next| *next <= end)?;
    Some(Value::Other)
}

fn variable_length(bytes: &[u8], at: &mut usize, end: usize) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let byte = *bytes[..end].get(*at)?;
        *at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(number: u8, content: &[u8]) -> Vec<u8> {
        let mut bytes = vec![number << 3 | 2, u8::try_from(content.len()).unwrap()];
        bytes.extend_from_slice(content);
        bytes
    }

    fn tensor(name: &str, dimensions: &[u8], element: u8, data: &[u8]) -> Vec<u8> {
        let mut content: Vec<u8> = dimensions.iter().flat_map(|size| [1 << 3, *size]).collect();
        content.extend([2 << 3, element]);
        content.extend(message(8, name.as_bytes()));
        content.extend(message(9, data));
        message(5, &content)
    }

    fn file() -> Vec<u8> {
        let mut graph = tensor("a", &[2, 2], 3, &[1, 255, 3, 4]);
        graph.extend(tensor("b", &[1], 1, &1.5f32.to_le_bytes()));
        // A node, which is passed over.
        graph.extend(message(1, b"xy"));
        let mut model = vec![1 << 3, 8];
        model.extend(message(7, &graph));
        model
    }

    #[test]
    fn weights_are_found_by_name() {
        let weights = Weights::new("f", Cow::Owned(file())).unwrap();
        let table = weights.int8("a").unwrap();
        assert_eq!((table.rows, table.columns, table.bytes.as_ref()), (2, 2, [1, 255, 3, 4].as_slice()));
        assert_eq!(weights.floats("b").unwrap(), (vec![1.5], 1, 1));
        assert!(weights.has("a") && !weights.has("c"));
        assert!(
            weights.int8("b").is_err() && weights.floats("c").is_err() && weights.vector("b", 2).is_err()
        );
    }

    #[test]
    fn a_broken_file_is_an_error_wherever_it_breaks() {
        let whole = file();
        for length in 0..whole.len() {
            if let Ok(weights) = Weights::new("f", Cow::Owned(whole[..length].to_vec())) {
                assert!(weights.int8("a").is_err(), "{length}");
            }
        }
    }
}
