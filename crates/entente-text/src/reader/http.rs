//! An answer of HTTP/1 as an archive of the web holds it: status, type, and the body as it was before it was sent.

use std::io::Read;

use flate2::read::{MultiGzDecoder, ZlibDecoder};

/// An answer.
pub(super) struct Response {
    pub(super) status: u16,
    /// In small letters.
    pub(super) content_type: String,
    pub(super) body: Vec<u8>,
}

/// Reads an answer; none where the bytes are none, or the body is packed in a way that is not read or unpacks to more
/// than `limit` bytes.
pub(super) fn parse_response(bytes: &[u8], limit: usize) -> Option<Response> {
    let (head, body) = split_head(bytes)?;
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status = lines.next()?.strip_prefix("HTTP/")?.split(' ').nth(1)?.parse().ok()?;
    let mut response = Response { status, content_type: String::new(), body: Vec::new() };
    let (mut is_chunked, mut packings) = (false, Vec::new());
    for line in lines {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim().to_ascii_lowercase();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => response.content_type = value,
            "transfer-encoding" => is_chunked = value.contains("chunked"),
            "content-encoding" => packings = value.split(',').map(|one| one.trim().to_owned()).collect(),
            _ => {}
        }
    }
    // Archives often keep these headers beside a body that is plain already.
    let mut plain =
        if is_chunked { without_chunks(body).unwrap_or_else(|| body.to_vec()) } else { body.to_vec() };
    for packing in packings.iter().rev() {
        plain = unpacked(plain, packing, limit)?;
    }
    response.body = plain;
    Some(response)
}

fn split_head(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = |mark: &[u8]| {
        bytes.windows(mark.len()).position(|window| window == mark).map(|at| (at, at + mark.len()))
    };
    let (end, start) = [at(b"\r\n\r\n"), at(b"\n\n")].into_iter().flatten().min()?;
    Some((&bytes[..end], &bytes[start..]))
}

/// The body of chunks (RFC 9112, 7.1); none where it has none.
fn without_chunks(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::with_capacity(rest.len());
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let length = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..length)?);
        rest = rest.get(length..)?;
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

fn unpacked(body: Vec<u8>, packing: &str, limit: usize) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    let read = match packing {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => {
            MultiGzDecoder::new(body.as_slice()).take(limit as u64 + 1).read_to_end(&mut plain)
        }
        "deflate" if body.first().is_some_and(|byte| byte & 0x0f == 8) => {
            ZlibDecoder::new(body.as_slice()).take(limit as u64 + 1).read_to_end(&mut plain)
        }
        "gzip" | "x-gzip" | "deflate" | "identity" | "" => return Some(body),
        _ => return None,
    };
    // A body that was cut off still has its beginning.
    match read {
        Ok(length) if length > limit => None,
        Err(_) if plain.is_empty() => None,
        _ => Some(plain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body_of(answer: &[u8]) -> Option<String> {
        parse_response(answer, 1000).map(|response| String::from_utf8(response.body).unwrap())
    }

    #[test]
    fn chunks_are_put_together() {
        let answer =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nnews\r\n1;x=y\r\n!\r\n0\r\n\r\n";
        assert_eq!(body_of(answer).as_deref(), Some("news!"));
    }

    #[test]
    fn headers_that_are_no_longer_true_are_seen_through() {
        let answer =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n<p>plain</p>";
        assert_eq!(body_of(answer).as_deref(), Some("<p>plain</p>"));
    }

    #[test]
    fn a_body_that_unpacks_to_too_much_is_refused() {
        use std::io::Write;
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(&vec![b'a'; 5000]).unwrap();
        let mut answer = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
        answer.extend(packed.finish().unwrap());
        assert!(parse_response(&answer, 1000).is_none());
        assert_eq!(parse_response(&answer, 5000).unwrap().body.len(), 5000);
    }

    #[test]
    fn what_is_no_answer_gives_none() {
        for bytes in [&b""[..], b"HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 2x0 OK\r\n\r\n"] {
            assert!(parse_response(bytes, 1000).is_none());
        }
    }
}
