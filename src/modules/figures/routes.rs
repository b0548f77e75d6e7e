//! The figures' addresses. What somebody has already is known by the journal's number, without counting; what nobody has is counted once for
//! all who ask for it while nothing changes.

use super::model::{self, Figure};
use super::store;
use super::tell::Telling;
use super::views::FiguresPage;
use crate::base::clock::{self, Timestamp};
use crate::base::error::{Error, Result};
use crate::base::http::{self, Reader};
use crate::base::i18n::Message;
use crate::base::letters::LETTERS;
use crate::civic::accounts::Access::Everyone;
use crate::civic::accounts::{Limit, LimitRow, Period, Rate, Routes};
use crate::civic::processes::ProcessRules;
use crate::core::app::App;
use crate::core::made::Moment;
use axum::body::Bytes;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::{Arc, LazyLock};
use tokio::sync::{Semaphore, SemaphorePermit};

/// How often a person has figures counted, as a page, a table or a picture; ten share an address.
pub(super) const COUNT: Limit = Limit(&LimitRow {
    word: "figures",
    rate: Rate { count: 60, period: Period::Minute },
    makes_visitors: false,
});

/// Counting reads every contribution, and a picture takes a processor for a moment: two at a time, whoever asks.
static TURNS: Semaphore = Semaphore::const_new(2);

/// How many pixels of a picture are one of its drawing.
const TIMES: f32 = 3.0;

pub(super) fn routes() -> Routes {
    let files = Routes::new()
        .get("/figures.csv", Everyone, table)
        .limited(COUNT)
        .get("/figures/{file}", Everyone, chart)
        .limited(COUNT)
        .get("/processes/{slug}/figures.csv", Everyone, table_of)
        .limited(COUNT)
        .get("/processes/{slug}/figures/{file}", Everyone, chart_of)
        .limited(COUNT)
        .open_to_other_sites();
    Routes::new()
        .get("/figures", Everyone, page)
        .limited(COUNT)
        .get("/processes/{slug}/figures", Everyone, page_of)
        .limited(COUNT)
        .and(files)
}

/// What is asked for: of which process, by whom, and what they have already.
struct Asked {
    app: App,
    reader: Reader,
    process: Option<ProcessRules>,
    tag: HeaderValue,
    is_known: bool,
    /// Of which state of the map, and on which day, they are counted.
    then: Moment,
    day: chrono::NaiveDate,
}

/// Figures, and when they were counted.
type Counted = (Vec<Figure>, Timestamp);

/// A chart as it was drawn.
type Drawing = (&'static str, Bytes);

/// What the program adds to its tags: another one may tell figures otherwise.
static BUILD: LazyLock<u64> = LazyLock::new(|| {
    let size = std::env::current_exe().and_then(std::fs::metadata).map_or(0, |file| file.len());
    xxhash_rust::xxh3::xxh3_64(format!("{}-{size}", env!("CARGO_PKG_VERSION")).as_bytes())
});

impl Asked {
    /// # Errors
    /// [`Error::NotFound`] of a process that there is not, or that is a draft.
    fn new(
        State(app): State<App>,
        reader: Reader,
        slug: Option<&str>,
        OriginalUri(uri): &OriginalUri,
        headers: &HeaderMap,
    ) -> Result<Asked> {
        let process = slug.map(|slug| ProcessRules::of_slug(&app.atlas.world(), slug)).transpose()?;
        // Read before what it is the tag of is counted. Days pass without a line: the last month ends, voices become nobody's.
        let (seq, then, day) = (app.atlas.seq(), Moment::of(&app.atlas), clock::now().date_naive());
        let said = format!("{uri} {} {day} {}", reader.lang.code(), http::has_desk());
        let said = xxhash_rust::xxh3::xxh3_64_with_seed(said.as_bytes(), *BUILD);
        let tag = http::tag_of(&format!("{seq}-{said:016x}"));
        let is_known = http::is_known(headers, &tag);
        Ok(Asked { app, reader, process, tag, is_known, then, day })
    }

    /// The question that figures answer: of a process, in a language, on a day.
    fn question(&self) -> String {
        let process = self.process.as_ref().map_or(0, |process| process.id.0);
        format!("figures {process} {} {}", self.reader.lang.code(), self.day)
    }

    /// Counts, where nobody did since anything changed.
    ///
    /// # Errors
    /// Where the database does not answer.
    async fn counted(&self) -> Result<Arc<Counted>> {
        let question = self.question();
        if let Some(counted) = self.app.made.get(self.then, &question) {
            return Ok(counted);
        }
        let process = self.process.as_ref().map_or(0, |process| process.id.0);
        let (world, at) = (self.app.atlas.world(), clock::now());
        let telling = Telling {
            lang: self.reader.lang,
            world: &world,
            process: self.process.as_ref(),
            contributions: store::contributions(&self.app.db, process).await?,
            people: store::people(&self.app.db, process).await?,
            at,
        };
        let counted: Counted = (telling.figures(), at);
        let bytes = counted.0.iter().map(Figure::bytes).sum();
        Ok(self.app.made.put(self.then, question, counted, bytes))
    }

    /// The answer, made in its turn; or that it is known.
    async fn answered(self, wanted: Wanted) -> Result<Response> {
        let kept = if wanted == Wanted::Page { ASKED } else { KEPT };
        let mut answer = match self.is_known {
            true => StatusCode::NOT_MODIFIED.into_response(),
            false => self.made(wanted).await?,
        };
        let headers = answer.headers_mut();
        headers.insert(header::ETAG, self.tag);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
        headers.insert(header::VARY, HeaderValue::from_static("accept-language, cookie"));
        Ok(answer)
    }

    async fn made(&self, wanted: Wanted) -> Result<Response> {
        let turn = TURNS.acquire().await.map_err(|error| Error::Internal(error.to_string()))?;
        match wanted {
            Wanted::Page => show(self).await,
            Wanted::Table { is_for_excel } => tabled(self, is_for_excel).await,
            Wanted::Chart { file } => drawn(self, &file, turn).await,
        }
    }
}

/// As what figures are wanted.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Page,
    Table { is_for_excel: bool },
    Chart { file: String },
}

