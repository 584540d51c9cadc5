//! Two reports of acts as numbers, and how likely they mean the same act.

use super::kinds::{closeness, is_mutual, is_speech};
use super::occasion::DateBasis;
use super::parties::{Fit, fit, shared_codes};
use super::profile::EventProfile;
use super::weights::Weights;
use entente_codebook::Aux;

/// The features in the order in which [`Comparison::features`] holds them; by these names `data/weights.toml` gives
/// their weights. 0 or 1 where nothing else is said.
pub const FEATURE_NAMES: [&str; 62] = [
    "constant",       // always 1
    "type-distance",  // 1 - closeness of the types
    "mode-shared",    // the same type, and a mode in common
    "mode-differs",   // the same type, both with modes, none in common
    "actor-name",     // an actor of the same name
    "actor-code",     // an actor of the same state or body
    "actor-member",   // a body on one side, a member of it on the other
    "actor-conflict", // only different actors
    "recipient-name", // the same of the recipients
    "recipient-code",
    "recipient-member",
    "recipient-conflict",
    "recipient-apart",   // recipients that are neither the same nor in conflict
    "speaker-same",      // acts of speech, an actor that fits
    "speaker-conflict",  // acts of speech, only different actors
    "parties-shared", // share of the state codes of the one with fewer that the other has, roles left aside
    "parties-apart",  // codes on both sides and none shared
    "parties-swapped", // a mutual act, the actor of each the recipient of the other
    "day-same",       // both date the act, to the same day
    "day-fits",       // dates touch, but one is inferred, from the publication, or a month or year
    "day-off",        // ln(1 + days between), both stated
    "day-off-soft",   // ln(1 + days between), one inferred or from the publication
    "day-off-recalled", // the same, where the one of the two that is dated later only recalls the act
    "recalled",       // one only recalls the act
    "day-unknown",    // a side without a date
    "before",         // one was published before the day on which the other says it took place
    "publication-gap", // ln(1 + days between publications)
    "publication-soft", // the publication gap, where the days are not both stated and equal
    "words",          // cosine of the sentences' stems
    "words-count",    // ln(1 + number of shared stems)
    "near",           // cosine of the stems around the triggers
    "deed-same",      // the triggers name one sort of deed
    "deed-differs",   // they name different ones
    "trigger",        // a stem of the trigger in common
    "trigger-elsewhere", // a stem of one trigger in the other's sentence
    "topic",          // cosine of the documents' keywords
    "topic-apart",    // that cosine is next to nothing
    "content",        // cosine of the contents, where both have one
    "content-apart",  // contents on both sides that share nothing
    "place-same",     // the same place
    "place-differs",  // different places in the same country
    "country-differs", // places in different countries
    "size-same",      // an equal number of dead, wounded or detained
    "size-differs",   // only different ones
    "number-shared",  // a number in both sentences
    "numbers-differ", // numbers in both, none shared
    "same-document",  // one document
    "headline",       // one document, and one of the two in its first sentence
    "same-sentence",  // one sentence
    "same-story",     // copies of one text
    "future-differs", // one is planned, the other is not
    "hypothetical-differs",
    "historical-differs",
    "another",       // one sentence speaks of a second, another, new act and the other does not
    "all-fits",      // the same type, an actor that fits, no other recipient, the same day or one that fits
    "same-type-day", // the same type, dates that touch: cosine of the topics, else 0
    "no-parties",    // a side without any actor or recipient
    "frame-same",    // frames of the codebook in common
    "frame-differs", // frames on both sides and none in common, the same type
    "names-apart",   // names on both sides that share none
    "topic-near",    // how far the documents' keywords are from having a quarter in common
    "lead-fits",     // both in a title or first sentence, of the same type
];

/// Cosine of two documents' keywords below which they have no topic in common.
const TOPIC_APART: f64 = 0.06;
/// Cosine of two documents' keywords from which they are of one topic.
const TOPIC_NEAR: f64 = 0.25;
/// How close types are that are never taken for one another, when the words name one sort of deed.
const DEED_CLOSENESS: f64 = 0.3;
/// Days between two stated days from which reports cannot mean the same act.
const TOO_FAR: i32 = 14;

/// Two reports, compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Values of the features.
    pub features: [f64; FEATURE_NAMES.len()],
    /// How likely they mean one act, from 0 to 1.
    pub probability: f64,
    /// One says that the act did not take place: they may speak of one act, but never become one happening.
    pub contradict: bool,
}

