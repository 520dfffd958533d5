//! Everything on this machine.

use crate::children::Children;
use crate::cli::{Layout, Scale, TelemetryArgs, UpArgs};
use crate::front::Callers;
use crate::secrets::Secrets;
use crate::services::Local;
use crate::{front, lines, serve};
use anyhow::{Context as _, Result, anyhow};
use axum::Router;
use contract::tenancy::BureauLevel;
use contract::{Client, Passports, traced_client};
use graphql::Clients;
use migrations::{ContextForm, SERVICES};
use platform::{Changes, Lifecycle, Telemetry};
use sqlx::{Connection as _, PgConnection};
use standalone::{Postgres, PostgresOptions, Redis, RedisOptions};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tenancy::{Founder, Installation};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use vocabulary::{Clock, Role};

const DATABASE: &str = "banlian";

/// Ctrl-C and SIGTERM, listened to from the start on, so that none is lost.
pub(crate) struct Told(Signal, Signal);

impl Told {
    pub(crate) fn listen() -> Result<Self> {
        Ok(Self(signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?))
    }

    /// Resolves when the program is told to stop.
    pub(crate) async fn wait(&mut self) {
        tokio::select! {
            _ = self.0.recv() => {}
            _ = self.1.recv() => {}
        }
    }
}

/// The gateway's options; the known documents lie beside the console's built files.
pub(crate) fn gateway_options(web: Option<PathBuf>, development: bool) -> graphql::Options {
    let documents = web.as_ref().and_then(|web| web.parent()).map(|folder| folder.join("documents.json"));
    graphql::Options {
        development,
        documents: documents.filter(|path| path.exists()),
        web,
        ..graphql::Options::default()
    }
}

/// Starts everything, waits to be told, and stops everything.
pub(crate) async fn up(args: UpArgs, telemetry_args: TelemetryArgs) -> Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, args.port)).await.with_context(|| {
        format!(
            "端口 {0} 已被占用，请换一个，例如 make up PORT={1}。 Port {0} is taken: choose another, such as make up PORT={1}",
            args.port,
            args.port.wrapping_add(1).max(1024)
        )
    })?;
    let mut told = Told::listen()?;
    let data = standalone::data_folder(args.data.clone(), &std::env::current_dir()?)?;
    let telemetry = telemetry(&telemetry_args, args.layout, &data)?;
    lines::step("启动数据库 starting PostgreSQL");
    let mut options = PostgresOptions::new(&data);
    options.progress = Arc::new(lines::step);
    let postgres = Postgres::start(options).await?;
    let result =
        Box::pin(run(&args, &telemetry_args, &telemetry, &data, &postgres, listener, &mut told)).await;
    postgres.stop().await?;
    telemetry.stop();
    result
}

/// The lines of this process go to a file in the data folder; the terminal is for the person before it.
fn telemetry(args: &TelemetryArgs, layout: Layout, data: &Path) -> Result<Telemetry> {
    let log_file = args.log_file.clone().unwrap_or_else(|| data.join("banlian.log"));
    let process = match layout {
        Layout::AllInOne => "all-in-one",
        Layout::Separate => "gateway",
    };
    serve::telemetry(&TelemetryArgs { log_file: Some(log_file), ..args.clone() }, process)
}

async fn run(
    args: &UpArgs,
    telemetry_args: &TelemetryArgs,
    telemetry: &Telemetry,
    data: &Path,
    postgres: &Postgres,
    listener: TcpListener,
    told: &mut Told,
) -> Result<()> {
    let address = format!("http://127.0.0.1:{}", listener.local_addr()?.port());
    let secrets = Secrets::kept(data)?;
    let mut owner = prepare(postgres, &secrets).await?;
    let urls: [String; 4] = std::array::from_fn(|i| {
        postgres.url(&format!("banlian_{}", SERVICES[i]), &secrets.roles[i], DATABASE)
    });
    let lifecycle = Lifecycle::default();
    let mut parts = match args.layout {
        Layout::AllInOne => in_one(&urls, args, telemetry, &lifecycle)?,
        Layout::Separate => {
            separate(&urls, args, telemetry_args, telemetry, &lifecycle, data, &secrets).await?
        }
    };
    front::listen(&lifecycle, listener, parts.routes);
    let mut done = tokio::select! {
        done = prepare_network(args, data, &parts.clients, &mut owner) => done.map(|accounts| welcome(&address, &accounts)),
        () = told.wait() => Err(anyhow!("启动已中断。 Interrupted before the network was ready")),
    };
    owner.close().await?;
    if done.is_ok() {
        tokio::select! {
            () = told.wait() => {}
            () = lifecycle.stopping() => {}
            // Whoever started the program starts it again; what was acknowledged is in the database.
            name = one_ended(parts.children.as_mut()) => {
                done = Err(anyhow!("{name} 服务已退出，已全部停止；请重新启动。 The service {name} ended, so everything was stopped: start it again"));
            }
        }
        lines::step("正在停止 stopping");
    }
    lifecycle.stop(Duration::from_secs(20)).await;
    if let Some(children) = parts.children {
        children.stop().await;
    }
    if let Some(redis) = parts.redis {
        redis.stop().await?;
    }
    serve::not_broken(&lifecycle).and(done)
}

