//! Reference tables built in: countries and cities, units, roles, names. Read-only, without any text of an article.
