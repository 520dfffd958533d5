//! Imports: whole or not at all, repeated without doubling, two at once, and a worker that dies in the middle.

use crate::town::{Someone, Town, minutes};
use contract::tenancy::{
    ClassFilter, ClassSort, ImportErrors, ImportKind, ListClasses, ListImports, ListOrganisations,
    OpenImport, OrganisationFilter, OrganisationSort, StartImport, Template,
};
use platform::imports::step;
use spreadsheets::{ExportColumn, ExportKind, Language, Value, export_xlsx};
use std::time::Duration;
use tenancy::TenancyImporter;
use testkit::key;
use vocabulary::{
    Code, Direction, FileBytes, ImportJob, ImportState, OrganisationId, PageInput, Principal, Role,
};

/// A file with these headers and rows, as a person would save it.
pub(crate) fn file(headers: &[&'static str], rows: &[Vec<&str>]) -> FileBytes {
    let columns: Vec<ExportColumn<'_>> = headers
        .iter()
        .map(|header| ExportColumn { header_zh: header, header_en: header, kind: ExportKind::Text })
        .collect();
    let rows = rows.iter().map(|row| row.iter().map(|cell| Value::from(*cell)).collect());
    FileBytes(export_xlsx("数据", Language::Zh, &columns, rows).unwrap())
}

const ORGANISATIONS: [&str; 7] =
    ["机构类型", "机构名称", "级别", "上级主管部门", "学校标识码", "统一社会信用代码", "成立日期"];
const PEOPLE: [&str; 7] = ["姓名", "登录名", "所在机构", "手机", "角色", "授权起始日期", "授权截止日期"];
const CLASSES: [&str; 9] =
    ["学校", "班级名称", "入学年份", "专业", "人数", "开班日期", "班主任登录名", "任职类型", "任职起始日期"];

pub(crate) fn people_file(rows: &[Vec<&str>]) -> FileBytes {
    file(&PEOPLE, rows)
}

pub(crate) fn start(kind: ImportKind, at: OrganisationId, file: FileBytes, dry_run: bool) -> StartImport {
    StartImport {
        idempotency_key: key(), kind, organisation: at, file_name: "表.xlsx".into(), file, dry_run
    }
}

/// Asks for an import at one's own organisation and works it off.
pub(crate) async fn run(
    town: &Town,
    who: &Principal,
    kind: ImportKind,
    file: FileBytes,
    dry_run: bool,
) -> ImportJob {
    let job = town.ask(who, start(kind, Town::own(who), file, dry_run)).await.unwrap();
    assert_eq!(job.state, ImportState::Queued);
    assert!(step(&TenancyImporter::new(town.database.clone())).await.unwrap());
    town.ask(who, OpenImport { id: job.id }).await.unwrap()
}

/// State, created, changed, unchanged, faults.
pub(crate) fn tally(job: &ImportJob) -> (ImportState, i32, i32, i32, i32) {
    assert_eq!(job.problem_zh, None);
    (job.state, job.created, job.changed, job.unchanged, job.faults)
}

/// A city as its people would write it down: counties after their schools, and in no order.
fn organisations() -> Vec<Vec<&'static str>> {
    vec![
        vec!["学校", "明德 职业学校", "", "青禾县教育局", "3653000101", "", "2000-09-01"],
        vec!["学校", "崇实职业学校", "", "", "３６５３０００１０２", "", "2000年9月1日"],
        vec!["学校", "云川技工学校", "", "青禾县教育局", "", "91350100M000100Y43", "2001/9/1"],
        vec!["主管部门", "青禾县教育局", "县区", "", "", "", "2000-01-01"],
        vec!["联盟", "云川职教集团", "", "", "", "", "2012-01-01"],
    ]
}

fn people() -> Vec<Vec<&'static str>> {
    vec![
        vec!["李 娜", "LiNa", "明德职业学校", "13800000001", "班主任", "2025-09-01", ""],
        vec!["李娜", "lina", "明德职业学校", "", "学校领导", "2025-09-01", "2026-07-31"],
        vec!["王芳", "wangfang", "3653000102", "", "学校管理员", "", ""],
        vec!["周局", "zhouju", "", "", "主管部门督导员", "", ""],
        vec!["赵磊", "zhaolei", "青禾县教育局", "", "", "", ""],
    ]
}

