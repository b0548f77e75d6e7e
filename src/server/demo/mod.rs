//! The demonstration: an invented territory, the Val d'Aubrelle, with its streets, its quartiers and a year of ideas.
//!
//! What it is: the same every time, drawn by this code, in one transaction, through the stores. What it is not: test
//! data for limits and speed (see `benches`), nor anything real: names, codes and places are made up.
//!
//! Its 121,400 inhabitants live in Montclar-sur-Aubrelle (78,200), Vernoise (18,900), Les Essarts-Royaux (16,300),
//! Saint-Loup-d'Aubrelle (6,200) and Fontmarin (1,800).
//!
//! Invariant: only an empty database is filled.

mod addresses;
mod anchors;
mod arguments;
mod civic;
mod desk;
mod ideas;
mod people;
mod processes;
mod texts;

#[cfg(test)]
mod tests;

use crate::base::clock::Timestamp;
use crate::base::error::{Error, Result};
use crate::base::ids::{AreaId, FeatureId};
use crate::civic::manifest::Seeded;
use crate::core::features::arguments::NewArgument;
use crate::core::features::votes::{self, Cast};
use crate::core::features::{self, Channel, NewFeature, Voice, vocabulary};
use crate::core::gazetteer;
use crate::core::journal::{Act, Write};
use crate::core::layers::{self, NewItem};
use crate::core::territory::{self, NewArea, Territory};
use crate::modules::MODULES;
use ideas::Idea;
use parvis_country::borders::{COMMUNES, EPCI, QUARTIERS};
use parvis_country::town::{Country, Item};
use texts::Process;

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The territory's name.
    pub territory: &'static str,
    /// Areas of all levels.
    pub areas: usize,
    /// Slug and number of items of each context layer, in the order in which they are drawn.
    pub layers: Vec<(&'static str, usize)>,
    /// Proposals, reports and projects.
    pub features: usize,
    /// Voices on them.
    pub votes: usize,
    /// Arguments for and against them.
    pub arguments: usize,
    /// House numbers that the address search knows.
    pub addresses: usize,
}

/// The stages of [`fill_telling`], in order.
pub const STAGES: u64 = 5;

/// Fills an empty database. `now` is the end of the year that the ideas are spread over.
///
/// # Errors
/// [`Error::Config`] where the database holds features already; else where it refuses.
pub async fn fill(write: &mut Write, now: Timestamp) -> Result<Summary> {
    fill_telling(write, now, |_| ()).await
}

