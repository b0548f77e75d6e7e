//! What this room keeps that people answer for: contributions, arguments, photos and official answers.

use crate::core::subject::SubjectKind;

/// Every kind.
pub const SUBJECTS: &[SubjectKind] = &[
    SubjectKind {
        word: "feature",
        table: "feature",
        feature: Some("select id from feature where id = $1"),
        author: Some("select author from feature where id = $1"),
    },
    SubjectKind {
        word: "argument",
        table: "argument",
        feature: Some("select feature_id from argument where id = $1"),
        author: Some("select author from argument where id = $1"),
    },
    SubjectKind {
        word: "photo",
        table: "photo",
        // Of what waits, too: it has a page, which not everybody reads.
        feature: Some("select coalesce(feature_id, waits_for) from photo where id = $1"),
        author: Some("select author from photo where id = $1"),
    },
    SubjectKind {
        word: "answer",
        table: "answer",
        feature: Some("select feature_id from answer where id = $1"),
        // The authority's: nobody's to appeal against, or to take away.
        author: None,
    },
];
