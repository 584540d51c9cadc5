//! Directories: every file below, in the order of names.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Documents, Format, ReadOptions, read_file};
use crate::{Document, Origin, ReadError};

/// Walks a directory and reads file after file; holds one open file and the listings on the way down.
pub(super) struct DirectoryReader {
    options: ReadOptions,
    /// Paths still to visit, the next one last.
    pending: Vec<PathBuf>,
    current: Option<Documents>,
}

impl DirectoryReader {
    pub(super) fn new(root: &Path, options: ReadOptions) -> Self {
        Self { options, pending: vec![root.to_path_buf()], current: None }
    }

    /// Puts the entries of a directory on the stack.
    fn enter(&mut self, directory: &Path) -> Result<(), ReadError> {
        let failed = |error| ReadError::Io { origin: Origin::new(directory.display().to_string()), error };
        let mut entries = Vec::new();
        for entry in fs::read_dir(directory).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
            if !is_hidden {
                entries.push(entry.path());
            }
        }
        entries.sort();
        self.pending.extend(entries.into_iter().rev());
        Ok(())
    }

    fn visit(&mut self, path: &Path, is_root: bool) -> Option<ReadError> {
        let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.file_type().is_symlink());
        if path.is_dir() {
            // A linked directory may lead back up; it is read only when the user named it.
            return if is_link && !is_root { None } else { self.enter(path).err() };
        }
        if !Format::is_known(path) && self.options.format.is_none() {
            return Some(ReadError::UnknownFormat { origin: Origin::new(path.display().to_string()) });
        }
        self.current = Some(read_file(path, &self.options));
        None
    }
}

impl Iterator for DirectoryReader {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.current.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            self.current = None;
            let is_root = self.pending.len() == 1;
            let path = self.pending.pop()?;
            if let Some(error) = self.visit(&path, is_root) {
                return Some(Err(error));
            }
        }
    }
}
