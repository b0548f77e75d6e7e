//! Moderation over HTTP in process, on both databases.

mod fair;
mod ways;

use super::model::Tab;
use super::queue;
use crate::base::db::Sql as _;
use crate::base::ids::{ArgumentId, FeatureId};
use crate::civic::accounts::Role;
use crate::civic::contributions::decisions;
use crate::civic::contributions::things::Thing;
use crate::core::app::App;
use crate::core::features::scope::Scope;
use crate::core::features::{self, Hold, NewFeature, merges, votes};
use crate::core::journal::Act;
use crate::server::testing::{Client, app, harmless, on_both, proposal};
use axum::http::StatusCode;

const SECRET: &str = "Monsieur Untel, 3 rue des Lilas";

async fn placed(app: &App, new: &NewFeature) -> FeatureId {
    let mut write = app.begin().await.unwrap();
    let id = features::store::insert(&mut write, new, Act::PLACED).await.unwrap();
    app.commit(write).await.unwrap();
    id
}

/// Takes the decision that holds about a feature back. Numbers have gaps on PostgreSQL, where something was refused.
async fn undo(app: &App, one: &mut Client, feature: FeatureId) -> StatusCode {
    let standing = decisions::standing(&app.db, Thing::feature(feature)).await.unwrap().unwrap();
    one.post("/admin/moderation/undo", &[("decision", &standing.id.to_string())]).await.status
}

/// An idea placed by this client over HTTP.
async fn idea(client: &mut Client, title: &str) -> FeatureId {
    let form = [("title", title), ("body", SECRET), ("lon", "2.35"), ("lat", "48.85")];
    client.headers.push(("accept", "application/json".into()));
    let sent = client.post("/proposals", &form).await;
    client.headers.clear();
    FeatureId(sent.json()["id"].as_i64().unwrap_or_else(|| panic!("{}", sent.text())))
}

async fn moderator(app: &App, email: &str) -> Client {
    let mut client = Client::new(app);
    client.sign_in(app, email, &[Role::Moderator]).await;
    client
}

async fn letters(app: &App) -> Vec<(String, String)> {
    // Receipts aside: a depositor has one already.
    app.db
        .all("select recipient, body from mail where subject not like '%reçu%' order by id", ())
        .await
        .unwrap()
}

async fn words(app: &App, tab: Tab) -> Vec<String> {
    let lines = queue::store::lines(&app.db, (tab, queue::look::Sort::Own), &Scope::everywhere(), 0, 100)
        .await
        .unwrap();
    lines.iter().map(|thing| thing.word()).collect()
}

