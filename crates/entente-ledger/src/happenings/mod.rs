//! Which events of different articles are one act.
