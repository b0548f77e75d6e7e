//! Names of streets, and how a name is said in a sentence: with its article, after « de » and « à ».

use crate::chance::Chance;
use crate::plane::{P, along, distance, path_length};
use crate::roads::{Street, TOWNS};
use std::collections::BTreeSet;

/// What streets of the heart are named after.
const OLD: [&str; 96] = [
    "des Drapiers",
    "des Orfèvres",
    "du Puits-Salé",
    "de la Poterne",
    "des Trois-Maures",
    "du Chat-Qui-Pêche",
    "des Cordeliers",
    "de la Halle-aux-Grains",
    "du Four-Banal",
    "des Chaudronniers",
    "de la Vieille-Monnaie",
    "du Marché-aux-Herbes",
    "des Ursulines",
    "du Cloître",
    "Saint-Éloi",
    "Saint-Nicolas",
    "des Pénitents",
    "de l'Arquebuse",
    "des Merciers",
    "du Grand-Cerf",
    "de la Sellerie",
    "du Bourg-Neuf",
    "des Jacobins",
    "de la Tour-Carrée",
    "du Chapitre",
    "des Bons-Enfants",
    "de l'Écu",
    "des Teinturiers",
    "du Petit-Pont",
    "de l'Abreuvoir",
    "des Boulangers",
    "Voltaire",
    "Diderot",
    "Molière",
    "Rabelais",
    "La Fontaine",
    "Émile-Zola",
    "George-Sand",
    "Alfred-de-Musset",
    "Lamartine",
    "Colette",
    "Guy-de-Maupassant",
    "Marguerite-Yourcenar",
    "Arthur-Rimbaud",
    "Paul-Éluard",
    "Jacques-Brel",
    "Édith-Piaf",
    "Hector-Berlioz",
    "Claude-Debussy",
    "Nadia-Boulanger",
    "Camille-Claudel",
    "Rosa-Bonheur",
    "Gustave-Courbet",
    "Berthe-Morisot",
    "Denis-Papin",
    "Ampère",
    "Lavoisier",
    "Sophie-Germain",
    "Claude-Bernard",
    "Ambroise-Paré",
    "Émilie-du-Châtelet",
    "François-Arago",
    "Irène-Joliot-Curie",
    "Clément-Ader",
    "Hélène-Boucher",
    "Jean-Mermoz",
    "du Onze-Novembre",
    "du Huit-Mai",
    "du Quatre-Septembre",
    "de la Convention",
    "des Fusillés",
    "Pierre-Sémard",
    "Jean-Zay",
    "Berty-Albrecht",
    "Danielle-Casanova",
    "Geneviève-de-Gaulle-Anthonioz",
    "du Colonel-Fabien",
    "Aristide-Briand",
    "Léon-Blum",
    "Waldeck-Rousseau",
    "Sadi-Carnot",
    "Jules-Guesde",
    "Flora-Tristan",
    "Hubertine-Auclert",
    "de l'Égalité",
    "de la Fraternité",
    "des Filatures",
    "des Ateliers",
    "des Forges",
    "de la Verrerie",
    "du Gaz",
    "des Docks",
    "des Bateliers",
    "du Chemin-de-Fer",
    "de l'Industrie",
    "des Messageries",
];

/// What streets of the edge and of villages are named after.
const NEW: [&str; 84] = [
    "des Lilas",
    "des Acacias",
    "des Charmes",
    "des Érables",
    "des Marronniers",
    "des Noisetiers",
    "des Églantiers",
    "des Chèvrefeuilles",
    "des Genêts",
    "des Aubépines",
    "des Glycines",
    "des Cerisiers",
    "des Pommiers",
    "des Mirabelliers",
    "des Noyers",
    "des Cormiers",
    "du Verger",
    "des Vergers",
    "des Jonquilles",
    "des Coquelicots",
    "des Bleuets",
    "des Primevères",
    "des Violettes",
    "des Mésanges",
    "des Rouges-Gorges",
    "des Hirondelles",
    "des Martins-Pêcheurs",
    "du Héron",
    "des Alouettes",
    "des Fauvettes",
    "de la Huppe",
    "du Loriot",
    "des Écureuils",
    "du Blaireau",
    "de la Source",
    "de la Fontaine-Froide",
    "du Lavoir",
    "du Gué",
    "des Roseaux",
    "des Joncs",
    "du Pré-Long",
    "du Champ-du-Puits",
    "de la Grosse-Borne",
    "des Quatre-Vents",
    "du Calvaire",
    "de la Croix-Blanche",
    "de la Croix-Rouge",
    "du Vieux-Four",
    "du Pressoir",
    "de la Grange-aux-Dîmes",
    "de la Bergerie",
    "du Colombier",
    "des Bruyères",
    "des Fougères",
    "de la Garenne",
    "du Bois-Clair",
    "de l'Orée",
    "des Essarts",
    "de la Lande",
    "des Longues-Raies",
    "des Grands-Champs",
    "du Clos-Fleuri",
    "du Clos-Saint-Jean",
    "des Hauts-Murs",
    "du Belvédère",
    "du Panorama",
    "du Soleil-Levant",
    "de la Butte",
    "des Terrasses",
    "du Moulin-Neuf",
    "de l'Écluse",
    "du Bief",
    "de la Passerelle",
    "des Maraîchers",
    "des Laboureurs",
    "des Moissons",
    "de la Batteuse",
    "des Faucheurs",
    "des Vendanges",
    "du Tonnelier",
    "du Maréchal-Ferrant",
    "du Charron",
    "de la Poste",
    "des Écoles",
];

