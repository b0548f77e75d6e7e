//! Answers and following over HTTP in process, on both databases.

mod undo;

use crate::base::db::Sql as _;
use crate::base::ids::FeatureId;
use crate::civic::accounts::Role;
use crate::civic::contributions::answers;
use crate::civic::contributions::follows;
use crate::core::app::App;
use crate::core::features::Verdict;
use crate::core::features::{self, Kind, NewFeature, Status};
use crate::core::journal::Act;
use crate::server::testing::{Client, app, harmless, on_both, proposal};
use axum::http::StatusCode;

async fn placed(app: &App, new: &NewFeature) -> FeatureId {
    let mut write = app.begin().await.unwrap();
    let id = features::store::insert(&mut write, new, Act::PLACED).await.unwrap();
    app.commit(write).await.unwrap();
    id
}

async fn agent(app: &App) -> Client {
    let mut client = Client::new(app);
    client.sign_in(app, "agente@ville.example", &[Role::Agent]).await;
    client
}

async fn letters(app: &App) -> Vec<(String, String, String)> {
    // As they would leave now. Receipts aside: a depositor has one already.
    let mut all = crate::base::mail::latest(&app.db, 0, 1_000, features::store::name_of).await.unwrap();
    all.reverse();
    all.retain(|letter| !letter.subject.contains("reçu"));
    all.into_iter().map(|letter| (letter.recipient, letter.subject, letter.body)).collect()
}

const YES: [(&str, &str); 4] = [
    ("verdict", "accepted"),
    ("body", "**Oui**, dès mars."),
    ("authority", "La Ville"),
    ("link", "/features/1"),
];

