//! One request, bounded in size, time and redirects.

use crate::address::is_public;
use std::io::Read;
use std::time::Duration;
use thiserror::Error;
use ureq::config::Config;
use ureq::http::{HeaderMap, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error as HttpError};
use url::Url;

/// Who asks. The address tells those who read their logs what this is.
const USER_AGENT: &str = concat!("entente/", env!("CARGO_PKG_VERSION"), " (news coder; honours robots.txt)");

/// What a request may cost, and where it may go.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Longest body in bytes, after unpacking.
    pub bytes: usize,
    /// Longest time for all of a request.
    pub time: Duration,
    /// Longest time for connecting.
    pub connect_time: Duration,
    /// Most redirects that are followed.
    pub redirects: usize,
    /// Whether addresses that are not of the public Internet may be asked.
    pub allow_private: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 16 << 20,
            time: Duration::from_secs(60),
            connect_time: Duration::from_secs(10),
            redirects: 5,
            allow_private: false,
        }
    }
}

/// What is known of a resource from the last visit, for a conditional request (RFC 9110, 13).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag` of the last answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the last answer.
    pub last_modified: Option<String>,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Where it came from in the end.
    pub url: String,
    /// Where the resource lives from now on, if all redirects on the way were permanent.
    pub moved_to: Option<String>,
    /// Media type in small letters, without parameters.
    pub content_type: String,
    /// For the next visit.
    pub validators: Validators,
    /// The body; empty for other statuses than 200.
    pub body: Vec<u8>,
}

/// Why there is no answer, or none that is of use.
#[derive(Debug, Error)]
pub enum FetchError {
    /// Not an address of http or https.
    #[error("{url}: not an address of the web")]
    BadUrl {
        /// As given.
        url: String,
    },
    /// The host's address is not one of the public Internet.
    #[error("{url}: a private address, refused (--allow-private permits it)")]
    Private {
        /// The address that was to be fetched.
        url: String,
    },
    /// robots.txt forbids it.
    #[error("{url}: robots.txt does not allow it")]
    Robots {
        /// The address.
        url: String,
    },
    /// It took too long.
    #[error("{url}: no answer in time")]
    Timeout {
        /// The address.
        url: String,
    },
    /// The body is longer than allowed.
    #[error("{url}: longer than {limit} bytes")]
    TooLarge {
        /// The address.
        url: String,
        /// The limit.
        limit: usize,
    },
    /// One redirect after the other.
    #[error("{url}: more than {limit} redirects")]
    Redirects {
        /// The address at first.
        url: String,
        /// The limit.
        limit: usize,
    },
    /// The server answers with another status than 200 or 304.
    #[error("{url}: status {status}")]
    Status {
        /// The address.
        url: String,
        /// The status.
        status: u16,
        /// How long the server asks to wait.
        retry_after: Option<Duration>,
    },
    /// The network or the server failed.
    #[error("{url}: {reason}")]
    Failed {
        /// The address.
        url: String,
        /// What went wrong.
        reason: String,
    },
}

impl FetchError {
    /// How long the server asks to wait before the next request.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// Whether the resource is gone for good (status 410).
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Status { status: 410, .. })
    }
}

/// Fetches within its limits. Each redirect is checked as the first address is, and a host's name is looked up once: the
/// connection goes to the address that was checked.
#[derive(Debug, Clone)]
pub struct Client {
    agent: Agent,
    limits: Limits,
}

