//! What texts on disk attest as sources, each by itself.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;

use super::Problem;
use super::sources::SourceReader;
use crate::corpus::Facts;

/// What each article of some files attests. One that gives no day is taken to be of `as_of`.
pub fn read_facts(files: &[PathBuf], as_of: Option<Date>) -> Vec<Result<Facts, Problem>> {
    let folders = files.iter().filter_map(|file| file.parent()).map(Path::to_owned).collect();
    // What is wrong with a list of sources is for who checks against them.
    let reader = SourceReader::beside(&folders, &mut Vec::new()).0.dated(as_of);
    files.par_iter().flat_map_iter(|file| reader.all(file)).collect()
}
