//! The three processes of the demonstration: one in full swing, with a theme of its own, one at its vote, one that is about to begin.

use super::ideas::Idea;
use super::texts::Process;
use crate::base::clock::Timestamp;
use crate::base::error::Result;
use crate::base::ids::{ProcessId, ThemeId};
use crate::civic::accounts::Level;
use crate::civic::processes::{
    Action, Ballot, Moderation, Ordering, Phase, Rules, Settings, Shape, State, local_time, store,
};
use crate::core::features::vocabulary::{self, Names, NewTheme};
use crate::core::journal::Write;
use std::collections::BTreeMap;

const PROPOSE: Action = Action::PROPOSE;
const ARGUE: Action = Action::ARGUE;
const VOTE: Action = Action::VOTE;

/// A phase from one morning to another, in days from now.
fn phase(now: Timestamp, key: &str, title: &str, days: [i64; 2], acts: &[Action]) -> Phase {
    let [opens, closes] = days.map(|days| local_time::morning(now, days));
    Phase { key: key.into(), title: title.into(), opens, closes, acts: Action::words(acts) }
}

/// Makes them. Gives the ids of the cycling plan and of the budget.
pub(super) async fn write(write: &mut Write, now: Timestamp) -> Result<(ProcessId, ProcessId)> {
    let (velo, _) = store::insert(write, "Plan vélo 2026", &cycling(now), State::Public, None).await?;
    let (budget, _) =
        store::insert(write, "Budget participatif 2026", &budget(now), State::Public, None).await?;
    store::insert(write, "Plan local d’urbanisme intercommunal", &planning(now), State::Public, None).await?;
    Ok((velo, budget))
}

/// A theme that only the cycling plan offers: where bicycles are left.
pub(super) async fn parking(write: &mut Write, velo: ProcessId) -> Result<ThemeId> {
    let new =
        NewTheme { label: "Stationnement vélo", color: "#aa4499", icon: "parking", process: Some(velo) };
    let id = vocabulary::insert_theme(write, &new).await?;
    vocabulary::name_theme(write, id, &Names::english("Bicycle parking")).await?;
    Ok(id)
}

/// Whether an idea of the cycling plan is about that.
pub(super) fn is_of_parking(idea: &Idea) -> bool {
    let words = format!("{} {}", idea.title, idea.body).to_lowercase();
    idea.process == Some(Process::Velo)
        && ["arceau", "parking à vélos", "râtelier"].iter().any(|word| words.contains(word))
}

/// Texts in English, by their fields.
fn english(texts: &[(&str, &str)]) -> BTreeMap<String, BTreeMap<String, String>> {
    let texts = texts.iter().map(|(field, said)| ((*field).to_owned(), (*said).to_owned()));
    [("en".to_owned(), texts.collect())].into()
}

