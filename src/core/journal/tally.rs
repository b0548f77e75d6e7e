//! What a line of voices says: what is counted on the feature, and how many of its own voices chose each step of the scale.
//! Pure: no SQL.
//!
//! Invariant: the steps of a line are those of the line before it and what the write changed. Counting the rows again would
//! take over what somebody had slipped in between the two; it is done only where nothing was told before, or voices were joined.

use crate::base::ids::FeatureId;
use std::collections::BTreeMap;

/// How many voices chose each step, from −2 to +2.
pub(crate) type Steps = [i64; 5];

/// What a write did to the voices of a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// So many more (or, below zero, fewer) on each step.
    By(Steps),
    /// It is counted again: voices were joined, parted, or written many at once.
    Anew,
}

/// The changes of one write.
#[derive(Debug, Default)]
pub(super) struct Changes(BTreeMap<FeatureId, Change>);

impl Changes {
    /// A voice that was `before` is `now`; nothing stands for none.
    pub(super) fn moved(&mut self, feature: FeatureId, before: Option<i64>, now: Option<i64>) {
        if let Change::By(steps) = self.0.entry(feature).or_insert(Change::By([0; 5])) {
            for (voice, by) in [(before, -1), (now, 1)] {
                if let Some(step) = voice.and_then(|value| steps.get_mut(usize::try_from(value + 2).ok()?)) {
                    *step += by;
                }
            }
        }
    }

    /// The feature's voices are counted again.
    pub(super) fn anew(&mut self, feature: FeatureId) {
        self.0.insert(feature, Change::Anew);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_vec(self) -> Vec<(FeatureId, Change)> {
        self.0.into_iter().collect()
    }
}

/// What a line of voices says of a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Totals {
    /// How many people its row counts for it; with what was merged into it, each person once.
    pub(crate) votes_for: i64,
    /// The same against it.
    pub(crate) votes_against: i64,
    /// The same in the middle of a scale.
    pub(crate) votes_neutral: i64,
    /// What they weigh together.
    pub(crate) points: i64,
    /// Its own voices.
    pub(crate) steps: Steps,
    /// How many of its own are kept and not counted.
    pub(crate) apart: i64,
}

impl std::fmt::Display for Totals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [a, b, c, d, e] = self.steps;
        let Totals { votes_for, votes_against, votes_neutral, points, apart, .. } = self;
        write!(f, "for={votes_for} against={votes_against} neutral={votes_neutral} points={points} ")?;
        write!(f, "steps={a},{b},{c},{d},{e} apart={apart}")
    }
}

impl Totals {
    /// What a line's subject says; nothing where it is older than totals, or says none.
    pub(crate) fn read(subject: &str) -> Option<Totals> {
        let word =
            |name: &str| subject.split(' ').find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        let steps: Vec<i64> = word("steps")?.split(',').map(str::parse).collect::<Result<_, _>>().ok()?;
        Some(Totals {
            votes_for: word("for")?.parse().ok()?,
            votes_against: word("against")?.parse().ok()?,
            votes_neutral: word("neutral")?.parse().ok()?,
            points: word("points")?.parse().ok()?,
            steps: steps.try_into().ok()?,
            apart: word("apart")?.parse().ok()?,
        })
    }
}

/// Both, step by step.
pub(crate) fn sum(steps: Steps, more: Steps) -> Steps {
    std::array::from_fn(|at| steps[at] + more[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_voices_says_what_it_reads() {
        let steps = [1, 1, 0, 4, 5];
        let totals = Totals { votes_for: 9, votes_against: 2, votes_neutral: 0, points: 11, steps, apart: 1 };
        assert_eq!(totals.to_string(), "for=9 against=2 neutral=0 points=11 steps=1,1,0,4,5 apart=1");
        assert_eq!(Totals::read(&totals.to_string()), Some(totals));
        for other in [
            "",
            "for=1 against=0",
            "for=1 against=0 steps=0,0,0,1,0",
            "for=x against=0 neutral=0 points=0 steps=0,0,0,0,0 apart=0",
        ] {
            assert_eq!(Totals::read(other), None, "{other}");
        }
    }

    #[test]
    fn a_voice_that_moves_leaves_its_step_and_comes_to_another() {
        let mut changes = Changes::default();
        let id = FeatureId(7);
        changes.moved(id, None, Some(2));
        changes.moved(id, Some(2), Some(-1));
        changes.moved(id, Some(0), None);
        assert_eq!(changes.into_vec(), [(id, Change::By([0, 1, -1, 0, 0]))]);
    }
}
