//! The tables of reports: whose each row is, what erasing does, and how the register proves it.

use crate::base::db::Answer;
use crate::base::media::Digest;
use crate::core::journal::Write;
use crate::core::personal_data::{Column, Erasing, Fate, Held, Person, Purpose, Rows, Table, Whose, With};

const WORDS: Rows = Rows::Free("who treats what, as the desk keeps it: a report's row has what held for it");

/// What belongs to a report is sealed with its feature, whose lines tell of it.
macro_rules! with {
    ($table:literal, $order:literal) => {
        Rows::With(&With {
            parent: "feature",
            from: $table,
            by: concat!($table, ".feature_id"),
            order: concat!($table, ".", $order),
            before: &[],
            subject: None,
        })
    };
}

macro_rules! nobodys {
    (name: $name:literal, columns: [$($column:literal),* $(,)?]) => {
        Table {
            name: $name,
            whose: Whose::Nobody,
            purpose: Purpose::NONE,
            erasing: Erasing::Stays,
            rows: WORDS,
            columns: &[$(Column::plain($column, Held::WithTable)),*],
        }
    };
}

/// Counts: they follow from the reports that ended.
macro_rules! counts {
    (name: $name:literal, columns: [$($column:literal),* $(,)?]) => {
        Table {
            name: $name,
            whose: Whose::Nobody,
            purpose: Purpose::NONE,
            erasing: Erasing::Stays,
            rows: Rows::Free("how many repairs took how long: it follows from the reports"),
            columns: &[$(Column::plain($column, Held::WithTable)),*],
        }
    };
}

pub(super) const TABLES: &[Table] = &[
    RATING,
    REOPENING,
    ROUND,
    ROUND_STOP,
    SERVICE_AGENT,
    BEFORE,
    HANDOVER,
    UPDATE,
    PAUSE,
    REPORT,
    nobodys! {
        name: "report_service",
        columns: [
            "id",
            "slug",
            "name",
            "name_en",
            "email",
            "contact",
            "is_outside",
            "open311_url",
            "open311_jurisdiction",
            "open311_key",
            "removed_at"
        ]
    },
    nobodys! {
        name: "report_category",
        columns: [
            "id",
            "parent_id",
            "slug",
            "label",
            "label_en",
            "hint",
            "keywords",
            "sort",
            "questions",
            "target_n",
            "target_unit",
            "duplicate_metres",
            "duplicate_days",
            "checks_photos",
            "danger",
            "color",
            "icon",
            "position",
            "removed_at"
        ]
    },
    nobodys! {
        name: "report_rule",
        columns: [
            "id",
            "category_id",
            "area_id",
            "is_of_area",
            "service_id",
            "target_n",
            "target_unit",
            "from_at",
            "until_at"
        ]
    },
    nobodys! {
        name: "closed_day",
        columns: ["day", "label"]
    },
    counts! {
        name: "report_delay",
        columns: ["feature_id", "month", "category_id", "service_id", "areas", "hours", "is_in_time"]
    },
    counts! {
        name: "report_delay_change",
        columns: ["id", "sign", "month", "category_id", "service_id", "areas", "hours", "is_in_time"]
    },
    counts! {
        name: "report_delay_cell",
        columns: ["month", "category_id", "service_id", "area_id", "in_time", "late", "closed", "hours"]
    },
];

const REPORT: Table = Table {
    name: "report",
    // Erasing empties what was answered.
    whose: Whose::Feature("feature_id"),
    purpose: Purpose::CONTRIBUTIONS,
    erasing: Erasing::By(erase),
    rows: with!("report", "feature_id"),
    columns: &[
        Column::personal("answers", Held::Said),
        Column::personal("address", Held::Said),
        Column::personal("feature_id", Held::Line),
        Column::plain("category_id", Held::Line),
        Column::plain("service_id", Held::Line),
        Column::plain("rule_id", Held::Line),
        Column::plain("target_n", Held::Line),
        Column::plain("target_unit", Held::Line),
        Column::personal("received_at", Held::Line),
        Column::plain("due_at", Held::Line),
        Column::plain("acknowledged_at", Held::Line),
        Column::plain("ended_at", Held::Line),
        Column::plain("end_reason", Held::Line),
        Column::plain("reopened_at", Held::Line),
        Column::plain("reopened_count", Held::Line),
        Column::plain("is_overdue", Held::Free("turns by the clock: what it follows from is held")),
        Column::plain(
            "asked_at",
            Held::Free("when a letter left that asks a question: nothing is decided by it"),
        ),
    ],
};

const UPDATE: Table = Table {
    name: "report_update",
    whose: Whose::Account("account_id"),
    purpose: Purpose::ROLES,
    erasing: Erasing::Stays,
    rows: with!("report_update", "id"),
    columns: &[
        Column::plain("note", Held::Said),
        Column::plain("id", Held::Line),
        Column::plain("feature_id", Held::Line),
        Column::plain("at", Held::Line),
        Column::plain("act", Held::Line),
        Column::plain("status", Held::Line),
        Column::plain("service_id", Held::Line),
        Column::plain("reason", Held::Line),
        Column::personal("account_id", Held::Line),
    ],
};

const PAUSE: Table = Table {
    name: "report_pause",
    whose: Whose::Nobody,
    purpose: Purpose::NONE,
    erasing: Erasing::Stays,
    rows: with!("report_pause", "id"),
    columns: &[
        Column::plain("id", Held::Line),
        Column::plain("feature_id", Held::Line),
        Column::plain("from_at", Held::Line),
        Column::plain("until_at", Held::Line),
        Column::plain("why", Held::Line),
    ],
};

