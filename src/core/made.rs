//! What was made of a state of the live map and of the journal, kept by the question that it answers for as long as nothing changes: figures
//! that count every contribution, maps that are drawn.
//!
//! What it is not: the tiles' cache (`atlas/cache`), where one change makes one square old; here any line makes everything old.
//!
//! Invariants: the state is read before what is made of it, so that what is kept may be newer than it says, never older; what somebody may
//! not see is not kept under a question that they can ask. It is bounded in bytes and in answers.

use super::atlas::World;
use crate::base::ids::Seq;
use std::any::Any;
use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The most answers that are kept, and the most bytes of them together.
const MOST: usize = 400;
const MOST_BYTES: usize = 24 << 20;

/// The longest question that is kept.
const LONGEST: usize = 1_000;

/// Of what something is made: the journal's last line that the map has read, and the map's own number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moment {
    seq: Seq,
    map: u64,
}

impl Moment {
    /// Now.
    pub fn of(atlas: &super::atlas::Atlas) -> Moment {
        Moment { seq: atlas.seq(), map: atlas.state() }
    }
}

#[derive(Debug)]
struct Kept {
    question: String,
    answer: Arc<dyn Any + Send + Sync>,
    bytes: usize,
}

#[derive(Debug, Default)]
struct Answers {
    moment: Moment,
    bytes: usize,
    /// What was asked for last is last.
    all: VecDeque<Kept>,
}

/// What was made.
#[derive(Debug, Default)]
pub struct Made {
    answers: Mutex<Answers>,
    /// What is made of words and areas alone, one of each name.
    of_worlds: Mutex<BTreeMap<&'static str, OfWorld>>,
}

struct OfWorld(Arc<World>, Arc<dyn Any + Send + Sync>);

impl fmt::Debug for OfWorld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OfWorld(…)")
    }
}

impl Made {
    /// What was made under this name of the words and the areas of a world, where they are the same still.
    pub fn of_world<T: Any + Send + Sync>(&self, name: &'static str, world: &World) -> Option<Arc<T>> {
        let kept = self.of_worlds.lock().unwrap_or_else(PoisonError::into_inner);
        let OfWorld(_, made) = kept.get(name).filter(|OfWorld(then, _)| then.has_words_of(world))?;
        Arc::clone(made).downcast().ok()
    }

    /// Keeps what was made of a world, taken before what it was made of was read.
    pub fn put_of_world<T: Any + Send + Sync>(
        &self,
        name: &'static str,
        world: Arc<World>,
        made: T,
    ) -> Arc<T> {
        let made = Arc::new(made);
        let mut kept = self.of_worlds.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(name, OfWorld(world, Arc::clone(&made) as _));
        made
    }

    /// What was made for this question, where nothing changed since.
    pub fn get<T: Any + Send + Sync>(&self, now: Moment, question: &str) -> Option<Arc<T>> {
        let mut answers = self.of(now)?;
        let at = answers.all.iter().position(|kept| kept.question == question)?;
        let kept = answers.all.remove(at)?;
        let answer = Arc::clone(&kept.answer).downcast().ok();
        answers.all.push_back(kept);
        answer
    }

    /// Keeps what was made of a state, of so many bytes.
    pub fn put<T: Any + Send + Sync>(
        &self,
        then: Moment,
        question: String,
        answer: T,
        bytes: usize,
    ) -> Arc<T> {
        let answer = Arc::new(answer);
        if let Some(mut answers) =
            self.of(then).filter(|_| question.len() <= LONGEST && bytes <= MOST_BYTES / 4)
        {
            answers.all.retain(|kept| kept.question != question);
            let bytes = bytes + question.len();
            answers.all.push_back(Kept { question, answer: Arc::clone(&answer) as _, bytes });
            answers.bytes = answers.all.iter().map(|kept| kept.bytes).sum();
            while answers.bytes > MOST_BYTES || answers.all.len() > MOST {
                let Some(oldest) = answers.all.pop_front() else { break };
                answers.bytes -= oldest.bytes;
            }
        }
        answer
    }

    /// The answers of a state; nothing where a later one has answers already.
    fn of(&self, moment: Moment) -> Option<MutexGuard<'_, Answers>> {
        // A panic of another thread left the answers whole, or without one.
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if answers.moment != moment {
            // A map that was read anew after a restore may be at an earlier line.
            if moment.map < answers.moment.map {
                return None;
            }
            *answers = Answers { moment, ..Answers::default() };
        }
        Some(answers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment { seq: 7, map: 3 };

    #[test]
    fn what_was_made_is_given_again_until_anything_changes() {
        let made = Made::default();
        assert_eq!(made.get::<String>(NOW, "figures"), None);
        made.put(NOW, "figures".into(), "twelve".to_owned(), 6);
        assert_eq!(made.get::<String>(NOW, "figures").as_deref().map(String::as_str), Some("twelve"));
        assert_eq!(made.get::<String>(NOW, "other"), None);
        assert_eq!(made.get::<u64>(NOW, "figures"), None, "of another sort");
        let later = Moment { seq: 8, ..NOW };
        assert_eq!(made.get::<String>(later, "figures"), None);
        made.put(later, "figures".into(), "thirteen".to_owned(), 8);
        assert_eq!(made.get::<String>(later, "figures").as_deref().map(String::as_str), Some("thirteen"));
        let restored = Moment { seq: 2, map: 4 };
        assert_eq!(made.get::<String>(restored, "figures"), None);
    }

    #[test]
    fn what_took_long_and_is_old_by_now_is_answered_and_not_kept() {
        let made = Made::default();
        let later = Moment { seq: 8, map: 4 };
        made.put(later, "new".into(), 1u64, 8);
        assert_eq!(*made.put(NOW, "old".into(), 2u64, 8), 2);
        assert_eq!(made.get::<u64>(later, "old"), None);
        assert_eq!(made.get::<u64>(later, "new").as_deref(), Some(&1), "and nothing newer is lost for it");
    }

    #[test]
    fn it_is_bounded_and_what_nobody_asks_for_goes_first() {
        let made = Made::default();
        for n in 0..MOST as u64 + 50 {
            made.put(NOW, format!("q{n}"), n, 10);
            made.get::<u64>(NOW, "q0");
        }
        assert_eq!(made.get::<u64>(NOW, "q0").as_deref(), Some(&0), "it is asked for all the time");
        assert_eq!(made.get::<u64>(NOW, "q1"), None);
        for n in 0..9u64 {
            made.put(NOW, format!("large{n}"), n, MOST_BYTES / 4);
        }
        let held = made.answers.lock().unwrap();
        assert!(held.bytes <= MOST_BYTES && held.all.len() < 5, "{} {}", held.bytes, held.all.len());
        drop(held);
        made.put(NOW, "too large".into(), 1u64, MOST_BYTES / 2);
        made.put(NOW, "x".repeat(LONGEST + 1), 1u64, 1);
        assert_eq!(made.get::<u64>(NOW, "too large"), None);
        assert_eq!(made.get::<u64>(NOW, &"x".repeat(LONGEST + 1)), None);
    }
}