/// Compares two reports; none where they cannot mean the same act: the types are not confusable, stated days lie too far
/// apart, or other states take part in articles on another topic.
pub fn compare(one: &EventProfile, other: &EventProfile, weights: &Weights) -> Option<Comparison> {
    let same_deed = if share_a_deed(one, other) { DEED_CLOSENESS } else { 0.0 };
    let closeness = closeness(one.event, other.event).max(same_deed);
    if closeness == 0.0 || are_far_apart(one, other) || have_nothing_in_common(one, other) {
        return None;
    }
    let mut list = List { values: [0.0; FEATURE_NAMES.len()], next: 0 };
    list.push(1.0);
    list.push(1.0 - closeness);
    add_modes(&mut list, one, other);
    add_parties(&mut list, one, other);
    add_dates(&mut list, one, other);
    add_words(&mut list, one, other);
    add_places(&mut list, one, other);
    add_numbers(&mut list, one, other);
    add_circumstances(&mut list, one, other);
    add_names(&mut list, one, other);
    debug_assert_eq!(list.next, FEATURE_NAMES.len());
    let contradict = one.is_denied != other.is_denied;
    Some(Comparison { features: list.values, probability: weights.probability(&list.values), contradict })
}

/// Feature values in the order of their names.
struct List {
    values: [f64; FEATURE_NAMES.len()],
    next: usize,
}

impl List {
    fn push(&mut self, value: f64) {
        self.values[self.next] = value;
        self.next += 1;
    }

    fn flag(&mut self, is_set: bool) {
        self.push(f64::from(u8::from(is_set)));
    }
}

/// Whether the triggers name one sort of deed.
fn share_a_deed(one: &EventProfile, other: &EventProfile) -> bool {
    one.deeds.iter().any(|deed| other.deeds.contains(deed))
}

/// Whether other states take part, in articles on another topic.
fn have_nothing_in_common(one: &EventProfile, other: &EventProfile) -> bool {
    shared_codes(&one.codes, &other.codes) == Some(0.0)
        && one.document.topic.likeness(&other.document.topic) < TOPIC_APART
}

fn are_far_apart(one: &EventProfile, other: &EventProfile) -> bool {
    let (Some(own), Some(their)) = (one.occasion, other.occasion) else { return false };
    let both_stated = own.basis == DateBasis::Stated && their.basis == DateBasis::Stated;
    both_stated && own.gap(&their) > TOO_FAR && !later_recalls(one, other)
}

fn add_modes(list: &mut List, one: &EventProfile, other: &EventProfile) {
    let are_comparable = one.event == other.event && !one.modes.is_empty() && !other.modes.is_empty();
    let shared = one.modes.iter().any(|mode| other.modes.contains(mode));
    list.flag(are_comparable && shared);
    list.flag(are_comparable && !shared);
}

fn add_parties(list: &mut List, one: &EventProfile, other: &EventProfile) {
    for found in [fit(&one.actors, &other.actors), fit(&one.recipients, &other.recipients)] {
        list.flag(found == Fit::Name);
        list.flag(found == Fit::Code);
        list.flag(found == Fit::Member);
        list.flag(found == Fit::Conflict);
    }
    let both_have_recipients = !one.recipients.is_empty() && !other.recipients.is_empty();
    list.flag(both_have_recipients && fit(&one.recipients, &other.recipients) == Fit::Unknown);
    let both_speak = is_speech(one.event) && is_speech(other.event);
    let speakers = fit(&one.actors, &other.actors);
    list.flag(both_speak && speakers >= Fit::Member);
    list.flag(both_speak && speakers == Fit::Conflict);
    let shared = shared_codes(&one.codes, &other.codes);
    list.push(shared.unwrap_or(0.0));
    list.flag(shared == Some(0.0));
    let crossed = fit(&one.actors, &other.recipients).min(fit(&one.recipients, &other.actors));
    list.flag(is_mutual(one.event) && is_mutual(other.event) && crossed >= Fit::Code);
}

