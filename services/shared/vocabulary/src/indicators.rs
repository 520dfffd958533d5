//! The 32 indicators of the standard, and the metrics (lettered formulas) that are computed so far.
//!
//! The source is the national construction standard for homeroom-teacher studios at secondary vocational schools; the
//! names here are our own short titles. A metric's `slot` is its fixed place in every sheet: slots are only appended.

use serde::{Deserialize, Serialize};

/// A first-level indicator of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// 总体要求.
    General,
    /// 工作室成员.
    Members,
    /// 建设实践.
    Practice,
    /// 建设成效.
    Results,
    /// 工作保障.
    Support,
}

/// Whom an indicator is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// 校: the school.
    School,
    /// 室: the studio.
    Studio,
    /// 人: persons, rolled up to the studio.
    Person,
}

/// A third-level indicator.
#[derive(Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Its number: `3.3.1`.
    pub number: &'static str,
    /// The first-level indicator above it.
    pub group: Group,
    /// Whom it is about.
    pub subject: SubjectKind,
    /// `A`: computable from records; `M`: a computable part and human judgement; `J`: led by judgement.
    pub kind: char,
    /// Short title in Chinese.
    pub zh: &'static str,
    /// Short title in English.
    pub en: &'static str,
    /// The letter that a grid shows.
    pub leading: char,
}

