//! What sorts of things features are, and what can become of each sort: rows that modules declare, and those that files and the
//! demonstration bring without a module of their own.

use super::{Ballot, Voice};
use crate::base::i18n::Lang;
use crate::base::words::{rows, words};

/// What a sort of feature is.
#[derive(PartialEq, Eq)]
pub struct KindRow {
    /// The word that the database, addresses and files know it by. Its names are the texts `kind-WORD`, `kind-one-WORD`.
    pub word: &'static str,
    /// What can become of it, in the order in which people see it; the first is what it begins with.
    pub statuses: &'static [Status],
    /// What the authority can say to it; nothing where it is treated otherwise than by an answer, at a desk of its module's own.
    pub verdicts: &'static [Verdict],
    /// The vote that it takes wherever it stands, open to everybody and always; nothing: what its process says.
    pub ballot: Option<Ballot>,
    /// The sides on which people say something about it: [`ARGUED`], or for alone ([`ADDED_TO`]), where they add what they know and
    /// nobody is against it. Its texts agree with the kind.
    pub sides: &'static [Voice],
    /// The address at which its author changes it, with `{id}`.
    pub edit: &'static str,
}

/// Arguments for and against.
pub const ARGUED: &[Voice] = &[Voice::For, Voice::Against];

/// What people know besides.
pub const ADDED_TO: &[Voice] = &[Voice::For];

/// Where most contributions are changed by their authors.
pub const EDIT: &str = "/features/{id}/edit";

/// What sort of thing a feature is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Kind(pub &'static KindRow);

/// What a status is.
#[derive(PartialEq, Eq)]
pub struct StatusRow {
    /// The word that the database, addresses and files know it by. Its name is the text `status-WORD`.
    pub word: &'static str,
    /// Whether it comes with an answer only, because it owes a reason.
    pub is_answer: bool,
}

/// What became of a feature.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Status(pub &'static StatusRow);

words! {
    /// What the authority says to a contribution.
    pub Verdict {
        /// It will be looked into.
        Noted = "noted",
        /// Yes.
        Accepted = "accepted",
        /// Yes to a part of it.
        Partly = "partly",
        /// It has begun.
        Started = "started",
        /// It is there.
        Done = "done",
        /// No.
        Refused = "refused",
    }
}

rows! {
    Kind, crate::modules::kinds;
    Status, crate::modules::statuses;
}

const fn plain(word: &'static str) -> StatusRow {
    StatusRow { word, is_answer: false }
}

impl Status {
    /// Received, unanswered so far.
    pub const OPEN: Status = Status(&plain("open"));
    /// Being looked into.
    pub const UNDER_REVIEW: Status = Status(&plain("under_review"));
    /// The authority will do it.
    pub const ACCEPTED: Status = Status(&plain("accepted"));
    /// The day of the work is set.
    pub const PLANNED: Status = Status(&plain("planned"));
    /// Work is under way.
    pub const IN_PROGRESS: Status = Status(&plain("in_progress"));
    /// Done.
    pub const DONE: Status = Status(&plain("done"));
    /// It ended without what was asked for; why is published with it.
    pub const CLOSED: Status = Status(&plain("closed"));
    /// The authority will not do it, and said why.
    pub const REFUSED: Status = Status(&StatusRow { word: "refused", is_answer: true });
}

