//! `GET /graphql/ws`: the graphql-transport-ws protocol, for subscriptions and nothing else.
//!
//! Written out rather than taken from the library, because a connection that stays open must be looked at again: the
//! session every 15 seconds, the number of subscriptions, the size of messages.

use crate::door::answer::{Language, finish, refusal};
use crate::door::{Asked, DEADLINE, Prepared, before_change, origin, prepare};
use crate::gate::Gate;
use crate::session::{BELIEVED, HAT, Identity};
use async_graphql::Response as Answer;
use async_graphql::parser::types::OperationType;
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use futures::StreamExt as _;
use futures::stream::{AbortHandle, BoxStream, SelectAll, abortable};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use vocabulary::{Call, Code, Error, GrantId, Kind, Principal, Result};

const PROTOCOL: &str = "graphql-transport-ws";
/// The longest message that is read.
const LONGEST: usize = 64 * 1024;
/// How many subscriptions a connection may hold.
const MOST: usize = 10;
/// How long a connection may take to say who it is.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Said {
    ConnectionInit {
        #[serde(default)]
        payload: Json,
    },
    Ping {},
    Pong {},
    Subscribe {
        id: String,
        payload: Box<Asked>,
    },
    Complete {
        id: String,
    },
}

/// Why a connection is closed: the protocol's own codes, and 4205 where the reader's scope has changed.
type Close = (u16, &'static str);

const BAD: Close = (4400, "bad message");
const UNAUTHENTICATED: Close = (4401, "sign in first");
const FORBIDDEN: Close = (4403, "not under this hat");
const TIMEOUT: Close = (4408, "no connection_init");
const TWICE: Close = (4409, "this subscription is there already");
const TOO_MANY: Close = (4429, "too many");
const OTHER_SCOPE: Close = (4205, "the scope has changed");
const AWAY: Close = (1013, "try again later");

/// Opens a connection: from our own origin only.
pub(crate) async fn upgrade(
    State(gate): State<Arc<Gate>>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if origin::own(&gate, &headers).is_err() {
        return StatusCode::FORBIDDEN.into_response();
    }
    let upgrade = upgrade.protocols([PROTOCOL]).max_message_size(LONGEST).max_frame_size(LONGEST);
    upgrade.on_upgrade(move |socket| async move {
        let mut connection =
            Connection { gate, headers, socket, running: HashMap::new(), answers: SelectAll::new() };
        if let Some((code, reason)) = connection.serve().await.err() {
            let frame = CloseFrame { code, reason: reason.into() };
            // The other side may be gone already.
            let _ = connection.socket.send(Message::Close(Some(frame))).await;
        }
    })
}

struct Connection {
    gate: Arc<Gate>,
    headers: HeaderMap,
    socket: WebSocket,
    running: HashMap<String, AbortHandle>,
    answers: SelectAll<BoxStream<'static, (String, Option<Answer>)>>,
}

/// Who is behind the connection.
struct Reader {
    identity: Identity,
    token: Arc<str>,
    hat: Option<GrantId>,
}

impl Connection {
    /// Serves until the other side leaves (`Ok`) or has to be closed.
    async fn serve(&mut self) -> Result<(), Close> {
        let reader = tokio::time::timeout(PATIENCE, self.greet()).await.unwrap_or(Err(TIMEOUT))?;
        let Some(reader) = reader else { return Ok(()) };
        self.send(&json!({ "type": "connection_ack" })).await?;
        let mut look = tokio::time::interval(BELIEVED);
        look.tick().await;
        loop {
            tokio::select! {
                message = self.socket.recv() => match said(message)? {
                    Heard::Gone => return Ok(()),
                    Heard::Nothing => {}
                    Heard::Said(said) => self.hear(said, &reader).await?,
                },
                Some((id, answer)) = self.answers.next(), if !self.answers.is_empty() => {
                    self.answer(id, answer).await?;
                }
                _ = look.tick() => self.look_again(&reader).await?,
            }
        }
    }

    /// Waits for `connection_init` and finds out who it is.
    async fn greet(&mut self) -> Result<Option<Reader>, Close> {
        let payload = loop {
            match said(self.socket.recv().await)? {
                Heard::Gone => return Ok(None),
                Heard::Nothing | Heard::Said(Said::Pong {}) => {}
                Heard::Said(Said::ConnectionInit { payload }) => break payload,
                Heard::Said(Said::Ping {}) => self.send(&json!({ "type": "pong" })).await?,
                Heard::Said(Said::Subscribe { .. } | Said::Complete { .. }) => return Err(UNAUTHENTICATED),
            }
        };
        let hat = payload.get(HAT).and_then(Json::as_str).filter(|hat| !hat.is_empty());
        let token = self.gate.sessions.token(&self.headers).ok_or(UNAUTHENTICATED)?;
        let identity = self.gate.sessions.identify(&self.headers, hat, "").await.map_err(|e| closing(&e))?;
        if identity.resumed().is_none() {
            return Err(UNAUTHENTICATED);
        }
        let hat = identity.principal().hat().map(|hat| hat.grant);
        Ok(Some(Reader { identity, token, hat }))
    }

    async fn hear(&mut self, said: Said, reader: &Reader) -> Result<(), Close> {
        match said {
            Said::ConnectionInit { .. } => Err(TOO_MANY),
            Said::Ping {} => self.send(&json!({ "type": "pong" })).await,
            Said::Pong {} => Ok(()),
            Said::Complete { id } => {
                if let Some(handle) = self.running.remove(&id) {
                    handle.abort();
                }
                Ok(())
            }
            Said::Subscribe { id, .. } if self.running.contains_key(&id) => Err(TWICE),
            Said::Subscribe { id, .. } if self.running.len() >= MOST || id.len() > 64 => Err(TOO_MANY),
            Said::Subscribe { id, payload } => self.subscribe(id, *payload, reader).await,
        }
    }

    async fn subscribe(&mut self, id: String, asked: Asked, reader: &Reader) -> Result<(), Close> {
        let call = Call::new(Principal::anonymous(), DEADLINE);
        let refused = |error: Error| {
            let answer = refusal(&error, call.request_id, Language::of(&self.headers));
            json!({ "id": id, "type": "error", "payload": answer["errors"] })
        };
        let prepared = prepare(&self.gate, asked).and_then(|prepared| {
            let subscription = prepared.walked.kind == OperationType::Subscription;
            if reader.identity.must_change_password() && !before_change(&prepared.walked) {
                Err(Error::new(Code::PasswordChangeRequired))
            } else if subscription {
                Ok(prepared)
            } else {
                Err(Error::new(Code::Document).with("reason", "only subscriptions go through /graphql/ws"))
            }
        });
        let Prepared { request, .. } = match prepared {
            Ok(prepared) => prepared,
            Err(error) => {
                let message = refused(error);
                return self.send(&message).await;
            }
        };
        let request = request.data(reader.identity.clone());
        let (stream, handle) = abortable(self.gate.schema.execute_stream(request));
        self.running.insert(id.clone(), handle);
        let named = id.clone();
        let answers = stream.map(move |answer| (named.clone(), Some(answer)));
        let ended = futures::stream::once(async move { (id, None) });
        self.answers.push(answers.chain(ended).boxed());
        Ok(())
    }

    async fn answer(&mut self, id: String, answer: Option<Answer>) -> Result<(), Close> {
        if !self.running.contains_key(&id) {
            // The other side has completed it: nothing more may be said of it.
            return Ok(());
        }
        let Some(answer) = answer else {
            self.running.remove(&id);
            return self.send(&json!({ "id": id, "type": "complete" })).await;
        };
        let call = Call::new(Principal::anonymous(), DEADLINE);
        let (payload, _) = finish(answer, call.request_id, Language::of(&self.headers));
        self.send(&json!({ "id": id, "type": "next", "payload": payload })).await
    }

    /// The session is asked for again; where it is over, or means something else by now, the connection ends.
    async fn look_again(&mut self, reader: &Reader) -> Result<(), Close> {
        let again = self.gate.sessions.look_again(&reader.token, reader.hat).await;
        match again {
            Ok(Some(known)) if known.principal == reader.identity.principal() => {}
            Ok(Some(_)) => return Err(OTHER_SCOPE),
            Ok(None) => return Err(UNAUTHENTICATED),
            // Tenancy may be away for a moment; what is told meanwhile is within the scope it last gave.
            Err(error) if error.kind() == Kind::Unavailable => {}
            Err(error) => return Err(closing(&error)),
        }
        self.socket.send(Message::Ping(axum::body::Bytes::new())).await.map_err(|_| AWAY)
    }

    async fn send(&mut self, message: &Json) -> Result<(), Close> {
        self.socket.send(Message::Text(message.to_string().into())).await.map_err(|_| AWAY)
    }
}

fn closing(error: &Error) -> Close {
    match error.kind() {
        Kind::Unauthenticated => UNAUTHENTICATED,
        Kind::Unavailable | Kind::Internal => AWAY,
        _ => FORBIDDEN,
    }
}

enum Heard {
    /// The other side has left.
    Gone,
    /// A frame without meaning for the protocol.
    Nothing,
    Said(Said),
}

fn said(message: Option<Result<Message, axum::Error>>) -> Result<Heard, Close> {
    match message {
        Some(Ok(Message::Text(text))) => serde_json::from_str(&text).map(Heard::Said).map_err(|_| BAD),
        Some(Ok(Message::Binary(_))) => Err(BAD),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(Heard::Nothing),
        Some(Ok(Message::Close(_)) | Err(_)) | None => Ok(Heard::Gone),
    }
}
