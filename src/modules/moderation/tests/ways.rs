//! Where a contribution goes, and what goes with it: merges that end, voices under other rules.

use super::*;
use crate::civic::accounts::store::{ensure, grant};
use crate::civic::processes::{Ballot, Settings, State};

async fn counts(app: &App, id: FeatureId) -> (i64, i64) {
    let card = features::store::find(&app.db, id).await.unwrap();
    (card.votes_for, card.voters())
}

/// Two ideas, the first merged into the second; one person has a voice on each, two on one.
async fn merged(app: &App) -> (Client, FeatureId, FeatureId, Client, Client) {
    let (mut a, mut b) = (Client::new(app), Client::new(app));
    let (source, target) = (idea(&mut a, "Un banc").await, idea(&mut b, "Des bancs").await);
    let mut both = Client::new(app);
    for id in [source, target] {
        both.post(&format!("/features/{id}/vote"), &[("voice", "for")]).await;
    }
    Client::new(app).post(&format!("/features/{source}/vote"), &[("voice", "for")]).await;
    let mut one = moderator(app, "une@ville.example").await;
    let done = one
        .post(&format!("/admin/moderation/{source}"), &[("act", "merge"), ("into", &target.to_string())])
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(counts(app, target).await, (2, 2), "each person once");
    (one, source, target, a, b)
}

/// A process, and a feature in it.
async fn process(app: &App, title: &str, settings: &Settings, state: State) -> crate::base::ids::ProcessId {
    let mut write = app.begin().await.unwrap();
    let (id, _) =
        crate::civic::processes::store::insert(&mut write, title, settings, state, None).await.unwrap();
    app.commit(write).await.unwrap();
    id
}

