//! The table of pledges: whose each row is, what erasing does, and how the register proves it.

use super::{PROMISES, store};
use crate::base::db::Answer;
use crate::base::error::Result;
use crate::base::media::Digest;
use crate::core::journal::Write;
use crate::core::personal_data::{Column, Erasing, Fate, Held, Person, Purpose, Rows, Table, Whose};

pub(super) const TABLES: &[Table] = &[PLEDGES, GROUNDS];

const GROUNDS: Table = Table {
    name: "ground",
    whose: Whose::Nobody,
    purpose: Purpose::NONE,
    erasing: Erasing::Stays,
    rows: Rows::Own,
    columns: &[
        Column::plain("id", Held::Free("a vocabulary: nobody said it")),
        Column::plain("slug", Held::Free("a vocabulary: nobody said it")),
        Column::plain("label", Held::Free("a vocabulary: nobody said it")),
        Column::plain("color", Held::Free("a vocabulary: nobody said it")),
    ],
};

const PLEDGES: Table = Table {
    name: "pledge",
    whose: Whose::Voice("author"),
    purpose: PROMISES,
    erasing: Erasing::By(erase),
    rows: Rows::Own,
    columns: &[
        Column::personal("body", Held::Said),
        Column::personal("id", Held::Line),
        Column::personal("feature_id", Held::Line),
        Column::personal("created_at", Held::Line),
        Column::personal("held", Held::Line),
        Column::personal("published_at", Held::Line),
        Column::personal(
            "author",
            Held::Free("who said it: signing in, erasing and retention change that lawfully"),
        ),
        Column::plain("seen_at", Held::Free("the order of a moderator's work; what they decide is held")),
    ],
};

fn erase<'a>(write: &'a mut Write, person: &'a Person, _fate: Fate) -> Answer<'a, Vec<Digest>> {
    Box::pin(erase_all(write, person))
}

async fn erase_all(write: &mut Write, person: &Person) -> Result<Vec<Digest>> {
    if let Some(voice) = person.voice {
        for id in store::of_author(write, voice).await? {
            store::empty(write, id).await?;
        }
    }
    Ok(Vec::new())
}
