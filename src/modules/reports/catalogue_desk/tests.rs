//! The desk of the catalogue over HTTP, and what a report finds afterwards; on both databases.

use super::usual;
use crate::civic::accounts::Role;
use crate::core::app::App;
use crate::modules::reports::catalogue::Catalogue;
use crate::modules::reports::model::{Category, Service};
use crate::server::testing::{Client, app, harmless, on_both, square};
use axum::http::StatusCode;

const HERE: &str = "/admin/reports/catalogue";

const CATEGORY: [(&str, &str); 9] = [
    ("label", "Tag <b>"),
    ("parent", ""),
    ("sort", "problem"),
    ("target_n", "3"),
    ("target_unit", "working_days"),
    ("metres", "50"),
    ("days", "30"),
    ("color", "#0072b2"),
    ("icon", "dot"),
];

/// The form with some of its fields otherwise.
fn with<'a>(form: &[(&'a str, &'a str)], otherwise: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = form.iter().filter(|(name, _)| otherwise.iter().all(|(other, _)| other != name));
    kept.chain(otherwise).copied().collect()
}

async fn administrator(app: &App) -> Client {
    let mut client = Client::new(app);
    client.sign_in(app, "admin@ville.example", &[Role::Administrator]).await;
    client
}

async fn usual_ones(app: &App) {
    let mut write = app.begin().await.unwrap();
    usual::fill(&mut write).await.unwrap();
    app.commit(write).await.unwrap();
}

async fn category(app: &App, label: &str) -> Category {
    let catalogue = Catalogue::of(app).await.unwrap();
    catalogue
        .categories
        .iter()
        .find(|known| known.label == label)
        .cloned()
        .unwrap_or_else(|| panic!("{label}"))
}

async fn service(app: &App, slug: &str) -> Service {
    let catalogue = Catalogue::of(app).await.unwrap();
    catalogue.services.iter().find(|known| known.slug == slug).cloned().unwrap()
}

