//! Words of lists: one macro for an enum whose values are words in the database, in addresses, in forms and in settings ([`words`]),
//! and one that makes the rows of a list that modules add to the same ([`rows`]).
//!
//! Invariant: a word is written once; what is read and is none of the list is told, or kept as unread ([`Read`]), never taken for another.

use sqlx::error::BoxDynError;
use sqlx::{Database, Decode, Type};

/// A value of a closed list.
pub trait Word: Copy + Sized + 'static {
    /// The word of a value.
    fn word(self) -> &'static str;
    /// The value of a word.
    fn of_word(word: &str) -> Option<Self>;
}

/// Declares closed lists: `words! { /// What it is. Name { /// What this is. Value = "word", } }`.
macro_rules! words {
    ($($(#[$doc:meta])* $vis:vis $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        $vis enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)* }

        #[allow(dead_code)] // What every list has, whether or not all of it is asked for.
        impl $name {
            /// Every value, in the order in which people see them.
            $vis const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The word used in the database, in addresses, forms and settings.
            $vis fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The number used in the live map's columns.
            $vis fn code(self) -> u32 {
                self as u32
            }

            /// The value of a word.
            $vis fn of_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }

        impl $crate::base::words::Word for $name {
            fn word(self) -> &'static str {
                $name::word(self)
            }
            fn of_word(word: &str) -> Option<Self> {
                $name::of_word(word)
            }
        }

        impl clap::ValueEnum for $name {
            fn value_variants<'a>() -> &'a [Self] {
                Self::ALL
            }
            fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
                Some(clap::builder::PossibleValue::new($name::word(*self)))
            }
        }

        $crate::base::words::kept_as_word!($name);
    )*};
}

/// Makes a row of a list that modules add to what a value of a closed list is: a word in the database, in addresses, forms and settings,
/// and a number in the live map's columns. `rows! { Name, crate::modules::all_of_them; }`, where `Name(pub &'static NameRow)` has a
/// row with a `word`.
macro_rules! rows {
    ($($name:ident, $all:path;)*) => {$(
        #[allow(dead_code)] // What every list has, whether or not all of it is asked for.
        impl $name {
            /// Every value, in the order in which people see them.
            pub fn all() -> &'static [$name] {
                $all()
            }

            /// The word used in the database, in addresses, forms and settings.
            pub fn word(self) -> &'static str {
                self.0.word
            }

            /// The number used in the live map's columns: the same as long as the program runs.
            pub fn code(self) -> u32 {
                // Few: a search is quicker than a table. By their words: rows hold lists, and every feature that is read asks.
                let at = $all().iter().position(|value| value.word() == self.word());
                at.and_then(|at| u32::try_from(at).ok()).unwrap_or(u32::MAX)
            }

            /// The value of a word.
            pub fn of_word(word: &str) -> Option<Self> {
                $all().iter().copied().find(|value| value.word() == word)
            }
        }

        impl $crate::base::words::Word for $name {
            fn word(self) -> &'static str {
                $name::word(self)
            }
            fn of_word(word: &str) -> Option<Self> {
                $name::of_word(word)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.word().hash(state);
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.code().cmp(&other.code())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.word())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word: std::borrow::Cow<'_, str> = serde::Deserialize::deserialize(from)?;
                let unknown = || serde::de::Error::custom(format!("« {word} » is no {}", stringify!($name)));
                $name::of_word(&word).ok_or_else(unknown)
            }
        }

        impl clap::ValueEnum for $name {
            fn value_variants<'a>() -> &'a [Self] {
                $all()
            }
            fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
                Some(clap::builder::PossibleValue::new(self.word()))
            }
        }

        $crate::base::words::kept_as_word!($name);
    )*};
}

/// A value that the database keeps as its word.
macro_rules! kept_as_word {
    ($name:ident) => {
        impl<DB: sqlx::Database> sqlx::Type<DB> for $name
        where
            str: sqlx::Type<DB>,
        {
            fn type_info() -> DB::TypeInfo {
                <str as sqlx::Type<DB>>::type_info()
            }
            fn compatible(of: &DB::TypeInfo) -> bool {
                <str as sqlx::Type<DB>>::compatible(of)
            }
        }

        impl<'q, DB: sqlx::Database> sqlx::Encode<'q, DB> for $name
        where
            &'q str: sqlx::Encode<'q, DB>,
        {
            fn encode_by_ref(
                &self,
                to: &mut DB::ArgumentBuffer,
            ) -> Result<sqlx::encode::IsNull, sqlx::error::BoxDynError> {
                <&'q str as sqlx::Encode<'q, DB>>::encode($name::word(*self), to)
            }
        }

        impl<'r, DB: sqlx::Database> sqlx::Decode<'r, DB> for $name
        where
            &'r str: sqlx::Decode<'r, DB>,
        {
            fn decode(value: DB::ValueRef<'r>) -> Result<Self, sqlx::error::BoxDynError> {
                let word = <&'r str as sqlx::Decode<'r, DB>>::decode(value)?;
                $name::of_word(word).ok_or_else(|| format!("« {word} » is no {}", stringify!($name)).into())
            }
        }
    };
}

pub(crate) use {kept_as_word, rows, words};

/// A word as it was read, for whoever must go on where it is of no list that they know: another version of the program wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read<W>(pub Option<W>);

impl<DB: Database, W> Type<DB> for Read<W>
where
    str: Type<DB>,
{
    fn type_info() -> DB::TypeInfo {
        <str as Type<DB>>::type_info()
    }
    fn compatible(of: &DB::TypeInfo) -> bool {
        <str as Type<DB>>::compatible(of)
    }
}

impl<'r, DB: Database, W: Word> Decode<'r, DB> for Read<W>
where
    &'r str: Decode<'r, DB>,
{
    fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
        <&'r str as Decode<'r, DB>>::decode(value).map(|word| Read(W::of_word(word)))
    }
}

#[cfg(test)]
mod tests {
    words! {
        /// A test's.
        Sort {
            /// One.
            One = "one",
            /// Another.
            NotOne = "not_one",
        }
    }

    #[test]
    fn a_word_is_the_same_in_rust_in_json_and_back() {
        for sort in Sort::ALL {
            assert_eq!(Sort::of_word(sort.word()), Some(*sort));
            assert_eq!(serde_json::to_value(sort).unwrap(), sort.word());
            assert_eq!(serde_json::from_value::<Sort>(sort.word().into()).unwrap(), *sort);
        }
        assert_eq!(Sort::of_word("two"), None);
        assert_eq!(Sort::NotOne.code(), 1);
    }
}
