//! Letters of every kind, to who reads English and to who reads French: each is in its reader's language alone, with names as that language
//! says them.
//!
//! What it is not: what each letter says, which its room's own tests read.

use crate::base::db::{Db, Sql as _};
use crate::base::i18n::Lang;
use crate::base::ids::{FeatureId, ProcessId};
use crate::civic::accounts::{Role, tell_forgotten_passkeys};
use crate::civic::contributions::follows;
use crate::civic::processes::tests::{cross, process};
use crate::civic::processes::{Action, Edits, Phase, Settings};
use crate::core::app::App;
use crate::server::testing::{Client, app, on_both, proposal};
use chrono::TimeDelta;
use std::collections::BTreeSet;

/// Kinds of letters that are written elsewhere, or by the same lines as those that are walked through.
const NOT_WALKED: &[&str] = &[
    // With a device, in `passkeys/tests.rs`: in the language of the page where it is done.
    "letter-passkey-added",
    "letter-passkey-added-subject",
    "letter-passkey-removed",
    "letter-passkey-removed-subject",
    // To witnesses whom the operator names, in French.
    "letter-head-intro",
    "letter-head-keep",
    // Other rulings of the same function, told by key.
    "letter-photo-hidden",
    "letter-photo-restored",
    "letter-revised",
    "letter-kept",
    "letter-restored",
    "letter-redacted",
    "letter-undone",
    "letter-follow-undone",
    "letter-appeal-passage-granted",
    "letter-apart",
    // Other news of the same digest.
    "letter-work-flagged",
    "letter-work-appealed",
    "letter-work-late",
    "letter-work-waiting",
    "letter-work-substitute",
];

const LANGS: [Lang; 2] = [Lang::Fr, Lang::En];

/// What texts say between what is put into them, by their keys: without what is too short to be of one language.
fn pieces(lang: Lang) -> Vec<(String, String)> {
    let source = match lang {
        Lang::Fr => include_str!(concat!(env!("OUT_DIR"), "/fr.ftl")),
        Lang::En => include_str!(concat!(env!("OUT_DIR"), "/en.ftl")),
    };
    let (mut key, mut found) = (String::new(), Vec::new());
    for line in source.lines() {
        let text = if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            let Some((of, text)) = line.split_once(" =") else { continue };
            of.clone_into(&mut key);
            text
        } else if line.starts_with(' ') {
            line
        } else {
            continue;
        };
        // A form for a number stands behind its name.
        let text = text.trim_start();
        let text = if text.starts_with(['[', '*']) {
            text.split_once(']').map_or(text, |(_, text)| text)
        } else {
            text
        };
        let plain = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
        let plain = plain.map(|part| spaced(part).trim().to_owned());
        found.extend(
            plain
                .filter(|part| part.chars().count() >= 12 && part.contains(' '))
                .map(|part| (key.clone(), part)),
        );
    }
    found
}

/// With plain spaces and apostrophes.
fn spaced(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}', '\n'], " ").replace('’', "'")
}

fn is_of_letters(key: &str) -> bool {
    ["letter-", "receipt-letter", "status-", "verdict-", "reason-", "kind-", "decision-", "moderation-reason"]
        .iter()
        .any(|start| key.starts_with(start))
}

struct Town {
    app: App,
    agent: Client,
    moderator: Client,
    judge: Client,
    process: (ProcessId, String),
}

async fn signed_in(app: &App, email: &str, lang: Lang, roles: &[Role]) -> Client {
    let mut client = Client::new(app);
    client.sign_in(app, email, roles).await;
    app.db.run("update account set lang = $1 where email = $2", (lang, email)).await.unwrap();
    client.headers = vec![("accept-language", lang.code().to_owned())];
    client
}

fn of(lang: Lang, who: &str) -> String {
    format!("{}-{who}@mail.example", lang.code())
}

