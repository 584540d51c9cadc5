//! Dyads, alignment, axes, surges and forecasts for eyes.

use super::ledger::dated;
use crate::commands::analysis::alignment::PairStanding;
use crate::commands::analysis::balance::BalanceOn;
use crate::commands::analysis::surges::Level;
use crate::report::inert;
use anstyle::Style;
use entente_analysis::axes::{Axis, TriadKind};
use entente_analysis::dyads::{Dealing, DyadPoint, DyadSeries};
use entente_analysis::forecast::{Calibration, Outlook, Risk};
use entente_analysis::surges::{Surge, Surges};
use entente_ledger::store::{StoredEvent, StoredStatement};
use std::fmt::Write as _;

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// A line of bars, the lowest for the least number and the highest for the greatest of the range.
fn spark(values: &[f64], low: f64, high: f64) -> String {
    let bar = |value: &f64| {
        let share = ((value - low) / (high - low).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
        BARS[((share * BARS.len() as f64) as usize).min(BARS.len() - 1)]
    };
    values.iter().map(bar).collect()
}

fn bold(text: &str) -> String {
    let style = Style::new().bold();
    format!("{style}{text}{style:#}")
}

/// The line of both directions, and the heading of the steps.
pub(crate) fn dyad_head(series: &DyadSeries) -> String {
    let [one, other] = series.sides.each_ref().map(|side| inert(side));
    let scores = |of: fn(&DyadPoint) -> &Dealing| -> Vec<f64> {
        series.points.iter().map(|point| of(point).score).collect()
    };
    let (forward, backward) = (scores(|point| &point.forward), scores(|point| &point.backward));
    let all = || forward.iter().chain(&backward).copied();
    let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    let mut text = format!("{}\n", bold(&format!("{one} and {other}")));
    for (name, values) in [(format!("{one} → {other}"), &forward), (format!("{other} → {one}"), &backward)]
    {
        let _ = writeln!(text, "  {name:<20} {}  {low:+.1} to {high:+.1}", spark(values, low, high));
    }
    let mean = series.credibility.mean;
    let _ = writeln!(
        text,
        "  mean of all dyads {mean:+.2}; a score lies within its brackets with nine chances in ten\n"
    );
    let _ = writeln!(text, "  {:<10} {:<10}  {:<30} {:<30} friendly hostile", "from", "to", "there", "back");
    text
}

/// One step of a dyad.
pub(crate) fn dyad_lines(point: &DyadPoint) -> String {
    let dealing = |dealing: &Dealing| {
        format!("{:+5.1} ({:+.1} to {:+.1}), {} acts", dealing.score, dealing.low, dealing.high, dealing.acts)
    };
    let [verbal, material, threats, blows] = point.both.quads;
    format!(
        "  {} {}  {:<30} {:<30} {:>8} {:>7}\n",
        point.from,
        point.to,
        dealing(&point.forward),
        dealing(&point.backward),
        verbal + material,
        threats + blows
    )
}

/// An event with the number that marks it in a plot.
pub(crate) fn mark(number: usize, stored: &StoredEvent) -> String {
    format!("{number:>3} {}", evidence_line(stored).trim_start())
}

/// An event in one line.
pub(crate) fn evidence_line(stored: &StoredEvent) -> String {
    let event = &stored.event;
    let names = |parties: &[entente::record::Entity]| {
        let names: Vec<String> =
            parties.iter().map(|party| inert(party.code.as_deref().unwrap_or(&party.entity_name))).collect();
        if names.is_empty() { "nobody".to_owned() } else { names.join("+") }
    };
    let kind = [&[event.event.to_string()][..], &event.mode].concat().join(" ");
    let words = if event.trigger.text.is_empty() {
        String::new()
    } else {
        format!(" \"{}\"", inert(&event.trigger.text))
    };
    let title = stored.title.as_deref().map(|title| format!("  {}", inert(title))).unwrap_or_default();
    format!(
        "    {}  {} → {}  {kind}{words} ({:+.1}) [{}]{title}\n",
        dated(event.date.as_deref().unwrap_or_default()),
        names(&event.actor),
        names(&event.recipient),
        event.event_scale,
        event.id,
    )
}

/// A statement in one line.
pub(crate) fn statement_line(stored: &StoredStatement) -> String {
    let statement = &stored.statement;
    let who = statement
        .speaker
        .as_ref()
        .map_or_else(|| "someone".to_owned(), |speaker| inert(&speaker.entity_name));
    format!(
        "    {}  {who}: {} [{}]\n",
        dated(stored.published.as_deref().unwrap_or_default()),
        inert(&statement.content.text),
        statement.id
    )
}

/// How two parties stand.
pub(crate) fn alignment_lines(told: &PairStanding) -> String {
    let standing = &told.standing;
    let [one, other] = told.parties.each_ref().map(|party| inert(party));
    let pacts =
        if told.pacts.is_empty() { String::new() } else { format!("  {}", inert(&told.pacts.join(", "))) };
    format!(
        "{}  {:<12} {:+.2}  direct {:+.2}  likeness {:+.2}  ties {:.2}{pacts}\n",
        told.day,
        format!("{one} {other}"),
        standing.score,
        standing.direct,
        standing.likeness,
        standing.ties
    )
}

/// An axis without its evidence.
pub(crate) fn axis_lines(axis: &Axis) -> String {
    let members: Vec<String> = axis.members.iter().map(|member| inert(&member.party)).collect();
    let mut text = format!("{}\n", bold(&format!("{} against {}", members.join(" + "), inert(&axis.target))));
    let strengths: Vec<f64> = axis.history.iter().map(|(_, strength)| *strength).collect();
    let most = strengths.iter().copied().fold(0.0, f64::max);
    let since = axis.since.map(|day| format!(" since {day}")).unwrap_or_default();
    let _ = writeln!(
        text,
        "  strength {:.2} of {:.1}{since}, {}  {}",
        axis.strength,
        axis.members.len() as f64 / 2.0,
        axis.trend.as_str(),
        spark(&strengths, 0.0, most)
    );
    let mut stands = |who: &str, party: &str, whom: &str, with_members: f64, with_target: f64| {
        let (party, target) = (inert(party), inert(&axis.target));
        let _ = writeln!(
            text,
            "  {who}{party:<12} with the {whom} {with_members:+.2}, with {target} {with_target:+.2}"
        );
    };
    for member in &axis.members {
        stands("", &member.party, "others", member.with_members, member.with_target);
    }
    for near in axis.edge.iter().take(5) {
        stands("at the edge: ", &near.party, "members", near.with_members, near.with_target);
    }
    for pair in &axis.pairs {
        let pacts: Vec<String> = pair
            .pacts
            .iter()
            .map(|pact| {
                let since = pact.since.map(|day| format!(" since {day}")).unwrap_or_default();
                format!("{} ({}{since})", pact.name, pact.kind)
            })
            .collect();
        let formal = if pacts.is_empty() { "no treaty known".to_owned() } else { pacts.join(", ") };
        let _ = writeln!(
            text,
            "  {} {}: conduct {:+.2}, ties {:.2}; {formal}",
            inert(&pair.members[0]),
            inert(&pair.members[1]),
            pair.conduct,
            pair.ties
        );
    }
    text
}

/// The balance of a day; the last one with all that goes with it.
pub(crate) fn balance_lines(told: &BalanceOn, is_last: bool) -> String {
    let [friends, foe, friend, foes] = told.triads;
    let balanced = told.balanced.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0));
    let mut text = format!(
        "{}  balanced {balanced:>5} of {:>4} triads (three friends {friends}, common foe {foe}, common friend {friend}, \
         three foes {foes})  frustration {:.3}  modularity {:.3}\n",
        told.day,
        told.triads.iter().sum::<usize>(),
        told.frustration,
        told.modularity
    );
    if !is_last {
        return text;
    }
    let list = |names: &[String]| inert(&names.join(" "));
    for (number, bloc) in (1..).zip(&told.blocs) {
        let _ = writeln!(text, "  bloc {number}: {}", list(bloc));
    }
    for (number, camp) in (1..).zip(&told.camps) {
        let _ = writeln!(text, "  camp {number} of two: {}", list(camp));
    }
    for (kind, names, certainty) in &told.unbalanced {
        let kind = match kind {
            TriadKind::CommonFriend => "two foes with a common friend",
            _ => "three foes",
        };
        let _ = writeln!(text, "  unbalanced: {} ({kind}, {certainty:.2})", list(names));
    }
    for (party, strain) in told.strained.iter().filter(|(_, strain)| *strain > 0.0) {
        let _ = writeln!(text, "  strained: {:<12} {strain:.1}", inert(party));
    }
    text
}

