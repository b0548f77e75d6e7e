//! The pages on which a city says who it is, over HTTP in process, on both databases.

use crate::base::config::Config;
use crate::civic::accounts::Role;
use crate::core::app::App;
use crate::core::site::store;
use crate::server::testing::{Client, app, on_both};
use axum::http::StatusCode;

async fn say(app: &App, pairs: &[(&str, &str)]) {
    let mut write = app.begin().await.unwrap();
    let mut site = store::current(write.tx()).await.unwrap();
    for (name, value) in pairs {
        site.set(name, value);
    }
    store::write(&mut write, &site, None).await.unwrap();
    app.commit(write).await.unwrap();
}

on_both! {
    async fn every_page_leads_to_what_the_law_asks_for_and_each_says_what_lacks(db: Db) {
        let app = app(&db).await;
        let mut reader = Client::new(&app);
        for page in ["/", "/list", "/help"] {
            let text = reader.get(page).await.text();
            for link in ["/legal", "/accessibility", "/terms", "/privacy", "/contact", "/help"] {
                assert!(text.contains(&format!("href=\"{link}\"")), "{page}: {link}");
            }
        }
        assert_eq!(reader.get("/legal").await.text().matches("non renseigné").count(), 3);
        say(&app, &[("publisher", "Commune de <Montclar>"), ("director", "Claire Morin, maire"), ("provider", "Hébergeur SA"), ("legal", "**Crédits**")]).await;
        let legal = reader.get("/legal").await.text();
        assert!(legal.contains("Commune de &#60;Montclar&#62;") && legal.contains("<strong>Crédits</strong>"), "{legal}");
        assert!(!legal.contains("non renseigné"));
    }

    async fn a_site_is_not_compliant_until_an_audit_is_entered_whole(db: Db) {
        let app = app(&db).await;
        let mut reader = Client::new(&app);
        assert!(reader.get("/accessibility").await.text().contains("audit non réalisé"));
        say(&app, &[("audit_day", "2026-10-05"), ("audit_rate", "100")]).await;
        assert!(reader.get("/accessibility").await.text().contains("audit non réalisé"), "nobody is named");
        for (rate, state) in [("100", "totalement conforme"), ("87.5", "partiellement conforme"), ("12", "est non conforme")] {
            say(&app, &[("auditor", "Cabinet X"), ("audit_rate", rate)]).await;
            let text = reader.get("/accessibility").await.text();
            assert!(text.contains(state) && text.contains("5 octobre 2026") && text.contains(&rate.replace('.', ",")), "{text}");
            assert!(!text.contains("audit non réalisé"));
        }
    }

    async fn a_letter_to_the_authority_waits_in_the_outbox_and_what_is_wrong_is_said(db: Db) {
        let app = app(&db).await;
        let mut reader = Client::new(&app);
        assert_eq!(reader.post("/contact", &[("email", "a@b.example")]).await.status, StatusCode::NOT_FOUND);
        say(&app, &[("contact_email", "mairie@ville.example"), ("contact_phone", "01 02 03 04 05")]).await;
        let page = reader.get("/contact").await.text();
        assert!(page.contains("mailto:mairie@ville.example") && page.contains("tel:0102030405") && page.contains("name=\"message\""));
        let refused = reader.post("/contact", &[("email", "moi"), ("message", "…")]).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.text().contains("id=\"email-problem\"") && refused.text().contains("id=\"message-problem\""));
        let fields = [("email", "Moi@Ici.example"), ("subject", "La\r\nplace"), ("message", "Le banc de la place est cassé.")];
        let sent = reader.post("/contact", &fields).await;
        assert_eq!(sent.header("location"), "/contact?done=sent", "{}", sent.text());
        let letters = crate::base::mail::latest(&db, 0, 9, |_, _, _| Box::pin(async { Ok(None) })).await.unwrap();
        let letter = letters.iter().find(|letter| letter.recipient == "mairie@ville.example").unwrap();
        assert!(letter.body.contains("moi@ici.example") && letter.body.contains("banc de la place"), "{letter:?}");
        assert!(letter.subject.ends_with("La place") && !letter.subject.contains('\n'), "{}", letter.subject);
    }

    async fn where_no_letter_leaves_the_address_is_there_and_no_form(db: Db) {
        let open = app(&db).await;
        let config = Config { database: open.config.database.clone(), media: open.config.media.clone(), ..Config::default() };
        let app = App::on(config, db.clone()).await.unwrap();
        say(&app, &[("contact_email", "mairie@ville.example")]).await;
        let page = Client::new(&app).get("/contact").await.text();
        assert!(page.contains("mailto:mairie@ville.example") && !page.contains("name=\"message\""));
    }

    async fn the_welcome_says_what_the_city_says_and_what_is_open(db: Db) {
        let app = app(&db).await;
        let mut reader = Client::new(&app);
        assert!(!reader.get("/").await.text().contains("id=\"welcome\""), "nothing to say");
        say(&app, &[("welcome_title", "Dessinons la ville"), ("welcome", "Jusqu’au **30 juin**."), ("welcome_en", "Until **30 June**.")]).await;
        let page = reader.get("/").await.text();
        assert!(page.contains("Dessinons la ville") && page.contains("<strong>30 juin</strong>"), "{page}");
        reader.headers = vec![("accept-language", "en".into())];
        assert!(reader.get("/list").await.text().contains("<strong>30 June</strong>"));
        let mut planner = Client::new(&app);
        planner.sign_in(&app, "plan@ville.example", &[Role::Planner]).await;
        crate::civic::processes::tests::process(&app, "Plan vélo", &crate::civic::processes::Settings::default()).await;
        assert!(reader.get("/").await.text().contains("href=\"/processes/plan-velo\""));
        // What has only French words says so to who reads English.
        say(&app, &[("welcome_en", "")]).await;
        assert!(reader.get("/").await.text().contains("<div class=\"prose\" lang=\"fr\" dir=\"auto\">"));
    }

    async fn the_guide_for_agents_leads_to_pages_that_are_there(db: Db) {
        let app = app(&db).await;
        let mut reader = Client::new(&app);
        assert!(reader.get("/help").await.text().contains("href=\"/help/agents\""));
        let page = reader.get("/help/agents").await.text();
        let document = scraper::Html::parse_document(&page);
        let main = scraper::Selector::parse("main a[href]").unwrap();
        let mut chief = Client::new(&app);
        chief.sign_in(&app, "guide@ville.example", &[Role::Administrator]).await;
        let mut tried = 0;
        for link in document.select(&main).filter_map(|a| a.value().attr("href")) {
            let there = match link.strip_prefix('#') {
                Some(word) => page.contains(&format!("<h2 id=\"{word}\">")),
                None => matches!(chief.get(link).await.status, StatusCode::OK | StatusCode::SEE_OTHER),
            };
            assert!(there, "{link} leads nowhere");
            tried += 1;
        }
        assert!(tried > 15, "{tried} links");
        assert_eq!(page.matches("<img").count(), crate::modules::about::guide::pictures().len());
    }
}
