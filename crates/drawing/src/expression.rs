//! Expressions of the style specification: those that our styles say, read once and evaluated for each thing that is drawn.
//!
//! What it is not: all of them. What is not known is refused when a style is read, and never drawn wrongly instead.

use crate::color::Color;
use parvis_tiles::decode::{DecodedFeature, DecodedGeometry, DecodedValue};
use serde_json::Value as Json;
use std::borrow::Cow;

/// What an expression may ask for.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) zoom: f64,
    /// Nothing for what is drawn of no feature: the background.
    pub(crate) feature: Option<&'a DecodedFeature>,
}

/// What an expression comes to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Datum<'a> {
    Null,
    Bool(bool),
    Number(f64),
    Text(Cow<'a, str>),
    Color(Color),
}

impl Datum<'_> {
    pub(crate) fn is_true(&self) -> bool {
        *self == Datum::Bool(true)
    }

    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Datum::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn color(&self) -> Option<Color> {
        match self {
            Datum::Color(color) => Some(*color),
            Datum::Text(word) => Color::read(word),
            _ => None,
        }
    }

    /// As `to-string` writes it: whole numbers without a fraction, nothing for nothing.
    pub(crate) fn words(&self) -> String {
        match self {
            Datum::Null => String::new(),
            Datum::Bool(is) => is.to_string(),
            Datum::Number(number) => number.to_string(),
            Datum::Text(text) => text.to_string(),
            Datum::Color(color) => color.to_string(),
        }
    }
}