const SENDING: Held = Held::Free("how far the sending is: that it was handed over, and came back, is held");

const HANDOVER: Table = Table {
    name: "report_handover",
    whose: Whose::Nobody,
    purpose: Purpose::NONE,
    erasing: Erasing::Stays,
    rows: with!("report_handover", "id"),
    columns: &[
        Column::plain("id", Held::Line),
        Column::plain("feature_id", Held::Line),
        Column::plain("service_id", Held::Line),
        Column::plain("way", Held::Line),
        Column::plain("made_at", Held::Line),
        Column::plain("returned_at", Held::Line),
        Column::plain("note", Held::Line),
        Column::plain("state", SENDING),
        Column::plain("tries", SENDING),
        Column::plain("next_try_at", SENDING),
        Column::plain("problem", SENDING),
        Column::plain("reference", SENDING),
        Column::plain("remote", SENDING),
        Column::plain("sent_at", SENDING),
        Column::plain("code", SENDING),
    ],
};

const RATING: Table = Table {
    name: "report_rating",
    whose: Whose::Voice("voice"),
    purpose: Purpose::CONTRIBUTIONS,
    erasing: Erasing::Unties,
    rows: Rows::Free("an opinion of the end, which decides nothing; figures count it"),
    columns: &[
        Column::personal("feature_id", Held::WithTable),
        Column::personal("outcome", Held::WithTable),
        Column::personal("grade", Held::WithTable),
        Column::personal("voice", Held::WithTable),
        Column::personal("at", Held::WithTable),
    ],
};

const REOPENING: Table = Table {
    name: "report_reopening",
    whose: Whose::Voice("voice"),
    purpose: Purpose::CONTRIBUTIONS,
    erasing: Erasing::By(erase_reopenings),
    rows: Rows::Free("who said it: that it was said, and what, is held with its report"),
    columns: &[
        Column::personal("update_id", Held::WithTable),
        Column::personal("feature_id", Held::WithTable),
        Column::personal("voice", Held::WithTable),
    ],
};

const WAY: Rows = Rows::Free("in which order somebody goes: what they do there is held");

const ROUND: Table = Table {
    name: "report_round",
    whose: Whose::Account("account_id"),
    purpose: super::WORK,
    erasing: Erasing::Deletes,
    rows: WAY,
    columns: &[
        Column::personal("id", Held::WithTable),
        Column::personal("account_id", Held::WithTable),
        Column::personal("name", Held::WithTable),
        Column::personal("day", Held::WithTable),
        Column::personal("created_at", Held::WithTable),
        Column::personal("ended_at", Held::WithTable),
    ],
};

const ROUND_STOP: Table = Table {
    name: "report_round_stop",
    whose: Whose::Nobody,
    purpose: Purpose::NONE,
    erasing: Erasing::Stays,
    rows: WAY,
    columns: &[
        Column::plain("round_id", Held::WithTable),
        Column::plain("feature_id", Held::WithTable),
        Column::plain("position", Held::WithTable),
        Column::plain("done_at", Held::WithTable),
    ],
};

const BEFORE: Table = Table {
    name: "report_before",
    whose: Whose::Account("account_id"),
    purpose: super::WORK,
    erasing: Erasing::Deletes,
    rows: Rows::Free(
        "how a report stood a moment ago, for who may take back what they did: what holds again is held",
    ),
    columns: &[
        Column::personal("id", Held::WithTable),
        Column::personal("feature_id", Held::WithTable),
        Column::personal("account_id", Held::WithTable),
        Column::personal("at", Held::WithTable),
        Column::personal("act", Held::WithTable),
        Column::plain("update_id", Held::WithTable),
        Column::plain("title", Held::WithTable),
        Column::plain("category_id", Held::WithTable),
        Column::plain("service_id", Held::WithTable),
        Column::plain("rule_id", Held::WithTable),
        Column::plain("target_n", Held::WithTable),
        Column::plain("target_unit", Held::WithTable),
        Column::plain("due_at", Held::WithTable),
        Column::plain("is_overdue", Held::WithTable),
        Column::plain("pause_id", Held::WithTable),
    ],
};

const SERVICE_AGENT: Table = Table {
    name: "report_service_agent",
    whose: Whose::Account("account_id"),
    purpose: super::WORK,
    erasing: Erasing::Deletes,
    rows: Rows::Free("with which service somebody's desk begins: roles say what they may do"),
    columns: &[Column::plain("service_id", Held::WithTable), Column::personal("account_id", Held::WithTable)],
};

/// What somebody typed to open a report again, theirs or one that they support, goes with them, or stays and is nobody's.
fn erase_reopenings<'a>(write: &'a mut Write, person: &'a Person, fate: Fate) -> Answer<'a, Vec<Digest>> {
    Box::pin(async move {
        if let Some(voice) = person.voice {
            super::store::forget_reopenings(write, voice, fate).await?;
        }
        Ok(Vec::new())
    })
}

/// What somebody answered goes with what they reported.
fn erase<'a>(write: &'a mut Write, person: &'a Person, fate: Fate) -> Answer<'a, Vec<Digest>> {
    Box::pin(async move {
        if let (Some(voice), Fate::Gone) = (person.voice, fate) {
            super::store::forget_answers(write, voice).await?;
        }
        Ok(Vec::new())
    })
}
