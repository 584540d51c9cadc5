//! Lists the registry tables under `world/` so that the crate can embed every one of them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let world = manifest.join("../../world");
    let mut listing = String::from("/// Every embedded table: its path under `world/` and its text.\n");
    listing.push_str("pub(crate) const TABLES: &[(&str, &str)] = &[\n");
    for folder in [world.clone(), world.join("offices")] {
        println!("cargo::rerun-if-changed={}", folder.display());
        for path in tables_in(&folder)? {
            println!("cargo::rerun-if-changed={}", path.display());
            let name = path.strip_prefix(&world).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            let full = path.canonicalize()?;
            let _ = writeln!(listing, "    ({name:?}, include_str!({:?})),", full.to_string_lossy());
        }
    }
    listing.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("tables.rs"), listing)
}

/// The `.tsv` files of a folder, sorted so that the build is the same everywhere.
fn tables_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "tsv") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
