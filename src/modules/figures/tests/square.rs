//! A square with a bit of everything, drawn by lot; and its figures as they are read back.

use crate::base::clock::{Timestamp, now};
use crate::base::db::Sql;
use crate::base::ids::{AreaId, FeatureId, ProcessId, ThemeId, Visitor};
use crate::civic::contributions::answers::{self, NewAnswer};
use crate::civic::processes::{Ballot, Settings, State, store as processes};
use crate::core::app::App;
use crate::core::features::arguments::{self, NewArgument};
use crate::core::features::{
    self, Channel, Hold, Kind, NewFeature, Status, Verdict, Voice, vocabulary, votes,
};
use crate::core::journal::Act;
use crate::core::territory;
use crate::server::testing::{Client, proposal, square};
use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::collections::BTreeMap;

/// What there is to choose from.
pub(super) struct Square {
    pub(super) lot: StdRng,
    themes: Vec<ThemeId>,
    pub(super) processes: Vec<ProcessId>,
    areas: Vec<AreaId>,
}

/// Themes, processes and communes, one of which nobody placed anything in.
pub(super) async fn laid_out(app: &App, seed: u64) -> Square {
    let mut write = app.begin().await.unwrap();
    let mut themes = Vec::new();
    for label in ["Nature en ville", "=Vélo", "Écoles"] {
        themes.push(vocabulary::ensure_theme(&mut write, label).await.unwrap());
    }
    let mut kinds = Vec::new();
    for (title, ballot) in [("Plan vélo", Ballot::ForOnly), ("Budget", Ballot::Scale), ("Avis", Ballot::None)]
    {
        let mut settings = Settings::default();
        settings.rules.votes = ballot;
        let (id, _) = processes::insert(&mut write, title, &settings, State::Public, None).await.unwrap();
        kinds.push(id);
    }
    let mut areas = Vec::new();
    for (name, west, people) in [("Amont", 2.0, Some(10_000)), ("Bourg", 2.1, None), ("Calme", 2.2, Some(40))]
    {
        let mut area = square(name, west, 48.0, 0.1);
        (area.level, area.population) = ("commune".into(), people);
        areas.push(territory::store::upsert(&mut write, &area).await.unwrap().0);
    }
    app.commit(write).await.unwrap();
    Square { lot: StdRng::seed_from_u64(seed), themes, processes: kinds, areas }
}

fn person(number: u64) -> Visitor {
    Visitor(uuid::Uuid::from_u128(0x1000_0000_0000_0000_0000_0000_0000_0000 + u128::from(number) + 1))
}

impl Square {
    fn below(&mut self, most: u64) -> u64 {
        self.lot.random_range(0..most)
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        let at = self.below(of.len() as u64 + 1);
        of.get(usize::try_from(at).unwrap()).copied()
    }

    /// Anything, by anybody, in the last three years.
    fn anything(&mut self, people: u64) -> NewFeature {
        let kind = self.one(&[Kind::PROPOSAL, Kind::REPORT, Kind::PROJECT]).unwrap_or(Kind::PROPOSAL);
        let fit: Vec<Status> = kind.0.statuses.to_vec();
        let areas = match self.below(5) {
            0 => Vec::new(),
            1 => self.areas[..2].to_vec(),
            2 => vec![self.areas[1]],
            _ => vec![self.areas[0]],
        };
        let (themes, processes) = (self.themes.clone(), self.processes.clone());
        NewFeature {
            kind,
            process: self.one(&processes),
            theme: self.one(&themes),
            status: self.one(&fit).unwrap_or(fit[0]),
            areas,
            author: (self.below(4) > 0).then(|| person(self.below(people))),
            channel: self.one(&[Channel::Web, Channel::Import]).unwrap_or(Channel::Web),
            held: (self.below(5) == 0)
                .then(|| self.one(&[Hold::Waiting, Hold::Hidden, Hold::Withdrawn]).unwrap_or(Hold::Hidden)),
            created_at: now() - TimeDelta::seconds(self.below(1_000 * 86_400).cast_signed()),
            ..proposal("Un banc", 2.05, 48.05)
        }
    }

