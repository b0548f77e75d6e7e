//! The places that people know: town halls, schools, stations, halls. Each has a building, built before the houses.

use crate::buildings::{Site, box_at};
use crate::chance::Chance;
use crate::plane::{P, Segments, direction, left, p, unit};
use crate::roads::{Class, Street};

/// A place with a name.
#[derive(Debug, Clone)]
pub struct Landmark {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub class: &'static str,
    /// Where it is.
    pub at: P,
}

/// Name, class, about where, length and depth of the building (metres).
const PLACES: [(&str, &str, f64, f64, f64, f64); 60] = [
    ("Hôtel de ville de Montclar", "mairie", -60.0, 60.0, 52.0, 20.0),
    ("Halles du Vieux Marché", "marche", 90.0, -90.0, 46.0, 26.0),
    ("Gare de Montclar", "gare", 60.0, -1130.0, 74.0, 15.0),
    ("Médiathèque Assia-Djebar", "bibliotheque", -230.0, -60.0, 40.0, 26.0),
    ("Théâtre de l'Aubrelle", "culture", 240.0, -160.0, 42.0, 26.0),
    ("Cinéma Le Lumière", "culture", -60.0, 480.0, 34.0, 22.0),
    ("Musée des Tanneries", "culture", -1180.0, -100.0, 48.0, 20.0),
    ("Conservatoire Lili-Boulanger", "culture", 460.0, 140.0, 36.0, 20.0),
    ("Église Saint-Martin", "culte", 90.0, 330.0, 46.0, 19.0),
    ("Église Sainte-Anne", "culte", -150.0, -560.0, 38.0, 17.0),
    ("Hôpital de l'Aubrelle", "sante", 900.0, 1250.0, 120.0, 42.0),
    ("Maison de santé des Cheminots", "sante", 300.0, -1500.0, 32.0, 20.0),
    ("École Jules-Ferry", "ecole", -280.0, 180.0, 46.0, 18.0),
    ("École Louise-Michel", "ecole", 450.0, 780.0, 46.0, 18.0),
    ("École Germaine-Tillion", "ecole", -950.0, 780.0, 48.0, 18.0),
    ("École Aimé-Césaire", "ecole", 1150.0, 150.0, 46.0, 18.0),
    ("École du Port", "ecole", 1000.0, -900.0, 44.0, 17.0),
    ("École des Tanneries", "ecole", -1400.0, 130.0, 44.0, 18.0),
    ("École Sainte-Anne-Sud", "ecole", 260.0, -800.0, 42.0, 17.0),
    ("École Rosa-Parks", "ecole", -900.0, -1050.0, 46.0, 18.0),
    ("École des Cheminots", "ecole", 620.0, -1650.0, 44.0, 17.0),
    ("École du Plateau", "ecole", 300.0, 1650.0, 48.0, 18.0),
    ("Collège Pierre-Brossolette", "college", -650.0, 1050.0, 66.0, 22.0),
    ("Collège Joliot-Curie", "college", 1350.0, 700.0, 66.0, 22.0),
    ("Lycée Condorcet", "lycee", -480.0, 620.0, 84.0, 24.0),
    ("Lycée professionnel de la Fonderie", "lycee", 750.0, -1000.0, 74.0, 26.0),
    ("Gymnase Colette-Besson", "gymnase", 180.0, 1000.0, 46.0, 28.0),
    ("Gymnase du Port", "gymnase", 1250.0, -850.0, 44.0, 26.0),
    ("Piscine des Tanneries", "piscine", -1550.0, 420.0, 56.0, 32.0),
    ("Patinoire de l'Europe", "piscine", 700.0, 1500.0, 60.0, 36.0),
    ("Maison de quartier Saint-Martin", "maison_de_quartier", 350.0, 1050.0, 28.0, 18.0),
    ("Maison de quartier du Faubourg", "maison_de_quartier", -750.0, -1180.0, 28.0, 18.0),
    ("Maison de quartier de Bellevue", "maison_de_quartier", 1350.0, 1150.0, 28.0, 18.0),
    ("Maison des associations", "maison_de_quartier", -380.0, -200.0, 32.0, 18.0),
    ("Centre social des Capucins", "maison_de_quartier", 1450.0, 420.0, 30.0, 18.0),
    ("Crèche des Petits Mariniers", "creche", 500.0, -560.0, 24.0, 16.0),
    ("Résidence autonomie Les Tilleuls", "solidarite", -520.0, 1250.0, 46.0, 16.0),
    ("Épicerie solidaire Le Panier", "solidarite", -380.0, -850.0, 22.0, 14.0),
    ("Déchèterie de la Croix", "dechets", -1750.0, -1100.0, 40.0, 24.0),
    ("Commissariat", "service", 560.0, 420.0, 34.0, 18.0),
    ("Bureau de poste du Centre", "service", -160.0, -180.0, 28.0, 18.0),
    ("Mairie de Vernoise", "mairie", -4330.0, 950.0, 28.0, 16.0),
    ("École Jacques-Prévert", "ecole", -4150.0, 1250.0, 44.0, 17.0),
    ("École de la Prairie", "ecole", -4000.0, 750.0, 42.0, 17.0),
    ("Collège Simone-Veil", "college", -4000.0, 1350.0, 62.0, 22.0),
    ("Bibliothèque de Vernoise", "bibliotheque", -4500.0, 1150.0, 24.0, 16.0),
    ("Salle des fêtes de Vernoise", "salle", -4450.0, 780.0, 34.0, 22.0),
    ("Mairie des Essarts", "mairie", 3900.0, 800.0, 28.0, 16.0),
    ("École de la Cité-Jardin", "ecole", 3750.0, 1180.0, 44.0, 17.0),
    ("École Anne-Sylvestre", "ecole", 4200.0, 750.0, 42.0, 17.0),
    ("Collège Lucie-Aubrac", "college", 4250.0, 1150.0, 62.0, 22.0),
    ("Ludothèque des Essarts", "bibliotheque", 3650.0, 850.0, 22.0, 15.0),
    ("Gymnase Nelson-Mandela", "gymnase", 3550.0, 560.0, 44.0, 28.0),
    ("Mairie de Saint-Loup", "mairie", 6620.0, -1560.0, 24.0, 15.0),
    ("École des Bords de l'Eau", "ecole", 6750.0, -1750.0, 38.0, 16.0),
    ("Église Saint-Loup", "culte", 6550.0, -1650.0, 30.0, 14.0),
    ("Salle polyvalente de Saint-Loup", "salle", 6800.0, -1500.0, 34.0, 20.0),
    ("Mairie de Fontmarin", "mairie", -2380.0, -4560.0, 18.0, 12.0),
    ("École de Fontmarin", "ecole", -2330.0, -4680.0, 26.0, 14.0),
    ("Église de Fontmarin", "culte", -2450.0, -4650.0, 24.0, 12.0),
];

