//! What is true of the city: schools, people, classes, studios, plans and a ledger, told relative to a day.

use chrono::{Datelike as _, Days, NaiveDate};

/// The city's bureau, which the installation made.
pub(crate) const CITY: &str = "云川市教育局";
const COUNTIES: [&str; 6] = ["青禾县", "临江县", "东溪区", "石桥县", "华亭区", "云岭县"];
const SCHOOLS: [&str; 6] =
    ["职业教育中心", "中等职业技术学校", "卫生学校", "财经商贸学校", "农业职业学校", "第二职业中学"];
const STUDIOS: [&str; 14] = [
    "晨曦", "启航", "同心", "匠心", "春晖", "知行", "润心", "青蓝", "向阳", "明德", "引路", "拾光", "和美",
    "砺新",
];
const FAMILY: [&str; 12] = ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "欧阳", "买"];
const GIVEN: [&str; 11] = ["敏", "静", "丽娟", "强", "志远", "晓燕", "国庆", "海燕", "雨桐", "建华", "春梅"];
const PROGRAMMES: [&str; 8] = [
    "护理",
    "机电技术应用",
    "计算机应用",
    "会计事务",
    "幼儿保育",
    "汽车运用与维修",
    "电子商务",
    "现代农艺技术",
];
/// What a plan holds: item, deliverable, measure.
pub(crate) const PLAN: [(&str, &str, &str); 6] = [
    ("每月一次主题班会研讨", "班会案例集", "不少于 8 个案例"),
    ("新任班主任结对培养", "结对协议与谈话记录", "每对每月一次谈话"),
    ("典型学生会诊", "会诊案例", "每学期四例"),
    ("家校沟通专题研究", "沟通话术手册", "形成初稿并试用"),
    ("班主任能力比赛备赛", "带班育人方略", "两人参加市赛"),
    ("心理健康教育资源建设", "活动设计与微课", "不少于十份"),
];
const TASKS: [&str; 12] = [
    "主题班会示范课",
    "新任班主任谈话",
    "典型学生会诊",
    "家校沟通案例整理",
    "班风调查问卷回收",
    "班级公约修订",
    "实习学生走访",
    "优秀班主任报告会",
    "微课录制",
    "德育活动记录归档",
    "成员成长档案更新",
    "工作室月度例会",
];

/// How many schools there are.
pub(crate) const SIZE: usize = 35;
/// Homeroom teachers a school: 1,540 in all.
const TEACHERS: usize = 44;
/// Members a studio: 840 in all.
const MEMBERS: usize = 12;
/// Ledger lines a studio in a year.
const LINES: usize = 60;

pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// A number that looks random and is the same in every run.
pub(crate) fn mix(a: usize, b: usize) -> usize {
    let mut x = (a as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (b as u64).wrapping_add(0x7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((x ^ (x >> 31)) % 1_000_003).unwrap()
}

pub(crate) struct School {
    pub(crate) name: String,
    /// The bureau above it.
    pub(crate) bureau: String,
    pub(crate) code: String,
    /// The county it lies in, which need not administer it.
    pub(crate) place: String,
    pub(crate) founded_on: NaiveDate,
}

pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) login: String,
    pub(crate) organisation: String,
    pub(crate) phone: String,
    pub(crate) role: &'static str,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Part {
    Principal,
    Deputy,
    Acting,
}

pub(crate) struct Given {
    pub(crate) login: String,
    pub(crate) part: Part,
    pub(crate) from: NaiveDate,
    pub(crate) to: Option<NaiveDate>,
    /// Whether there is an appointment on record.
    pub(crate) appointed: bool,
}

pub(crate) struct Class {
    pub(crate) school: usize,
    pub(crate) name: String,
    pub(crate) cohort: i32,
    pub(crate) programme: &'static str,
    pub(crate) headcount: usize,
    pub(crate) opened_on: NaiveDate,
    pub(crate) given: Vec<Given>,
}