/// The 32 indicators, in the standard's order.
pub const INDICATORS: &[Indicator] = &[
    Indicator {
        number: "1.1.1",
        group: Group::General,
        subject: SubjectKind::School,
        kind: 'A',
        zh: "党建纳入与领导班子研究",
        en: "Party planning and leadership hearings",
        leading: 'a',
    },
    Indicator {
        number: "1.1.2",
        group: Group::General,
        subject: SubjectKind::School,
        kind: 'A',
        zh: "一班一主任",
        en: "One homeroom teacher a class",
        leading: 'a',
    },
    Indicator {
        number: "1.1.3",
        group: Group::General,
        subject: SubjectKind::School,
        kind: 'A',
        zh: "领导小组听取汇报",
        en: "Leading group hears the studio",
        leading: 'a',
    },
    Indicator {
        number: "1.2.1",
        group: Group::General,
        subject: SubjectKind::Studio,
        kind: 'M',
        zh: "工作室定位",
        en: "Positioning",
        leading: 'a',
    },
    Indicator {
        number: "1.3.1",
        group: Group::General,
        subject: SubjectKind::Studio,
        kind: 'M',
        zh: "建设方案周密",
        en: "Construction plan",
        leading: 'a',
    },
    Indicator {
        number: "2.1.1",
        group: Group::Members,
        subject: SubjectKind::Studio,
        kind: 'A',
        zh: "人员构成主体与补充",
        en: "Core and supplementary members",
        leading: 'a',
    },
    Indicator {
        number: "2.1.2",
        group: Group::Members,
        subject: SubjectKind::Studio,
        kind: 'A',
        zh: "规模与结构",
        en: "Size and structure",
        leading: 'a',
    },
    Indicator {
        number: "2.2.1",
        group: Group::Members,
        subject: SubjectKind::Person,
        kind: 'J',
        zh: "师德与评价",
        en: "Conduct and appraisal",
        leading: 'a',
    },
    Indicator {
        number: "2.2.2",
        group: Group::Members,
        subject: SubjectKind::Person,
        kind: 'M',
        zh: "党员先锋",
        en: "Party members in front",
        leading: 'a',
    },
    Indicator {
        number: "2.2.3",
        group: Group::Members,
        subject: SubjectKind::Person,
        kind: 'M',
        zh: "主持人资质",
        en: "Leader's qualification",
        leading: 'a',
    },
    Indicator {
        number: "3.1.1",
        group: Group::Practice,
        subject: SubjectKind::Studio,
        kind: 'J',
        zh: "模式科学确定",
        en: "Mode chosen with reasons",
        leading: 'a',
    },
    Indicator {
        number: "3.1.2",
        group: Group::Practice,
        subject: SubjectKind::Studio,
        kind: 'M',
        zh: "模式与领衔类型匹配",
        en: "Mode fits leader type",
        leading: 'a',
    },
    Indicator {
        number: "3.2.1",
        group: Group::Practice,
        subject: SubjectKind::Studio,
        kind: 'A',
        zh: "任务载体全落实",
        en: "Every task has a carrier",
        leading: 'a',
    },
    Indicator {
        number: "3.2.2",
        group: Group::Practice,
        subject: SubjectKind::Studio,
        kind: 'M',
        zh: "载体多样与参与",
        en: "Carriers: variety and reach",
        leading: 'a',
    },
    Indicator {
        number: "3.2.3",
        group: Group::Practice,
        subject: SubjectKind::Studio,
        kind: 'M',
        zh: "示范品牌",
        en: "Model brands",
        leading: 'a',
    },
    Indicator {
        number: "3.3.1",
        group: Group::Practice,
        subject: SubjectKind::Studio,
        kind: 'A',
        zh: "计划台账销账总结",
        en: "Plan, ledger, clearing, summary",
        leading: 'a',
    },
    Indicator {
        number: "3.3.2",
        group: Group::Practice,
        subject: SubjectKind::Person,
        kind: 'A',
        zh: "成员成长档案",
        en: "Growth archives",
        leading: 'a',
    },
    Indicator {
        number: "3.3.3",
        group: Group::Practice,
        subject: SubjectKind::Studio,
        kind: 'M',
        zh: "六类实绩",
        en: "Six kinds of results",
        leading: 'a',
    },
    Indicator {
        number: "3.4.1",
        group: Group::Practice,
        subject: SubjectKind::Studio,
        kind: 'A',
        zh: "六领域资源共建共享",
        en: "Shared resources in six domains",
        leading: 'a',
    },
    Indicator {
        number: "3.4.2",
        group: Group::Practice,
        subject: SubjectKind::Studio,
        kind: 'A',
        zh: "网络德育阵地",
        en: "Online channels",
        leading: 'a',
    },
    Indicator {
        number: "3.5.1",
        group: Group::Practice,
        subject: SubjectKind::Studio,
        kind: 'M',
        zh: "成果融入带班",
        en: "Results reach the classroom",
        leading: 'a',
    },
    Indicator {
        number: "4.1.1",
        group: Group::Results,
        subject: SubjectKind::Studio,
        kind: 'J',
        zh: "育人理念与文化",
        en: "Ideas and culture",
        leading: 'a',
    },
    Indicator {
        number: "4.2.1",
        group: Group::Results,
        subject: SubjectKind::Person,
        kind: 'M',
        zh: "能力提升与五感",
        en: "Competence and five senses",
        leading: 'a',
    },
    Indicator {
        number: "4.2.2",
        group: Group::Results,
        subject: SubjectKind::Person,
        kind: 'M',
        zh: "三层梯队",
        en: "Three tiers of teachers",
        leading: 'a',
    },
    Indicator {
        number: "4.2.3",
        group: Group::Results,
        subject: SubjectKind::Studio,
        kind: 'M',
        zh: "对标活动与氛围",
        en: "Benchmarking activities",
        leading: 'a',
    },
    Indicator {
        number: "4.3.1",
        group: Group::Results,
        subject: SubjectKind::Studio,
        kind: 'M',
        zh: "工作室建设研究",
        en: "Research on studios",
        leading: 'a',
    },
    Indicator {
        number: "4.3.2",
        group: Group::Results,
        subject: SubjectKind::Studio,
        kind: 'M',
        zh: "班级建设研究",
        en: "Research on classes",
        leading: 'a',
    },
    Indicator {
        number: "4.4.1",
        group: Group::Results,
        subject: SubjectKind::Studio,
        kind: 'M',
        zh: "手册汇编资源库",
        en: "Handbook, collection, library",
        leading: 'a',
    },
    Indicator {
        number: "4.4.2",
        group: Group::Results,
        subject: SubjectKind::Studio,
        kind: 'M',
        zh: "五类案例库",
        en: "Five kinds of cases",
        leading: 'a',
    },
    Indicator {
        number: "4.5.1",
        group: Group::Results,
        subject: SubjectKind::School,
        kind: 'M',
        zh: "班级建设质量",
        en: "Quality of classes",
        leading: 'a',
    },
    Indicator {
        number: "5.0.1",
        group: Group::Support,
        subject: SubjectKind::School,
        kind: 'M',
        zh: "政策经费场地平台",
        en: "Policy, funds, space, platforms",
        leading: 'a',
    },
    Indicator {
        number: "5.0.2",
        group: Group::Support,
        subject: SubjectKind::School,
        kind: 'A',
        zh: "优先参训参赛与激励",
        en: "Priority and incentives",
        leading: 'a',
    },
];

