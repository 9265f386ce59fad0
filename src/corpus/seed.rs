//! The built-in seed corpus: briefs compiled into the program, so that a newcomer gets answers without configuring anything.

/// File names and texts of the built-in briefs, and the `sources.toml` that goes with them.
pub fn seed_sources() -> (&'static [(&'static str, &'static str)], &'static str) {
    (BRIEFS, include_str!("../../corpus/sources.toml"))
}

macro_rules! briefs {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../corpus/", $name)))),+]
    };
}

static BRIEFS: &[(&str, &str)] = briefs![
    "000_eb04544b6b133af9.md",
    "001_5f20617c4fac4dcb.md",
    "002_f9064b7e8a2e325d.md",
    "003_57ed605c8f7c619d.md",
    "004_c0ddea2ff2f0b76e.md",
];
