//! The record of a happening.

use super::conflicts::{Conflict, conflicts_of};
use super::occasion::{DateBasis, Occasion};
use entente_codebook::EventType;
use entente_coder::record::{Entity, Event, Location};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// An event and where it was told.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The event.
    pub event: &'a Event,
    /// ISO 8601 day on which its document was published.
    pub published: Option<&'a str>,
    /// Paper, agency or site.
    pub publication: Option<&'a str>,
    /// Id of the first document of the document's story.
    pub story: &'a str,
}

/// A value and who supports it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Supported<T> {
    /// The value.
    pub value: T,
    /// Ids of the events that report it, as they were published.
    pub events: Vec<String>,
    /// Independent stories among them: copies of one text count once.
    pub stories: usize,
}

/// One event of a happening.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct HappeningMention {
    /// The event's id.
    pub event_id: String,
    /// Its document.
    pub document_id: String,
    /// ISO 8601 day of publication.
    pub published: Option<String>,
    /// Paper, agency or site.
    pub publication: Option<String>,
    /// Who asserts it: the last of the event's claim; where that is empty, the publication.
    pub claimant: Option<String>,
}

/// One act with all that is reported of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Happening {
    /// See [`super::Happenings`].
    pub id: String,
    /// The type that most stories give it.
    #[cfg_attr(feature = "schema", schema(value_type = String))]
    pub event: EventType,
    /// The modes that reports of that type give it.
    pub mode: Vec<String>,
    /// ISO 8601 day, month or year that is best supported: a stated day before a month or year, a stated date before
    /// one that was inferred, that before the day of publication; then the one that most stories give.
    pub date: Option<String>,
    /// The place that most stories give.
    pub place: Option<Location>,
    /// Who acted, best supported first. Where reports differ all are here, and `conflicts` says so.
    pub actors: Vec<Supported<String>>,
    /// Whom it was done to.
    pub recipients: Vec<Supported<String>>,
    /// All reports, as they were published.
    pub mentions: Vec<HappeningMention>,
    /// Number of documents.
    pub documents: usize,
    /// Number of independent stories.
    pub stories: usize,
    /// Who asserts it, best supported first.
    pub claimants: Vec<Supported<String>>,
    /// On what the reports differ.
    pub conflicts: Vec<Conflict>,
}

impl Happening {
    /// The record of reports that were joined, and of those that deny it. None without reports.
    pub fn of(id: &str, reports: &[Report], denials: &[Report]) -> Option<Self> {
        let mut ordered = reports.to_vec();
        ordered
            .sort_by_key(|report| (report.published, &report.event.document_id, report.event.trigger.start));
        let event = best(&support(&ordered, |report| vec![report.event.event.as_str().to_owned()]))?;
        let of_type = |report: &&Report| report.event.event.as_str() == event;
        let modes: BTreeSet<&String> =
            ordered.iter().filter(of_type).flat_map(|report| &report.event.mode).collect();
        let actors = support(&ordered, |report| report.event.actor.iter().map(party_name).collect());
        let recipients = support(&ordered, |report| report.event.recipient.iter().map(party_name).collect());
        let claimants = support(&ordered, |report| claimant(report).into_iter().collect());
        Some(Self {
            id: id.to_owned(),
            event: EventType::parse(&event)?,
            mode: modes.into_iter().cloned().collect(),
            date: best_date(&ordered),
            place: best_place(&ordered),
            actors,
            recipients,
            documents: distinct(&ordered, |report| &report.event.document_id),
            stories: distinct(&ordered, |report| report.story),
            claimants,
            conflicts: conflicts_of(&ordered, denials),
            mentions: ordered.iter().map(mention).collect(),
        })
    }
}

/// How a party is named in a happening: a state or body by its code, with its sector; others by name.
pub(super) fn party_name(party: &Entity) -> String {
    match (&party.code, &party.sector) {
        (Some(code), Some(sector)) => format!("{code} {sector}"),
        (Some(code), None) => format!("{code} {}", party.entity_name),
        (None, _) => party.entity_name.clone(),
    }
}