/// The unit of a metric's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A share in percent, 0 to 100: numerator ÷ denominator × 100.
    Percent,
    /// A plain count.
    Count,
    /// Days.
    Days,
    /// Class-days (班·天).
    ClassDays,
}

/// How a figure stands: four faces, none of which looks like zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "graphql", derive(async_graphql::Enum))]
#[serde(rename_all = "snake_case")]
pub enum MetricState {
    /// A value, from a complete register.
    Value,
    /// 不适用: the denominator is zero.
    NotApplicable,
    /// 证据不足: records are missing.
    InsufficientEvidence,
    /// 已抑制: too few to be shown to this reader.
    Suppressed,
}

/// A lettered formula of an indicator.
#[derive(Debug, PartialEq)]
pub struct Metric {
    /// Its place in every sheet: given once, never changed.
    pub slot: usize,
    /// The indicator and the letter: `3.3.1.a`.
    pub id: &'static str,
    /// The indicator's number.
    pub indicator: &'static str,
    /// Name in Chinese.
    pub zh: &'static str,
    /// Name in English.
    pub en: &'static str,
    /// The unit of the value.
    pub unit: Unit,
    /// The target, where the standard (or domain decision) names one.
    pub target: Option<f64>,
    /// Whether a larger value is better; `None` where a difference is information only.
    pub more_is_better: Option<bool>,
    /// The formula in words.
    pub formula_zh: &'static str,
    /// The formula in English.
    pub formula_en: &'static str,
}

