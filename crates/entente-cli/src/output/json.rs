//! Events as JSON: one a line, or one array.

use entente::record::Annotation;
use std::io::Write;

/// One event a line; with `explain`, each rejected candidate after its document's events.
pub(crate) fn events_as_lines(
    out: &mut impl Write,
    annotation: &Annotation,
    explain: bool,
) -> anyhow::Result<()> {
    for event in &annotation.events {
        serde_json::to_writer(&mut *out, event)?;
        out.write_all(b"\n")?;
    }
    if explain {
        for rejected in &annotation.rejected {
            let line = serde_json::json!({
                "document_id": annotation.id, "rejected": rejected.trigger, "reason": rejected.reason,
            });
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// An array that grows as documents are coded.
pub(crate) struct Array<'w, W: Write> {
    out: &'w mut W,
    is_empty: bool,
}

impl<'w, W: Write> Array<'w, W> {
    pub(crate) fn new(out: &'w mut W) -> anyhow::Result<Self> {
        out.write_all(b"[")?;
        Ok(Self { out, is_empty: true })
    }

    pub(crate) fn events(&mut self, annotation: &Annotation) -> anyhow::Result<()> {
        for event in &annotation.events {
            self.out.write_all(if self.is_empty { b"\n" } else { b",\n" })?;
            self.is_empty = false;
            serde_json::to_writer(&mut *self.out, event)?;
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> anyhow::Result<()> {
        self.out.write_all(b"\n]\n")?;
        Ok(())
    }
}
