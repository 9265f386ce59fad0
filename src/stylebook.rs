//! What the desk has decided: it outranks the corpus.

/// The desk's decisions.
#[derive(Clone, Debug, Default)]
pub struct Stylebook {}