on_both! {
    async fn what_was_erased_is_never_public_again_whatever_was_decided_about_it(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        let id = idea(&mut author, "Un banc").await;
        author.post(&format!("/features/{id}/arguments"), &[("side", "for"), ("body", "De l’ombre")]).await;
        let mut write = app.begin().await.unwrap();
        let seeded = crate::civic::manifest::Seeded { now: write.at(), features: vec![id] };
        for seed in crate::modules::MODULES.iter().filter_map(|module| module.seed) {
            seed(&mut write, &seeded).await.unwrap();
        }
        app.commit(write).await.unwrap();
        let mut one = moderator(&app, "une@ville.example").await;
        let mut walked = 0;
        // The rows of photos go with what they showed. The contribution comes last: hidden, it would take the others with it.
        let kinds: Vec<_> = crate::civic::contributions::things::moderated().filter(|(kind, _)| kind.word != "photo").collect();
        for (kind, _) in kinds.into_iter().rev() {
            let by = |sqlite: String| crate::base::db::by(sqlite.clone().leak(), sqlite.leak());
            let rows: Vec<(i64, Option<FeatureId>)> = db
                .all(by(format!("select r.id, r.feature_id from ({}) r order by r.id", kind.moderated.unwrap().rows)), ())
                .await
                .unwrap();
            assert!(!rows.is_empty(), "give `seed` a {}", kind.word);
            for (row, feature) in rows {
                let subject = crate::core::subject::Subject::of(kind.word, row);
                let path = format!("/admin/moderation/{}", crate::civic::contributions::things::Thing::of(feature, subject).word());
                let hidden = one.post(&path, &[("act", "hide"), ("reason", "unclear")]).await;
                assert_eq!(hidden.status, StatusCode::SEE_OTHER, "{path}: {}", hidden.text());
                let (decision,): (i64,) = db.one("select max(id) from decision", ()).await.unwrap();
                db.run(by(format!("update {} set held = 'erased', body = '' where id = {row}", kind.table)), ()).await.unwrap();
                let page = one.get(&path).await;
                assert!(page.text().contains("Effacée"), "{path}: {}", page.text());
                for form in [vec![("act", "publish")], vec![("act", "hide"), ("reason", "unclear")]] {
                    assert_eq!(one.post(&path, &form).await.status, StatusCode::CONFLICT, "{path} {form:?}");
                }
                let undone = one.post("/admin/moderation/undo", &[("decision", &decision.to_string())]).await;
                assert_eq!(undone.status, StatusCode::CONFLICT, "{path}: {}", undone.text());
                let (held, public): (String, bool) = db
                    .one(by(format!("select r.held, r.published_at is not null from ({}) r where r.id = {row}", kind.moderated.unwrap().rows)), ())
                    .await
                    .unwrap();
                assert_eq!((held.as_str(), public), ("erased", false), "{path}");
                walked += 1;
            }
        }
        assert!(walked >= 3, "{walked}");
    }

    async fn when_the_target_is_taken_back_or_erased_what_was_merged_stands_alone(db: Db) {
        let app = app(&db).await;
        let (_, source, target, _, mut author) = merged(&app).await;
        // Their own voices alone: the person with one on each.
        let gone = author.post(&format!("/features/{target}/withdraw"), &[]).await;
        assert_eq!(gone.status, StatusCode::OK, "{}", gone.text());
        let mut stranger = Client::new(&app);
        assert!(stranger.get(&format!("/features/{source}")).await.text().contains("Un banc"));
        assert_eq!(counts(&app, source).await, (2, 2));
        let listed = stranger.get("/api/features").await.json();
        assert_eq!(listed["features"].as_array().unwrap().len(), 1, "on the map again: {listed}");
        author.post(&format!("/features/{target}/restore"), &[]).await;
        assert_eq!(counts(&app, target).await, (1, 1), "with its own voice");

        let (_, source, target, ..) = merged(&app).await;
        let mut write = app.begin().await.unwrap();
        features::erasure::empty(&mut write, target).await.unwrap();
        app.commit(write).await.unwrap();
        assert_eq!(counts(&app, source).await, (2, 2), "erased");
        let merged_into: (Option<FeatureId>,) =
            db.one("select merged_into from feature where id = $1", (source,)).await.unwrap();
        assert_eq!(merged_into.0, None);
    }

    async fn hiding_the_target_hides_what_was_merged_and_taking_that_back_merges_them_again(db: Db) {
        let app = app(&db).await;
        let (mut one, source, target, ..) = merged(&app).await;
        let hidden = one.post(&format!("/admin/moderation/{target}"), &[("act", "hide"), ("reason", "hateful")]).await;
        assert_eq!(hidden.status, StatusCode::SEE_OTHER, "{}", hidden.text());
        let mut stranger = Client::new(&app);
        for id in [source, target] {
            let page = stranger.get(&format!("/features/{id}")).await;
            assert_eq!(page.status, StatusCode::GONE, "{id}");
            assert!(!page.text().contains(SECRET), "{id}: what is hidden stays hidden");
        }
        assert_eq!(undo(&app, &mut one, target).await, StatusCode::SEE_OTHER);
        assert_eq!(stranger.get(&format!("/features/{source}")).await.status, StatusCode::GONE, "each has a decision of its own");
        assert_eq!(counts(&app, target).await, (1, 1));
        assert_eq!(undo(&app, &mut one, source).await, StatusCode::SEE_OTHER);
        assert_eq!(counts(&app, target).await, (2, 2), "merged again");
        let (held,): (Option<Hold>,) = db.one("select held from feature where id = $1", (source,)).await.unwrap();
        assert_eq!(held, Some(Hold::Merged));
    }

    async fn what_was_merged_can_be_hidden_on_its_own(db: Db) {
        let app = app(&db).await;
        let (mut one, source, target, ..) = merged(&app).await;
        let hidden = one.post(&format!("/admin/moderation/{source}"), &[("act", "hide"), ("reason", "personal")]).await;
        assert_eq!(hidden.status, StatusCode::SEE_OTHER, "{}", hidden.text());
        assert_eq!(Client::new(&app).get(&format!("/features/{source}")).await.status, StatusCode::GONE);
        assert_eq!(counts(&app, target).await, (1, 1), "its voices are its own again");
        assert!(!Client::new(&app).get(&format!("/features/{target}")).await.text().contains("Un banc<"));
    }

    async fn who_moves_must_look_after_both_ends_and_no_draft_takes_anything(db: Db) {
        let app = app(&db).await;
        let here = process(&app, "Ici", &Settings::default(), State::Public).await;
        let there = process(&app, "Ailleurs", &Settings::default(), State::Public).await;
        let draft = process(&app, "Brouillon", &Settings::default(), State::Draft).await;
        let mut new = proposal("Un banc", 2.35, 48.85);
        new.process = Some(here);
        let id = placed(&app, &new).await;
        let mut local = Client::new(&app);
        local.sign_in(&app, "ici@ville.example", &[]).await;
        let mut write = app.begin().await.unwrap();
        let account = ensure(&mut write, "ici@ville.example").await.unwrap().id;
        grant(&mut write, account, Role::Moderator, (Some(here), None), None).await.unwrap();
        app.commit(write).await.unwrap();
        let to = |process: crate::base::ids::ProcessId| process.to_string();
        let path = format!("/admin/moderation/{id}");
        for (process, expected) in [(to(there), StatusCode::FORBIDDEN), ("none".into(), StatusCode::FORBIDDEN)] {
            let moved = local.post(&path, &[("act", "move"), ("process", &process)]).await;
            assert_eq!(moved.status, expected, "{process}: {}", moved.text());
        }
        let mut one = moderator(&app, "une@ville.example").await;
        let moved = one.post(&path, &[("act", "move"), ("process", &to(draft))]).await;
        assert_eq!(moved.status, StatusCode::BAD_REQUEST, "{}", moved.text());
        assert_eq!(one.post(&path, &[("act", "move"), ("process", &to(there))]).await.status, StatusCode::SEE_OTHER);
        let line: (String,) =
            db.one("select subject from journal where act = 'moved' order by seq desc limit 1", ()).await.unwrap();
        assert_eq!(line.0, "ici → ailleurs");
    }

    async fn voices_that_the_new_rules_would_not_have_taken_are_kept_and_not_counted(db: Db) {
        let app = app(&db).await;
        let mut scale = Settings::default();
        scale.rules.votes = Ballot::Scale;
        let here = process(&app, "Ici", &scale, State::Public).await;
        let mut strict = Settings::default();
        strict.rules.votes = Ballot::ForOnly;
        strict.rules = strict.rules.with_level(crate::civic::processes::Action::VOTE, crate::civic::accounts::Level::Email);
        let there = process(&app, "Ailleurs", &strict, State::Public).await;
        let mut author = Client::new(&app);
        author.sign_in(&app, "auteur@mail.example", &[]).await;
        author.headers.push(("accept", "application/json".into()));
        let form = [("title", "Un banc"), ("lon", "2.35"), ("lat", "48.85"), ("process", "ici")];
        author.post("/proposals", &form).await;
        let id = FeatureId(1);
        let mut people: Vec<Client> = (0..4).map(|_| Client::new(&app)).collect();
        people[0].sign_in(&app, "a@mail.example", &[]).await;
        people[1].sign_in(&app, "b@mail.example", &[]).await;
        for (person, voice) in people.iter_mut().zip(["strongly_for", "against", "for", "strongly_for"]) {
            assert!(person.post("/features/1/vote", &[("voice", voice)]).await.status.is_redirection());
        }
        let card = features::store::find(&app.db, id).await.unwrap();
        assert_eq!((card.votes_for, card.votes_against, card.voters(), card.points), (3, 1, 4, 4), "people and points");
        let list = Client::new(&app).get("/list").await.text();
        assert!(list.contains("4 voix, en moyenne +1,0"), "a card says people and mean: {list}");
        let mut one = moderator(&app, "une@ville.example").await;
        let moved = one.post("/admin/moderation/1", &[("act", "move"), ("process", &there.to_string())]).await;
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "{}", moved.text());
        let card = features::store::find(&app.db, id).await.unwrap();
        assert_eq!((card.votes_for, card.votes_against, card.points), (1, 0, 1), "a person is one, whatever they weighed");
        let page = Client::new(&app).get("/features/1").await.text();
        assert!(page.contains("3 voix données sous d’autres règles"), "{page}");
        assert!(letters(&app).await.iter().any(|(to, body)| to == "auteur@mail.example" && body.contains("3 voix ne remplissent pas")));
        let json = Client::new(&app).get("/api/features/1").await.json();
        assert_eq!((json["properties"]["voters"].as_i64(), json["properties"]["score"].as_i64()), (Some(1), Some(1)));
        // Who says it again under these rules counts.
        people[1].post("/features/1/vote", &[("voice", "for")]).await;
        assert_eq!(counts(&app, id).await, (2, 2));
        // Taken back, every voice that was given here counts as it was given.
        assert_eq!(undo(&app, &mut one, id).await, StatusCode::SEE_OTHER);
        let card = features::store::find(&app.db, id).await.unwrap();
        assert_eq!((card.votes_for, card.votes_against, card.points), (4, 0, 6));
        let _ = here;
    }

    async fn voices_of_what_is_merged_count_where_they_meet_the_rules_of_the_other(db: Db) {
        let app = app(&db).await;
        let mut strict = Settings::default();
        strict.rules = strict.rules.with_level(crate::civic::processes::Action::VOTE, crate::civic::accounts::Level::Email);
        let there = process(&app, "Ailleurs", &strict, State::Public).await;
        let source = placed(&app, &proposal("Un banc", 2.35, 48.85)).await;
        let mut new = proposal("Des bancs", 2.36, 48.85);
        new.process = Some(there);
        let target = placed(&app, &new).await;
        Client::new(&app).post(&format!("/features/{source}/vote"), &[("voice", "for")]).await;
        let mut one = moderator(&app, "une@ville.example").await;
        let form = [("act", "merge"), ("into", &*target.to_string())];
        assert_eq!(one.post(&format!("/admin/moderation/{source}"), &form).await.status, StatusCode::SEE_OTHER);
        assert_eq!(counts(&app, target).await, (0, 0));
        assert_eq!(undo(&app, &mut one, source).await, StatusCode::SEE_OTHER);
        assert_eq!(counts(&app, source).await, (1, 1), "under its own rules it counts");
    }

    async fn who_stopped_following_what_was_merged_is_told_no_more(db: Db) {
        let app = app(&db).await;
        let mut author = Client::new(&app);
        let account = author.sign_in(&app, "auteur@mail.example", &[]).await.id;
        let source = idea(&mut author, "Un banc").await;
        let target = placed(&app, &proposal("Des bancs", 2.36, 48.85)).await;
        let follows = async || crate::civic::contributions::follows::readers(&app.db, target).await.unwrap();
        let mut one = moderator(&app, "une@ville.example").await;
        let form = [("act", "merge"), ("into", &*target.to_string())];
        one.post(&format!("/admin/moderation/{source}"), &form).await;
        assert_eq!(follows().await.len(), 1, "its author follows it there");
        let mut write = app.begin().await.unwrap();
        crate::civic::contributions::follows::set(&mut write, source, account, false).await.unwrap();
        app.commit(write).await.unwrap();
        assert_eq!(follows().await, [], "who stopped stays stopped");
    }

    async fn the_queue_is_a_table_too_sorted_by_its_heads_and_stays_so_over_a_decision(db: Db) {
        let app = app(&db).await;
        for title in ["Un banc", "Une rampe", "Un arbre"] {
            placed(&app, &proposal(title, 2.35, 48.85)).await;
        }
        db.run("update feature set votes_for = case id when 1 then 2 when 2 then 9 else 0 end", ()).await.unwrap();
        let mut moderator = Client::new(&app);
        moderator.sign_in(&app, "tri@ville.example", &[Role::Moderator]).await;
        for (sort, order) in [("votes", "2 1 3"), ("-votes", "3 1 2"), ("date", "1 2 3"), ("-date", "3 2 1")] {
            let page = moderator.get(&format!("/admin/moderation?look=table&sort={sort}&tab=new")).await.text();
            let ids: Vec<&str> = page.split("id=\"thing-").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
            assert_eq!(ids.join(" "), order, "{sort}");
            assert_eq!(page.matches("aria-sort").count(), 1, "{sort}");
        }
        let sent = moderator.post("/admin/moderation", &[("look", "table"), ("sort", "votes"), ("tab", "new"), ("publish", "2")]).await;
        assert!(sent.header("location").starts_with("/admin/moderation?look=table&sort=votes&tab=new&done="), "{}", sent.text());
        let after = moderator.get(sent.header("location").split('#').next().unwrap()).await.text();
        assert!(after.contains("name=\"look\" value=\"table\"") && !after.contains("id=\"thing-2\""), "{after}");
        let whole = moderator.get("/admin/moderation?look=%3Cb%3E&sort=x").await.text();
        assert!(whole.contains("class=\"queue-items\"") && !whole.contains("aria-sort"), "what is no look is the usual one");
    }
}
