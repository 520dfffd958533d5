//! Live updates over a real socket, by a client of a few lines.

use crate::world::{World, grant, uuid};
use crate::{clock, options};
use axum::Router;
use contract::events;
use graphql::Options;
use platform::{Change, Changes};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use vocabulary::OrganisationNo;

struct Socket(TcpStream);

/// What the other side says.
#[derive(Debug, PartialEq)]
enum Heard {
    Message(Value),
    Closed(u16),
}

impl Socket {
    /// Opens a connection; gives the status where it is refused.
    async fn open(address: &str, token: &str, origin: &str) -> Result<Self, String> {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!(
            "GET /graphql/ws HTTP/1.1\r\nhost: {address}\r\nupgrade: websocket\r\nconnection: upgrade\r\n\
             sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\
             sec-websocket-protocol: graphql-transport-ws\r\norigin: {origin}\r\ncookie: __Host-banlian={token}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        let head = String::from_utf8(head).unwrap();
        if head.starts_with("HTTP/1.1 101") { Ok(Self(stream)) } else { Err(head[9..12].to_owned()) }
    }

    async fn say(&mut self, message: &Value) {
        let text = message.to_string().into_bytes();
        let mut frame = vec![0x81];
        if text.len() < 126 {
            frame.push(0x80 | u8::try_from(text.len()).unwrap());
        } else {
            frame.push(0xfe);
            frame.extend(u16::try_from(text.len()).unwrap().to_be_bytes());
        }
        // A mask of zeros leaves the text as it is.
        frame.extend([0; 4]);
        frame.extend(text);
        self.0.write_all(&frame).await.unwrap();
    }

    async fn hear(&mut self) -> Heard {
        loop {
            let kind = self.0.read_u8().await.unwrap() & 0x0f;
            let length = match self.0.read_u8().await.unwrap() {
                126 => usize::from(self.0.read_u16().await.unwrap()),
                short => usize::from(short),
            };
            let mut payload = vec![0; length];
            self.0.read_exact(&mut payload).await.unwrap();
            match kind {
                1 => return Heard::Message(serde_json::from_slice(&payload).unwrap()),
                8 => return Heard::Closed(u16::from_be_bytes([payload[0], payload[1]])),
                _ => {}
            }
        }
    }

    async fn greet(&mut self, payload: Value) -> Heard {
        self.say(&json!({ "type": "connection_init", "payload": payload })).await;
        self.hear().await
    }

    async fn subscribe(&mut self, id: &str) {
        let query = "subscription Changed{changed{kind id}}";
        self.say(&json!({ "id": id, "type": "subscribe", "payload": { "query": query, "operationName": "Changed" } })).await;
    }
}

async fn serve(world: &Arc<World>, changes: &Changes) -> String {
    let options = Options { clock: clock(), ..options() };
    let router: Router = graphql::router(world.clients(), options, changes.clone()).unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    #[expect(clippy::disallowed_methods, reason = "the test's server ends with the test")]
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

fn change(owner: i32) -> Vec<Change> {
    vec![Change {
        owner_no: OrganisationNo(owner),
        studio: None,
        kind: events::TASK.into(),
        id: uuid(5).to_string(),
    }]
}

#[tokio::test]
async fn a_page_hears_what_changes_within_its_hat_and_nothing_else() {
    let (world, changes) = (World::new(1), Changes::default());
    let address = serve(&world, &changes).await;
    let own = format!("http://{address}");
    let mut socket = Socket::open(&address, "officer", &own).await.unwrap();
    let ack = Heard::Message(json!({ "type": "connection_ack" }));
    assert_eq!(
        socket.greet(json!({ "banlian-console": "1", "banlian-hat": grant(1).to_string() })).await,
        ack
    );
    socket.subscribe("1").await;
    socket.say(&json!({ "type": "ping" })).await;
    assert_eq!(socket.hear().await, Heard::Message(json!({ "type": "pong" })));
    tokio::time::sleep(Duration::from_millis(300)).await;
    changes.publish(change(5)).await;
    changes.publish(change(1005)).await;
    let heard = json!({ "kind": "task", "id": format!("task_{}", uuid(5).simple()) });
    let next = json!({ "id": "1", "type": "next", "payload": { "data": { "changed": heard } } });
    assert_eq!(timeout(Duration::from_secs(2), socket.hear()).await.unwrap(), Heard::Message(next));
    socket.say(&json!({ "id": "1", "type": "complete" })).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    changes.publish(change(1005)).await;
    assert!(timeout(Duration::from_millis(400), socket.hear()).await.is_err());
}

#[tokio::test]
async fn only_our_own_pages_of_somebody_signed_in_may_listen() {
    let (world, changes) = (World::new(1), Changes::default());
    let address = serve(&world, &changes).await;
    let own = format!("http://{address}");
    assert_eq!(Socket::open(&address, "officer", "https://elsewhere.example").await.err().unwrap(), "403");
    for (token, payload, code) in [
        ("", json!({}), 4401),
        ("strange", json!({}), 4401),
        ("officer", json!({ "banlian-hat": grant(9).to_string() }), 4403),
        ("officer", json!({ "banlian-hat": "x" }), 4403),
    ] {
        let mut socket = Socket::open(&address, token, &own).await.unwrap();
        assert_eq!(socket.greet(payload).await, Heard::Closed(code), "{token}");
    }
    let mut early = Socket::open(&address, "officer", &own).await.unwrap();
    early.subscribe("1").await;
    assert_eq!(early.hear().await, Heard::Closed(4401));
    let mut strange = Socket::open(&address, "officer", &own).await.unwrap();
    strange.say(&json!({ "type": "nope" })).await;
    assert_eq!(strange.hear().await, Heard::Closed(4400));
    let mut twice = Socket::open(&address, "officer", &own).await.unwrap();
    twice.greet(json!({})).await;
    twice.subscribe("1").await;
    twice.subscribe("1").await;
    assert_eq!(twice.hear().await, Heard::Closed(4409));
    let mut greedy = Socket::open(&address, "officer", &own).await.unwrap();
    greedy.greet(json!({})).await;
    for n in 0..11 {
        greedy.subscribe(&n.to_string()).await;
    }
    assert_eq!(greedy.hear().await, Heard::Closed(4429));
    let mut query = Socket::open(&address, "officer", &own).await.unwrap();
    query.greet(json!({})).await;
    query.say(&json!({ "id": "1", "type": "subscribe", "payload": { "query": "{me{id}}" } })).await;
    let Heard::Message(refused) = query.hear().await else { panic!() };
    assert_eq!(
        (&refused["type"], &refused["payload"][0]["extensions"]["code"]),
        (&json!("error"), &json!("gateway.document"))
    );
}

#[tokio::test]
async fn a_connection_ends_with_its_session() {
    let (world, changes) = (World::new(1), Changes::default());
    let address = serve(&world, &changes).await;
    let mut socket = Socket::open(&address, "officer", &format!("http://{address}")).await.unwrap();
    socket.greet(json!({})).await;
    *world.over.lock().unwrap() = true;
    let closed = timeout(Duration::from_secs(20), socket.hear()).await.unwrap();
    assert_eq!(closed, Heard::Closed(4401));
    assert_eq!(*world.looks.lock().unwrap(), 1, "a look is no use of the session");
}
