//! `entente serve`: the desk.

use crate::arguments::ServeOptions;
use crate::report::{Outcome, tell};
use crate::versions::versions_of;
use anyhow::Context;
use entente_server::{Access, Coding, ServerOptions, TOKEN_HEX, hash_of_token, new_token, serve};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use tracing_subscriber::EnvFilter;

pub(crate) fn run(options: &ServeOptions) -> anyhow::Result<Outcome> {
    // ENTENTE_LOG may ask for more or less, such as warn for failures alone.
    let filter = EnvFilter::try_from_env("ENTENTE_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .json()
        .with_span_list(false)
        .with_writer(std::io::stderr)
        .with_env_filter(filter)
        .init();
    let parts = options.parts.clone();
    let serving = ServerOptions {
        ledger: options.ledger.ledger.clone(),
        listen: options.listen,
        access: access(options)?,
        make_coding: Box::new(move || {
            let coder = parts.coder()?;
            let versions = versions_of(&coder, &parts)?;
            Ok(Coding { coder, versions })
        }),
        allow_private: options.allow_private,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve(
        serving,
        |address| tell(&format!("the desk is open at http://{address}/ (Ctrl-C closes it)")),
        stopped(),
    ))?;
    Ok(Outcome { done: 1, failed: 0 })
}

fn access(options: &ServeOptions) -> anyhow::Result<Access> {
    match (&options.token_file, &options.proxy_header) {
        (Some(path), _) => token(path).map(Access::Token),
        (None, Some(name)) => {
            let name = name.parse().with_context(|| format!("\"{name}\" is no name of a header"))?;
            Ok(Access::Proxy(name))
        }
        (None, None) => Ok(Access::Local),
    }
}

/// The hash that a file holds; a new one where there is no file.
fn token(path: &Path) -> anyhow::Result<String> {
    if path.exists() {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("failed to read {}", path.display()))?;
        let hash = text.trim().to_ascii_lowercase();
        let is_hash = hash.len() == TOKEN_HEX && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        anyhow::ensure!(
            is_hash,
            "{}:1: not the SHA-256 of a token in {TOKEN_HEX} hexadecimal digits",
            path.display()
        );
        return Ok(hash);
    }
    let token = new_token().map_err(|error| anyhow::anyhow!("no random numbers for a token: {error}"))?;
    let hash = hash_of_token(&token);
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .and_then(|mut file| writeln!(file, "{hash}"));
    written.with_context(|| format!("failed to write {}", path.display()))?;
    tell(&format!("the token, shown this once: {token}"));
    Ok(hash)
}

/// Until Ctrl-C, or the signal by which services are stopped.
async fn stopped() {
    let interrupted = async {
        // Without a handler there is nothing to wait for but the end of the process.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
