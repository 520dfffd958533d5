//! The roles, and the registry of error codes.

use async_graphql::SimpleObject;
use vocabulary::{Code, Role};

/// A role that a grant may carry.
#[derive(SimpleObject)]
pub(crate) struct RoleInfo {
    /// The role.
    code: Role,
    /// Name in Chinese.
    name_zh: &'static str,
    /// Name in English.
    name_en: &'static str,
    /// Whether it stands on a studio, else on an organisation.
    on_studio: bool,
}

/// Every role, in a fixed order.
pub(crate) fn roles() -> Vec<RoleInfo> {
    let info = |role: &Role| RoleInfo {
        code: *role,
        name_zh: role.zh(),
        name_en: role.en(),
        on_studio: role.on_studio(),
    };
    Role::ALL.iter().map(info).collect()
}

/// An error code with its texts.
#[derive(SimpleObject)]
pub(crate) struct ErrorCode {
    /// The stable code.
    code: &'static str,
    /// What it means for the caller.
    kind: String,
    /// The Chinese text.
    message_zh: &'static str,
    /// The English text.
    message_en: &'static str,
}

/// Every error code.
pub(crate) fn error_codes() -> Vec<ErrorCode> {
    let info = |code: &Code| ErrorCode {
        code: code.as_str(),
        kind: format!("{:?}", code.kind()),
        message_zh: code.zh(),
        message_en: code.en(),
    };
    Code::ALL.iter().map(info).collect()
}
