//! Pictures that people send: checked, turned upright, made small, stripped of everything but what is seen, and kept.
//!
//! What it is: files as they arrive ([`Arriving`]), bytes in, two JPEG sizes out ([`Picture::read`]), and the place where these lie
//! ([`Store`]). What it is not:
//! who sent a picture and what it belongs to (`features::photos`), nor its address (`photos`).
//!
//! Invariant: what leaves this room was drawn anew, pixel by pixel. Nothing of the file that came in is ever kept or served, so
//! that no camera's words on place, time or person, and no trick on a decoder, reach anybody.

mod arriving;
mod cover;
mod emblem;
mod mark;
mod named;
mod picture;
mod store;
#[cfg(test)]
mod tests;
mod waiting;

pub use arriving::{Arriving, TELLING};
pub use cover::{Frame, STEPS};
pub use emblem::Emblem;
pub use mark::{SIDE as MARK_SIDE, Unmarked, mark};
pub use named::{NAMED, Named, plain_name};
pub use picture::{FILE, LARGE, LEAST, PIXELS, Picture, Refusal, SIDE, SMALL};
pub use store::{Digest, Size, Store, refused};
