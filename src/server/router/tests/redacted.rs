//! A name that moderators blacked out leaves by no route: it is looked for behind every address that anybody may open.

use super::knocking::{House, Person};
use super::unseen::{Secret, filled, tried};
use crate::base::db::Sql as _;
use crate::civic::accounts::Role;
use crate::server::testing::{Answer, Client, on_both};

const NAME: &str = "Pourpre";

const IDEA: &[(&str, &str)] = &[
    ("title", "Le banc de Jean Pourpre"),
    ("body", "Jean Pourpre, 3 rue des Lilas, l’a promis. Pourpre!"),
    ("lon", "2.345678"),
    ("lat", "48.856789"),
    ("step", "publish"),
];

fn done(answer: &Answer) {
    assert!(answer.status.as_u16() < 400, "{}: {}", answer.status, answer.text());
}

/// Where a stranger finds the name, of all addresses that are open to them.
async fn found(stranger: &mut Client, secret: &Secret) -> Vec<String> {
    let mut wrong = Vec::new();
    for (_, addresses) in tried() {
        for address in addresses {
            let answer = stranger.get(&filled(address, secret)).await;
            // A page that repeats the question tells nothing.
            let asks = address.to_lowercase().contains("pourpre");
            let text = answer.text();
            let is_found = if asks {
                text.contains("Jean") || text.contains("banc de")
            } else {
                text.to_lowercase().contains("pourpre")
            };
            if is_found {
                wrong.push(format!("{address} ({})", answer.status));
            }
        }
    }
    wrong
}

async fn is_intact(house: &House) {
    let checked = crate::modules::register::verify(&house.app.db, |_, _| {}).await.unwrap();
    assert!(checked.findings.is_empty(), "{:?}", checked.findings);
}

