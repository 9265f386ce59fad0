//! What the commands print, as transcripts that a person reads: `tests/transcripts/NAME.trycmd` has the commands and what comes of them,
//! `NAME.in` the folder that they run in, and `NAME.out`, where there is one, what it is to look like afterwards. Then they run in a copy.
//! `TRYCMD=overwrite cargo test --test transcripts` writes them anew; with `-- commands trycmd=NAME` only those of that name run.

#[test]
fn commands_print_what_the_transcripts_have() {
    // The built-in sources are laid down in the user's cache.
    let cache = tempfile::tempdir().expect("a temporary folder");
    let cases = trycmd::TestCases::new();
    cases.env("XDG_CACHE_HOME", cache.path().to_string_lossy()).env("COLUMNS", "80").env("NO_COLOR", "1");
    cases.case("tests/transcripts/*.trycmd").run();
}
