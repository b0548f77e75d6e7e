//! Pledges of the demonstration.

use super::store;
use crate::base::db::Answer;
use crate::base::ids::Visitor;
use crate::civic::manifest::Seeded;
use crate::core::journal::Write;

pub(super) fn seed<'a>(write: &'a mut Write, seeded: &'a Seeded) -> Answer<'a, ()> {
    Box::pin(async {
        store::insert(
            write,
            seeded.features.first().copied(),
            "Je viens",
            Visitor(uuid::Uuid::from_u128(77)),
        )
        .await?;
        store::insert(write, None, "Je plante un arbre", Visitor(uuid::Uuid::from_u128(77))).await.map(drop)
    })
}
