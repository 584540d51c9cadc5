//! Lists the built pages under `web/dist`, so that the crate can embed them; none where they were not built.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let built = manifest.join("../../web/dist");
    // A path that is not there would count as changed in every build; `make web` touches this file instead.
    println!("cargo::rerun-if-changed=build.rs");
    let mut files = Vec::new();
    if built.is_dir() {
        collect(&built, &mut files)?;
    }
    files.sort();
    let mut listing = String::from(
        "/// Every page file: its path and content.\npub(crate) const PAGES: &[(&str, &[u8])] = &[\n",
    );
    for path in files {
        println!("cargo::rerun-if-changed={}", path.display());
        let name = path.strip_prefix(&built).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let full = path.canonicalize()?;
        let _ = writeln!(listing, "    ({name:?}, include_bytes!({:?})),", full.to_string_lossy());
    }
    listing.push_str("];\n");
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("pages.rs"), listing)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
