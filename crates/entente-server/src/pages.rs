//! The web pages, built from `web/` and embedded.

use crate::problem::Problem;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

include!(concat!(env!("OUT_DIR"), "/pages.rs"));

const MISSING: &str = "The pages were not built into this program (`make web`, then build again). The API is at /api/v1, described by \
                       /api/v1/openapi.json.\n";

/// The file of a path. A path that names no file is a view of the one page, which reads it itself.
pub(crate) async fn page(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Problem::new(StatusCode::METHOD_NOT_ALLOWED, "pages can only be read").into_response();
    }
    if path.starts_with("api/") {
        return Problem::new(StatusCode::NOT_FOUND, "the API has no such path").into_response();
    }
    if let Some((name, content)) = PAGES.iter().find(|(name, _)| *name == path) {
        return file(name, content);
    }
    if path.rsplit('/').next().is_some_and(|name| name.contains('.')) {
        return Problem::new(StatusCode::NOT_FOUND, "there is no such file").into_response();
    }
    match PAGES.iter().find(|(name, _)| *name == "index.html") {
        Some((name, content)) => file(name, content),
        None => MISSING.into_response(),
    }
}

fn file(name: &str, content: &'static [u8]) -> Response {
    // Names under assets/ have a hash of their content in them.
    let keep = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind_of(name))),
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
    ];
    (headers, content).into_response()
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