/// A surge.
pub(crate) fn surge_lines(surge: &Surge) -> String {
    format!(
        "{} to {}  {:<16} {:<11} {:>4} acts, {:.1} expected, chance {:.0e}\n",
        surge.from,
        surge.to,
        inert(&surge.parties.join(" ")),
        surge.matter.as_str(),
        surge.acts,
        surge.expected,
        surge.chance
    )
}

/// How often a surge would be told where nothing happens.
pub(crate) fn false_alarm_line(surges: &Surges) -> String {
    let measured = surges.false_alarms.map_or_else(String::new, |alarms| {
        format!(
            "; with all days shuffled {:.1} a year would be told, {:.4} a year and series",
            alarms.in_all, alarms.per_series
        )
    });
    format!("{} surges in {} series{measured}", surges.list.len(), surges.series)
}

/// A stretch of one level.
pub(crate) fn change_lines(level: &Level) -> String {
    format!(
        "{} {}  {:<11} {} to {}  {:.2} acts a step\n",
        inert(&level.parties[0]),
        inert(&level.parties[1]),
        level.matter.as_str(),
        level.from,
        level.to,
        level.level
    )
}

/// What is expected of the next day.
pub(crate) fn outlook_lines(outlook: &Outlook) -> String {
    let mut text = format!("{}\n", bold(&format!("{}: {:.1} acts expected", outlook.day, outlook.number)));
    for act in &outlook.acts {
        let _ = writeln!(
            text,
            "  {:>5.1} %  {:<9} {:<20} {}",
            act.chance * 100.0,
            act.event.as_str(),
            inert(&act.actor),
            inert(&act.recipient)
        );
    }
    if let Some(figures) = &outlook.figures {
        let link = &figures.link;
        let _ = writeln!(
            text,
            "  measured on the last days: who is at the other end MRR {:.3}, in the first ten {:.0} %; {}",
            link.mrr,
            link.hits10 * 100.0,
            calibration_line(&figures.calibration)
        );
    }
    text
}