/// Resolves when a service's process ends by itself; never where there is none.
async fn one_ended(children: Option<&mut Children>) -> &'static str {
    match children {
        Some(children) => children.one_ended().await,
        None => std::future::pending().await,
    }
}

struct Parts {
    routes: Router,
    clients: Clients,
    children: Option<Children>,
    redis: Option<Redis>,
}

fn in_one(urls: &[String; 4], args: &UpArgs, telemetry: &Telemetry, lifecycle: &Lifecycle) -> Result<Parts> {
    let changes = Changes::default();
    let local = Local::start(lifecycle, urls, &changes)?;
    let clients = Clients {
        tenancy: Client::new(local.tenancy),
        studios: Client::new(local.studios),
        resources: Client::new(local.resources),
        analytics: Client::new(local.analytics),
    };
    let routes =
        graphql::router(clients.clone(), gateway_options(args.web.clone(), args.development), changes)?;
    let routes = front::dressed(routes, telemetry, Callers::Anyone, front::databases_answer(local.databases));
    Ok(Parts { routes, clients, children: None, redis: None })
}

async fn separate(
    urls: &[String; 4],
    args: &UpArgs,
    telemetry_args: &TelemetryArgs,
    telemetry: &Telemetry,
    lifecycle: &Lifecycle,
    data: &Path,
    secrets: &Secrets,
) -> Result<Parts> {
    lines::step("启动 Redis 与四个服务 starting Redis and four services");
    let redis = Redis::start(RedisOptions::new(data)).await?;
    let passports = Passports::signing(Clock::system(), &secrets.seed);
    let children = Children::start(urls, redis.url(), &passports.public_keys(), telemetry_args, data).await?;
    let changes = Changes::default();
    changes.listen(lifecycle, redis::Client::open(redis.url())?);
    let clients = serve::remotes(&children.bases, &passports)?;
    let routes =
        graphql::router(clients.clone(), gateway_options(args.web.clone(), args.development), changes)?;
    let ready = front::services_answer(traced_client()?, children.bases.clone());
    let routes = front::dressed(routes, telemetry, Callers::Anyone, ready);
    Ok(Parts { routes, clients, children: Some(children), redis: Some(redis) })
}

/// The roles, the database and its newest shape; gives the superuser's connection to it.
async fn prepare(postgres: &Postgres, secrets: &Secrets) -> Result<PgConnection> {
    let mut admin = PgConnection::connect(&postgres.superuser_url("postgres")).await?;
    migrations::make_roles(&mut admin, &secrets.roles).await?;
    let there: bool =
        sqlx::query_scalar("select exists (select from pg_catalog.pg_database where datname = $1)")
            .bind(DATABASE)
            .fetch_one(&mut admin)
            .await?;
    if !there {
        sqlx::raw_sql("create database banlian template template0 encoding 'UTF8'")
            .execute(&mut admin)
            .await?;
    }
    admin.close().await?;
    let mut owner = PgConnection::connect(&postgres.superuser_url(DATABASE)).await?;
    migrations::migrate(&mut owner, ContextForm::Select).await?;
    Ok(owner)
}

/// The first bureau and its people, and the demonstration network, where there is nothing yet.
async fn prepare_network(
    args: &UpArgs,
    data: &Path,
    clients: &Clients,
    owner: &mut PgConnection,
) -> Result<Vec<demo::Account>> {
    let founder = |login, name, role| Founder { login, name, role };
    let password = format!("First-{}", &standalone::kept_secret(&data.join("secrets/first-password"))?[..16]);
    let installation = Installation {
        bureau: "云川市教育局".to_owned(),
        level: BureauLevel::City,
        place_code: "539900".to_owned(),
        founders: vec![
            founder("bureau.admin", "局管理员", Role::BureauAdministrator),
            founder("system.admin", "系统管理员", Role::SystemAdministrator),
            founder("security.admin", "安全管理员", Role::SecurityAdministrator),
            founder("audit.admin", "审计管理员", Role::AuditAdministrator),
        ],
        password: password.clone(),
    };
    tenancy::install(owner, &Clock::system(), &installation).await?;
    let account = |founder: &Founder| demo::Account {
        login: founder.login.to_owned(),
        password: password.clone(),
        role: format!(
            "{} {}（首次登录须修改密码 to be changed at the first sign-in）",
            founder.role.zh(),
            founder.role.en()
        ),
    };
    let accounts: Vec<demo::Account> = installation.founders.iter().map(account).collect();
    let network = demo::Network { tenancy: clients.tenancy.clone(), studios: clients.studios.clone() };
    match args.scale {
        Scale::None => Ok(accounts),
        Scale::Small => {
            demo::load(&network, &accounts, demo::Size::SMALL, Clock::system().today(), &lines::step).await
        }
    }
}

fn welcome(address: &str, accounts: &[demo::Account]) {
    lines::plain(&format!("\n班联已就绪 Banlian is ready: {address}\n"));
    for account in accounts {
        lines::plain(&format!("  {:<14} {:<22} {}", account.login, account.password, account.role));
    }
    lines::plain("\n按 Ctrl-C 停止 Ctrl-C stops it");
}
