//! Codes of units, countries and fates as they are written down, and back to the tables' own: for values that hold a code and are stored.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};

use super::units::Unit;

/// A code that a table has. By this name serde doesn't take it for a piece of what it reads.
pub type Code = &'static str;

/// A unit of the table.
pub type Measure = &'static Unit;

/// Reads a code that may be missing.
fn read<'de, D: Deserializer<'de>, T>(reader: D, what: &str, find: impl Fn(&str) -> Option<T>) -> Result<Option<T>, D::Error> {
    let code = Option::<String>::deserialize(reader)?;
    code.map(|code| find(&code).ok_or_else(|| D::Error::custom(format!("there is no {what} `{code}`")))).transpose()
}

fn write<S: Serializer>(code: Option<&str>, writer: S) -> Result<S::Ok, S::Error> {
    match code {
        Some(code) => writer.serialize_some(code),
        None => writer.serialize_none(),
    }
}

macro_rules! coded {
    ($($(#[$doc:meta])* $module:ident: $held:ty, $what:literal, $code:expr, $find:expr;)*) => {$(
        $(#[$doc])*
        pub mod $module {
            use super::{Deserializer, Serializer};

            /// # Errors
            /// The writer's own.
            pub fn serialize<S: Serializer>(held: &Option<$held>, writer: S) -> Result<S::Ok, S::Error> {
                super::write(held.map($code), writer)
            }

            /// # Errors
            /// The reader's own, and a code that no table has.
            pub fn deserialize<'de, D: Deserializer<'de>>(reader: D) -> Result<Option<$held>, D::Error> {
                super::read(reader, $what, $find)
            }
        }
    )*};
}

coded! {
    /// A canonical unit, or a currency.
    unit: super::Code, "unit", |code| code, |code| crate::gazetteer::units::FigureTables::get().code(code);
    /// A unit as it is written, by its name.
    measure: super::Measure, "measure", |unit| unit.name, |name| crate::gazetteer::units::FigureTables::get().unit(name);
    /// A country: ISO 3166, two letters.
    country: super::Code, "country", |code| code, crate::gazetteer::nations::country_code;
    /// What became of people.
    fate: super::Code, "fate", |fate| fate, |fate| crate::gazetteer::terms::TermTables::get().known_fate(fate);
}
