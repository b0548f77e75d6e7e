//! Tuples of Rust values as the arguments of a statement, on either database.
//!
//! Invariant: a value binds to `$1`, `$2`… in the order of the tuple; nothing is ever pasted into SQL text.

use crate::base::error::{Error, Result};
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgArguments, PgRow, PgTypeInfo};
use sqlx::sqlite::{SqliteArguments, SqliteArgumentsBuffer, SqliteRow, SqliteTypeInfo};
use sqlx::{Arguments, Encode, FromRow, Postgres, Sqlite, Type};

/// A value that both databases can store.
///
/// The lifetime is how long the value lives: long enough to be copied into the arguments, no longer.
pub trait Argument<'q>: Send {
    /// Appends the value to SQLite's arguments.
    ///
    /// # Errors
    /// Where the value cannot be encoded.
    fn add_sqlite(self, to: &mut SqliteArguments) -> Result<(), BoxDynError>;
    /// Appends the value to PostgreSQL's arguments.
    ///
    /// # Errors
    /// Where the value cannot be encoded.
    fn add_postgres(self, to: &mut PgArguments) -> Result<(), BoxDynError>;
}

impl<'q, T> Argument<'q> for T
where
    T: Encode<'q, Sqlite> + Type<Sqlite> + Encode<'q, Postgres> + Type<Postgres> + Send,
{
    fn add_sqlite(self, to: &mut SqliteArguments) -> Result<(), BoxDynError> {
        to.add(self)
    }
    fn add_postgres(self, to: &mut PgArguments) -> Result<(), BoxDynError> {
        to.add(self)
    }
}

/// A row that both databases can give back.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<R> Row for R where R: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// A tuple of [`Argument`]s.
pub trait Args<'q>: Send {
    /// How many values one tuple binds.
    const LEN: usize;
    /// Appends each value, in order.
    ///
    /// # Errors
    /// Where a value cannot be encoded.
    fn add_to_sqlite(self, to: &mut SqliteArguments) -> Result<(), BoxDynError>;
    /// Appends each value, in order.
    ///
    /// # Errors
    /// Where a value cannot be encoded.
    fn add_to_postgres(self, to: &mut PgArguments) -> Result<(), BoxDynError>;
}

macro_rules! tuples {
    ($(($($name:ident)*))*) => {$(
        #[allow(non_snake_case)]
        impl<'q, $($name: Argument<'q>),*> Args<'q> for ($($name,)*) {
            const LEN: usize = [$(stringify!($name)),*].len();
            #[allow(unused_variables)]
            fn add_to_sqlite(self, to: &mut SqliteArguments) -> Result<(), BoxDynError> {
                let ($($name,)*) = self;
                $($name.add_sqlite(to)?;)*
                Ok(())
            }
            #[allow(unused_variables)]
            fn add_to_postgres(self, to: &mut PgArguments) -> Result<(), BoxDynError> {
                let ($($name,)*) = self;
                $($name.add_postgres(to)?;)*
                Ok(())
            }
        }
    )*};
}

impl Args<'_> for () {
    const LEN: usize = 0;
    fn add_to_sqlite(self, _: &mut SqliteArguments) -> Result<(), BoxDynError> {
        Ok(())
    }
    fn add_to_postgres(self, _: &mut PgArguments) -> Result<(), BoxDynError> {
        Ok(())
    }
}

tuples! {
    (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H)
    (A B C D E F G H I) (A B C D E F G H I J) (A B C D E F G H I J K) (A B C D E F G H I J K L)
    (A B C D E F G H I J K L M) (A B C D E F G H I J K L M N) (A B C D E F G H I J K L M N O)
    (A B C D E F G H I J K L M N O P) (A B C D E F G H I J K L M N O P Q)
    (A B C D E F G H I J K L M N O P Q R) (A B C D E F G H I J K L M N O P Q R S)
    (A B C D E F G H I J K L M N O P Q R S T)
}

pub(super) fn sqlite<'q, A: Args<'q>>(args: A) -> Result<SqliteArguments> {
    let mut to = SqliteArguments::default();
    args.add_to_sqlite(&mut to).map_err(|e| Error::from(sqlx::Error::Encode(e)))?;
    Ok(to)
}

pub(super) fn postgres<'q, A: Args<'q>>(args: A) -> Result<PgArguments> {
    let mut to = PgArguments::default();
    args.add_to_postgres(&mut to).map_err(|e| Error::from(sqlx::Error::Encode(e)))?;
    Ok(to)
}

/// A list of ids as one argument: `where id in (select value from json_each($1))` on SQLite, `where id = any($1)` on
/// PostgreSQL (see [`super::by`]).
#[derive(Debug, Clone, Copy)]
pub struct Ids<'a>(pub &'a [i64]);

impl Type<Sqlite> for Ids<'_> {
    fn type_info() -> SqliteTypeInfo {
        <String as Type<Sqlite>>::type_info()
    }
}

impl Encode<'_, Sqlite> for Ids<'_> {
    fn encode_by_ref(&self, to: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        let mut json = String::with_capacity(self.0.len() * 8 + 2);
        json.push('[');
        for (at, id) in self.0.iter().enumerate() {
            if at > 0 {
                json.push(',');
            }
            json.push_str(&id.to_string());
        }
        json.push(']');
        <String as Encode<'_, Sqlite>>::encode(json, to)
    }
}

impl Type<Postgres> for Ids<'_> {
    fn type_info() -> PgTypeInfo {
        <Vec<i64> as Type<Postgres>>::type_info()
    }
}

impl Encode<'_, Postgres> for Ids<'_> {
    fn encode_by_ref(&self, to: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <&[i64] as Encode<'_, Postgres>>::encode_by_ref(&self.0, to)
    }
}