/// Names every street that has no name yet; in one commune, no two alike.
pub fn name_streets(streets: &mut [Street]) {
    let mut chance = Chance::new(121);
    let mut used: BTreeSet<(usize, String)> =
        streets.iter().map(|s| (commune_near(s.path[0]), s.name.clone())).collect();
    let (mut old, mut new) = (OLD.to_vec(), NEW.to_vec());
    chance.shuffle(&mut old);
    chance.shuffle(&mut new);
    let mut next = [0usize; 2];
    for street in streets.iter_mut().filter(|s| s.name.is_empty()) {
        let length = path_length(&street.path);
        let middle = along(&street.path, length * 0.5).map_or(street.path[0], |(at, _)| at);
        let commune = commune_near(middle);
        let is_old = commune == 0 && distance(middle, TOWNS[0].0) < chance.between(900.0, 1500.0);
        let from = if is_old { &old } else { &new };
        for _ in 0..2 * from.len() {
            let counter = &mut next[usize::from(is_old)];
            let base = from[*counter % from.len()];
            let round = *counter / from.len();
            *counter += 1;
            let sort = match (length as u32, round % 3) {
                (0..=115, _) => ["Impasse", "Passage", "Venelle"][chance.below(3)],
                (_, 1) if !is_old => "Allée",
                (_, 2) => "Chemin",
                _ => "Rue",
            };
            let name = format!("{sort} {base}");
            if used.insert((commune, name.clone())) {
                street.name = name;
                break;
            }
        }
        if street.name.is_empty() {
            street.name = "Voie communale".into();
        }
    }
}

fn commune_near(at: P) -> usize {
    (0..TOWNS.len())
        .min_by(|a, b| distance(TOWNS[*a].0, at).total_cmp(&distance(TOWNS[*b].0, at)))
        .unwrap_or(0)
}

/// The article of a name's first word.
fn article(name: &str) -> &'static str {
    let first = name.split([' ', '\'']).next().unwrap_or_default();
    match first {
        "Avenue" | "Allée" | "Impasse" | "École" | "Église" | "Étang" | "Aire" | "Hôpital" | "Hôtel"
        | "Épicerie" | "Espace" => "l'",
        "Rue" | "Grande" | "Place" | "Placette" | "Route" | "Rocade" | "Venelle" | "Promenade" | "Plaine"
        | "Forêt" | "Mairie" | "Médiathèque" | "Bibliothèque" | "Ludothèque" | "Gare" | "Salle"
        | "Piscine" | "Patinoire" | "Maison" | "Crèche" | "Résidence" | "Déchèterie" | "Passerelle"
        | "Voie" | "Mare" | "Sablière" | "Peupleraie" | "Ligne" => "la",
        "Halles" | "Berges" | "Jardins" | "Rives" => "les",
        "Saint" | "Sainte" | "Montclar" | "Vernoise" | "Fontmarin" => "",
        _ => "le",
    }
}

/// « la rue des Lilas », « l'école Jules-Ferry ».
pub fn the(name: &str) -> String {
    let lower = lower_first(name);
    match article(name) {
        "l'" => format!("l'{lower}"),
        article => format!("{article} {lower}"),
    }
}

/// « de la rue des Lilas », « du parc », « des halles ».
pub fn of_the(name: &str) -> String {
    let lower = lower_first(name);
    match article(name) {
        "le" => format!("du {lower}"),
        "les" => format!("des {lower}"),
        "l'" => format!("de l'{lower}"),
        _ => format!("de la {lower}"),
    }
}

/// « à la rue des Lilas », « au parc », « aux halles ».
pub fn to_the(name: &str) -> String {
    let lower = lower_first(name);
    match article(name) {
        "le" => format!("au {lower}"),
        "les" => format!("aux {lower}"),
        "l'" => format!("à l'{lower}"),
        _ => format!("à la {lower}"),
    }
}

/// « rue des Lilas »: as it stands after another word.
pub fn lower_first(name: &str) -> String {
    if name.starts_with("Grande Rue") {
        return name.to_owned();
    }
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// How a quartier is said: « le quartier des Tanneries », « le centre-ville ».
pub fn quartier(name: &str) -> String {
    match name {
        "Centre" => "le centre-ville".into(),
        "Le Village" => "le village".into(),
        "Vernoise-Bourg" | "Essarts-Bourg" => "le bourg".into(),
        "Les Hameaux" => "le secteur des Hameaux".into(),
        other => match (other.strip_prefix("Le "), other.strip_prefix("La "), other.strip_prefix("Les ")) {
            (Some(rest), ..) => format!("le quartier du {rest}"),
            (_, Some(rest), _) => format!("le quartier de la {rest}"),
            (.., Some(rest)) => format!("le quartier des {rest}"),
            _ => format!("le quartier {other}"),
        },
    }
}

/// A commune as people say it: « Montclar », « les Essarts ».
pub fn commune(name: &str) -> &str {
    match name {
        "Montclar-sur-Aubrelle" => "Montclar",
        "Les Essarts-Royaux" => "Les Essarts",
        "Saint-Loup-d'Aubrelle" => "Saint-Loup",
        other => other,
    }
}

/// « à Montclar », « aux Essarts ».
pub fn in_commune(name: &str) -> String {
    match commune(name) {
        "Les Essarts" => "aux Essarts".into(),
        other => format!("à {other}"),
    }
}
