//! An evaluation for eyes, and its misses and false alarms as CSV.

use crate::output::csv::unrunnable;
use crate::output::figures::{calibration, estimate, heading, parties, spoken};
use crate::report::inert;
use anstyle::Style;
use entente_evaluation::{Confusion, Evaluation, FalseAlarm, Miss, NamedScores, TypeScores};
use std::io::Write;

/// Writes all figures, then the lists.
pub(crate) fn write_table(out: &mut impl Write, evaluation: &Evaluation) -> anyhow::Result<()> {
    let bold = Style::new().bold();
    writeln!(
        out,
        "{bold}{} documents, {} events in the gold, {} coded{bold:#}",
        evaluation.documents, evaluation.events_in_gold, evaluation.events_coded
    )?;
    write_scores(out, &evaluation.scores)?;
    writeln!(out, "  {:<18} F1 {}", "mean over types", estimate(evaluation.type_macro_f1))?;
    heading(out, "Right, of those found")?;
    for named in &evaluation.rates {
        let counts = format!("{} of {}", named.rate.right, named.rate.of);
        writeln!(out, "  {:<18} {:<21}  {counts}", spoken(named.name), estimate(named.rate.share))?;
    }
    write_types(out, &evaluation.types)?;
    write_confusion(out, &evaluation.confusion)?;
    if let Some(measured) = &evaluation.calibration {
        calibration(out, measured)?;
    }
    if !evaluation.misses.is_empty() {
        heading(out, "Missed, or found with other parties")?;
        for miss in &evaluation.misses {
            write_miss(out, miss)?;
        }
    }
    if !evaluation.false_alarms.is_empty() {
        heading(out, "Coded, but not in the gold")?;
        for alarm in &evaluation.false_alarms {
            write_alarm(out, alarm)?;
        }
    }
    Ok(())
}

/// Precision, recall and F1, a line each.
pub(crate) fn write_scores(out: &mut impl Write, scores: &[NamedScores]) -> anyhow::Result<()> {
    writeln!(out, "\n  {:<18} {:<21}  {:<21}  F1", "", "precision", "recall")?;
    for named in scores {
        let scores = &named.scores;
        writeln!(
            out,
            "  {:<18} {:<21}  {:<21}  {}",
            spoken(named.name),
            estimate(scores.precision),
            estimate(scores.recall),
            estimate(scores.f1)
        )?;
    }
    Ok(())
}

fn write_types(out: &mut impl Write, types: &[TypeScores]) -> anyhow::Result<()> {
    heading(out, "By type")?;
    writeln!(out, "  {:<10} {:>5} {:>5} {:>5}  precision  recall  F1", "", "gold", "coded", "found")?;
    for row in types {
        let scores = &row.scores;
        let value = |figure: entente_evaluation::Estimate| figure.value.unwrap_or_default();
        writeln!(
            out,
            "  {:<10} {:>5} {:>5} {:>5}  {:>9.3}  {:>6.3}  {}",
            row.event.as_str(),
            scores.gold,
            scores.coded,
            scores.found,
            value(scores.precision),
            value(scores.recall),
            estimate(scores.f1)
        )?;
    }
    Ok(())
}

fn write_confusion(out: &mut impl Write, confusion: &Confusion) -> anyhow::Result<()> {
    heading(out, "What the types of the gold were coded as")?;
    let list = |counts: &[(entente::EventType, usize)]| -> String {
        counts.iter().map(|(event, count)| format!("{event} {count}")).collect::<Vec<_>>().join(", ")
    };
    for row in &confusion.rows {
        let mut parts = vec![list(&row.coded)];
        if row.nothing > 0 {
            parts.push(format!("nothing {}", row.nothing));
        }
        parts.retain(|part| !part.is_empty());
        writeln!(out, "  {:<10} {}", row.gold.as_str(), parts.join(", "))?;
    }
    if !confusion.not_in_gold.is_empty() {
        writeln!(out, "  {:<10} {}", "nothing", list(&confusion.not_in_gold))?;
    }
    Ok(())
}

fn write_miss(out: &mut impl Write, miss: &Miss) -> anyhow::Result<()> {
    let dim = Style::new().dimmed();
    let who = parties(&miss.actor, &miss.recipient);
    writeln!(out, "\n  {} \"{}\"  {}", miss.event, inert(&miss.trigger), inert(&who))?;
    writeln!(out, "    {}", inert(&miss.sentence))?;
    writeln!(out, "    {dim}{}  {}{dim:#}", inert(&miss.document_id), inert(&miss.why))?;
    Ok(())
}

fn write_alarm(out: &mut impl Write, alarm: &FalseAlarm) -> anyhow::Result<()> {
    let dim = Style::new().dimmed();
    let who = parties(&alarm.actor, &alarm.recipient);
    let confidence = alarm.confidence.map(|confidence| format!("  confidence {confidence:.2}"));
    writeln!(
        out,
        "\n  {} \"{}\"  {}{}",
        alarm.event,
        inert(&alarm.trigger),
        inert(&who),
        confidence.unwrap_or_default()
    )?;
    writeln!(out, "    {}", inert(&alarm.sentence))?;
    let because = if alarm.reason.is_empty() {
        String::new()
    } else {
        format!("; coded for: {}", alarm.reason.join("; "))
    };
    writeln!(out, "    {dim}{}  {}{}{dim:#}", inert(&alarm.document_id), inert(&alarm.why), inert(&because))?;
    Ok(())
}

/// Misses and false alarms, one row each.
pub(crate) fn write_csv(out: &mut impl Write, evaluation: &Evaluation) -> anyhow::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record([
        "verdict",
        "document_id",
        "event",
        "trigger",
        "actor",
        "recipient",
        "sentence",
        "kind",
        "why",
        "confidence",
        "reason",
    ])?;
    for miss in &evaluation.misses {
        let cells = [
            "missed",
            &miss.document_id,
            miss.event.as_str(),
            &miss.trigger,
            &miss.actor.join("; "),
            &miss.recipient.join("; "),
            &miss.sentence,
            miss.kind.as_str(),
            &miss.why,
            "",
            "",
        ];
        rows.write_record(cells.map(unrunnable))?;
    }
    for alarm in &evaluation.false_alarms {
        let confidence = alarm.confidence.map(|confidence| confidence.to_string()).unwrap_or_default();
        let cells = [
            "false_alarm",
            &alarm.document_id,
            alarm.event.as_str(),
            &alarm.trigger,
            &alarm.actor.join("; "),
            &alarm.recipient.join("; "),
            &alarm.sentence,
            "",
            &alarm.why,
            &confidence,
            &alarm.reason.join("; "),
        ];
        rows.write_record(cells.map(unrunnable))?;
    }
    rows.flush()?;
    Ok(())
}
