//! What can happen, and which of it is civic.

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Act {
    /// A feature was placed by a person.
    Placed,
    /// A feature came or was updated by an import.
    Imported,
    /// A feature's text, place, theme or status changed.
    Changed,
    /// Its author sent a new version of a public feature, which waits to be read; the subject is its number.
    Revised,
    /// A moderator refused a version; the subject is its number.
    Kept,
    /// Its author took a feature back: off the public map or, where others have a stake in it, its text.
    Withdrawn,
    /// Its author put a feature back.
    Restored,
    /// A moderator published what waited or was hidden.
    Published,
    /// A moderator took a feature off the public map.
    Hidden,
    /// A moderator asked a feature's author for a change.
    Asked,
    /// A feature went to another process; the subject says from which to which.
    Moved,
    /// A feature was merged into another; the subject is the other's number.
    Merged,
    /// A merge was taken back.
    Separated,
    /// The authority answered a feature, or changed its answer.
    Answered,
    /// A feature's status changed; the subject is the new one.
    Status,
    /// What a feature said about a person was erased.
    Erased,
    /// A voice was given, changed or taken back.
    Voted,
    /// An argument was given; the subject is its number.
    Argued,
    /// Its author took an argument back; the subject is its number.
    ArgumentWithdrawn,
    /// A moderator took an argument off; the subject is its number.
    ArgumentHidden,
    /// A moderator put an argument back; the subject is its number.
    ArgumentRestored,
    /// A moderator took a photo off; the subject is its number.
    PhotoHidden,
    /// A moderator put a photo back; the subject is its number.
    PhotoRestored,
    /// A phase of a process began; the subject names both.
    PhaseOpened,
    /// A phase of a process ended; the subject names both.
    PhaseClosed,
    /// A process's page, phases or rules changed; the subject is its slug.
    Process,
    /// A role was given; the subject says which, and the account's number.
    Granted,
    /// A role was taken back.
    Revoked,
    /// Rows as a write left them; the subject has their number and digest.
    Sealed,
    /// The lines of a day that are not civic; the subject has their number and digest.
    Day,
    /// Themes or processes changed.
    Vocabulary,
    /// The territory's areas changed.
    Territory,
    /// A context layer changed; the subject is its slug.
    Layer,
}

impl Act {
    /// Every act.
    pub const ALL: &'static [Act] = &[
        Act::Placed,
        Act::Imported,
        Act::Changed,
        Act::Revised,
        Act::Kept,
        Act::Withdrawn,
        Act::Restored,
        Act::Published,
        Act::Hidden,
        Act::Asked,
        Act::Moved,
        Act::Merged,
        Act::Separated,
        Act::Answered,
        Act::Status,
        Act::Erased,
        Act::Voted,
        Act::Argued,
        Act::ArgumentWithdrawn,
        Act::ArgumentHidden,
        Act::ArgumentRestored,
        Act::PhotoHidden,
        Act::PhotoRestored,
        Act::PhaseOpened,
        Act::PhaseClosed,
        Act::Process,
        Act::Granted,
        Act::Revoked,
        Act::Sealed,
        Act::Day,
        Act::Vocabulary,
        Act::Territory,
        Act::Layer,
    ];

    /// The word that the database and the register keep.
    pub fn word(self) -> &'static str {
        match self {
            Act::Placed => "placed",
            Act::Imported => "imported",
            Act::Changed => "changed",
            Act::Revised => "revised",
            Act::Kept => "kept",
            Act::Withdrawn => "withdrawn",
            Act::Restored => "restored",
            Act::Published => "published",
            Act::Hidden => "hidden",
            Act::Asked => "asked",
            Act::Moved => "moved",
            Act::Merged => "merged",
            Act::Separated => "separated",
            Act::Answered => "answered",
            Act::Status => "status",
            Act::Erased => "erased",
            Act::Voted => "voted",
            Act::Argued => "argued",
            Act::ArgumentWithdrawn => "argument_withdrawn",
            Act::ArgumentHidden => "argument_hidden",
            Act::ArgumentRestored => "argument_restored",
            Act::PhotoHidden => "photo_hidden",
            Act::PhotoRestored => "photo_restored",
            Act::PhaseOpened => "phase_opened",
            Act::PhaseClosed => "phase_closed",
            Act::Process => "process",
            Act::Granted => "granted",
            Act::Revoked => "revoked",
            Act::Sealed => "sealed",
            Act::Day => "day",
            Act::Vocabulary => "vocabulary",
            Act::Territory => "territory",
            Act::Layer => "layer",
        }
    }

    /// The act of a word.
    pub fn of_word(word: &str) -> Option<Act> {
        Act::ALL.iter().copied().find(|act| act.word() == word)
    }

    /// Whether the act belongs into the sealed register: what people deposited, and what the authority did about it. Not
    /// voices, which are counted and must stay cheap, nor what only the map needs to know.
    pub fn is_civic(self) -> bool {
        !matches!(self, Act::Voted | Act::Vocabulary | Act::Territory | Act::Layer)
    }
}
