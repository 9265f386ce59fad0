//! Who holds an office that one person alone holds.

use super::TitleAttestation;
use crate::gazetteer::nations::{NationWord, nation};
use crate::gazetteer::roles::has_one_holder;
use crate::reader::{Status, Title};

/// Asks who holds an office of a country.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfficeQuestion {
    pub role: String,
    /// ISO 3166, two letters.
    pub country: String,
}

impl OfficeQuestion {
    /// What a title of the draft raises; nothing where several may hold it, or where it is of no country as a whole.
    pub fn about(title: &Title) -> Option<Self> {
        if title.status != Status::Current || !has_one_holder(&title.role) {
            return None;
        }
        let country = nation(title.of.as_deref()?).filter(|nation| matches!(nation.by, NationWord::Name | NationWord::Demonym))?;
        Some(Self { role: title.role.clone().into_owned(), country: country.code.to_owned() })
    }
}

/// Somebody holding an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeHolding {
    pub person: String,
    pub title: TitleAttestation,
}
