//! Figures of the server itself, for Prometheus.

use axum::extract::{MatchedPath, Request};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry, TextEncoder};
use std::sync::Arc;
use std::time::Instant;

/// Counts and times of requests.
pub(crate) struct Measured {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
}

impl Measured {
    pub(crate) fn new() -> Result<Self, prometheus::Error> {
        let registry = Registry::new();
        let requests = IntCounterVec::new(
            Opts::new("entente_requests_total", "Requests answered"),
            &["method", "route", "status"],
        )?;
        let seconds = HistogramVec::new(
            HistogramOpts::new("entente_request_seconds", "Seconds until a request was answered")
                .buckets(vec![0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0]),
            &["route"],
        )?;
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(seconds.clone()))?;
        Ok(Self { registry, requests, seconds })
    }

    /// The figures in Prometheus' text format.
    pub(crate) fn text(&self) -> Response {
        match TextEncoder::new().encode_to_string(&self.registry.gather()) {
            Ok(text) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response(),
            Err(error) => crate::problem::Problem::ours(&error).into_response(),
        }
    }
}

/// Counts a request under its route, never under its path: whoever asks cannot make new series.
pub(crate) async fn measure(measured: Arc<Measured>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    let method = match request.method().as_str() {
        known @ ("GET" | "POST" | "HEAD" | "OPTIONS") => known.to_owned(),
        _ => "other".to_owned(),
    };
    let response = next.run(request).await;
    let status = response.status();
    measured.requests.with_label_values(&[method.as_str(), &route, status.as_str()]).inc();
    measured.seconds.with_label_values(&[route.as_str()]).observe(started.elapsed().as_secs_f64());
    response
}