on_both! {
    async fn an_answer_is_shown_with_its_history_and_moves_the_map_s_filter(db: Db) {
        let app = app(&db).await;
        let id = placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let mut agent = agent(&app).await;
        assert!(agent.get("/features/1").await.text().contains("/admin/answers/1"), "the agent's box");
        let mut reader = Client::new(&app);
        assert!(!reader.get("/features/1").await.text().contains("/admin/answers/1"));
        let refused = agent.post("/admin/answers/1", &[("verdict", "refused"), ("body", "Non <b>"), ("authority", "La Ville")]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        let text = refused.text();
        assert!(text.contains("un refus est toujours motivé") && text.contains("Non &#60;b&#62;"), "{text}");
        harmless(&text);
        let sent = agent.post("/admin/answers/1", &YES).await;
        assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, "/features/1#answer"), "{}", sent.text());
        let page = reader.get("/features/1").await.text();
        for said in ["La Ville", "<strong>Oui</strong>", "Retenue", "Ce qu’elle est devenue", "href=\"/features/1\""] {
            assert!(page.contains(said), "{said}: {page}");
        }
        harmless(&page);
        assert!(reader.get("/list?status=accepted").await.text().contains("Réponse\u{a0}: La Ville"));
        assert!(!reader.get("/list?status=open").await.text().contains("Un banc"), "the index follows");
        let again = [("verdict", "started"), ("body", "Les travaux commencent."), ("authority", "La Ville")];
        agent.post("/admin/answers/1", &again).await;
        let page = reader.get("/features/1").await.text();
        assert!(page.contains("Versions précédentes") && page.contains("<strong>Oui</strong>"), "{page}");
        let history: Vec<Status> = answers::history(&app.db, id).await.unwrap().iter().map(|c| c.status).collect();
        assert_eq!(history, [Status::ACCEPTED, Status::IN_PROGRESS]);
        let verdicts: Vec<Verdict> = answers::of(&app.db, id).await.unwrap().iter().map(|a| a.verdict).collect();
        assert_eq!(verdicts, [Verdict::Started, Verdict::Accepted]);
        let lines = crate::core::journal::after(&app.db, 0, 50).await.unwrap();
        let of_it: Vec<_> = lines.iter().filter(|l| l.feature_id == Some(id)).map(|l| (l.act, l.subject.as_deref())).collect();
        assert_eq!(of_it, [
            (Act::PLACED, None), (Act::ANSWERED, Some("answer")), (Act::STATUS, Some("accepted")), (Act::ANSWERED, Some("answer")),
            (Act::STATUS, Some("in_progress")),
        ]);
    }

    async fn one_answer_goes_to_all_that_are_checked_or_to_none(db: Db) {
        let app = app(&db).await;
        for title in ["Un banc", "Deux bancs", "Trois bancs"] {
            placed(&app, &proposal(title, 2.35, 48.85)).await;
        }
        let mut new = proposal("Un trou", 2.35, 48.85);
        new.kind = Kind::REPORT;
        placed(&app, &new).await;
        let mut agent = agent(&app).await;
        let list = agent.get("/admin/answers").await.text();
        assert!(list.contains("Trois bancs") && list.contains("3 contributions"), "{list}");
        harmless(&list);
        let none = agent.post("/admin/answers", &YES).await;
        assert_eq!(none.status, StatusCode::BAD_REQUEST);
        assert!(none.text().contains("Cochez au moins une contribution") && none.text().contains("dès mars"));
        // A report cannot be accepted: the whole act is refused.
        let form = |features: &[&'static str]| {
            let mut form: Vec<(&str, &str)> = features.iter().map(|id| ("feature", *id)).collect();
            form.extend(YES);
            form.push(("query", "status=open"));
            form
        };
        assert_eq!(agent.post("/admin/answers", &form(&["1", "4"])).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(features::store::find(&app.db, FeatureId(1)).await.unwrap().status, Status::OPEN);
        let sent = agent.post("/admin/answers", &form(&["1", "3", "3"])).await;
        assert!(sent.header("location").starts_with("/admin/answers?status=open&done=2&undo=answer:"), "{}", sent.text());
        let after = agent.get("/admin/answers?status=open&done=2").await.text();
        assert!(after.contains("2 contributions ont reçu leur réponse") && !after.contains("Trois bancs"), "{after}");
        assert_eq!(features::store::find(&app.db, FeatureId(3)).await.unwrap().answered_by.as_deref(), Some("La Ville"));
    }

    async fn an_agent_answers_only_where_they_have_the_role(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let velo = features::vocabulary::ensure_process(&mut write, "Plan vélo").await.unwrap();
        app.commit(write).await.unwrap();
        let mut new = proposal("Ailleurs", 2.35, 48.85);
        placed(&app, &new).await;
        (new.title, new.process) = ("Une piste".into(), Some(velo));
        placed(&app, &new).await;
        let mut scoped = Client::new(&app);
        let account = scoped.sign_in(&app, "velo@ville.example", &[]).await;
        let mut write = app.begin().await.unwrap();
        crate::civic::accounts::store::grant(&mut write, account.id, Role::Agent, (Some(velo), None), None).await.unwrap();
        app.commit(write).await.unwrap();
        let list = scoped.get("/admin/answers").await.text();
        assert!(list.contains("Une piste") && !list.contains("Ailleurs"), "{list}");
        assert_eq!(scoped.get("/admin/answers/1").await.status, StatusCode::FORBIDDEN);
        assert_eq!(scoped.post("/admin/answers/1", &YES).await.status, StatusCode::FORBIDDEN);
        assert!(scoped.post("/admin/answers/2", &YES).await.status.is_redirection());
        let mut resident = Client::new(&app);
        resident.sign_in(&app, "lea@mail.example", &[]).await;
        assert_eq!(resident.post("/admin/answers/2", &YES).await.status, StatusCode::FORBIDDEN);
        assert_eq!(Client::new(&app).post("/admin/answers/2", &YES).await.status, StatusCode::UNAUTHORIZED);
    }

    async fn who_follows_is_told_until_they_stop_and_authors_follow_by_themselves(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        let lea = author.sign_in(&app, "lea@mail.example", &[]).await;
        let form = [("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
        assert!(author.post("/proposals", &form).await.status.is_redirection());
        assert!(author.get("/features/1").await.text().contains("Vous suivez cette contribution"));
        let mut other = Client::new(&app);
        other.sign_in(&app, "tom@mail.example", &[]).await;
        assert!(other.get("/features/1").await.text().contains("value=\"yes\""));
        assert!(other.post("/features/1/follow", &[("follows", "yes")]).await.status.is_redirection());
        assert_eq!(Client::new(&app).post("/features/1/follow", &[]).await.status, StatusCode::UNAUTHORIZED);
        let mut agent = agent(&app).await;
        agent.post("/admin/answers/1", &YES).await;
        let told = letters(&app).await;
        assert_eq!(told.iter().map(|(to, ..)| to.as_str()).collect::<Vec<_>>(), ["lea@mail.example", "tom@mail.example"]);
        let (_, subject, body) = &told[0];
        assert_eq!(subject, "Réponse à la contribution «\u{a0}Un banc\u{a0}»");
        assert!(body.contains("Oui, dès mars.") && body.contains("La Ville"), "{body}");
        // The letter's own link asks first, and needs its key.
        let link = body.split_whitespace().find(|word| word.contains("/unfollow?")).unwrap();
        let path = link.trim_start_matches("http://127.0.0.1:8600");
        let mut mail = Client::new(&app);
        assert!(mail.get(path).await.text().contains("method=\"post\""));
        assert!(follows::is_following(&app.db, FeatureId(1), lea.id).await.unwrap(), "opened, not stopped");
        let key = path.split("key=").nth(1).unwrap();
        let id = lea.id.to_string();
        assert_eq!(mail.post("/features/1/unfollow", &[("account", &id), ("key", "00")]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(mail.post("/features/1/unfollow", &[("account", &id), ("key", key)]).await.status, StatusCode::OK);
        other.post("/features/1/follow", &[("follows", "no")]).await;
        agent.post("/admin/answers/1", &[("verdict", "done"), ("body", "C’est fait."), ("authority", "La Ville")]).await;
        assert_eq!(letters(&app).await.len(), 2, "nobody follows any more");
    }

    async fn a_status_changes_without_an_answer_once_with_its_line_and_its_letters(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        author.sign_in(&app, "lea@mail.example", &[]).await;
        let form = [("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
        assert!(author.post("/proposals", &form).await.status.is_redirection());
        let mut agent = agent(&app).await;
        // Whoever does it is not told of it, though they follow.
        agent.post("/features/1/follow", &[("follows", "yes")]).await;
        let page = agent.get("/admin/answers/1").await.text();
        assert!(page.contains("action=\"/admin/answers/1/status\"") && page.contains("value=\"under_review\""), "{page}");
        assert!(!page.contains("value=\"open\""), "it has that one already");
        let sent = agent.post("/admin/answers/1/status", &[("status", "in_progress")]).await;
        assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, "/features/1#history"), "{}", sent.text());
        let told = letters(&app).await;
        assert_eq!(told.len(), 1);
        let (to, subject, body) = &told[0];
        assert_eq!((to.as_str(), subject.as_str()), ("lea@mail.example", "Du nouveau\u{a0}: «\u{a0}Un banc\u{a0}»"));
        assert!(body.contains("En cours (auparavant\u{a0}: Reçue)") && body.contains("/unfollow?"), "{body}");
        let again = agent.post("/admin/answers/1/status", &[("status", "in_progress")]).await;
        assert_eq!(again.status, StatusCode::OK);
        assert!(again.text().contains("Rien n’a changé"), "{}", again.text());
        assert_eq!(letters(&app).await.len(), 1, "nothing changed, nobody is told");
        let page = author.get("/features/1").await.text();
        assert!(page.contains("En cours") && page.contains("id=\"history\"") && !page.contains("id=\"answer\""), "{page}");
        assert!(author.get("/list?status=in_progress").await.text().contains("Un banc"), "the index follows");
        let id = FeatureId(1);
        assert_eq!(answers::history(&app.db, id).await.unwrap().iter().map(|c| c.status).collect::<Vec<_>>(), [Status::IN_PROGRESS]);
        let lines = crate::core::journal::after(&app.db, 0, 50).await.unwrap();
        let of_it: Vec<_> = lines.iter().filter(|l| l.feature_id == Some(id)).map(|l| (l.act, l.subject.as_deref())).collect();
        assert_eq!(of_it, [(Act::PLACED, None), (Act::STATUS, Some("in_progress"))]);
        // What was done by mistake goes back the same way, and the history says both.
        agent.post("/admin/answers/1/status", &[("status", "open")]).await;
        assert_eq!(answers::history(&app.db, id).await.unwrap().len(), 2);
        assert_eq!(letters(&app).await.len(), 2);
    }

    async fn a_status_is_refused_where_the_kind_has_none_such_or_it_needs_a_motive(db: Db) {
        let app = app(&db).await;
        let mut project = proposal("Un <i>trou</i>", 2.35, 48.85);
        project.kind = Kind::PROJECT;
        placed(&app, &project).await;
        placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let mut agent = agent(&app).await;
        let page = agent.get("/admin/answers/1").await.text();
        let alone = page.split("status-alone").nth(1).unwrap();
        assert!(!alone.contains("value=\"open\"") && !alone.contains("value=\"refused\""), "{alone}");
        let misfit = agent.post("/admin/answers/1/status", &[("status", "open")]).await;
        assert_eq!(misfit.status, StatusCode::BAD_REQUEST);
        let text = misfit.text();
        assert!(text.contains("L’état «\u{a0}Reçue\u{a0}» n’existe pas pour «\u{a0}Un &#60;i&#62;trou&#60;/i&#62;\u{a0}» (Projet)"), "{text}");
        assert!(text.contains("À l’étude, Retenue, En cours, Réalisée"), "the message says which there are: {text}");
        harmless(&text);
        for (status, said) in [("refused", "un refus est toujours motivé"), ("", "Choisissez le nouvel état"), ("<b>", "Choisissez le nouvel état")] {
            let refused = agent.post("/admin/answers/2/status", &[("status", status)]).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{status}");
            assert!(refused.text().to_lowercase().contains(&said.to_lowercase()), "{status}: {}", refused.text());
        }
        assert_eq!(agent.post("/admin/answers/2/status", &[]).await.status, StatusCode::BAD_REQUEST);
        assert_eq!(agent.post("/admin/answers/99/status", &[("status", "done")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(agent.post("/admin/answers/x/status", &[("status", "done")]).await.status, StatusCode::NOT_FOUND);
        assert!(answers::history(&app.db, FeatureId(2)).await.unwrap().is_empty());
        assert!(letters(&app).await.is_empty());
    }

    async fn one_status_goes_to_all_that_are_checked_or_to_none(db: Db) {
        let app = app(&db).await;
        for title in ["Un banc", "Deux bancs", "Trois bancs"] {
            placed(&app, &proposal(title, 2.35, 48.85)).await;
        }
        let mut report = proposal("Un trou", 2.35, 48.85);
        report.kind = Kind::PROJECT;
        placed(&app, &report).await;
        let mut agent = agent(&app).await;
        let list = agent.get("/admin/answers").await.text();
        assert!(list.contains("formaction=\"/admin/answers/status\" formnovalidate"), "{list}");
        let status = |status: &'static str, features: &[&'static str]| {
            let mut form: Vec<(&str, &str)> = features.iter().map(|id| ("feature", *id)).collect();
            form.extend([("status", status), ("query", "status=open"), ("body", "Ce qui était tapé.")]);
            form
        };
        // Bad input: nothing checked, nothing chosen, a refusal, a kind that has no such status: all or nothing.
        for (form, said) in [
            (status("done", &[]), "Cochez au moins une contribution"),
            (status("", &["1"]), "Choisissez le nouvel état"),
            (status("refused", &["1"]), "Un refus est toujours motivé"),
            (status("open", &["1", "4"]), "«\u{a0}Un trou\u{a0}» (Projet)"),
        ] {
            let refused = agent.post("/admin/answers/status", &form).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST);
            let text = refused.text();
            assert!(text.contains(said) && text.contains("Ce qui était tapé."), "{said}: {text}");
            harmless(&text);
        }
        assert_eq!(features::store::find(&app.db, FeatureId(1)).await.unwrap().status, Status::OPEN);
        assert_eq!(agent.post("/admin/answers/status", &status("done", &["1", "99"])).await.status, StatusCode::CONFLICT);
        agent.post("/admin/answers/1/status", &[("status", "under_review")]).await;
        let sent = agent.post("/admin/answers/status", &status("under_review", &["1", "2", "4", "4"])).await;
        assert!(sent.header("location").starts_with("/admin/answers?status=open&moved=2&same=1&undo=status:"), "{}", sent.text());
        let after = agent.get(sent.header("location")).await.text();
        assert!(after.contains("2 contributions ont changé d’état. 1 l’avait déjà") && after.contains("Trois bancs"), "{after}");
        assert!(!after.contains("Deux bancs"));
        for (id, history) in [(1, 1), (2, 1), (3, 0), (4, 1)] {
            assert_eq!(answers::history(&app.db, FeatureId(id)).await.unwrap().len(), history, "{id}");
        }
        assert!(letters(&app).await.is_empty(), "nobody follows an import");
    }

    async fn a_status_changes_only_where_an_agent_has_the_role(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let velo = features::vocabulary::ensure_process(&mut write, "Plan vélo").await.unwrap();
        app.commit(write).await.unwrap();
        let mut new = proposal("Ailleurs", 2.35, 48.85);
        placed(&app, &new).await;
        (new.title, new.process) = ("Une piste".into(), Some(velo));
        placed(&app, &new).await;
        let mut scoped = Client::new(&app);
        let account = scoped.sign_in(&app, "velo@ville.example", &[]).await;
        let mut write = app.begin().await.unwrap();
        crate::civic::accounts::store::grant(&mut write, account.id, Role::Agent, (Some(velo), None), None).await.unwrap();
        app.commit(write).await.unwrap();
        let done = [("status", "done")];
        assert_eq!(scoped.post("/admin/answers/1/status", &done).await.status, StatusCode::FORBIDDEN);
        let both = [("status", "done"), ("feature", "2"), ("feature", "1")];
        assert_eq!(scoped.post("/admin/answers/status", &both).await.status, StatusCode::FORBIDDEN);
        assert_eq!(features::store::find(&app.db, FeatureId(2)).await.unwrap().status, Status::OPEN, "none of them");
        assert!(scoped.post("/admin/answers/2/status", &done).await.status.is_redirection());
        assert_eq!(Client::new(&app).post("/admin/answers/2/status", &done).await.status, StatusCode::UNAUTHORIZED);
        let mut resident = Client::new(&app);
        resident.sign_in(&app, "lea@mail.example", &[]).await;
        assert_eq!(resident.post("/admin/answers/status", &both).await.status, StatusCode::FORBIDDEN);
    }

    async fn an_answer_that_does_not_suit_the_kind_is_shown_again_as_it_was_typed(db: Db) {
        let app = app(&db).await;
        let mut report = proposal("Un trou", 2.35, 48.85);
        report.kind = Kind::REPORT;
        placed(&app, &report).await;
        let mut agent = agent(&app).await;
        for path in ["/admin/answers/1", "/admin/answers"] {
            let mut form = YES.to_vec();
            form.push(("feature", "1"));
            let refused = agent.post(path, &form).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST);
            let text = refused.text();
            assert!(text.contains("ne convient pas à ce type") && text.contains("dès mars"), "{path}: {text}");
        }
    }
}

/// What the forms of a page say that they saw.
fn seen(page: &str) -> Vec<String> {
    let values = page.split("name=\"seen\" value=\"").skip(1);
    values.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn with<'a>(form: &[(&'a str, &'a str)], seen: &'a [String]) -> Vec<(&'a str, &'a str)> {
    form.iter().copied().chain(seen.iter().map(|token| ("seen", token.as_str()))).collect()
}

on_both! {
    async fn of_two_agents_who_answer_at_once_the_second_is_shown_both_and_keeps_their_text(db: Db) {
        let app = app(&db).await;
        placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let (mut one, mut two) = (agent(&app).await, Client::new(&app));
        two.sign_in(&app, "autre@ville.example", &[Role::Agent]).await;
        let page = seen(&one.get("/admin/answers/1").await.text());
        assert_eq!(page.len(), 2, "both forms of the page");
        let list = seen(&one.get("/admin/answers").await.text());
        let fresh = seen(&two.get("/admin/answers/1").await.text());
        let first = two.post("/admin/answers/1", &with(&YES, &fresh)).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text());
        let told = letters(&app).await.len();
        let mine = [("verdict", "refused"), ("body", "Ma longue réponse"), ("motive", "Trop cher"), ("authority", "Le Département")];
        let late = one.post("/admin/answers/1", &with(&mine, &page)).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let text = late.text();
        for said in ["aucune réponse", "Oui, dès mars", "La Ville", "Ma longue réponse", "Trop cher", "Le Département", "value=\"refused\" required checked"] {
            assert!(text.contains(said), "{said}: {text}");
        }
        harmless(&text);
        let many = [("feature", "1"), ("verdict", "refused"), ("body", "Ma longue réponse"), ("motive", "Trop cher"), ("authority", "A")];
        for (path, form, tokens) in [
            ("/admin/answers", &many[..], &list),
            ("/admin/answers/status", &[("feature", "1"), ("status", "done")][..], &list),
            ("/admin/answers/1/status", &[("status", "done")][..], &page),
        ] {
            let late = one.post(path, &with(form, tokens)).await;
            assert_eq!(late.status, StatusCode::CONFLICT, "{path}");
        }
        assert_eq!(answers::of(&app.db, FeatureId(1)).await.unwrap().len(), 1, "nothing was written");
        assert_eq!(letters(&app).await.len(), told, "nor told");
        let again = one.post("/admin/answers/1", &with(&mine, &seen(&text))).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "one click goes on: {}", again.text());
    }

    async fn a_bulk_answer_with_one_that_went_meanwhile_keeps_the_text_and_the_other_ticks(db: Db) {
        let app = app(&db).await;
        for title in ["Un", "Deux", "Trois"] {
            placed(&app, &proposal(title, 2.35, 48.85)).await;
        }
        let mut agent = agent(&app).await;
        let list = seen(&agent.get("/admin/answers").await.text());
        let mut author = Client::new(&app);
        author.sign_in(&app, "mod@ville.example", &[Role::Moderator]).await;
        author.post("/admin/moderation/2", &[("act", "hide"), ("reason", "unclear")]).await;
        let form = [("feature", "1"), ("feature", "2"), ("feature", "3"), ("verdict", "noted"), ("body", "Une longue réponse commune"), ("authority", "La Ville"), ("query", "status=open")];
        let late = agent.post("/admin/answers", &with(&form, &list)).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let text = late.text();
        assert!(text.contains("Une longue réponse commune") && text.contains("value=\"1\" checked") && text.contains("value=\"3\" checked"), "{text}");
        assert!(text.contains("n° 2") && text.contains("Elle n’est plus en ligne"), "{text}");
        assert!(answers::of(&app.db, FeatureId(1)).await.unwrap().is_empty(), "none or all");
        let (one, three) = (form[0], form[2]);
        let rest: Vec<_> = [one, three].into_iter().chain(form[3..].iter().copied()).collect();
        let again = agent.post("/admin/answers", &with(&rest, &seen(&text))).await;
        assert!(again.header("location").starts_with("/admin/answers?status=open&done=2&undo=answer:"), "{}", again.text());
    }

    async fn the_desk_s_filter_lets_through_what_the_map_s_does(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let velo = features::vocabulary::ensure_process(&mut write, "Plan vélo").await.unwrap();
        let (area, _) = crate::core::territory::store::upsert(&mut write, &crate::server::testing::square("Centre", 2.0, 48.0, 1.0)).await.unwrap();
        write.record_subject(Act::TERRITORY, "");
        let texts = ["Un banc à l’école", "Une piste 100 % sûre", "Des arbres_ici", "École\\cour"];
        let rows: Vec<NewFeature> = (0..16).map(|n| NewFeature {
            kind: Kind::all()[n % 3],
            status: if n % 2 == 0 { Status::UNDER_REVIEW } else { Status::DONE },
            process: (n % 4 == 0).then_some(velo),
            areas: if n % 5 == 0 { vec![area] } else { vec![] },
            created_at: format!("2026-0{}-01T00:30:00Z", 1 + n % 9).parse().unwrap(),
            ..proposal(texts[n % 4], 2.35, 48.85)
        }).collect();
        features::store::insert_all(&mut write, &rows, Act::PLACED).await.unwrap();
        app.commit(write).await.unwrap();
        let whole = features::scope::Scope::everywhere();
        for query in [
            "", "q=ecole", "q=100+%25", "q=arbres_", "q=_rien", "q=%5C", "kind=report", "kind=proposal,project", "status=done",
            "process=plan-velo", "process=none", "process=none,plan-velo", "theme=none", "area=centre", "since=2026-03-01",
            "until=2026-03-01", "since=2026-02-01&until=2026-06-01&status=done", "score_min=1", "score_max=0", "q=banc&area=centre&kind=report",
        ] {
            let (filter, _) = crate::core::atlas::Filter::of_query(query, &[]).unwrap();
            let chosen = filter.chosen(&app.atlas.world()).unwrap();
            let filter = app.atlas.look_up(&app.db, filter).await.unwrap();
            let paging = crate::core::atlas::Paging { order: parvis_tiles::Order::Oldest, after: None, limit: 100 };
            let on_map = app.atlas.list(&filter, None, paging).unwrap().ids;
            let at_desk = crate::modules::answers::store::list(&app.db, &whole, &chosen, "", crate::modules::answers::order::Order::Oldest, (0, 100)).await.unwrap();
            assert_eq!(at_desk, on_map, "{query}");
            assert_eq!(crate::modules::answers::store::count(&app.db, &whole, &chosen, "").await.unwrap(), on_map.len() as i64, "{query}");
        }
    }

    async fn the_list_is_sorted_by_its_heads_and_keeps_filter_and_order_over_an_act(db: Db) {
        let app = app(&db).await;
        let mut agent = Client::new(&app);
        agent.sign_in(&app, "tri@ville.example", &[Role::Agent]).await;
        let mut write = app.begin().await.unwrap();
        for (at, title) in [("2026-03-01T12:00:00Z", "Un"), ("2026-01-01T12:00:00Z", "Deux"), ("2026-02-01T12:00:00Z", "Trois")] {
            let new = features::NewFeature { created_at: at.parse().unwrap(), ..proposal(title, 2.35, 48.85) };
            features::store::insert(&mut write, &new, Act::PLACED).await.unwrap();
        }
        app.commit(write).await.unwrap();
        db.run("update feature set votes_for = case id when 1 then 2 when 2 then 5 else 0 end, status = case id when 2 then 'accepted' else 'open' end", ()).await.unwrap();
        for (sort, order) in [("date", "2 3 1"), ("-date", "1 3 2"), ("votes", "2 1 3"), ("-votes", "3 1 2"), ("late", "3 1 2"), ("-late", "1 3 2"), ("<b>", "2 3 1")] {
            let page = agent.get(&format!("/admin/answers?sort={}", sort.replace('<', "%3C").replace('>', "%3E"))).await.text();
            let ids: Vec<&str> = page.split("name=\"feature\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
            assert_eq!(ids.join(" "), order, "{sort}");
            assert_eq!(page.matches("aria-sort").count(), 1, "{sort}: one column says the order");
        }
        let page = agent.get("/admin/answers?sort=votes&status=open").await.text();
        assert!(page.contains("aria-sort=\"descending\"><a href=\"/admin/answers?status=open&#38;sort=-votes\""), "{page}");
        let sent = agent.post("/admin/answers", &[("feature", "1"), ("query", "status=open&sort=votes"), ("verdict", "accepted"), ("body", "Oui."), ("authority", "La Ville")]).await;
        assert_eq!(sent.header("location"), "/admin/answers?status=open&sort=votes&done=1&undo=answer:1", "{}", sent.text());
    }

    async fn what_asks_for_what_there_is_not_shows_nothing_whatever_else_it_asks_for(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let velo = features::vocabulary::ensure_process(&mut write, "Plan vélo").await.unwrap();
        let theme = features::vocabulary::ensure_theme(&mut write, "Voirie").await.unwrap();
        let (area, _) = crate::core::territory::store::upsert(&mut write, &crate::server::testing::square("Centre", 2.0, 48.0, 1.0)).await.unwrap();
        write.record_subject(Act::TERRITORY, "");
        let new = NewFeature { process: Some(velo), theme: Some(theme), areas: vec![area], ..proposal("Un banc", 2.35, 48.85) };
        features::store::insert(&mut write, &new, Act::PLACED).await.unwrap();
        app.commit(write).await.unwrap();
        let (mut client, mut agent) = (Client::new(&app), agent(&app).await);
        let world = app.atlas.world();
        let mut asked = vec![String::new()];
        for facet in crate::modules::facets().filter(|facet| facet.kind.is_none()) {
            let fits = |value: &&crate::core::atlas::Value| ["voirie", "proposal", "open", "plan-velo", "centre"].contains(&&*value.word);
            let value = world.values(facet).iter().find(fits).unwrap_or_else(|| panic!("{}", facet.name));
            asked.push(format!("{}={}&", facet.name, value.word));
        }
        asked.push(asked.concat());
        for known in &asked {
            assert!(client.get(&format!("/list?{known}")).await.text().contains("Un banc"), "{known}");
            let gone = crate::modules::facets().map(|facet| format!("{}=gone", facet.name));
            for gone in gone.chain(["since=hier", "until=demain", "score_min=x"].map(str::to_owned)) {
                // Of one list, what there is shows.
                if gone.split_once('=').is_some_and(|(name, _)| known.contains(&format!("{name}="))) {
                    continue;
                }
                let query = format!("{known}{gone}");
                for page in ["/", "/list"] {
                    let text = client.get(&format!("{page}?{query}")).await.text();
                    assert!(!text.contains("Un banc") && !text.contains("href=\"/features/1\""), "{page}?{query}");
                }
                let desk = agent.get(&format!("/admin/answers?{query}")).await.text();
                assert!(!desk.contains("Un banc"), "the desk: {query}");
            }
        }
    }

    async fn an_agent_chooses_what_a_draft_has_and_nobody_else_knows_of_it(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let draft = features::vocabulary::ensure_process(&mut write, "Plan secret").await.unwrap();
        write.tx().run("update process set state = 'draft' where id = $1", (draft,)).await.unwrap();
        let new = NewFeature { process: Some(draft), ..proposal("Un essai", 2.35, 48.85) };
        features::store::insert(&mut write, &new, Act::PLACED).await.unwrap();
        features::store::insert(&mut write, &proposal("Un banc", 2.36, 48.85), Act::PLACED).await.unwrap();
        app.commit(write).await.unwrap();
        let desk = agent(&app).await.get("/admin/answers?process=plan-secret").await.text();
        assert!(desk.contains("Un essai") && !desk.contains("Un banc"), "{desk}");
        let list = Client::new(&app).get("/list").await.text();
        assert!(!list.contains("plan-secret") && !list.contains("name=\"process\""), "no choice among nothing: {list}");
    }

    async fn nothing_typed_into_the_desk_begins_a_header(db: Db) {
        let app = app(&db).await;
        placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let mut agent = agent(&app).await;
        for query in ["status=open\r\nset-cookie: a=b", "q=été", "\u{0}", "\\evil", "q=%0d%0aX: y", "nonsense=1"] {
            let form: Vec<_> = YES.iter().copied().chain([("feature", "1"), ("query", query)]).collect();
            let sent = agent.post("/admin/answers", &form).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{query:?}: {}", sent.text());
            assert!(sent.header("location").starts_with("/admin/answers?") && !sent.headers.contains_key("set-cookie"), "{query:?}");
        }
    }
}