fn cycling(now: Timestamp) -> Settings {
    Settings {
        summary: "Où rouler à vélo dans le Val d’Aubrelle d’ici 2032 : dites où il faut une piste, un stationnement, un carrefour plus sûr.".into(),
        why: "Un trajet sur deux fait moins de **trois kilomètres**, et sept sur dix se font en voiture. L’intercommunalité consacre 11,4 millions d’euros en six ans au réseau cyclable ; elle veut d’abord aménager ce qui manque à celles et ceux qui roulent, ou qui rouleraient.".into(),
        asked: "Placez sur la carte un **point** (stationnement, danger), un **tracé** (itinéraire à créer) ou une **zone**. Dites ce que vous y vivez. Soutenez ou discutez ce que d’autres ont placé.".into(),
        effect: "- L’ordre dans lequel les 46 km prévus sont aménagés\n- L’emplacement de 800 places de stationnement\n- Le choix des douze carrefours à reprendre\n\nLa largeur des pistes et le budget total ne sont pas en discussion.".into(),
        team: "Mission mobilités de la communauté d’agglomération : **velo@val-aubrelle.invalid**, 1 place de la Halle, Montclar-sur-Aubrelle.".into(),
        phases: vec![
            phase(now, "idees", "Vos idées", [-380, 45], &[PROPOSE, ARGUE, VOTE]),
            phase(now, "priorites", "Vos priorités", [45, 75], &[ARGUE, VOTE]),
            phase(now, "reponses", "Réponses et délibération", [75, 140], &[]),
        ],
        biases: "Les moins de vingt-cinq ans et les habitants des communes rurales ont peu participé : une personne sur dix. Deux ateliers sont prévus, au lycée et dans une salle des fêtes.".into(),
        translations: english(&[
            ("title", "Cycling plan 2026"),
            ("summary", "Where to cycle in the Val d’Aubrelle by 2032: say where a lane, a place to park or a safer crossing is missing."),
            ("asked", "Place a **point** (parking, danger), a **line** (a route to create) or an **area** on the map. Say what you experience there. Support or discuss what others have placed."),
            ("phase-idees", "Your ideas"),
            ("phase-priorites", "Your priorities"),
            ("phase-reponses", "Answers and decision"),
        ]),
        ..Settings::default()
    }
}

fn budget(now: Timestamp) -> Settings {
    Settings {
        summary: "600 000 € pour des projets proposés et choisis par les habitantes et habitants.".into(),
        why: "Chaque année, 5 % de l’investissement de voisinage est décidé par un vote.".into(),
        asked: "Les idées sont déposées et étudiées ; **il reste à voter**. Une voix par personne et par projet, pour seulement.".into(),
        effect: "Les projets les plus soutenus sont réalisés dans l’ordre, jusqu’à épuisement de l’enveloppe. Chacun est suivi sur cette carte jusqu’à sa livraison.".into(),
        team: "Service participation citoyenne : **budget@val-aubrelle.invalid**.".into(),
        phases: vec![
            phase(now, "depot", "Dépôt des idées", [-380, -60], &[PROPOSE, ARGUE]),
            phase(now, "etude", "Étude par les services", [-60, -14], &[]),
            phase(now, "vote", "Vote", [-14, 21], &[VOTE, ARGUE]),
            phase(now, "resultats", "Résultats et réalisation", [21, 400], &[]),
        ],
        rules: Rules {
            shapes: vec![Shape::Point, Shape::Area, Shape::Territory],
            moderation: Moderation::Before,
            votes: Ballot::ForOnly,
            order: Ordering::Random,
            ..Rules::default()
        }
        .with_level(PROPOSE, Level::Email)
        .with_level(VOTE, Level::Email),
        ..Settings::default()
    }
}

fn planning(now: Timestamp) -> Settings {
    Settings {
        summary: "Où construire, quoi protéger, comment se déplacer : la concertation préalable au futur PLUi des cinq communes.".into(),
        why: "Le conseil communautaire a prescrit l’élaboration du plan et fixé les modalités de la concertation (code de l’urbanisme, articles L. 103-2 à L. 103-6). Le plan dira, parcelle par parcelle, ce qui peut être construit.".into(),
        asked: "Sur le diagnostic et les grandes orientations : ce qui doit être préservé, ce qui peut changer, là où vous vivez et travaillez.".into(),
        effect: "Le projet d’aménagement, les zones et le règlement. Le bilan de la concertation répond à chaque contribution ; il est joint au dossier.".into(),
        team: "Direction de l’urbanisme : **plui@val-aubrelle.invalid**.".into(),
        phases: vec![
            phase(now, "orientations", "Diagnostic et orientations", [12, 103], &[PROPOSE, ARGUE, VOTE]),
            phase(now, "reglement", "Zonage et règlement", [130, 220], &[PROPOSE, ARGUE]),
        ],
        rules: Rules { votes: Ballot::Scale, body_most: 8_000, order: Ordering::Random, ..Rules::default() },
        ..Settings::default()
    }
}
