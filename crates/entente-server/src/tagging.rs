//! ETags: who has an answer already is told so instead of being sent it again.

use crate::kept::KeptJson;
use crate::token::hex;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// Answers above this size are sent without a tag.
const LARGEST: usize = 32 * 1024 * 1024;

/// The tag of a body: a weak one, the same whether it is packed or not.
pub(crate) fn tag_of(body: &[u8]) -> HeaderValue {
    let tag = format!("W/\"{}\"", hex(&Sha256::digest(body)[..12]));
    HeaderValue::from_str(&tag).expect("hexadecimal digits in quotes")
}

/// Tags the answers to GET.
pub(crate) async fn tag(request: Request, next: Next) -> Response {
    let is_get = request.method() == Method::GET;
    let known: Vec<HeaderValue> = request.headers().get_all(header::IF_NONE_MATCH).iter().cloned().collect();
    let takes_gzip = takes_gzip(&request);
    let response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_stream = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
    if !is_get || response.status() != StatusCode::OK || is_stream {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let (tag, body) = match parts.extensions.remove::<KeptJson>() {
        Some(kept) if takes_gzip => {
            parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            (kept.tag, Body::from(kept.packed))
        }
        Some(kept) => {
            let plain = kept.plain();
            (kept.tag, Body::from(plain))
        }
        None => {
            let Ok(bytes) = to_bytes(body, LARGEST).await else {
                return crate::problem::Problem::ours(&"an answer is too large to be tagged").into_response();
            };
            (tag_of(&bytes), Body::from(bytes))
        }
    };
    let is_known = known.iter().any(|known| names(known, &tag));
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    parts.headers.insert(header::ETAG, tag);
    if is_known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_ENCODING);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, body)
}

/// Whether a list of tags has one among them; weak or not makes no difference (RFC 9110, 13.1.2).
fn names(list: &HeaderValue, tag: &HeaderValue) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let (list, tag) = (list.to_str().unwrap_or_default(), bare(tag.to_str().unwrap_or_default()));
    list.trim() == "*" || list.split(',').any(|one| bare(one) == tag)
}

/// Whether whoever asks can read gzip; one who would rather not is sent it plain.
fn takes_gzip(request: &Request) -> bool {
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    accepted.unwrap_or_default().split(',').any(|one| one.trim().eq_ignore_ascii_case("gzip"))
}
