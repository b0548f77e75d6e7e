//! The whole invented country, drawn in order: water, roads, green, streets, places, buildings, borders.

use super::borders::{Borders, QUARTIERS};
use super::buildings::{Building, Site};
use super::green::{self, Green};
use super::names;
use super::places::{self, Place};
use super::plane::{P, Segments, degrees, line, polygon};
use super::roads::{self, Class, Grain, Street};
use super::streets::{self, Ground};
use super::water::Water;
use crate::layers::NewItem;
use geo::{BoundingRect, Contains, Geometry, MultiPolygon, Point, Rect};
use serde_json::{Map, json};

/// Everything that is drawn.
#[derive(Debug)]
pub(super) struct Country {
    pub(super) water: Water,
    pub(super) greens: Vec<Green>,
    pub(super) streets: Vec<Street>,
    pub(super) buildings: Vec<Building>,
    pub(super) places: Vec<Place>,
    pub(super) borders: Borders,
    quartiers: Vec<(MultiPolygon<f64>, Option<Rect<f64>>)>,
}

impl Country {
    /// Draws it. The same every time.
    pub(super) fn draw() -> Country {
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
        let buildings = site.buildings;
        let quartiers = (0..QUARTIERS.len()).map(|number| {
            let outline = borders.outline(|label| label == number);
            let rect = outline.bounding_rect();
            (outline, rect)
        });
        let quartiers = quartiers.collect();
        Country { water, greens, streets, buildings, places, borders, quartiers }
    }

    /// The commune and quartier of a place, as numbers.
    pub(super) fn whereabouts(&self, at: P) -> Option<(usize, usize)> {
        let point = Point(degrees(at));
        let holds = |(outline, rect): &(MultiPolygon<f64>, Option<Rect<f64>>)| {
            rect.is_some_and(|rect| rect.contains(&point)) && outline.contains(&point)
        };
        let number = self.quartiers.iter().position(holds)?;
        Some((QUARTIERS[number].commune, number))
    }

    pub(super) fn green_items(&self) -> Vec<NewItem> {
        let green = |g: &Green| item(Geometry::Polygon(polygon(&g.ring, &[])), Some(g.name), g.class);
        self.greens.iter().map(green).collect()
    }

    pub(super) fn water_items(&self) -> Vec<NewItem> {
        let water = &self.water;
        let river = Geometry::Polygon(polygon(&water.river, std::slice::from_ref(&water.island)));
        let brook = Geometry::Polygon(polygon(&water.brook, &[]));
        let mut items =
            vec![item(river, Some("L'Aubrelle"), "riviere"), item(brook, Some("La Vive"), "ruisseau")];
        for (name, ring) in &water.ponds {
            items.push(item(Geometry::Polygon(polygon(ring, &[])), Some(name), "etang"));
        }
        items
    }

    pub(super) fn street_items(&self) -> Vec<NewItem> {
        let street = |s: &Street| {
            let mut item = item(Geometry::LineString(line(&s.path)), Some(&s.name), s.class.word());
            if s.is_bridge {
                item.properties.insert("bridge".into(), json!(true));
            }
            item
        };
        self.streets.iter().map(street).collect()
    }

    pub(super) fn building_items(&self) -> Vec<NewItem> {
        let building =
            |b: &Building| item(Geometry::Polygon(polygon(&b.ring, &[])), b.name.as_deref(), b.class);
        self.buildings.iter().map(building).collect()
    }

    pub(super) fn place_items(&self) -> Vec<NewItem> {
        let place = |q: &Place| item(Geometry::Point(Point(degrees(q.at))), Some(q.name), q.class);
        self.places.iter().map(place).collect()
    }
}

fn item(geometry: Geometry<f64>, name: Option<&str>, class: &str) -> NewItem {
    let mut properties = Map::new();
    properties.insert("class".into(), json!(class));
    if let Some(name) = name {
        properties.insert("name".into(), json!(name));
    }
    NewItem { geometry, properties }
}
