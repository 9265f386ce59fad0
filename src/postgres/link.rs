//! The way to a database: connections that are kept open, tried again when they break, and asked from any thread. What goes wrong is told
//! without what was said on the way.

use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Timeouts};
use tokio::runtime::Runtime;
use tokio_postgres::config::SslMode;

use super::address::Address;
use super::{PostgresError, Result};

/// How long one statement may take.
const TO_ANSWER: Duration = Duration::from_secs(30);

/// How long a connection may take to be made or found to be whole.
const TO_BEGIN: Duration = Duration::from_secs(10);

/// How long somebody waits for one that others of this process use: they are at work, and done one after the other.
const TO_WAIT: Duration = Duration::from_secs(120);

/// So many connections a process keeps.
const MOST_CONNECTIONS: usize = 8;

/// How often all addresses are tried before somebody is told, and how long it takes until they are again.
const TRIES: u32 = 3;
const AT_FIRST: Duration = Duration::from_millis(100);

/// For so long it is taken for granted that a database is still away, lest everybody who asks waits for it anew.
const AWAY_AT_FIRST: Duration = Duration::from_secs(1);
const AWAY_AT_LAST: Duration = Duration::from_secs(10);

/// What connections are driven by; none where the system gives no thread.
static RUNTIME: LazyLock<Option<Runtime>> = LazyLock::new(|| {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(1).thread_name("postgres").enable_all().build().ok()
});

/// Waits for what is under way, on whatever thread.
pub(super) fn wait<T>(asked: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = RUNTIME.as_ref().ok_or_else(|| PostgresError::Away("no thread can be started".to_owned()))?;
    let _within = runtime.enter();
    futures::executor::block_on(async {
        tokio::time::timeout(TO_ANSWER, asked).await.map_err(|_| PostgresError::Away("no answer within 30 seconds".to_owned()))?
    })
}

/// The same for what may take however long.
pub(super) fn wait_for_ever<T>(asked: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = RUNTIME.as_ref().ok_or_else(|| PostgresError::Away("no thread can be started".to_owned()))?;
    let _within = runtime.enter();
    futures::executor::block_on(asked)
}

/// Has something done that nobody waits for.
pub(super) fn spawn(done: impl Future<Output = ()> + Send + 'static) {
    if let Some(runtime) = &*RUNTIME {
        runtime.spawn(done);
    }
}

/// All addresses of one database: the first, and replicas that answer where it doesn't.
pub(super) struct Link {
    pools: Vec<Pool>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// Which address answered last.
    at: usize,
    /// When it is tried again, how long that was put off, and why.
    away: Option<(Instant, Duration, String)>,
}

impl Link {
    pub(super) fn to(addresses: &[Address]) -> Result<Self> {
        let pools = addresses.iter().map(pool).collect::<Result<_>>()?;
        Ok(Self { pools, state: Mutex::default() })
    }

    /// Whether it was the first address that answered last.
    pub(super) fn is_at_first(&self) -> bool {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).at == 0
    }

    /// A connection, on which `first` has been said.
    pub(super) fn connect<T>(&self, first: &impl AsyncFn(&Object) -> Result<T>) -> Result<(Object, T)> {
        let at = {
            let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((until, _, why)) = &state.away
                && Instant::now() < *until
            {
                return Err(PostgresError::Away(why.clone()));
            }
            state.at
        };
        let mut pause = AT_FIRST;
        let mut fault = PostgresError::Away("no address".to_owned());
        for tried in 0..TRIES {
            if tried > 0 {
                std::thread::sleep(pause);
                pause = pause.saturating_mul(4);
            }
            for turn in 0..self.pools.len() {
                let turn = (at + turn) % self.pools.len();
                match wait_for_ever(reached(&self.pools[turn], first)) {
                    Ok(reached) => {
                        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = State { at: turn, away: None };
                        return Ok(reached);
                    }
                    Err(error @ PostgresError::Away(_)) => fault = error,
                    // It answers, and will say so again.
                    Err(error) => return Err(error),
                }
            }
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let pause = state.away.take().map_or(AWAY_AT_FIRST, |(_, pause, _)| pause.saturating_mul(2).min(AWAY_AT_LAST));
        if let PostgresError::Away(why) = &fault {
            state.away = Instant::now().checked_add(pause).map(|until| (until, pause, why.clone()));
        }
        Err(fault)
    }
}

/// A connection of a pool that works: one that was kept may have broken since.
async fn reached<T>(pool: &Pool, first: &impl AsyncFn(&Object) -> Result<T>) -> Result<(Object, T)> {
    loop {
        let connection = pool.get().await?;
        let said = tokio::time::timeout(TO_ANSWER, first(&connection)).await;
        let error = match said.unwrap_or_else(|_| Err(PostgresError::Away("no answer within 30 seconds".to_owned()))) {
            Ok(said) => return Ok((connection, said)),
            Err(error) => error,
        };
        // There are no more than so many that were kept, and then one is made anew.
        let has_broken_since = connection.is_closed() && Object::metrics(&connection).recycle_count > 0;
        discard(connection);
        if !has_broken_since {
            return Err(error);
        }
    }
}

/// Gives a connection up: what has gone wrong on it may have left a transaction open, and who got it next would read a state long gone.
pub(super) fn discard(connection: Object) {
    drop(Object::take(connection));
}

fn pool(address: &Address) -> Result<Pool> {
    let how = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let mut config = address.config.clone();
    if config.get_options().is_none() {
        config.options(format!("-c statement_timeout={} -c idle_in_transaction_session_timeout=60000", TO_ANSWER.as_millis()));
    }
    let manager = if config.get_ssl_mode() == SslMode::Disable {
        Manager::from_config(config, tokio_postgres::NoTls, how)
    } else {
        Manager::from_config(config, super::trust::connector(address.certificates.as_deref())?, how)
    };
    let timeouts = Timeouts { wait: Some(TO_WAIT), create: Some(TO_BEGIN), recycle: Some(TO_BEGIN) };
    let built = Pool::builder(manager).max_size(MOST_CONNECTIONS).timeouts(timeouts).runtime(deadpool_postgres::Runtime::Tokio1);
    built.build().map_err(|error| PostgresError::Other(error.to_string()))
}
