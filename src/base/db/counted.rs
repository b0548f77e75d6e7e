//! The statements that a task sends, under test: a page that asks more the more there is to show does not pass.

use std::cell::RefCell;
use std::future::Future;

tokio::task_local! {
    static SENT: RefCell<Vec<&'static str>>;
}

/// Takes note of a statement, where somebody counts.
pub(super) fn note(sql: &'static str) {
    // Nobody counts.
    let _nobody = SENT.try_with(|sent| sent.borrow_mut().push(sql));
}

/// What a future gives, and the statements that it sent from its own task.
pub(crate) async fn counted<T>(work: impl Future<Output = T>) -> (T, Vec<&'static str>) {
    SENT.scope(RefCell::default(), async {
        let done = work.await;
        (done, SENT.with(RefCell::take))
    })
    .await
}
