//! Files that come packed: gzip, and zip as GDELT has it.

use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// Hands each text in a file to `visit`, unpacked, with its name: the file itself, or the members of an archive.
pub(super) fn for_each_text<E: From<io::Error>>(
    path: &Path,
    mut visit: impl FnMut(&str, &mut dyn BufRead) -> Result<(), E>,
) -> Result<(), E> {
    let mut file = BufReader::new(File::open(path)?);
    let name = path.display().to_string();
    match file.fill_buf()? {
        [0x1f, 0x8b, ..] => visit(&name, &mut BufReader::new(MultiGzDecoder::new(file))),
        [b'P', b'K', 3 | 5, ..] => {
            let mut archive = zip::ZipArchive::new(file).map_err(io::Error::other)?;
            for index in 0..archive.len() {
                let member = archive.by_index(index).map_err(io::Error::other)?;
                if member.is_file() {
                    let inner = member.name().map(|name| name.into_owned()).unwrap_or_default();
                    visit(&format!("{name}!{inner}"), &mut BufReader::new(member))?;
                }
            }
            Ok(())
        }
        _ => visit(&name, &mut file),
    }
}
