//! The roles that a grant may carry.

use serde::{Deserialize, Serialize};

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $zh:literal, $en:literal;)*) => {
        /// A role that a grant carries.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
        #[serde(rename_all = "snake_case")]
        pub enum Role { $($(#[$doc])* $name,)* }
        impl Role {
            /// Every role, in a fixed order.
            pub const ALL: &'static [Role] = &[$(Role::$name),*];
            /// The word in the database and in spreadsheets' codes.
            pub const fn code(self) -> &'static str { match self { $(Role::$name => $code),* } }
            /// The Chinese name.
            pub const fn zh(self) -> &'static str { match self { $(Role::$name => $zh),* } }
            /// The English name.
            pub const fn en(self) -> &'static str { match self { $(Role::$name => $en),* } }
            /// The role with this code.
            pub fn from_code(code: &str) -> Option<Role> { match code { $($code => Some(Role::$name),)* _ => None } }
        }
    };
}

roles! {
    /// 系统管理员: runs the installation; sees no tenant's content.
    SystemAdministrator = "system_administrator", "系统管理员", "System administrator";
    /// 安全管理员: accounts, locks, sessions.
    SecurityAdministrator = "security_administrator", "安全管理员", "Security administrator";
    /// 审计管理员: reads the audit.
    AuditAdministrator = "audit_administrator", "审计管理员", "Audit administrator";
    /// 主管部门管理员: founds organisations, gives grants below the bureau.
    BureauAdministrator = "bureau_administrator", "主管部门管理员", "Bureau administrator";
    /// 主管部门督导员: reads everything below the bureau.
    BureauOfficer = "bureau_officer", "主管部门督导员", "Bureau officer";
    /// 联盟管理员: runs an alliance (片区, 职教集团).
    AllianceAdministrator = "alliance_administrator", "联盟管理员", "Alliance administrator";
    /// 学校领导: reads the whole school.
    SchoolLeader = "school_leader", "学校领导", "School leader";
    /// 学校管理员: people, classes and studios of one school.
    SchoolAdministrator = "school_administrator", "学校管理员", "School administrator";
    /// 学校经办人: the one who types.
    SchoolClerk = "school_clerk", "学校经办人", "School clerk";
    /// 主持人: leads a studio.
    StudioLead = "studio_lead", "工作室主持人", "Studio lead";
    /// 负责人: coordinates a studio.
    StudioCoordinator = "studio_coordinator", "工作室负责人", "Studio coordinator";
    /// 工作室成员.
    StudioMember = "studio_member", "工作室成员", "Studio member";
    /// 班主任: most of the users.
    HomeroomTeacher = "homeroom_teacher", "班主任", "Homeroom teacher";
    /// 校外专家: sees the studio that the grant names, and no more of its school.
    ExternalExpert = "external_expert", "校外专家", "External expert";
    /// 分析员: compares, without disclosing small cells.
    Analyst = "analyst", "分析员", "Analyst";
}

impl Role {
    /// Whether a grant of this role stands on a studio (else on an organisation).
    pub const fn on_studio(self) -> bool {
        matches!(self, Role::StudioLead | Role::StudioCoordinator | Role::StudioMember | Role::ExternalExpert)
    }
}
