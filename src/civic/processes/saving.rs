//! What a form of a process is sent for: a preview, another calendar, or a new version, with the picture that came along.
//!
//! What it is not: the pages and their addresses (`admin.rs`, `picture.rs`). Invariant: whatever is wrong, and whoever wrote meanwhile, what was typed is
//! in the form again.

use super::admin::{HERE, edit_page, own, refused};
use super::desk::{CalendarPart, EditPage, Shown};
use super::form::ProcessForm;
use super::model::{HeadPicture, Settings, State};
use super::sections::Section;
use super::store::{self, Decided};
use super::{ProcessRules, needs};
use crate::base::clock;
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{Fields, Reader};
use crate::base::i18n::Message;
use crate::base::ids::AccountId;
use crate::base::once::Answered;
use crate::civic::accounts::Actor;
use crate::core::app::App;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

/// What a form sent: which section of the process, over which version, and what its button says.
struct Sent {
    section: Option<Section>,
    step: String,
    note: String,
    base: i64,
    form: ProcessForm,
}

impl Sent {
    /// Reads it over what is stored. Where only other sections were written meanwhile, it is about the version of now.
    async fn read(app: &App, known: &ProcessRules, version: i64, fields: Fields) -> Result<Sent> {
        let (step, note) = (fields.get("step").to_owned(), crate::base::text::clean(fields.get("note")));
        let section = Section::of_word(fields.get("section"));
        let mut base = fields.get("version").parse().unwrap_or(version);
        if let Some(section) = section.filter(|_| base != version) {
            let seen = form_of_version(app, known, base).await?;
            if seen.is_some_and(|seen| seen.agrees(&ProcessForm::of(known), section)) {
                base = version;
            }
        }
        let form = ProcessForm::of_fields(fields).over(ProcessForm::of(known), section);
        Ok(Sent { section, step, note, base, form })
    }

    /// The page that it was sent from.
    fn shown(&self) -> Shown {
        if self.section == Some(Section::State) { Shown::Overview } else { Shown::Form(self.section) }
    }
}

/// What became of the picture that a form brought or took off: what there is now, or what is wrong with it.
pub(super) type NewPicture = std::result::Result<Option<HeadPicture>, Vec<Problem>>;

/// What a form says is written, with the picture that came along.
pub(super) async fn saved(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    slug: &str,
    (fields, picture): (Fields, Option<NewPicture>),
) -> Result<Response> {
    let (known, version, account) = own(app, actor, slug).await?;
    let mut sent = Sent::read(app, &known, version, fields).await?;
    let shown = sent.shown();
    if let Some(at) = sent.form.arrange(&sent.step) {
        let arranged = Some(sent.form.arranged(reader.lang, &sent.step, at));
        let page = edit_page(app, reader, actor, &known, sent.base, sent.form).await?;
        let page = EditPage { goes_on: Some(at), arranged, shown, ..page };
        return Ok(match reader.wants_fragment {
            true => CalendarPart { page }.into_response(),
            false => page.into_response(),
        });
    }
    let checked = sent.form.check(&app.atlas.world(), &known.settings);
    let problems = match (checked, picture) {
        // A file stays where it was chosen: a preview stands beside its form.
        (Ok((title, settings, _)), _) if sent.step == "preview" => {
            let notice = Some(reader.lang.text("process-preview-notice"));
            let draft = ProcessRules { title, settings, ..known };
            let page = super::routes::page(app, reader, actor, draft, (notice, false)).await?;
            return Ok(page.into_response());
        }
        (Ok(_), Some(Err(problems))) => problems,
        (Ok((title, settings, state)), _) if !lacks(&known, &title, &settings, state).is_empty() => {
            lacks(&known, &title, &settings, state)
        }
        (Ok((title, mut settings, state)), picture) => {
            let to = if picture.is_some() {
                format!("{HERE}/{slug}/edit/picture")
            } else {
                format!("{HERE}/{slug}")
            };
            if let Some(Ok(picture)) = picture {
                settings.picture = picture;
            }
            let decided = Decided { title: &title, settings: &settings, state, note: &sent.note };
            match write(app, &known, sent.base, (&decided, &to), account).await {
                Err(Error::Conflict(message)) => return late(app, reader, actor, sent, slug, message).await,
                Err(Error::Invalid(problems)) => problems,
                done => return Ok(done?.into_response()),
            }
        }
        (Err(problems), picture) => {
            let again = Problem { field: "picture".into(), message: Message::new("site-picture-again") };
            let of_picture = match picture {
                Some(Ok(Some(_))) => vec![again],
                Some(Err(problems)) => problems,
                _ => Vec::new(),
            };
            problems.into_iter().chain(of_picture).collect()
        }
    };
    let page = edit_page(app, reader, actor, &known, sent.base, sent.form).await?;
    Ok(refused(EditPage { shown, ..page }, problems))
}

/// What keeps it a draft, where it is to be none.
fn lacks(known: &ProcessRules, title: &str, settings: &Settings, state: State) -> Vec<Problem> {
    if state == State::Draft {
        return Vec::new();
    }
    let draft = ProcessRules { title: title.to_owned(), settings: settings.clone(), ..known.clone() };
    if known.state == State::Draft {
        needs::refusals(&draft, clock::now())
    } else {
        needs::losses(known, &draft, clock::now())
    }
}

/// Writes a version.
async fn write(
    app: &App,
    known: &ProcessRules,
    base: i64,
    (decided, to): (&Decided<'_>, &str),
    account: AccountId,
) -> Result<Redirect> {
    let mut write = app.begin().await?;
    store::update(&mut write, known.id, base, decided, Some(account)).await?;
    let to = format!("{to}?done=saved");
    write.answers(Answered::See(to.clone()));
    app.commit(write).await?;
    Ok(Redirect::to(&to))
}

/// Nothing typed is lost: the form again, over the newer version, and what differs between the two.
async fn late(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    sent: Sent,
    slug: &str,
    message: Message,
) -> Result<Response> {
    let (shown, base) = (sent.shown(), sent.base);
    let problems = vec![Problem { field: "version".into(), message }];
    let (known, version) = store::find(&app.db, slug).await?;
    let changes = changes(app, reader, &known, base).await?;
    let page = edit_page(app, reader, actor, &known, version, sent.form).await?;
    Ok((StatusCode::CONFLICT, EditPage { problems, changes, shown, ..page }).into_response())
}

/// The form as a version said it, where there is such a version.
async fn form_of_version(app: &App, known: &ProcessRules, wanted: i64) -> Result<Option<ProcessForm>> {
    let versions = store::versions(&app.db, known.id).await?;
    let Some(then) = versions.iter().find(|version| version.version == wanted) else { return Ok(None) };
    let read = ProcessRules::read(known.id, (&known.slug, &then.title), &then.settings, &then.state, wanted)?;
    Ok(Some(ProcessForm::of(&read)))
}

/// What a later version changed in what a form saw: the name of each field, how it was and how it is.
async fn changes(
    app: &App,
    reader: &Reader,
    known: &ProcessRules,
    seen: i64,
) -> Result<Vec<(String, String, String)>> {
    let Some(then) = form_of_version(app, known, seen).await? else { return Ok(Vec::new()) };
    let named = |(key, was, is): (String, String, String)| (reader.lang.text(&key), was, is);
    Ok(then.differences(&ProcessForm::of(known)).into_iter().map(named).collect())
}