on_both! {
    async fn a_name_that_was_blacked_out_leaves_by_no_route_and_comes_back_when_that_is_taken_back(db: Db) {
        let house = House::new(&db).await;
        let mut author = Client::new(&house.app);
        author.sign_in(&house.app, "lea@mail.example", &[]).await;
        let sent = author.post("/proposals", IDEA).await;
        let id = sent.header("location").trim_start_matches("/features/").split(['?', '#']).next().unwrap().to_owned();
        // A version before, which everybody may read still.
        let edit: Vec<_> = IDEA.iter().copied().filter(|(name, _)| *name != "body").chain([("body", "Jean Pourpre l’a dit deux fois.")]).collect();
        done(&author.post(&format!("/features/{id}/edit"), &edit).await);
        done(&author.post(&format!("/features/{id}/arguments"), &[("side", "for"), ("body", "Monsieur Pourpre le veut.")]).await);
        let (argument,): (i64,) = db.one("select max(id) from argument", ()).await.unwrap();
        let secret = Secret { id: id.clone(), other: id.clone(), digest: "0".repeat(64), last: 0 };
        let mut stranger = house.enter(Person::Resident).await;
        let before = found(&mut stranger, &secret).await;
        for door in ["/features/{id}", "/list", "/api/features/{id}", "/export/features.csv", "/export/arguments.csv", "/feed.atom", "/list?q=pourpre"] {
            assert!(before.iter().any(|seen| seen.starts_with(&format!("{door} "))), "{door} shows it before: {before:?}");
        }

        let mut one = house.enter(Person::Holder(Role::Moderator)).await;
        let desk = format!("/admin/moderation/{id}");
        assert!(one.get(&desk).await.text().contains("id=\"redact-source\""));
        let redact = [("act", "redact"), ("reason", "personal"), ("note", "Pas de nom ici")];
        let of = |passages: &'static str| redact.iter().copied().chain([("passages", passages)]).collect::<Vec<_>>();
        for (wrong, said) in [(" \n ", "au moins un passage"), ("x", "trop court")] {
            let refused = one.post(&desk, &of(wrong)).await;
            assert!(refused.status == 400 && refused.text().contains(said), "{wrong}: {}", refused.text());
        }
        for nowhere in ["Jean Violet", "Pourpr"] {
            let refused = one.post(&desk, &of(nowhere)).await;
            assert!(refused.status == 409 && refused.text().contains("n’est pas dans le texte"), "{nowhere}: {}", refused.text());
        }
        done(&one.post(&desk, &of("Jean Pourpre\nPourpre")).await);
        done(&one.post(&format!("{desk}-{argument}"), &of(NAME)).await);
        is_intact(&house).await;

        let page = stranger.get(&format!("/features/{id}")).await.text();
        assert!(page.contains("Le banc de [nom retiré]") && page.contains("l’a dit deux fois"), "the rest reads on: {page}");
        let (title, search): (String, String) = db.one("select title, search from feature where title like 'Le banc%'", ()).await.unwrap();
        assert!(!title.contains(NAME) && !search.contains("pourpre"), "{title} {search}");
        let after = found(&mut stranger, &secret).await;
        assert!(after.is_empty(), "the name leaves by:\n{}", after.join("\n"));

        // The log says that, when and why; its author is told, reads their own words, and may appeal.
        let log = stranger.get("/moderation/log").await.text();
        assert_eq!(log.matches("Passage retiré du texte").count(), 2, "{log}");
        let letters: Vec<(String, String)> = db.all("select recipient, body from mail where body like '%un nom ou un passage%'", ()).await.unwrap();
        assert!(letters.iter().any(|(to, body)| to == "lea@mail.example" && body.contains("Pas de nom ici") && !body.contains(NAME)), "{letters:?}");
        let own = author.get(&format!("/features/{id}")).await.text();
        assert!(own.contains("La modération a retiré un passage") && own.contains("Jean Pourpre") && own.contains("/appeal"), "{own}");
        // Who says it again says it in vain.
        done(&author.post(&format!("/features/{id}/edit"), &edit).await);
        let again = found(&mut stranger, &secret).await;
        assert!(again.is_empty(), "{again:?}");
        is_intact(&house).await;

        let (decision,): (i64,) = db.one("select id from decision where kind = 'redacted' and subject_kind = 'feature'", ()).await.unwrap();
        let decision = decision.to_string();
        done(&author.post(&format!("/features/{id}/appeal"), &[("decision", &decision), ("body", "C’est mon propre nom")]).await);
        let own = one.post(&format!("/admin/moderation/appeals/{decision}"), &[("outcome", "granted")]).await;
        assert!(own.status.as_u16() >= 400, "who decided does not settle it");
        let mut two = house.enter(Person::Holder(Role::Moderator)).await;
        assert!(two.get("/admin/moderation?tab=appeals").await.text().contains("Le banc de"));
        done(&two.post(&format!("/admin/moderation/appeals/{decision}"), &[("outcome", "granted")]).await);
        let (of_argument,): (i64,) = db.one("select id from decision where kind = 'redacted' and subject_kind = 'argument'", ()).await.unwrap();
        done(&one.post("/admin/moderation/undo", &[("decision", &of_argument.to_string())]).await);
        is_intact(&house).await;
        let page = stranger.get(&format!("/features/{id}")).await.text();
        assert!(page.contains("Le banc de Jean Pourpre") && page.contains("Monsieur Pourpre le veut"), "{page}");
        assert!(stranger.get("/list?q=pourpre").await.text().contains("Le banc de Jean"), "it is found again");
        let (left,): (i64,) = db.one("select count(*) from redaction where ended_at is null", ()).await.unwrap();
        assert_eq!(left, 0);
    }

    async fn of_two_redactions_either_is_taken_back_alone_and_erasing_forgets_both(db: Db) {
        let house = House::new(&db).await;
        let mut author = house.enter(Person::Visitor).await;
        let sent = author.post("/proposals", IDEA).await;
        let id = sent.header("location").trim_start_matches("/features/").split(['?', '#']).next().unwrap().to_owned();
        let mut one = house.enter(Person::Holder(Role::Moderator)).await;
        let desk = format!("/admin/moderation/{id}");
        for passages in ["Jean Pourpre", "3 rue des Lilas"] {
            done(&one.post(&desk, &[("act", "redact"), ("reason", "personal"), ("passages", passages)]).await);
        }
        let made: Vec<(i64,)> = db.all("select decision_id from redaction order by decision_id", ()).await.unwrap();
        let (first, second) = (made[0].0.to_string(), made[1].0.to_string());
        let body = async || db.one::<(String,)>("select body from feature order by id desc limit 1", ()).await.unwrap().0;
        done(&one.post("/admin/moderation/undo", &[("decision", &first)]).await);
        assert_eq!(body().await, "Jean Pourpre, [nom retiré], l’a promis. Pourpre!");
        assert_eq!(one.post("/admin/moderation/undo", &[("decision", &first)]).await.status, 409, "once");
        done(&one.post("/admin/moderation/undo", &[("decision", &second)]).await);
        assert_eq!(body().await, IDEA[1].1);
        done(&one.post(&desk, &[("act", "redact"), ("reason", "personal"), ("passages", "Jean Pourpre")]).await);
        done(&author.post("/privacy/me/erase", &[("fate", "gone"), ("word", "effacer")]).await);
        let (left,): (i64,) = db.one("select count(*) from redaction", ()).await.unwrap();
        assert_eq!(left, 0);
        is_intact(&house).await;
    }

    async fn an_appeal_about_the_first_of_two_redactions_is_read_and_granted_while_the_other_holds(db: Db) {
        let house = House::new(&db).await;
        let mut author = Client::new(&house.app);
        author.sign_in(&house.app, "lea@mail.example", &[]).await;
        let sent = author.post("/proposals", IDEA).await;
        let id = sent.header("location").trim_start_matches("/features/").split(['?', '#']).next().unwrap().to_owned();
        let mut one = house.enter(Person::Holder(Role::Moderator)).await;
        let desk = format!("/admin/moderation/{id}");
        for passages in ["Jean Pourpre", "3 rue des Lilas"] {
            done(&one.post(&desk, &[("act", "redact"), ("reason", "personal"), ("passages", passages)]).await);
        }
        let (first,): (i64,) = db.one("select min(decision_id) from redaction", ()).await.unwrap();
        let first = first.to_string();
        done(&author.post(&format!("/features/{id}/appeal"), &[("decision", &first), ("body", "C’est mon nom")]).await);
        let mut two = house.enter(Person::Holder(Role::Moderator)).await;
        let page = two.get(&desk).await.text();
        assert!(page.contains(&format!("/admin/moderation/appeals/{first}")), "it is offered to be settled: {page}");
        done(&two.post(&format!("/admin/moderation/appeals/{first}"), &[("outcome", "granted")]).await);
        let (body,): (String,) = db.one("select body from feature order by id desc limit 1", ()).await.unwrap();
        assert_eq!(body, "Jean Pourpre, [nom retiré], l’a promis. Pourpre!");
        is_intact(&house).await;
    }

    async fn what_a_moderator_asked_to_be_changed_stays_unread_whatever_is_blacked_out_of_it_and_taken_back(db: Db) {
        let house = House::new(&db).await;
        let mut one = house.enter(Person::Holder(Role::Moderator)).await;
        let ask = [("act", "ask"), ("reason", "personal"), ("note", "Dites-le autrement")];
        let redact = [("act", "redact"), ("reason", "personal"), ("passages", "Jean Pourpre")];
        let mut author = house.enter(Person::Resident).await;
        for order in [["ask", "redact", ""], ["redact", "ask", ""], ["redact", "ask", "back"]] {
            let sent = author.post("/proposals", IDEA).await;
            let id = sent.header("location").trim_start_matches("/features/").split(['?', '#']).next().unwrap().to_owned();
            let desk = format!("/admin/moderation/{id}");
            for act in order {
                match act {
                    "ask" => done(&one.post(&desk, &ask).await),
                    "redact" => done(&one.post(&desk, &redact).await),
                    "back" => {
                        let (redaction,): (i64,) = db.one("select max(decision_id) from redaction", ()).await.unwrap();
                        done(&one.post("/admin/moderation/undo", &[("decision", &redaction.to_string())]).await);
                    }
                    _ => {}
                }
            }
            let is_asked = author.get(&format!("/features/{id}")).await.text().contains("Dites-le autrement");
            assert!(is_asked, "{order:?}: its author reads what is asked");
            let edit: Vec<_> = IDEA.iter().copied().filter(|(name, _)| *name != "body").chain([("body", "Un banc, tout simplement.")]).collect();
            done(&author.post(&format!("/features/{id}/edit"), &edit).await);
            let page = house.enter(Person::Stranger).await.get(&format!("/features/{id}")).await.text();
            assert!(page.contains("Un banc, tout simplement.") && !page.contains("3 rue des Lilas"), "{order:?}: {page}");
        }
        is_intact(&house).await;
    }

    async fn what_a_photo_shows_is_blacked_out_with_the_contribution_also_where_the_photo_comes_later(db: Db) {
        let house = House::new(&db).await;
        let mut author = Client::new(&house.app);
        author.sign_in(&house.app, "lea@mail.example", &[]).await;
        let mut jpeg = std::io::Cursor::new(Vec::new());
        image::DynamicImage::new_rgb8(40, 30).write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
        let photo = async |author: &mut Client| {
            let sent = author.upload("/photos", &[], &[("photo", "a.jpg", jpeg.get_ref())]).await.json();
            sent["id"].to_string().trim_matches('"').to_owned()
        };
        let with = |id: &str, said: &'static str| {
            let plain = IDEA.iter().filter(|(name, _)| !["title", "body"].contains(name)).map(|(name, said)| ((*name).to_owned(), *said));
            let mut form: Vec<(String, String)> = plain.map(|(name, said)| (name, said.to_owned())).collect();
            form.extend([("title".into(), "Un banc au soleil".into()), ("body".into(), "Le banc est cassé.".into())]);
            form.extend([("photo".into(), id.to_owned()), (format!("alt-{id}"), said.to_owned())]);
            form
        };
        let send = async |author: &mut Client, address: &str, form: Vec<(String, String)>| {
            let form: Vec<(&str, &str)> = form.iter().map(|(name, said)| (name.as_str(), said.as_str())).collect();
            author.post(address, &form).await
        };
        let first = photo(&mut author).await;
        let sent = send(&mut author, "/proposals", with(&first, "Jean Pourpre assis")).await;
        let id = sent.header("location").trim_start_matches("/features/").split(['?', '#']).next().unwrap().to_owned();
        let secret = Secret { id: id.clone(), other: id.clone(), digest: "0".repeat(64), last: 0 };
        let mut stranger = house.enter(Person::Resident).await;
        let before = found(&mut stranger, &secret).await;
        assert!(before.iter().any(|seen| seen.starts_with("/features/{id} ")), "its page shows it before: {before:?}");

        let mut one = house.enter(Person::Holder(Role::Moderator)).await;
        let desk = format!("/admin/moderation/{id}");
        let page = one.get(&desk).await.text();
        assert!(page.split("id=\"redact-source\"").nth(1).unwrap().split("</p>").next().unwrap().contains("Jean Pourpre assis"), "{page}");
        let redact = async |one: &mut Client, passages: &str| one.post(&desk, &[("act", "redact"), ("reason", "personal"), ("passages", passages)]).await;
        assert_eq!(redact(&mut one, "Jean Violet").await.status, 409);
        done(&redact(&mut one, "Pourpre").await);
        done(&redact(&mut one, "assis").await);
        is_intact(&house).await;
        let after = found(&mut stranger, &secret).await;
        assert!(after.is_empty(), "the name leaves by:\n{}", after.join("\n"));
        let captions = async || db.all::<(String,)>("select alt from photo order by id", ()).await.unwrap().into_iter().map(|(alt,)| alt).collect::<Vec<_>>();
        assert_eq!(captions().await, ["Jean [nom retiré] [nom retiré]"]);
        // A photo that comes later says it in vain.
        let second = photo(&mut author).await;
        done(&send(&mut author, &format!("/features/{id}/edit"), with(&second, "Pourpre debout")).await);
        assert_eq!(captions().await[1], "[nom retiré] debout");
        let after = found(&mut stranger, &secret).await;
        assert!(after.is_empty(), "the name leaves by:\n{}", after.join("\n"));
        is_intact(&house).await;

        // Each is taken back apart, in any order, and what both held is as it was.
        let made: Vec<(i64,)> = db.all("select decision_id from redaction order by decision_id", ()).await.unwrap();
        let back = async |one: &mut Client, at: usize| done(&one.post("/admin/moderation/undo", &[("decision", &made[at].0.to_string())]).await);
        back(&mut one, 0).await;
        assert_eq!(captions().await, ["Jean Pourpre [nom retiré]", "Pourpre debout"]);
        back(&mut one, 1).await;
        assert_eq!(captions().await, ["Jean Pourpre assis", "Pourpre debout"]);
        is_intact(&house).await;
        done(&redact(&mut one, "Pourpre").await);
        // A photo that its author takes away takes its caption along.
        let kept = async || db.one::<(String,)>("select captions from redaction where ended_at is null", ()).await.unwrap().0;
        assert!(kept().await.contains("Jean Pourpre assis") && kept().await.contains("Pourpre debout"));
        let mut drop = with(&first, "");
        drop.retain(|(name, _)| name != "photo");
        drop.push(("drop".into(), first.clone()));
        done(&send(&mut author, &format!("/features/{id}/edit"), drop).await);
        assert!(!kept().await.contains("assis") && kept().await.contains("Pourpre debout"), "{}", kept().await);
        is_intact(&house).await;
        done(&author.post("/privacy/me/erase", &[("fate", "gone"), ("word", "effacer")]).await);
        let (left,): (i64,) = db.one("select count(*) from redaction", ()).await.unwrap();
        assert_eq!(left, 0, "and the captions that it kept");
    }
}