    /// So many contributions of so many people, with voices, arguments, answers and shells.
    pub(super) async fn fill(&mut self, app: &App, features: usize, people: u64) {
        if features == 0 {
            return;
        }
        let new: Vec<NewFeature> = (0..features).map(|_| self.anything(people)).collect();
        let mut write = app.begin().await.unwrap();
        let ids = features::store::insert_all(&mut write, &new, Act::IMPORTED).await.unwrap();
        app.commit(write).await.unwrap();
        let public: Vec<(FeatureId, &NewFeature)> =
            ids.into_iter().zip(&new).filter(|(_, new)| new.held.is_none()).collect();
        let mut write = app.begin().await.unwrap();
        let (mut given, mut answered) = (Vec::new(), Vec::new());
        for (id, new) in &public {
            for voter in 0..people.min(12) {
                if self.below(4) == 0 {
                    let voice = Voice::of_value(self.below(5).cast_signed() - 2).unwrap();
                    given.push(votes::Cast { feature: *id, voter: person(voter * 3), voice, at: write.at() });
                }
            }
            if self.below(3) == 0 {
                let first = new.created_at + TimeDelta::seconds(self.below(200 * 86_400).cast_signed());
                answered.extend([*id; 2].into_iter().zip([first, first + TimeDelta::days(9)]).map(answer));
            }
        }
        votes::insert_all(&mut write, &given).await.unwrap();
        answers::insert_all(&mut write, &answered, &[]).await.unwrap();
        for (id, _) in public.iter().step_by(3) {
            let author = Some(person(self.below(people * 2)));
            let (body, at) = ("De l’ombre".to_owned(), write.at());
            let new = NewArgument { feature: *id, side: Voice::For, body, author, channel: Channel::Web, at };
            arguments::insert(&mut write, &new).await.unwrap();
        }
        app.commit(write).await.unwrap();
        for (id, _) in public.iter().step_by(7) {
            let shell = "update feature set withdrawn_at = updated_at where id = $1";
            app.db.run(shell, (*id,)).await.unwrap();
        }
    }
}

fn answer((id, at): (FeatureId, Timestamp)) -> (FeatureId, NewAnswer) {
    let answer = NewAnswer {
        verdict: Verdict::Noted,
        body: "Nous regardons.".into(),
        motive: String::new(),
        link: String::new(),
        authority: "La Ville".into(),
        by: None,
        at,
    };
    (id, answer)
}

/// A row as a table says it: label, count, share.
pub(super) type Said = (String, String, String);

/// The figures of a table, by name.
pub(super) async fn table(client: &mut Client, path: &str) -> BTreeMap<String, Vec<Said>> {
    let answer = client.get(path).await;
    assert_eq!(answer.status.as_u16(), 200, "{path}: {}", answer.text());
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    let text = answer.text();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(reader.headers().unwrap(), vec!["figure", "definition", "label", "count", "share"]);
    let mut figures: BTreeMap<String, Vec<Said>> = BTreeMap::new();
    for row in reader.records() {
        let row = row.unwrap();
        assert!(row[1].len() > 60, "a definition: {row:?}");
        figures.entry(row[0].to_owned()).or_default().push((row[2].into(), row[3].into(), row[4].into()));
    }
    figures
}

/// The counts of a figure, by label; what is 0 is left out.
pub(super) fn counts(figures: &BTreeMap<String, Vec<Said>>, name: &str) -> BTreeMap<String, u64> {
    let rows = figures.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", figures.keys()));
    let counted = rows.iter().map(|(label, count, _)| (label.clone(), count.parse().unwrap()));
    counted.filter(|(_, count)| *count > 0).collect()
}
