//! Sorting more than fits into memory: runs that do are sorted and written aside, and read side by side at the end.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read as _, Seek as _, Write as _};

use rayon::slice::ParallelSliceMut as _;

use super::folder::Next;
use super::{ArchiveError, Result};

/// Records of so many bytes each, which sort as their bytes do.
pub(super) struct Sorter<const N: usize> {
    name: &'static str,
    most: usize,
    buffer: Vec<[u8; N]>,
    runs: Vec<File>,
}

impl<const N: usize> Sorter<N> {
    /// Holds so many records in memory at most.
    pub(super) const fn new(name: &'static str, most: usize) -> Self {
        Self { name, most, buffer: Vec::new(), runs: Vec::new() }
    }

    pub(super) fn push(&mut self, record: [u8; N], next: &Next) -> Result<()> {
        self.buffer.push(record);
        if self.buffer.len() >= self.most { self.spill(next) } else { Ok(()) }
    }

    fn spill(&mut self, next: &Next) -> Result<()> {
        let fault = |error: std::io::Error| ArchiveError::of_io(&error);
        self.buffer.par_sort_unstable();
        let mut run = BufWriter::with_capacity(1 << 20, next.scratch(&format!("{}.{}", self.name, self.runs.len()))?);
        for record in self.buffer.drain(..) {
            run.write_all(&record).map_err(fault)?;
        }
        let mut run = run.into_inner().map_err(|error| ArchiveError::of_io(error.error()))?;
        run.rewind().map_err(fault)?;
        self.runs.push(run);
        Ok(())
    }

    /// All records in their order.
    pub(super) fn finish(mut self) -> Result<Sorted<N>> {
        self.buffer.par_sort_unstable();
        let runs: Vec<BufReader<File>> = self.runs.into_iter().map(|run| BufReader::with_capacity(1 << 18, run)).collect();
        let mut sorted = Sorted { heads: BinaryHeap::new(), last: self.buffer.into_iter(), runs };
        (0..=sorted.runs.len()).try_for_each(|run| sorted.advance(run))?;
        Ok(sorted)
    }
}

/// Sorted records. Equal ones come one after the other.
pub(super) struct Sorted<const N: usize> {
    /// The first of each run, and which run it is of; the last one was never written.
    heads: BinaryHeap<Reverse<([u8; N], usize)>>,
    runs: Vec<BufReader<File>>,
    last: std::vec::IntoIter<[u8; N]>,
}

impl<const N: usize> Sorted<N> {
    fn advance(&mut self, run: usize) -> Result<()> {
        let record = match self.runs.get_mut(run) {
            None => self.last.next(),
            Some(file) => {
                let mut record = [0; N];
                match file.read_exact(&mut record) {
                    Ok(()) => Some(record),
                    Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => None,
                    Err(error) => return Err(ArchiveError::of_io(&error)),
                }
            }
        };
        if let Some(record) = record {
            self.heads.push(Reverse((record, run)));
        }
        Ok(())
    }
}

impl<const N: usize> Iterator for Sorted<N> {
    type Item = Result<[u8; N]>;

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse((record, run)) = self.heads.pop()?;
        Some(self.advance(run).map(|()| record))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::folder::Folder;

    #[test]
    fn runs_are_read_side_by_side() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let next = Folder::of(folder.path()).next().expect("is writable");
        let mut sorter = Sorter::<2>::new("numbers", 7);
        for number in 0..1000_u16 {
            sorter.push((number.wrapping_mul(7919) % 500).to_be_bytes(), &next).expect("is writable");
        }
        let found: Vec<u16> = sorter.finish().expect("is readable").map(|one| u16::from_be_bytes(one.expect("is readable"))).collect();
        let mut expected: Vec<u16> = (0..1000_u16).map(|number| number.wrapping_mul(7919) % 500).collect();
        expected.sort_unstable();
        assert_eq!(found, expected);
    }
}