fn classes() -> Vec<Vec<&'static str>> {
    vec![
        vec!["明德职业学校", "25级护理1班", "2025", "护理", "42", "2025-09-01", "lina", "", ""],
        vec!["明德职业学校", "25级护理2班", "2025", "护理", "40", "2025-09-01", "", "", ""],
        vec![
            "崇实职业学校",
            "25级数控1班",
            "2025",
            "数控",
            "38",
            "2025-09-01",
            "wangfang",
            "代理班主任",
            "2026-03-01",
        ],
    ]
}

async fn organisation_names(town: &Town, who: &Principal) -> Vec<(String, Option<String>)> {
    let asked = ListOrganisations {
        filter: OrganisationFilter { search: None, kind: None, under: None, include_closed: None },
        sort: OrganisationSort::Number,
        direction: Direction::Ascending,
        as_of: None,
        page: PageInput { first: 100, after: None },
    };
    let page = town.ask(who, asked).await.unwrap();
    page.items.into_iter().map(|o| (o.name, o.authority.map(|a| a.name))).collect()
}

#[tokio::test]
async fn a_city_comes_in_and_again_without_doubling() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let files = [
        (ImportKind::Organisations, file(&ORGANISATIONS, &organisations()), 5),
        (ImportKind::People, file(&PEOPLE, &people()), 5),
        (ImportKind::Classes, file(&CLASSES, &classes()), 3),
    ];
    for (kind, file, rows) in &files {
        let before = town.count("select count(*) from tenancy.event_log").await;
        let dry = run(&town, &who, *kind, file.clone(), true).await;
        // The second row of 李娜 is one more grant of hers.
        let changed = i32::from(*kind == ImportKind::People);
        assert_eq!(tally(&dry), (ImportState::Checked, rows - changed, changed, 0, 0), "{kind:?}");
        let after = town.count("select count(*) from tenancy.event_log").await;
        assert_eq!(before, after, "a dry run writes nothing");
        let done = run(&town, &who, *kind, file.clone(), false).await;
        assert_eq!(tally(&done), (ImportState::Done, rows - changed, changed, 0, 0), "{kind:?}");
    }
    for (kind, file, rows) in &files {
        let before = town.count("select count(*) from tenancy.event_log").await;
        let again = run(&town, &who, *kind, file.clone(), false).await;
        assert_eq!(tally(&again), (ImportState::Done, 0, 0, *rows, 0), "{kind:?}");
        assert_eq!(town.count("select count(*) from tenancy.event_log").await, before);
    }
    let names = organisation_names(&town, &town.bureau().await).await;
    let (own, county) = (Some("云川市教育局".to_owned()), Some("青禾县教育局".to_owned()));
    let under = |name: &str, authority: &Option<String>| (name.to_owned(), authority.clone());
    assert_eq!(
        names,
        [
            under("云川市教育局", &None),
            under("青禾县教育局", &own),
            under("明德职业学校", &county),
            under("云川技工学校", &county),
            under("崇实职业学校", &own),
            under("云川职教集团", &own),
        ]
    );
    assert_eq!(town.count("select count(*) from tenancy.role_grant where given_by is null").await, 4 + 4);
    assert_eq!(town.count("select count(*) from tenancy.homeroom_assignment").await, 2);
    assert_eq!(town.count("select count(*) from tenancy.audit where action = 'Import'").await, 6);
    assert_eq!(town.count("select count(*) from tenancy.account where hash is null").await, 4);
    let imports = town.ask(&who, ListImports { page: PageInput::default() }).await.unwrap();
    assert_eq!(imports.total, 9);
    // An assignment more to a class that is there changes the class.
    let more =
        vec![vec!["明德职业学校", "25级护理1班", "2025", "护理", "42", "2025-09-01", "lina", "副班主任", ""]];
    let job = run(&town, &who, ImportKind::Classes, file(&CLASSES, &more), false).await;
    assert_eq!(tally(&job), (ImportState::Done, 0, 1, 0, 0));
}

#[tokio::test]
async fn next_years_file_gives_next_years_grants() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let terms = |from, to| file(&PEOPLE, &[vec!["周局", "zhouju", "", "", "主管部门督导员", from, to]]);
    let first = run(&town, &who, ImportKind::People, terms("2024-09-01", "2025-08-31"), false).await;
    assert_eq!(tally(&first), (ImportState::Done, 1, 0, 0, 0));
    let next = run(&town, &who, ImportKind::People, terms("2025-09-01", "2026-08-31"), false).await;
    assert_eq!(tally(&next), (ImportState::Done, 0, 1, 0, 0), "one that has run out is none");
    let part = run(&town, &who, ImportKind::People, terms("2025-10-01", "2026-01-31"), false).await;
    assert_eq!(tally(&part), (ImportState::Done, 0, 0, 1, 0), "what lies within another is there");
}