/// Who asserts a report.
pub(super) fn claimant(report: &Report) -> Option<String> {
    let claim = report.event.claim.last().map(|claimant| claimant.entity_name.clone());
    claim.or_else(|| report.publication.map(str::to_owned))
}

/// The values that reports give, with their support: those of most stories first, then those of most events, then as
/// first published.
fn support(reports: &[Report], values: impl Fn(&Report) -> Vec<String>) -> Vec<Supported<String>> {
    let mut found: Vec<(Supported<String>, BTreeSet<&str>)> = Vec::new();
    for report in reports {
        let distinct: BTreeSet<String> = values(report).into_iter().collect();
        for value in distinct {
            let at = found.iter().position(|(known, _)| known.value == value).unwrap_or_else(|| {
                found.push((Supported { value, events: Vec::new(), stories: 0 }, BTreeSet::new()));
                found.len() - 1
            });
            found[at].0.events.push(report.event.id.clone());
            found[at].1.insert(report.story);
        }
    }
    let counted = found.into_iter().map(|(known, stories)| Supported { stories: stories.len(), ..known });
    let mut ordered: Vec<Supported<String>> = counted.collect();
    ordered.sort_by_key(|known| std::cmp::Reverse((known.stories, known.events.len())));
    ordered
}

fn best(values: &[Supported<String>]) -> Option<String> {
    values.first().map(|first| first.value.clone())
}

fn best_date(reports: &[Report]) -> Option<String> {
    let mut by_rank: BTreeMap<(DateBasis, bool), Vec<Report>> = BTreeMap::new();
    for report in reports {
        if let Some(occasion) = occasion_of(report) {
            by_rank.entry((occasion.basis, !occasion.is_day())).or_default().push(*report);
        }
    }
    let (_, best_ranked) = by_rank.pop_first()?;
    best(&support(&best_ranked, |report| report.event.date.clone().into_iter().collect()))
}

/// The date of a report.
pub(super) fn occasion_of(report: &Report) -> Option<Occasion> {
    let event = report.event;
    Occasion::of(event.date.as_deref(), event.enddate.as_deref(), event.date_reason.as_deref())
}

fn best_place(reports: &[Report]) -> Option<Location> {
    let name = |report: &Report| report.event.event_loc.as_ref().map(|place| place.extracted_place.clone());
    let chosen = best(&support(reports, |report| name(report).into_iter().collect()))?;
    reports.iter().find(|report| name(report).as_deref() == Some(&chosen))?.event.event_loc.clone()
}

fn distinct<'a>(reports: &'a [Report], value: impl Fn(&'a Report) -> &'a str) -> usize {
    reports.iter().map(value).collect::<BTreeSet<&str>>().len()
}

