//! Open311 GeoReport v2: the doors by which programs of other organisations read reports, and send some.
//!
//! What it is not: another road for reports. What comes in here is received as a resident's is (`treating`), and what goes out is what
//! everybody reads. Invariants: what is not public is not there (404); no address, name or telephone number of a person is kept or
//! given out; nothing that was sent is fetched; every answer, errors among them, is in the format that was asked for.

mod asked;
mod discovery;
mod doc;
mod refused;
mod requests;
mod send;
mod services;
mod store;
#[cfg(test)]
pub(super) mod tests;
mod updates;

use crate::civic::accounts::Access::{Everyone, Key};
use crate::civic::accounts::{Limit, LimitRow, Period, Rate, Routes};
pub(super) use refused::TELLER;

/// Reports and updates from other programs. Each key has its own quota beside (`civic/keys`).
pub(super) const LIMIT: Limit = Limit(&LimitRow {
    word: "open311",
    rate: Rate { count: 120, period: Period::Minute },
    makes_visitors: false,
});

pub(super) fn routes() -> Routes {
    // Those that read come last: of an address that takes both, the door for other sites' scripts is theirs.
    let acts = ["/open311/v2/requests.xml", "/open311/v2/requests.json"]
        .into_iter()
        .fold(Routes::new(), |routes, path| routes.post(path, Key, send::receive).limited(LIMIT).creates())
        .post("/open311/v2/servicerequestupdates.xml", Key, updates::receive)
        .limited(LIMIT)
        .post("/open311/v2/servicerequestupdates.json", Key, updates::receive)
        .limited(LIMIT);
    acts.and(reads())
}

fn reads() -> Routes {
    Routes::new()
        .get("/open311/discovery.xml", Everyone, discovery::show)
        .get("/open311/discovery.json", Everyone, discovery::show)
        .get("/open311/v2/services.xml", Everyone, services::list)
        .get("/open311/v2/services.json", Everyone, services::list)
        .get("/open311/v2/services/{file}", Everyone, services::definition)
        .get("/open311/v2/requests.xml", Everyone, requests::list)
        .get("/open311/v2/requests.json", Everyone, requests::list)
        .get("/open311/v2/requests/{file}", Everyone, requests::one)
        .get("/open311/v2/tokens/{file}", Everyone, requests::token)
        .get("/open311/v2/servicerequestupdates.xml", Everyone, updates::list)
        .get("/open311/v2/servicerequestupdates.json", Everyone, updates::list)
        .open_to_other_sites()
}
