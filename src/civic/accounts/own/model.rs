//! What somebody says of themselves. No SQL, no HTTP.

use crate::base::error::Problem;
use crate::base::i18n::Message;
use crate::base::ids::AreaId;
use crate::base::text;
use serde::Deserialize;

/// In which capacities somebody speaks. Declared by themselves: it opens nothing.
pub(super) const CAPACITIES: [&str; 5] = ["resident", "association", "professional", "elected", "agent"];

/// The fewest characters of a public name, and the most.
const NAME: (usize, usize) = (2, 60);

/// The form.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ProfileForm {
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) capacity: String,
    #[serde(default)]
    pub(super) area: String,
}

/// What is kept of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Profile {
    pub(super) name: String,
    pub(super) capacity: &'static str,
    pub(super) area: Option<AreaId>,
}

/// Characters that are not seen but turn what is around them: a name could pass for another.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}')
}

impl ProfileForm {
    /// What is kept, or what is wrong. `areas` are those that can be chosen.
    pub(super) fn check(&self, areas: &[AreaId]) -> Result<Profile, Problem> {
        let wrong = |field: &str, key| Problem { field: field.into(), message: Message::new(key) };
        let seen: String = self.name.chars().filter(|c| !is_hidden(*c)).collect();
        let name = text::line(&seen, usize::MAX);
        let length = name.chars().count();
        if !name.is_empty() && !(NAME.0..=NAME.1).contains(&length) {
            return Err(wrong("name", "account-name-length"));
        }
        let capacity = CAPACITIES.into_iter().find(|word| *word == self.capacity);
        let capacity = capacity.ok_or_else(|| wrong("capacity", "account-choose"))?;
        let area = match self.area.as_str() {
            "" => None,
            id => Some(
                AreaId::of_text(id)
                    .filter(|id| areas.contains(id))
                    .ok_or_else(|| wrong("area", "account-choose"))?,
            ),
        };
        Ok(Profile { name, capacity, area })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_without_hidden_characters_and_may_be_none() {
        let check = |name: &str| {
            ProfileForm { name: name.into(), capacity: "resident".into(), area: String::new() }.check(&[])
        };
        assert_eq!(check(" Léa\u{202e} \n du  Nord ").unwrap().name, "Léa du Nord");
        assert_eq!(check("\u{200b}").unwrap().name, "");
        assert_eq!(check("L").unwrap_err().field, "name");
        assert_eq!(check(&"é".repeat(61)).unwrap_err().field, "name");
        assert_eq!(check(&"é".repeat(60)).unwrap().name.chars().count(), 60);
    }

    #[test]
    fn only_what_is_offered_can_be_chosen() {
        let form = |capacity: &str, area: &str| {
            ProfileForm { name: String::new(), capacity: capacity.into(), area: area.into() }
                .check(&[AreaId(3)])
        };
        assert_eq!(form("resident", "3").unwrap().area, Some(AreaId(3)));
        assert_eq!(form("resident", "4").unwrap_err().field, "area");
        assert_eq!(form("mayor", "").unwrap_err().field, "capacity");
    }
}
