//! Typed ids: a feature's id is not an area's. Database ids are positive and stay below 2^53, so that they survive as
//! MVT feature ids and JSON numbers.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type)]
        #[sqlx(transparent)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl $name {
            /// The id that a text says, if it says one.
            pub fn of_text(text: &str) -> Option<Self> {
                text.parse().ok().map($name)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }
    )*};
}

ids! {
    /// A thing that has a place on the map.
    FeatureId;
    /// A part of the territory: a commune, a quartier, a council's area.
    AreaId;
    /// A subject that features are sorted under.
    ThemeId;
    /// A participatory process (démarche).
    ProcessId;
    /// A context layer of the authority.
    LayerId;
    /// An argument for or against a feature.
    ArgumentId;
    /// A photo.
    PhotoId;
    /// A known place: a street, a building, a park.
    PlaceId;
    /// A person who signed in.
    AccountId;
    /// A browser in which somebody is signed in.
    SessionId;
    /// A passkey of an account.
    PasskeyId;
    /// A role that somebody was given.
    GrantId;
    /// A moderator's decision.
    DecisionId;
    /// What a resident says is wrong with a contribution.
    FlagId;
    /// An authority's answer to a contribution.
    AnswerId;
}

/// A number in the journal: 1, 2, 3… in the order in which writes became visible, without gaps.
pub type Seq = i64;

/// Somebody who votes or writes: the random value in a visitor's signed cookie, or the voice of who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, sqlx::Type)]
#[sqlx(transparent)]
#[serde(transparent)]
pub struct Visitor(pub uuid::Uuid);
