//! One process, one port.

use crate::guard::{Access, guard};
use crate::limits::{BODY, BURST, CODING_TIME, HOOK_TIME, RATE, TIME};
use crate::measured::{Measured, measure};
use crate::problem::Problem;
use crate::state::{MakeCoding, State};
use crate::tagging::tag;
use crate::{api, pages, webhooks};
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use entente_fetch::{Client, Limits};
use entente_ledger::LedgerError;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use tower_governor::GovernorLayer;
use tower_governor::governor::GovernorConfigBuilder;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::classify::{ServerErrorsAsFailures, SharedClassifier};
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::trace::{DefaultMakeSpan, DefaultOnResponse, TraceLayer};
use tracing::Level;

/// How to serve.
pub struct ServerOptions {
    /// The ledger's file.
    pub ledger: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Who may ask.
    pub access: Access,
    /// Makes the coder for articles that are sent.
    pub make_coding: MakeCoding,
    /// Whether webhooks may go to addresses that are not of the public Internet.
    pub allow_private: bool,
}

/// Why the desk does not serve.
#[derive(Debug, Error)]
pub enum ServerError {
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The desk's own file cannot be read.
    #[error("failed to read {}", path.display())]
    Desk {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The system gives no thread.
    #[error("failed to start a thread")]
    Worker(#[source] std::io::Error),
    /// Nobody was said to be let in from outside.
    #[error("{0} can be reached by others: serving there needs a token or a reverse proxy's header")]
    Open(SocketAddr),
    /// The port cannot be had.
    #[error("failed to listen on {address}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The figures cannot be kept.
    #[error("failed to prepare the metrics: {0}")]
    Metrics(String),
}

/// Serves until `stop` is done, then finishes what was asked before. `ready` is told the address, once it is bound.
///
/// # Errors
/// When the ledger cannot be read, the address is open to others without a guard, or the port cannot be had.
pub async fn serve(
    options: ServerOptions,
    ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ServerError> {
    if options.access == Access::Local && !options.listen.ip().is_loopback() {
        return Err(ServerError::Open(options.listen));
    }
    let state = State::open(&options.ledger, options.make_coding)?;
    let router = with_rate_limit(router(state.clone(), options.access)?);
    let failed = |source| ServerError::Listen { address: options.listen, source };
    let listener = tokio::net::TcpListener::bind(options.listen).await.map_err(failed)?;
    ready(listener.local_addr().map_err(failed)?);
    let hooks =
        Client::new(Limits { time: HOOK_TIME, allow_private: options.allow_private, ..Limits::default() });
    tokio::spawn(webhooks::run(state.clone(), hooks));
    let warming = state.clone();
    tokio::spawn(async move { warming.warm_up().await });
    let stop = async move {
        stop.await;
        state.close();
    };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await.map_err(failed)
}

/// Everything but the limit on the rate, which needs to know who asks.
///
/// # Errors
/// When the metrics cannot be prepared.
pub fn router(state: State, access: Access) -> Result<Router, ServerError> {
    let measured = Arc::new(Measured::new().map_err(|error| ServerError::Metrics(error.to_string()))?);
    let (figures, access) = (measured.clone(), Arc::new(access));
    Ok(Router::new()
        .merge(api::router().with_state(state))
        .route("/healthz", get(async || "ok\n"))
        .route("/metrics", get(async move || figures.text()))
        .fallback(pages::page)
        .method_not_allowed_fallback(async || {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "the path knows no such method")
        })
        .layer(from_fn(tag))
        .layer(from_fn(bounded))
        .layer(RequestBodyLimitLayer::new(BODY))
        .layer(from_fn(move |request: Request, next: Next| guard(access.clone(), request, next)))
        .layer(from_fn(with_headers))
        .layer(CatchPanicLayer::custom(|_| Problem::ours(&"a handler panicked").into_response()))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(logged())
        .layer(from_fn(move |request: Request, next: Next| measure(measured.clone(), request, next))))
}

/// Each request is a line of the log, with its method, address, status and milliseconds.
fn logged() -> TraceLayer<SharedClassifier<ServerErrorsAsFailures>> {
    TraceLayer::new_for_http()
        .make_span_with(DefaultMakeSpan::new().level(Level::INFO))
        .on_response(DefaultOnResponse::new().level(Level::INFO))
}

/// Breaks off what takes too long; streams are meant to.
async fn bounded(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path == "/api/v1/stream" {
        return next.run(request).await;
    }
    let time = if path == "/api/v1/code" { CODING_TIME } else { TIME };
    tokio::time::timeout(time, next.run(request)).await.unwrap_or_else(|_| {
        Problem::new(StatusCode::GATEWAY_TIMEOUT, "the answer took too long").into_response()
    })
}

/// What a browser may do with our answers: nothing from elsewhere, nothing inline.
async fn with_headers(request: Request, next: Next) -> Response {
    const HEADERS: [(HeaderName, &str); 5] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; \
             frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Lets each client ask so often; who asks is told by the connection.
fn with_rate_limit(router: Router) -> Router {
    let config = GovernorConfigBuilder::default()
        .period(Duration::from_secs(1) / RATE)
        .burst_size(BURST)
        .finish()
        .expect("a period and a burst above zero");
    router.layer(GovernorLayer::new(config).error_handler(|_| {
        Problem::new(StatusCode::TOO_MANY_REQUESTS, "too many requests: wait a second").into_response()
    }))
}