#[tokio::test]
async fn faults_go_back_row_by_row_and_nothing_is_written() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let city = file(&ORGANISATIONS, &organisations());
    run(&town, &who, ImportKind::Organisations, city, false).await;
    run(&town, &who, ImportKind::People, file(&PEOPLE, &people()), false).await;
    let who = town.bureau().await;
    let before = town.count("select count(*) from tenancy.event_log").await;
    let wrong = vec![
        vec!["学校", "新校", "", "没有的局", "3653000201", "", "2000-09-01"],
        vec!["学校", "新校", "", "明德职业学校", "3653000202", "", "2000-09-01"],
        vec!["学校", "新校", "", "", "12345", "", "2000-09-01"],
        vec!["学校", "新校", "", "", "", "", "2000-09-01"],
        vec!["学校", "新校", "", "", "", "91350100M000100Y44", "2000-09-01"],
        vec!["主管部门", "新局", "市", "", "", "", "2000-09-01"],
        vec!["主管部门", "新局", "", "", "", "", "2000-09-01"],
        vec!["学校", "好学校", "", "", "3653000203", "", "2000-09-01"],
        vec!["学校", "", "", "", "3653000204", "", "2000-09-01"],
        vec!["学校", "新校", "", "", "3653000205", "", "1066-10-14"],
    ];
    let job = run(&town, &who, ImportKind::Organisations, file(&ORGANISATIONS, &wrong), false).await;
    assert_eq!((job.state, job.faults), (ImportState::Faulty, 9));
    let wrong = vec![
        vec!["张三", "李娜", "", "", "", "", ""],
        vec!["张三", "zhangsan", "没有的校", "", "", "", ""],
        vec!["张三", "lina", "明德职业学校", "", "", "", ""],
        vec!["张三", "zhangsan", "", "电话", "", "", ""],
        vec!["张三", "zhangsan", "", "", "学校领导", "", ""],
        vec!["张三", "zhangsan", "", "", "系统管理员", "", ""],
        vec!["张三", "zhangsan", "", "", "主管部门督导员", "2026-05-01", "2026-04-01"],
        vec!["好人", "haoren", "", "", "主管部门督导员", "", ""],
        vec!["张三", "system", "", "", "", "", ""],
    ];
    let job = run(&town, &who, ImportKind::People, file(&PEOPLE, &wrong), false).await;
    assert_eq!((job.state, job.faults), (ImportState::Faulty, 8));
    let wrong = vec![
        vec!["没有的校", "一班", "2025", "护理", "42", "2025-09-01", "", "", ""],
        vec!["青禾县教育局", "一班", "2025", "护理", "42", "2025-09-01", "", "", ""],
        vec!["明德职业学校", "一班", "2025", "护理", "42", "2025-09-01", "nobody", "", ""],
        vec!["明德职业学校", "一班", "2025", "护理", "42", "2025-09-01", "wangfang", "", ""],
        vec!["明德职业学校", "一班", "2025", "护理", "42", "2025-09-01", "lina", "", "2025-08-01"],
        vec!["明德职业学校", "一班", "2025", "护理", "四十", "2025-09-01", "lina", "", ""],
        vec!["明德职业学校", "二班", "2025", "护理", "40", "2025-09-01", "lina", "", ""],
    ];
    let job = run(&town, &who, ImportKind::Classes, file(&CLASSES, &wrong), false).await;
    assert_eq!((job.state, job.faults), (ImportState::Faulty, 6));
    let errors = town.ask(&who, ImportErrors { id: job.id }).await.unwrap();
    assert!(errors.0.starts_with(b"PK"));
    assert_eq!(
        town.count("select count(*) from tenancy.event_log").await,
        before,
        "nothing of the good rows"
    );
    assert_eq!(town.count("select count(*) from tenancy.homeroom_class").await, 0);
    for bytes in [b"no spreadsheet".to_vec(), Vec::new()] {
        let job = run(&town, &who, ImportKind::People, FileBytes(bytes), false).await;
        assert_eq!(job.state, ImportState::Failed);
        assert!(job.problem_zh.is_some());
    }
}

