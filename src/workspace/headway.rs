//! How far reading is, told to whoever waits for it.

use std::fmt;
use std::sync::Arc;

/// Is told how many files are read of how many.
#[derive(Clone, Default)]
pub struct Told(Option<Arc<dyn Fn(usize, usize) + Send + Sync>>);

impl Told {
    pub fn to(told: impl Fn(usize, usize) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(told)))
    }

    pub(super) fn tell(&self, done: usize, all: usize) {
        if let Some(told) = &self.0 {
            told(done, all);
        }
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Told").field(&self.0.is_some()).finish()
    }
}