impl Kind {
    /// An idea of a resident.
    pub const PROPOSAL: Kind = Kind(&KindRow {
        word: "proposal",
        statuses: &[
            Status::OPEN,
            Status::UNDER_REVIEW,
            Status::ACCEPTED,
            Status::IN_PROGRESS,
            Status::DONE,
            Status::REFUSED,
        ],
        verdicts: Verdict::ALL,
        ballot: None,
        sides: ARGUED,
        edit: EDIT,
    });
    /// Something to repair: received, acknowledged, planned, in progress, and then repaired, or closed without that. Its service treats
    /// it; nobody votes against it.
    pub const REPORT: Kind = Kind(&KindRow {
        word: "report",
        statuses: &[
            Status::OPEN,
            Status::UNDER_REVIEW,
            Status::PLANNED,
            Status::IN_PROGRESS,
            Status::DONE,
            Status::CLOSED,
        ],
        verdicts: &[],
        ballot: Some(Ballot::ForOnly),
        sides: ADDED_TO,
        edit: "/reports/{id}/edit",
    });
    /// A project of the authority, which was never received, or of a participatory budget.
    pub const PROJECT: Kind = Kind(&KindRow {
        word: "project",
        statuses: &[
            Status::UNDER_REVIEW,
            Status::ACCEPTED,
            Status::IN_PROGRESS,
            Status::DONE,
            Status::REFUSED,
        ],
        verdicts: Verdict::ALL,
        ballot: None,
        sides: ARGUED,
        edit: EDIT,
    });
}

impl Kind {
    /// Whether the authority answers it in words; else its module's own desk treats it.
    pub fn is_answered(self) -> bool {
        !self.0.verdicts.is_empty()
    }
}

impl Verdict {
    /// What the feature's status becomes.
    pub fn status(self) -> Status {
        match self {
            Verdict::Noted => Status::UNDER_REVIEW,
            Verdict::Accepted | Verdict::Partly => Status::ACCEPTED,
            Verdict::Started => Status::IN_PROGRESS,
            Verdict::Done => Status::DONE,
            Verdict::Refused => Status::REFUSED,
        }
    }

    /// The verdicts that a kind of feature can get.
    pub fn of_kind(kind: Kind) -> impl Iterator<Item = Verdict> {
        kind.0.verdicts.iter().copied()
    }
}

impl Status {
    /// Whether a kind of feature can have this status.
    pub fn fits(self, kind: Kind) -> bool {
        kind.0.statuses.contains(&self)
    }

    /// The key of its name for people.
    pub fn key(self) -> String {
        format!("status-{}", self.word().replace('_', "-"))
    }

    /// Its name, as it is said of a kind of feature.
    pub fn said(self, lang: Lang, kind: Kind) -> String {
        lang.of_kind(&self.key(), kind.word())
    }

    /// The statuses that a kind of feature can be given without an answer, where answers are what it gets. A refusal says why, so it
    /// is an answer.
    pub fn without_answer(kind: Kind) -> impl Iterator<Item = Status> {
        let statuses = if kind.is_answered() { kind.0.statuses } else { &[] };
        statuses.iter().copied().filter(|status| !status.0.is_answer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_has_a_word_of_its_own_and_the_statuses_that_its_verdicts_mean() {
        let mut words = BTreeSet::new();
        for kind in Kind::all() {
            assert!(words.insert(kind.word()), "{kind:?} twice");
            assert!(kind.0.statuses.first().is_some_and(|first| !first.0.is_answer), "{kind:?} begins");
            for verdict in Verdict::of_kind(*kind) {
                assert!(verdict.status().fits(*kind), "{kind:?}: {verdict:?}");
            }
        }
        let mut words = BTreeSet::new();
        assert!(Status::all().iter().all(|status| words.insert(status.word())), "{words:?}");
    }

    #[test]
    fn a_value_of_an_open_list_is_the_same_in_rust_in_json_and_back() {
        for status in Status::all() {
            assert_eq!(Status::of_word(status.word()), Some(*status));
            assert_eq!(serde_json::to_value(status).unwrap(), status.word());
            assert_eq!(serde_json::from_value::<Status>(status.word().into()).unwrap(), *status);
        }
        assert!(serde_json::from_value::<Status>("unheard".into()).is_err());
        assert_eq!(
            Kind::all().iter().map(|kind| kind.code()).collect::<Vec<_>>(),
            (0..Kind::all().len() as u32).collect::<Vec<_>>()
        );
    }
}