/// What a form says that it saw.
fn was(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"was\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

on_both! {
    async fn an_empty_catalogue_is_filled_with_the_usual_one_and_the_field_says_whom_why_and_by_when(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        let empty = admin.get(HERE).await.text();
        assert!(empty.contains("Le catalogue est vide") && empty.contains("Aucune catégorie"), "{empty}");
        let made = admin.post(&format!("{HERE}/usual"), &[]).await;
        assert_eq!(made.header("location"), format!("{HERE}?done=usual"), "{}", made.text());
        let catalogue = Catalogue::of(&app).await.unwrap();
        assert_eq!((catalogue.services.len(), catalogue.below(None).count()), (3, 10));
        assert_eq!(catalogue.routing.faults(), [], "nothing to put right");
        let dump = category(&app, "Dépôt sauvage ou encombrants").await;
        let page = admin.get(&format!("{HERE}?category={}&place=2.35,48.85", dump.id.0)).await.text();
        harmless(&page);
        assert!(page.contains("<strong>Propreté urbaine</strong>"), "{page}");
        assert!(page.contains("Une règle vise ce type de signalement\u{a0}:"), "{page}");
        assert!(page.contains("3 jours ouvrés") && page.contains("au plus tard le"), "{page}");
        let thanks = category(&app, "Dire merci").await;
        let page = admin.get(&format!("{HERE}?category={}&place=2.35,48.85", thanks.id.0)).await.text();
        assert!(page.contains("Voirie, éclairage et réseaux</strong>") && page.contains("Sans délai annoncé"), "{page}");
        let nowhere = admin.get(&format!("{HERE}?category={}&place=nulle+part", thanks.id.0)).await.text();
        assert!(nowhere.contains("Aucune adresse connue"), "{nowhere}");
        assert_eq!(admin.post(&format!("{HERE}/usual"), &[]).await.status, StatusCode::CONFLICT, "only once");
    }

    async fn a_category_is_made_changed_moved_removed_and_put_back(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        let made = admin.post(&format!("{HERE}/categories"), &CATEGORY).await;
        assert_eq!(made.header("location"), format!("{HERE}?done=category-made"), "{}", made.text());
        admin.post(&format!("{HERE}/categories"), &with(&CATEGORY, &[("label", "Nid-de-poule")])).await;
        let tag = category(&app, "Tag <b>").await;
        assert_eq!((tag.slug.as_str(), tag.position), ("tag-b", 1));
        harmless(&admin.get(HERE).await.text());
        let own = format!("{HERE}/categories/{}", tag.id.0);
        let asked = [
            ("label", "Tag"), ("q0_label", "Sur quoi ?"), ("q0_datatype", "singlevaluelist"), ("q0_values", "Mur\nPorte"),
            ("q0_required", "yes"), ("checks_photos", "yes"),
        ];
        let seen = was(&admin.get(&own).await.text());
        let form = with(&with(&CATEGORY, &asked), &[("was", &seen)]);
        assert_eq!(admin.post(&own, &form).await.header("location"), format!("{HERE}?done=category-changed"));
        let changed = category(&app, "Tag").await;
        assert_eq!((changed.slug.as_str(), changed.questions[0].code.as_str()), ("tag-b", "sur_quoi"));
        assert!(changed.checks_photos && changed.questions[0].is_required);
        // Who saw it before is told, and what they typed is still there.
        let late = admin.post(&own, &with(&form, &[("label", "Graffiti")])).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.text().contains("«\u{a0}Tag\u{a0}» a été modifié") && late.text().contains("value=\"Graffiti\""), "{}", late.text());
        assert!(admin.post(&format!("{own}/move"), &[("way", "down")]).await.status.is_redirection());
        let order = |catalogue: &Catalogue| catalogue.below(None).map(|known| known.label.clone()).collect::<Vec<_>>();
        assert_eq!(order(&Catalogue::of(&app).await.unwrap()), ["Nid-de-poule", "Tag"]);
        assert!(admin.post(&format!("{own}/remove"), &[("way", "remove")]).await.status.is_redirection());
        assert_eq!(order(&Catalogue::of(&app).await.unwrap()), ["Nid-de-poule"]);
        assert!(category(&app, "Tag").await.removed_at.is_some(), "reports still find it");
        assert!(admin.post(&format!("{own}/remove"), &[("way", "back")]).await.status.is_redirection());
        assert_eq!(order(&Catalogue::of(&app).await.unwrap()).len(), 2);
    }

    async fn what_is_wrong_with_a_category_is_said_beside_what_was_typed(db: Db) {
        let app = app(&db).await;
        usual_ones(&app).await;
        let mut admin = administrator(&app).await;
        let kind = category(&app, "Propreté").await;
        let parent = kind.id.0.to_string();
        let below = category(&app, "Déjections").await.id.0.to_string();
        let road = category(&app, "Espaces verts").await.id.0.to_string();
        for (wrong, said) in [
            (vec![("label", "x")], "un nom de 2 à 60"),
            (vec![("label", " PROPRETE ")], "porte déjà ce nom"),
            (vec![("target_n", "0")], "de 1 à 2 000"),
            (vec![("target_n", "trois")], "de 1 à 2 000"),
            (vec![("target_unit", "weeks")], "une valeur de la liste"),
            (vec![("metres", "-1")], "un nombre entier"),
            (vec![("days", "9999999999999999999")], "un nombre entier"),
            (vec![("parent", &below)], "une valeur de la liste"),
            (vec![("sort", "joke")], "une valeur de la liste"),
            (vec![("color", "#123456")], "une valeur de la liste"),
            (vec![("icon", "../secret")], "une valeur de la liste"),
            (vec![("q0_label", "Taille"), ("q0_datatype", "singlevaluelist"), ("q0_values", "Grand")], "Question 1"),
        ] {
            let page = admin.post(&format!("{HERE}/categories"), &with(&CATEGORY, &wrong)).await;
            assert_eq!(page.status, StatusCode::BAD_REQUEST, "{wrong:?}");
            assert!(page.text().contains(said), "{said}: {}", page.text());
        }
        let own = format!("{HERE}/categories/{parent}");
        let seen = was(&admin.get(&own).await.text());
        let moved = admin.post(&own, &with(&CATEGORY, &[("parent", &road), ("was", &seen)])).await;
        assert!(moved.text().contains("qui en contient d’autres"), "{}", moved.text());
        for nowhere in ["9999", "x", "-1", "99999999999999999999"] {
            for path in [format!("{HERE}/categories/{nowhere}"), format!("{HERE}/services/{nowhere}"), format!("{HERE}/rules/{nowhere}")] {
                assert_eq!(admin.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
        }
    }

    async fn a_service_keeps_its_key_to_itself_and_its_agents_are_chosen(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        let agent = {
            let mut client = Client::new(&app);
            client.sign_in(&app, "agent@ville.example", &[Role::Agent]).await
        };
        let form = [
            ("name", "Département"), ("is_outside", "yes"), ("email", "routes@dept.example"),
            ("url", "https://open311.dept.example/v2"), ("key", "s3cret"),
        ];
        let made = admin.post(&format!("{HERE}/services"), &form).await;
        let own = made.header("location").to_owned();
        assert!(own.starts_with(&format!("{HERE}/services/")), "{}", made.text());
        let page = admin.get(&own).await.text();
        assert!(!page.contains("s3cret") && page.contains("Une clé est enregistrée"), "{page}");
        let seen = was(&page);
        let kept = with(&form, &[("key", ""), ("contact", "Au 01 02 03 04 05"), ("was", &seen)]);
        assert!(admin.post(&own, &kept).await.status.is_redirection());
        let known = service(&app, "departement").await;
        assert_eq!((known.open311_key.as_deref(), known.contact.as_str()), (Some("s3cret"), "Au 01 02 03 04 05"));
        assert_eq!(admin.post(&own, &kept).await.status, StatusCode::CONFLICT, "seen before it changed");
        let seen = was(&admin.get(&own).await.text());
        let forget = with(&kept, &[("forgets_key", "yes"), ("was", &seen)]);
        assert!(admin.post(&own, &forget).await.status.is_redirection());
        assert_eq!(service(&app, "departement").await.open311_key, None);
        for (wrong, said) in [(("name", "departement"), "porte déjà ce nom"), (("email", "x"), "n’en est pas une"), (("url", "ftp://x"), "une adresse complète")] {
            let page = admin.post(&format!("{HERE}/services"), &with(&[("name", "Autre")], &[wrong])).await;
            assert_eq!(page.status, StatusCode::BAD_REQUEST);
            assert!(page.text().contains(said), "{said}: {}", page.text());
        }
        let who = agent.id.to_string();
        assert!(admin.post(&format!("{own}/agents"), &[("account", &who), ("way", "add")]).await.status.is_redirection());
        assert!(admin.get(&own).await.text().contains("agent@ville.example</bdi> <button"));
        assert!(admin.post(&format!("{own}/agents"), &[("account", &who), ("way", "remove")]).await.status.is_redirection());
        assert!(admin.get(&own).await.text().contains("Personne pour l’instant"));
        assert_eq!(admin.post(&format!("{own}/agents"), &[("account", "9999")]).await.status, StatusCode::NOT_FOUND);
        assert!(admin.post(&format!("{own}/remove"), &[]).await.status.is_redirection());
        assert!(service(&app, "departement").await.removed_at.is_some());
        assert!(admin.post(&format!("{own}/remove"), &[("way", "back")]).await.status.is_redirection());
        assert!(service(&app, "departement").await.removed_at.is_none());
    }

    async fn a_rule_that_changes_is_ended_and_what_is_wrong_with_rules_is_said(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        crate::core::territory::store::upsert_all(&mut write, vec![square("Nord", 2.0, 48.0, 1.0)]).await.unwrap();
        app.commit(write).await.unwrap();
        usual_ones(&app).await;
        let mut admin = administrator(&app).await;
        let rules = format!("{HERE}/rules");
        let (tag, green) = (category(&app, "Tag ou affiche sauvage").await, service(&app, "espaces-verts").await);
        let (tag, green) = (tag.id.0.to_string(), green.id.0.to_string());
        let form = [("category", tag.as_str()), ("area", "nord"), ("service", &green), ("target_n", "24"), ("target_unit", "hours")];
        assert_eq!(admin.post(&rules, &form).await.header("location"), rules);
        let tried = format!("{HERE}?category={tag}&place=2.5,48.5");
        let page = admin.get(&tried).await.text();
        assert!(page.contains("<strong>Espaces verts et nature</strong>") && page.contains("24 heures"), "{page}");
        assert!(admin.post(&rules, &form).await.text().contains("Une règle existe déjà"), "twice");
        let catalogue = Catalogue::of(&app).await.unwrap();
        let rule = catalogue.rules.iter().find(|rule| rule.is_of_area).unwrap().id.0;
        let changed = with(&form, &[("target_n", "2"), ("target_unit", "days")]);
        assert_eq!(admin.post(&format!("{rules}/{rule}"), &changed).await.header("location"), rules);
        let page = admin.get(&rules).await.text();
        assert!(page.contains("2 jours") && page.contains("Anciennes versions") && page.contains("24 heures"), "{page}");
        assert_eq!(admin.post(&format!("{rules}/{rule}"), &changed).await.status, StatusCode::NOT_FOUND, "it holds no more");
        assert_eq!(admin.post(&format!("{rules}/{rule}/end"), &[]).await.status, StatusCode::CONFLICT);
        assert!(admin.post(&rules, &with(&form, &[("service", "")])).await.text().contains("Choisissez le service"));
        // A service that is removed, and everything without a fallback.
        assert!(admin.post(&format!("{HERE}/services/{green}/remove"), &[]).await.status.is_redirection());
        assert!(admin.get(HERE).await.text().contains("désigne un service retiré"));
        let catalogue = Catalogue::of(&app).await.unwrap();
        let fallback = catalogue.rules.iter().find(|rule| rule.category.is_none()).unwrap().id.0;
        assert!(admin.post(&format!("{rules}/{fallback}/end"), &[]).await.status.is_redirection());
        assert!(admin.get(HERE).await.text().contains("aucune règle ne dit à qui cela va"));
    }

    async fn closed_days_are_added_and_taken_away(db: Db) {
        let app = app(&db).await;
        let mut admin = administrator(&app).await;
        let days = format!("{HERE}/days");
        assert!(admin.get(&days).await.text().contains("Aucun jour fermé"));
        assert!(admin.post(&days, &[("way", "add"), ("day", "2027-05-07"), ("label", "Pont")]).await.status.is_redirection());
        assert!(admin.post(&days, &[("way", "alsace")]).await.status.is_redirection());
        let page = admin.get(&days).await.text();
        assert!(page.contains("7 mai 2027") && page.contains("Vendredi saint"), "{page}");
        let catalogue = Catalogue::of(&app).await.unwrap();
        assert!(!catalogue.closed.is_worked("2027-05-07".parse().unwrap(), crate::base::clock::zone()));
        assert!(admin.post(&days, &[("way", "remove"), ("day", "2027-05-07")]).await.status.is_redirection());
        assert_eq!(admin.post(&days, &[("way", "remove"), ("day", "2027-05-07")]).await.status, StatusCode::NOT_FOUND);
        let wrong = admin.post(&days, &[("way", "add"), ("day", "demain"), ("label", "")]).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        assert!(wrong.text().contains("Choisissez un jour") && wrong.text().contains("pourquoi ce jour"), "{}", wrong.text());
    }

    async fn an_agent_does_not_change_the_catalogue(db: Db) {
        let app = app(&db).await;
        let mut agent = Client::new(&app);
        agent.sign_in(&app, "agent@ville.example", &[Role::Agent]).await;
        assert_eq!(agent.get(HERE).await.status, StatusCode::FORBIDDEN);
        assert_eq!(agent.post(&format!("{HERE}/usual"), &[]).await.status, StatusCode::FORBIDDEN);
        assert!(Catalogue::of(&app).await.unwrap().categories.is_empty());
    }
}
