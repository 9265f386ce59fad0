//! How much is read and checked at once, and that no draft keeps the others from their turn.
//!
//! What is quick takes turns for the cores. A check that has had its slice of time goes on, but gives its place to those who wait,
//! and from then on its draft waits among the slow ones, few of which run at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinError;
use tokio::time::timeout;

/// How long a check may hold a place that others wait for; nearly all are done in a tenth of it.
const SLICE: Duration = Duration::from_millis(250);

pub(super) struct Work {
    quick: Arc<Semaphore>,
    slow: Arc<Semaphore>,
}

/// Whether a draft's checks have lately been slow.
#[derive(Debug, Default)]
pub(super) struct Pace(AtomicBool);

/// Leave to keep one core busy.
pub(super) struct Turn {
    is_slow: bool,
    /// None only while the program ends.
    _permit: Option<OwnedSemaphorePermit>,
}

impl Default for Work {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self { quick: Arc::new(Semaphore::new(cores)), slow: Arc::new(Semaphore::new(cores.div_ceil(2))) }
    }
}

impl Work {
    /// Waits for a place among the quick.
    pub(super) async fn place(&self) -> Turn {
        Turn { is_slow: false, _permit: self.quick.clone().acquire_owned().await.ok() }
    }

    /// Waits for a place among those that go at this pace.
    pub(super) async fn place_at(&self, pace: &Pace) -> Turn {
        if !pace.0.load(Ordering::Relaxed) {
            return self.place().await;
        }
        Turn { is_slow: true, _permit: self.slow.clone().acquire_owned().await.ok() }
    }

    /// Does a job on a thread of its own. One that outlasts its slice where all the slow ones' places are taken is told to `give_way`,
    /// and to come again.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        place: Turn,
        Pace(is_slow): &Pace,
        job: impl FnOnce() -> T + Send + 'static,
        give_way: impl FnOnce() + Send,
    ) -> Result<T, JoinError> {
        let started = Instant::now();
        let mut task = tokio::task::spawn_blocking(job);
        if place.is_slow {
            let done = task.await;
            is_slow.store(started.elapsed() > SLICE, Ordering::Relaxed);
            return done;
        }
        if let Ok(done) = timeout(SLICE, &mut task).await {
            return done;
        }
        is_slow.store(true, Ordering::Relaxed);
        drop(place);
        let slow = self.slow.clone().try_acquire_owned();
        if slow.is_err() {
            give_way();
        }
        task.await
    }
}
