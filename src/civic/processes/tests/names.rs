//! What processes and themes are called, for who reads the site in another language: a walk through all that names them; on both databases.

use super::{phase, process};
use crate::civic::accounts::Role;
use crate::civic::processes::{Action, Settings};
use crate::core::features::vocabulary;
use crate::server::testing::{Client, app, on_both};

/// Every page that names a process or a theme, and which of them it names.
const PLACES: [(&str, bool, bool); 10] = [
    ("/", true, true),
    ("/list", true, true),
    ("/?process=plan-velo", true, true),
    ("/processes", true, false),
    ("/processes/plan-velo", true, true),
    ("/processes/plan-velo/figures", true, true),
    ("/figures", true, true),
    ("/features/1", true, true),
    ("/proposals/new?process=plan-velo", true, true),
    ("/feed.atom", false, true),
];

/// The same of the desk's pages.
const ROOMS: [(&str, bool, bool); 4] = [
    // What begins or closes soon.
    ("/admin", true, false),
    ("/admin/moderation?tab=new", true, false),
    ("/admin/processes", true, false),
    ("/admin/themes", true, true),
];

on_both! {
    async fn whoever_reads_english_finds_the_english_name_of_a_process_and_of_a_theme_everywhere(db: Db) {
        let app = app(&db).await;
        let english = [("title".to_owned(), "Cycling plan".to_owned())];
        let settings = Settings {
            phases: vec![phase("idees", -1, 72, &[Action::PROPOSE, Action::VOTE])],
            own_themes_only: true,
            translations: [("en".to_owned(), english.into())].into(),
            ..Settings::default()
        };
        let (id, _) = process(&app, "Plan vélo", &settings).await;
        let mut admin = Client::new(&app);
        admin.sign_in(&app, "admin@ville.example", &[Role::Administrator]).await;
        let theme = [("label", "Stationnement"), ("label_en", "Bike parking"), ("color", "#0072b2"), ("icon", "dot"), ("process", "plan-velo")];
        assert!(admin.post("/admin/themes", &theme).await.status.is_redirection());
        assert_eq!(vocabulary::themes(&app.db).await.unwrap()[0].process_id, Some(id));
        let mut client = Client::new(&app);
        for title in ["Un arceau", "Un autre"] {
            let idea = [("title", title), ("lon", "2.35"), ("lat", "48.85"), ("process", "plan-velo"), ("theme", "stationnement")];
            assert!(client.post("/proposals", &idea).await.status.is_redirection());
        }
        for (language, process, theme) in [("fr", ["Plan vélo", "Cycling plan"], ["Stationnement", "Bike parking"]), ("en", ["Cycling plan", "Plan vélo"], ["Bike parking", "Stationnement"])] {
            client.get(&format!("/language/{language}")).await;
            for (path, names_process, names_theme) in PLACES {
                let page = client.get(path).await.text();
                for (is_named, [there, other]) in [(names_process, process), (names_theme, theme)] {
                    assert!(!is_named || page.contains(there), "{language} {path}: {there}\n{page}");
                    assert!(!page.contains(other), "{language} {path}: {other}\n{page}");
                }
            }
        }
        for (language, process, theme) in [("fr", ["Plan vélo", "Cycling plan"], ["Stationnement", "Bike parking"]), ("en", ["Cycling plan", "Plan vélo"], ["Bike parking", "Stationnement"])] {
            admin.get(&format!("/language/{language}")).await;
            for (path, names_process, names_theme) in ROOMS {
                let page = admin.get(path).await.text();
                for (is_named, [there, other]) in [(names_process, process), (names_theme, theme)] {
                    assert!(!is_named || page.contains(there), "{language} {path}: {there}\n{page}");
                    assert!(!page.contains(other), "{language} {path}: {other}\n{page}");
                }
            }
        }
        admin.get("/language/fr").await;
        // What is made for programs keeps one name in every language.
        let file = client.get("/export/features.csv?for=excel").await.text();
        assert!(file.contains(";Plan vélo;Stationnement;"), "{file}");
        // The English ones have columns of their own.
        assert!(file.contains("Démarche (anglais);Thème (anglais)") && file.contains("Cycling plan;Bike parking"), "{file}");
        let file = client.get("/export/features.csv").await.text();
        assert!(file.contains("process_en,theme_en") && file.contains("Cycling plan,Bike parking"), "{file}");
        let one = client.get("/api/features/1").await.json();
        assert_eq!((&one["properties"]["process_en"], &one["properties"]["theme_en"]), (&"Cycling plan".into(), &"Bike parking".into()), "{one}");
        let style = client.get("/style.json").await.text();
        assert!(style.contains("Stationnement") && !style.contains("Bike parking"));
        let style = client.get("/style.json?lang=en").await.text();
        assert!(style.contains("Bike parking") && !style.contains("Stationnement"));
        // The name is changed, and taken away, like the label.
        let page = admin.get("/admin/themes/1").await.text();
        assert!(page.contains("value=\"Bike parking\""), "{page}");
        let long = "n".repeat(41);
        let wrong = [("label", "Stationnement"), ("label_en", long.as_str()), ("color", "#0072b2"), ("icon", "dot")];
        assert!(admin.post("/admin/themes/1", &wrong).await.text().contains("label_en-problem"));
        assert!(admin.post("/admin/themes/1", &[("label", "Stationnement"), ("label_en", ""), ("color", "#0072b2"), ("icon", "dot")]).await.status.is_redirection());
        assert!(client.get("/list").await.text().contains("Stationnement"), "without a name in English the French one is said");
    }
}
