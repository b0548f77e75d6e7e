//! How many things one address, and all of them together, may have open at a time: live streams, bodies that arrive, connections.
//!
//! What it is not: a rate (`accounts::limits`), nor an identity: many people share an address, so that the bounds are wide.
//!
//! Invariant: no address is kept. What stands for one is a digest under a key that is drawn when the server starts, and it is forgotten
//! with the last thing that the address has open.

use super::household;
use crate::base::error::{Error, Result};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Bounds on what is open at a time, in whatever unit is counted.
#[derive(Debug)]
pub struct Crowd {
    most: usize,
    most_of_one: usize,
    keys: RandomState,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    all: usize,
    by_address: HashMap<u64, usize>,
}

/// Something that is open: given back when it is dropped.
#[derive(Debug)]
pub struct Seat {
    crowd: Arc<Crowd>,
    key: Option<u64>,
    size: usize,
}

impl Crowd {
    /// At most so many in all, and so many of one address.
    pub fn new(most: usize, most_of_one: usize) -> Arc<Crowd> {
        Arc::new(Crowd { most, most_of_one, keys: RandomState::new(), open: Mutex::default() })
    }

    /// A place for `size` of them. An address that is not known counts in all alone.
    ///
    /// # Errors
    /// [`Error::Later`] where the address has too much open, [`Error::Unavailable`] where all together have.
    pub fn enter(self: &Arc<Crowd>, address: Option<IpAddr>, size: usize) -> Result<Seat> {
        let key = address.map(|address| self.keys.hash_one(household(address).to_string()));
        let mut place = Seat { crowd: Arc::clone(self), key, size: 0 };
        place.grow(size)?;
        Ok(place)
    }

    /// How many are open in all.
    pub fn len(&self) -> usize {
        self.open().all
    }

    /// Whether nothing is open.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn open(&self) -> std::sync::MutexGuard<'_, Open> {
        // A panic of another thread left at worst a count that is one too high.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// Makes the place larger.
    ///
    /// # Errors
    /// Those of [`Crowd::enter`]; the place is then as large as before.
    pub fn grow(&mut self, size: usize) -> Result<()> {
        let mut open = self.crowd.open();
        if open.all + size > self.crowd.most {
            return Err(Error::Unavailable);
        }
        if let Some(key) = self.key {
            let own = open.by_address.entry(key).or_default();
            if *own + size > self.crowd.most_of_one {
                return Err(Error::Later(Duration::from_secs(10)));
            }
            *own += size;
        }
        open.all += size;
        drop(open);
        self.size += size;
        Ok(())
    }

    /// Makes the place smaller.
    pub fn shrink(&mut self, size: usize) {
        let size = size.min(self.size);
        self.size -= size;
        self.give_back(size);
    }

    fn give_back(&self, size: usize) {
        let mut open = self.crowd.open();
        open.all -= size;
        if let Some(key) = self.key
            && let Some(own) = open.by_address.get_mut(&key)
        {
            *own -= size;
            if *own == 0 {
                open.by_address.remove(&key);
            }
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.give_back(self.size);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_its_share_all_have_theirs_and_what_is_closed_is_given_back() {
        let crowd = Crowd::new(5, 3);
        let (here, there) = (Some([192, 0, 2, 1].into()), Some([192, 0, 2, 2].into()));
        let mut first = crowd.enter(here, 2).unwrap();
        let second = crowd.enter(here, 1).unwrap();
        assert!(matches!(crowd.enter(here, 1), Err(Error::Later(_))));
        assert!(matches!(first.grow(1), Err(Error::Later(_))));
        let other = crowd.enter(there, 2).unwrap();
        assert!(matches!(crowd.enter(there, 1), Err(Error::Unavailable)));
        assert!(matches!(crowd.enter(None, 1), Err(Error::Unavailable)));
        drop(second);
        first.grow(1).unwrap();
        first.shrink(2);
        assert_eq!((crowd.len(), first.size), (3, 1));
        first.grow(2).unwrap();
        drop((first, other));
        assert!(crowd.is_empty() && crowd.open().by_address.is_empty(), "nothing is kept of an address");
    }

    #[test]
    fn the_addresses_of_one_household_are_one() {
        let crowd = Crowd::new(9, 1);
        let _one = crowd.enter(Some("2001:db8::1".parse().unwrap()), 1).unwrap();
        assert!(crowd.enter(Some("2001:db8::2".parse().unwrap()), 1).is_err());
    }
}
