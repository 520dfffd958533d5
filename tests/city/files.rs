//! The files of the city, as the people made them who had to, and what is wrong in each.

use super::edit;
use super::paper::{Cell, Cure, File, Paper, Wrong, account, code, day, maybe_day, name, text, whole, wide};
use super::town::{CITY, Class, Closing, Given, Line, PLAN, Part, School, Studio, Town, teacher};
use chrono::Days;

fn typed(cells: &[(&'static str, &str)]) -> Cure {
    Cure::Type(cells.iter().map(|(header, text)| (*header, (*text).to_owned())).collect())
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap()
}

/// Bureaus and schools: titles, other headers in another order, the authority merged over its schools.
pub(crate) fn organisations(town: &Town) -> File {
    let mut paper = Paper::new(
        "Sheet1",
        "云川市中等职业学校及主管部门一览表",
        "填报单位：云川市教育局职成科",
        &[
            "序号",
            "学校名称",
            "上级",
            "机构类型",
            "级别",
            "学校标识码（10位）",
            "统一社会信用代码",
            "行政区划代码",
            "成立日期",
            "联系人",
        ],
    );
    for (i, (bureau, place)) in town.counties.iter().enumerate() {
        let on = day(i, super::town::day(1995, 3, 1));
        let cells = [whole(i, number(i + 1)), name(i, bureau), CITY.into(), "主管部门".into(), "县区".into()];
        let more = [Cell::Empty, Cell::Empty, code(i, place), on, "李科长".into()];
        paper.row(&[cells, more].concat());
    }
    paper.blank();
    let mut schools: Vec<&School> = town.schools.iter().collect();
    schools.sort_by_key(|school| &school.bureau);
    let spoilt = |school: &School| match school.code[8..].parse::<usize>().unwrap() {
        // The county's name was cut short.
        3 => Some((
            2,
            school.bureau.trim_end_matches('局').into(),
            "上级主管部门",
            "organisation_unknown",
            school.bureau.clone(),
        )),
        // The code was copied as Excel showed it; a credit code became a number.
        4 => Some((5, "3.65E+09".into(), "学校标识码", "digits_lost", school.code.clone())),
        10 => Some((
            6,
            Cell::Number(361_234_567_890_123_456.0),
            "统一社会信用代码",
            "digits_lost",
            String::new(),
        )),
        11 => Some((1, Cell::Empty, "机构名称", "required", school.name.clone())),
        18 => Some((3, "中职学校".into(), "机构类型", "not_in_list", "学校".to_owned())),
        21 => {
            let month = school.founded_on.format("%Y年%-m月").to_string();
            Some((8, month.into(), "成立日期", "date_without_day", school.founded_on.to_string()))
        }
        _ => None,
    };
    let mut start = 0;
    for (at, school) in schools.iter().enumerate() {
        let mut cells = school_row(at, school);
        if let Some((place, cell, column, code, cure)) = spoilt(school) {
            cells[place] = cell;
            paper.wrong(&cells, column, code, Cure::Type(vec![(column, cure)]));
            continue;
        }
        cells[2] = Cell::Empty;
        paper.row(&cells);
        start += 1;
        let next = schools.get(at + 1);
        if next.is_none_or(|next| next.bureau != school.bureau || spoilt(next).is_some()) {
            paper.merge("上级", start, &school.bureau);
            start = 0;
        }
    }
    // The first school once more.
    let cells = school_row(1, &town.schools[0]);
    paper.wrong(&cells, "机构名称", "twice_in_file", Cure::Delete);
    paper
        .notes(&["注：1. 学校标识码以教育部备案为准；2. 代管学校不计。", "填表人：张老师　　审核人：李科长"]);
    paper.aside("填报说明", "机构名称须与公章一致");
    paper.file()
}

fn school_row(n: usize, school: &School) -> Vec<Cell> {
    let kind = if n % 5 == 3 { " 学 校 " } else { "学校" };
    vec![
        whole(n, number(n + 7)),
        name(n, &school.name),
        school.bureau.as_str().into(),
        kind.into(),
        Cell::Empty,
        code(n, &school.code),
        Cell::Empty,
        code(n + 1, &school.place),
        day(n, school.founded_on),
        "张老师".into(),
    ]
}

/// People with grants: typed into the template itself.
pub(crate) fn people(town: &Town, template: &[u8]) -> File {
    let mut rows: Vec<Vec<(&'static str, Cell)>> = Vec::new();
    let mut wrong = Vec::new();
    let since = super::town::day(town.year - 3, 9, 1);
    for (n, person) in town.people.iter().enumerate() {
        let phone =
            if n % 3 == 0 { Cell::Number(person.phone.parse().unwrap()) } else { wide(&person.phone).into() };
        let mut cells = vec![
            ("姓名", name(n, &person.name)),
            ("登录名", account(n, &person.login)),
            ("所在机构", name(n + 1, &person.organisation)),
            ("手机", phone),
            ("角色", person.role.into()),
            ("授权起始日期", day(n, since)),
        ];
        let mut spoil = |at: usize, cell: Cell, column, code, cure: &str| {
            cells[at].1 = cell;
            let row = u32::try_from(rows.len() + 2).unwrap();
            wrong.push(Wrong { row, column, code, cure: typed(&[(column, cure)]) });
        };
        match n {
            100 => {
                let short: String =
                    person.organisation.chars().take(person.organisation.chars().count() - 1).collect();
                spoil(2, short.into(), "所在机构", "organisation_unknown", &person.organisation);
            }
            200 => spoil(4, "班主任老师".into(), "角色", "not_in_list", "班主任"),
            300 => spoil(1, Cell::Empty, "登录名", "required", &person.login),
            400 => spoil(1, name(0, &person.name), "登录名", "tenancy.login_invalid", &person.login),
            500 => {
                let row = u32::try_from(rows.len() + 2).unwrap();
                cells.push(("授权截止日期", day(4, since - Days::new(1))));
                wrong.push(Wrong {
                    row,
                    column: "授权截止日期",
                    code: "platform.date_order",
                    cure: typed(&[("授权截止日期", "")]),
                });
            }
            _ => {}
        }
        rows.push(cells);
    }
    // Somebody stands twice: once as they are, and once with another's name.
    let person = &town.people[700];
    let again = |named: &str| {
        vec![
            ("姓名", Cell::from(named)),
            ("登录名", Cell::from(person.login.as_str())),
            ("所在机构", Cell::from(person.organisation.as_str())),
            ("角色", Cell::from(person.role)),
            ("授权起始日期", day(5, since)),
        ]
    };
    rows.push(again(&person.name));
    rows.push(again("牛二"));
    let row = u32::try_from(rows.len() + 1).unwrap();
    wrong.push(Wrong { row, column: "登录名", code: "tenancy.login_taken", cure: Cure::Delete });
    File { bytes: edit::filled(template, &rows), rows: rows.len(), wrong }
}

/// Classes with their teachers: schools merged over their classes, names by formulas, sheets pasted together.
pub(crate) fn classes(town: &Town) -> File {
    let mut paper = Paper::new(
        "班级一览",
        "各校班级及班主任任职情况（汇总）",
        "截止日期：本学期",
        &[
            "所在学校",
            "年级",
            "班级",
            "专业",
            "人数",
            "开班日期",
            "班主任账号",
            "任职类型",
            "任职起始日期",
            "任职结束日期",
            "聘任文号",
            "备注",
        ],
    );
    let mut n = 0;
    for (i, school) in town.schools.iter().enumerate() {
        let own: Vec<&Class> = town.classes.iter().filter(|class| class.school == i).collect();
        let mut start = 0;
        for class in &own {
            let none = [None];
            let given: Vec<Option<&Given>> = class.given.iter().map(Some).collect();
            for given in if given.is_empty() { &none[..] } else { &given[..] } {
                n += 1;
                let mut cells = class_row(n, class, *given);
                let spoilt = match n {
                    50 => Some((
                        0,
                        "青禾县职教中心".into(),
                        "学校",
                        "organisation_unknown",
                        school.name.clone(),
                    )),
                    150 => Some((
                        2,
                        Cell::Day(super::town::day(town.year, 3, 1)),
                        "班级名称",
                        "became_a_date",
                        class.name.clone(),
                    )),
                    250 => Some((4, "四十二".into(), "人数", "not_an_integer", class.headcount.to_string())),
                    350 => Some((1, Cell::Empty, "入学年份", "required", class.cohort.to_string())),
                    450 => Some((
                        6,
                        teacher(i + 1, 3).into(),
                        "班主任登录名",
                        "tenancy.person_elsewhere",
                        given.map_or(String::new(), |g| g.login.clone()),
                    )),
                    550 => Some((
                        6,
                        "niuer".into(),
                        "班主任登录名",
                        "person_unknown",
                        given.map_or(String::new(), |g| g.login.clone()),
                    )),
                    650 if given.is_some() => Some((
                        9,
                        day(4, class.opened_on - Days::new(1)),
                        "任职结束日期",
                        "platform.date_order",
                        given.and_then(|g| g.to).map_or(String::new(), |to| to.to_string()),
                    )),
                    _ => None,
                };
                let Some((at, cell, column, code, cure)) = spoilt else {
                    paper.row(&cells);
                    start += 1;
                    continue;
                };
                if start > 0 {
                    paper.merge("所在学校", start, &school.name);
                    start = 0;
                }
                cells[0] = school.name.as_str().into();
                cells[at] = cell;
                let mut cure = vec![(column, cure)];
                if column == "学校" {
                    cure[0].1.clone_from(&school.name);
                }
                paper.wrong(&cells, column, code, Cure::Type(cure));
            }
        }
        if start > 0 {
            paper.merge("所在学校", start, &school.name);
        }
        paper.blank();
        if i % 10 == 9 {
            paper.header_again();
        }
    }
    paper.notes(&["说明：副班主任另起一行。"]);
    paper.file()
}

fn class_row(n: usize, class: &Class, given: Option<&Given>) -> Vec<Cell> {
    let named = if n % 10 == 4 {
        Cell::Formula(format!("=RIGHT(B{n},2)&\"级\"&D{n}"), class.name.clone())
    } else {
        name(n, &class.name)
    };
    let headcount = if n % 10 == 7 {
        Cell::Formula(format!("={}+1", class.headcount - 1), class.headcount.to_string())
    } else {
        whole(n, number(class.headcount))
    };
    let part = match given.map(|given| given.part) {
        Some(Part::Deputy) => "副班主任",
        Some(Part::Acting) => "代理班主任",
        Some(Part::Principal) if n.is_multiple_of(2) => "班主任",
        _ => "",
    };
    vec![
        Cell::Empty,
        whole(n, class.cohort.into()),
        named,
        name(n + 2, class.programme),
        headcount,
        day(n, class.opened_on),
        given.map_or(Cell::Empty, |given| account(n, &given.login)),
        part.into(),
        given.map_or(Cell::Empty, |given| day(n + 1, given.from)),
        maybe_day(n + 2, given.and_then(|given| given.to)),
        if given.is_some_and(|given| given.appointed) {
            format!("校发〔{}〕{}号", class.cohort, 1 + n % 40).into()
        } else {
            Cell::Empty
        },
        "".into(),
    ]
}

/// Studios with members: what holds for the studio stands once, merged over its members.
pub(crate) fn studios(town: &Town) -> File {
    let mut paper = Paper::new(
        "工作室成员",
        "云川市中等职业学校班主任工作室成员名册",
        "填报单位：各校德育处",
        &[
            "工作室",
            "学校",
            "级别",
            "建设模式",
            "领衔类型",
            "成立日期",
            "姓名",
            "成员账号",
            "成员角色",
            "主要类别",
            "其他类别",
            "加入日期",
        ],
    );
    for (k, studio) in town.studios.iter().enumerate() {
        let school = &town.schools[studio.school].name;
        let plain = ![4, 6, 8, 10].contains(&k);
        for (m, member) in studio.members.iter().enumerate() {
            let n = k * 12 + m;
            let others = member.others.join(["、", "，", ";"][k % 3]);
            let from = if member.from == studio.founded_on && n % 2 == 0 {
                Cell::Empty
            } else {
                day(n, member.from)
            };
            let first = |value: &str| if m == 0 { Cell::from(value) } else { Cell::Empty };
            let mut cells = vec![
                name(n, &studio.name),
                name(n + 3, school),
                first(studio.level),
                first(studio.mode),
                first(studio.leader_type),
                if m == 0 { day(k, studio.founded_on) } else { Cell::Empty },
                "某老师".into(),
                account(n, &member.login),
                member.role.into(),
                text(n, member.category),
                others.into(),
                from,
            ];
            let mut wrong = |at: usize, cell: Cell, column: &'static str, code, cure: Cure| {
                cells[at] = cell;
                paper.wrong(&cells, column, code, cure);
            };
            match (k, m) {
                (4, 5) => wrong(
                    9,
                    "班主任".into(),
                    "主要类别",
                    "not_in_list",
                    typed(&[("主要类别", member.category)]),
                ),
                (6, 6) => wrong(
                    7,
                    "s99.t99".into(),
                    "成员登录名",
                    "studios.person_unknown",
                    typed(&[("成员登录名", &member.login)]),
                ),
                (8, 4) => wrong(2, "国家级".into(), "级别", "contradiction", typed(&[("级别", "")])),
                (10, 9) => wrong(8, Cell::Empty, "成员角色", "required", typed(&[("成员角色", member.role)])),
                _ => drop(paper.row(&cells)),
            }
        }
        // Where nothing is wrong, people merge.
        if plain && k % 2 == 0 {
            paper.merge("工作室", studio.members.len(), &studio.name);
            paper.merge("学校", studio.members.len(), school);
        }
        if k == 12 {
            let again = &studio.members[4];
            let cells: Vec<Cell> = [
                &studio.name,
                school,
                "",
                "",
                "",
                "",
                "某老师",
                &again.login,
                "成员",
                again.category,
                "",
                "",
            ]
            .map(Cell::from)
            .into();
            paper.wrong(&cells, "成员登录名", "twice_in_file", Cure::Delete);
        }
        if k % 9 == 8 {
            paper.blank();
        }
    }
    paper.notes(&["备注：校外专家填写其所在学校的账号。", "填报日期：　　年　　月　　日"]);
    paper.file()
}

fn school_year(n: usize, year: i32) -> Cell {
    match n % 4 {
        0 => format!("{year}-{}", year + 1).into(),
        1 => f64::from(year).into(),
        2 => wide(&format!("{year}—{}学年", year + 1)).into(),
        _ => format!("{year}－{}学年", year + 1).into(),
    }
}

/// Plan items of two school years.
pub(crate) fn plan_items(town: &Town) -> File {
    let mut paper = Paper::new(
        "建设方案",
        "班主任工作室年度建设方案任务表",
        "",
        &["单位", "工作室名称", "学年", "方案任务", "负责人", "预期成果", "到期日", "衡量标准"],
    );
    let mut n = 0;
    for studio in &town.studios {
        for year in &studio.plan_years {
            for (item, (title, deliverable, measure)) in PLAN.iter().enumerate() {
                n += 1;
                // Who made the plan of last year may not have been a member yet: nobody is named then.
                let owner = if *year == town.year { studio.members[item % 5].login.as_str() } else { "" };
                let mut cells = vec![
                    name(n, &town.schools[studio.school].name),
                    name(n + 1, &studio.name),
                    school_year(n, *year),
                    text(n, title),
                    if owner.is_empty() { Cell::Empty } else { account(n, owner) },
                    format!("{deliverable}\n（电子稿）").into(),
                    day(n, super::town::day(year + 1, 6, 30)),
                    text(n, measure),
                ];
                let mut wrong = |at: usize, cell: Cell, column: &'static str, code, cure: &str| {
                    cells[at] = cell;
                    paper.wrong(&cells, column, code, typed(&[(column, cure)]));
                };
                match n {
                    40 => wrong(
                        2,
                        "2025-2027".into(),
                        "学年",
                        "not_a_school_year",
                        &format!("{year}-{}", year + 1),
                    ),
                    90 => wrong(1, "晨曦工作室".into(), "工作室名称", "studio_unknown", &studio.name),
                    140 => wrong(
                        4,
                        teacher(studio.school, 43).into(),
                        "负责人登录名",
                        "studios.not_a_member",
                        owner,
                    ),
                    190 => wrong(3, Cell::Empty, "方案任务", "required", title),
                    _ => drop(paper.row(&cells)),
                }
                if n == 240 {
                    paper.wrong(&cells, "方案任务", "twice_in_file", Cure::Delete);
                }
            }
        }
    }
    paper.file()
}

/// A year's ledger.
pub(crate) fn tasks(town: &Town) -> File {
    let mut paper = Paper::new(
        "任务台账",
        "班主任工作室任务台账（学年）",
        "各工作室填报，市局汇总",
        &[
            "序号",
            "学校名称",
            "工作室",
            "任务名称",
            "负责人账号",
            "完成期限",
            "方案任务",
            "销账日期",
            "证据",
            "证据链接",
            "无证据原因",
            "是否完成",
        ],
    );
    let (mut n, mut future) = (0, false);
    for studio in &town.studios {
        for line in &studio.lines {
            n += 1;
            let mut cells = task_row(town, studio, line, n);
            let mut wrong = |at: usize, cell: Cell, column: &'static str, code, cure: String| {
                cells[at] = cell;
                paper.wrong(&cells, column, code, Cure::Type(vec![(column, cure)]));
            };
            let owner = line.owner.clone().unwrap_or_default();
            let open = line.closed.is_none();
            match n {
                // The due date is told again, so that the line stays the same.
                75 => wrong(5, Cell::Empty, "到期日", "required", line.due_on.to_string()),
                300 => wrong(
                    6,
                    "没有写进方案的事".into(),
                    "方案任务",
                    "plan_item_unknown",
                    line.item.map_or(String::new(), |i| PLAN[i].0.to_owned()),
                ),
                500 => {
                    wrong(
                        4,
                        teacher(studio.school, 43).into(),
                        "负责人登录名",
                        "studios.not_a_member",
                        owner,
                    );
                }
                _ if n >= 700 && !open && !future => {
                    future = true;
                    let on = line.closed.map(|(on, _)| on.to_string());
                    wrong(
                        7,
                        day(4, town.today + Days::new(9)),
                        "销账日期",
                        "platform.date_in_future",
                        on.unwrap_or_default(),
                    );
                }
                _ => drop(paper.row(&cells)),
            }
            match n {
                900 => paper.wrong(&cells, "任务", "twice_in_file", Cure::Delete),
                // Lines that should never have been written.
                1_000..=1_002 => {
                    cells[3] = format!("多余的一行{n}").into();
                    (7..=10).for_each(|at| cells[at] = Cell::Empty);
                    let (column, code) = match n {
                        1_000 => {
                            cells[7] = day(1, town.today);
                            ("证据", "studios.evidence_or_reason")
                        }
                        1_001 => {
                            cells[8] = "照片".into();
                            ("销账日期", "required")
                        }
                        _ => {
                            cells[7] = day(1, town.today);
                            cells[9] = "javascript:alert(1)".into();
                            ("证据链接", "platform.invalid_link")
                        }
                    };
                    paper.wrong(&cells, column, code, Cure::Delete);
                }
                _ => {}
            }
        }
        paper.blank();
    }
    paper.notes(&["注：已完成的须填销账日期与证据。", "审核人：　　　　　　填表人："]);
    paper.file()
}

fn task_row(town: &Town, studio: &Studio, line: &Line, n: usize) -> Vec<Cell> {
    let with = |way: Closing, text: &str| match line.closed {
        Some((_, closing)) if closing == way => Cell::from(text),
        _ => Cell::Empty,
    };
    vec![
        whole(n, number(n)),
        name(n, &town.schools[studio.school].name),
        name(n + 1, &studio.name),
        text(n, &line.title),
        line.owner.as_ref().map_or(Cell::Empty, |owner| account(n, owner)),
        day(n, line.due_on),
        line.item.map_or(Cell::Empty, |item| text(n + 1, PLAN[item].0)),
        maybe_day(n + 1, line.closed.map(|(on, _)| on)),
        with(Closing::Text, "活动记录与签到表已归档\n照片 6 张"),
        with(Closing::Link, "https://example.edu.cn/records/1"),
        with(Closing::Reason, "与市级活动合并，不再单独开展"),
        Cell::Formula(
            format!("=IF(H{n}=\"\",\"否\",\"是\")"),
            if line.closed.is_some() { "是" } else { "否" }.to_owned(),
        ),
    ]
}
