//! One part in this process, with everything else given by URL.

use crate::cli::{Part, ServeArgs, TelemetryArgs};
use crate::front::Callers;
use crate::services::{background, database, name};
use crate::{front, secrets, services};
use anyhow::{Context as _, Result, bail};
use axum::Router;
use contract::{Client, Door, Passports, Remote, traced_client};
use graphql::Clients;
use platform::{Changes, Lifecycle, Telemetry, TelemetryOptions};
use std::os::fd::AsFd as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use vocabulary::Clock;

/// Starts a process's telemetry.
pub(crate) fn telemetry(args: &TelemetryArgs, process: &str) -> Result<Telemetry> {
    Ok(Telemetry::start(&TelemetryOptions {
        process: process.to_owned(),
        otlp_endpoint: args.otlp_endpoint.clone(),
        log: args.log.clone(),
        log_file: args.log_file.clone(),
    })?)
}

/// Clients of services in other processes, in the order tenancy, studios, resources, analytics.
pub(crate) fn remotes(bases: &[String], passports: &Passports) -> Result<Clients> {
    let [t, s, r, a] = bases else {
        bail!("four services are needed: tenancy, studios, resources, analytics")
    };
    let http = traced_client()?;
    let remote = |base: &String, audience| {
        Arc::new(Remote::new(http.clone(), base.clone(), audience, passports.clone()))
    };
    Ok(Clients {
        tenancy: Client::new(remote(t, "tenancy")),
        studios: Client::new(remote(s, "studios")),
        resources: Client::new(remote(r, "resources")),
        analytics: Client::new(remote(a, "analytics")),
    })
}

/// Runs one part until it is told to stop.
pub(crate) async fn serve(args: ServeArgs, telemetry_args: TelemetryArgs) -> Result<()> {
    let telemetry = telemetry(&telemetry_args, name(args.only))?;
    let mut told = crate::up::Told::listen()?;
    let lifecycle = Lifecycle::default();
    let listener = if args.listen_on_stdin {
        let given = std::net::TcpListener::from(std::io::stdin().as_fd().try_clone_to_owned()?);
        given.set_nonblocking(true)?;
        TcpListener::from_std(given).context("the standard input is no listening socket")?
    } else {
        TcpListener::bind(args.listen).await.with_context(|| format!("cannot listen on {}", args.listen))?
    };
    let redis_url = args
        .redis_url
        .as_deref()
        .context("BANLIAN_REDIS_URL is not set: services in processes of their own need Redis")?;
    let client = redis::Client::open(redis_url).context("BANLIAN_REDIS_URL is not a Redis URL")?;
    let routes = if args.only == Part::Gateway {
        gateway(&args, &telemetry, &lifecycle, client)?
    } else {
        service(&args, &telemetry, &lifecycle, &client).await?
    };
    front::listen(&lifecycle, listener, routes);
    tokio::select! {
        () = told.wait() => {}
        () = lifecycle.stopping() => {}
    }
    lifecycle.stop(Duration::from_secs(20)).await;
    telemetry.stop();
    not_broken(&lifecycle)
}

/// A process whose task panicked ends as a failure, so that whoever watches it starts it again.
pub(crate) fn not_broken(lifecycle: &Lifecycle) -> Result<()> {
    if lifecycle.is_broken() {
        bail!(
            "程序内部出错，已停止；请重新启动，并查看日志。 A fault of the program stopped it: start it again, and look at its log"
        )
    }
    Ok(())
}

fn gateway(
    args: &ServeArgs,
    telemetry: &Telemetry,
    lifecycle: &Lifecycle,
    client: redis::Client,
) -> Result<Router> {
    if !args.listen.ip().is_loopback() && !args.behind_tls_proxy {
        bail!(
            "会话 Cookie 需要 TLS：请在前面放置 TLS 代理并加上 --behind-tls-proxy。 Session cookies need TLS: put a TLS proxy in front and say --behind-tls-proxy, or listen on 127.0.0.1"
        );
    }
    let seed = args.passport_seed.as_deref().context("BANLIAN_PASSPORT_SEED is not set")?;
    let passports = Passports::signing(Clock::system(), &secrets::seed(seed)?);
    let changes = Changes::default();
    changes.listen(lifecycle, client);
    let clients = remotes(&args.services, &passports)?;
    let options = graphql::Options {
        public_origins: args.public_origins.clone(),
        tls: args.behind_tls_proxy,
        forwarded: args.behind_tls_proxy,
        ..crate::up::gateway_options(args.web.clone(), args.development)
    };
    let ready = front::services_answer(traced_client()?, args.services.clone());
    Ok(front::dressed(graphql::router(clients, options, changes)?, telemetry, Callers::Anyone, ready))
}

async fn service(
    args: &ServeArgs,
    telemetry: &Telemetry,
    lifecycle: &Lifecycle,
    client: &redis::Client,
) -> Result<Router> {
    let url = args.database_url.as_deref().context("BANLIAN_DATABASE_URL is not set")?;
    let database = database(args.only, url)?;
    let redis = client.get_connection_manager().await.context("Redis does not answer")?;
    background(lifecycle, args.only, &database, client, &redis);
    let passports = Passports::verifying(Clock::system(), &args.passport_keys)?;
    let door = Door { passports, audience: services::name(args.only) };
    let routes = match args.only {
        Part::Tenancy => contract::tenancy::routes(Arc::new(tenancy::Tenancy::new(database.clone())), door),
        Part::Studios => contract::studios::routes(Arc::new(studios::Studios::new(database.clone())), door),
        Part::Resources => {
            contract::resources::routes(Arc::new(resources::Resources::new(database.clone())), door)
        }
        Part::Analytics => {
            contract::analytics::routes(Arc::new(analytics::Analytics::new(database.clone())), door)
        }
        Part::Gateway => Router::new(),
    };
    Ok(front::dressed(routes, telemetry, Callers::Gateway, front::databases_answer(vec![database])))
}
