//! What the spreadsheets look like.

use crate::words::Word;
use contract::studios::{
    CommunityActivity, LeaderType, MemberCategory, MemberRole, StudioFunction, StudioLevel, StudioMode,
};
use spreadsheets::{Column, Kind, Template};

const OWNER: Column = Column::new("owner", "所属单位", "Organisation", Kind::Name { max: 100 })
    .aliases(&["学校", "单位", "学校名称", "单位名称"])
    .example("明德职业学校")
    .note(
        "工作室所属单位的全称；留空即为导入时所选的单位",
        "The organisation's full name; left empty, the one chosen for the import",
    );
const STUDIO: Column = Column::new("studio", "工作室名称", "Studio", Kind::Name { max: 100 })
    .required()
    .aliases(&["工作室"])
    .example("李娜班主任工作室");
const PERSON: Column = Column::new("login", "负责人登录名", "Owner's account", Kind::Text { max: 40 })
    .aliases(&["负责人账号", "负责人"])
    .example("lina")
    .note("负责人应为工作室成员", "A member of the studio");

/// Studios with their members: one row a member.
pub(super) static STUDIOS: Template = Template {
    key: "studios",
    title_zh: "工作室与成员",
    title_en: "Studios and members",
    columns: &[
        OWNER,
        STUDIO,
        Column::new("level", "级别", "Level", Kind::Choice(StudioLevel::CHOICES)).example("校级"),
        Column::new("stage", "阶段", "Stage", Kind::Text { max: 40 }).example("培育"),
        Column::new("mode", "建设模式", "Mode", Kind::Choice(StudioMode::CHOICES)).example("名师工作室"),
        Column::new("leader_type", "领衔类型", "Leader type", Kind::Choice(LeaderType::CHOICES))
            .example("担纲领衔的主持人"),
        Column::new("founded_on", "成立日期", "Founded on", Kind::Date).example("2025-09-01"),
        Column::new("login", "成员登录名", "Member's account", Kind::Text { max: 40 })
            .required()
            .aliases(&["成员账号", "登录名"])
            .example("lina")
            .note("可以是其他学校的人员", "People of other schools too"),
        Column::new("role", "成员角色", "Part", Kind::Choice(MemberRole::CHOICES))
            .required()
            .example("主持人"),
        Column::new("category", "主要类别", "Principal category", Kind::Choice(MemberCategory::CHOICES))
            .required()
            .example("本校班主任教师"),
        Column::new("categories", "其他类别", "Other categories", Kind::Choices(MemberCategory::CHOICES))
            .example("心理健康教师"),
        Column::new("from", "加入日期", "From", Kind::Date)
            .example("2025-09-01")
            .note("留空即为工作室成立日期", "Left empty, the day on which the studio was founded"),
    ],
    notes: &[
        (
            "每行填写一名成员；同一工作室的级别、建设模式、领衔类型、成立日期填在任意一行即可，各行不得矛盾。",
            "One row a member. Level, mode, leader type and founding day stand in any one row of a studio; rows may not contradict each other.",
        ),
        ("新建的工作室至少有一名主持人。", "A new studio has at least one lead."),
    ],
};

/// Plan items.
pub(super) static PLAN_ITEMS: Template = Template {
    key: "plan_items",
    title_zh: "方案任务",
    title_en: "Plan items",
    columns: &[
        OWNER,
        STUDIO,
        Column::new("school_year", "学年", "School year", Kind::Text { max: 20 })
            .required()
            .example("2025-2026")
            .note("学年的起止年份，或起始年份", "Both years of the school year, or the first"),
        Column::new("title", "方案任务", "Plan item", Kind::Text { max: 200 })
            .required()
            .example("每月一次主题班会研讨"),
        PERSON,
        Column::new("deliverable", "预期成果", "Deliverable", Kind::Paragraphs { max: 2_000 })
            .example("班会案例集"),
        Column::new("due_on", "完成期限", "Due on", Kind::Date).aliases(&["到期日"]).example("2026-06-30"),
        Column::new("measure", "衡量标准", "Measure", Kind::Paragraphs { max: 2_000 })
            .example("不少于 8 个案例"),
    ],
    notes: &[],
};