/// How a value between two stops is found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Curve {
    Step,
    /// `linear` is that of base 1.
    Exponential(f64),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expression {
    Is(Datum<'static>),
    Get(String),
    Has(String),
    Zoom,
    GeometryType,
    Words(Box<Expression>),
    Not(Box<Expression>),
    All(Vec<Expression>),
    Any(Vec<Expression>),
    Compare(Comparison, Box<[Expression; 2]>),
    Minus(Box<[Expression; 2]>),
    Coalesce(Vec<Expression>),
    /// Conditions with what holds there, and what holds otherwise.
    Case(Vec<(Expression, Expression)>, Box<Expression>),
    /// The input, words or numbers with what holds there, and what holds otherwise.
    Match(Box<Expression>, Vec<(Vec<Datum<'static>>, Expression)>, Box<Expression>),
    /// The input, and stops from the smallest.
    Stops(Curve, Box<Expression>, Vec<(f64, Expression)>),
}

impl Expression {
    /// What a style says.
    ///
    /// # Errors
    /// The word that is not known, or stands where it has no meaning.
    pub(crate) fn read(said: &Json) -> Result<Expression, String> {
        match said {
            Json::Array(parts) => match parts.split_first() {
                Some((Json::String(word), rest)) => call(word, rest),
                _ => Err(said.to_string()),
            },
            Json::Object(_) => Err(said.to_string()),
            other => datum(other).map(Expression::Is),
        }
    }

    pub(crate) fn evaluate<'a>(&'a self, context: Context<'a>) -> Datum<'a> {
        match self {
            Expression::Is(datum) => datum.clone(),
            Expression::Get(name) => field(context, name).map_or(Datum::Null, of_tile),
            Expression::Has(name) => Datum::Bool(field(context, name).is_some()),
            Expression::Zoom => Datum::Number(context.zoom),
            Expression::GeometryType => sort(context).map_or(Datum::Null, |sort| Datum::Text(sort.into())),
            Expression::Words(of) => Datum::Text(of.evaluate(context).words().into()),
            Expression::Not(is) => Datum::Bool(!is.evaluate(context).is_true()),
            Expression::All(of) => Datum::Bool(of.iter().all(|is| is.evaluate(context).is_true())),
            Expression::Any(of) => Datum::Bool(of.iter().any(|is| is.evaluate(context).is_true())),
            Expression::Compare(how, of) => {
                let [a, b] = of.each_ref().map(|side| side.evaluate(context));
                Datum::Bool(compare(*how, &a, &b))
            }
            Expression::Minus(of) => {
                let [a, b] = of.each_ref().map(|side| side.evaluate(context).number());
                a.zip(b).map_or(Datum::Null, |(a, b)| Datum::Number(a - b))
            }
            Expression::Coalesce(of) => of
                .iter()
                .map(|e| e.evaluate(context))
                .find(|datum| *datum != Datum::Null)
                .unwrap_or(Datum::Null),
            Expression::Case(arms, otherwise) => {
                let arm = arms.iter().find(|(is, _)| is.evaluate(context).is_true());
                arm.map_or(otherwise.as_ref(), |(_, then)| then).evaluate(context)
            }
            Expression::Match(input, arms, otherwise) => {
                let input = input.evaluate(context);
                let arm = arms.iter().find(|(words, _)| words.contains(&input));
                arm.map_or(otherwise.as_ref(), |(_, then)| then).evaluate(context)
            }
            Expression::Stops(curve, input, stops) => {
                input.evaluate(context).number().map_or(Datum::Null, |at| between(*curve, stops, at, context))
            }
        }
    }
}

fn call(word: &str, rest: &[Json]) -> Result<Expression, String> {
    let one = |at: usize| rest.get(at).ok_or_else(|| word.to_owned()).and_then(Expression::read);
    let boxed = |at: usize| one(at).map(Box::new);
    let both = || Ok::<_, String>(Box::new([one(0)?, one(1)?]));
    let every = || rest.iter().map(Expression::read).collect::<Result<Vec<_>, _>>();
    let name = || match rest {
        [Json::String(name)] => Ok(name.clone()),
        _ => Err(word.to_owned()),
    };
    let comparison = |how| Ok(Expression::Compare(how, both()?));
    match word {
        "get" => name().map(Expression::Get),
        "has" => name().map(Expression::Has),
        "zoom" => Ok(Expression::Zoom),
        "geometry-type" => Ok(Expression::GeometryType),
        "to-string" => boxed(0).map(Expression::Words),
        "!" => boxed(0).map(Expression::Not),
        "all" => every().map(Expression::All),
        "any" => every().map(Expression::Any),
        "coalesce" => every().map(Expression::Coalesce),
        "==" => comparison(Comparison::Equal),
        "!=" => comparison(Comparison::NotEqual),
        "<" => comparison(Comparison::Less),
        "<=" => comparison(Comparison::LessOrEqual),
        ">" => comparison(Comparison::Greater),
        ">=" => comparison(Comparison::GreaterOrEqual),
        "-" => Ok(Expression::Minus(both()?)),
        "case" => arms(rest, Expression::read).map(|(arms, otherwise)| Expression::Case(arms, otherwise)),
        "match" => {
            let (arms, otherwise) = arms(rest.get(1..).unwrap_or_default(), words)?;
            Ok(Expression::Match(boxed(0)?, arms, otherwise))
        }
        "step" => {
            let first = (f64::NEG_INFINITY, one(1)?);
            let later = stops(rest.get(2..).unwrap_or_default())?;
            Ok(Expression::Stops(Curve::Step, boxed(0)?, [vec![first], later].concat()))
        }
        "interpolate" => {
            let stops = stops(rest.get(2..).unwrap_or_default())?;
            if stops.is_empty() {
                return Err(word.to_owned());
            }
            Ok(Expression::Stops(curve(rest.first())?, boxed(1)?, stops))
        }
        "literal" => rest.first().ok_or_else(|| word.to_owned()).and_then(|of| datum(of).map(Expression::Is)),
        other => Err(other.to_owned()),
    }
}

fn curve(said: Option<&Json>) -> Result<Curve, String> {
    let parts = said.and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    match parts {
        [Json::String(word)] if word == "linear" => Ok(Curve::Exponential(1.0)),
        [Json::String(word), base] if word == "exponential" => {
            base.as_f64().map(Curve::Exponential).ok_or_else(|| word.clone())
        }
        _ => Err("interpolate".to_owned()),
    }
}

type Arms<T> = (Vec<(T, Expression)>, Box<Expression>);

/// Pairs, and what holds otherwise.
fn arms<T>(rest: &[Json], read: impl Fn(&Json) -> Result<T, String>) -> Result<Arms<T>, String> {
    let (otherwise, pairs) = rest.split_last().ok_or("otherwise")?;
    let (pairs, odd) = pairs.as_chunks::<2>();
    if !odd.is_empty() {
        return Err("otherwise".to_owned());
    }
    let arms = pairs.iter().map(|[when, then]| Ok::<_, String>((read(when)?, Expression::read(then)?)));
    Ok((arms.collect::<Result<_, _>>()?, Box::new(Expression::read(otherwise)?)))
}

fn words(said: &Json) -> Result<Vec<Datum<'static>>, String> {
    match said {
        Json::Array(each) => each.iter().map(datum).collect(),
        one => Ok(vec![datum(one)?]),
    }
}

fn stops(rest: &[Json]) -> Result<Vec<(f64, Expression)>, String> {
    let (pairs, odd) = rest.as_chunks::<2>();
    if !odd.is_empty() {
        return Err("stops".to_owned());
    }
    let stop = |[at, then]: &[Json; 2]| Ok((at.as_f64().ok_or("stops")?, Expression::read(then)?));
    pairs.iter().map(stop).collect()
}

fn datum(said: &Json) -> Result<Datum<'static>, String> {
    match said {
        Json::Null => Ok(Datum::Null),
        Json::Bool(is) => Ok(Datum::Bool(*is)),
        Json::Number(number) => number.as_f64().map(Datum::Number).ok_or_else(|| number.to_string()),
        Json::String(text) => Ok(Datum::Text(text.clone().into())),
        other => Err(other.to_string()),
    }
}

fn field<'a>(context: Context<'a>, name: &str) -> Option<&'a DecodedValue> {
    context.feature?.tags.iter().find(|(field, _)| field == name).map(|(_, value)| value)
}

