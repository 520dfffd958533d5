#![doc = include_str!("../README.md")]

mod children;
mod cli;
mod front;
mod lines;
mod secrets;
mod serve;
mod services;
mod up;

use clap::Parser as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        lines::problem("加密组件无法启动。 The TLS provider could not be installed.");
        return ExitCode::FAILURE;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = runtime.map_err(anyhow::Error::from).and_then(|runtime| runtime.block_on(cli.run()));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            lines::problem(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}
