//! Operations of the contract: path and message.

/// Every operation, a line each.
pub(crate) const OPERATIONS: &str = r#"
/tenancy/SignIn {"login": "nobody", "password": "Nobody-Knows-1", "source": "127.0.0.1", "device": "test"}
/tenancy/Resume {"token": "nothing", "hat": "$grant"}
/tenancy/ListSessions {}
/tenancy/SignOut {"idempotency_key": "$key"}
/tenancy/RevokeSession {"idempotency_key": "$key", "session": "$session"}
/tenancy/ChangePassword {"idempotency_key": "$key", "present": "x", "new": "Geheim-Wort-2026"}
/tenancy/ResetPassword {"idempotency_key": "$key", "person": "$person"}
/tenancy/ListOrganisations {"filter": {"search": "x", "kind": "school", "under": "$organisation", "include_closed": true}, "sort": "name", "direction": "ascending", "as_of": "2026-05-18", "page": {"first": 20, "after": null}}
/tenancy/OpenOrganisations {"ids": ["$organisation"], "as_of": "2026-05-18"}
/tenancy/OpenOrganisationsByNo {"nos": ["$no"], "as_of": "2026-05-18"}
/tenancy/SchoolsUnder {"organisation": "$organisation", "as_of": "2026-05-18"}
/tenancy/OrganisationTree {"by": "authority", "as_of": "2026-05-18"}
/tenancy/OrganisationHistory {"id": "$organisation"}
/tenancy/WhoCouldSee {"id": "$organisation", "on": "2026-05-18"}
/tenancy/FoundOrganisation {"idempotency_key": "$key", "kind": "school", "level": null, "name": "新校", "authority": "$organisation", "place_code": "530100", "school_code": "3688888801", "credit_code": null, "founded_on": "2026-05-01"}
/tenancy/RenameOrganisation {"idempotency_key": "$key", "id": "$organisation", "name": "改名", "on": "2026-05-01"}
/tenancy/MoveOrganisation {"idempotency_key": "$key", "id": "$organisation", "authority": "$organisation", "place_code": "530100", "on": "2026-05-01"}
/tenancy/ChangeSchoolCode {"idempotency_key": "$key", "id": "$organisation", "school_code": "3688888802", "on": "2026-05-01"}
/tenancy/MergeOrganisation {"idempotency_key": "$key", "id": "$organisation", "into": "$organisation", "on": "2026-05-01"}
/tenancy/CloseOrganisation {"idempotency_key": "$key", "id": "$organisation", "on": "2026-05-01"}
/tenancy/SetPasswordLength {"idempotency_key": "$key", "id": "$organisation", "length": 16}
/tenancy/ListPeople {"filter": {"search": "x", "organisation": "$organisation", "role": "homeroom_teacher", "locked": false}, "sort": "name", "direction": "descending", "page": {"first": 20, "after": null}}
/tenancy/OpenPeople {"ids": ["$person"]}
/tenancy/AddPerson {"idempotency_key": "$key", "name": "新人", "login": "new.person.once", "organisation": "$organisation", "phone": "19900000000"}
/tenancy/UpdatePerson {"idempotency_key": "$key", "id": "$person", "version": 1, "name": "改名", "phone": null}
/tenancy/NoteLeaving {"idempotency_key": "$key", "id": "$person", "version": 1, "left_on": "2026-05-01"}
/tenancy/GrantsOfPeople {"people": ["$person"]}
/tenancy/GrantsOn {"organisations": ["$organisation"]}
/tenancy/GrantableRoles {"organisation": "$organisation"}
/tenancy/GiveGrant {"idempotency_key": "$key", "person": "$person", "role": "homeroom_teacher", "organisation": "$organisation", "valid_from": "2026-05-01", "valid_to": null}
/tenancy/RevokeGrant {"idempotency_key": "$key", "grant": "$grant"}
/tenancy/ListClasses {"filter": {"search": "x", "school": "$organisation", "cohort": 2024, "vacant": true, "include_closed": true}, "sort": "name", "direction": "ascending", "as_of": "2026-05-18", "page": {"first": 20, "after": null}}
/tenancy/OpenClasses {"ids": ["$class"]}
/tenancy/AddClass {"idempotency_key": "$key", "school": "$organisation", "name": "新班", "cohort": 2025, "programme": "护理", "headcount": 40, "opened_on": "2025-09-01"}
/tenancy/UpdateClass {"idempotency_key": "$key", "id": "$class", "version": 1, "name": "改班", "programme": "护理", "headcount": 40, "closed_on": null}
/tenancy/AssignHomeroom {"idempotency_key": "$key", "class": "$class", "person": "$person", "kind": "principal", "from": "2026-05-01", "to": null, "appointment": "聘"}
/tenancy/EndAssignment {"idempotency_key": "$key", "assignment": "$assignment", "on": "2026-05-01", "reason": "other"}
/tenancy/ListAudit {"filter": {"organisation": "$no", "person": "$person", "action": "x", "since": "2026-01-01", "until": "2026-12-31"}, "page": {"first": 20, "after": null}}
/tenancy/Template {"kind": "people"}
/tenancy/StartImport {"idempotency_key": "$key", "kind": "people", "organisation": "$organisation", "file_name": "x.xlsx", "file": "AAAA", "dry_run": true}
/tenancy/OpenImport {"id": "$import"}
/tenancy/ListImports {"page": {"first": 20, "after": null}}
/tenancy/ImportErrors {"id": "$import"}
/tenancy/ExportOrganisations {"filter": {"search": "x", "kind": null, "under": "$organisation", "include_closed": null}, "as_of": "2026-05-18"}
/tenancy/ExportPeople {"filter": {"search": "x", "organisation": "$organisation", "role": null, "locked": null}}
/tenancy/ExportClasses {"filter": {"search": "x", "school": "$organisation", "cohort": null, "vacant": null, "include_closed": null}, "as_of": "2026-05-18"}
/tenancy/ExportAudit {"filter": {"organisation": "$no", "person": "$person", "action": "x", "since": "2026-01-01", "until": "2026-12-31"}}
/studios/ListStudios {"filter": {"search": "x", "owners": ["$no"], "level": null, "mode": null, "mine": false, "include_closed": true}, "sort": "overdue_tasks", "direction": "descending", "page": {"first": 20, "after": null}}
/studios/OpenStudios {"ids": ["$studio"]}
/studios/StudiosOf {"owners": ["$no"]}
/studios/FoundStudio {"idempotency_key": "$key", "owner": "$no", "name": "新室", "level": "school", "stage": null, "mode": "mentoring", "leader_type": "leading", "lead_login": "nobody.at.all", "founded_on": "2025-09-01"}
/studios/UpdateStudio {"idempotency_key": "$key", "id": "$studio", "version": 1, "name": "改室", "level": "school", "stage": null, "mode": "mentoring", "leader_type": "leading"}
/studios/CloseStudio {"idempotency_key": "$key", "id": "$studio", "on": "2026-05-01"}
/studios/MembersOf {"studios": ["$studio"]}
/studios/OpenMembers {"ids": ["$membership"]}
/studios/AddMember {"idempotency_key": "$key", "studio": "$studio", "login": "nobody.at.all", "role": "member", "categories": ["candidate"], "principal_category": "candidate", "from": "2025-09-01"}
/studios/UpdateMember {"idempotency_key": "$key", "id": "$membership", "version": 1, "role": "member", "categories": ["candidate"], "principal_category": "candidate"}
/studios/EndMembership {"idempotency_key": "$key", "id": "$membership", "on": "2026-05-01"}
/studios/PlanItemsOf {"studios": ["$studio"], "school_year": 2025}
/studios/OpenPlanItems {"ids": ["$planitem"]}
/studios/AddPlanItem {"idempotency_key": "$key", "studio": "$studio", "school_year": 2025, "title": "新", "owner": "$person", "deliverable": null, "due_on": "2026-06-01", "measure": null}
/studios/UpdatePlanItem {"idempotency_key": "$key", "id": "$planitem", "version": 1, "title": "改", "owner": "$person", "deliverable": null, "due_on": "2026-06-01", "measure": null}
/studios/RemovePlanItem {"idempotency_key": "$key", "id": "$planitem"}
/studios/ListTasks {"filter": {"search": "x", "studio": "$studio", "owners": ["$no"], "state": "open", "overdue": true, "mine": false, "due_from": "2026-01-01", "due_to": "2026-12-31"}, "sort": "title", "direction": "ascending", "page": {"first": 20, "after": null}}
/studios/OpenTasks {"ids": ["$task"]}
/studios/TaskHistory {"id": "$task"}
/studios/AddTask {"idempotency_key": "$key", "studio": "$studio", "plan_item": "$planitem", "title": "新", "owner": "$person", "due_on": "2026-06-01"}
/studios/UpdateTask {"idempotency_key": "$key", "id": "$task", "version": 1, "title": "改", "owner": "$person", "due_on": "2026-06-01"}
/studios/CloseTask {"idempotency_key": "$key", "id": "$task", "evidence_text": "x", "evidence_link": null, "reason": null}
/studios/ReopenTask {"idempotency_key": "$key", "id": "$task", "reason": "x"}
/studios/ListSessions {"filter": {"search": "x", "studio": "$studio", "owners": ["$no"], "state": "held", "function": "research", "from": "2026-01-01", "to": "2026-12-31"}, "sort": "starts_at", "direction": "ascending", "page": {"first": 20, "after": null}}
/studios/OpenSessions {"ids": ["$studiosession"]}
/studios/AttendanceOf {"sessions": ["$studiosession"]}
/studios/PlanSession {"idempotency_key": "$key", "studio": "$studio", "title": "新", "starts_at": "2026-05-12T06:00:00Z", "minutes": 90, "place": "会议室", "functions": ["research"], "activities": ["exchange"], "joint": false}
/studios/RecordSession {"idempotency_key": "$key", "id": "$studiosession", "version": 1, "present": ["$leader"], "absent": [], "guests": ["nobody.at.all"], "summary": "x"}
/studios/UpdateSession {"idempotency_key": "$key", "id": "$studiosession", "version": 1, "title": "改", "starts_at": "2026-05-12T06:00:00Z", "minutes": 90, "place": "会议室", "functions": ["research"], "activities": ["exchange"], "joint": true}
/studios/CancelSession {"idempotency_key": "$key", "id": "$studiosession", "reason": "x"}
/studios/Template {"kind": "tasks"}
/studios/StartImport {"idempotency_key": "$key", "kind": "tasks", "organisation": "$no", "file_name": "x.xlsx", "file": "AAAA", "dry_run": true}
/studios/OpenImport {"id": "$import"}
/studios/ListImports {"page": {"first": 20, "after": null}}
/studios/ImportErrors {"id": "$import"}
/studios/ExportStudios {"filter": {"search": "x", "owners": ["$no"], "level": null, "mode": null, "mine": null, "include_closed": null}}
/studios/ExportMembers {"studio": "$studio"}
/studios/ExportPlanItems {"studio": "$studio", "school_year": 2025}
/studios/ExportTasks {"filter": {"search": "x", "studio": "$studio", "owners": ["$no"], "state": null, "overdue": null, "mine": null, "due_from": null, "due_to": null}}
/studios/ExportSessions {"filter": {"search": "x", "studio": "$studio", "owners": ["$no"], "state": null, "function": null, "from": null, "to": null}}
/studios/ListAudit {"filter": {"organisation": "$no", "person": "$person", "action": "x", "since": "2026-01-01", "until": "2026-12-31"}, "page": {"first": 20, "after": null}}
/resources/ListDomains {}
/resources/ListAudit {"filter": {"organisation": "$no", "person": "$person", "action": "x", "since": "2026-01-01", "until": "2026-12-31"}, "page": {"first": 20, "after": null}}
/analytics/SchoolFigures {"schools": ["$no"], "period": "2025-2026.2"}
/analytics/StudioFigures {"studios": ["$studio"], "period": "2025-2026.2"}
/analytics/TreeFigures {"sets": [["$no"]], "period": "2025-2026.2"}
/analytics/FigureRecords {"school": null, "studio": "$studio", "metric": "3.3.1.a", "period": "2025-2026.2", "page": {"first": 20, "after": null}}
/analytics/FigureTrend {"school": null, "studio": "$studio", "metric": "3.3.1.a", "period": "2025-2026.2", "periods": 6}
/analytics/ListAudit {"filter": {"organisation": "$no", "person": "$person", "action": "x", "since": "2026-01-01", "until": "2026-12-31"}, "page": {"first": 20, "after": null}}
"#;
