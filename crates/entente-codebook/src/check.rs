//! Checks that tie entries to the ontology.

use crate::ontology::EventType;

/// Every mode named must be one of the type's.
pub(crate) fn modes(event: EventType, named: &[String]) -> Result<(), String> {
    for mode in named {
        if !event.modes().any(|known| known == mode) {
            return Err(format!("{event} has no mode \"{mode}\""));
        }
    }
    Ok(())
}
