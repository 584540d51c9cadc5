//! A comparison for eyes, and its differences and changes as CSV.

use crate::output::csv::unrunnable;
use crate::output::evaluation::write_scores;
use crate::output::figures::{heading, spoken};
use crate::report::inert;
use anstyle::Style;
use entente_evaluation::{AgainstGold, Agreement, Comparison};
use std::io::Write;

/// Writes the agreement, what the gold says, then the lists; in brief, only how long they are.
pub(crate) fn write_table(out: &mut impl Write, comparison: &Comparison, brief: bool) -> anyhow::Result<()> {
    write_agreement(out, &comparison.agreement)?;
    if let Some(against_gold) = &comparison.against_gold {
        write_against_gold(out, against_gold, brief)?;
    }
    if !comparison.differences.is_empty() && !brief {
        heading(out, "Differences")?;
        for difference in &comparison.differences {
            let kind = spoken(difference.kind.as_str());
            let lines = Lines {
                head: format!("{kind}: {} \"{}\"", difference.event, difference.trigger),
                sentence: &difference.sentence,
                document_id: &difference.document_id,
                first: &difference.first,
                second: &difference.second,
            };
            lines.write(out)?;
        }
    }
    Ok(())
}

fn write_agreement(out: &mut impl Write, agreement: &Agreement) -> anyhow::Result<()> {
    let bold = Style::new().bold();
    writeln!(
        out,
        "{bold}{} documents in both, {} only in the first, {} only in the second{bold:#}",
        agreement.documents_in_both,
        agreement.documents_only_in_first.len(),
        agreement.documents_only_in_second.len()
    )?;
    writeln!(out, "  events: {} and {}", agreement.events_in_first, agreement.events_in_second)?;
    let shown = agreement.agreement.map_or("–".to_owned(), |value| format!("{value:.3}"));
    writeln!(out, "  in both {}, agreement {shown}", agreement.in_both)?;
    writeln!(
        out,
        "  with another type {}, only in the first {}, only in the second {}",
        agreement.other_type, agreement.only_in_first, agreement.only_in_second
    )?;
    writeln!(
        out,
        "  of those in both, the same: parties {}, mode {}, aux {}, claim {}, date {}",
        agreement.same_parties,
        agreement.same_mode,
        agreement.same_aux,
        agreement.same_claim,
        agreement.same_date
    )?;
    heading(out, "By type")?;
    writeln!(out, "  {:<10} {:>6} {:>6} {:>6}", "", "both", "first", "second")?;
    for row in &agreement.types {
        let (first, second) = (row.only_in_first, row.only_in_second);
        writeln!(out, "  {:<10} {:>6} {first:>6} {second:>6}", row.event.as_str(), row.in_both)?;
    }
    Ok(())
}

fn write_against_gold(out: &mut impl Write, against_gold: &AgainstGold, brief: bool) -> anyhow::Result<()> {
    let sides = [
        ("first", &against_gold.first, &against_gold.without_records_in_first),
        ("second", &against_gold.second, &against_gold.without_records_in_second),
    ];
    for (name, scores, without) in sides {
        heading(out, &format!("The {name} on {} gold documents", against_gold.documents))?;
        if !without.is_empty() {
            writeln!(out, "  {} of them have no records", without.len())?;
        }
        write_scores(out, scores)?;
    }
    heading(out, "Difference in F1, second less first")?;
    for difference in &against_gold.differences {
        let interval =
            difference.interval.map(|interval| format!(" ({:+.3} to {:+.3})", interval.low, interval.high));
        let turned = difference.turned.map(|turned| format!("  p {turned:.3}"));
        writeln!(
            out,
            "  {:<18} {:+.3}{}{}",
            spoken(difference.name),
            difference.difference,
            interval.unwrap_or_default(),
            turned.unwrap_or_default()
        )?;
    }
    for kind in ["improved", "worsened"] {
        let changes: Vec<_> =
            against_gold.changes.iter().filter(|change| change.kind.as_str() == kind).collect();
        heading(out, &format!("{} {kind}", changes.len()))?;
        for change in changes.into_iter().filter(|_| !brief) {
            let lines = Lines {
                head: format!("{} \"{}\"", change.event, change.trigger),
                sentence: &change.sentence,
                document_id: &change.document_id,
                first: &change.first,
                second: &change.second,
            };
            lines.write(out)?;
        }
    }
    Ok(())
}

/// One difference or change for eyes.
struct Lines<'l> {
    head: String,
    sentence: &'l str,
    document_id: &'l str,
    first: &'l str,
    second: &'l str,
}

impl Lines<'_> {
    fn write(&self, out: &mut impl Write) -> anyhow::Result<()> {
        let dim = Style::new().dimmed();
        let shown = |side: &str| if side.is_empty() { "–".to_owned() } else { inert(side) };
        writeln!(out, "\n  {}  {dim}{}{dim:#}", inert(&self.head), inert(self.document_id))?;
        if !self.sentence.is_empty() {
            writeln!(out, "    {}", inert(self.sentence))?;
        }
        writeln!(out, "    first: {}", shown(self.first))?;
        writeln!(out, "    second: {}", shown(self.second))?;
        Ok(())
    }
}

/// Differences and, with gold, changes, one row each.
pub(crate) fn write_csv(out: &mut impl Write, comparison: &Comparison) -> anyhow::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(["list", "kind", "document_id", "event", "trigger", "sentence", "first", "second"])?;
    for difference in &comparison.differences {
        let cells = [
            "difference",
            difference.kind.as_str(),
            &difference.document_id,
            difference.event.as_str(),
            &difference.trigger,
            &difference.sentence,
            &difference.first,
            &difference.second,
        ];
        rows.write_record(cells.map(unrunnable))?;
    }
    for change in comparison.against_gold.iter().flat_map(|against_gold| &against_gold.changes) {
        let cells = [
            "change",
            change.kind.as_str(),
            &change.document_id,
            change.event.as_str(),
            &change.trigger,
            &change.sentence,
            &change.first,
            &change.second,
        ];
        rows.write_record(cells.map(unrunnable))?;
    }
    rows.flush()?;
    Ok(())
}
