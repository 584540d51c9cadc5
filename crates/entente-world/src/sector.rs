//! PLOVER's sectors: the role of an actor inside its state.

use std::fmt;

macro_rules! sectors {
    ($($variant:ident = $text:literal: $meaning:literal),+ $(,)?) => {
        /// The role of an actor inside its state (PLOVER 0.8).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Sector { $(#[doc = $meaning] $variant),+ }

        impl Sector {
            /// Every sector, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// PLOVER's three letters.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Reads PLOVER's three letters.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

sectors! {
    Police = "COP": "Police.",
    Government = "GOV": "The executive.",
    Courts = "JUD": "Courts.",
    Legislature = "LEG": "The legislature.",
    Military = "MIL": "The military.",
    ProGovernmentMilitia = "PRM": "Pro-government paramilitary.",
    Party = "PTY": "A political party.",
    Rebels = "REB": "Armed opposition.",
    Intelligence = "SPY": "Intelligence services.",
    UnidentifiedArmed = "UAF": "Unidentified armed force.",
    Unidentified = "UNK": "Unidentified.",
    Agriculture = "AGR": "Farmers and fishers.",
    Business = "BUS": "Business.",
    Criminals = "CRM": "Criminals.",
    Civilians = "CVL": "Civilians and protesters.",
    Education = "EDU": "Education, research and experts.",
    Elites = "ELI": "Former officials and other elites.",
    Media = "JRN": "The media.",
    Labour = "LAB": "Labour.",
    Health = "MED": "Health.",
    Refugees = "REF": "Refugees and migrants.",
    Opposition = "OPP": "The political opposition.",
    Breakaway = "PRE": "A breakaway entity.",
    Religion = "REL": "Religion.",
    Social = "SOC": "Civil society.",
}

impl Sector {
    /// True for organs of a state, which belong to the state of the setting where nothing else is said.
    pub fn is_organ_of_state(self) -> bool {
        matches!(
            self,
            Self::Police
                | Self::Government
                | Self::Courts
                | Self::Legislature
                | Self::Military
                | Self::Intelligence
        )
    }
}

impl fmt::Display for Sector {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
