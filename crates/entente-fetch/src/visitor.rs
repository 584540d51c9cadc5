//! Fetching as a good guest: robots.txt asked and kept, one request at a time and none too soon at each host.

use crate::client::{Answer, Client, FetchError, Limits, Validators, web_address};
use crate::robots::{LONGEST, Robots};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use url::Url;

/// How long a robots.txt is kept (RFC 9309, 2.4: a day at most).
const ROBOTS_KEPT: Duration = Duration::from_secs(24 * 3600);
/// How long nothing is asked of a host whose robots.txt could not be had.
const CLOSED_KEPT: Duration = Duration::from_secs(600);
/// Least time between two requests to a host.
const PAUSE: Duration = Duration::from_secs(1);

/// A host as it is visited. Who holds its lock is its one guest.
#[derive(Debug, Default)]
struct Host {
    robots: Option<(Robots, Instant)>,
    last_request: Option<Instant>,
}

/// Fetches politely. Several threads may share one.
#[derive(Debug)]
pub struct Visitor {
    client: Client,
    robots_client: Client,
    pause: Duration,
    hosts: Mutex<HashMap<String, Arc<Mutex<Host>>>>,
}

impl Visitor {
    /// A visitor within these limits.
    pub fn new(limits: Limits) -> Self {
        let robots_limits =
            Limits { bytes: LONGEST, time: limits.time.min(Duration::from_secs(20)), ..limits };
        Self {
            client: Client::new(limits),
            robots_client: Client::new(robots_limits),
            pause: PAUSE,
            hosts: Mutex::default(),
        }
    }

    /// The same with another pause between two requests to a host.
    #[must_use]
    pub fn with_pause(self, pause: Duration) -> Self {
        Self { pause, ..self }
    }

    /// Fetches an address when its host allows it and its turn has come.
    ///
    /// # Errors
    /// See [`FetchError`].
    pub fn get(&self, url: &str, validators: &Validators) -> Result<Answer, FetchError> {
        let target = web_address(url)?;
        let host = self.host(&target);
        let mut host = host.lock().unwrap_or_else(PoisonError::into_inner);
        let robots = self.robots(&mut host, &target)?;
        if !robots.allows(&path_of(&target)) {
            return Err(FetchError::Robots { url: target.to_string() });
        }
        self.wait(&mut host, robots.delay());
        self.client.get(target.as_str(), validators)
    }

    fn host(&self, url: &Url) -> Arc<Mutex<Host>> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(hosts.entry(origin_of(url)).or_default())
    }

    fn robots(&self, host: &mut Host, url: &Url) -> Result<Robots, FetchError> {
        if let Some((robots, until)) = &host.robots
            && Instant::now() < *until
        {
            return Ok(robots.clone());
        }
        self.wait(host, None);
        let address = format!("{}/robots.txt", origin_of(url));
        let (robots, kept) = match self.robots_client.get(&address, &Validators::default()) {
            Ok(answer) => (Robots::parse(&String::from_utf8_lossy(&answer.body)), ROBOTS_KEPT),
            // What is too long is read no further in other programs; here it allows nothing that it may forbid.
            Err(FetchError::Status { status: 400..500, .. } | FetchError::Redirects { .. }) => {
                (Robots::open(), ROBOTS_KEPT)
            }
            Err(error @ (FetchError::Private { .. } | FetchError::BadUrl { .. })) => return Err(error),
            Err(FetchError::Failed { reason, .. }) => {
                return Err(FetchError::Failed { url: url.to_string(), reason });
            }
            Err(_) => (Robots::closed(), CLOSED_KEPT),
        };
        host.robots = Some((robots.clone(), Instant::now() + kept));
        Ok(robots)
    }

    /// Waits until the host may be asked again.
    fn wait(&self, host: &mut Host, delay: Option<Duration>) {
        let pause = delay.unwrap_or_default().max(self.pause);
        if let Some(last) = host.last_request {
            std::thread::sleep((last + pause).saturating_duration_since(Instant::now()));
        }
        host.last_request = Some(Instant::now());
    }
}

/// Scheme, host and port.
fn origin_of(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn path_of(url: &Url) -> String {
    url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
}