fn add_dates(list: &mut List, one: &EventProfile, other: &EventProfile) {
    let gap = one.occasion.zip(other.occasion).map(|(own, their)| own.gap(&their));
    let both_stated = is_stated_day(one) && is_stated_day(other);
    let distance = gap.map_or(0.0, |days| f64::from(days).ln_1p());
    list.flag(gap == Some(0) && both_stated);
    list.flag(gap == Some(0) && !both_stated);
    list.push(if both_stated { distance } else { 0.0 });
    list.push(if both_stated { 0.0 } else { distance });
    list.push(if later_recalls(one, other) { distance } else { 0.0 });
    list.flag(one.is_recalled != other.is_recalled);
    list.flag(gap.is_none());
    list.flag(was_told_before(one, other) || was_told_before(other, one));
    let published = one.document.published.zip(other.document.published);
    let published_gap = published.map_or(0.0, |(own, their)| f64::from((own - their).abs()).ln_1p());
    list.push(published_gap);
    list.push(if gap == Some(0) && both_stated { 0.0 } else { published_gap });
}

/// Whether the report that is dated later only recalls the act: its date is often that of the report.
fn later_recalls(one: &EventProfile, other: &EventProfile) -> bool {
    let (Some(own), Some(their)) = (one.occasion, other.occasion) else { return false };
    let later = if own.first > their.last { one } else { other };
    later.is_recalled
}

/// Whether the first was published before the day on which the other says that it took place.
fn was_told_before(one: &EventProfile, other: &EventProfile) -> bool {
    let (Some(published), Some(occasion)) = (one.document.published, other.occasion) else { return false };
    occasion.basis == DateBasis::Stated && published < occasion.first
}

fn is_stated_day(report: &EventProfile) -> bool {
    report.occasion.is_some_and(|occasion| occasion.is_day() && occasion.basis == DateBasis::Stated)
}

fn add_words(list: &mut List, one: &EventProfile, other: &EventProfile) {
    list.push(one.words.likeness(&other.words));
    list.push((one.words.shared_count(&other.words) as f64).ln_1p());
    list.push(one.near.likeness(&other.near));
    let same_deed = share_a_deed(one, other);
    list.flag(same_deed);
    list.flag(!same_deed && !one.deeds.is_empty() && !other.deeds.is_empty());
    list.flag(one.trigger.iter().any(|stem| other.trigger.contains(stem)));
    list.flag(is_in_sentence(one, other) || is_in_sentence(other, one));
    let topic = one.document.topic.likeness(&other.document.topic);
    list.push(topic);
    list.flag(topic < TOPIC_APART);
    let both_have_content = !one.content.is_empty() && !other.content.is_empty();
    let content = one.content.likeness(&other.content);
    list.push(content);
    list.flag(both_have_content && content == 0.0);
}

/// Whether a telling stem of the first one's trigger is in the other's sentence.
fn is_in_sentence(one: &EventProfile, other: &EventProfile) -> bool {
    one.trigger_words.shared_count(&other.words) > 0
}

fn add_places(list: &mut List, one: &EventProfile, other: &EventProfile) {
    let both_placed = one.place.is_some() && other.place.is_some();
    let same_place = both_placed && one.place == other.place;
    let both_in_countries = one.country.is_some() && other.country.is_some();
    let same_country = one.country == other.country;
    list.flag(same_place);
    list.flag(both_placed && !same_place && same_country);
    list.flag(both_in_countries && !same_country && !same_place);
}

fn add_numbers(list: &mut List, one: &EventProfile, other: &EventProfile) {
    let sizes = [
        (one.size.dead, other.size.dead),
        (one.size.injured, other.size.injured),
        (one.size.arrested, other.size.arrested),
    ];
    let known: Vec<(u64, u64)> = sizes.into_iter().filter_map(|(own, their)| own.zip(their)).collect();
    let same_size = known.iter().any(|(own, their)| own == their);
    list.flag(same_size);
    list.flag(!known.is_empty() && !same_size);
    let shared = one.numbers.iter().any(|number| other.numbers.contains(number));
    list.flag(shared);
    list.flag(!one.numbers.is_empty() && !other.numbers.is_empty() && !shared);
}