pub(crate) struct Member {
    pub(crate) login: String,
    /// The school they come from.
    pub(crate) home: usize,
    pub(crate) role: &'static str,
    pub(crate) category: &'static str,
    pub(crate) others: Vec<&'static str>,
    pub(crate) from: NaiveDate,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Closing {
    Text,
    Link,
    Reason,
}

pub(crate) struct Line {
    pub(crate) title: String,
    pub(crate) owner: Option<String>,
    pub(crate) due_on: NaiveDate,
    pub(crate) item: Option<usize>,
    pub(crate) closed: Option<(NaiveDate, Closing)>,
}

pub(crate) struct Studio {
    pub(crate) school: usize,
    pub(crate) name: String,
    pub(crate) level: &'static str,
    pub(crate) mode: &'static str,
    pub(crate) leader_type: &'static str,
    pub(crate) founded_on: NaiveDate,
    pub(crate) members: Vec<Member>,
    pub(crate) plan_years: Vec<i32>,
    pub(crate) lines: Vec<Line>,
}

pub(crate) struct Town {
    pub(crate) today: NaiveDate,
    /// The year in which the running school year began.
    pub(crate) year: i32,
    /// Name and place code.
    pub(crate) counties: Vec<(String, String)>,
    pub(crate) schools: Vec<School>,
    pub(crate) people: Vec<Person>,
    pub(crate) classes: Vec<Class>,
    pub(crate) studios: Vec<Studio>,
}

fn name(n: usize) -> String {
    format!("{}{}", FAMILY[mix(n, 1) % FAMILY.len()], GIVEN[mix(n, 2) % GIVEN.len()])
}

/// The year in which the school year of a day began.
fn year_of(on: NaiveDate) -> i32 {
    if on.month() >= 9 { on.year() } else { on.year() - 1 }
}

/// A teacher's account.
pub(crate) fn teacher(school: usize, n: usize) -> String {
    format!("s{:02}.t{:02}", school + 1, 1 + n % TEACHERS)
}

impl Town {
    pub(crate) fn on(today: NaiveDate) -> Self {
        let year = year_of(today);
        let counties =
            (0..).zip(COUNTIES).map(|(i, name)| (format!("{name}教育局"), format!("5399{}", 21 + i)));
        let mut town = Self {
            today,
            year,
            counties: counties.collect(),
            schools: Vec::new(),
            people: Vec::new(),
            classes: Vec::new(),
            studios: Vec::new(),
        };
        for i in 0..SIZE {
            town.school(i);
        }
        for (i, (bureau, _)) in town.counties.clone().into_iter().enumerate() {
            town.person(format!("county{}.admin", i + 1), &bureau, "主管部门管理员");
            town.person(format!("county{}.officer", i + 1), &bureau, "主管部门督导员");
        }
        for i in 0..SIZE {
            town.people_of(i);
            town.classes_of(i);
        }
        // Two studios a school, but the last one has none and the one before has four.
        for i in 0..SIZE {
            let count = [2, 4, 0][i.saturating_sub(SIZE - 3)];
            (0..count).for_each(|k| town.studio(i, k));
        }
        town
    }

    fn school(&mut self, i: usize) {
        // Twenty-four schools are the counties', four each; eleven are the city's own and lie in a county.
        let (county, kind) = (i % COUNTIES.len(), SCHOOLS[(i / COUNTIES.len()) % SCHOOLS.len()]);
        let (bureau, named) = if i < 24 {
            (self.counties[county].0.clone(), COUNTIES[county].to_owned())
        } else {
            (CITY.to_owned(), format!("云川市{}", ["第一", "第二", "城东", "城西", "城南", "城北"][i % 6]))
        };
        self.schools.push(School {
            name: format!("{named}{kind}"),
            bureau,
            code: format!("3653{:06}", 101 + i),
            place: self.counties[county].1.clone(),
            founded_on: day(1980 + i32::try_from(i).unwrap(), 9, 1),
        });
    }

    fn person(&mut self, login: String, organisation: &str, role: &'static str) {
        let n = self.people.len();
        let (organisation, phone) = (organisation.to_owned(), format!("1990000{n:04}"));
        self.people.push(Person { name: name(n), login, organisation, phone, role });
    }

    fn people_of(&mut self, i: usize) {
        let school = self.schools[i].name.clone();
        for (word, role) in [("leader", "学校领导"), ("admin", "学校管理员"), ("clerk", "学校经办人")]
        {
            self.person(format!("s{:02}.{word}", i + 1), &school, role);
        }
        (0..TEACHERS).for_each(|n| self.person(teacher(i, n), &school, "班主任"));
    }

    /// A class for every teacher, in three cohorts; the last school but two is so new that it has none.
    fn classes_of(&mut self, i: usize) {
        if i == SIZE - 3 {
            return;
        }
        for n in 0..TEACHERS {
            let cohort = self.year - i32::try_from(n % 3).unwrap();
            let programme = PROGRAMMES[(i + n / 3) % PROGRAMMES.len()];
            let opened_on = day(cohort, 9, 1);
            let given = |who, part, from, to| {
                let appointed = mix(i, who) % 6 != 1;
                Given { login: teacher(i, who), part, from, to, appointed }
            };
            let ago = |days| (self.today - Days::new(days)).max(opened_on);
            let mut teachers = vec![given(n, Part::Principal, opened_on, None)];
            match mix(i, n) % 23 {
                // Nobody since three weeks.
                3 => teachers[0].to = Some(ago(21)),
                // A vacancy of a week, then an acting teacher.
                5 => {
                    teachers[0].to = Some(ago(30));
                    teachers.push(given(n + 1, Part::Acting, ago(22), None));
                }
                // Handed over without a gap, in the middle of the running year.
                7 => {
                    teachers[0].to = Some(ago(40));
                    teachers.push(given(n + 2, Part::Principal, ago(39), None));
                }
                // Two by mistake, for some days.
                11 => teachers.push(given(n + 3, Part::Principal, ago(12), Some(ago(3)))),
                13 | 17 => teachers.push(given(n + 4, Part::Deputy, opened_on, None)),
                // Nobody ever.
                19 if n % 2 == 0 => teachers.clear(),
                _ => {}
            }
            self.classes.push(Class {
                school: i,
                name: format!("{:02}级{programme}{}班", cohort % 100, 1 + n / 3),
                cohort,
                programme,
                headcount: 28 + mix(n, i) % 25,
                opened_on,
                given: teachers,
            });
        }
    }

