//! Every page with a form that takes a file: what is typed in it is still there when the file is refused, and nothing else on the page asks for
//! texts that such a form would leave behind.

use super::every_route;
use super::knocking::{House, Person};
use crate::civic::accounts::Role;
use crate::server::testing::{Client, on_sqlite};
use axum::http::{Method, StatusCode};
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeSet;

/// Forms whose texts may stand beside one that takes a file: each is an act of its own, as it stands on the page, and none is about the same thing.
const APART: [(&str, &str); 3] = [
    // Documents beside who may take part and who can see the process.
    ("/admin/processes/plan-velo", "/admin/processes/plan-velo"),
    ("/admin/processes/plan-velo", "/admin/processes/plan-velo/roll"),
    // A fingerprint that was typed is asked without any file.
    ("/verify", "/verify"),
];

/// What a form takes that is typed, in the order of the page.
struct FileForm {
    page: String,
    action: String,
    file: String,
    /// What a browser sends that changes nothing.
    fields: Vec<(String, String)>,
    /// The fields of texts that people type.
    typed: Vec<String>,
}

fn select(element: ElementRef<'_>, what: &str) -> Vec<(String, String)> {
    let selector = Selector::parse(what).unwrap();
    let found = element.select(&selector).map(|field| {
        let value = match field.value().name() {
            "textarea" => field.text().collect(),
            _ => field.value().attr("value").unwrap_or_default().to_owned(),
        };
        (field.value().attr("name").unwrap_or_default().to_owned(), value)
    });
    found.filter(|(name, _)| !name.is_empty()).collect()
}

const TYPED: &str = "textarea, input[type=text], input[type=url], input[type=email], input:not([type])";

/// The forms of a page that take files, and those beside them that ask for texts.
fn forms(page: &str, text: &str) -> (Vec<FileForm>, BTreeSet<String>) {
    let document = Html::parse_document(text);
    let (mut of_files, mut others) = (Vec::new(), BTreeSet::new());
    for form in document.select(&Selector::parse("form[method=post]").unwrap()) {
        let action = form.value().attr("action").unwrap_or_default().to_owned();
        let typed = select(form, TYPED).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        let Some((file, _)) = select(form, "input[type=file]").into_iter().next() else {
            if !typed.is_empty() {
                others.insert(action);
            }
            continue;
        };
        assert_eq!(form.value().attr("enctype"), Some("multipart/form-data"), "{page}: {action}");
        let fields = select(form, &format!("input[type=hidden], {TYPED}"));
        of_files.push(FileForm { page: page.to_owned(), action, file, fields, typed });
    }
    (of_files, others)
}

/// What is typed into the field of a number. The first letters of a title stay among few characters.
fn word(at: usize) -> String {
    format!("Zwirbel{at}")
}

/// What is lost of a form when its file is refused.
async fn lost(client: &mut Client, form: &FileForm) -> Vec<String> {
    let mut fields = form.fields.clone();
    for (at, name) in form.typed.iter().enumerate() {
        fields.iter_mut().filter(|(of, _)| of == name).for_each(|(_, value)| *value = word(at));
    }
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let file = (form.file.as_str(), "rien.bin", &b"Bonjour"[..]);
    let answer = client.upload(&form.action, &fields, &[file]).await;
    assert!(answer.status.is_client_error(), "{}: {} {}", form.action, answer.status, answer.text());
    let text = answer.text();
    let document = Html::parse_document(&text);
    let there = select(document.root_element(), TYPED);
    let is_lost =
        |(at, name): &(usize, &String)| !there.iter().any(|(of, value)| of == *name && *value == word(*at));
    form.typed
        .iter()
        .enumerate()
        .filter(is_lost)
        .map(|(_, name)| format!("{} loses {name}", form.page))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_typed_beside_a_file_is_never_lost_with_it() {
    on_sqlite(async |db| {
        let house = House::new(&db).await;
        let mut client = house.enter(Person::Holder(Role::Administrator)).await;
        let made = client.post("/admin/processes", &[("title", "Plan vélo")]).await;
        assert!(made.status.is_redirection(), "{}", made.text());
        let mut pages: BTreeSet<String> = every_route()
            .into_iter()
            .filter(|route| route.method == Method::GET && !route.path.contains('{') && route.path != "/live")
            .map(|route| route.path.to_owned())
            .collect();
        pages.insert("/admin/processes/plan-velo".into());
        let sections = ["picture", "head", "results", "texts", "team"];
        pages.extend(sections.map(|section| format!("/admin/processes/plan-velo/edit/{section}")));
        let sections =
            crate::core::site::Section::ALL.map(|section| format!("/admin/site/{}", section.word()));
        pages.extend(sections);
        let (mut seen, mut wrong) = (Vec::new(), Vec::new());
        for page in pages {
            let answer = client.get(&page).await;
            if answer.status != StatusCode::OK || !answer.header("content-type").starts_with("text/html") {
                continue;
            }
            let (of_files, others) = forms(&page, &answer.text());
            for form in of_files {
                let is_apart = |other: &&String| APART.contains(&(page.as_str(), other.as_str()));
                wrong.extend(
                    others
                        .iter()
                        .filter(|other| !is_apart(other))
                        .map(|other| format!("{page}: {other} beside a file")),
                );
                // A receipt that is looked up is a question: the page answers it, whatever file comes along.
                if !form.typed.is_empty() && form.action != "/verify" {
                    wrong.extend(lost(&mut client, &form).await);
                }
                seen.push(form.action);
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        for action in [
            "/admin/site/face",
            "/admin/processes/plan-velo/picture",
            "/admin/areas/file",
            "/proposals",
            "/verify",
        ] {
            assert!(seen.iter().any(|one| one == action), "{action} of {seen:?}");
        }
    })
    .await;
}
