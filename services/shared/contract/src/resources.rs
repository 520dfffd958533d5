//! Resources: files and their metadata. Its first use cases come later; it names its vocabulary.

use crate::operation::service;
use crate::tenancy::{AuditEntry, AuditFilter};
use serde::{Deserialize, Serialize};
use vocabulary::{Page, PageInput};

/// One of the domains in which resources are shared (六领域资源, indicator 3.4.1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::SimpleObject), graphql(name = "ResourceDomain"))]
pub struct ResourceDomain {
    /// Its word.
    pub code: String,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
}

/// The six domains of the national core.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListDomains {}

/// A page of the service's audit, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListAudit {
    /// Which.
    pub filter: AuditFilter,
    /// Which page.
    pub page: PageInput,
}

service! {
    /// Files and their metadata, sharing, search.
    pub trait Resources at "resources" {
        ListDomains => Vec<ResourceDomain>,
        ListAudit => Page<AuditEntry>,
    }
}