on_both! {
    async fn a_name_in_what_a_module_keeps_of_a_contribution_is_blacked_out_as_well_where_only_that_says_it(db: Db) {
        let house = House::new(&db).await;
        let mut author = Client::new(&house.app);
        author.sign_in(&house.app, "lea@mail.example", &[]).await;
        house.takes_reports().await;
        let form = [("category", "nid-de-poule"), ("lon", "2.35"), ("lat", "48.85"), ("address", "Chez Jean Pourpre"), ("step", "publish")];
        let sent = author.post("/reports", &form).await;
        let id = sent.header("location").trim_start_matches("/features/").split(['?', '#']).next().unwrap().to_owned();
        // Opened again, its history says what a resident typed.
        let mut agent = house.enter(Person::Holder(Role::Agent)).await;
        done(&agent.post("/admin/reports", &[("feature", &id), ("do", "status"), ("status", "done"), ("note", "Vu avec Jean Pourpre")]).await);
        done(&author.post(&format!("/reports/{id}/reopen"), &[("note", "Monsieur Pourpre l’a vu aussi")]).await);
        let secret = Secret { id: id.clone(), other: id.clone(), digest: "0".repeat(64), last: 0 };
        let mut stranger = house.enter(Person::Resident).await;
        let doors = [
            format!("/features/{id}"),
            "/open311/v2/requests.json?extensions=true".into(),
            "/open311/v2/requests.xml?extensions=true".into(),
            format!("/open311/v2/requests/{id}.json"),
            "/open311/v2/servicerequestupdates.json".into(),
            format!("/open311/v2/servicerequestupdates.xml?service_request_id={id}"),
        ];
        for door in &doors {
            assert!(stranger.get(door).await.text().contains(NAME), "{door} shows it before");
        }
        let mut one = house.enter(Person::Holder(Role::Moderator)).await;
        let desk = format!("/admin/moderation/{id}");
        assert!(one.get(&desk).await.text().contains("Monsieur Pourpre l’a vu aussi"), "it can be copied from there");
        done(&one.post(&desk, &[("act", "redact"), ("reason", "personal"), ("passages", "Jean Pourpre\nPourpre")]).await);
        for door in &doors {
            let answer = stranger.get(door).await;
            assert!(answer.status.is_success() && !answer.text().contains(NAME), "{door}: {}", answer.text());
        }
        let after = found(&mut stranger, &secret).await;
        assert!(after.is_empty(), "the name leaves by:\n{}", after.join("\n"));
        let page = stranger.get(&format!("/features/{id}")).await.text();
        assert!(page.contains("Chez [nom retiré]") && page.contains("Monsieur [nom retiré] l’a vu aussi"), "{page}");
        is_intact(&house).await;
        let (decision,): (i64,) = db.one("select max(id) from decision where kind = 'redacted'", ()).await.unwrap();
        done(&one.post("/admin/moderation/undo", &[("decision", &decision.to_string())]).await);
        assert!(stranger.get(&format!("/features/{id}")).await.text().contains("Chez Jean Pourpre"));
        is_intact(&house).await;
    }
}
