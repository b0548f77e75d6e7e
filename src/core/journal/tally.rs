//! What a line of voices says: what is counted on the feature, and how many of its own voices chose each step of the scale.
//! Pure: no SQL.
//!
//! Invariant: the steps of a line are those of the line before it and what the write changed. Counting the rows again would
//! take over what somebody had slipped in between the two; it is done only where a line is older than totals, or voices were joined.
//! Where there is no line, there is no voice.

use crate::base::ids::FeatureId;
use std::collections::BTreeMap;

/// How many voices chose each step, from −2 to +2.
pub(crate) type Steps = [i64; 5];

/// What a write did to the voices of a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// So many more (or, below zero, fewer) on each step.
    By(Steps),
    /// The same, and what they come to now: the row and the line before it were read where it was written.
    Told(Steps, Totals),
    /// It is counted again: voices were joined, parted, or written many at once.
    Anew,
}

/// The changes of one write.
#[derive(Debug, Default)]
pub(super) struct Changes(BTreeMap<FeatureId, Change>);

impl Changes {
    /// A voice that was `before` is `now`; nothing stands for none.
    pub(super) fn moved(&mut self, feature: FeatureId, before: Option<i64>, now: Option<i64>) {
        let change = self.0.entry(feature).or_insert(Change::By([0; 5]));
        if let Change::By(steps) | Change::Told(steps, _) = *change {
            *change = Change::By(moved(steps, before, now));
        }
    }

    /// What the moves told so far come to: what the feature's row counts now, on the steps of its last line. Where that line says none,
    /// or of voices apart, the commit reads.
    pub(super) fn told(&mut self, feature: FeatureId, row: Totals, last: Option<Totals>) {
        if let (Some(Change::By(by)), Some(last)) = (self.0.get(&feature), last)
            && last.apart == 0
        {
            let totals = Totals { steps: sum(last.steps, *by), apart: 0, ..row };
            self.0.insert(feature, Change::Told(*by, totals));
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

/// A voice leaves one step and comes to another.
fn moved(mut steps: Steps, before: Option<i64>, now: Option<i64>) -> Steps {
    for (voice, by) in [(before, -1), (now, 1)] {
        if let Some(step) = voice.and_then(|value| steps.get_mut(usize::try_from(value + 2).ok()?)) {
            *step += by;
        }
    }
    steps
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

    #[test]
    fn what_a_row_tells_is_on_the_steps_of_its_last_line() {
        let (id, row) = (FeatureId(7), Totals { votes_for: 5, points: 5, ..Totals::default() });
        let last = Totals { steps: [0, 0, 0, 3, 1], ..Totals::default() };
        let after = |last: Option<Totals>, moves: &[Option<i64>]| {
            let mut changes = Changes::default();
            for now in moves {
                changes.moved(id, None, *now);
                changes.told(id, row, last);
            }
            changes.into_vec()
        };
        let told = |by, steps| vec![(id, Change::Told(by, Totals { steps, ..row }))];
        assert_eq!(after(Some(last), &[Some(1)]), told([0, 0, 0, 1, 0], [0, 0, 0, 4, 1]));
        assert_eq!(after(Some(last), &[Some(1), Some(2)]), told([0, 0, 0, 1, 1], [0, 0, 0, 4, 2]));
        let apart = Totals { apart: 1, ..last };
        for unknown in [None, Some(apart)] {
            assert_eq!(after(unknown, &[Some(1)]), [(id, Change::By([0, 0, 0, 1, 0]))]);
        }
        let mut changes = Changes::default();
        changes.anew(id);
        changes.moved(id, None, Some(1));
        changes.told(id, row, Some(last));
        assert_eq!(changes.into_vec(), [(id, Change::Anew)], "what is counted again stays so");
    }
}