type Turn = SemaphorePermit<'static>;

/// A page is asked about each time, as it is another one for who has a desk or another language; files are kept for a minute.
const ASKED: &str = "private, no-cache";
const KEPT: &str = "public, max-age=60, must-revalidate";

/// `GET /figures`
async fn page(app: State<App>, reader: Reader, uri: OriginalUri, headers: HeaderMap) -> Result<Response> {
    Asked::new(app, reader, None, &uri, &headers)?.answered(Wanted::Page).await
}

/// `GET /processes/{slug}/figures`
async fn page_of(
    app: State<App>,
    reader: Reader,
    Path(slug): Path<String>,
    uri: OriginalUri,
    headers: HeaderMap,
) -> Result<Response> {
    Asked::new(app, reader, Some(&slug), &uri, &headers)?.answered(Wanted::Page).await
}

async fn show(asked: &Asked) -> Result<Response> {
    let counted = asked.counted().await?;
    let (figures, at) = (counted.0.clone(), counted.1);
    let known =
        |process: &ProcessRules| (process.slug.clone(), process.title_in(asked.reader.lang).to_owned());
    let processes = match asked.process {
        Some(_) => Vec::new(),
        None => ProcessRules::all(&asked.app.atlas.world())?.iter().map(known).collect(),
    };
    let page = FiguresPage {
        lang: asked.reader.lang,
        site: asked.app.name(),
        base: asked.app.base(&asked.reader),
        process: asked.process.as_ref().map(known),
        processes,
        figures,
        at,
    };
    Ok(page.into_response())
}

/// `GET /figures.csv?for=excel`
async fn table(app: State<App>, reader: Reader, uri: OriginalUri, headers: HeaderMap) -> Result<Response> {
    let is_for_excel = is_for_excel(&uri)?;
    let asked = Asked::new(app, reader, None, &uri, &headers)?;
    asked.answered(Wanted::Table { is_for_excel }).await
}

/// `GET /processes/{slug}/figures.csv?for=excel`
async fn table_of(
    app: State<App>,
    reader: Reader,
    Path(slug): Path<String>,
    uri: OriginalUri,
    headers: HeaderMap,
) -> Result<Response> {
    let asked = Asked::new(app, reader, Some(&slug), &uri, &headers)?;
    let is_for_excel = is_for_excel(&uri)?;
    asked.answered(Wanted::Table { is_for_excel }).await
}

