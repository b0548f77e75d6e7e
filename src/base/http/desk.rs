//! Whether the page that is being made is for somebody with a role: its header then leads to the desk. Every page says so by
//! `base.html`, without a field of its own; who reads is found by the room of people (`accounts`), which says it here.

use std::cell::Cell;
use std::future::Future;

tokio::task_local! {
    static HAS_DESK: Cell<bool>;
}

/// Runs what makes an answer, which may say whether its reader has a role.
pub async fn with_desk_said<F: Future>(answer: F) -> F::Output {
    HAS_DESK.scope(Cell::new(false), answer).await
}

/// Says whether the reader has a role. Nothing happens outside of [`with_desk_said`].
pub fn say_desk(has_role: bool) {
    // Outside there is no page to be told.
    let _nobody_asked = HAS_DESK.try_with(|said| said.set(has_role));
}

/// Whether the reader has a role, for the header of a page.
pub fn has_desk() -> bool {
    HAS_DESK.try_with(Cell::get).unwrap_or(false)
}
