//! CSV that has been through a spreadsheet.

/// The delimiter that a header line is written with: a comma, or the semicolon or tab of a spreadsheet elsewhere.
pub(crate) fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    let count = |delimiter: char| header.matches(delimiter).count();
    [(b',', count(',')), (b';', count(';')), (b'\t', count('\t'))]
        .into_iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(delimiter, _)| delimiter)
}

/// Text without the mark that spreadsheets put before UTF-8.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
pub fn unprotected(cell: &str) -> &str {
    let bare = cell.strip_prefix('\'');
    bare.filter(|bare| bare.trim_start().starts_with(['=', '+', '-', '@'])).unwrap_or(cell)
}

/// The parts of a cell that lists several, parted by semicolons; empty parts stay where others stand.
pub(crate) fn listed(cell: &str) -> Vec<&str> {
    if cell.trim().is_empty() {
        return Vec::new();
    }
    cell.split(';').map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_tells_the_delimiter() {
        assert_eq!(delimiter("a,b,c\n1;2;3;4"), b',');
        assert_eq!(delimiter("a;b;c"), b';');
        assert_eq!(delimiter("a\tb"), b'\t');
        assert_eq!(delimiter("alone"), b',');
    }

    #[test]
    fn only_the_protecting_apostrophe_goes() {
        assert_eq!(unprotected("'=cmd()"), "=cmd()");
        assert_eq!(unprotected("'- he left"), "- he left");
        assert_eq!(unprotected("'quoted' words"), "'quoted' words");
    }

    #[test]
    fn lists_keep_their_places() {
        assert_eq!(listed("RUS; ;UKR"), ["RUS", "", "UKR"]);
        assert!(listed("  ").is_empty());
    }
}
