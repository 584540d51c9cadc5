//! Who may ask.

use crate::problem::Problem;
use crate::token::hash_of_token;
use axum::extract::Request;
use axum::http::{HeaderName, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// Who may ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Whoever is on this machine.
    Local,
    /// Whoever has the token of which this is the SHA-256 in hexadecimal digits.
    Token(String),
    /// Whoever a reverse proxy lets through: it must set this header to something.
    Proxy(HeaderName),
}

/// Lets a request through, or answers 401 or 403.
pub(crate) async fn guard(access: Arc<Access>, request: Request, next: Next) -> Response {
    match check(&access, &request) {
        Ok(()) => next.run(request).await,
        Err(problem) if problem.0 == StatusCode::UNAUTHORIZED => {
            let ask = [(header::WWW_AUTHENTICATE, "Bearer realm=\"entente\"")];
            (ask, Problem::new(problem.0, problem.1)).into_response()
        }
        Err((status, detail)) => Problem::new(status, detail).into_response(),
    }
}

fn check(access: &Access, request: &Request) -> Result<(), (StatusCode, &'static str)> {
    // The page itself asks for the token; it holds no data.
    let is_data = request.uri().path().starts_with("/api/") || request.uri().path() == "/metrics";
    match access {
        Access::Local if !is_local_host(request) => {
            Err((StatusCode::FORBIDDEN, "the Host header names another machine"))
        }
        Access::Token(hash) if is_data && !has_token(request, hash) => {
            Err((StatusCode::UNAUTHORIZED, "a token is needed: Authorization: Bearer …"))
        }
        Access::Proxy(name) if request.headers().get(name).is_none_or(|value| value.is_empty()) => {
            Err((StatusCode::FORBIDDEN, "the reverse proxy's header is missing"))
        }
        _ => Ok(()),
    }
}

/// Whether the request names this machine. A page elsewhere whose name was made to lead here names itself (DNS rebinding).
fn is_local_host(request: &Request) -> bool {
    let Some(host) = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()) else {
        return false;
    };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Compared in the same time whatever the token, so that nothing is learned from how long it takes.
fn has_token(request: &Request, hash: &str) -> bool {
    let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(token) = given.and_then(|value| value.strip_prefix("Bearer ")) else { return false };
    hash_of_token(token.trim()).as_bytes().ct_eq(hash.to_ascii_lowercase().as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn asked(path: &str, headers: &[(&str, &str)]) -> Request {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(Body::empty()).unwrap()
    }

    #[test]
    fn only_this_machine_is_let_in_unless_told_otherwise() {
        for host in ["localhost:8080", "127.0.0.1", "127.0.0.1:80", "[::1]:8080", "LOCALHOST"] {
            assert!(check(&Access::Local, &asked("/", &[("host", host)])).is_ok(), "{host}");
        }
        for host in ["example.org", "127.0.0.1.example.org", "localhost.example.org:80", ""] {
            assert!(check(&Access::Local, &asked("/", &[("host", host)])).is_err(), "{host}");
        }
        assert!(check(&Access::Local, &asked("/", &[])).is_err());
    }

    #[test]
    fn a_token_opens_the_data() {
        let access = Access::Token(hash_of_token("sesame"));
        let with = |value: &str| check(&access, &asked("/api/v1/events", &[("authorization", value)]));
        assert!(with("Bearer sesame").is_ok());
        assert!(with("Bearer Sesame").is_err() && with("sesame").is_err() && with("").is_err());
        assert!(check(&access, &asked("/", &[])).is_ok(), "the page asks for the token");
        assert!(check(&access, &asked("/metrics", &[])).is_err());
    }

    #[test]
    fn a_proxy_says_so() {
        let access = Access::Proxy(HeaderName::from_static("x-user"));
        assert!(check(&access, &asked("/", &[("x-user", "ada")])).is_ok());
        assert!(check(&access, &asked("/", &[("x-user", "")])).is_err());
        assert!(check(&access, &asked("/", &[])).is_err());
    }
}