    fn studio(&mut self, i: usize, k: usize) {
        let n = self.studios.len();
        // The first school's second studio was founded this month; its whole ledger lies ahead.
        let young = n == 1;
        let founded_on = if young { self.today - Days::new(20) } else { day(self.year - 1, 9, 1) };
        let members = (0..MEMBERS).map(|m| self.member(i, k, m, n, founded_on)).collect();
        let mut studio = Studio {
            school: i,
            name: format!(
                "“{}{}”班主任工作室",
                STUDIOS[n % STUDIOS.len()],
                ["", "二", "三", "四", "五"][n / STUDIOS.len()]
            ),
            level: ["校级", "县区级", "市级"][n % 3],
            mode: ["名师工作室", "师徒结对", "模块化团队协作", "其他"][n % 4],
            leader_type: ["担纲领衔的主持人", "承担统筹协调职责的负责人"][n % 2],
            founded_on,
            members,
            // In summer the ledger reaches into the next school year.
            plan_years: (self.year - 1..=year_of(self.today + Days::new(130))).collect(),
            lines: Vec::new(),
        };
        // The third studio has no ledger at all, the fourth none since last school year.
        let lines = if n == 2 { 0 } else { LINES };
        studio.lines = (0..lines).map(|l| self.line(&studio, l, n, young)).collect();
        if n == 3 {
            let began = day(self.year, 9, 1);
            studio.lines.retain(|line| line.due_on < began);
        }
        self.studios.push(studio);
    }

    fn member(&self, i: usize, k: usize, m: usize, n: usize, founded_on: NaiveDate) -> Member {
        let own = |category, others| (teacher(i, k * 11 + m), i, category, others);
        let (login, home, category, others) = match m {
            // A guest from the next school; every fifth studio has one of its own instead.
            11 if !n.is_multiple_of(5) => {
                (teacher((i + 1) % SIZE, 40 + k), (i + 1) % SIZE, "校外专家", vec![])
            }
            7 => own("心理健康教师", vec!["本校班主任教师"]),
            8 if n.is_multiple_of(2) => own("教研人员", vec![]),
            9 if n.is_multiple_of(3) => own("行政干部", vec!["德育和学生管理专家"]),
            10 if n.is_multiple_of(4) => own("德育和学生管理专家", vec![]),
            3..=5 => own("班主任培育对象", vec![]),
            _ => own("本校班主任教师", vec![]),
        };
        let role = match m {
            0 => "主持人",
            1 => "负责人",
            _ => "成员",
        };
        // Some came later.
        let from = if m == 6 || m == 10 { (self.today - Days::new(35)).max(founded_on) } else { founded_on };
        Member { login, home, role, category, others, from }
    }

    /// The lines of a year and a bit: due every six days, from last school year to some weeks ahead.
    fn line(&self, studio: &Studio, l: usize, n: usize, young: bool) -> Line {
        let due_on = if young {
            self.today + Days::new(3 + 2 * l as u64)
        } else {
            self.today - Days::new(320) + Days::new(6 * l as u64)
        };
        let late = Days::new(1 + mix(n, l) as u64 % 20);
        let early = due_on - Days::new(mix(l, n) as u64 % 5);
        let way = [Closing::Text, Closing::Link][l % 2];
        let closed = match (n % 7, mix(n + 7, l) % 10) {
            // Strong: nearly all, nearly in time.
            (0 | 3, 0) => Some((due_on + late, way)),
            (0 | 3, _) => Some((early, way)),
            // Gone silent three months ago.
            (5, _) if due_on > self.today - Days::new(95) => None,
            (_, 0) => None,
            (_, 1 | 2) => Some((due_on + late, way)),
            (_, 3) => Some((early, Closing::Reason)),
            (4, _) => Some((due_on + Days::new(30), way)),
            _ => Some((early, way)),
        };
        // An open line has an owner who is a member today; a few have none.
        let owner = (l % 9 != 4).then(|| studio.members[mix(l, 3 * n) % MEMBERS].login.clone());
        Line {
            title: format!("{}（第{}次）", TASKS[l % TASKS.len()], 1 + l / TASKS.len()),
            owner,
            due_on,
            item: (l % 5 != 2).then_some(l % PLAN.len()),
            closed: closed.filter(|(on, _)| *on <= self.today),
        }
    }
}