fn of_tile(value: &DecodedValue) -> Datum<'_> {
    match value {
        DecodedValue::String(text) => Datum::Text(text.as_str().into()),
        DecodedValue::Float(number) => Datum::Number((*number).into()),
        DecodedValue::Double(number) => Datum::Number(*number),
        DecodedValue::Int(number) | DecodedValue::Sint(number) => Datum::Number(*number as f64),
        DecodedValue::Uint(number) => Datum::Number(*number as f64),
        DecodedValue::Bool(is) => Datum::Bool(*is),
    }
}

fn sort(context: Context<'_>) -> Option<&'static str> {
    match context.feature?.geometry {
        DecodedGeometry::Unknown => None,
        DecodedGeometry::Points(_) => Some("Point"),
        DecodedGeometry::Lines(_) => Some("LineString"),
        DecodedGeometry::Rings(_) => Some("Polygon"),
    }
}

fn compare(how: Comparison, a: &Datum<'_>, b: &Datum<'_>) -> bool {
    let order = match (a, b) {
        (Datum::Number(a), Datum::Number(b)) => a.partial_cmp(b),
        (Datum::Text(a), Datum::Text(b)) => Some(a.cmp(b)),
        _ => None,
    };
    match how {
        Comparison::Equal => a == b,
        Comparison::NotEqual => a != b,
        // Nothing is smaller or larger than nothing: what has no such field is left out.
        Comparison::Less => order.is_some_and(std::cmp::Ordering::is_lt),
        Comparison::LessOrEqual => order.is_some_and(std::cmp::Ordering::is_le),
        Comparison::Greater => order.is_some_and(std::cmp::Ordering::is_gt),
        Comparison::GreaterOrEqual => order.is_some_and(std::cmp::Ordering::is_ge),
    }
}

fn between<'a>(curve: Curve, stops: &'a [(f64, Expression)], at: f64, context: Context<'a>) -> Datum<'a> {
    let above = stops.partition_point(|(stop, _)| *stop <= at);
    let value = |index: usize| stops.get(index).map_or(Datum::Null, |(_, then)| then.evaluate(context));
    let (Curve::Exponential(base), 1..) = (curve, above) else { return value(above.saturating_sub(1)) };
    let (Some((from, _)), Some((to, _))) = (stops.get(above - 1), stops.get(above)) else {
        return value(above - 1);
    };
    let part = if (base - 1.0).abs() < 1e-6 {
        (at - from) / (to - from)
    } else {
        (base.powf(at - from) - 1.0) / (base.powf(to - from) - 1.0)
    };
    let (a, b) = (value(above - 1), value(above));
    if let (Some(a), Some(b)) = (a.number(), b.number()) {
        return Datum::Number(a + (b - a) * part);
    }
    match (a.color(), b.color()) {
        (Some(a), Some(b)) => Datum::Color(a.between(b, part)),
        _ => a,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn feature() -> DecodedFeature {
        DecodedFeature {
            id: Some(1),
            tags: vec![
                ("class".into(), DecodedValue::String("main".into())),
                ("count".into(), DecodedValue::Uint(12)),
            ],
            geometry: DecodedGeometry::Points(vec![]),
        }
    }

    fn at(zoom: f64, said: &Json) -> String {
        let feature = feature();
        let expression = Expression::read(said).unwrap();
        expression.evaluate(Context { zoom, feature: Some(&feature) }).words()
    }

    #[test]
    fn expressions_come_to_what_the_specification_says() {
        for (said, comes_to) in [
            (json!(["get", "class"]), "main"),
            (json!(["get", "name"]), ""),
            (json!(["has", "count"]), "true"),
            (json!(["to-string", ["get", "count"]]), "12"),
            (json!(["==", ["geometry-type"], "Point"]), "true"),
            (json!(["match", ["get", "class"], ["main", "other"], 3, 1]), "3"),
            (json!(["match", ["get", "name"], "main", 3, 1]), "1"),
            (json!(["all", [">=", ["get", "count"], 10], ["<", ["get", "count"], 100]]), "true"),
            (json!(["any", ["!", ["has", "count"]], [">", ["get", "nothing"], 1]]), "false"),
            (json!(["-", 0, ["get", "count"]]), "-12"),
            (json!(["case", ["has", "name"], "named", "not"]), "not"),
            (json!(["coalesce", ["get", "name"], ["get", "class"]]), "main"),
            (json!(["step", ["get", "count"], "few", 10, "some", 100, "many"]), "some"),
            (json!(["interpolate", ["linear"], ["zoom"], 10, 2, 14, 4]), "3"),
            (json!(["interpolate", ["linear"], ["zoom"], 13, 2, 14, 4]), "2"),
            (json!(["interpolate", ["linear"], ["zoom"], 8, 2, 10, 4]), "4"),
            (json!(["interpolate", ["linear"], ["zoom"], 10, "#000000", 14, "#ffffff"]), "#808080"),
            (json!(["interpolate", ["exponential", 2], ["zoom"], 11, 0, 13, 3]), "1"),
            (json!("#fff"), "#fff"),
        ] {
            assert_eq!(at(12.0, &said), comes_to, "{said}");
        }
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for said in [
            json!(["within", {}]),
            json!(["get"]),
            json!(["match", ["get", "a"], "b", 1]),
            json!(["interpolate", ["cubic-bezier", 0, 0, 1, 1], ["zoom"], 1, 2]),
            json!([]),
            json!({}),
        ] {
            assert!(Expression::read(&said).is_err(), "{said}");
        }
    }
}
