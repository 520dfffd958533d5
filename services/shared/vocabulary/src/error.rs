//! The one registry of error codes, with their texts, and the error that crosses every boundary.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A result whose error is ours.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a code means for the caller; decides the HTTP status between processes and the place in GraphQL's answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Sign in first.
    Unauthenticated,
    /// Known to exist, but not allowed.
    Forbidden,
    /// Not there, or not to be known.
    NotFound,
    /// The input is wrong: say where, and what to do.
    Invalid,
    /// True input that the present state does not allow.
    Conflict,
    /// Too much, or too often.
    Limited,
    /// Something we need is away; the same call may succeed later.
    Unavailable,
    /// A fault of ours.
    Internal,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $kind:ident, $zh:literal, $en:literal;)*) => {
        /// Every code there is. `{name}` in a text is filled from the fault's parameters.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Code { $(#[doc = $en] #[serde(rename = $code)] $name,)* }
        impl Code {
            /// Every code, in the registry's order.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];
            /// The stable text.
            pub const fn as_str(self) -> &'static str { match self { $(Code::$name => $code),* } }
            /// What it means for the caller.
            pub const fn kind(self) -> Kind { match self { $(Code::$name => Kind::$kind),* } }
            /// The Chinese text.
            pub const fn zh(self) -> &'static str { match self { $(Code::$name => $zh),* } }
            /// The English text.
            pub const fn en(self) -> &'static str { match self { $(Code::$name => $en),* } }
        }
    };
}

