//! Things of a text by the block they stand in, in one piece of memory: a long text has hundreds of blocks and few things in
//! each.

use std::ops::{Index, IndexMut};

/// Lists for the blocks of a text, each in the order in which its things were given.
#[derive(Clone, Debug)]
pub(super) struct ByBlock<T> {
    all: Vec<T>,
    /// Where in `all` the list of each block starts, and behind the last one its end.
    starts: Vec<u32>,
}

impl<T> ByBlock<T> {
    /// Of so many blocks; `things` come with the index of their block, the first block's first.
    pub(super) fn new(blocks: usize, things: impl IntoIterator<Item = (u32, T)>) -> Self {
        let (mut all, mut starts) = (Vec::new(), Vec::with_capacity(blocks + 1));
        for (block, thing) in things {
            debug_assert!(starts.len() <= block as usize + 1, "the things come in the order of their blocks");
            starts.resize(block as usize + 1, all.len() as u32);
            all.push(thing);
        }
        starts.resize(blocks + 1, all.len() as u32);
        Self { all, starts }
    }

    fn range(&self, block: usize) -> std::ops::Range<usize> {
        self.starts[block] as usize..self.starts[block + 1] as usize
    }
}

impl<T> Index<usize> for ByBlock<T> {
    type Output = [T];

    fn index(&self, block: usize) -> &[T] {
        &self.all[self.range(block)]
    }
}

impl<T> IndexMut<usize> for ByBlock<T> {
    fn index_mut(&mut self, block: usize) -> &mut [T] {
        let range = self.range(block);
        &mut self.all[range]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_block_has_its_own() {
        let mut lists = ByBlock::new(4, [(1, 'a'), (1, 'b'), (3, 'c')]);
        lists[1][1] = 'x';
        assert_eq!([&lists[0], &lists[1], &lists[2], &lists[3]], [&[][..], &['a', 'x'], &[], &['c']]);
        assert_eq!(ByBlock::<char>::new(0, []).all.len(), 0);
    }
}