/// The risk of material conflict.
pub(crate) fn risk_lines(risk: &Risk, within: i32) -> String {
    let mut text = format!("{}\n", bold(&format!("Material conflict within {within} days")));
    for pair in &risk.pairs {
        let last = pair.last.map_or_else(
            || "never before".to_owned(),
            |day| format!("last on {}", entente_analysis::acts::date_of(day)),
        );
        let parties = inert(&pair.parties.join(" "));
        let _ = writeln!(text, "  {:>5.1} %  {parties:<20} {last}", pair.chance * 100.0);
    }
    if let Some(figures) = &risk.figures {
        for (name, calibration) in [
            ("model", &figures.model),
            ("recurrency", &figures.recurrency),
            ("frequency", &figures.frequency),
            ("last seen", &figures.last_seen),
        ] {
            let _ = writeln!(text, "  {name:<11} {}", calibration_line(calibration));
        }
        for bin in &figures.model.bins {
            let _ = writeln!(
                text,
                "    told {:>5.1} %, came true {:>5.1} % of {}",
                bin.chance * 100.0,
                bin.came_true * 100.0,
                bin.forecasts
            );
        }
    }
    text
}

fn calibration_line(calibration: &Calibration) -> String {
    let auc = calibration.auc.map_or_else(|| "–".to_owned(), |auc| format!("{auc:.3}"));
    format!(
        "Brier {:.4}, log loss {:.4}, AUC {auc} over {} forecasts, {:.2} % came true",
        calibration.brier,
        calibration.log_loss,
        calibration.forecasts,
        calibration.base_rate * 100.0
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sparks_span_the_range() {
        assert_eq!(spark(&[0.0, 0.5, 1.0, 9.0], 0.0, 1.0), "▁▅██");
        assert_eq!(spark(&[1.0, 1.0], 1.0, 1.0), "▁▁");
    }
}
