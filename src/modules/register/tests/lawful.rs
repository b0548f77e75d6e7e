//! The converse of the walk: whatever people, moderators and agents do by the site's own routes leaves the register intact.

use super::findings;
use crate::base::db::Sql as _;
use crate::base::ids::FeatureId;
use crate::civic::accounts::Role;
use crate::core::features::{Channel, Origin, store as features};
use crate::core::journal::Act;
use crate::server::testing::{Client, app, on_both, proposal};

/// A sequence that is the same at each run: xorshift.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

on_both! {
    async fn a_long_sequence_of_lawful_acts_leaves_the_register_intact(db: Db) {
        let app = app(&db).await;
        let mut chance = Chance(0x5eed);
        let mut staff = Client::new(&app);
        staff.sign_in(&app, "toute@ville.example", &[Role::Administrator, Role::Moderator, Role::Agent, Role::Planner]).await;
        let mut second = Client::new(&app);
        second.sign_in(&app, "autre@ville.example", &[Role::Moderator]).await;
        let mut write = app.begin().await.unwrap();
        let settings = crate::civic::processes::Settings::default();
        let state = crate::civic::processes::State::Public;
        let (process, _) =
            crate::civic::processes::store::insert(&mut write, "Plan vélo", &settings, state, None).await.unwrap();
        app.commit(write).await.unwrap();
        let process = process.to_string();
        staff.post("/admin/themes", &[("label", "Bancs"), ("color", "#0072b2"), ("icon", "dot")]).await;
        let mut people: Vec<Client> = (0..5).map(|_| Client::new(&app)).collect();
        let (mut done, mut refused) = (0, 0);
        for step in 0..220u64 {
            let who = usize::try_from(chance.below(5)).unwrap();
            let id = 1 + chance.below(12);
            let feature = format!("/features/{id}");
            let moderate = format!("/admin/moderation/{id}");
            let title = format!("Idée {step}");
            let person = &mut people[who];
            let answer = match chance.below(24) {
                0..=3 => person.post("/proposals", &[("title", &title), ("body", "Ici."), ("lon", "2.35"), ("lat", "48.85"), ("step", "publish")]).await,
                4..=7 => {
                    let voice = ["for", "against", "none"][usize::try_from(chance.below(3)).unwrap()];
                    person.post(&format!("{feature}/vote"), &[("voice", voice)]).await
                }
                8 => person.post(&format!("{feature}/arguments"), &[("side", "for"), ("body", "Bien vu.")]).await,
                9 => person.post(&format!("{feature}/edit"), &[("title", &title), ("body", "Là."), ("lon", "2.36"), ("lat", "48.85"), ("step", "publish")]).await,
                10 => person.post(&format!("{feature}/withdraw"), &[]).await,
                11 => person.post(&format!("{feature}/restore"), &[]).await,
                12 => person.post(&format!("{feature}/flag"), &[("reason", "unclear")]).await,
                13 => staff.post(&moderate, &[("act", "hide"), ("reason", "unclear"), ("note", "Précisez.")]).await,
                14 => staff.post(&moderate, &[("act", "publish")]).await,
                15 => staff.post(&moderate, &[("act", "merge"), ("into", &(1 + chance.below(12)).to_string())]).await,
                16 => staff.post(&moderate, &[("act", "move"), ("process", process.as_str())]).await,
                17 => {
                    let last: Option<(i64,)> = db.optional("select max(id) from decision where feature_id = $1 and undone_at is null having max(id) is not null", (FeatureId(i64::try_from(id).unwrap()),)).await.unwrap();
                    staff.post("/admin/moderation/undo", &[("decision", &last.map_or(0, |(id,)| id).to_string())]).await
                }
                18 => staff.post(&format!("/admin/answers/{id}"), &[("verdict", "accepted"), ("body", "Oui."), ("motive", "Utile."), ("authority", "La Ville")]).await,
                19 => staff.post(&format!("/admin/answers/{id}/status"), &[("status", "in_progress")]).await,
                20 => {
                    let given = [("email", "noe@ville.example"), ("role", "agent")];
                    staff.post("/admin/people/grant", &given).await;
                    staff.post(&format!("/admin/people/{}/revoke", 6 + chance.below(4)), &[]).await
                }
                21 => {
                    person.post(&format!("{feature}/appeal"), &[("body", "C’est clair.")]).await;
                    let open: Option<(i64,)> = db.optional("select decision_id from appeal where outcome is null limit 1", ()).await.unwrap();
                    second.post(&format!("/admin/moderation/appeals/{}", open.map_or(0, |(id,)| id)), &[("outcome", "granted"), ("answer", "Vous avez raison.")]).await
                }
                22 => {
                    let fate = if chance.below(2) == 0 { "anonymous" } else { "gone" };
                    let erased = person.post("/privacy/me/erase", &[("fate", fate), ("word", "effacer")]).await;
                    people[who] = Client::new(&app);
                    erased
                }
                _ => {
                    let mut write = app.begin().await.unwrap();
                    let mut new = proposal(&title, 2.34, 48.85);
                    let origin = |fingerprint: &str| Origin { source: "idees".into(), external_id: step.to_string(), fingerprint: fingerprint.into() };
                    (new.channel, new.origin) = (Channel::Import, Some(origin("a")));
                    let id = features::insert(&mut write, &new, Act::IMPORTED).await.unwrap();
                    app.commit(write).await.unwrap();
                    let mut write = app.begin().await.unwrap();
                    (new.body, new.origin) = ("Dit mieux.".into(), Some(origin("b")));
                    features::update(&mut write, id, &new, Act::IMPORTED).await.unwrap();
                    app.commit(write).await.unwrap();
                    staff.post("/admin/processes/plan-velo/roll", &[("people", "lea@mail.example")]).await
                }
            };
            if answer.status.is_client_error() { refused += 1 } else { done += 1 }
            assert!(!answer.status.is_server_error(), "step {step}: {}", answer.text());
            if step % 20 == 19 {
                assert_eq!(findings(&db).await, [], "after step {step}");
            }
        }
        assert!(done > 100, "{done} done, {refused} refused");
        let acts: Vec<(String,)> = db.all("select distinct act from journal order by act", ()).await.unwrap();
        for act in ["placed", "voted", "changed", "withdrawn", "hidden", "merged", "answered", "status", "erased", "imported", "moved", "granted"] {
            assert!(acts.iter().any(|(known,)| known == act), "no {act} in {acts:?}");
        }
    }
}
