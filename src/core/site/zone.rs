//! Where a territory's clock is: the zones of France, beyond the seas too.

/// The zones that a territory can choose, by the names that the world's table of zones has.
pub const ZONES: &[&str] = &[
    "Europe/Paris",
    "America/Guadeloupe",
    "America/Martinique",
    "America/Cayenne",
    "America/Miquelon",
    "Indian/Reunion",
    "Indian/Mayotte",
    "Pacific/Noumea",
    "Pacific/Tahiti",
    "Pacific/Wallis",
];