fn add_circumstances(list: &mut List, one: &EventProfile, other: &EventProfile) {
    let same_document = one.is_of_document_of(other);
    list.flag(same_document);
    list.flag(same_document && one.sentence.min(other.sentence) == 0 && one.sentence != other.sentence);
    list.flag(same_document && one.sentence == other.sentence);
    list.flag(!same_document && one.document.story == other.document.story);
    list.flag(one.has(Aux::Future) != other.has(Aux::Future));
    list.flag(one.has(Aux::Hypothetical) != other.has(Aux::Hypothetical));
    list.flag(one.has(Aux::Historical) != other.has(Aux::Historical));
    list.flag(one.is_another != other.is_another);
    let actors = fit(&one.actors, &other.actors);
    let recipients = fit(&one.recipients, &other.recipients);
    let touches = one.occasion.zip(other.occasion).is_some_and(|(own, their)| own.gap(&their) == 0);
    list.flag(one.event == other.event && actors >= Fit::Member && recipients >= Fit::Unknown && touches);
    let same_type_day = one.event == other.event && touches;
    list.push(if same_type_day { one.document.topic.likeness(&other.document.topic) } else { 0.0 });
    list.flag(one.parties().next().is_none() || other.parties().next().is_none());
}

fn add_names(list: &mut List, one: &EventProfile, other: &EventProfile) {
    let share_a_frame = one.frames.iter().any(|frame| other.frames.contains(frame));
    list.flag(share_a_frame);
    let both_framed = !one.frames.is_empty() && !other.frames.is_empty();
    list.flag(one.event == other.event && both_framed && !share_a_frame);
    let names_share_none = one.names.shared_count(&other.names) == 0;
    list.flag(!one.names.is_empty() && !other.names.is_empty() && names_share_none);
    let topic = one.document.topic.likeness(&other.document.topic);
    list.push((1.0 - topic / TOPIC_NEAR).max(0.0));
    list.flag(one.sentence <= 1 && other.sentence <= 1 && one.event == other.event);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Story, story};
    use super::*;
    use entente_codebook::EventType;

    const AMBUSH: &str = "Gunmen ambushed an army convoy near Tillaberi on Tuesday, killing 11 soldiers.";
    const RETOLD: &str =
        "The army says 17 soldiers died when gunmen attacked a convoy at Tillaberi on Tuesday.";

    fn ambush() -> Story {
        story("a", "2023-04-12", AMBUSH, EventType::Assault, "ambushed")
            .on("2023-04-11")
            .by("gunman", "", "UAF")
            .to("soldier", "NER", "MIL")
            .at("Tillaberi", "NER")
            .dead(11)
    }

    fn retold() -> Story {
        story("b", "2023-04-13", RETOLD, EventType::Assault, "attacked")
            .on("2023-04-11")
            .by("gunman", "", "UAF")
            .to("soldier", "NER", "MIL")
            .at("Tillaberi", "NER")
            .dead(17)
    }

    fn probability(one: &Story, other: &Story) -> f64 {
        let found = compare(&one.profile(), &other.profile(), &Weights::built_in());
        found.map_or(0.0, |comparison| comparison.probability)
    }

    fn value(name: &str, one: &Story, other: &Story) -> f64 {
        let found = compare(&one.profile(), &other.profile(), &Weights::built_in()).unwrap();
        found.features[FEATURE_NAMES.iter().position(|known| *known == name).unwrap()]
    }

    #[test]
    fn comparison_is_the_same_both_ways() {
        let weights = Weights::built_in();
        let (one, other) = (ambush().profile(), retold().profile());
        assert_eq!(compare(&one, &other, &weights), compare(&other, &one, &weights));
    }

    #[test]
    fn an_act_with_another_toll_is_the_same_act() {
        assert!(probability(&ambush(), &retold()) > Weights::built_in().join);
        assert_eq!(value("size-differs", &ambush(), &retold()), 1.0);
    }

    #[test]
    fn what_differs_counts_against() {
        let same = probability(&ambush(), &retold());
        let mut later = retold();
        later.event.date = Some("2023-04-14".to_owned());
        assert!(probability(&ambush(), &later) < same, "another day");
        let mut other_victim = retold();
        other_victim.event.recipient[0].code = Some("NGA".into());
        other_victim.event.recipient[0].entity_name = "farmer".into();
        assert!(probability(&ambush(), &other_victim) < same, "another victim");
        let mut second = retold();
        second.text = RETOLD.replace("attacked a convoy", "attacked a second convoy");
        second.event.text_info.end = second.text.len();
        assert!(probability(&ambush(), &second) < same, "a second one");
    }

    #[test]
    fn stated_days_far_apart_are_never_one_act() {
        let far = retold().on("2023-04-30");
        assert_eq!(compare(&ambush().profile(), &far.profile(), &Weights::built_in()), None);
    }

    #[test]
    fn a_recalled_act_may_be_dated_late() {
        let text = "Niger mourns the ambush near Tillaberi in which gunmen killed soldiers.";
        let recalled = story("c", "2023-05-20", text, EventType::Assault, "ambush")
            .on("2023-05-20")
            .to("soldier", "NER", "MIL");
        assert!(compare(&ambush().profile(), &recalled.profile(), &Weights::built_in()).is_some());
        assert!(value("day-off-recalled", &ambush(), &recalled) > 3.0);
    }

    #[test]
    fn a_threat_and_the_act_are_two() {
        let text = "Iran threatened to seize tankers on Tuesday.";
        let threat = story("a", "2023-04-12", text, EventType::Threaten, "threatened")
            .on("2023-04-11")
            .by("Iran", "IRN", "GOV");
        let text = "Iran seized a tanker on Tuesday.";
        let act = story("b", "2023-04-12", text, EventType::Coerce, "seized")
            .on("2023-04-11")
            .by("Iran", "IRN", "GOV");
        assert_eq!(probability(&threat, &act), 0.0);
    }

    #[test]
    fn a_plan_and_the_deed_differ() {
        assert_eq!(value("future-differs", &ambush().with(Aux::Future), &retold()), 1.0);
    }

    #[test]
    fn a_denial_contradicts() {
        let denied = retold().with(Aux::Negation);
        let found = compare(&ambush().profile(), &denied.profile(), &Weights::built_in()).unwrap();
        assert!(found.contradict);
        let text = "The army denied that it had attacked the convoy at Tillaberi on Tuesday.";
        let in_words = story("c", "2023-04-13", text, EventType::Assault, "attacked").on("2023-04-11");
        assert!(compare(&ambush().profile(), &in_words.profile(), &Weights::built_in()).unwrap().contradict);
    }

    #[test]
    fn swapped_parties_of_a_mutual_act_fit() {
        let meeting = |document, actor: (&str, &str), recipient: (&str, &str)| {
            story(document, "2023-04-12", "They met in Oslo on Tuesday.", EventType::Consult, "met")
                .on("2023-04-11")
                .by(actor.0, actor.1, "GOV")
                .to(recipient.0, recipient.1, "GOV")
        };
        let (iran, oman) = (("Iran", "IRN"), ("Oman", "OMN"));
        let (one, other) = (meeting("a", iran, oman), meeting("b", oman, iran));
        assert_eq!(value("parties-swapped", &one, &other), 1.0);
        assert_eq!(value("parties-shared", &one, &other), 1.0);
    }

    #[test]
    fn speakers_tell_condemnations_apart() {
        let condemned = |document, name, code| {
            let text = format!("{name} condemned the attack on Tuesday.");
            story(document, "2023-04-12", &text, EventType::Accuse, "condemned")
                .on("2023-04-11")
                .by(name, code, "GOV")
        };
        let france = condemned("a", "France", "FRA");
        assert!(
            probability(&france, &condemned("b", "France", "FRA"))
                > probability(&france, &condemned("b", "Chad", "TCD"))
        );
        assert_eq!(value("speaker-conflict", &france, &condemned("b", "Chad", "TCD")), 1.0);
    }

    #[test]
    fn other_deeds_of_one_type_differ() {
        let text = "Turkey arrested the mayor of Diyarbakir on Tuesday.";
        let arrest = story("a", "2023-04-12", text, EventType::Coerce, "arrested")
            .on("2023-04-11")
            .by("Turkey", "TUR", "GOV");
        let text = "Turkey closed the crossing at Habur on Tuesday.";
        let close = story("b", "2023-04-12", text, EventType::Coerce, "closed")
            .on("2023-04-11")
            .by("Turkey", "TUR", "GOV");
        assert_eq!(value("deed-differs", &arrest, &close), 1.0);
        let text = "Police in Turkey arrested the mayor of Diyarbakir.";
        let again = story("c", "2023-04-12", text, EventType::Coerce, "arrested")
            .on("2023-04-11")
            .by("Turkey", "TUR", "GOV");
        let differing = probability(&arrest, &close);
        assert!(differing < probability(&arrest, &again), "{differing}");
    }
}
