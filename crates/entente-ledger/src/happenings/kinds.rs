//! Types of event that reports of one act may come under.

use entente_codebook::EventType;

/// Pairs that coders take for one another, with how close they are: 1 would be the same type. Found by hand, from the
/// codebook's boundaries: a raid is seizure or assault, a promise of a truce agreement or concession, a march that a
/// report calls clashes protest or assault.
const CONFUSABLE: &[(EventType, EventType, f64)] = &[
    (EventType::Agree, EventType::Cooperate, 0.6),
    (EventType::Agree, EventType::Concede, 0.7),
    (EventType::Agree, EventType::Consult, 0.5),
    (EventType::Agree, EventType::Support, 0.7),
    (EventType::Agree, EventType::Aid, 0.4),
    (EventType::Consult, EventType::Cooperate, 0.4),
    (EventType::Consult, EventType::Support, 0.4),
    (EventType::Support, EventType::Cooperate, 0.5),
    (EventType::Support, EventType::Concede, 0.3),
    (EventType::Concede, EventType::Retreat, 0.9),
    (EventType::Cooperate, EventType::Aid, 0.6),
    (EventType::Cooperate, EventType::Mobilize, 0.6),
    (EventType::Aid, EventType::Retreat, 0.6),
    (EventType::Aid, EventType::Mobilize, 0.5),
    (EventType::Retreat, EventType::Sanction, 0.6),
    (EventType::Request, EventType::Threaten, 0.5),
    (EventType::Request, EventType::Accuse, 0.5),
    (EventType::Accuse, EventType::Reject, 0.6),
    (EventType::Accuse, EventType::Threaten, 0.6),
    (EventType::Accuse, EventType::Protest, 0.5),
    (EventType::Reject, EventType::Sanction, 0.5),
    (EventType::Reject, EventType::Coerce, 0.4),
    (EventType::Protest, EventType::Assault, 0.5),
    (EventType::Sanction, EventType::Coerce, 0.9),
    (EventType::Mobilize, EventType::Assault, 0.5),
    (EventType::Mobilize, EventType::Coerce, 0.4),
    (EventType::Coerce, EventType::Assault, 0.9),
];

/// How close two types are: 1 for the same, 0 for two that no act comes under both of.
pub fn closeness(one: EventType, other: EventType) -> f64 {
    if one == other {
        return 1.0;
    }
    let pair = CONFUSABLE.iter().find(|(a, b, _)| (*a, *b) == (one, other) || (*b, *a) == (one, other));
    pair.map_or(0.0, |(_, _, closeness)| *closeness)
}

/// Acts that both sides do: a report may name either first, or one as the other's target.
pub(super) fn is_mutual(event: EventType) -> bool {
    matches!(
        event,
        EventType::Agree
            | EventType::Consult
            | EventType::Cooperate
            | EventType::Support
            | EventType::Assault
    )
}

/// Acts of speech by one side: who speaks is what tells them apart.
pub(super) fn is_speech(event: EventType) -> bool {
    matches!(
        event,
        EventType::Accuse
            | EventType::Request
            | EventType::Reject
            | EventType::Threaten
            | EventType::Support
            | EventType::Concede
            | EventType::Agree
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confusable_types_are_close_both_ways() {
        assert_eq!(
            closeness(EventType::Assault, EventType::Coerce),
            closeness(EventType::Coerce, EventType::Assault)
        );
        assert_eq!(closeness(EventType::Aid, EventType::Aid), 1.0);
    }

    #[test]
    fn a_threat_is_not_the_attack() {
        assert_eq!(closeness(EventType::Threaten, EventType::Assault), 0.0);
        assert_eq!(closeness(EventType::Accuse, EventType::Assault), 0.0);
    }

    #[test]
    fn no_pair_stands_twice() {
        for (at, (one, other, _)) in CONFUSABLE.iter().enumerate() {
            assert!(one != other);
            let again =
                CONFUSABLE[at + 1..].iter().any(|(a, b, _)| (a, b) == (one, other) || (b, a) == (one, other));
            assert!(!again, "{one} {other}");
        }
    }
}