impl Town {
    /// A process that is called otherwise in English, and agents who read one language each.
    async fn new(db: &Db) -> Town {
        let app = app(db).await;
        let now = crate::base::clock::now();
        let phase = Phase {
            key: "p".into(),
            title: "Le temps des vœux".into(),
            opens: now - TimeDelta::hours(1),
            closes: now + TimeDelta::hours(20),
            acts: Action::words(&[Action::PROPOSE, Action::ARGUE, Action::VOTE]),
        };
        let english = [("title", "Cycling plan"), ("phase-p", "Time of wishes")];
        let english = english.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
        let mut settings = Settings {
            phases: vec![phase],
            translations: [("en".to_owned(), english)].into(),
            ..Settings::default()
        };
        settings.rules.edits = Edits::Told;
        let process = process(&app, "Plan vélo", &settings).await;
        let agent = signed_in(&app, "agent@ville.example", Lang::Fr, &[Role::Agent]).await;
        let moderator = signed_in(&app, "une@ville.example", Lang::En, &[Role::Moderator]).await;
        let judge = signed_in(&app, "deux@ville.example", Lang::Fr, &[Role::Moderator]).await;
        Town { app, agent, moderator, judge, process }
    }

    /// An idea of somebody who reads a language, followed by people of each, with an account and by letter.
    async fn idea(&self, lang: Lang) -> (Client, FeatureId) {
        let mut author = signed_in(&self.app, &of(lang, "auteur"), lang, &[]).await;
        author.headers.push(("accept", "application/json".into()));
        let fields = [
            ("title", "Zwirbel"),
            ("body", "Quox"),
            ("lon", "2.35"),
            ("lat", "48.85"),
            ("process", "plan-velo"),
        ];
        let placed = author.post("/proposals", &fields).await;
        let id = FeatureId(placed.json()["id"].as_i64().unwrap_or_else(|| panic!("{}", placed.text())));
        author.headers.pop();
        self.followed("feature", id.0).await;
        (author, id)
    }

    async fn followed(&self, kind: &str, id: i64) {
        for lang in LANGS {
            let follower = of(lang, "suit");
            let account = Client::new(&self.app).sign_in(&self.app, &follower, &[]).await.id;
            self.app.db.run("update account set lang = $1 where id = $2", (lang, account)).await.unwrap();
            let mut write = self.app.begin().await.unwrap();
            if kind == "feature" {
                follows::set(&mut write, FeatureId(id), account, true).await.unwrap();
            }
            let at = write.at();
            let sql = "insert into letter_follow (subject_kind, subject_id, email, asked_at, confirmed_at, lang) values ($1, $2, $3, $4, $5, $6)";
            write.tx().run(sql, (kind, id, of(lang, "lettre"), at, at, lang)).await.unwrap();
            self.app.commit(write).await.unwrap();
        }
    }

    async fn decide(&mut self, id: FeatureId, form: &[(&str, &str)]) {
        let word = id.to_string();
        let form = [&[("thing", word.as_str()), ("reason", "personal"), ("note", "Zwirbel")], form].concat();
        let done = self.moderator.post(&format!("/admin/moderation/{id}"), &form).await;
        assert!(done.status.is_redirection(), "{form:?}: {}", done.text());
    }

    /// Everything that is told to residents, about ideas of somebody who reads a language.
    async fn tell_residents(&mut self, lang: Lang) {
        let (_, answered) = self.idea(lang).await;
        let refused =
            [("verdict", "refused"), ("body", "Quox"), ("motive", "Zwirbel"), ("authority", "Ville")];
        let sent = self.agent.post(&format!("/admin/answers/{answered}"), &refused).await;
        assert!(sent.status.is_redirection(), "{}", sent.text());
        let (_, studied) = self.idea(lang).await;
        let status = [("status", "under_review"), ("feature", &*studied.to_string())];
        let changed = self.agent.post("/admin/answers/status", &status).await;
        assert!(changed.status.is_redirection(), "{}", changed.text());
        for outcome in ["granted", "refused"] {
            let (mut author, hidden) = self.idea(lang).await;
            self.decide(hidden, &[("act", "hide")]).await;
            let standing = "select max(id) from decision";
            let (decision,): (i64,) = self.app.db.one(standing, ()).await.unwrap();
            let decision = decision.to_string();
            let appeal = [("decision", &*decision), ("body", "Quox quox quox")];
            let appealed = author.post(&format!("/features/{hidden}/appeal"), &appeal).await;
            assert!(appealed.status.as_u16() < 400, "{}", appealed.text());
            let settle = [("outcome", outcome), ("answer", "Zwirbel")];
            let settled = self.judge.post(&format!("/admin/moderation/appeals/{decision}"), &settle).await;
            assert!(settled.status.is_redirection(), "{}", settled.text());
        }
        let (_, asked) = self.idea(lang).await;
        self.decide(asked, &[("act", "ask")]).await;
        self.app
            .db
            .run("update feature set held = 'waiting', published_at = null where id = $1", (asked,))
            .await
            .unwrap();
        self.decide(asked, &[("act", "publish")]).await;
        let (_, moved) = self.idea(lang).await;
        self.decide(moved, &[("act", "move"), ("process", "none")]).await;
        let (_, target) = self.idea(lang).await;
        self.decide(moved, &[("act", "merge"), ("into", &*target.to_string())]).await;
        let (mut author, changed) = self.idea(lang).await;
        for lang in LANGS {
            let mut voter = signed_in(&self.app, &of(lang, "suit"), lang, &[]).await;
            let voted = voter.post(&format!("/features/{changed}/vote"), &[("voice", "for")]).await;
            assert!(voted.status.as_u16() < 400, "{}", voted.text());
        }
        let form = [
            ("title", "Grumf"),
            ("body", "Tout autre chose"),
            ("lon", "2.35"),
            ("lat", "48.85"),
            ("step", "publish"),
        ];
        let changed = author.post(&format!("/features/{changed}/edit"), &form).await;
        assert!(changed.status.is_redirection(), "{}", changed.text());
    }

