//! The figures over HTTP, on both databases: what is counted, what is not, and that page, table and charts say the same.

mod recount;
mod square;

use super::model::{Figure, Row, Value, parts};
use crate::base::db::counted::counted;
use crate::base::i18n::Lang;
use crate::base::ids::Visitor;
use crate::civic::processes::{Settings, State, store as processes};
use crate::core::app::App;
use crate::core::features::{self, Hold, Voice, erasure, merges, vocabulary, votes};
use crate::core::journal::Act;
use crate::core::territory;
use crate::server::testing::{Answer, Client, app, harmless, on_both, proposal, square as area};
use parvis_drawing::Shape;
use scraper::{ElementRef, Html, Selector};
use square::{counts, laid_out, table};

const EVERY: [&str; 4] =
    ["/figures.csv", "/figures", "/processes/plan-velo/figures.csv", "/processes/plan-velo/figures"];

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

fn words(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

/// A number of a page as the table has it.
fn plain(shown: &str) -> String {
    if shown == "moins de 5" {
        return "<5".into();
    }
    if shown.contains("inconnue") || shown.contains("aucune") {
        return String::new();
    }
    shown.replace('\u{202f}', "").replace(',', ".")
}

/// The same answer, whenever it was counted.
fn timeless(answer: &Answer) -> String {
    let text = answer.text();
    let page = Html::parse_document(&text);
    match answer.header("content-type").starts_with("text/html") {
        false => text,
        true => select(&page, "main > section").into_iter().map(|section| section.html()).collect(),
    }
}

on_both! {
    async fn page_table_and_charts_say_the_same(db: Db) {
        let app = app(&db).await;
        laid_out(&app, 3).await.fill(&app, 60, 40).await;
        let mut client = Client::new(&app);
        for path in ["/figures", "/processes/budget/figures"] {
            let figures = table(&mut client, &format!("{path}.csv")).await;
            let answer = client.get(path).await;
            harmless(&answer.text());
            let page = Html::parse_document(&answer.text());
            let sections = select(&page, "section.figure-section");
            assert_eq!(sections.len() + 1, figures.len(), "every figure but the totals has a section");
            let totals: Vec<String> = select(&page, "dl.totals dd").into_iter().map(words).map(|n| plain(&n)).collect();
            assert_eq!(totals, figures["totals"].iter().map(|(_, n, _)| plain(n).trim_end_matches(".0").to_owned()).collect::<Vec<_>>());
            for section in sections {
                let name = section.value().attr("id").unwrap();
                let cells = |row: ElementRef<'_>| row.child_elements().map(words).collect::<Vec<_>>();
                let rows: Vec<Vec<String>> =
                    section.select(&Selector::parse("tbody tr").unwrap()).map(cells).collect();
                assert_eq!(rows.len(), figures[name].len(), "{name}");
                for (row, (label, count, share)) in rows.iter().zip(&figures[name]) {
                    assert_eq!(&row[0], label.trim_start_matches('\''), "{name}");
                    assert_eq!(plain(&row[1]), count.trim_end_matches(".0"), "{name}");
                    let percent: f64 = share.parse().unwrap_or_default();
                    let shown = row.get(2).map(|shown| plain(shown.trim_end_matches('%')));
                    assert!(shown.is_none_or(|shown| {
                        (shown.parse::<f64>().unwrap_or_default() - percent * 100.0).abs() < 0.001
                    }), "{name} {row:?} {share}");
                }
                is_read_out(section);
                let svg = client.get(&format!("{path}/{name}.svg")).await;
                assert_eq!(svg.header("content-type"), "image/svg+xml");
                for (label, ..) in figures[name].iter().take(20) {
                    let label = label.trim_start_matches('\'').replace('&', "&amp;");
                    assert!(svg.text().contains(&label), "{name} lacks {label}");
                }
            }
            let png = client.get(&format!("{path}/months.png")).await;
            let picture = image::load_from_memory(&png.body).unwrap();
            assert_eq!((png.header("content-type"), picture.width()), ("image/png", 1_320));
            for missing in ["totals.svg", "nothing.svg", "months.pdf", "months", "areas-.svg"] {
                assert_eq!(client.get(&format!("{path}/{missing}")).await.status.as_u16(), 404, "{missing}");
            }
        }
    }

    async fn what_is_held_hidden_erased_or_of_a_draft_is_counted_nowhere(db: Db) {
        let app = app(&db).await;
        let mut square = laid_out(&app, 5).await;
        square.fill(&app, 30, 20).await;
        let mut client = Client::new(&app);
        let mut before = Vec::new();
        for path in EVERY {
            before.push(timeless(&client.get(path).await));
        }
        let mut write = app.begin().await.unwrap();
        let theme = vocabulary::ensure_theme(&mut write, "Secret").await.unwrap();
        let who = |n: u128| Some(Visitor(uuid::Uuid::from_u128(0xabc0_0000_0000_0000_0000_0000_0000_0000 + n)));
        let mut hidden = Vec::new();
        for (n, held) in [Hold::Waiting, Hold::Hidden, Hold::Withdrawn].into_iter().enumerate() {
            let mut idea = proposal("Rien", 2.05, 48.05);
            (idea.theme, idea.process, idea.author) = (Some(theme), Some(square.processes[0]), who(n as u128));
            let id = features::store::insert(&mut write, &idea, Act::PLACED).await.unwrap();
            votes::set(&mut write, id, who(50 + n as u128).unwrap(), Some(Voice::For)).await.unwrap();
            hidden.push((id, held));
        }
        let erased = features::store::insert(&mut write, &proposal("Rien", 2.05, 48.05), Act::PLACED).await.unwrap();
        let (draft, _) = processes::insert(&mut write, "Brouillon", &Settings::default(), State::Draft, None).await.unwrap();
        app.commit(write).await.unwrap();
        assert_ne!(before[0], timeless(&client.get(EVERY[0]).await), "what is public is counted");
        let mut write = app.begin().await.unwrap();
        for (id, held) in hidden {
            features::store::hold(&mut write, id, Some(held), Act::HIDDEN).await.unwrap();
        }
        erasure::empty(&mut write, erased).await.unwrap();
        let mut idea = proposal("Brouillon", 2.05, 48.05);
        (idea.process, idea.author, idea.theme) = (Some(draft), who(9), Some(theme));
        let of_draft = features::store::insert(&mut write, &idea, Act::PLACED).await.unwrap();
        votes::set(&mut write, of_draft, who(10).unwrap(), Some(Voice::For)).await.unwrap();
        app.commit(write).await.unwrap();
        for (path, before) in EVERY.iter().zip(before) {
            assert_eq!(timeless(&client.get(path).await), before, "{path}");
        }
        for path in ["/processes/brouillon/figures", "/processes/brouillon/figures.csv", "/processes/brouillon/figures/kinds.svg"] {
            let missing = client.get(&path.replace("brouillon", "rien")).await;
            assert_eq!((client.get(path).await.status, missing.status.as_u16()), (missing.status, 404), "{path}");
        }
    }

    async fn who_voted_on_what_was_merged_is_counted_once_and_cut_ties_are_no_people(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let ids = features::store::insert_all(&mut write, &vec![proposal("Un banc", 2.35, 48.85); 2], Act::PLACED).await.unwrap();
        for n in 0..12_u128 {
            let who = Visitor(uuid::Uuid::from_u128((7 << 64) + n + 1));
            for id in ids.iter().take(if n < 6 { 2 } else { 1 }) {
                votes::set(&mut write, *id, who, Some(Voice::For)).await.unwrap();
            }
        }
        let nobody = Visitor(uuid::Uuid::from_u128(9 << 64));
        votes::set(&mut write, ids[0], nobody, Some(Voice::For)).await.unwrap();
        app.commit(write).await.unwrap();
        let mut write = app.begin().await.unwrap();
        merges::merge(&mut write, ids[1], ids[0]).await.unwrap();
        app.commit(write).await.unwrap();
        let mut client = Client::new(&app);
        let figures = table(&mut client, "/figures.csv").await;
        let voted = "Ont seulement voté".to_owned();
        assert_eq!(counts(&figures, "participants"), [(voted, 12)].into());
        assert_eq!(counts(&figures, "votes"), [("Hors démarche".to_owned(), 13)].into());
        assert!(client.get("/figures").await.text().contains("1 voix dont le lien avec une personne a été coupé"));
    }

    async fn too_few_people_are_not_said_how_many(db: Db) {
        let app = app(&db).await;
        let mut client = Client::new(&app);
        let mut write = app.begin().await.unwrap();
        let mut idea = proposal("Un banc", 2.35, 48.85);
        for n in 1..=3_u128 {
            idea.author = Some(Visitor(uuid::Uuid::from_u128((7 << 64) + n)));
            features::store::insert(&mut write, &idea, Act::PLACED).await.unwrap();
        }
        app.commit(write).await.unwrap();
        let figures = table(&mut client, "/figures.csv").await;
        for (name, label) in [("participants", "Toutes"), ("turnout", "Hors démarche")] {
            assert_eq!(figures[name], [(label.into(), "<5".into(), String::new())], "{name}");
        }
        assert_eq!(figures["totals"][1].1, "<5");
        assert_eq!(figures["totals"][0].1, "3", "what is shown one by one is counted one by one");
        let svg = client.get("/figures/participants.svg").await.text();
        assert!(svg.contains("moins de 5") && !svg.contains("chart-bar"), "{svg}");
    }

    async fn without_a_contribution_the_page_says_what_it_will_say(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        processes::insert(&mut write, "Plan vélo", &Settings::default(), State::Public, None).await.unwrap();
        app.commit(write).await.unwrap();
        let mut client = Client::new(&app);
        for (path, to) in [("/figures", "/proposals/new"), ("/processes/plan-velo/figures", "/proposals/new?process=plan-velo")] {
            let answer = client.get(path).await.text();
            let page = Html::parse_document(&answer);
            let empty = select(&page, "main .empty a");
            assert_eq!(empty[0].value().attr("href"), Some(to));
            assert!(select(&page, "svg.chart").is_empty() && answer.contains("il n’y a rien à compter"));
            let figures = table(&mut client, &format!("{path}.csv")).await;
            assert_eq!(figures.keys().collect::<Vec<_>>(), ["totals"]);
            assert_eq!(figures["totals"].iter().map(|(_, n, _)| n.as_str()).collect::<Vec<_>>(), ["0", "0", "0", ""]);
            assert_eq!(client.get(&format!("{path}/kinds.svg")).await.status.as_u16(), 404);
        }
    }

    async fn two_statements_count_whatever_there_is_and_none_whoever_has_it_already(db: Db) {
        let app = app(&db).await;
        let mut square = laid_out(&app, 11).await;
        square.fill(&app, 40, 5).await;
        let mut client = Client::new(&app);
        for (round, more) in [0, 120].into_iter().enumerate() {
            square.fill(&app, more, 50).await;
            for path in EVERY.into_iter().chain(["/figures/themes.svg", "/processes/plan-velo/figures/kinds.png"]) {
                let (answer, sent) = counted(client.get(path)).await;
                // What one of them asked for is asked for once.
                let first = if path.ends_with("figures.csv") { 2 } else { 0 };
                assert_eq!(sent.len(), first, "{path} in round {round}: {sent:#?}");
                let tag = answer.header("etag").to_owned();
                assert!(!tag.is_empty() && answer.header("vary").contains("accept-language"), "{path}");
                let mut again = client.clone();
                again.headers.push(("if-none-match", tag.clone()));
                let (known, sent) = counted(again.get(path)).await;
                assert_eq!((known.status.as_u16(), sent.len(), known.body.len()), (304, 0, 0), "{path}: {sent:#?}");
                again.headers = vec![("if-none-match", tag), ("accept-language", "en".into())];
                assert_eq!(again.get(path).await.status.as_u16(), 200, "in another language it is another");
            }
        }
    }

    async fn figures_are_counted_once_until_anything_changes_and_then_they_say_it(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        let (process, _) = processes::insert(&mut write, "Plan vélo", &Settings::default(), State::Public, None).await.unwrap();
        let id = features::store::insert(&mut write, &features::NewFeature { process: Some(process), ..proposal("Un banc", 2.35, 48.85) }, Act::PLACED).await.unwrap();
        app.commit(write).await.unwrap();
        let vote = async |n: u128| {
            let mut write = app.begin().await.unwrap();
            votes::set(&mut write, id, Visitor(uuid::Uuid::from_u128(n)), Some(Voice::For)).await.unwrap();
            app.commit(write).await.unwrap();
        };
        let mut client = Client::new(&app);
        for n in 1..=12 {
            vote(n).await;
            let voices = async |client: &mut Client, path: &str| table(client, path).await;
            for path in ["/figures.csv", "/processes/plan-velo/figures.csv"] {
                let (before, sent) = counted(voices(&mut client, path)).await;
                assert_eq!(sent.len(), 2, "{path} after vote {n}: {sent:#?}");
                let (again, sent) = counted(voices(&mut client, path)).await;
                assert_eq!((sent.len(), &again), (0, &before), "{path}: {sent:#?}");
                assert_eq!(before["totals"][2].1, n.to_string(), "{path} says every voice: {before:?}");
            }
        }
        let (page, first) = counted(client.get("/processes/plan-velo")).await;
        let (again, second) = counted(client.get("/processes/plan-velo")).await;
        assert!(second.len() < first.len() && page.text().contains("12") && again.text().contains("12"), "{first:#?} {second:#?}");
        for chart in ["/figures/kinds.svg", "/figures/kinds.png"] {
            let first = client.get(chart).await;
            let (second, sent) = counted(client.get(chart)).await;
            assert_eq!((sent.len(), second.body), (0, first.body), "{chart}");
        }
    }

    async fn a_spreadsheet_has_its_table_and_runs_nothing_of_it(db: Db) {
        let app = app(&db).await;
        laid_out(&app, 13).await.fill(&app, 40, 20).await;
        let mut client = Client::new(&app);
        let answer = client.get("/figures.csv?for=excel&utm_source=x").await;
        assert!(answer.header("content-disposition").starts_with("attachment; filename=\"parvis-chiffres-2"));
        let text = answer.text();
        assert!(text.starts_with("\u{feff}Chiffre;Définition;Libellé;Nombre;Part"), "{text}");
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(rows.iter().any(|row| &row[2] == "'=Vélo" && row[4].starts_with("0,")), "{text}");
        assert!(rows.iter().all(|row| row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@']))));
        assert_eq!(client.get("/figures.csv?for=word").await.status.as_u16(), 400);
        client.headers = vec![("accept-language", "en".into())];
        let english = client.get("/figures.csv").await.text();
        assert!(english.contains("Outside any process") && !english.contains("Hors"), "{english}");
    }

    async fn a_population_is_told_by_the_inhabitant_and_an_import_without_it_leaves_it(db: Db) {
        let app = app(&db).await;
        let placed = async |areas: &[territory::NewArea]| {
            let mut write = app.begin().await.unwrap();
            let (id, _) = territory::store::upsert(&mut write, &areas[0]).await.unwrap();
            territory::store::upsert_all(&mut write, areas[1..].to_vec()).await.unwrap();
            app.commit(write).await.unwrap();
            id
        };
        let (mut one, two) = (area("Un", 2.0, 48.0, 0.1), area("Deux", 2.1, 48.0, 0.1));
        let id = placed(&[one.clone(), two.clone()]).await;
        let mut write = app.begin().await.unwrap();
        let mut idea = proposal("Un banc", 2.05, 48.05);
        idea.areas = vec![id];
        features::store::insert(&mut write, &idea, Act::PLACED).await.unwrap();
        app.commit(write).await.unwrap();
        let mut client = Client::new(&app);
        assert!(!table(&mut client, "/figures.csv").await.contains_key("rates-quartier"));
        assert!(client.get("/figures").await.text().contains("aucun taux par habitant n’est donné"));
        one.population = Some(400);
        let mut many = two.clone();
        many.population = Some(90);
        placed(&[one.clone(), many]).await;
        (one.population, one.name) = (None, "Premier".into());
        placed(&[one, two]).await;
        let rates = table(&mut client, "/figures.csv").await.remove("rates-quartier").unwrap();
        let rates: Vec<(&str, &str)> = rates.iter().map(|(name, rate, _)| (name.as_str(), rate.as_str())).collect();
        assert_eq!(rates, [("Premier", "2.5"), ("Deux", "0.0")]);
        assert!(client.get("/figures").await.text().contains("Sans aucune contribution\u{a0}: Deux."), "who has no voice is named");
    }

    async fn every_page_and_every_process_leads_to_its_figures(db: Db) {
        let app = app(&db).await;
        let mut write = app.begin().await.unwrap();
        processes::insert(&mut write, "Plan vélo", &Settings::default(), State::Public, None).await.unwrap();
        app.commit(write).await.unwrap();
        let mut client = Client::new(&app);
        assert!(client.get("/list").await.text().contains("<a href=\"/figures\">Chiffres</a>"));
        let process = client.get("/processes/plan-velo").await.text();
        assert!(process.contains("href=\"/processes/plan-velo/figures\""), "{process}");
        assert!(client.get("/figures").await.text().contains("href=\"/processes/plan-velo/figures\""));
    }
}

/// A section is read without seeing: a heading, a picture with title and words, a table with a caption and heads of rows and columns.
fn is_read_out(section: ElementRef<'_>) {
    let one = |selector: &str| {
        let found: Vec<_> = section.select(&Selector::parse(selector).unwrap()).collect();
        assert_eq!(found.len(), 1, "{selector} in {}", section.html());
        found[0]
    };
    let id = |element: ElementRef<'_>| element.value().attr("id").unwrap_or_default().to_owned();
    assert_eq!(section.value().attr("aria-labelledby"), Some(id(one("h2")).as_str()));
    let svg = one("svg.chart");
    let title = svg.select(&Selector::parse("title").unwrap()).next().unwrap();
    let words_of = svg.select(&Selector::parse("desc").unwrap()).next().unwrap();
    let named = format!("{} {}", id(title), id(words_of));
    assert_eq!(
        (svg.value().attr("role"), svg.value().attr("aria-labelledby")),
        (Some("img"), Some(named.as_str()))
    );
    assert!(!words(title).is_empty() && words(words_of).contains("\u{a0}: "), "{}", section.html());
    assert!(!words(one("table caption")).is_empty() && !words(one("p.hint")).is_empty());
    let heads = |selector: &str| section.select(&Selector::parse(selector).unwrap()).count();
    assert_eq!(heads("tbody tr"), heads("tbody th[scope=row]"));
    assert!(heads("thead th[scope=col]") >= 2);
}

#[test]
fn shares_are_rounded_half_up_and_a_long_chart_sums_up_its_rest() {
    let rows = parts([("a".to_owned(), 1), ("b".to_owned(), 2), ("c".to_owned(), 0)]);
    let shares: Vec<_> =
        rows.iter().map(|row| (row.plain_share("."), row.percent(Lang::Fr).unwrap())).collect();
    let said = |share: &str, percent: &str| (share.to_owned(), percent.to_owned());
    assert_eq!(
        shares,
        [said("0.333", "33,3\u{202f}%"), said("0.667", "66,7\u{202f}%"), said("0.000", "0\u{202f}%")]
    );
    let all = parts([("a".to_owned(), 3)]);
    assert_eq!((all[0].plain_share(","), all[0].percent(Lang::En)), ("1,000".into(), Some("100%".into())));
    assert_eq!(parts([("a".to_owned(), 0)])[0].percent(Lang::Fr), None, "of nothing there is no share");
    let figure = |rows: Vec<Row>| Figure {
        name: "themes".into(),
        title: "Thèmes".into(),
        definition: String::new(),
        head: String::new(),
        unit: String::new(),
        shape: Some(Shape::Bars),
        rows,
        note: None,
        is_nested: false,
    };
    let many = figure(parts((0..40).map(|n| (format!("Thème {n}"), 40 - n))));
    let svg = many.svg(Lang::Fr, None).unwrap();
    assert!(!many.is_drawn_whole() && svg.contains("11 autres lignes") && svg.contains("66 ("), "{svg}");
    let rates = (0..40).map(|n| Row::new(format!("Secteur {n}"), Value::Tenths(400 - n)));
    let rates = figure(rates.collect()).svg(Lang::Fr, None).unwrap();
    assert!(
        !rates.contains("autres lignes") && rates.contains("Secteur 28") && !rates.contains("Secteur 29")
    );
    let value = |value: Value| (value.shown(Lang::Fr), value.plain("."));
    assert_eq!(value(Value::Tenths(12_345)), ("1\u{202f}234,5".into(), "1234.5".into()));
    assert_eq!(value(Value::Few), ("moins de 5".into(), "<5".into()));
}

/// A contribution of a month, as the database groups it.
fn months(app: &App, at: &str, placed: &[&str]) -> Vec<(String, u64)> {
    use super::store::Group;
    use super::tell::Telling;
    let group =
        |sort: &str, word: &str, n| Group { sort: sort.into(), word: word.into(), code: 0, n, voices: 0 };
    let mut contributions: Vec<Group> = placed.iter().map(|month| group("month", month, 1)).collect();
    contributions.push(group("kind", "proposal", placed.len() as i64));
    let world = app.atlas.world();
    let at = at.parse().unwrap();
    let telling =
        Telling { lang: Lang::Fr, world: &world, process: None, contributions, people: Vec::new(), at };
    let figure = telling.figures().into_iter().find(|figure| figure.name == "months").unwrap();
    let count = |value| if let Value::Count(n) = value { n } else { 0 };
    figure.rows.into_iter().map(|row| (row.label, count(row.value))).collect()
}

#[tokio::test]
async fn months_follow_each_other_without_gaps_and_old_ones_are_one() {
    crate::server::testing::on_sqlite(async |db| {
        let app = app(&db).await;
        let said = |label: &str, n| (label.to_owned(), n);
        assert_eq!(
            months(&app, "2026-03-31T23:59:59Z", &["2025-12", "2026-03", "2026-03"]),
            [
                said("décembre 2025", 1),
                said("janvier 2026", 0),
                said("février 2026", 0),
                said("mars 2026", 2)
            ]
        );
        let long = months(&app, "2026-03-01T00:00:00Z", &["1998-01", "2024-03", "2024-04", "2027-01"]);
        assert_eq!(long.len(), 26);
        assert_eq!(long[..2], [said("avant avril 2024", 2), said("avril 2024", 1)]);
        assert_eq!(long[24..], [said("mars 2026", 0), said("après mars 2026", 1)]);
    })
    .await;
}

#[tokio::test]
async fn the_median_is_of_those_that_were_answered() {
    use super::store::Group;
    use super::tell::Telling;
    crate::server::testing::on_sqlite(async |db| {
        let app = app(&db).await;
        let world = app.atlas.world();
        let median = |days: &[(&str, i64, i64)]| {
            let group = |(kind, days, n): &(&str, i64, i64)| Group {
                sort: "delay".into(),
                word: (*kind).into(),
                code: *days,
                n: *n,
                voices: 0,
            };
            let contributions = days.iter().map(group).collect();
            let (lang, at) = (Lang::Fr, crate::base::clock::now());
            let telling =
                Telling { lang, world: &world, process: None, contributions, people: Vec::new(), at };
            super::delays::median(&telling)
        };
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[("proposal", -1, 9)]), None, "what waits has no delay");
        assert_eq!(median(&[("proposal", 4, 1), ("proposal", -1, 9)]), Some(40));
        assert_eq!(median(&[("report", 3, 1), ("proposal", 4, 1)]), Some(35));
        assert_eq!(
            median(&[("report", 3, 2), ("proposal", 40, 1), ("project", 90, 50)]),
            Some(30),
            "projects owe none"
        );
    })
    .await;
}
