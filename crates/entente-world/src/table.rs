//! Tab-separated tables with a header line, read without copying.

/// A place in a table where a row could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{table} line {line}: {reason}")]
pub struct TableProblem {
    /// Path of the table under `world/`.
    pub table: &'static str,
    /// Line in the table, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// One row: a cell for every column of the header.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) table: &'static str,
    pub(crate) line: usize,
    header: std::rc::Rc<Vec<&'static str>>,
    cells: Vec<&'static str>,
}

impl Row {
    /// The cell of a column; empty where the table has no such column.
    pub(crate) fn cell(&self, column: &str) -> &'static str {
        let at = self.header.iter().position(|name| *name == column);
        at.and_then(|at| self.cells.get(at)).copied().unwrap_or("")
    }

    /// The values of a cell that are parted by semicolons.
    pub(crate) fn values(&self, column: &str) -> Vec<&'static str> {
        self.cell(column).split(';').map(str::trim).filter(|value| !value.is_empty()).collect()
    }

    /// A complaint about this row.
    pub(crate) fn problem(&self, reason: impl Into<String>) -> TableProblem {
        TableProblem { table: self.table, line: self.line, reason: reason.into() }
    }
}

/// Splits a table into rows; rows with more cells than the header are reported and left out.
pub(crate) fn read_table(
    table: &'static str,
    text: &'static str,
    problems: &mut Vec<TableProblem>,
) -> Vec<Row> {
    let mut header: Option<std::rc::Rc<Vec<&'static str>>> = None;
    let mut rows = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&'static str> = line.split('\t').map(str::trim).collect();
        let Some(columns) = &header else {
            header = Some(std::rc::Rc::new(cells));
            continue;
        };
        if cells.len() > columns.len() {
            let reason = format!("{} cells under {} columns", cells.len(), columns.len());
            problems.push(TableProblem { table, line: index + 1, reason });
            continue;
        }
        rows.push(Row { table, line: index + 1, header: columns.clone(), cells });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_short_rows_are_read() {
        let mut problems = Vec::new();
        let rows = read_table("t.tsv", "name\taliases\n# note\nA\tB; C\nD\nE\tF\tG\n", &mut problems);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].values("aliases"), ["B", "C"]);
        assert_eq!(rows[1].cell("aliases"), "");
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].line, 5);
    }
}
