//! What `serve` can say.

use super::{LedgerOptions, PartOptions};
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct ServeOptions {
    #[command(flatten)]
    pub(crate) ledger: LedgerOptions,
    /// Where to listen. An address that others can reach needs --token-file or --proxy-header
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8321")]
    pub(crate) listen: SocketAddr,
    /// Let in whoever has the token whose SHA-256 this file holds. A file that is not there is made, and its token shown once
    #[arg(long, value_name = "FILE", conflicts_with = "proxy_header")]
    pub(crate) token_file: Option<PathBuf>,
    /// Let in whoever comes through a reverse proxy that sets this header, and removes it from what comes from outside
    #[arg(long, value_name = "NAME")]
    pub(crate) proxy_header: Option<String>,
    /// Let webhooks go to addresses that are not of the public Internet
    #[arg(long)]
    pub(crate) allow_private: bool,
    #[command(flatten)]
    pub(crate) parts: PartOptions,
}