    /// What is told by asking for it.
    async fn ask(&self, lang: Lang) {
        let mut asking = Client::new(&self.app);
        asking.headers = vec![("accept-language", lang.code().to_owned())];
        for (path, who) in [
            ("/sign-in", "entre"),
            ("/features/1/follow-by-letter", "demande"),
            ("/processes/plan-velo/follow", "demande"),
        ] {
            let asked = asking.post(path, &[("email", &of(lang, who))]).await;
            assert!(asked.status.as_u16() < 400, "{path}: {}", asked.text());
        }
        let mut write = self.app.begin().await.unwrap();
        tell_forgotten_passkeys(&mut write, "Parvis", (lang, of(lang, "auteur"))).await.unwrap();
        self.app.commit(write).await.unwrap();
    }

    /// What is told to agents.
    async fn tell_agents(&self) {
        for lang in LANGS {
            let mut agent =
                signed_in(&self.app, &of(lang, "agent"), lang, &[Role::Agent, Role::Moderator]).await;
            let chosen = agent.post("/admin/my-letters", &[("pace", "now")]).await;
            assert!(chosen.status.is_redirection(), "{}", chosen.text());
        }
        let long_ago = crate::base::clock::now() - TimeDelta::hours(2);
        self.app.db.run("update work_letters set told_until = $1", (long_ago,)).await.unwrap();
        let mut write = self.app.begin().await.unwrap();
        let then = crate::base::clock::now() - TimeDelta::minutes(30);
        let mut new = proposal("Zwirbel", 2.35, 48.85);
        new.process = Some(self.process.0);
        let id = crate::core::features::store::insert(&mut write, &new, crate::core::journal::Act::PLACED)
            .await
            .unwrap();
        self.app.commit(write).await.unwrap();
        self.app
            .db
            .run("update feature set created_at = $1, published_at = $1 where id = $2", (then, id))
            .await
            .unwrap();
        let letters = crate::modules::jobs().find(|job| job.name == "work-letters").unwrap();
        (letters.run)(&self.app).await.unwrap();
    }

    /// To whom each letter goes, and all that it says.
    async fn letters(&self) -> Vec<(String, String)> {
        let all = "select recipient, subject || ' | ' || body from mail order by id";
        let all: Vec<(String, String)> = self.app.db.all(all, ()).await.unwrap();
        all.into_iter().map(|(to, said)| (to, spaced(&said))).collect()
    }
}

