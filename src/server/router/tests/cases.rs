//! A form that is right for every route that acts: what the tests send twice, or with a field that nobody sees.

use super::every_route;
use super::knocking::{House, Person};
use crate::base::db::Sql as _;
use crate::civic::accounts::{Limit, Role};
use crate::civic::manifest::Trial;
use crate::modules::MODULES;
use crate::server::testing::{Answer, Client};
use axum::http::Method;

/// What is sent, and what it makes one of.
#[derive(Clone, Copy)]
pub(super) struct Case {
    pub(super) route: &'static str,
    pub(super) who: Person,
    /// The row that it makes: counted before and after.
    pub(super) count: &'static str,
    pub(super) fields: &'static [(&'static str, &'static str)],
    /// A file, where the form brings one: its field and name.
    pub(super) file: Option<(&'static str, &'static str)>,
}

const fn case(
    route: &'static str,
    who: Person,
    count: &'static str,
    fields: &'static [(&'static str, &'static str)],
) -> Case {
    Case { route, who, count, fields, file: None }
}

pub(super) const IDEA: &[(&str, &str)] =
    &[("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
const REPORT: &[(&str, &str)] =
    &[("category", "nid-de-poule"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
const MODERATOR: Person = Person::Holder(Role::Moderator);
const AGENT: Person = Person::Holder(Role::Agent);
pub(super) const PLANNER: Person = Person::Holder(Role::Administrator);
const ANSWER: &[(&str, &str)] = &[
    ("feature", "{idea}"),
    ("verdict", "accepted"),
    ("body", "Nous posons le banc en mai."),
    ("authority", "La Ville"),
    ("query", ""),
];

/// Every route at which something is made or written down.
pub(super) const CASES: &[Case] = &[
    case("/proposals", Person::Stranger, "select count(*) from feature", IDEA),
    case(
        "/features/{id}/edit",
        Person::Visitor,
        "select count(*) from journal where act = 'changed'",
        &[
            ("title", "Un banc rouge"),
            ("lon", "2.35"),
            ("lat", "48.85"),
            ("step", "publish"),
            ("key", "{key}"),
        ],
    ),
    case(
        "/features/{id}/arguments",
        Person::Stranger,
        "select count(*) from argument",
        &[("side", "for"), ("body", "De l’ombre")],
    ),
    case("/features/{id}/vote", Person::Stranger, "select count(*) from vote", &[("voice", "for")]),
    case(
        "/features/{id}/flag",
        Person::Stranger,
        "select count(*) from flag",
        &[("reason", "personal"), ("body", "Un nom")],
    ),
    case("/sign-in", Person::Stranger, "select count(*) from mail", &[("email", "a{idea}@mail.example")]),
    Case {
        route: "/photos",
        who: Person::Stranger,
        count: "select count(*) from photo",
        fields: &[],
        file: Some(("photo", "banc.jpg")),
    },
    case("/admin/answers/{id}", AGENT, "select count(*) from answer", ANSWER),
    case("/admin/answers", AGENT, "select count(*) from answer", ANSWER),
    case(
        "/admin/answers/{id}/status",
        AGENT,
        "select count(*) from journal where act = 'status'",
        &[("status", "under_review")],
    ),
    case(
        "/admin/answers/status",
        AGENT,
        "select count(*) from journal where act = 'status'",
        &[("status", "under_review"), ("feature", "{idea}")],
    ),
    case(
        "/admin/moderation/{thing}",
        MODERATOR,
        "select count(*) from decision",
        &[("act", "hide"), ("reason", "personal")],
    ),
    case(
        "/admin/moderation",
        MODERATOR,
        "select count(*) from decision",
        &[("act", "hide"), ("reason", "personal"), ("thing", "{idea}")],
    ),
    case(
        "/admin/themes",
        PLANNER,
        "select count(*) from theme",
        &[("label", "Bancs {idea}"), ("color", "#0072b2"), ("icon", "tree")],
    ),
    case(
        "/admin/views",
        AGENT,
        "select count(*) from saved_view",
        &[("room", "/admin/answers"), ("query", "sort=votes"), ("name", "Vue {idea}")],
    ),
    case(
        "/admin/zones/new",
        AGENT,
        "select count(*) from zone",
        &[
            ("name", "Le carrefour"),
            (
                "geometry",
                r#"{"type":"Polygon","coordinates":[[[2.3,48.8],[2.4,48.8],[2.4,48.9],[2.3,48.8]]]}"#,
            ),
        ],
    ),
    case(
        "/admin/work/{thing}/notes",
        AGENT,
        "select count(*) from subject_note",
        &[("body", "Vu sur place avec la voirie.")],
    ),
    case(
        "/admin/replies",
        AGENT,
        "select count(*) from reply_template",
        &[("name", "Accusé {idea}"), ("body", "Bonjour, merci."), ("lang", "fr")],
    ),
    case("/admin/processes", PLANNER, "select count(*) from process", &[("title", "Plan vélo")]),
    case(
        "/contact",
        Person::Stranger,
        "select count(*) from mail",
        &[("email", "moi@mail.example"), ("message", "Le banc de la place est cassé.")],
    ),
    case("/admin/processes/{slug}/clone", PLANNER, "select count(*) from process", &[]),
    case(
        "/admin/processes/{slug}",
        PLANNER,
        "select count(*) from process_version",
        &[
            ("title", "Plan vélo"),
            ("state", "draft"),
            ("summary", "Des pistes"),
            ("shape", "point"),
            ("level-propose", "visitor"),
            ("level-argue", "visitor"),
            ("level-vote", "visitor"),
            ("votes", "for_only"),
            ("moderation", "after"),
            ("order", "random"),
            ("title_most", "80"),
            ("body_most", "500"),
            ("version", "1"),
            ("note", "Titre"),
        ],
    ),
    Case {
        route: "/admin/processes/{slug}/picture",
        who: PLANNER,
        count: "select count(*) from process_version",
        fields: &[("section", "picture")],
        file: Some(("picture", "quai.jpg")),
    },
    Case {
        route: "/admin/processes/{slug}/documents",
        who: PLANNER,
        count: "select count(*) from process_document",
        fields: &[("title", "Plan")],
        file: Some(("document", "plan.pdf")),
    },
    case(
        "/admin/people/grant",
        PLANNER,
        "select count(*) from role_grant",
        &[("email", "b{idea}@mail.example"), ("role", "agent")],
    ),
    case(
        "/admin/keys",
        PLANNER,
        "select count(*) from api_key",
        &[("name", "Suivi de voirie {idea}"), ("scope", "open311"), ("per_hour", "600")],
    ),
    case("/reports", Person::Stranger, "select count(*) from feature", REPORT),
    case(
        "/admin/reports/catalogue/services",
        PLANNER,
        "select count(*) from report_service",
        &[("name", "Service {idea}")],
    ),
    case(
        "/admin/reports/catalogue/categories",
        PLANNER,
        "select count(*) from report_category",
        &[
            ("label", "Ruche {idea}"),
            ("sort", "problem"),
            ("metres", "50"),
            ("days", "30"),
            ("color", "#0072b2"),
            ("icon", "dot"),
        ],
    ),
    case(
        "/admin/reports/catalogue/rules",
        PLANNER,
        "select count(*) from report_rule",
        &[("category", "{category}"), ("service", "1")],
    ),
    case("/admin/reports/rounds", AGENT, "select count(*) from report_round", &[("feature", "{report}")]),
];

/// These, and the forms that modules say of themselves, sent by a stranger.
pub(super) fn cases() -> Vec<Case> {
    let of = |trial: &Trial| case(trial.route, Person::Stranger, trial.count, trial.fields);
    CASES.iter().copied().chain(MODULES.iter().flat_map(|module| module.trials).map(of)).collect()
}

/// Acts that make nothing: done twice, they are as done once by themselves, or the second is told so.
pub(super) const CHANGES: &[&str] = &[
    "/sign-in/{token}",
    "/sign-in/outside",
    "/sign-out",
    "/account/passkeys/begin",
    "/account/passkeys",
    "/account/passkeys/{id}/remove",
    "/account/second-factor/begin",
    "/account/second-factor",
    "/sign-in/passkey/begin",
    "/sign-in/passkey",
    "/account",
    "/account/sessions/{id}/end",
    "/account/sessions/end-others",
    // Of one person's own lists; a letter that was given back to the outbox is in it.
    "/admin/views/{id}",
    "/admin/views/{id}/remove",
    "/admin/views/{id}/restore",
    "/admin/letters/again",
    "/admin/jobs/run",
    "/admin/people/{id}/revoke",
    "/admin/people/{id}/restore",
    "/admin/keys/{id}/revoke",
    // The same version again, one voice, an end that is one already: the second changes nothing or is told so.
    "/reports/{id}/edit",
    "/reports/{id}/support",
    "/reports/{id}/reopen",
    "/reports/{id}/rate",
    "/admin/reports",
    "/admin/reports/undo",
    "/admin/reports/{id}",
    "/admin/reports/{id}/merge",
    "/admin/reports/{id}/separate",
    "/admin/reports/rounds/{id}",
    "/admin/reports/rounds/{id}/stops/{report}",
    "/admin/reports/catalogue/usual",
    "/admin/reports/catalogue/services/{id}",
    "/admin/reports/catalogue/services/{id}/remove",
    "/admin/reports/catalogue/services/{id}/agents",
    "/admin/reports/catalogue/categories/{id}",
    "/admin/reports/catalogue/categories/{id}/remove",
    "/admin/reports/catalogue/categories/{id}/move",
    "/admin/reports/catalogue/rules/{id}",
    "/admin/reports/catalogue/rules/{id}/end",
    "/admin/reports/catalogue/days",
    // Who has it already has it; what is back is back: the second is told so. What failed is tried again once.
    "/admin/reports/{id}/hand-over",
    "/admin/reports/{id}/hand-over/again",
    "/admin/reports/{id}/hand-over/back",
    // A program's own number makes one of two (`open311`); the same said twice is one line.
    "/open311/v2/requests.xml",
    "/open311/v2/requests.json",
    "/open311/v2/servicerequestupdates.xml",
    "/open311/v2/servicerequestupdates.json",
    "/admin/processes/{slug}/restore",
    "/admin/processes/{slug}/documents/{id}/remove",
    "/admin/processes/{slug}/documents/{id}/restore",
    "/admin/processes/{slug}/roll",
    "/admin/themes/{id}",
    "/admin/themes/{id}/remove",
    "/admin/areas/territory",
    // Of two that saw the same version the second is refused; a letter of trial is kept nowhere; the first link works once.
    "/admin/site/{section}",
    "/admin/site/basemap",
    "/admin/site/basemap/files/remove",
    "/admin/site/mail",
    "/admin/site/mail/try",
    "/admin/site/versions/{version}/restore",
    "/setup",
    "/setup/done",
    // What is there of the same level and code is replaced by the same, or the second is told that it is there.
    "/admin/areas/file",
    "/admin/areas/file/{digest}",
    "/admin/areas/new",
    "/admin/areas/{id}",
    "/admin/areas/{id}/remove",
    "/admin/areas/removed/{digest}",
    "/features/{id}/withdraw",
    "/features/{id}/restore",
    "/features/{id}/arguments/{argument}/withdraw",
    "/photos/{id}/remove",
    "/verify",
    "/privacy/me/erase",
    "/admin/moderation/undo",
    // One for each decision by the table's own key; the form goes with the hidden thing, which `appeals` tests.
    "/admin/moderation/appeals/{decision}",
    "/features/{id}/appeal",
    "/appeal/{decision}",
    // One for each person and thing by the table's own key; the form goes with what no module of ours keeps yet.
    "/flag/{thing}",
    "/features/{id}/follow",
    "/features/{id}/unfollow",
    // The same row for the same address; a link acts on it.
    "/features/{id}/follow-by-letter",
    "/processes/{slug}/follow",
    "/following/{id}",
    "/admin/zones/{id}",
    "/admin/zones/{id}/remove",
    "/admin/zones/{id}/back",
    "/admin/replies/{id}",
    "/admin/replies/{id}/remove",
    "/admin/replies/{id}/put-back",
    "/admin/work/{thing}/notes/{note}",
    "/admin/work/{thing}/assign",
    "/admin/answers/undo",
    "/admin/my-letters",
    // A second time there is nothing to cover, to put back or to publish: the form says which picture it saw.
    "/admin/photos/{id}/blur",
    "/admin/photos/{id}/unblur",
    "/admin/photos/{id}/publish",
];

/// What a case needs to be there, and the case's values filled in.
pub(super) struct Ready {
    pub(super) path: String,
    pub(super) fields: Vec<(String, String)>,
    pub(super) class: Limit,
}

pub(super) async fn ready(house: &House, case: &Case) -> Ready {
    let mut somebody = house.browser();
    let idea = house.idea(&mut somebody).await;
    let slug = if case.route.contains("{slug}") {
        let mut planner = house.enter(PLANNER).await;
        let made = planner.post("/admin/processes", &[("title", "Budget participatif")]).await;
        made.header("location").rsplit('/').next().unwrap().to_owned()
    } else {
        String::new()
    };
    let (mut report, mut category) = (String::new(), String::new());
    if case.route.contains("/reports") {
        report = house.report(&mut somebody).await;
        // One that no rule names yet.
        let sql = "select min(id) from report_category where parent_id is not null
             and id not in (select category_id from report_rule where category_id is not null)";
        let (id,): (i64,) = house.app.db.one(sql, ()).await.unwrap();
        category = id.to_string();
    }
    let thing = if case.route.contains("/reports/{id}") { &report } else { &idea };
    let key = house
        .app
        .key_to(&crate::core::features::edit_key(crate::base::ids::FeatureId(thing.parse().unwrap())));
    let fill = |text: &str| {
        let text = text.replace("{idea}", &idea).replace("{key}", &key).replace("{slug}", &slug);
        let text = text.replace("{report}", &report).replace("{category}", &category);
        text.replace("{id}", thing).replace("{thing}", thing).replace("{section}", "face")
    };
    if case.route == "/contact" {
        house.is_reached("mairie@ville.example").await;
    }
    let route = every_route().into_iter().find(|d| d.path == case.route && d.method == Method::POST).unwrap();
    let fields = case.fields.iter().map(|(name, value)| ((*name).to_owned(), fill(value)));
    Ready { path: fill(case.route), fields: fields.collect(), class: route.limit.unwrap() }
}

pub(super) async fn send(mut client: Client, case: &Case, ready: &Ready, key: &str) -> Answer {
    let mut fields = vec![("once", key)];
    fields.extend(ready.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let Some((field, name)) = case.file else { return client.post(&ready.path, &fields).await };
    let mut jpeg = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(40, 30).write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    let bytes = match name.rsplit_once('.') {
        Some((_, "pdf")) => b"%PDF-1.4\n%%EOF\n".to_vec(),
        _ => jpeg.into_inner(),
    };
    client.upload(&ready.path, &fields, &[(field, name, &bytes)]).await
}