on_both! {
    async fn a_flag_is_one_a_person_and_thing_and_needs_a_reason_of_the_charter(db: Db) {
        let app = app(&db).await;
        let id = placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let mut author = Client::new(&app);
        author.post("/features/1/arguments", &[("side", "for"), ("body", "Une insulte")]).await;
        let mut resident = Client::new(&app);
        let page = resident.get("/features/1").await.text();
        assert!(page.contains("/features/1/flag\"") && page.contains("/features/1/flag?argument=1"), "{page}");
        let form = resident.get("/features/1/flag?argument=1").await.text();
        assert!(form.contains("Une insulte") && form.contains("value=\"hateful\""), "{form}");
        harmless(&form);
        let refused = resident.post("/features/1/flag", &[("reason", "dislike"), ("body", "Je n’aime pas")]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.text().contains("Je n’aime pas"), "what was typed is still there");
        for body in ["Une fois", "Deux fois"] {
            let sent = resident.post("/features/1/flag", &[("argument", "1"), ("reason", "hateful"), ("body", body)]).await;
            assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
        }
        let thing = Thing::argument(id, ArgumentId(1));
        let flags = crate::civic::contributions::flags::of(&app.db, thing).await.unwrap();
        assert_eq!(flags.iter().map(|f| f.body.as_str()).collect::<Vec<_>>(), ["Deux fois"]);
        Client::new(&app).post("/features/1/flag", &[("reason", "unclear")]).await;
        assert_eq!(words(&app, Tab::Flagged).await, ["1-1", "1"]);
        for path in ["/features/1/flag?argument=9", "/features/9/flag"] {
            assert_eq!(resident.get(path).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(resident.post("/features/9/flag", &[("reason", "unclear")]).await.status, StatusCode::NOT_FOUND);
    }

    async fn what_is_hidden_is_gone_for_all_but_its_author_who_reads_why_and_appeals_once(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        let id = idea(&mut author, "Chez mon voisin").await;
        let path = format!("/features/{id}");
        let mut one = moderator(&app, "une@ville.example").await;
        let mut two = moderator(&app, "deux@ville.example").await;
        let queue = one.get("/admin/moderation").await.text();
        assert!(queue.contains("Chez mon voisin") && queue.contains(&format!("value=\"{id}\"")), "{queue}");
        harmless(&queue);
        let hide = [("thing", "1"), ("act", "hide"), ("reason", "personal"), ("note", "Sans le nom, s’il vous plaît.")];
        let hidden = one.post("/admin/moderation", &hide).await;
        assert_eq!(hidden.status, StatusCode::SEE_OTHER, "{}", hidden.text());
        assert_eq!(hidden.header("location"), "/admin/moderation?tab=new&done=1#queue");
        assert!(one.get("/admin/moderation?tab=new&done=1").await.text().contains("1 décision enregistrée"));

        let mut other = Client::new(&app);
        let gone = other.get(&path).await;
        assert_eq!(gone.status, StatusCode::GONE);
        let text = gone.text();
        assert!(text.contains("Données personnelles") && !text.contains("Untel") && !text.contains("voisin"), "{text}");
        assert!(!text.contains("Sans le nom"), "the word is for the author alone");
        for public in ["/list", "/api/features", "/feed.atom", "/export/features.csv", "/moderation/log", "/moderation/log.atom"] {
            let text = other.get(public).await.text();
            assert!(!text.contains("Untel") && !text.contains("voisin"), "{public}: {text}");
        }
        let own = author.get(&path).await;
        assert_eq!(own.status, StatusCode::OK);
        let text = own.text();
        assert!(text.contains("Untel") && text.contains("Sans le nom") && text.contains("/features/1/appeal"), "{text}");
        harmless(&text);

        // Taking back and putting back is no way round.
        assert_eq!(author.upload(&format!("{path}/withdraw"), &[], &[]).await.status, StatusCode::CONFLICT);
        author.upload(&format!("{path}/restore"), &[], &[]).await;
        assert_eq!(other.get(&path).await.status, StatusCode::GONE);

        let appeal = [("decision", "1"), ("body", "C’est mon propre nom.")];
        assert_eq!(other.post(&format!("{path}/appeal"), &appeal).await.status, StatusCode::NOT_FOUND, "nobody yet");
        other.post("/features/1/flag", &[("reason", "unclear")]).await;
        let sent = author.post(&format!("{path}/appeal"), &appeal).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        assert_eq!(author.post(&format!("{path}/appeal"), &appeal).await.status, StatusCode::CONFLICT, "once");
        assert!(author.get(&path).await.text().contains("Votre recours est arrivé"));

        // Who decided can neither settle it nor get round it.
        let settle = [("outcome", "granted"), ("answer", "En effet.")];
        assert_eq!(one.post("/admin/moderation/appeals/1", &settle).await.status, StatusCode::FORBIDDEN);
        assert!(one.get("/admin/moderation/1").await.text().contains("tranché par une autre personne"));
        assert_eq!(one.post("/admin/moderation/undo", &[("decision", "1")]).await.status, StatusCode::CONFLICT);
        assert_eq!(one.post("/admin/moderation/1", &[("act", "publish")]).await.status, StatusCode::CONFLICT);
        let queue = two.get("/admin/moderation?tab=appeals").await.text();
        assert!(queue.contains("mon propre nom"), "{queue}");
        let settled = two.post("/admin/moderation/appeals/1", &settle).await;
        assert_eq!(settled.status, StatusCode::SEE_OTHER, "{}", settled.text());
        assert_eq!(two.post("/admin/moderation/appeals/1", &settle).await.status, StatusCode::CONFLICT, "settled");
        assert!(other.get(&path).await.text().contains("Untel"), "public again");
        let own = author.get(&path).await.text();
        assert!(own.contains("Recours accepté") && own.contains("En effet."), "told without an account: {own}");
        assert!(two.get("/admin/moderation/1").await.text().contains("Recours accepté"));
        let log = other.get("/moderation/log").await.text();
        assert!(log.contains("Recours accepté") && log.contains("Contribution masquée"), "{log}");
        assert!(!log.contains("ville.example") && !log.contains("Sans le nom"), "{log}");
        let lines = crate::core::journal::after(&app.db, 0, 50).await.unwrap();
        let acts: Vec<Act> = lines.iter().filter(|l| l.feature_id == Some(id)).map(|l| l.act).collect();
        assert_eq!(acts, [Act::PLACED, Act::HIDDEN, Act::PUBLISHED]);
    }

    async fn an_author_with_an_account_is_told_by_letter_and_nobody_else_gets_the_reason(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        author.sign_in(&app, "lea@mail.example", &[]).await;
        let id = idea(&mut author, "Un banc").await;
        let mut write = app.begin().await.unwrap();
        let follower = crate::civic::accounts::store::ensure(&mut write, "suit@mail.example").await.unwrap();
        crate::civic::contributions::follows::set(&mut write, id, follower.id, true).await.unwrap();
        app.commit(write).await.unwrap();
        let mut one = moderator(&app, "une@ville.example").await;
        one.post("/admin/moderation/1", &[("act", "hide"), ("reason", "personal"), ("note", "Un nom.")]).await;
        let told = letters(&app).await;
        let to: Vec<&str> = told.iter().map(|(to, _)| to.as_str()).collect();
        assert_eq!(to, ["lea@mail.example", "suit@mail.example"]);
        assert!(told[0].1.contains("Données personnelles") && told[0].1.contains("«\u{a0}Un nom.\u{a0}»"), "{}", told[0].1);
        assert!(told[0].1.contains("http://127.0.0.1:8600/features/1"), "{}", told[0].1);
        assert!(!told[1].1.contains("Données personnelles") && told[1].1.contains("/unfollow?account="), "{}", told[1].1);
        assert!(told.iter().all(|(_, body)| !body.contains("Untel")));
        // Looked at and fine: nobody is written to.
        idea(&mut author, "Un autre").await;
        one.post("/admin/moderation/2", &[("act", "publish")]).await;
        assert_eq!(letters(&app).await.len(), 2);
    }

    async fn what_is_taken_back_at_once_is_told_to_nobody_and_what_was_told_already_is_told_to_be_taken_back(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        author.sign_in(&app, "lea@mail.example", &[]).await;
        let id = idea(&mut author, "Un banc").await;
        let mut write = app.begin().await.unwrap();
        let follower = crate::civic::accounts::store::ensure(&mut write, "suit@mail.example").await.unwrap();
        crate::civic::contributions::follows::set(&mut write, id, follower.id, true).await.unwrap();
        app.commit(write).await.unwrap();
        let mut one = moderator(&app, "une@ville.example").await;
        let hide = [("act", "hide"), ("reason", "personal")];
        let whom = async |app: &App| letters(app).await.into_iter().map(|(to, _)| to).collect::<Vec<_>>();
        one.post("/admin/moderation/1", &hide).await;
        assert_eq!(whom(&app).await.len(), 2);
        let due: Vec<(i64,)> = db.all("select id from mail where cause = 'decision:1' and next_at > created_at", ()).await.unwrap();
        assert_eq!(due.len(), 2, "they wait for as long as the button is near");
        one.post("/admin/moderation/undo", &[("decision", "1"), ("thing", "1")]).await;
        assert!(whom(&app).await.is_empty(), "neither of the decision nor of its end");

        // One letter has left, the other has not: who was told is told of the end.
        one.post("/admin/moderation/1", &hide).await;
        db.run("update mail set sent_at = created_at, tries = 1 where recipient = $1", ("lea@mail.example",)).await.unwrap();
        one.post("/admin/moderation/undo", &[("decision", "3"), ("thing", "1")]).await;
        assert_eq!(whom(&app).await, ["lea@mail.example", "lea@mail.example"]);

        // One that was tried may have arrived: it is not tried again, and they are told of the end.
        one.post("/admin/moderation/1", &hide).await;
        db.run("update mail set tries = 1 where sent_at is null and recipient = $1", ("suit@mail.example",)).await.unwrap();
        one.post("/admin/moderation/undo", &[("decision", "5"), ("thing", "1")]).await;
        let told: Vec<(String,)> = db.all("select cause from mail where recipient = $1 order by id", ("suit@mail.example",)).await.unwrap();
        assert_eq!(told.into_iter().map(|(cause,)| cause).collect::<Vec<_>>(), ["decision:6"]);

        // A change is asked of the author alone: those who follow hear nothing of it, nor of its end.
        let before = whom(&app).await;
        one.post("/admin/moderation/1", &[("act", "ask"), ("note", "Plus court ?")]).await;
        assert_eq!(whom(&app).await.len(), before.len() + 1);
        one.post("/admin/moderation/undo", &[("decision", "7"), ("thing", "1")]).await;
        assert_eq!(whom(&app).await, before);
    }

    async fn an_appeal_that_is_granted_while_the_decisions_letters_wait_calls_them_back_and_is_answered(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        author.sign_in(&app, "lea@mail.example", &[]).await;
        let id = idea(&mut author, "Un banc").await;
        let mut write = app.begin().await.unwrap();
        let follower = crate::civic::accounts::store::ensure(&mut write, "suit@mail.example").await.unwrap();
        crate::civic::contributions::follows::set(&mut write, id, follower.id, true).await.unwrap();
        app.commit(write).await.unwrap();
        let mut one = moderator(&app, "une@ville.example").await;
        one.post("/admin/moderation/1", &[("act", "hide"), ("reason", "personal")]).await;
        author.post("/features/1/appeal", &[("decision", "1"), ("body", "C’est mon nom.")]).await;
        let mut two = moderator(&app, "deux@ville.example").await;
        let settled = two.post("/admin/moderation/appeals/1", &[("outcome", "granted"), ("answer", "En effet.")]).await;
        assert_eq!(settled.status, StatusCode::SEE_OTHER, "{}", settled.text());
        let told = letters(&app).await;
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].0 == "lea@mail.example" && told[0].1.contains("En effet."), "{told:?}");
    }

    async fn a_change_is_asked_for_shown_to_the_author_and_brings_the_text_back_into_the_queue(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        let id = idea(&mut author, "Un banc").await;
        let mut one = moderator(&app, "une@ville.example").await;
        let empty = one.post("/admin/moderation/1", &[("act", "ask"), ("note", " ")]).await;
        assert_eq!(empty.status, StatusCode::BAD_REQUEST);
        assert!(empty.text().contains("Dites à l’auteur"));
        one.post("/admin/moderation/1", &[("act", "ask"), ("note", "Retirez le nom.")]).await;
        assert!(words(&app, Tab::New).await.is_empty());
        assert!(author.get("/features/1").await.text().contains("Retirez le nom."));
        let other = Client::new(&app).get("/features/1").await.text();
        assert!(other.contains("Untel") && !other.contains("Retirez le nom."), "it stays, and the word is the author's");
        let form = [("title", "Un banc"), ("body", "Chez un voisin"), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")];
        let changed = author.upload("/features/1/edit", &form, &[]).await;
        assert!(changed.status.is_redirection(), "{}", changed.text());
        assert_eq!(words(&app, Tab::New).await, ["1"]);
        assert!(!author.get("/features/1").await.text().contains("Retirez le nom."));
        let page = one.get("/admin/moderation/1").await.text();
        assert!(page.contains("Modifiée depuis") && page.contains("Untel"), "the original is kept: {page}");
        assert_eq!(decisions::of(&app.db, Thing::feature(id)).await.unwrap()[0].body, SECRET);
    }

    async fn a_scoped_moderator_sees_and_decides_only_what_is_theirs(db: Db) {
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
        crate::civic::accounts::store::grant(&mut write, account.id, Role::Moderator, (Some(velo), None), None).await.unwrap();
        app.commit(write).await.unwrap();
        let queue = scoped.get("/admin/moderation").await.text();
        assert!(queue.contains("Une piste") && !queue.contains("Ailleurs"), "{queue}");
        assert_eq!(scoped.get("/admin/moderation/2").await.status, StatusCode::OK);
        assert_eq!(scoped.get("/admin/moderation/1").await.status, StatusCode::FORBIDDEN);
        // All or nothing: one that is not theirs stops the whole act.
        let both = [("thing", "2"), ("thing", "1"), ("act", "hide"), ("reason", "unclear")];
        assert_eq!(scoped.post("/admin/moderation", &both).await.status, StatusCode::FORBIDDEN);
        assert_eq!(Client::new(&app).get("/features/2").await.status, StatusCode::OK);
        assert_eq!(scoped.post("/admin/moderation/2", &[("act", "merge"), ("into", "1")]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(Client::new(&app).get("/admin/moderation").await.status, StatusCode::UNAUTHORIZED);
    }

    async fn what_waits_is_in_the_queue_and_public_once_somebody_agrees(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        author.post("/features/9/flag", &[]).await;
        idea(&mut author, "Première").await;
        let mut new = proposal("Deuxième", 2.35, 48.85);
        (new.held, new.author) = (Some(Hold::Waiting), Some(author.visitor(&app)));
        placed(&app, &new).await;
        assert!(author.get("/features/2").await.text().contains("attend la modération"));
        assert_eq!(Client::new(&app).get("/features/2").await.status, StatusCode::NOT_FOUND);
        assert_eq!(author.upload("/features/2/withdraw", &[], &[]).await.status, StatusCode::CONFLICT);
        let mut one = moderator(&app, "une@ville.example").await;
        assert!(one.get("/admin/moderation?tab=waiting").await.text().contains("Deuxième"));
        let sent = one.post("/admin/moderation", &[("publish", "2"), ("thing", "1"), ("tab", "waiting")]).await;
        assert_eq!(sent.header("location"), "/admin/moderation?tab=waiting&done=1#queue");
        assert_eq!(Client::new(&app).get("/features/2").await.status, StatusCode::OK);
        assert_eq!(words(&app, Tab::New).await, ["1"], "one button, one thing");
        // Taken back, it waits again.
        one.post("/admin/moderation/undo", &[("decision", "1")]).await;
        assert_eq!(Client::new(&app).get("/features/2").await.status, StatusCode::NOT_FOUND);
        assert_eq!(words(&app, Tab::Waiting).await, ["2"]);
    }

    async fn a_hidden_argument_is_gone_but_for_its_author_and_counted_no_more(db: Db) {
        let app = app(&db).await;
        placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let mut author = Client::new(&app);
        author.post("/features/1/arguments", &[("side", "for"), ("body", SECRET)]).await;
        let mut one = moderator(&app, "une@ville.example").await;
        let hide = [("thing", "1-1"), ("act", "hide"), ("reason", "personal")];
        assert!(one.post("/admin/moderation", &hide).await.status.is_redirection());
        let page = Client::new(&app).get("/features/1").await.text();
        assert!(!page.contains("Untel"), "{page}");
        let card = features::store::find(&app.db, FeatureId(1)).await.unwrap();
        assert_eq!(card.arguments_for, 0);
        let own = author.get("/features/1").await.text();
        assert!(own.contains("Untel") && own.contains("Données personnelles") && own.contains("/features/1/appeal"), "{own}");
        assert_eq!(one.post("/admin/moderation/1-1", &[("act", "move"), ("process", "none")]).await.status, StatusCode::CONFLICT);
        author.post("/features/1/appeal", &[("decision", "1"), ("body", "Mon propre nom")]).await;
        let mut two = moderator(&app, "deux@ville.example").await;
        two.post("/admin/moderation/appeals/1", &[("outcome", "refused"), ("answer", "Non.")]).await;
        assert!(author.get("/features/1").await.text().contains("Recours rejeté"));
        one.post("/admin/moderation/undo", &[("decision", "1")]).await;
        assert!(Client::new(&app).get("/features/1").await.text().contains("Untel"));
    }

    async fn two_who_merge_each_into_the_other_wait_for_each_other_and_one_of_them_is_told_so(db: Db) {
        let app = app(&db).await;
        let (mut one, mut two) = (Client::new(&app), Client::new(&app));
        one.sign_in(&app, "une@ville.example", &[Role::Moderator]).await;
        two.sign_in(&app, "deux@ville.example", &[Role::Moderator]).await;
        for round in 0..4 {
            let mut write = app.begin().await.unwrap();
            let mut ids = Vec::new();
            for title in ["Un banc", "Des bancs"] {
                ids.push(features::store::insert(&mut write, &proposal(title, 2.35, 48.85), Act::PLACED).await.unwrap().to_string());
            }
            app.commit(write).await.unwrap();
            let (there, back) = (format!("/admin/moderation/{}", ids[0]), format!("/admin/moderation/{}", ids[1]));
            let (into, from) = ([("act", "merge"), ("into", ids[1].as_str())], [("act", "merge"), ("into", ids[0].as_str())]);
            let (a, b) = tokio::join!(one.post(&there, &into), two.post(&back, &from));
            let mut told = [a.status, b.status];
            told.sort_unstable();
            assert_eq!(told, [StatusCode::SEE_OTHER, StatusCode::CONFLICT], "round {round}");
        }
    }

    async fn a_merge_counts_each_person_once_now_and_later_and_can_be_taken_back(db: Db) {
        let app = app(&db).await;
        let (a, b) = (placed(&app, &proposal("Un banc", 2.35, 48.85)).await, placed(&app, &proposal("Des bancs", 2.36, 48.85)).await);
        let mut people: Vec<Client> = (0..4).map(|_| Client::new(&app)).collect();
        // Only on A; on both alike; on both differently; only on B.
        for (person, on_a, on_b) in [(0, "for", ""), (1, "for", "for"), (2, "for", "against"), (3, "", "for")] {
            for (path, voice) in [("/features/1/vote", on_a), ("/features/2/vote", on_b)] {
                if !voice.is_empty() {
                    people[person].post(path, &[("voice", voice)]).await;
                }
            }
        }
        let counts = async |id| {
            let card = features::store::find(&app.db, id).await.unwrap();
            (card.votes_for, card.votes_against)
        };
        let mut one = moderator(&app, "une@ville.example").await;
        for (into, why) in [("1", "elle-même"), ("9", "")] {
            let refused = one.post("/admin/moderation/1", &[("act", "merge"), ("into", into)]).await;
            assert!(refused.status.is_client_error() && refused.text().contains(why), "{}", refused.text());
        }
        let merged = one.post("/admin/moderation/1", &[("act", "merge"), ("into", "/features/2")]).await;
        assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.text());
        assert_eq!(counts(b).await, (3, 1), "their own voice on the target wins");
        assert_eq!(app.atlas.list(&Default::default(), None, crate::core::atlas::Paging { order: parvis_tiles::Order::Newest, after: None, limit: 9 }).unwrap().ids, [2]);
        let page = people[0].get("/features/1").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("Un banc") && page.text().contains("href=\"/features/2\""));
        assert!(people[0].get("/features/2").await.text().contains("Un banc"), "says what it unites");
        assert_eq!(people[0].post("/features/1/vote", &[("voice", "for")]).await.status, StatusCode::NOT_FOUND);

        // Votes afterwards.
        let voice = votes::of(&app.db, b, people[0].visitor(&app)).await.unwrap();
        assert_eq!(voice, Some(features::Voice::For), "what they said on the other is their voice here");
        people[0].post("/features/2/vote", &[("voice", "for")]).await;
        assert_eq!(counts(b).await, (3, 1), "said twice, counted once");
        people[0].post("/features/2/vote", &[("voice", "against")]).await;
        assert_eq!(counts(b).await, (2, 2));
        people[0].post("/features/2/vote", &[("voice", "none")]).await;
        assert_eq!(counts(b).await, (2, 1), "taken back is taken back");
        let mut write = app.begin().await.unwrap();
        merges::recount(&mut write, b).await.unwrap();
        app.commit(write).await.unwrap();
        assert_eq!(counts(b).await, (2, 1), "the counters are those of the rows");

        // A third cannot be merged into what is merged, nor what unites others into a third.
        let c = placed(&app, &proposal("Encore", 2.37, 48.85)).await;
        assert_eq!(one.post("/admin/moderation/3", &[("act", "merge"), ("into", "1")]).await.status, StatusCode::CONFLICT);
        assert_eq!(one.post("/admin/moderation/2", &[("act", "merge"), ("into", "3")]).await.status, StatusCode::CONFLICT);
        assert_eq!(undo(&app, &mut one, a).await, StatusCode::SEE_OTHER);
        assert_eq!((counts(a).await, counts(b).await, counts(c).await), ((2, 0), (2, 1), (0, 0)));
        let standing = decisions::standing(&app.db, Thing::feature(a)).await.unwrap();
        assert!(standing.is_none(), "{standing:?}");
    }

    async fn a_move_is_taken_back_only_where_nothing_was_decided_since(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        features::vocabulary::ensure_process(&mut write, "Plan vélo").await.unwrap();
        app.commit(write).await.unwrap();
        placed(&app, &proposal("Une piste", 2.35, 48.85)).await;
        let mut one = moderator(&app, "une@ville.example").await;
        assert_eq!(one.post("/admin/moderation/1", &[("act", "move"), ("process", "9")]).await.status, StatusCode::BAD_REQUEST);
        one.post("/admin/moderation/1", &[("act", "move"), ("process", "1")]).await;
        let process = async || features::store::find(&app.db, FeatureId(1)).await.unwrap().process;
        assert_eq!(process().await.as_deref(), Some("plan-velo"));
        assert!(Client::json(&app).get("/api/features?process=plan-velo").await.text().contains("Une piste"), "the live map follows");
        let moved = decisions::of(&app.db, Thing::feature(FeatureId(1))).await.unwrap()[0].id.to_string();
        one.post("/admin/moderation/1", &[("act", "publish")]).await;
        assert_eq!(one.post("/admin/moderation/undo", &[("decision", &moved)]).await.status, StatusCode::CONFLICT);
        for _ in 0..2 {
            assert_eq!(undo(&app, &mut one, FeatureId(1)).await, StatusCode::SEE_OTHER);
        }
        assert_eq!(process().await, None);
        assert_eq!(one.post("/admin/moderation/undo", &[("decision", &moved)]).await.status, StatusCode::CONFLICT);
    }

    async fn signals_are_said_in_words_and_hold_nothing(db: Db) {
        let app = app(&db).await;
        let list = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(list.path(), "zut\n").unwrap();
        let config = crate::base::config::Config { moderation_words: list.path().to_owned(), ..app.config.clone() };
        let app = App::on(config, db.clone()).await.unwrap();
        let mut author = Client::new(&app);
        author.headers.push(("accept", "application/json".into()));
        let body = "Planter des arbres le long du boulevard pour avoir de l’ombre en été, devant les écoles. Zut ! https://a.example";
        for title in ["Des arbres un", "Des arbres deux", "Des arbres trois", "Des arbres quatre"] {
            let form = [("title", title), ("body", body), ("lon", "2.35"), ("lat", "48.85")];
            assert_eq!(author.post("/proposals", &form).await.status, StatusCode::CREATED);
        }
        placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let mut one = moderator(&app, "une@ville.example").await;
        let page = one.get("/admin/moderation?tab=suspicious").await.text();
        for said in ["4 contributions de la même personne en une heure", "1 lien", "comme le n°", "«\u{a0}zut\u{a0}»"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!page.contains("Un banc"), "nothing to say of it");
        assert_eq!(Client::new(&app).get("/features/1").await.status, StatusCode::OK, "public all the same");
    }

    async fn the_public_log_is_paged_and_leaves_out_what_was_only_looked_at(db: Db) {
        let app = app(&db).await;
        let mut one = moderator(&app, "une@ville.example").await;
        for n in 0..53 {
            placed(&app, &proposal(&format!("Titre {n}"), 2.35, 48.85)).await;
        }
        let mut hide: Vec<(&str, String)> = (1..=52).map(|n| ("thing", n.to_string())).collect();
        hide.extend([("act", "hide".to_owned()), ("reason", "repeated".to_owned())]);
        let hide: Vec<(&str, &str)> = hide.iter().map(|(k, v)| (*k, v.as_str())).collect();
        assert!(one.post("/admin/moderation", &hide).await.status.is_redirection());
        one.post("/admin/moderation/53", &[("act", "publish")]).await;
        let mut reader = Client::new(&app);
        let first = reader.get("/moderation/log").await.text();
        assert_eq!(first.matches("<tr id=\"decision-").count(), 50);
        assert!(first.contains("/moderation/log?before=3") && !first.contains("Titre"), "{first}");
        harmless(&first);
        assert_eq!(reader.get("/moderation/log?before=3").await.text().matches("<tr id=\"decision-").count(), 2);
        let feed = reader.get("/moderation/log.atom").await;
        assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
        assert!(feed.text().contains("Répétition") && !feed.text().contains("Titre"));
        let charter = reader.get("/charter").await.text();
        assert!(charter.contains("Répétition") && charter.contains("recours"), "{charter}");
        harmless(&charter);
    }
}