fn mention(report: &Report) -> HappeningMention {
    HappeningMention {
        event_id: report.event.id.clone(),
        document_id: report.event.document_id.clone(),
        published: report.published.map(str::to_owned),
        publication: report.publication.map(str::to_owned),
        claimant: claimant(report),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Story, story};
    use super::*;

    fn raid(document: &str, published: &str, trigger: &str) -> Story {
        let text = format!("Gunmen {trigger} a convoy.");
        story(document, published, &text, EventType::Assault, trigger).to("soldier", "NER", "MIL")
    }

    fn reports<'a>(stories: &'a [Story], story_of: &[&'a str]) -> Vec<Report<'a>> {
        let report = |(told, story): (&'a Story, &&'a str)| Report {
            event: &told.event,
            published: Some(&told.published),
            publication: Some(&told.publication),
            story,
        };
        stories.iter().zip(story_of).map(report).collect()
    }

    fn stories() -> Vec<Story> {
        vec![
            raid("c", "2023-04-14", "attacked").on("2023-04").dead(17).claimed_by("ministry"),
            raid("a", "2023-04-12", "ambushed")
                .on("2023-04-11")
                .dead(11)
                .by("gunman", "", "UAF")
                .at("Tillaberi", "NER"),
            raid("b", "2023-04-12", "ambushed").on("2023-04-11").dead(11).by("gunman", "", "UAF"),
        ]
    }

    #[test]
    fn a_happening_has_all_mentions_and_counts_copies_once() {
        let told = stories();
        let happening = Happening::of("h", &reports(&told, &["c", "a", "a"]), &[]).unwrap();
        let documents: Vec<&str> =
            happening.mentions.iter().map(|mention| mention.document_id.as_str()).collect();
        assert_eq!(documents, ["a", "b", "c"]);
        assert_eq!((happening.documents, happening.stories), (3, 2));
        assert_eq!(happening.recipients[0].value, "NER MIL");
        assert_eq!(happening.recipients[0].stories, 2);
    }

    #[test]
    fn a_stated_day_is_better_than_a_month() {
        let told = stories();
        let happening = Happening::of("h", &reports(&told, &["c", "a", "b"]), &[]).unwrap();
        assert_eq!(happening.date.as_deref(), Some("2023-04-11"));
        assert_eq!(happening.place.unwrap().extracted_place, "Tillaberi");
    }

    #[test]
    fn claimants_are_those_who_assert_it_else_the_publication() {
        let told = stories();
        let happening = Happening::of("h", &reports(&told, &["c", "a", "b"]), &[]).unwrap();
        let mut claimants: Vec<&str> =
            happening.claimants.iter().map(|claimant| claimant.value.as_str()).collect();
        claimants.sort_unstable();
        assert_eq!(claimants, ["Paper a", "Paper b", "ministry"]);
    }

    #[test]
    fn without_reports_there_is_no_happening() {
        assert_eq!(Happening::of("h", &[], &[]), None);
    }

    #[test]
    fn differing_tolls_stay_with_who_gives_them() {
        let told = stories();
        let happening = Happening::of("h", &reports(&told, &["c", "a", "b"]), &[]).unwrap();
        let [Conflict::Dead { versions }] = happening.conflicts.as_slice() else {
            panic!("{:?}", happening.conflicts);
        };
        assert_eq!(versions[0].value, "11");
        assert_eq!(versions[0].claimants, ["Paper a", "Paper b"]);
        assert_eq!(versions[1].value, "17");
        assert_eq!(versions[1].claimants, ["ministry"]);
        assert_eq!(versions[1].first_published.as_deref(), Some("2023-04-14"));
    }

    #[test]
    fn differing_parties_days_and_denials_stay_visible() {
        let told = vec![
            raid("a", "2023-04-12", "ambushed").on("2023-04-11").by("Chad", "TCD", "MIL"),
            raid("b", "2023-04-13", "ambushed").on("2023-04-12").by("Mali", "MLI", "MIL"),
        ];
        let denial = vec![raid("d", "2023-04-14", "ambushed")];
        let happening = Happening::of("h", &reports(&told, &["a", "b"]), &reports(&denial, &["d"])).unwrap();
        let kinds: Vec<&str> = happening
            .conflicts
            .iter()
            .map(|conflict| match conflict {
                Conflict::Actors { versions } => versions[0].value.as_str(),
                Conflict::Dates { versions } => versions[1].value.as_str(),
                Conflict::Denied { versions } => versions[0].claimants[0].as_str(),
                _ => "other",
            })
            .collect();
        assert_eq!(kinds, ["TCD MIL", "2023-04-12", "Paper d"]);
    }

    #[test]
    fn reports_that_agree_have_no_conflicts() {
        let told = stories();
        let happening = Happening::of("h", &reports(&told[1..], &["a", "b"]), &[]).unwrap();
        assert_eq!(happening.conflicts, []);
        let json = serde_json::to_string(&happening).unwrap();
        assert_eq!(serde_json::from_str::<Happening>(&json).unwrap(), happening);
    }
}
