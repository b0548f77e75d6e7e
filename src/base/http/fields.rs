//! The fields of a form whose names are not known before, or come more than once. What they must be is their module's matter,
//! which may add its own readings.

use serde::Deserialize;

/// What was sent, in its order; read as `Form<Fields>` or `Query<Fields>`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Of names and values.
    pub fn new(fields: Vec<(String, String)>) -> Fields {
        Fields(fields)
    }

    /// The first value of a name, without blanks around it; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.every(name).next().unwrap_or_default().trim()
    }

    /// Every value of a name, as it was sent.
    pub fn every(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl IntoIterator for Fields {
    type Item = (String, String);
    type IntoIter = std::vec::IntoIter<(String, String)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