/// Ledger lines.
pub(super) static TASKS: Template = Template {
    key: "tasks",
    title_zh: "任务台账",
    title_en: "Task ledger",
    columns: &[
        OWNER,
        STUDIO,
        Column::new("title", "任务", "Task", Kind::Text { max: 200 })
            .required()
            .aliases(&["任务名称", "台账任务"])
            .example("3 月主题班会研讨"),
        PERSON,
        Column::new("due_on", "到期日", "Due on", Kind::Date)
            .required()
            .aliases(&["到期日期", "完成期限"])
            .example("2026-03-31"),
        Column::new("plan_item", "方案任务", "Plan item", Kind::Text { max: 200 })
            .example("每月一次主题班会研讨"),
        Column::new("closed_on", "销账日期", "Closed on", Kind::Date).example("2026-03-28"),
        Column::new("evidence", "证据", "Evidence", Kind::Paragraphs { max: 2_000 })
            .example("研讨记录与照片"),
        Column::new("link", "证据链接", "Evidence link", Kind::Text { max: 500 })
            .example("https://example.edu.cn/1"),
        Column::new("reason", "无证据原因", "Reason without evidence", Kind::Paragraphs { max: 2_000 }),
    ],
    notes: &[(
        "已销账的任务填写销账日期，并填写证据、证据链接或无证据原因。",
        "A closed task has a closing day, and evidence, a link, or a reason why there is none.",
    )],
};

/// Sessions with their attendance: one row a person.
pub(super) static SESSIONS: Template = Template {
    key: "sessions",
    title_zh: "活动与签到",
    title_en: "Sessions and attendance",
    columns: &[
        OWNER,
        STUDIO,
        Column::new("title", "活动", "Session", Kind::Text { max: 200 })
            .required()
            .aliases(&["活动名称", "活动主题", "主题"])
            .example("主题班会集体备课"),
        Column::new("on", "活动日期", "Day", Kind::Date)
            .required()
            .aliases(&["日期", "时间"])
            .example("2026-03-18"),
        Column::new("at", "开始时间", "Begins at", Kind::Text { max: 20 })
            .example("14:30")
            .note("留空即为 14:00", "Left empty, 14:00"),
        Column::new("minutes", "时长（分钟）", "Minutes", Kind::Integer { min: 1, max: 1_440 })
            .aliases(&["时长"])
            .example("90"),
        Column::new("place", "地点", "Place", Kind::Text { max: 100 }).example("德育楼 301"),
        Column::new("functions", "职能", "Functions", Kind::Choices(StudioFunction::CHOICES))
            .example("研究、指导"),
        Column::new("activities", "活动类型", "Activities", Kind::Choices(CommunityActivity::CHOICES))
            .example("交流、学习"),
        Column::new("joint", "部门联合", "Joint", Kind::Choice(&[("yes", "是"), ("no", "否")]))
            .example("否")
            .note("是否与德育、学生管理部门联合举办", "Held jointly with moral education or student affairs"),
        Column::new("login", "人员登录名", "Person's account", Kind::Text { max: 40 })
            .aliases(&["签到人", "参加人账号", "成员账号", "登录名"])
            .example("lina")
            .note(
                "可以是其他学校的人员；留空即为尚未举办",
                "People of other schools too; left empty, it is planned",
            ),
        Column::new("present", "是否到会", "Came", Kind::Choice(&[("yes", "到会"), ("no", "缺席")]))
            .aliases(&["签到", "出勤"])
            .example("到会")
            .note("留空即为到会", "Left empty, they came"),
        Column::new("summary", "纪要", "What was said", Kind::Paragraphs { max: 10_000 })
            .aliases(&["会议纪要", "活动纪要"])
            .example("确定了三节示范课的分工"),
    ],
    notes: &[(
        "每行填写一名参加人；当天的成员没有填到的，按缺席登记。活动的时间、地点、职能、纪要等填在任意一行即可，各行不得矛盾。",
        "One row a person; members of the day who are not named were absent. What holds for the session stands in any one of its rows; rows may not contradict each other.",
    )],
};

#[cfg(test)]
mod tests {
    #[test]
    fn the_templates_are_sound() {
        for template in [&super::STUDIOS, &super::PLAN_ITEMS, &super::TASKS, &super::SESSIONS] {
            assert_eq!(template.check(), Ok(()));
        }
    }
}
