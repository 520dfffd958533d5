//! Queries: field, document, variables. Each reads what the names stand for.

/// Every query of the schema.
#[rustfmt::skip]
pub(crate) const QUERIES: &[(&str, &str, &str)] = &[
    ("me", "{ me { id name login mustChangePassword hat { grant role } hats { grant } sessions { id } } }", "{}"),
    ("organisations", "query($filter: OrganisationFilterInput, $asOf: NaiveDate, $first: Int!, $after: String) { organisations(filter: $filter, asOf: $asOf, first: $first, after: $after) { nodes { id no name authority { id } grants { id } studios { id } } totalCount pageInfo { endCursor } } }", r#"{"filter": {"search": "x", "under": "$organisation"}, "asOf": "2026-05-18", "first": 20, "after": null}"#),
    ("organisation", "query($id: ID!, $asOf: NaiveDate, $period: Period!) { organisation(id: $id, asOf: $asOf) { id no name schoolCode creditCode authority { id } mergedInto { id } schools studios { id members { id } } grants { id personName } figures(period: $period) { figures { value } } } }", r#"{"id": "$organisation", "asOf": "2026-05-18", "period": "2025-2026.2"}"#),
    ("organisationTree", "query($asOf: NaiveDate) { organisationTree(by: PLACE, asOf: $asOf) { key name organisation } }", r#"{"asOf": "2026-05-18"}"#),
    ("organisationHistory", "query($id: ID!) { organisationHistory(id: $id) { on what before after } }", r#"{"id": "$organisation"}"#),
    ("whoCouldSee", "query($id: ID!, $on: NaiveDate!) { whoCouldSee(id: $id, on: $on) { person personName role through { id } } }", r#"{"id": "$organisation", "on": "2026-05-18"}"#),
    ("grantableRoles", "query($id: ID!) { grantableRoles(organisation: $id) }", r#"{"id": "$organisation"}"#),
    ("people", "query($filter: PersonFilterInput, $first: Int!, $after: String) { people(filter: $filter, first: $first, after: $after) { nodes { id name phone grants { id } } totalCount } }", r#"{"filter": {"organisation": "$organisation", "search": "x"}, "first": 20, "after": null}"#),
    ("person", "query($id: ID!) { person(id: $id) { id name login phone organisation { id } grants { id } } }", r#"{"id": "$person"}"#),
    ("classes", "query($filter: ClassFilterInput, $asOf: NaiveDate, $first: Int!, $after: String) { classes(filter: $filter, asOf: $asOf, first: $first, after: $after) { nodes { id name assignments { id personName } } totalCount } }", r#"{"filter": {"school": "$organisation", "search": "x", "cohort": 2024}, "asOf": "2026-05-18", "first": 20, "after": null}"#),
    ("class", "query($id: ID!) { class(id: $id) { id name school { id } assignments { id personName } } }", r#"{"id": "$class"}"#),
    ("studios", "query($filter: StudioFilterInput, $first: Int!, $after: String) { studios(filter: $filter, first: $first, after: $after) { nodes { id name } totalCount } }", r#"{"filter": {"owners": ["$no"], "search": "x"}, "first": 20, "after": null}"#),
    ("studio", "query($id: ID!, $year: Int!) { studio(id: $id) { id name leadName owner { id } members { id personName } planItems(schoolYear: $year) { id } figures(period: \"2025-2026.2\") { figures { value } } } }", r#"{"id": "$studio", "year": 2025}"#),
    ("planItem", "query($id: ID!) { planItem(id: $id) { id title studio { id } } }", r#"{"id": "$planitem"}"#),
    ("tasks", "query($filter: TaskFilterInput, $first: Int!, $after: String) { tasks(filter: $filter, first: $first, after: $after) { nodes { id title studio { id } } totalCount } }", r#"{"filter": {"studio": "$studio", "owners": ["$no"], "search": "x", "dueFrom": "2026-01-01", "dueTo": "2026-12-31"}, "first": 20, "after": null}"#),
    ("task", "query($id: ID!) { task(id: $id) { id title ownerName studio { id } planItem { id } } }", r#"{"id": "$task"}"#),
    ("taskHistory", "query($id: ID!) { taskHistory(id: $id) { at what personName note } }", r#"{"id": "$task"}"#),
    ("overview", "query($id: ID!, $period: Period!, $asOf: NaiveDate) { overview(organisation: $id, period: $period, asOf: $asOf) { schoolCount schools { id } together { figures { value } } } }", r#"{"id": "$organisation", "period": "2025-2026.2", "asOf": "2026-05-18"}"#),
    ("figure", "query($school: ID, $studio: ID, $metric: String!, $period: Period!, $first: Int!) { figure(school: $school, studio: $studio, metric: $metric, period: $period) { school { id } studio { id } figure { value } trend(periods: 3) { figure { value } } records(first: $first) { nodes { task { id } } totalCount } } }", r#"{"school": null, "studio": "$studio", "metric": "3.3.1.a", "period": "2025-2026.2", "first": 20}"#),
    ("resourceDomains", "{ resourceDomains { code zh } }", "{}"),
    ("node", "query($id: ID!) { node(id: $id) { id __typename } }", r#"{"id": "$task"}"#),
    ("indicators", "{ indicators { number metrics { id } } }", "{}"),
    ("periods", "{ periods { id current } }", "{}"),
    ("roles", "{ roles { code nameZh } }", "{}"),
    ("errorCodes", "{ errorCodes { code } }", "{}"),
    ("audit", "query($filter: AuditFilterInput, $first: Int!, $after: String) { audit(filter: $filter, first: $first, after: $after) { nodes { id action personName subject } totalCount } }", r#"{"filter": {"organisation": "$no", "person": "$person", "action": "x", "since": "2026-01-01", "until": "2026-12-31"}, "first": 20, "after": null}"#),
    ("imports", "query($first: Int!, $after: String) { imports(service: TENANCY, first: $first, after: $after) { nodes { id fileName } totalCount } }", r#"{"first": 20, "after": null}"#),
    ("import", "query($id: ID!) { import(service: STUDIOS, id: $id) { id fileName } }", r#"{"id": "$import"}"#),
];
