//! What a coding run was made with, so that the ledger knows what to code again.

use crate::arguments::PartOptions;
use anyhow::Context;
use entente::{Coder, Model};
use entente_ledger::store::RunVersions;
use sha2::{Digest, Sha256};
use std::path::Path;

/// This program.
pub(crate) const CODER: &str = concat!("entente ", env!("CARGO_PKG_VERSION"));

/// The versions of all parts: names, and for what can be exchanged a hash of its content.
pub(crate) fn versions_of(coder: &Coder, options: &PartOptions) -> anyhow::Result<RunVersions> {
    let codebook = match &options.codebook {
        Some(folder) => format!("{} {}", coder.codebook().name, hash_of_folder(folder)?),
        None => coder.codebook().name.clone(),
    };
    let model = match &options.model {
        Some(folder) => hash_of_folder(folder)?,
        None => hash_of(Model::embedded_files()),
    };
    Ok(RunVersions { coder: CODER.to_owned(), codebook, registry: CODER.to_owned(), model })
}

fn hash_of_folder(folder: &Path) -> anyhow::Result<String> {
    let read = || -> std::io::Result<Vec<(String, Vec<u8>)>> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                let name = entry.file_name().to_string_lossy().into_owned();
                files.push((name, std::fs::read(entry.path())?));
            }
        }
        files.sort();
        Ok(files)
    };
    let files = read().with_context(|| format!("failed to read {}", folder.display()))?;
    Ok(hash_of(files.iter().map(|(name, content)| (name.as_str(), content.as_slice()))))
}

/// The first 16 hexadecimal digits of the SHA-256 of names and contents.
fn hash_of<'f>(files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> String {
    let mut hash = Sha256::new();
    for (name, content) in files {
        hash.update(name.as_bytes());
        hash.update((content.len() as u64).to_le_bytes());
        hash.update(content);
    }
    hash.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_and_its_name_count() {
        let one = hash_of([("a", b"x".as_slice())]);
        assert_eq!(one.len(), 16);
        assert_ne!(one, hash_of([("b", b"x".as_slice())]));
        assert_ne!(one, hash_of([("a", b"y".as_slice())]));
        assert_ne!(
            hash_of([("a", b"xy".as_slice())]),
            hash_of([("a", b"x".as_slice()), ("", b"y".as_slice())])
        );
    }
}
