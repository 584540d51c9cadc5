//! PLOVER's files, embedded in the binary.

macro_rules! plover {
    ($($file:literal),+ $(,)?) => {
        /// File name and text of every file in `codebooks/plover`.
        pub(crate) const PLOVER: &[(&str, &str)] = &[
            $(($file, include_str!(concat!("../../../codebooks/plover/", $file)))),+
        ];
    };
}

plover![
    "agree.toml",
    "consult.toml",
    "support.toml",
    "concede.toml",
    "cooperate.toml",
    "aid.toml",
    "retreat.toml",
    "request.toml",
    "accuse.toml",
    "reject.toml",
    "threaten.toml",
    "protest.toml",
    "sanction.toml",
    "mobilize.toml",
    "coerce.toml",
    "assault.toml",
    "sets.toml",
    "sets_cooperation.toml",
    "sets_implied.toml",
    "sets_size.toml",
    "not_events.toml",
    "rewrites.toml",
    "contexts.toml",
];
