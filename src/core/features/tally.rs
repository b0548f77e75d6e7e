//! What voices count: people for, against and in between, and what they weigh, by the vote of the process that they count in.
//!
//! Invariant: a voice is kept as it was given, whatever it counts. Where a vote knows no such voice it counts nothing, and nobody.

use super::{Ballot, Card};
use crate::base::i18n::{Lang, Message};

/// What voices come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// People for it.
    pub votes_for: i64,
    /// People against it.
    pub votes_against: i64,
    /// People who chose the middle of a scale.
    pub votes_neutral: i64,
    /// What they weigh together.
    pub points: i64,
}

impl Tally {
    /// What one voice from −2 to +2 counts.
    pub fn of(ballot: Ballot, value: i64) -> Tally {
        let sign = value.signum();
        let counts = match ballot {
            Ballot::ForAgainst => sign != 0,
            Ballot::ForOnly => sign > 0,
            Ballot::Scale => true,
            Ballot::None => false,
        };
        if !counts {
            return Tally::default();
        }
        Tally {
            votes_for: i64::from(sign > 0),
            votes_against: i64::from(sign < 0),
            votes_neutral: i64::from(sign == 0),
            points: if ballot == Ballot::Scale { value } else { sign },
        }
    }

    /// The same for so many people.
    #[must_use]
    pub fn times(self, people: i64) -> Tally {
        Tally {
            votes_for: self.votes_for * people,
            votes_against: self.votes_against * people,
            votes_neutral: self.votes_neutral * people,
            points: self.points * people,
        }
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Tally) -> Tally {
        Tally {
            votes_for: self.votes_for + other.votes_for,
            votes_against: self.votes_against + other.votes_against,
            votes_neutral: self.votes_neutral + other.votes_neutral,
            points: self.points + other.points,
        }
    }
}

/// A number with its sign, as people write it: `+3`, `−1`, `0`.
pub fn signed(points: i64) -> String {
    match points {
        0 => "0".to_owned(),
        1.. => format!("+{points}"),
        _ => format!("−{}", points.unsigned_abs()),
    }
}

/// How many people chose a step of a scale, and which they chose on average, as people write it: `7 voix, en moyenne +0,8`.
pub fn mean(lang: Lang, people: i64, points: i64) -> String {
    // Tenths, rounded half away from zero, so that nothing is ever −0,0.
    let tenths = (points.abs() * 20 + people) / (people * 2).max(1);
    let sign = match points {
        _ if tenths == 0 => "",
        ..0 => "−",
        _ => "+",
    };
    let mean = format!("{sign}{}{}{}", tenths / 10, lang.text("decimal-mark"), tenths % 10);
    let said = Message::new("votes-mean").with("voices", lang.count("votes-count", people));
    lang.say(&said.with("mean", mean))
}

impl Card {
    /// What its voices come to where they are on a scale: people and mean. Nothing where they are for or against.
    pub fn mean(&self, lang: &Lang) -> Option<String> {
        (self.ballot == Ballot::Scale).then(|| mean(*lang, self.voters(), self.points))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voice_counts_what_the_vote_that_it_counts_in_knows() {
        let counts = |ballot, value| {
            let Tally { votes_for, votes_against, votes_neutral, points } = Tally::of(ballot, value);
            (votes_for, votes_against, votes_neutral, points)
        };
        assert_eq!(counts(Ballot::Scale, 2), (1, 0, 0, 2), "one person, two points");
        assert_eq!(counts(Ballot::Scale, 0), (0, 0, 1, 0), "in between is a person, too");
        assert_eq!(counts(Ballot::ForAgainst, -2), (0, 1, 0, -1), "of a scale the sign is left");
        assert_eq!(counts(Ballot::ForAgainst, 0), (0, 0, 0, 0));
        assert_eq!(counts(Ballot::ForOnly, 2), (1, 0, 0, 1));
        assert_eq!(counts(Ballot::ForOnly, -1), (0, 0, 0, 0));
        assert_eq!(counts(Ballot::None, 1), (0, 0, 0, 0));
    }
}
