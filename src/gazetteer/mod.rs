//! Reference tables built in: countries and cities, units, roles, names. Read-only, without any text of an article.

pub mod nations;
pub mod phrases;
pub mod roles;
