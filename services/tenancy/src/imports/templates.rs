//! What the spreadsheets look like.

use spreadsheets::{Column, Kind, Template};

const KINDS: &[(&str, &str)] = &[("bureau", "主管部门"), ("school", "学校"), ("alliance", "联盟")];
const LEVELS: &[(&str, &str)] = &[("province", "省"), ("city", "市"), ("county", "县区")];
/// The roles that stand on an organisation, by their Chinese names.
const ROLES: &[(&str, &str)] = &[
    ("bureau_administrator", "主管部门管理员"),
    ("bureau_officer", "主管部门督导员"),
    ("alliance_administrator", "联盟管理员"),
    ("school_leader", "学校领导"),
    ("school_administrator", "学校管理员"),
    ("school_clerk", "学校经办人"),
    ("homeroom_teacher", "班主任"),
    ("analyst", "分析员"),
];
const ASSIGNMENTS: &[(&str, &str)] =
    &[("principal", "班主任"), ("deputy", "副班主任"), ("acting", "代理班主任")];

/// Bureaus, schools and alliances.
pub(super) static ORGANISATIONS: Template = Template {
    key: "organisations",
    title_zh: "机构",
    title_en: "Organisations",
    columns: &[
        Column::new("kind", "机构类型", "Kind", Kind::Choice(KINDS)).required().example("学校"),
        Column::new("name", "机构名称", "Name", Kind::Name { max: 60 })
            .required()
            .aliases(&["学校名称", "名称"])
            .example("明德职业学校"),
        Column::new("level", "级别", "Level", Kind::Choice(LEVELS))
            .note("主管部门必填", "For bureaus")
            .example("县区"),
        Column::new("authority", "上级主管部门", "Authority", Kind::Name { max: 60 })
            .aliases(&["主管部门", "上级"])
            .note(
                "全称；留空即为导入时所选的机构",
                "Its full name; left empty, the one chosen for the import",
            )
            .example("青禾县教育局"),
        Column::new("school_code", "学校标识码", "School code", Kind::Code { max: 20 })
            .note("10 位数字，设为文本格式", "Ten digits, as text")
            .example("3653000101"),
        Column::new("credit_code", "统一社会信用代码", "Unified social credit code", Kind::Code { max: 20 }),
        Column::new("place_code", "行政区划代码", "Place code", Kind::Code { max: 10 }).example("539921"),
        Column::new("founded_on", "成立日期", "Founded on", Kind::Date).required().example("2000-09-01"),
    ],
    notes: &[(
        "上级主管部门应已存在，或写在同一文件中。学校标识码与统一社会信用代码至少填写一项。",
        "An authority exists already, or stands in the same file. A school has a school code or a credit code.",
    )],
};

/// People with their grants: one row a grant.
pub(super) static PEOPLE: Template = Template {
    key: "people",
    title_zh: "人员与授权",
    title_en: "People and grants",
    columns: &[
        Column::new("name", "姓名", "Name", Kind::Name { max: 40 }).required().example("李娜"),
        Column::new("login", "登录名", "Account", Kind::Text { max: 40 })
            .required()
            .aliases(&["账号"])
            .example("lina"),
        Column::new("organisation", "所在机构", "Organisation", Kind::Name { max: 60 })
            .aliases(&["学校", "单位"])
            .note(
                "全称或学校标识码；留空即为导入时所选的机构",
                "Full name or school code; left empty, the one chosen for the import",
            )
            .example("明德职业学校"),
        Column::new("phone", "手机", "Telephone", Kind::Text { max: 20 }).aliases(&["手机号", "联系电话"]),
        Column::new("role", "角色", "Role", Kind::Choice(ROLES)).example("班主任"),
        Column::new("from", "授权起始日期", "From", Kind::Date)
            .aliases(&["任职起始日期"])
            .example("2025-09-01"),
        Column::new("to", "授权截止日期", "To", Kind::Date),
    ],
    notes: &[(
        "导入不设置密码：管理员为每人生成一次性密码，首次登录须修改。",
        "No passwords are imported: an administrator gives one-time passwords, to be changed at the first sign-in.",
    )],
};

/// Classes with their teachers: one row an assignment.
pub(super) static CLASSES: Template = Template {
    key: "classes",
    title_zh: "班级与班主任",
    title_en: "Classes and homeroom teachers",
    columns: &[
        Column::new("school", "学校", "School", Kind::Name { max: 60 })
            .aliases(&["学校名称", "所在学校"])
            .example("明德职业学校"),
        Column::new("name", "班级名称", "Class", Kind::Name { max: 60 })
            .required()
            .aliases(&["班级"])
            .example("25级护理1班"),
        Column::new("cohort", "入学年份", "Cohort", Kind::Integer { min: 1990, max: 2100 })
            .required()
            .aliases(&["年级"])
            .example("2025"),
        Column::new("programme", "专业", "Programme", Kind::Name { max: 60 }).required().example("护理"),
        Column::new("headcount", "人数", "Students", Kind::Integer { min: 0, max: 200 })
            .required()
            .example("42"),
        Column::new("opened_on", "开班日期", "Opened on", Kind::Date).required().example("2025-09-01"),
        Column::new("login", "班主任登录名", "Teacher's account", Kind::Text { max: 40 })
            .aliases(&["班主任账号"])
            .example("lina"),
        Column::new("kind", "任职类型", "Kind of assignment", Kind::Choice(ASSIGNMENTS))
            .note("留空即为班主任", "Left empty: the homeroom teacher")
            .example("班主任"),
        Column::new("from", "任职起始日期", "From", Kind::Date)
            .note("留空即为开班日期", "Left empty, the day the class opened")
            .example("2025-09-01"),
        Column::new("to", "任职结束日期", "To", Kind::Date),
        Column::new("appointment", "聘任文号", "Appointment", Kind::Text { max: 100 }),
    ],
    notes: &[(
        "一个班有几位老师就写几行，班级信息每行相同。",
        "A class with several teachers has as many rows, alike in what they say of the class.",
    )],
};

#[cfg(test)]
mod tests {
    #[test]
    fn the_templates_are_sound() {
        for template in [&super::ORGANISATIONS, &super::PEOPLE, &super::CLASSES] {
            assert_eq!(template.check(), Ok(()));
        }
    }
}
