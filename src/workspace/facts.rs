//! What texts on disk attest as sources, each by itself.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;

use super::Problem;
use super::sources::{listings, read_source};
use crate::corpus::Facts;

/// What each of some files attests. One that gives no day is taken to be of `as_of`.
pub fn read_facts(files: &[PathBuf], as_of: Option<Date>) -> Vec<Result<Facts, Problem>> {
    let folders = files.iter().filter_map(|file| file.parent()).map(Path::to_owned).collect();
    // What is wrong with a list of sources is for who checks against them.
    let (listings, _) = listings(&folders, &mut Vec::new());
    files.par_iter().map(|file| read_source(file, &listings, as_of)).collect()
}