/// The same; `tell` is given the French name of each stage as it begins.
///
/// # Errors
/// Those of [`fill`].
pub async fn fill_telling(write: &mut Write, now: Timestamp, tell: impl Fn(&'static str)) -> Result<Summary> {
    let there = features::store::count(write.tx()).await?;
    if there > 0 {
        return Err(Error::Config(format!(
            "demo : la base contient déjà {there} contributions et n'est pas touchée ; la démonstration ne remplit \
             qu'une base vide, par exemple : PARVIS_DATABASE=sqlite:var/demo.db parvis demo / the database already \
             holds {there} features and is left alone; the demonstration only fills an empty one"
        )));
    }
    tell("dessin du territoire");
    let (country, ideas) = tokio::task::spawn_blocking(move || {
        let country = Country::draw();
        ideas::all(&country, now).map(|ideas| (country, ideas))
    })
    .await
    .map_err(|e| Error::Internal(format!("demo: {e}")))??;
    tell("communes et quartiers");
    let quartiers = write_areas(write, &country).await?;
    tell("fond de carte");
    let layers = write_layers(write, &country).await?;
    tell("contributions et votes");
    let (ids, votes, arguments) = write_ideas(write, &ideas, &quartiers).await?;
    civic::write(write, &ids, &ideas, now).await?;
    desk::write(write, &ids, &ideas).await?;
    let seeded = Seeded { now, features: ids };
    for seed in MODULES.iter().filter_map(|module| module.seed) {
        seed(write, &seeded).await?;
    }
    tell("adresses");
    let known = addresses::known(&country);
    let addresses = known.iter().map(|place| place.numbers.len()).sum();
    gazetteer::store::replace(write, "demo", &known).await?;
    Ok(Summary {
        territory: EPCI.0,
        areas: 1 + COMMUNES.len() + QUARTIERS.len(),
        layers,
        features: ideas.len(),
        votes,
        arguments,
        addresses,
    })
}

/// How many people live in each commune. Of quartiers the file of the demonstration says nothing, as those of most cities.
const INHABITANTS: [i64; COMMUNES.len()] = [61_400, 18_250, 9_870, 6_120, 4_530];

/// Writes the areas, parents first. Gives the ids of the quartiers.
async fn write_areas(write: &mut Write, country: &Country) -> Result<Vec<AreaId>> {
    let area = |level: &str, code: &str, name: &str, parent, outline| NewArea {
        level: level.into(),
        code: code.into(),
        name: name.into(),
        parent,
        outline,
        population: None,
    };
    let mut whole = area("epci", EPCI.1, EPCI.0, None, country.borders.outline(|_| true));
    whole.population = Some(INHABITANTS.iter().sum());
    let (epci, _) = territory::store::upsert(write, &whole).await?;
    let mut communes = Vec::new();
    for (number, (name, code)) in COMMUNES.iter().enumerate() {
        let outline = country.borders.outline(|label| QUARTIERS[label].commune == number);
        let mut commune = area("commune", code, name, Some(epci), outline);
        commune.population = INHABITANTS.get(number).copied();
        let (id, _) = territory::store::upsert(write, &commune).await?;
        communes.push(id);
    }
    let mut quartiers = Vec::new();
    for (number, quartier) in QUARTIERS.iter().enumerate() {
        let rank = QUARTIERS[..=number].iter().filter(|q| q.commune == quartier.commune).count();
        let code = format!("{}{rank:02}", COMMUNES[quartier.commune].1);
        let outline = country.borders.outline(|label| label == number);
        let parent = communes.get(quartier.commune).copied();
        let (id, _) =
            territory::store::upsert(write, &area("quartier", &code, quartier.name, parent, outline)).await?;
        quartiers.push(id);
    }
    Ok(quartiers)
}

async fn write_layers(write: &mut Write, country: &Country) -> Result<Vec<(&'static str, usize)>> {
    let layers: [(&str, &str, &str, Vec<Item>); 5] = [
        ("verdure", "Parcs, bois et jardins", "#cfe0bd", country.green_items()),
        ("eau", "Eau", "#a9c9dc", country.water_items()),
        ("rues", "Rues et chemins", "#d9d3c7", country.street_items()),
        ("batiments", "Bâtiments", "#e0dad0", country.building_items()),
        ("lieux", "Lieux publics", "#8a5a44", country.place_items()),
    ];
    let mut written = Vec::new();
    for (slug, name, color, items) in layers {
        let layer =
            layers::store::ensure(write, slug, name, "Territoire fictif de démonstration", color).await?;
        let items: Vec<NewItem> =
            items.into_iter().map(|Item { geometry, properties }| NewItem { geometry, properties }).collect();
        layers::store::replace_items(write, layer, &items).await?;
        written.push((slug, items.len()));
    }
    Ok(written)
}

/// Writes ideas, voices and arguments. Gives the ideas' ids and the numbers of voices and of arguments.
async fn write_ideas(
    write: &mut Write,
    ideas: &[Idea],
    quartiers: &[AreaId],
) -> Result<(Vec<FeatureId>, usize, usize)> {
    let territory = Territory::new(territory::store::all(write.tx()).await?)?;
    let mut themes = Vec::new();
    for (theme, color) in texts::read()?.iter().zip(vocabulary::PALETTE) {
        let new = vocabulary::NewTheme { label: theme.name, color, icon: theme.icon, process: None };
        themes.push((theme.name, vocabulary::insert_theme(write, &new).await?));
    }
    let at = write.at();
    let (velo, budget) = processes::write(write, at).await?;
    let parking = processes::parking(write, velo).await?;
    let resident = people::write(write).await?;
    let new: Vec<NewFeature> = ideas
        .iter()
        .enumerate()
        .map(|(number, idea)| {
            // A few are the resident's, so that there is something to look after.
            let author = resident.filter(|_| number % 60 == 59).unwrap_or(idea.author);
            let stated_area = idea.quartier.and_then(|number| quartiers.get(number)).copied();
            let areas = match &idea.geometry {
                Some(geometry) => territory.areas_of(geometry),
                None => territory.with_parents(stated_area),
            };
            NewFeature {
                kind: idea.kind,
                process: idea.process.map(|process| match process {
                    Process::Velo => velo,
                    Process::Budget => budget,
                }),
                theme: match processes::is_of_parking(idea) {
                    true => Some(parking),
                    false => themes.iter().find(|(theme, _)| *theme == idea.theme).map(|(_, id)| *id),
                },
                status: idea.status,
                title: idea.title.clone(),
                body: idea.body.clone(),
                geometry: idea.geometry.clone(),
                stated_area,
                areas,
                author: Some(author),
                channel: Channel::Demo,
                origin: None,
                held: None,
                created_at: idea.created_at,
            }
        })
        .collect();
    let ids = features::store::insert_all(write, &new, Act::IMPORTED).await?;
    let mut casts = Vec::new();
    for (id, idea) in ids.iter().zip(ideas) {
        let cast = |(voter, voice, at): &_| Cast { feature: *id, voter: *voter, voice: *voice, at: *at };
        // The budget's vote is for only.
        let taken =
            |(_, voice, _): &&(_, Voice, _)| idea.process != Some(Process::Budget) || *voice == Voice::For;
        casts.extend(idea.voices.iter().filter(taken).map(cast));
    }
    votes::insert_all(write, &casts).await?;
    let mut said = Vec::new();
    for (id, idea) in ids.iter().zip(ideas) {
        said.extend(idea.arguments.iter().map(|argument| NewArgument {
            feature: *id,
            side: argument.side,
            body: argument.body.clone(),
            author: Some(argument.author),
            channel: Channel::Demo,
            at: argument.at,
        }));
    }
    features::arguments::insert_all(write, &said).await?;
    Ok((ids, casts.len(), said.len()))
}
