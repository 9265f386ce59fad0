//! What `sarif/Cargo.toml` needs to be a package.