#[tokio::test]
async fn who_may_import_what() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let one = town.school(&who, Town::own(&who), "甲校").await;
    let two = town.school(&who, Town::own(&who), "乙校").await;
    let officer = town.appoint(&who, Town::own(&who), "officer", Role::BureauOfficer).await;
    let clerk = town.appoint(&who, one.id, "clerk", Role::SchoolClerk).await;
    let other = town.appoint(&who, two.id, "other", Role::SchoolAdministrator).await;
    let (officer, clerk, other) =
        (town.as_now(&officer).await, town.as_now(&clerk).await, town.as_now(&other).await);
    let ask = |at| start(ImportKind::People, at, people_file(&[]), false);
    assert_eq!(town.code(&officer, ask(one.id)).await, Code::Forbidden);
    assert_eq!(town.code(&other, ask(one.id)).await, Code::NotFound);
    assert_eq!(town.code(&Principal::anonymous(), ask(one.id)).await, Code::Unauthenticated);
    let mut nameless = ask(one.id);
    nameless.file_name = "\0".into();
    assert_eq!(town.code(&who, nameless).await, Code::Required);
    let mut huge = ask(one.id);
    huge.file = FileBytes(vec![0; 21 * 1024 * 1024]);
    assert_eq!(town.code(&who, huge).await, Code::ImportTooLarge);
    // A clerk adds people, but gives nobody a role; a school founds no organisation.
    let plain = run(
        &town,
        &clerk,
        ImportKind::People,
        people_file(&[vec!["张三", "zhangsan", "", "", "", "", ""]]),
        false,
    )
    .await;
    assert_eq!(tally(&plain), (ImportState::Done, 1, 0, 0, 0));
    let roles = people_file(&[vec!["张三", "zhangsan", "", "", "学校管理员", "", ""]]);
    let roles = run(&town, &clerk, ImportKind::People, roles, false).await;
    assert_eq!((roles.state, roles.faults), (ImportState::Faulty, 1));
    let founding = file(&ORGANISATIONS, &[vec!["学校", "新校", "", "", "3653000201", "", "2000-09-01"]]);
    let founding = run(&town, &other, ImportKind::Organisations, founding, false).await;
    assert_eq!(founding.state, ImportState::Failed);
    // A school's file names another school, or another's account.
    let foreign = people_file(&[
        vec!["李四", "lisi", "甲校", "", "", "", ""],
        vec!["张三", "zhangsan", "", "", "", "", ""],
    ]);
    let foreign = run(&town, &other, ImportKind::People, foreign, false).await;
    assert_eq!(
        (foreign.state, foreign.faults),
        (ImportState::Faulty, 1),
        "the name taken is told when the rest is right"
    );
    let taken = run(
        &town,
        &other,
        ImportKind::People,
        people_file(&[vec!["张三", "zhangsan", "", "", "", "", ""]]),
        false,
    )
    .await;
    assert_eq!((taken.state, taken.faults), (ImportState::Faulty, 1));
    for reader in [&clerk, &officer] {
        assert_eq!(town.code(reader, ImportErrors { id: taken.id }).await, Code::NotFound);
        assert_eq!(town.code(reader, OpenImport { id: taken.id }).await, Code::NotFound);
    }
    for kind in [ImportKind::Organisations, ImportKind::People, ImportKind::Classes] {
        assert!(town.ask(&officer, Template { kind }).await.unwrap().0.starts_with(b"PK"));
    }
}

#[tokio::test]
async fn the_same_files_at_once_come_in_once() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let top = Town::own(&who);
    for (kind, bytes, rows) in [
        (ImportKind::Organisations, file(&ORGANISATIONS, &organisations()), 5),
        (ImportKind::People, file(&PEOPLE, &people()), 5),
        (ImportKind::Classes, file(&CLASSES, &classes()), 3),
    ] {
        let mut jobs = Vec::new();
        for _ in 0..2 {
            jobs.push(town.ask(&who, start(kind, top, bytes.clone(), false)).await.unwrap().id);
        }
        let importer = TenancyImporter::new(town.database.clone());
        let (one, two) = tokio::join!(step(&importer), step(&importer));
        assert!(one.unwrap() && two.unwrap());
        let mut tallies = Vec::new();
        for id in jobs {
            let job = town.ask(&who, OpenImport { id }).await.unwrap();
            assert_eq!((job.state, job.faults), (ImportState::Done, 0), "{kind:?}");
            tallies.push(job.unchanged);
        }
        tallies.sort_unstable();
        assert_eq!(tallies, [0, rows], "{kind:?}: the second finds what the first made");
    }
}

