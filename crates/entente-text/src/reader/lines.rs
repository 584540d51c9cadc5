//! Lines of a stream, of bounded length.

use std::io::{self, BufRead};

/// Reads line after line and keeps no more than one in memory.
pub(super) struct Lines<R> {
    stream: R,
    longest: usize,
    number: usize,
}

/// A line without its line feed.
pub(super) enum Line {
    /// Its bytes.
    Whole(Vec<u8>),
    /// It is longer than allowed, and was left out.
    TooLong,
}

impl<R: BufRead> Lines<R> {
    /// Lines of at most `longest` bytes.
    pub(super) fn new(stream: R, longest: usize) -> Self {
        Self { stream, longest, number: 0 }
    }

    /// The number of the line that was read last, counted from 1.
    pub(super) fn number(&self) -> usize {
        self.number
    }

    /// The next line; none at the end of the stream.
    pub(super) fn next_line(&mut self) -> io::Result<Option<Line>> {
        let mut line = Vec::new();
        let mut is_too_long = false;
        let mut read_any = false;
        loop {
            let buffer = match self.stream.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            if buffer.is_empty() {
                break;
            }
            read_any = true;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let taken = end.unwrap_or(buffer.len());
            is_too_long |= line.len() + taken > self.longest;
            if is_too_long {
                line = Vec::new();
            } else {
                line.extend_from_slice(&buffer[..taken]);
            }
            self.stream.consume(taken + usize::from(end.is_some()));
            if end.is_some() {
                break;
            }
        }
        if !read_any {
            return Ok(None);
        }
        self.number += 1;
        Ok(Some(if is_too_long { Line::TooLong } else { Line::Whole(line) }))
    }
}
