//! Hears of loads as they happen, so that who has a corpus open needn't ask whether it is still the same. Only the first address can be
//! listened at: a replica tells nobody anything. Where nothing is heard, the database is asked instead.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use futures::StreamExt as _;
use tokio_postgres::config::SslMode;
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::{AsyncMessage, Config, Socket};

use super::address::Address;
use super::{Result, link, trust};
use crate::corpus::Extent;

/// How long after the connection was lost another is tried, at first and at last.
const AT_FIRST: Duration = Duration::from_secs(1);
const AT_LAST: Duration = Duration::from_secs(60);

#[derive(Default)]
pub(super) struct Listener {
    /// Whether a load would be heard.
    hears: AtomicBool,
    /// One more for each thing that was heard.
    ticks: AtomicU64,
    /// What was there, and after how many ticks.
    known: Mutex<Option<(u64, Extent)>>,
}

impl Listener {
    /// Listens for as long as somebody has it.
    pub(super) fn at(addresses: &[Address]) -> Arc<Self> {
        let listener = Arc::new(Self::default());
        if let Some(address) = addresses.first() {
            link::spawn(listen(address.clone(), Arc::downgrade(&listener)));
        }
        listener
    }

    pub(super) fn tick(&self) -> u64 {
        self.ticks.load(Ordering::Acquire)
    }

    /// What is known to be there now.
    pub(super) fn known(&self) -> Option<Extent> {
        let known = *self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.filter(|(tick, _)| self.hears.load(Ordering::Acquire) && *tick == self.tick()).map(|(_, extent)| extent)
    }

    /// Takes what was there when somebody asked, after so many ticks.
    pub(super) fn learn(&self, tick: u64, extent: Extent) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some((tick, extent));
    }

    /// Something may be otherwise now.
    fn hear(&self) {
        self.ticks.fetch_add(1, Ordering::AcqRel);
    }
}

async fn listen(address: Address, listener: Weak<Listener>) {
    let mut pause = AT_FIRST;
    loop {
        let heard = if address.config.get_ssl_mode() == SslMode::Disable {
            hear(&address.config, tokio_postgres::NoTls, &listener).await
        } else {
            match trust::connector(address.certificates.as_deref()) {
                Ok(connector) => hear(&address.config, connector, &listener).await,
                Err(error) => Err(error),
            }
        };
        let Some(listener) = listener.upgrade() else { return };
        if listener.hears.swap(false, Ordering::AcqRel) {
            pause = AT_FIRST;
        }
        drop((listener, heard));
        tokio::time::sleep(pause).await;
        pause = pause.saturating_mul(2).min(AT_LAST);
    }
}

/// Hears what is told over one connection, until it is lost.
async fn hear<T>(config: &Config, tls: T, listener: &Weak<Listener>) -> Result<()>
where
    T: MakeTlsConnect<Socket> + Send,
    T::Stream: Send + 'static,
    T::TlsConnect: Send,
    <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
{
    let (client, mut connection) = config.connect(tls).await?;
    let (told, mut heard) = tokio::sync::mpsc::unbounded_channel();
    let driven = tokio::spawn(async move {
        let mut messages = futures::stream::poll_fn(move |context| connection.poll_message(context));
        while let Some(Ok(message)) = messages.next().await {
            if matches!(message, AsyncMessage::Notification(_)) && told.send(()).is_err() {
                return;
            }
        }
    });
    client.batch_execute("LISTEN copydesk").await?;
    if let Some(listener) = listener.upgrade() {
        // What was told before is known to nobody.
        listener.hear();
        listener.hears.store(true, Ordering::Release);
    }
    loop {
        tokio::select! {
            message = heard.recv() => {
                let Some(listener) = listener.upgrade() else { break };
                if message.is_none() {
                    break;
                }
                listener.hear();
            }
            // Whether anybody still wants to know.
            () = tokio::time::sleep(Duration::from_secs(5)) => {
                if listener.strong_count() == 0 {
                    break;
                }
            }
        }
    }
    driven.abort();
    Ok(())
}