/// Builds each place on a street near where it is wanted.
pub fn build(site: &mut Site<'_>, streets: &[Street]) -> Vec<Landmark> {
    let mut chance = Chance::new(111);
    let mut fronts = Segments::new();
    for (at, street) in streets.iter().enumerate() {
        if !street.is_bridge && !matches!(street.class, Class::Rail | Class::Path) {
            fronts.add(at, &street.path);
        }
    }
    let mut places = Vec::new();
    for (name, class, x, y, length, depth) in PLACES {
        for attempt in 0..240 {
            let reach = f64::from(attempt) * 1.6;
            let wanted = p(x, y) + direction(chance.between(0.0, std::f64::consts::TAU)) * reach;
            let Some((segment, front, _)) = fronts.nearest(wanted, 140.0) else { continue };
            let heading = unit(segment.b - segment.a);
            let side = if crate::plane::cross(heading, wanted - front) >= 0.0 { 1.0 } else { -1.0 };
            let away = left(heading) * side;
            let shrink = if attempt < 150 { 1.0 } else { 0.75 };
            let begin = front + away * (streets[segment.of].class.half_width() + 3.0)
                - heading * (length * shrink * 0.5);
            let ring = box_at(begin, heading, away, length * shrink, depth * shrink);
            let sort = if matches!(class, "ecole" | "college" | "lycee") { "school" } else { "civic" };
            if site.build(sort, Some(name.to_owned()), ring)
                && let Some(building) = site.buildings.last()
            {
                places.push(Landmark { name, class, at: building.centre });
                break;
            }
        }
    }
    places
}
