//! What this room keeps that people answer for: contributions, arguments, photos and official answers.

use super::{arguments, photos, store};
use crate::base::ids::{ArgumentId, FeatureId, PhotoId};
use crate::core::journal::Act;
use crate::core::subject::{Moderated, SubjectKind};

/// Every kind.
pub const SUBJECTS: &[SubjectKind] = &[
    SubjectKind {
        word: "feature",
        table: "feature",
        feature: Some("select id from feature where id = $1"),
        author: Some("select author from feature where id = $1"),
        moderated: Some(Moderated {
            rows: "select id, id as feature_id, process_id, 'kind-one-' || kind as name, title, body, author, created_at, seen_at,
                          held, published_at, channel <> 'import' as is_new
                   from feature",
            is_seen: true,
            stands_alone: false,
            page: None,
            hold: |write, id, held| {
                let act = if held.is_none() { Act::PUBLISHED } else { Act::HIDDEN };
                Box::pin(store::hold(write, FeatureId(id), held, act))
            },
        }),
    },
    SubjectKind {
        word: "argument",
        table: "argument",
        feature: Some("select feature_id from argument where id = $1"),
        author: Some("select author from argument where id = $1"),
        moderated: Some(Moderated {
            rows: "select g.id, g.feature_id, f.process_id, 'moderation-argument-' || g.side as name, f.title, g.body, g.author,
                          g.created_at, g.seen_at, g.held, g.published_at, (g.channel <> 'import' and f.held is null) as is_new
                   from argument g join feature f on f.id = g.feature_id",
            is_seen: true,
            stands_alone: false,
            page: None,
            hold: |write, id, held| {
                let act = if held.is_none() { Act::ARGUMENT_RESTORED } else { Act::ARGUMENT_HIDDEN };
                Box::pin(arguments::hold(write, ArgumentId(id), held, act))
            },
        }),
    },
    SubjectKind {
        word: "photo",
        table: "photo",
        // Of what waits, too: it has a page, which not everybody reads.
        feature: Some("select coalesce(feature_id, waits_for) from photo where id = $1"),
        author: Some("select author from photo where id = $1"),
        moderated: Some(Moderated {
            // A photo is looked at with its contribution.
            rows: "select h.id, h.feature_id, f.process_id, 'moderation-photo' as name, f.title, h.alt as body, h.author,
                          h.created_at, f.seen_at, h.held, case when h.held is null then h.created_at end as published_at,
                          1 = 0 as is_new
                   from photo h join feature f on f.id = h.feature_id",
            is_seen: false,
            stands_alone: false,
            page: None,
            hold: |write, id, held| Box::pin(photos::hold(write, PhotoId(id), held)),
        }),
    },
    SubjectKind {
        word: "answer",
        table: "answer",
        feature: Some("select feature_id from answer where id = $1"),
        // The authority's: nobody's to appeal against, or to take away.
        author: None,
        moderated: None,
    },
];
