//! Tab-separated tables that are part of the program: `#` begins a comment, the first other line names the columns.

/// The rows of a table, without comments and names of columns.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .skip(1)
        .map(|line| line.split('\t').collect())
}
