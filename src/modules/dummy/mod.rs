//! The module that tests alone compile: what a module touches, and how little of it is not its own. Residents come along on walks, and
//! say so in pledges, which may also stand alone.
//!
//! What it is not: shipped. Its texts, templates and migrations stand in `tests/modules/dummy`; its one foreign line is its name in
//! `modules/mod.rs`.

mod routes;
mod seed;
mod store;
mod tables;
mod tests;

use crate::civic::accounts::{Access, Hook, Level, Limit, LimitRow, Period, Rate, Role};
use crate::civic::contributions::columns::{Cell, Columns};
use crate::civic::manifest::{Module, Trial};
use crate::civic::processes::{Action, ActionRow, Phase, Settings, Template, TemplateRow};
use crate::core::atlas::{Facet, Slot, Values};
use crate::core::features::{Kind, KindRow, Status, StatusRow, Verdict};
use crate::core::journal::{Act, ActRow, Part};
use crate::core::personal_data::Purpose;
use crate::core::subject::{Moderated, SubjectKind};
use std::time::Duration;

/// The manifest.
pub const MODULE: Module = Module {
    name: "dummy",
    routes: routes::routes,
    kinds: &[WALK],
    subjects: &[PLEDGE],
    facets: &[LENGTH, GROUND],
    words: None,
    columns: &[WALKERS],
    acts: &[GROUND_LAID, PLEDGED, PLEDGE_HIDDEN, PLEDGE_RESTORED],
    actions: &[WALK_ALONG],
    templates: &[WALKS],
    limits: &[PROMISE],
    purposes: &[PROMISES],
    places: &[
        Hook::desk(70, Access::Holder(Role::Moderator), routes::ROOM, "dummy-title"),
        Hook::panel(50, Access::Everyone, routes::panel),
        Hook::card(50, routes::card),
        Hook::act(20, "/list?kind=walk", "act-walk", routes::walks_along),
        Hook::figure(50, Access::Everyone, routes::figure),
    ],
    jobs: &[crate::base::jobs::Job {
        name: "dummy",
        every: Duration::from_secs(3_600),
        look: None,
        run: |_| Box::pin(async { Ok(crate::base::jobs::Done::default()) }),
    }],
    tables: tables::TABLES,
    teller: None,
    seed: Some(seed::seed),
    trials: &[Trial {
        route: "/walks/{id}/pledges",
        count: "select count(*) from pledge",
        fields: &[("body", "Je viens")],
    }],
};

const WALK: Kind = Kind(&KindRow {
    word: "walk",
    statuses: &[Status::OPEN, Status::UNDER_REVIEW, CANCELLED, Status::DONE],
    verdicts: &[Verdict::Noted, Verdict::Done],
    ballot: None,
    sides: crate::core::features::ARGUED,
    edit: crate::core::features::EDIT,
});
const CANCELLED: Status = Status(&StatusRow { word: "cancelled", is_answer: false });

/// A season of walks.
const WALKS: Template = Template(&TemplateRow {
    word: "walks",
    make: |lang, now| Settings {
        why: lang.text("template-what-walks"),
        phases: vec![Phase {
            key: "season".into(),
            title: lang.text("template-walks"),
            opens: now,
            closes: now + chrono::TimeDelta::days(90),
            acts: Action::words(&[Action::PROPOSE, WALK_ALONG]),
        }],
        ..Settings::default()
    },
});

/// How long a walk is.
const LENGTH: Facet = Facet {
    name: "length",
    kind: Some(WALK),
    slot: Slot::A,
    values: Values::Words(&["short", "long"]),
    is_drawn: false,
};

/// What one walks on.
const GROUND: Facet = Facet {
    name: "ground",
    kind: Some(WALK),
    slot: Slot::B,
    values: Values::Rows("select id, slug, label, color, null from ground order by id"),
    is_drawn: true,
};

const GROUND_LAID: Act =
    Act(&ActRow { word: "ground_laid", is_civic: false, rereads: Part::Vocabulary, told: None });

/// How many come along.
const WALKERS: Columns = Columns {
    order: 60,
    object: None,
    names: &["walkers"],
    read: |db, ids| {
        Box::pin(async move {
            let counted = store::walkers(db, ids).await?;
            Ok(counted.into_iter().map(|(id, count)| (id, vec![Cell::Number(count)])).collect())
        })
    },
};

const PLEDGED: Act =
    Act(&ActRow { word: "pledged", is_civic: true, rereads: Part::Nothing, told: Some("changed") });
const PLEDGE_HIDDEN: Act =
    Act(&ActRow { word: "pledge_hidden", is_civic: true, rereads: Part::Nothing, told: Some("changed") });
const PLEDGE_RESTORED: Act =
    Act(&ActRow { word: "pledge_restored", is_civic: true, rereads: Part::Nothing, told: Some("changed") });

/// Coming along on a walk.
const WALK_ALONG: Action = Action(&ActionRow {
    word: "walk_along",
    least: Level::Visitor,
    needs_ballot: false,
    is_expected: true,
    way: "/list?process={slug}",
});

const PROMISE: Limit = Limit(&LimitRow {
    word: "promise",
    rate: Rate { count: 20, period: Period::Hour },
    makes_visitors: true,
});
const PROMISES: Purpose = Purpose("pledges");

const PLEDGE: SubjectKind = SubjectKind {
    word: "pledge",
    table: "pledge",
    feature: Some("select feature_id from pledge where id = $1"),
    author: Some("select author from pledge where id = $1"),
    moderated: Some(Moderated {
        rows: "select p.id, p.feature_id, f.process_id, 'moderation-pledge' as name, coalesce(f.title, '') as title, p.body, p.author,
                      p.created_at, p.seen_at, p.held, p.published_at, 1 = 1 as is_new
               from pledge p left join feature f on f.id = p.feature_id",
        is_seen: true,
        stands_alone: true,
        page: Some("/pledges/{id}"),
        hold: |write, id, held| Box::pin(store::hold(write, id, held)),
    }),
};
