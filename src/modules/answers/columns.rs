//! The answers that hold, as columns of files and of the API: what an answer says and who signs, never who wrote it.

use crate::base::db::{Answer as Future, Db};
use crate::civic::contributions::answers::{self, Answer};
use crate::civic::contributions::columns::{Cell, Cells, Columns};

/// The columns, before the last three that every contribution has.
pub(super) const ANSWER: Columns = Columns {
    order: -10,
    object: Some("answer"),
    names: &[
        "answer_verdict",
        "answer_text",
        "answer_motive",
        "answer_link",
        "answer_authority",
        "answer_date",
    ],
    read,
};

fn read<'a>(db: &'a Db, ids: &'a [i64]) -> Future<'a, Cells> {
    Box::pin(async move {
        let standing = answers::standing(db, ids).await?;
        Ok(standing.into_iter().map(|(id, answer)| (id, cells(answer))).collect())
    })
}

fn cells(answer: Answer) -> Vec<Cell> {
    let verdict = answer.verdict.word();
    vec![
        Cell::Word(verdict, format!("verdict-{verdict}")),
        Cell::Text(answer.body),
        Cell::Text(answer.motive),
        Cell::Link(answer.link),
        Cell::Text(answer.authority),
        Cell::At(answer.answered_at),
    ]
}