on_both! {
    async fn every_letter_is_in_its_readers_language_with_the_names_of_that_language(db: Db) {
        let mut town = Town::new(&db).await;
        town.followed("process", town.process.0.0).await;
        cross(&town.app, crate::base::clock::now()).await;
        for lang in LANGS {
            town.tell_residents(lang).await;
            town.ask(lang).await;
        }
        town.tell_agents().await;
        cross(&town.app, crate::base::clock::now() + TimeDelta::hours(21)).await;
        let letters = town.letters().await;
        let (french, english) = (pieces(Lang::Fr), pieces(Lang::En));
        let mut seen = [BTreeSet::new(), BTreeSet::new()];
        for (to, said) in &letters {
            let Some(lang) = LANGS.into_iter().find(|lang| to.starts_with(&format!("{}-", lang.code()))) else { continue };
            let (own, other) = if lang == Lang::Fr { (&french, &english) } else { (&english, &french) };
            let foreign = other.iter().filter(|(key, _)| is_of_letters(key));
            let foreign: Vec<_> = foreign.filter(|(_, piece)| said.contains(piece.as_str())).collect();
            assert!(foreign.is_empty(), "{to}: {foreign:?} in {said}");
            let names = if lang == Lang::Fr { ["Cycling plan", "Time of wishes"] } else { ["Plan vélo", "Le temps des vœux"] };
            assert!(!names.iter().any(|name| said.contains(name)), "{to}: {said}");
            let kinds = own.iter().filter(|(key, piece)| key.starts_with("letter-") && said.contains(piece.as_str()));
            seen[usize::from(lang == Lang::En)].extend(kinds.map(|(key, _)| key.clone()));
        }
        for (lang, seen) in LANGS.into_iter().zip(&seen) {
            let all: BTreeSet<_> = pieces(lang).into_iter().map(|(key, _)| key).collect();
            let is_walked = |key: &&String| key.starts_with("letter-") && !NOT_WALKED.contains(&key.as_str());
            let unseen: Vec<_> = all.iter().filter(is_walked).filter(|key| !seen.contains(*key)).collect();
            assert!(unseen.is_empty(), "{lang:?}: written by nothing that is walked through: {unseen:?}");
        }
    }

    async fn who_signs_in_is_written_to_in_the_language_of_that_page(db: Db) {
        let app = app(&db).await;
        let lang = async || app.db.one::<(Lang,)>("select lang from account where email = 'lea@mail.example'", ()).await.unwrap().0;
        for wanted in [Lang::En, Lang::Fr] {
            let mut client = Client::new(&app);
            client.headers = vec![("accept-language", wanted.code().to_owned())];
            client.post("/sign-in", &[("email", "lea@mail.example")]).await;
            let (body,): (String,) = app.db.one("select body from mail order by id desc limit 1", ()).await.unwrap();
            let link = body.split_whitespace().find(|word| word.contains("/sign-in/")).unwrap();
            let path = link[link.find("/sign-in/").unwrap()..].to_owned();
            let entered = client.post(&path, &[]).await;
            assert!(entered.status.is_redirection(), "{}", entered.text());
            assert_eq!(lang().await, wanted);
        }
        // And of that on which they ask to be told.
        let mut client = Client::json(&app);
        let placed = client.post("/proposals", &[("title", "Zwirbel"), ("lon", "2.35"), ("lat", "48.85")]).await;
        client.sign_in(&app, "lea@mail.example", &[]).await;
        client.headers = vec![("accept-language", "en".to_owned())];
        let followed = client.post(&format!("/features/{}/follow", placed.json()["id"]), &[]).await;
        assert!(followed.status.is_redirection(), "{}", followed.text());
        assert_eq!(lang().await, Lang::En);
    }
}

/// What writes letters says no language of its own.
#[test]
fn no_letter_is_written_in_a_language_that_nobody_chose() {
    const AUTHORITY: [&str; 4] = [
        "src/modules/about/contact.rs",
        "src/modules/register/heads.rs",
        "src/modules/reports/handover/sending.rs",
        "src/modules/reports/letters.rs",
    ];
    fn visit(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                visit(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    visit(&root.join("src"), &mut files);
    let mut looked_at = 0;
    for path in files {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        let source = std::fs::read_to_string(&path).unwrap();
        let source = source.split("#[cfg(test)]").next().unwrap();
        let is_test = name.contains("/tests") || name.ends_with("_tests.rs");
        if is_test || !source.contains("mail::post") || AUTHORITY.contains(&name.as_str()) {
            continue;
        }
        looked_at += 1;
        for fixed in ["Lang::Fr", "Lang::En", "Lang::default()"] {
            assert!(!source.contains(fixed), "{name}: a letter is in its reader's language, not in {fixed}");
        }
    }
    assert!(looked_at >= 8, "{looked_at}");
}
