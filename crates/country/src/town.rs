//! The whole invented country, drawn in order: water, roads, green, streets, places, buildings, borders.

use crate::borders::{Borders, QUARTIERS};
use crate::buildings::{Building, Site};
use crate::fields::{self, Field};
use crate::green::{self, Green};
use crate::names;
use crate::places::{self, Landmark};
use crate::plane::{P, Segments, degrees, line, polygon};
use crate::roads::{self, Class, Grain, Street};
use crate::streets::{self, Ground};
use crate::water::Water;
use geo::{BoundingRect, Contains, Geometry, MultiPolygon, Point, Rect};
use serde_json::{Map, json};

/// A thing of a layer.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its place, longitude and latitude in EPSG:4326.
    pub geometry: Geometry<f64>,
    /// What it is (`class`), its name, and what else a style asks for.
    pub properties: Map<String, serde_json::Value>,
}

/// Everything that is drawn.
#[derive(Debug)]
pub struct Country {
    /// The river, the brook and the ponds.
    pub water: Water,
    /// Fields between the towns.
    pub fields: Vec<Field>,
    /// Parks, woods and sports grounds.
    pub greens: Vec<Green>,
    /// Roads, streets and ways.
    pub streets: Vec<Street>,
    /// Buildings.
    pub buildings: Vec<Building>,
    /// Schools, halls and other public places.
    pub places: Vec<Landmark>,
    /// Communes and quartiers.
    pub borders: Borders,
    quartiers: Vec<(MultiPolygon<f64>, Option<Rect<f64>>)>,
}

impl Country {
    /// Draws it. The same every time.
    pub fn draw() -> Country {
        let water = Water::draw();
        let roads = roads::draw(&water);
        let grain = Grain::of(&roads, &water);
        let mut mains = Segments::new();
        for road in roads.iter().filter(|r| r.class == Class::Main) {
            mains.add(0, &road.path);
        }
        // The second plan is the ring of boulevards.
        let borders = Borders::draw(&water, &roads[1]);
        let greens = green::plant(&roads, &water, &grain);
        let ground = Ground::new(&water, &grain, &mains, &greens, &roads);
        let mut first = roads::cut(roads, &water);
        first.extend(green::edges(&greens));
        first.extend(green::walks(&greens));
        let mut streets = streets::grow(first, &ground);
        names::name_streets(&mut streets);
        let mut site = Site::new(&ground, &streets);
        let places = places::build(&mut site, &streets);
        site.line_streets();
        let fields = fields::sow(&ground, &site);
        let buildings = site.buildings;
        let quartiers = (0..QUARTIERS.len()).map(|number| {
            let outline = borders.outline(|label| label == number);
            let rect = outline.bounding_rect();
            (outline, rect)
        });
        let quartiers = quartiers.collect();
        Country { water, fields, greens, streets, buildings, places, borders, quartiers }
    }

    /// The commune and quartier of a place, as numbers.
    pub fn whereabouts(&self, at: P) -> Option<(usize, usize)> {
        let point = Point(degrees(at));
        let holds = |(outline, rect): &(MultiPolygon<f64>, Option<Rect<f64>>)| {
            rect.is_some_and(|rect| rect.contains(&point)) && outline.contains(&point)
        };
        let number = self.quartiers.iter().position(holds)?;
        Some((QUARTIERS[number].commune, number))
    }

    /// The layer of green places.
    pub fn green_items(&self) -> Vec<Item> {
        // Fields first: woods, parks and sports grounds lie on them.
        let field = |f: &Field| item(Geometry::Polygon(polygon(&f.ring, &[])), None, f.class);
        let green = |g: &Green| {
            item(Geometry::Polygon(polygon(&g.ring, &[])), Some(g.name), green_class(g.class, g.name))
        };
        self.fields.iter().map(field).chain(self.greens.iter().map(green)).collect()
    }

    /// The layer of water.
    pub fn water_items(&self) -> Vec<Item> {
        let water = &self.water;
        let river = Geometry::Polygon(polygon(&water.river, std::slice::from_ref(&water.island)));
        let brook = Geometry::Polygon(polygon(&water.brook, &[]));
        let mut items =
            vec![item(river, Some("L'Aubrelle"), "river"), item(brook, Some("La Vive"), "stream")];
        for (name, ring) in &water.ponds {
            items.push(item(Geometry::Polygon(polygon(ring, &[])), Some(name), "lake"));
        }
        items
    }

    /// The layer of roads and streets.
    pub fn street_items(&self) -> Vec<Item> {
        let street = |s: &Street| {
            let mut item = item(Geometry::LineString(line(&s.path)), Some(&s.name), street_class(s));
            if s.is_bridge {
                item.properties.insert("bridge".into(), json!(true));
            }
            item
        };
        self.streets.iter().map(street).collect()
    }

    /// The layer of buildings.
    pub fn building_items(&self) -> Vec<Item> {
        let building = |b: &Building| {
            item(Geometry::Polygon(polygon(&b.ring, b.hole.as_slice())), b.name.as_deref(), b.class)
        };
        self.buildings.iter().map(building).collect()
    }

    /// The layer of public places.
    pub fn place_items(&self) -> Vec<Item> {
        let point = |at: P| Geometry::Point(Point(degrees(at)));
        let place = |q: &Landmark| item(point(q.at), Some(q.name), place_class(q.class, q.name));
        let stadiums = self.greens.iter().filter(|g| g.class == "sport");
        let stadium = |g: &Green| item(point(g.centre), Some(g.name), "stadium");
        self.places.iter().map(place).chain(stadiums.map(stadium)).collect()
    }
}

/// What the layer calls a green place.
pub fn green_class(class: &str, name: &str) -> &'static str {
    match class {
        "bois" => "wood",
        "parc" | "square" if name.starts_with("Jardin") => "garden",
        "parc" => "park",
        // The water's edge outside the towns is lined with trees.
        "berge" if name.starts_with("Rives") => "wood",
        "berge" => "park",
        "sport" => "sport",
        "cimetiere" => "cemetery",
        "jardins" => "allotments",
        _ => "square",
    }
}

/// What the layer calls a place.
pub fn place_class(class: &str, name: &str) -> &'static str {
    match class {
        "mairie" => "townhall",
        "marche" => "market",
        "gare" => "station",
        "bibliotheque" => "library",
        "culture" if name.starts_with("Musée") => "museum",
        "culture" if name.starts_with("Cinéma") => "cinema",
        "culture" => "theatre",
        "culte" => "church",
        "sante" if name.starts_with("Hôpital") => "hospital",
        "sante" => "health",
        "ecole" | "college" | "lycee" => "school",
        "gymnase" => "gym",
        "piscine" => "pool",
        "maison_de_quartier" | "salle" => "community",
        "creche" => "nursery",
        "solidarite" => "social",
        "dechets" => "recycling",
        _ if name.starts_with("Bureau de poste") => "post",
        _ => "police",
    }
}

/// What the layer calls a street.
fn street_class(street: &Street) -> &'static str {
    let narrow = ["Passage", "Venelle", "Grande Rue"].iter().any(|word| street.name.starts_with(word));
    if narrow && street.class != Class::Rail { "pedestrian" } else { street.class.word() }
}

fn item(geometry: Geometry<f64>, name: Option<&str>, class: &str) -> Item {
    let mut properties = Map::new();
    properties.insert("class".into(), json!(class));
    if let Some(name) = name {
        properties.insert("name".into(), json!(name));
    }
    Item { geometry, properties }
}