codes! {
    // every room
    Internal = "platform.internal", Internal, "系统内部出错，请稍后再试；若仍出现，请把请求编号告诉管理员。", "Something went wrong on our side. Try again; if it stays, give the request id to your administrator.";
    Unavailable = "platform.unavailable", Unavailable, "服务暂时不可用，请稍后再试。", "The service is not available just now. Try again in a moment.";
    DeadlineExceeded = "platform.deadline_exceeded", Unavailable, "处理超时，请缩小范围后再试。", "This took too long. Narrow the request and try again.";
    Unauthenticated = "platform.unauthenticated", Unauthenticated, "请先登录。", "Sign in first.";
    Forbidden = "platform.forbidden", Forbidden, "当前身份没有这项权限，可以切换身份或联系管理员。", "Your present role may not do this. Switch roles or ask your administrator.";
    NotFound = "platform.not_found", NotFound, "没有找到，可能已被删除，或不在您的权限范围内。", "Not found: it may be gone, or outside what you may see.";
    Required = "platform.required", Invalid, "此项必填。", "This is required.";
    TooLong = "platform.too_long", Invalid, "内容过长，最多 {max} 个字。", "Too long: at most {max} characters.";
    TooMany = "platform.too_many", Invalid, "数量过多，最多 {max} 个。", "Too many: at most {max}.";
    InvalidValue = "platform.invalid_value", Invalid, "内容无效，请检查后再填。", "This value is not valid. Check it and try again.";
    InvalidDate = "platform.invalid_date", Invalid, "日期无效，应在 1990 年至 2100 年之间。", "The date is not valid: it lies between 1990 and 2100.";
    DateOrder = "platform.date_order", Invalid, "结束日期不能早于开始日期。", "The end may not be before the beginning.";
    DateInFuture = "platform.date_in_future", Invalid, "日期不能晚于今天。", "The date may not lie in the future.";
    InvalidLink = "platform.invalid_link", Invalid, "链接应以 http:// 或 https:// 开头。", "A link begins with http:// or https://.";
    PageSize = "platform.page_size", Invalid, "每页条数应在 1 到 {max} 之间。", "A page has 1 to {max} items.";
    Cursor = "platform.cursor", Invalid, "翻页位置已失效，请回到第一页。", "This place in the list is no longer valid. Go back to the first page.";
    Period = "platform.period", Invalid, "统计周期无效，例如 2025-2026.1、2025-2026 或 2025。", "Not a period: write 2025-2026.1, 2025-2026 or 2025.";
    IdempotencyKey = "platform.idempotency_key", Invalid, "请求标识应为 8 到 64 个字母、数字或连字符。", "An idempotency key has 8 to 64 letters, digits or hyphens.";
    IdempotencyConflict = "platform.idempotency_conflict", Conflict, "同一请求标识已用于另一内容，请刷新后重试。", "This idempotency key was used for another request. Reload and try again.";
    Stale = "platform.stale", Conflict, "这条记录刚被他人修改，请刷新后核对再提交。", "Somebody has just changed this. Reload, compare, and send it again.";
    // the door
    Document = "gateway.document", Invalid, "查询语句有误：{reason}", "The document is not valid: {reason}";
    DocumentLimit = "gateway.document_limit", Limited, "查询超出限制：{limit}。", "The document is over a limit: {limit}.";
    DocumentUnknown = "gateway.document_unknown", NotFound, "页面版本已更新，请刷新页面。", "The page is of another version. Reload it.";
    Origin = "gateway.origin", Forbidden, "请求来源不被允许。", "This origin may not send requests.";
    // tenancy
    SignInFailed = "tenancy.sign_in_failed", Unauthenticated, "账号或密码不正确。", "The account or the password is wrong.";
    SignInLocked = "tenancy.sign_in_locked", Limited, "登录失败次数过多，请 15 分钟后再试，或联系管理员。", "Too many failed attempts. Try again in 15 minutes, or ask your administrator.";
    SessionExpired = "tenancy.session_expired", Unauthenticated, "登录已过期，请重新登录。", "Your session has expired. Sign in again.";
    PasswordChangeRequired = "tenancy.password_change_required", Forbidden, "首次登录请先修改密码。", "Change your password first.";
    PasswordWeak = "tenancy.password_weak", Invalid, "密码至少 {min} 位，并包含大写字母、小写字母、数字、符号中的三类。", "A password has at least {min} characters of three of: capital letters, small letters, digits, signs.";
    PasswordReused = "tenancy.password_reused", Invalid, "不能使用最近 5 次用过的密码。", "This is one of your last 5 passwords. Choose another.";
    PasswordWrong = "tenancy.password_wrong", Invalid, "原密码不正确。", "The present password is wrong.";
    LoginTaken = "tenancy.login_taken", Conflict, "登录名已被使用，请换一个。", "This account name is taken. Choose another.";
    LoginInvalid = "tenancy.login_invalid", Invalid, "登录名为 3 到 40 个小写字母、数字、点、下划线或连字符。", "An account name has 3 to 40 small letters, digits, dots, underscores or hyphens.";
    SchoolCodeInvalid = "tenancy.school_code_invalid", Invalid, "学校标识码为 10 位数字，中等职业学校以 36 开头。", "A school code has 10 digits; a secondary vocational school's begins with 36.";
    SchoolCodeTaken = "tenancy.school_code_taken", Conflict, "该学校标识码正被另一所学校使用。", "Another living school has this code.";
    CreditCodeInvalid = "tenancy.credit_code_invalid", Invalid, "统一社会信用代码为 18 位，且校验位须正确。", "A unified social credit code has 18 characters and a right check digit.";
    CreditCodeTaken = "tenancy.credit_code_taken", Conflict, "该统一社会信用代码正被另一机构使用。", "Another living organisation has this credit code.";
    CodeMissing = "tenancy.code_missing", Invalid, "学校标识码与统一社会信用代码至少填写一项。", "Give the school code or the unified social credit code.";
    PlaceInvalid = "tenancy.place_invalid", Invalid, "行政区划代码为 6 位数字（GB/T 2260）。", "A place code has 6 digits (GB/T 2260).";
    OrganisationKind = "tenancy.organisation_kind", Conflict, "该机构类型不能这样操作。", "An organisation of this kind cannot take this.";
    OrganisationClosed = "tenancy.organisation_closed", Conflict, "该机构在这一天尚未成立，或已撤并、停办。", "The organisation did not live on that day: not founded yet, closed, or merged.";
    OrganisationCycle = "tenancy.organisation_cycle", Conflict, "不能移到自己或自己的下级之下。", "An organisation cannot come under itself or what is below it.";
    OrganisationBusy = "tenancy.organisation_busy", Conflict, "尚有下级机构，请先移走或撤并。", "There are organisations below it. Move or close them first.";
    ChangeBeforeLast = "tenancy.change_before_last", Conflict, "日期早于最近一次变更（{last}），请选择之后的日期。", "The date lies before the last change ({last}). Choose a later one.";
    NumbersExhausted = "tenancy.numbers_exhausted", Limited, "机构编号已用尽，请联系平台管理员。", "The block of organisation numbers is full. Ask the platform's administrator.";
    GrantNotAllowed = "tenancy.grant_not_allowed", Forbidden, "您不能授予这个角色，或不能在该范围内授予。", "You may not give this role, or not there.";
    GrantExclusive = "tenancy.grant_exclusive", Conflict, "系统、安全、审计管理员不能由同一人兼任。", "System, security and audit administrators exclude each other.";
    GrantScope = "tenancy.grant_scope", Invalid, "这个角色不能授予在该机构上。", "This role does not stand on such an organisation.";
    ClassNameTaken = "tenancy.class_name_taken", Conflict, "本校同一年级已有同名班级。", "The school has a class of this name in the same cohort.";
    AssignmentOutsideClass = "tenancy.assignment_outside_class", Invalid, "任职日期应在班级存续期间内。", "The assignment lies outside the class's own dates.";
    AssignmentTwice = "tenancy.assignment_twice", Conflict, "此人在这段时间已担任这个班的同一职务。", "This person is assigned to the class in this kind in that time already.";
    PersonElsewhere = "tenancy.person_elsewhere", Conflict, "此人不属于这所学校。", "This person does not belong to the school.";
    // studios
    StudioClosed = "studios.studio_closed", Conflict, "工作室已结束，不能再修改。", "The studio is closed and takes no changes.";
    StudioNameTaken = "studios.studio_name_taken", Conflict, "本单位已有同名工作室。", "The organisation has a studio of this name.";
    PersonUnknown = "studios.person_unknown", Invalid, "没有这个账号的人员，请核对登录名。", "There is no person with this account name.";
    MemberTwice = "studios.member_twice", Conflict, "此人在这段时间已是成员。", "This person is a member in that time already.";
    MemberHasTasks = "studios.member_has_tasks", Conflict, "该成员还有 {count} 项未完成任务，请先转交。", "The member still owns {count} open tasks. Hand them over first.";
    NotAMember = "studios.not_a_member", Invalid, "任务负责人应为工作室当前成员。", "The owner must be a member of the studio.";
    CategoryPrincipal = "studios.category_principal", Invalid, "主要类别应在所选类别之中。", "The principal category must be one of the chosen.";
    TaskClosed = "studios.task_closed", Conflict, "任务已销账；如需修改请先重新打开。", "The task is closed. Reopen it to change it.";
    TaskOpen = "studios.task_open", Conflict, "任务尚未销账，无需重新打开。", "The task is open already.";
    EvidenceOrReason = "studios.evidence_or_reason", Invalid, "销账须附完成证据（文字或链接），或写明无证据的原因。", "Close a task with evidence (a text or a link) or with a written reason.";
    PlanItemInUse = "studios.plan_item_in_use", Conflict, "该方案任务下还有 {count} 条台账，不能删除。", "The plan item still has {count} ledger lines and cannot be removed.";
    SessionAhead = "studios.session_ahead", Conflict, "活动还没到日期，当天起才能登记签到和纪要。", "The session lies ahead: who came is recorded from its day on.";
    SessionCancelled = "studios.session_cancelled", Conflict, "活动已取消；如要举办，请先修改并重新安排。", "The session was cancelled. Change it to plan it again.";
    NotExpected = "studios.not_expected", Invalid, "名单中有人在活动当天不是成员，请改按登录名添加。", "Somebody named was no member on that day: add them by their account name.";
    GuestUnknown = "studios.guest_unknown", Invalid, "没有账号为“{login}”的人员，请核对登录名。", "Nobody has the account name {login}.";
    // imports
    ImportKind = "imports.kind", Invalid, "没有这种导入模板。", "There is no such import template.";
    ImportFile = "imports.file", Invalid, "文件无法读取：{reason}", "The file cannot be read: {reason}";
    ImportTooLarge = "imports.too_large", Limited, "文件过大，最多 {max} MB。", "The file is too large: at most {max} MB.";
    ImportTooLate = "imports.too_late", Conflict, "等待超过 15 分钟，未处理，请重新导入。", "It waited for more than 15 minutes and was not carried out: import the file again.";
    // analytics
    MetricUnknown = "analytics.metric_unknown", Invalid, "没有这个指标项。", "There is no such metric.";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The code.
    pub code: Code,
    /// The input's field, in camelCase, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What fills the text's `{…}`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

impl Fault {
    fn filled(&self, text: &str) -> String {
        self.params
            .iter()
            .fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// The Chinese text, filled.
    pub fn zh(&self) -> String {
        self.filled(self.code.zh())
    }

    /// The English text, filled.
    pub fn en(&self) -> String {
        self.filled(self.code.en())
    }
}

/// An error: what the outside is told (one or more faults), and a private cause that never leaves the process.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Error {
    fault: Fault,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    more: Vec<Fault>,
    #[serde(skip)]
    cause: Option<String>,
}

impl Error {
    /// An error of this code.
    pub fn new(code: Code) -> Self {
        Self { fault: Fault { code, field: None, params: BTreeMap::new() }, more: Vec::new(), cause: None }
    }

    /// A fault of ours, with its private cause for the log.
    pub fn internal(cause: impl fmt::Display) -> Self {
        Self::new(Code::Internal).because(cause)
    }

    /// The input's field that is wrong.
    #[must_use]
    pub fn on(mut self, field: &str) -> Self {
        self.fault.field = Some(field.to_owned());
        self
    }

    /// A parameter of the text.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.fault.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// The private cause: logged where it happened, never sent.
    #[must_use]
    pub fn because(mut self, cause: impl fmt::Display) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    /// This error and further faults found in the same input.
    #[must_use]
    pub fn and(mut self, other: Error) -> Self {
        self.more.push(other.fault);
        self.more.extend(other.more);
        self
    }

    /// The first fault's code.
    pub const fn code(&self) -> Code {
        self.fault.code
    }

    /// What it means for the caller.
    pub const fn kind(&self) -> Kind {
        self.fault.code.kind()
    }

    /// The first fault.
    pub const fn fault(&self) -> &Fault {
        &self.fault
    }

    /// Every fault.
    pub fn faults(&self) -> impl Iterator<Item = &Fault> {
        std::iter::once(&self.fault).chain(&self.more)
    }

    /// The private cause, for the log.
    pub fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }

    /// Whether this is an outcome that a mutation's caller should expect, shown in its payload.
    pub const fn expected(&self) -> bool {
        matches!(
            self.kind(),
            Kind::Invalid | Kind::Conflict | Kind::NotFound | Kind::Forbidden | Kind::Limited
        )
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fault.en())
    }
}

impl std::error::Error for Error {}

/// Collects the faults of several fields, so that a form shows all of them at once.
impl FromIterator<Error> for Option<Error> {
    fn from_iter<I: IntoIterator<Item = Error>>(errors: I) -> Self {
        errors.into_iter().reduce(Error::and)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_are_unique_and_well_formed() {
        let mut seen = HashSet::new();
        for code in Code::ALL {
            let text = code.as_str();
            assert!(seen.insert(text), "{text} twice");
            let (service, name) = text.split_once('.').unwrap();
            assert!(
                [service, name].iter().all(|w| w.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')),
                "{text}"
            );
            assert!(!code.zh().is_empty() && !code.en().is_empty());
        }
    }

    #[test]
    fn the_cause_stays_at_home() {
        let error = Error::internal("password=123").with("a", 1).and(Error::new(Code::Required).on("name"));
        let json = serde_json::to_string(&error).unwrap();
        assert!(!json.contains("123"), "{json}");
        let back: Error = serde_json::from_str(&json).unwrap();
        assert_eq!(back.faults().count(), 2);
        assert_eq!(Error::new(Code::TooLong).with("max", 3).fault().en(), "Too long: at most 3 characters.");
    }
}
