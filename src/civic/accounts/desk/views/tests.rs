//! Kept views: whose they are, what they hold, and that they lead nowhere else. On both databases.

use crate::civic::accounts::{Role, store};
use crate::server::testing::{Client, app, on_both};
use axum::http::StatusCode;

const LATE: [(&str, &str); 3] = [
    ("room", "/admin/answers"),
    ("query", "status=open&sort=votes&to=https://a.example"),
    ("name", "Les plus votées"),
];

fn nav(page: &str) -> &str {
    page.split("<main").next().unwrap()
}

on_both! {
    async fn a_view_is_kept_in_known_words_found_in_the_navigation_renamed_removed_and_put_back(db: Db) {
        let app = app(&db).await;
        let mut agent = Client::new(&app);
        agent.sign_in(&app, "agent@ville.example", &[Role::Agent]).await;
        let list = agent.get("/admin/answers?status=open&sort=votes").await.text();
        assert!(list.contains("name=\"query\" value=\"status=open&#38;sort=votes\""), "{list}");
        let kept = agent.post("/admin/views", &LATE).await;
        assert_eq!(kept.header("location"), "/admin/answers?status=open&sort=votes", "{}", kept.text());
        let there = agent.get("/admin/answers?sort=votes&status=open&page=1").await.text();
        assert!(nav(&there).contains("status=open&#38;sort=votes\" aria-current=\"page\"><span dir=\"auto\">Les plus votées"), "{there}");
        assert!(!there.contains("id=\"view-name\""), "it is kept already");
        let renamed = agent.post("/admin/views/1", &[("name", "À voir <b>")]).await;
        assert!(renamed.status.is_redirection(), "{}", renamed.text());
        assert!(nav(&agent.get("/admin/views").await.text()).contains("À voir &#60;b&#62;"));
        let removed = agent.post("/admin/views/1/remove", &[]).await;
        assert_eq!(removed.header("location"), "/admin/views?removed=1");
        let page = agent.get("/admin/views?removed=1").await.text();
        assert!(!nav(&page).contains("À voir") && page.contains("action=\"/admin/views/1/restore\""), "{page}");
        agent.post("/admin/views/1/restore", &[]).await;
        assert!(nav(&agent.get("/admin/answers").await.text()).contains("À voir"));
    }

    async fn a_view_is_its_owners_until_it_is_shared_and_then_the_teams_who_may_open_its_list(db: Db) {
        let app = app(&db).await;
        let mut people = Vec::new();
        for (email, role) in [("un@ville.example", Role::Agent), ("deux@ville.example", Role::Agent), ("trois@ville.example", Role::Moderator), ("chef@ville.example", Role::Administrator)] {
            let mut client = Client::new(&app);
            client.sign_in(&app, email, &[role]).await;
            people.push(client);
        }
        let [one, two, moderator, chief] = people.as_mut_slice() else { panic!("four") };
        one.post("/admin/views", &LATE).await;
        assert!(!nav(&two.get("/admin/views").await.text()).contains("Les plus votées"));
        assert_eq!(two.post("/admin/views/1/remove", &[]).await.status, StatusCode::NOT_FOUND);
        one.post("/admin/views/1", &[("name", "Les plus votées"), ("shared", "1")]).await;
        assert!(nav(&two.get("/admin").await.text()).contains("Les plus votées"));
        assert_eq!(two.post("/admin/views/1/remove", &[]).await.status, StatusCode::FORBIDDEN);
        assert!(!moderator.get("/admin").await.text().contains("Les plus votées"), "they cannot open its list");
        assert_eq!(moderator.post("/admin/views", &LATE).await.status, StatusCode::FORBIDDEN);
        assert!(chief.post("/admin/views/1/remove", &[]).await.status.is_redirection(), "whose owner may be gone");
        assert_eq!(Client::new(&app).post("/admin/views", &LATE).await.status, StatusCode::UNAUTHORIZED);
    }

    async fn what_is_no_view_is_refused_with_what_was_typed(db: Db) {
        let app = app(&db).await;
        let mut agent = Client::new(&app);
        let account = agent.sign_in(&app, "agent@ville.example", &[Role::Agent]).await;
        let long = "a".repeat(61);
        for name in ["", "   ", long.as_str()] {
            let refused = agent.post("/admin/views", &[LATE[0], LATE[1], ("name", name)]).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST);
            assert!(refused.text().contains("value=\"status=open&#38;sort=votes\""), "{}", refused.text());
        }
        agent.post("/admin/views", &LATE).await;
        let twice = agent.post("/admin/views", &[LATE[0], LATE[1], ("name", "les plus VOTÉES")]).await;
        assert!([StatusCode::BAD_REQUEST, StatusCode::SEE_OTHER].contains(&twice.status));
        let same = agent.post("/admin/views", &[LATE[0], ("query", ""), ("name", "Les plus votées")]).await;
        assert_eq!(same.status, StatusCode::BAD_REQUEST, "one name, one view");
        for room in ["/admin/people", "https://a.example", "/admin", ""] {
            let refused = agent.post("/admin/views", &[("room", room), LATE[1], ("name", "Ailleurs")]).await;
            assert!(refused.status.is_client_error(), "{room}: {}", refused.status);
        }
        for id in ["0", "99", "x", "-1"] {
            assert_eq!(agent.post(&format!("/admin/views/{id}/remove"), &[]).await.status, StatusCode::NOT_FOUND);
        }
        let mut write = app.begin().await.unwrap();
        store::grant(&mut write, account.id, Role::Administrator, (None, None), None).await.unwrap();
        app.commit(write).await.unwrap();
        let refused = agent.post("/admin/views", &[("room", "/admin/people"), LATE[1], ("name", "Ailleurs")]).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "that list cannot be kept");
    }
}
