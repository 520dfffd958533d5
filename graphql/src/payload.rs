//! What mutations answer: the thing, or what the caller should correct.

use crate::ask::{ask, part};
use crate::clients::{Clients, Has};
use crate::session::Sessions;
use async_graphql::{Context, SimpleObject};
use contract::Operation;
use contract::tenancy::SignOut;
use vocabulary::{Code, Error, Fault, Result};

/// One thing that the caller should correct.
#[derive(SimpleObject)]
pub(crate) struct UserError {
    /// The stable code.
    code: &'static str,
    /// The input's field, where there is one.
    field: Option<String>,
    /// What to do, in Chinese.
    message_zh: String,
    /// The same in English.
    message_en: String,
    /// What fills the texts.
    params: Vec<Parameter>,
}

/// A parameter of an error's text.
#[derive(SimpleObject)]
pub(crate) struct Parameter {
    /// Its name.
    name: String,
    /// Its value.
    value: String,
}

impl From<&Fault> for UserError {
    fn from(fault: &Fault) -> Self {
        let params = fault.params.iter();
        Self {
            code: fault.code.as_str(),
            field: fault.field.clone(),
            message_zh: fault.zh(),
            message_en: fault.en(),
            params: params
                .map(|(name, value)| Parameter { name: name.clone(), value: value.clone() })
                .collect(),
        }
    }
}

/// The outcome of a command: its reply, or what the caller should correct. Other errors stay errors.
pub(crate) fn outcome<T>(result: Result<T>) -> Result<(Option<T>, Vec<UserError>)> {
    match result {
        Ok(reply) => Ok((Some(reply), Vec::new())),
        Err(error) if shown(&error) => Ok((None, error.faults().map(UserError::from).collect())),
        Err(error) => Err(error),
    }
}

/// A wrong password is an outcome of signing in, and no lack of a session.
fn shown(error: &Error) -> bool {
    error.expected() || error.code() == Code::SignInFailed
}

/// Sends a command.
pub(crate) async fn send<O>(ctx: &Context<'_>, command: O) -> Result<(Option<O::Reply>, Vec<UserError>)>
where
    O: Operation,
    Clients: Has<O::Service>,
{
    let reply = ask(ctx, command).await;
    // Who may do what follows from tenancy's records: after a change of them nobody is believed unseen.
    if reply.is_ok() && O::PATH.starts_with("/tenancy/") && O::PATH != SignOut::PATH {
        part::<Sessions>(ctx)?.forget_all();
    }
    outcome(reply)
}

/// Makes a payload type for each command and the mutation that sends it, from one plain table.
macro_rules! mutations {
    ($root:ident { $($(#[$doc:meta])* $field:ident($command:ty) -> $payload:ident { $thing:ident: $type:ty = $wrap:expr })* }) => {
        $(
            #[doc = concat!("The outcome of `", stringify!($command), "`.")]
            #[derive(async_graphql::SimpleObject)]
            pub(crate) struct $payload {
                /// What it made of it; nothing where `userErrors` says why.
                $thing: Option<$type>,
                /// What the caller should correct.
                user_errors: Vec<$crate::payload::UserError>,
            }
        )*
        #[async_graphql::Object]
        impl $root {
            $(
                $(#[$doc])*
                async fn $field(&self, ctx: &async_graphql::Context<'_>, input: $command) -> vocabulary::Result<Option<$payload>> {
                    let (reply, user_errors) = $crate::payload::send(ctx, input).await?;
                    Ok(Some($payload { $thing: reply.map($wrap), user_errors }))
                }
            )*
        }
    };
}
pub(crate) use mutations;