impl Client {
    /// A client with these limits.
    pub fn new(limits: Limits) -> Self {
        let config = Config::builder()
            .user_agent(USER_AGENT)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_global(Some(limits.time))
            .timeout_connect(Some(limits.connect_time))
            .timeout_resolve(Some(limits.connect_time))
            .max_idle_connections(0)
            .build();
        let resolver =
            CheckedResolver { inner: DefaultResolver::default(), allow_private: limits.allow_private };
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), resolver), limits }
    }

    /// Fetches an address; with validators only if it has changed since (the answer's status is 304 otherwise).
    ///
    /// # Errors
    /// See [`FetchError`]; statuses other than 200 and 304 are errors.
    pub fn get(&self, url: &str, validators: &Validators) -> Result<Answer, FetchError> {
        let mut target = web_address(url)?;
        let mut is_permanent = true;
        for hop in 0..=self.limits.redirects {
            let (status, headers, body) = self.ask(&target, validators)?;
            let header =
                |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
            if matches!(status, 301 | 302 | 303 | 307 | 308) {
                let place = header("location").unwrap_or_default();
                let next = target.join(&place).ok().filter(|next| is_of_the_web(next) && !place.is_empty());
                target = next.ok_or_else(|| FetchError::BadUrl {
                    url: format!("{target} leads to \"{}\"", shown(&place)),
                })?;
                is_permanent &= matches!(status, 301 | 308);
                continue;
            }
            let content_type = header("content-type").unwrap_or_default();
            let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
            let validators = Validators { etag: header("etag"), last_modified: header("last-modified") };
            return match status {
                200 | 304 => Ok(Answer {
                    status,
                    url: target.to_string(),
                    moved_to: (hop > 0 && is_permanent).then(|| target.to_string()),
                    content_type: kind,
                    validators,
                    body,
                }),
                _ => Err(FetchError::Status {
                    url: target.to_string(),
                    status,
                    retry_after: header("retry-after").as_deref().and_then(wait_of),
                }),
            };
        }
        Err(FetchError::Redirects { url: url.to_owned(), limit: self.limits.redirects })
    }

    /// Posts JSON to an address, with further headers. Redirects are not followed; any status from 200 to 299 is a success.
    ///
    /// # Errors
    /// See [`FetchError`].
    pub fn post_json(&self, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Result<(), FetchError> {
        let target = web_address(url)?;
        let mut request = self.agent.post(target.as_str()).header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send(body).map_err(|error| fetch_error(&target, error))?;
        let (status, wait) = (answer.status(), answer.headers().get("retry-after"));
        if status.is_success() {
            return Ok(());
        }
        Err(FetchError::Status {
            url: target.to_string(),
            status: status.as_u16(),
            retry_after: wait.and_then(|value| value.to_str().ok()).and_then(wait_of),
        })
    }

    /// One request without redirects. The body is read for status 200 alone.
    fn ask(&self, url: &Url, validators: &Validators) -> Result<(u16, HeaderMap, Vec<u8>), FetchError> {
        let mut request = self.agent.get(url.as_str()).header("accept", "*/*");
        if let Some(etag) = &validators.etag {
            request = request.header("if-none-match", etag);
        }
        if let Some(time) = &validators.last_modified {
            request = request.header("if-modified-since", time);
        }
        let answer = request.call().map_err(|error| fetch_error(url, error))?;
        let (head, mut body) = answer.into_parts();
        let mut bytes = Vec::new();
        if head.status.as_u16() == 200 {
            let limit = self.limits.bytes;
            let reader = body.with_config().limit(limit as u64 + 2).reader();
            let read = reader.take(limit as u64 + 1).read_to_end(&mut bytes);
            let read = read.map_err(|error| fetch_error(url, HttpError::from(error)))?;
            if read > limit {
                return Err(FetchError::TooLarge { url: url.to_string(), limit });
            }
        }
        Ok((head.status.as_u16(), head.headers, bytes))
    }
}

/// Whether a text is an address of http or https with a host, and without a name or password in it.
pub fn is_web_address(text: &str) -> bool {
    web_address(text).is_ok()
}

/// An address of http or https with a host.
pub(crate) fn web_address(url: &str) -> Result<Url, FetchError> {
    let parsed = Url::parse(url.trim()).ok().filter(is_of_the_web);
    parsed.ok_or_else(|| FetchError::BadUrl { url: shown(url) })
}

fn is_of_the_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
}

/// Text of the net in a message: short and without control characters.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

/// `Retry-After` in seconds or as a date; at most a day.
fn wait_of(value: &str) -> Option<Duration> {
    let most = Duration::from_secs(24 * 3600);
    if let Ok(seconds) = value.trim().parse::<u64>() {
        return Some(Duration::from_secs(seconds).min(most));
    }
    let then = jiff::fmt::rfc2822::parse(value.trim()).ok()?.timestamp();
    let wait = then.duration_since(jiff::Timestamp::now());
    Some(Duration::try_from(wait).unwrap_or_default().min(most))
}

fn fetch_error(url: &Url, error: HttpError) -> FetchError {
    let url = url.to_string();
    match error {
        HttpError::Timeout(_) => FetchError::Timeout { url },
        HttpError::HostNotFound => FetchError::Failed { url, reason: "no such host".to_owned() },
        HttpError::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<PrivateAddress>()) => {
            FetchError::Private { url }
        }
        HttpError::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => FetchError::Timeout { url },
        error => FetchError::Failed { url, reason: shown(&error.to_string()) },
    }
}

#[derive(Debug, Error)]
#[error("a private address")]
struct PrivateAddress;

/// Looks names up and keeps the public addresses alone.
#[derive(Debug)]
struct CheckedResolver {
    inner: DefaultResolver,
    allow_private: bool,
}

impl Resolver for CheckedResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, HttpError> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut kept = self.empty();
        for address in found.iter().filter(|address| self.allow_private || is_public(address.ip())) {
            kept.push(*address);
        }
        if kept.is_empty() {
            return Err(HttpError::Io(std::io::Error::new(
                std::io::ErrorKind::PermissionDenied,
                PrivateAddress,
            )));
        }
        Ok(kept)
    }
}
