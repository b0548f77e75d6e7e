//! One-time keys: a random number, when it was made, and the class of acts that it is for, under a MAC that only this instance can make.
//! Nothing of a key is stored before it is used.

use crate::base::clock::Timestamp;
use crate::base::ids::Visitor;
use axum_extra::extract::cookie::Key;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::sync::Arc;

/// The random part of a key: all forms of one page have the same.
pub(super) type Nonce = [u8; 16];

/// Nonce, minutes since 1970 and MAC, in bytes.
const LENGTH: usize = 16 + 4 + 16;

/// For how long a key says who acts, in hours.
const VISITOR_HOURS: u32 = 24;

/// For how long a used key is remembered, in days: an older one is no key.
pub(super) const KEPT_DAYS: u32 = 15;

/// Makes keys and knows them again. Cheap to clone.
#[derive(Clone)]
pub struct Keys(Arc<[u8; 64]>);

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// A key that was read: ours, and not too old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ProcessRules {
    pub(super) nonce: Nonce,
    /// Whether it still says who acts.
    pub(super) is_fresh: bool,
}

impl Keys {
    /// Of this instance: every server on one database makes and knows the same.
    pub fn new(key: &Key) -> Keys {
        // HMAC pads a short key with zeros up to the block of the hash.
        let mut block = [0u8; 64];
        for (byte, key) in block.iter_mut().zip(key.signing()) {
            *byte = *key;
        }
        Keys(Arc::new(block))
    }

    fn mac(&self, purpose: &str, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new(&(*self.0).into());
        mac.update(b"parvis once ");
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            // Lengths first: no two lists of parts read the same.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac
    }

    pub(super) fn make(&self, class: &str, nonce: &Nonce, now: Timestamp) -> String {
        let minutes = minutes(now).to_be_bytes();
        let mac = self.mac("key", &[class.as_bytes(), nonce, &minutes]).finalize().into_bytes();
        hex(nonce.iter().chain(&minutes).chain(mac.iter().take(16)))
    }

    /// A fresh key, as a page would have it.
    #[cfg(test)]
    pub(crate) fn fresh(&self, class: &str) -> String {
        self.make(class, uuid::Uuid::new_v4().as_bytes(), crate::base::clock::now())
    }

    pub(super) fn read(&self, class: &str, text: &str, now: Timestamp) -> Option<ProcessRules> {
        let bytes = bytes(text)?;
        let (nonce, rest) = bytes.split_first_chunk::<16>()?;
        let (made, mac) = rest.split_first_chunk::<4>()?;
        self.mac("key", &[class.as_bytes(), nonce, made]).verify_truncated_left(mac).ok()?;
        let age = minutes(now).saturating_sub(u32::from_be_bytes(*made));
        let is_fresh = age < VISITOR_HOURS * 60;
        (mac.len() == 16 && age < (KEPT_DAYS - 1) * 24 * 60)
            .then_some(ProcessRules { nonce: *nonce, is_fresh })
    }

    /// The visitor that who acts with this key becomes.
    pub(super) fn visitor(&self, nonce: &Nonce) -> Visitor {
        let digest = self.mac("visitor", &[nonce]).finalize().into_bytes();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        Visitor(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }

    /// A digest that says nothing to who lacks this instance's key, as hexadecimal digits.
    pub(super) fn digest(&self, purpose: &str, parts: &[&[u8]]) -> String {
        hex(self.mac(purpose, parts).finalize().into_bytes().iter())
    }
}

fn minutes(at: Timestamp) -> u32 {
    u32::try_from(at.timestamp().div_euclid(60)).unwrap_or(0)
}

fn hex<'a>(bytes: impl Iterator<Item = &'a u8>) -> String {
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let is_one = text.len() == LENGTH * 2 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let pairs = (0..LENGTH).map(|at| u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok());
    if is_one { pairs.collect() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_key_is_known_for_its_own_class_of_acts_and_for_a_while() {
        let keys = Keys::new(&Key::from(&[7; 64]));
        let made = at("2026-05-01T12:00:00Z");
        let key = keys.make("vote", &[9; 16], made);
        let known = |class, now| keys.read(class, &key, at(now));
        assert_eq!(
            known("vote", "2026-05-02T11:59:00Z"),
            Some(ProcessRules { nonce: [9; 16], is_fresh: true })
        );
        assert_eq!(
            known("vote", "2026-05-02T12:00:00Z"),
            Some(ProcessRules { nonce: [9; 16], is_fresh: false })
        );
        assert_eq!(known("vote", "2026-05-15T12:00:00Z"), None, "its row may be gone");
        assert_eq!(known("argue", "2026-05-01T12:00:00Z"), None, "it is for another act");
        assert_eq!(Keys::new(&Key::from(&[8; 64])).read("vote", &key, made), None, "another instance's");
        for n in 0..key.len() {
            let mut other = key.clone().into_bytes();
            other[n] = if other[n] == b'0' { b'1' } else { b'0' };
            assert_eq!(keys.read("vote", &String::from_utf8(other).unwrap(), made), None, "{n}");
        }
        for bad in ["", "é", &key[..70], &format!("{key}00"), &"é".repeat(36)] {
            assert_eq!(keys.read("vote", bad, made), None, "{bad}");
        }
    }

    #[test]
    fn all_forms_of_a_page_lead_to_one_visitor_and_another_page_to_another() {
        let keys = Keys::new(&Key::from(&[7; 64]));
        assert_eq!(keys.visitor(&[9; 16]), keys.visitor(&[9; 16]));
        assert_ne!(keys.visitor(&[9; 16]), keys.visitor(&[8; 16]));
        assert_ne!(keys.visitor(&[9; 16]).0.as_bytes(), &[9; 16], "who reads the page cannot work it out");
    }
}
