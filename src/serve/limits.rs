//! How much anybody may ask for, and how long it may take.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// So many clients are told apart; who comes then is counted with the others.
const MOST_CLIENTS: usize = 4_096;

/// See the fields; the default is what `copydesk serve` runs with.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The largest draft that is posted, in bytes.
    pub body: usize,
    /// The largest message of a socket, in bytes: a draft and its escapes.
    pub message: usize,
    /// Connections at once, of all clients together and of one.
    pub connections: usize,
    pub connections_of_one: usize,
    /// Requests of one client in a second, and how many may come at once.
    pub requests: Rate,
    /// Messages of one socket in a second.
    pub messages: Rate,
    /// For the head of a request; a connection on which none comes for so long is closed.
    pub head: Duration,
    /// For all of a request's body.
    pub receiving: Duration,
    /// How long a client may take to take in a message.
    pub sending: Duration,
    /// How often a socket is asked whether it is still there; one that is silent for twice as long isn't.
    pub heartbeat: Duration,
    /// A socket on which nobody does anything for so long is closed.
    pub idle: Duration,
    /// How long what is under way may take once the server is to end.
    pub farewell: Duration,
}

/// So many in a second, after so many at once.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    pub in_a_second: f64,
    pub at_once: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 8 << 20,
            message: 16 << 20,
            connections: 1_024,
            connections_of_one: 256,
            requests: Rate { in_a_second: 50.0, at_once: 200.0 },
            // Whoever holds a key down types thirty letters in a second, and each brings questions with it.
            messages: Rate { in_a_second: 200.0, at_once: 1_000.0 },
            head: Duration::from_secs(15),
            receiving: Duration::from_secs(30),
            sending: Duration::from_secs(30),
            heartbeat: Duration::from_secs(30),
            idle: Duration::from_secs(8 * 3600),
            farewell: Duration::from_secs(5),
        }
    }
}

/// What is left of a rate: it fills up with time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowance {
    left: f64,
    at: Instant,
}

impl Allowance {
    pub(super) fn full(rate: Rate, now: Instant) -> Self {
        Self { left: rate.at_once, at: now }
    }

    /// Takes one, if there is one.
    pub(super) fn take(&mut self, rate: Rate, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.at).as_secs_f64();
        self.left = passed.mul_add(rate.in_a_second, self.left).min(rate.at_once);
        self.at = now;
        let is_there = self.left >= 1.0;
        if is_there {
            self.left -= 1.0;
        }
        is_there
    }

    fn is_full(&self, rate: Rate, now: Instant) -> bool {
        now.saturating_duration_since(self.at).as_secs_f64().mul_add(rate.in_a_second, self.left) >= rate.at_once
    }
}

#[derive(Debug)]
struct Client {
    requests: Allowance,
    connections: usize,
}

/// What each client has asked for lately.
#[derive(Debug)]
pub(super) struct Rates {
    requests: Rate,
    connections_of_one: usize,
    clients: Mutex<HashMap<IpAddr, Client>>,
}

impl Rates {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { requests: limits.requests, connections_of_one: limits.connections_of_one, clients: Mutex::default() }
    }

    /// Whether a client may ask for something more.
    pub(super) fn takes_request(&self, from: IpAddr, now: Instant) -> bool {
        self.of(from, now, |_, client, rates| client.requests.take(rates.requests, now))
    }

    /// One more connection of a client, if it may have one; it counts until it is dropped.
    pub(super) fn connection(self: &Arc<Self>, from: IpAddr, now: Instant) -> Option<Connection> {
        let (counted, may) = self.of(from, now, |counted, client, rates| {
            let may = client.connections < rates.connections_of_one;
            client.connections = client.connections.saturating_add(usize::from(may));
            (counted, may)
        });
        may.then(|| Connection { of: counted, rates: self.clone() })
    }

    fn of<T>(&self, from: IpAddr, now: Instant, change: impl FnOnce(IpAddr, &mut Client, &Self) -> T) -> T {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if clients.len() >= MOST_CLIENTS && !clients.contains_key(&from) {
            // Who has asked for nothing lately is as good as new.
            clients.retain(|_, client| client.connections > 0 || !client.requests.is_full(self.requests, now));
        }
        // The unspecified address is nobody's.
        let from = if clients.len() >= MOST_CLIENTS && !clients.contains_key(&from) { IpAddr::from([0; 4]) } else { from };
        let new = || Client { requests: Allowance::full(self.requests, now), connections: 0 };
        change(from, clients.entry(from).or_insert_with(new), self)
    }
}

/// A client's connection, which counts as long as it is there.
#[derive(Debug)]
pub(super) struct Connection {
    of: IpAddr,
    rates: Arc<Rates>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        let mut clients = self.rates.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get_mut(&self.of) {
            client.connections = client.connections.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(at_once: f64, connections_of_one: usize) -> Arc<Rates> {
        Arc::new(Rates::new(&Limits { requests: Rate { in_a_second: 1.0, at_once }, connections_of_one, ..Limits::default() }))
    }

    #[test]
    fn an_allowance_is_used_up_and_fills_up_for_each_by_itself() {
        let (rates, now) = (rates(2.0, 1), Instant::now());
        let (one, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let taken = |from, after| rates.takes_request(from, now + Duration::from_secs(after));
        assert!(taken(one, 0) && taken(one, 0) && !taken(one, 0));
        assert!(taken(other, 0));
        assert!(taken(one, 1) && !taken(one, 1));
        assert!(taken(one, 100) && taken(one, 100) && !taken(one, 100), "no more is saved than may come at once");
    }

    #[test]
    fn connections_count_until_they_are_given_back() {
        let (rates, now, one) = (rates(9.0, 2), Instant::now(), IpAddr::from([10, 0, 0, 1]));
        let (first, second) = (rates.connection(one, now), rates.connection(one, now));
        assert!(first.is_some() && second.is_some() && rates.connection(one, now).is_none());
        drop(first);
        assert!(rates.connection(one, now).is_some());
    }

    #[test]
    fn however_many_come_what_is_kept_of_them_is_bounded() {
        let (rates, now) = (rates(2.0, 1), Instant::now());
        for client in 0..20_000_u32 {
            rates.takes_request(IpAddr::from(client.to_be_bytes()), now);
        }
        assert!(rates.clients.lock().expect("is sound").len() <= MOST_CLIENTS + 1);
        assert!(!rates.takes_request(IpAddr::from([200, 0, 0, 1]), now), "they are counted together");
        assert!(rates.takes_request(IpAddr::from([200, 0, 0, 1]), now + Duration::from_secs(9)));
    }
}
