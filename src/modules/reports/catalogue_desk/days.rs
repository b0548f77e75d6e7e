//! The page of closed days: days on which nobody works here, beside the law's holidays.

use super::rules::store;
use super::views::DaysPage;
use crate::base::clock::{self, zone};
use crate::base::error::{Error, Problem, Result};
use crate::base::http::{Fields, Reader, SameOrigin};
use crate::base::i18n::{Lang, Message};
use crate::base::text::line;
use crate::civic::accounts::{Actor, Desk};
use crate::core::app::App;
use crate::modules::reports::desk;
use crate::modules::reports::holidays;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{Datelike, NaiveDate};

/// The longest name of a day.
pub(super) const LABEL: usize = 80;
const HERE: &str = "/admin/reports/catalogue/days";

async fn days_page(
    app: &App,
    reader: &Reader,
    actor: &Actor,
    typed: (String, String),
    problems: Vec<Problem>,
) -> Result<DaysPage> {
    let days = store::days(&app.db).await?.into_iter();
    let read = |(day, label): (String, String)| Some((day.parse::<NaiveDate>().ok()?, label));
    Ok(DaysPage {
        lang: reader.lang,
        site: app.name(),
        desk: Desk::of(actor, reader.lang, desk::ROOM),
        days: days.filter_map(read).collect(),
        this_year: this_year(),
        typed,
        problems,
    })
}

fn this_year() -> i32 {
    clock::now().with_timezone(&zone()).year()
}

/// `GET /admin/reports/catalogue/days`
pub(super) async fn list(State(app): State<App>, reader: Reader, actor: Actor) -> Result<DaysPage> {
    days_page(&app, &reader, &actor, Default::default(), Vec::new()).await
}

/// `POST /admin/reports/catalogue/days`: `way=add` a day, `way=remove` one, `way=alsace` those of Alsace and Moselle.
pub(super) async fn change(
    State(app): State<App>,
    _: SameOrigin,
    reader: Reader,
    actor: Actor,
    Form(sent): Form<Fields>,
) -> Result<Response> {
    let day = sent.get("day").parse::<NaiveDate>();
    let mut write = app.begin().await?;
    match (sent.get("way"), day) {
        ("alsace", _) => {
            for (day, label) in alsace(this_year()) {
                store::insert_day(&mut write, day, &label).await?;
            }
        }
        ("remove", Ok(day)) => store::remove_day(&mut write, day).await?,
        ("remove", Err(_)) => return Err(Error::NotFound),
        (_, day) => {
            let label = line(sent.get("label"), LABEL);
            match (day, label.is_empty()) {
                (Ok(day), false) => store::insert_day(&mut write, day, &label).await?,
                (day, no_label) => {
                    drop(write);
                    let problems = wrong(day.is_err(), no_label);
                    let typed = (sent.get("day").to_owned(), label);
                    let page = days_page(&app, &reader, &actor, typed, problems).await?;
                    return Ok((StatusCode::BAD_REQUEST, page).into_response());
                }
            }
        }
    }
    app.commit(write).await?;
    Ok(Redirect::to(HERE).into_response())
}

fn wrong(no_day: bool, no_label: bool) -> Vec<Problem> {
    let problem =
        |field: &str, key: &'static str| Problem { field: field.to_owned(), message: Message::new(key) };
    let all = [
        no_day.then(|| problem("day", "report-desk-bad-day")),
        no_label.then(|| problem("label", "report-desk-day-label")),
    ];
    all.into_iter().flatten().collect()
}

/// Good Friday and the second day of Christmas, of this year and the next; their names are kept in French, as all labels are.
fn alsace(year: i32) -> Vec<(NaiveDate, String)> {
    let of = |year: i32| {
        let friday = holidays::easter(year).map(|easter| easter - chrono::TimeDelta::days(2));
        let days = [
            (friday, "report-desk-good-friday"),
            (NaiveDate::from_ymd_opt(year, 12, 26), "report-desk-second-christmas"),
        ];
        days.into_iter().filter_map(|(day, key)| Some((day?, Lang::Fr.text(key))))
    };
    [year, year + 1].into_iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alsace_and_moselle_have_two_days_more_a_year() {
        let days: Vec<String> = alsace(2026).into_iter().map(|(day, _)| day.to_string()).collect();
        assert_eq!(days, ["2026-04-03", "2026-12-26", "2027-03-26", "2027-12-26"]);
    }
}
