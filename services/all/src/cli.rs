//! The command line: the only place where the environment is read.

use crate::{lines, serve, up};
use anyhow::{Context as _, Result};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// 班联 Banlian: a platform for networks of homeroom-teacher studios.
#[derive(Parser)]
#[command(name = "banlian", version)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    pub(crate) telemetry: TelemetryArgs,
}

#[derive(Subcommand)]
enum Command {
    /// Starts everything on this machine.
    Up(UpArgs),
    /// Starts one service, with PostgreSQL, Redis and the other services given by URL.
    Serve(ServeArgs),
    /// Removes the data, after asking.
    Reset(ResetArgs),
    /// Writes an invented city's spreadsheets, for trying the import.
    Sheets(SheetsArgs),
}

/// What is told about the running program, and where to.
#[derive(Args, Clone)]
pub(crate) struct TelemetryArgs {
    /// An OTLP/HTTP endpoint for traces, such as <http://127.0.0.1:4318>.
    #[arg(long, env = "OTEL_EXPORTER_OTLP_ENDPOINT", global = true)]
    pub(crate) otlp_endpoint: Option<String>,
    /// What is logged: a level or a filter. Otherwise `info`, of which the terminal sees only warnings when there is a file.
    #[arg(long, env = "BANLIAN_LOG", global = true)]
    pub(crate) log: Option<String>,
    /// A file for the log, besides the terminal; `up` writes to its data folder where none is given.
    #[arg(long, env = "BANLIAN_LOG_FILE", global = true)]
    pub(crate) log_file: Option<PathBuf>,
}

/// Which parts run in which process.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layout {
    /// One process.
    AllInOne,
    /// The gateway and four services, a process each.
    Separate,
}

/// How much is loaded into an empty installation.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Scale {
    /// Nothing but the first bureau and its administrators.
    None,
    /// The small demonstration network.
    Small,
}

#[derive(Args, Clone)]
pub(crate) struct UpArgs {
    /// Which parts run in which process.
    #[arg(long, value_enum, default_value = "all-in-one")]
    pub(crate) layout: Layout,
    /// The data folder; one is chosen where none is named.
    #[arg(long)]
    pub(crate) data: Option<PathBuf>,
    /// The port of the console and the API; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    pub(crate) port: u16,
    /// The console's built files.
    #[arg(long)]
    pub(crate) web: Option<PathBuf>,
    /// How much is loaded into an empty installation.
    #[arg(long, value_enum, default_value = "small")]
    pub(crate) scale: Scale,
    /// Introspection, `GraphiQL` and documents that are not the console's.
    #[arg(long)]
    pub(crate) development: bool,
}

/// The parts of the product.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Part {
    /// Organisations, people, grants, sign-in.
    Tenancy,
    /// Studios, plans, the task ledger.
    Studios,
    /// Files and their metadata.
    Resources,
    /// Figures.
    Analytics,
    /// The GraphQL gateway and the console.
    Gateway,
}

#[derive(Args, Clone)]
pub(crate) struct ServeArgs {
    /// Which part this process runs.
    #[arg(long, value_enum)]
    pub(crate) only: Part,
    /// Where it listens. Services belong behind the gateway: bind them to a private address.
    #[arg(long, env = "BANLIAN_LISTEN", default_value = "127.0.0.1:0")]
    pub(crate) listen: SocketAddr,
    /// Listens on the socket that is its standard input: how `up` starts it.
    #[arg(long, env = "BANLIAN_LISTEN_ON_STDIN", hide = true)]
    pub(crate) listen_on_stdin: bool,
    /// Says in words that a TLS proxy of ours stands before the gateway: its `X-Forwarded-For` is believed, and a gateway
    /// that listens on more than loopback needs one.
    #[arg(long)]
    pub(crate) behind_tls_proxy: bool,
    /// Where browsers find the gateway, if the proxy does not hand on their `Host`: `https://banlian.example`.
    #[arg(long, env = "BANLIAN_PUBLIC_ORIGINS", value_delimiter = ',')]
    pub(crate) public_origins: Vec<String>,
    /// PostgreSQL under the service's role.
    #[arg(long, env = "BANLIAN_DATABASE_URL", hide_env_values = true)]
    pub(crate) database_url: Option<String>,
    /// Redis.
    #[arg(long, env = "BANLIAN_REDIS_URL", hide_env_values = true)]
    pub(crate) redis_url: Option<String>,
    /// The gateway's public keys, as a service accepts them: base64url, two during a rotation.
    #[arg(long, env = "BANLIAN_PASSPORT_KEYS", value_delimiter = ',')]
    pub(crate) passport_keys: Vec<String>,
    /// The gateway's secret seed: 64 hexadecimal digits.
    #[arg(long, env = "BANLIAN_PASSPORT_SEED", hide_env_values = true)]
    pub(crate) passport_seed: Option<String>,
    /// The services, as the gateway finds them: tenancy, studios, resources, analytics.
    #[arg(long, env = "BANLIAN_SERVICES", value_delimiter = ',')]
    pub(crate) services: Vec<String>,
    /// The console's built files.
    #[arg(long)]
    pub(crate) web: Option<PathBuf>,
    /// Introspection, `GraphiQL` and documents that are not the console's.
    #[arg(long)]
    pub(crate) development: bool,
}

#[derive(Args)]
struct ResetArgs {
    /// The data folder.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Answers the question.
    #[arg(long)]
    yes: bool,
}

#[derive(Args)]
struct SheetsArgs {
    /// The folder that they are written into.
    #[arg(default_value = "sheets")]
    folder: PathBuf,
}

impl Cli {
    pub(crate) async fn run(self) -> Result<()> {
        match self.command {
            Command::Up(args) => up::up(args, self.telemetry).await,
            Command::Serve(args) => serve::serve(args, self.telemetry).await,
            Command::Reset(args) => reset(&args),
            Command::Sheets(args) => sheets(&args),
        }
    }
}

fn reset(args: &ResetArgs) -> Result<()> {
    // Not checked: a folder of another version, or on a full disk, can be removed too.
    let data = standalone::chosen_folder(args.data.clone(), &std::env::current_dir()?)?;
    let question = format!("删除 {0} 中的全部数据？ Remove all data in {0}? [y/N]", data.display());
    if !args.yes && !lines::asks(&question) {
        lines::plain("没有删除任何数据。 Nothing was removed.");
        return Ok(());
    }
    let removed = standalone::reset(&data)?;
    lines::plain(if removed {
        "数据已删除。 The data is removed."
    } else {
        "没有数据可删。 There was no data."
    });
    Ok(())
}

/// The files of a city of 35 schools, numbered in the order in which they are to be imported.
fn sheets(args: &SheetsArgs) -> Result<()> {
    let folder = &args.folder;
    let cannot = || format!("无法写入 {0}。 Cannot write to {0}", folder.display());
    std::fs::create_dir_all(folder).with_context(cannot)?;
    let town = demo::Town::make(demo::SEED, demo::Size::CITY, vocabulary::Clock::system().today());
    for (place, sheet) in demo::sheets(&town)?.into_iter().enumerate() {
        let path = folder.join(format!("{}-{}.xlsx", place + 1, sheet.title));
        std::fs::write(&path, &sheet.file).with_context(cannot)?;
        lines::plain(&format!("{}（{} 行 rows）", path.display(), sheet.rows));
    }
    Ok(())
}
