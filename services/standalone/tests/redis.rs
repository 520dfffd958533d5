//! The private Redis, with real processes.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod places;

use std::net::TcpListener;
use std::time::{Duration, Instant};

use places::{Folder, kill, line_of};
use redis::AsyncCommands as _;
use standalone::{Redis, RedisOptions};

async fn connect(redis: &Redis) -> redis::RedisResult<redis::aio::MultiplexedConnection> {
    redis::Client::open(redis.url())?.get_multiplexed_async_connection().await
}

#[tokio::test]
async fn it_keeps_what_it_was_told_and_lets_nobody_in_without_password() {
    let folder = Folder::new("redis");
    let server = Redis::start(RedisOptions::new(folder.path())).await.unwrap();
    let mut connection = connect(&server).await.unwrap();
    let _: String = connection.xadd("events", "1-1", &[("kind", "task_closed")]).await.unwrap();
    let policy: Vec<String> =
        redis::cmd("CONFIG").arg("GET").arg("maxmemory-policy").query_async(&mut connection).await.unwrap();
    assert_eq!(policy, ["maxmemory-policy", "noeviction"]);
    let stranger = redis::Client::open(format!("redis://127.0.0.1:{}/", server.port())).unwrap();
    let mut stranger = stranger.get_multiplexed_async_connection().await.unwrap();
    assert!(stranger.xlen::<_, u64>("events").await.is_err());
    server.stop().await.unwrap();

    let server = Redis::start(RedisOptions::new(folder.path())).await.unwrap();
    let length: u64 = connect(&server).await.unwrap().xlen("events").await.unwrap();
    assert_eq!(length, 1);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_killed_server_comes_back_at_its_address() {
    let folder = Folder::new("redis-killed");
    let server = Redis::start(RedisOptions::new(folder.path())).await.unwrap();
    let first = server.pid().unwrap();
    kill(first);
    let begun = Instant::now();
    while server.pid().is_none_or(|pid| pid == first) {
        assert!(begun.elapsed() < Duration::from_secs(15), "not started again");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(connect(&server).await.is_ok());
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_taken_port_and_a_second_program_are_refused() {
    let folder = Folder::new("redis-taken");
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    let asked = RedisOptions { port: Some(port), ..RedisOptions::new(folder.path()) };
    let message = line_of(Redis::start(asked.clone()).await);
    assert!(message.contains(&format!("Port {port}")) && message.contains("taken"), "{message}");
    drop(other);
    let server = Redis::start(asked).await.unwrap();
    assert_eq!(server.port(), port);
    let message = line_of(Redis::start(RedisOptions::new(folder.path())).await);
    assert!(message.contains("in use by another Banlian"), "{message}");
    server.stop().await.unwrap();
}