/// Whether the table is for people (`for=excel`); what else is in the address says nothing here.
fn is_for_excel(OriginalUri(uri): &OriginalUri) -> Result<bool> {
    let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    match pairs.filter(|(name, _)| name == "for").last() {
        None => Ok(false),
        Some((_, whom)) if whom.is_empty() => Ok(false),
        Some((_, whom)) if whom == "excel" => Ok(true),
        Some((_, whom)) => Err(Error::invalid("for", Message::new("export-for-whom").with("value", whom))),
    }
}

async fn tabled(asked: &Asked, is_for_excel: bool) -> Result<Response> {
    let counted = asked.counted().await?;
    let (figures, at) = (&counted.0, counted.1);
    let table = model::csv(figures, asked.reader.lang, is_for_excel)?;
    let slug = asked.process.as_ref().map(|process| format!("{}-", process.slug)).unwrap_or_default();
    let day = at.with_timezone(&crate::base::clock::zone()).date_naive();
    let name =
        format!("attachment; filename=\"parvis-{}-{slug}{day}.csv\"", asked.reader.lang.text("figures-file"));
    let about = [("content-type", "text/csv; charset=utf-8"), ("content-disposition", &name)];
    Ok((about, table).into_response())
}

/// `GET /figures/{name}.svg`, `GET /figures/{name}.png`
async fn chart(
    app: State<App>,
    reader: Reader,
    Path(file): Path<String>,
    uri: OriginalUri,
    headers: HeaderMap,
) -> Result<Response> {
    let asked = Asked::new(app, reader, None, &uri, &headers)?;
    asked.answered(Wanted::Chart { file }).await
}

/// `GET /processes/{slug}/figures/{name}.svg`, `GET /processes/{slug}/figures/{name}.png`
async fn chart_of(
    app: State<App>,
    reader: Reader,
    Path((slug, file)): Path<(String, String)>,
    uri: OriginalUri,
    headers: HeaderMap,
) -> Result<Response> {
    let asked = Asked::new(app, reader, Some(&slug), &uri, &headers)?;
    asked.answered(Wanted::Chart { file }).await
}

async fn drawn(asked: &Asked, file: &str, turn: Turn) -> Result<Response> {
    let (name, is_picture) = match file.rsplit_once('.') {
        Some((name, "svg")) => (name, false),
        Some((name, "png")) => (name, true),
        _ => return Err(Error::NotFound),
    };
    let question = format!("{} {file} {}", asked.question(), asked.app.base(&asked.reader));
    if let Some(drawing) = asked.app.made.get::<Drawing>(asked.then, &question) {
        return Ok(([("content-type", drawing.0)], drawing.1.clone()).into_response());
    }
    let counted = asked.counted().await?;
    let figure = counted.0.iter().find(|figure| figure.name == name).ok_or(Error::NotFound)?.clone();
    let note = note(asked, counted.1);
    let lang = asked.reader.lang;
    let draw = move || -> Result<Drawing> {
        // The turn lasts as long as the work, also where nobody waits for it any more.
        let _turn = turn;
        let svg = figure.svg(lang, Some(&note)).ok_or(Error::NotFound)?;
        if !is_picture {
            return Ok(("image/svg+xml", svg.into()));
        }
        // One that is too tall for that is drawn as it is.
        let png = parvis_drawing::png(&svg, &LETTERS, TIMES);
        let png = png.or_else(|_too_tall| parvis_drawing::png(&svg, &LETTERS, 1.0));
        let png = png.map_err(|fault| Error::Internal(format!("a chart cannot be drawn: {fault}")))?;
        Ok(("image/png", png.into()))
    };
    // Not on the threads that answer.
    let drawn =
        tokio::task::spawn_blocking(draw).await.map_err(|error| Error::Internal(error.to_string()))??;
    let bytes = drawn.1.len();
    let (media, drawn) = &*asked.app.made.put(asked.then, question, drawn, bytes);
    Ok(([("content-type", *media)], drawn.clone()).into_response())
}

/// What stands under a chart that stands alone: whose it is, when it was counted, and where there is more.
fn note(asked: &Asked, at: Timestamp) -> String {
    let (lang, process) = (asked.reader.lang, asked.process.as_ref());
    let path =
        process.map_or("/figures".to_owned(), |process| format!("/processes/{}/figures", process.slug));
    let of = process.map(|process| format!(" – {}", process.title_in(lang))).unwrap_or_default();
    let note = Message::new("figures-note")
        .with("site", format!("{}{of}", asked.app.name()))
        .with("when", lang.day(at))
        .with("address", format!("{}{path}", asked.app.base(&asked.reader)));
    lang.say(&note)
}