/// The metrics computed so far, by slot. Every other indicator shows `insufficient_evidence`.
pub const METRICS: &[Metric] = &[
    Metric {
        slot: 0,
        id: "1.1.2.a",
        indicator: "1.1.2",
        unit: Unit::Percent,
        target: Some(100.0),
        more_is_better: Some(true),
        zh: "一班一主任覆盖率",
        en: "Classes with exactly one homeroom teacher",
        formula_zh: "恰有一名班主任的班级日 ÷ 班级日 × 100（班级日指校历教学日；代理班主任可补空岗，副班主任不计）",
        formula_en: "class-days with exactly one homeroom teacher ÷ class-days × 100 (teaching days; an acting teacher fills a vacancy, a deputy is not counted)",
    },
    Metric {
        slot: 1,
        id: "1.1.2.b",
        indicator: "1.1.2",
        unit: Unit::ClassDays,
        target: Some(0.0),
        more_is_better: Some(false),
        zh: "空岗与重岗班级日",
        en: "Vacant and doubled class-days",
        formula_zh: "没有班主任的班级日 + 多于一名班主任的班级日",
        formula_en: "class-days without a homeroom teacher + class-days with more than one",
    },
    Metric {
        slot: 2,
        id: "2.1.1.a",
        indicator: "2.1.1",
        unit: Unit::Percent,
        target: Some(50.0),
        more_is_better: Some(true),
        zh: "主体占比",
        en: "Share of core members",
        formula_zh: "（本校班主任 + 培育对象）÷ 在册成员 × 100，按本期人日平均（成员无变动时即为人数）；“为主体”读作大于 50",
        formula_en: "(own homeroom teachers + candidates) ÷ active members × 100, as means over the period's person-days (where nobody came or left, their number); 'core' read as more than 50",
    },
    Metric {
        slot: 3,
        id: "2.1.1.b",
        indicator: "2.1.1",
        unit: Unit::Count,
        target: Some(5.0),
        more_is_better: None,
        zh: "补充类别覆盖",
        en: "Supplementary categories present",
        formula_zh: "在册成员中出现的补充类别数，0–5",
        formula_en: "supplementary categories among the active members, 0–5",
    },
    Metric {
        slot: 4,
        id: "2.1.1.c",
        indicator: "2.1.1",
        unit: Unit::Count,
        target: None,
        more_is_better: None,
        zh: "跨校成员数",
        en: "Members from other schools",
        formula_zh: "来自其他学校的在册成员数；分母为来源学校数",
        formula_en: "active members of other schools; the denominator is the number of those schools",
    },
    Metric {
        slot: 5,
        id: "3.3.1.a",
        indicator: "3.3.1",
        unit: Unit::Percent,
        target: Some(100.0),
        more_is_better: Some(true),
        zh: "销账率",
        en: "Tasks cleared with evidence",
        formula_zh: "本期到期任务中已附证据销账的 ÷ 本期到期任务 × 100",
        formula_en: "of the tasks due in the period, those closed with evidence ÷ tasks due × 100",
    },
    Metric {
        slot: 6,
        id: "3.3.1.b",
        indicator: "3.3.1",
        unit: Unit::Percent,
        target: Some(100.0),
        more_is_better: Some(true),
        zh: "按期销账率",
        en: "Tasks cleared on time",
        formula_zh: "本期到期任务中在到期日及以前附证据销账的 ÷ 本期到期任务 × 100",
        formula_en: "of the tasks due in the period, those closed with evidence by their due date ÷ tasks due × 100",
    },
    Metric {
        slot: 7,
        id: "3.3.1.c",
        indicator: "3.3.1",
        unit: Unit::Days,
        target: Some(0.0),
        more_is_better: Some(false),
        zh: "逾期中位天数",
        en: "Median days overdue",
        formula_zh: "本期到期且逾期的任务（逾期销账，或至今未销账）的逾期天数中位数",
        formula_en: "median days overdue of the tasks due in the period that were closed late or are still open",
    },
    Metric {
        slot: 8,
        id: "3.3.1.f",
        indicator: "3.3.1",
        unit: Unit::Count,
        target: Some(0.0),
        more_is_better: Some(false),
        zh: "无证据关闭数",
        en: "Closed without evidence",
        formula_zh: "本期到期任务中只写原因、未附证据而关闭的件数",
        formula_en: "tasks due in the period that were closed with a reason and no evidence",
    },
];

/// The metric with this id.
pub fn metric(id: &str) -> Option<&'static Metric> {
    METRICS.iter().find(|metric| metric.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_has_32_indicators_and_each_metric_its_own_slot() {
        assert_eq!(INDICATORS.len(), 32);
        let by_group = |group| INDICATORS.iter().filter(|i| i.group == group).count();
        assert_eq!(
            [Group::General, Group::Members, Group::Practice, Group::Results, Group::Support].map(by_group),
            [5, 5, 11, 9, 2]
        );
        for (slot, metric) in METRICS.iter().enumerate() {
            assert_eq!(metric.slot, slot, "{}", metric.id);
            assert!(
                metric.id.starts_with(metric.indicator)
                    && INDICATORS.iter().any(|i| i.number == metric.indicator)
            );
        }
    }
}