#[tokio::test]
async fn what_waits_is_not_done_for_one_whose_grant_was_taken_back() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let one = town.school(&who, Town::own(&who), "甲校").await;
    let head = town.appoint(&who, one.id, "head", Role::SchoolAdministrator).await;
    let now = town.as_now(&head).await;
    let rows = people_file(&[vec!["张三", "zhangsan", "", "", "学校管理员", "", ""]]);
    let job = town.ask(&now, start(ImportKind::People, one.id, rows, false)).await.unwrap();
    let grants = contract::tenancy::GrantsOfPeople { people: vec![head.id] };
    let given = town.ask(&who, grants).await.unwrap().remove(0).remove(0);
    town.ask(&who, crate::grants::revoke(given.id)).await.unwrap();
    assert!(step(&TenancyImporter::new(town.database.clone())).await.unwrap());
    let job = town.ask(&now, OpenImport { id: job.id }).await.unwrap();
    assert_eq!((job.state, job.problem_zh.as_deref()), (ImportState::Failed, Some(Code::Forbidden.zh())));
    assert_eq!(town.count("select count(*) from tenancy.person where login = 'zhangsan'").await, 0);
}

/// Until a worker waits for the table of grants.
async fn somebody_waits(town: &Town) {
    let sql = "select count(*) from pg_locks where not granted and relation = 'tenancy.role_grant'::regclass";
    while town.count(sql).await == 0 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn another_worker_goes_on_where_one_died() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let cells: Vec<[String; 2]> = (0..3_000).map(|n| [format!("人{n}"), format!("person.{n:05}")]).collect();
    let rows: Vec<Vec<&str>> = cells
        .iter()
        .map(|[name, login]| vec![name.as_str(), login, "", "", "主管部门督导员", "", ""])
        .collect();
    let asked = start(ImportKind::People, Town::own(&who), people_file(&rows), false);
    let job = town.ask(&who, asked).await.unwrap();
    let importer = TenancyImporter::new(town.database.clone());
    // The worker is gone in the middle of its work: the people are written, and their grants wait for this lock.
    let mut held = town.base.superuser().await;
    sqlx::raw_sql("begin; lock table tenancy.role_grant in share mode").execute(&mut held).await.unwrap();
    tokio::select! {
        done = step(&importer) => panic!("nothing held it: {done:?}"),
        () = somebody_waits(&town) => {}
    }
    sqlx::raw_sql("rollback").execute(&mut held).await.unwrap();
    let open = OpenImport { id: job.id };
    assert_eq!(town.ask(&who, open.clone()).await.unwrap().state, ImportState::Running);
    assert_eq!(town.count("select count(*) from tenancy.person where login like 'person.%'").await, 0);
    assert!(!step(&importer).await.unwrap(), "leased to the one that died");
    town.clock.set(minutes(2));
    assert!(step(&importer).await.unwrap(), "the lease has run out");
    assert_eq!(tally(&town.ask(&who, open).await.unwrap()), (ImportState::Done, 3_000, 0, 0, 0));
    assert_eq!(town.count("select count(*) from tenancy.person where login like 'person.%'").await, 3_000);
    assert_eq!(town.count("select count(*) from tenancy.audit where action = 'Import'").await, 1);
    assert!(!step(&importer).await.unwrap());
}

#[tokio::test]
async fn a_person_who_came_in_by_a_file_signs_in_when_given_a_password() {
    let town = Town::new().await;
    let who = town.bureau().await;
    let rows = [vec!["周局", "zhouju", "", "", "主管部门督导员", "", ""]];
    run(&town, &who, ImportKind::People, people_file(&rows), false).await;
    for password in ["", "x", "Banlian-2026-demo"] {
        assert_eq!(town.sign_in("zhouju", password).await.unwrap_err().code(), Code::SignInFailed);
    }
    let people = town.ask(&who, crate::people::list(crate::people::all())).await.unwrap().items;
    let id = people.iter().find(|person| person.login == "zhouju").unwrap().id;
    let told = town.ask(&who, crate::people::reset(id)).await.unwrap();
    let someone = Someone { id, login: told.login, password: told.password };
    let now = town.as_now(&someone).await;
    assert_eq!(now.role(), Some(Role::BureauOfficer));
    let filter = ClassFilter { search: None, school: None, cohort: None, vacant: None, include_closed: None };
    let classes = ListClasses {
        filter,
        sort: ClassSort::Name,
        direction: Direction::Ascending,
        as_of: None,
        page: PageInput::default(),
    };
    assert_eq!(town.ask(&now, classes).await.unwrap().total, 0);
}
