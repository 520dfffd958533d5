//! Plausible names and texts, invented.

use rand::Rng;
use rand::seq::IndexedRandom as _;

const FAMILY: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭", "何",
    "林", "高", "罗", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾", "肖", "田",
    "董", "潘", "袁", "蔡", "蒋", "余",
];
const GIVEN: &[&str] = &[
    "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀兰", "霞", "平",
    "刚", "桂英", "文博", "雨桐", "思远", "晓燕", "建华", "志强", "海燕", "国庆", "春梅", "佳琪", "浩然",
    "子涵", "立新", "红梅", "永康", "丹丹", "婷婷", "晓东", "玉珍", "雪梅", "振宇", "凤琴", "家豪", "淑芳",
    "少华", "庆丰", "若兰", "景行", "学文", "慧",
];

/// A person's name.
pub(crate) fn person(rng: &mut impl Rng) -> String {
    format!("{}{}", FAMILY.choose(rng).unwrap_or(&"王"), GIVEN.choose(rng).unwrap_or(&"敏"))
}

/// Programmes of secondary vocational schools.
pub(crate) const PROGRAMMES: &[&str] = &[
    "机电技术应用",
    "数控技术应用",
    "汽车运用与维修",
    "计算机应用",
    "电子商务",
    "会计事务",
    "护理",
    "幼儿保育",
    "中餐烹饪",
    "旅游服务与管理",
    "建筑工程施工",
    "现代农艺技术",
    "物流服务与管理",
    "美发与形象设计",
    "新能源汽车运用与维修",
];

/// What a school is called after its place.
pub(crate) const SCHOOLS: &[&str] = &[
    "职业教育中心",
    "中等职业技术学校",
    "工业学校",
    "旅游职业学校",
    "农业职业学校",
    "卫生学校",
    "交通运输学校",
    "财经商贸学校",
    "艺术职业学校",
    "第二职业中学",
    "信息技术学校",
    "职业高中",
];

/// Studios' own names.
pub(crate) const STUDIOS: &[&str] = &[
    "晨曦", "启航", "同心", "匠心", "春晖", "知行", "润心", "青蓝", "向阳", "明德", "引路", "拾光", "和美",
    "砺新", "笃行", "星火", "沐光", "致远", "暖阳", "远航", "筑梦", "扬帆", "博雅", "厚德", "崇实",
];

/// Plan items with what they yield and how they are told done.
pub(crate) const PLAN: &[(&str, &str, &str)] = &[
    ("新任班主任结对培养", "结对协议与谈话记录", "每对每月至少一次谈话记录"),
    ("班级公约研制与推广", "班级公约汇编", "八成班级完成公约修订"),
    ("典型学生会诊", "会诊案例", "每学期完成四例"),
    ("家校沟通专题研讨", "沟通话术手册", "形成手册初稿并试用"),
    ("主题班会示范课", "示范课教案与录像", "每月一节，全体成员评课"),
    ("班主任能力比赛备赛", "带班育人方略", "两名成员参加市赛"),
    ("心理健康教育资源建设", "活动设计与微课", "上传不少于十份"),
    ("实习期学生管理研究", "管理办法与调研报告", "完成调研并提交报告"),
    ("班风学风建设行动研究", "行动研究报告", "两轮行动研究"),
    ("年终总结与反思", "总结报告", "通过学校党组织审核"),
];

/// A ledger line as studios write them: what is done, which item of [`PLAN`] it belongs to, and what comes of it.
pub(crate) struct Work {
    pub(crate) month: u32,
    pub(crate) item: usize,
    pub(crate) title: &'static str,
    pub(crate) evidence: &'static str,
}

const fn work(month: u32, item: usize, title: &'static str, evidence: &'static str) -> Work {
    Work { month, item, title, evidence }
}

/// What studios do, by the month in which it is due.
pub(crate) const WORKS: &[Work] = &[
    work(9, 0, "新任班主任结对仪式", "结对协议 6 份，仪式照片 8 张"),
    work(9, 8, "编写《开学第一周》工作清单", "工作清单定稿，已发各班"),
    work(9, 4, "新生入学教育主题班会示范课", "教案与评课记录各一份"),
    work(9, 8, "起始年级班情摸底", "12 个班的班情分析表"),
    work(9, 9, "制订学年工作计划", "计划定稿，附学校党组织审核意见"),
    work(10, 1, "班级公约起草工作坊", "8 个班的公约草案"),
    work(10, 4, "国庆主题班会集体备课", "教案 3 份"),
    work(10, 3, "秋季家长会沟通要点研讨", "沟通要点一页与讨论记录"),
    work(10, 2, "住校生适应情况会诊", "会诊记录 2 份，已隐去姓名"),
    work(11, 8, "期中班情分析会", "会议纪要与分析表"),
    work(11, 5, "班主任能力比赛校内选拔", "评分表与选拔结果公示"),
    work(11, 2, "典型学生会诊：沉迷手机", "会诊记录与跟进表，已隐去姓名"),
    work(11, 6, "录制微课：情绪管理五步法", "微课 1 节，8 分钟"),
    work(12, 1, "班级公约展评", "展评照片与评分表"),
    work(12, 3, "整理家校沟通案例 3 篇", "案例文稿 3 篇"),
    work(12, 5, "打磨带班育人方略", "方略二稿与修改意见"),
    work(12, 4, "岁末安全与法治教育主题班会", "教案、课件与照片"),
    work(1, 9, "学期工作总结与反思会", "总结报告与反思记录"),
    work(1, 3, "寒假家访安排与安全提醒", "家访安排表与告家长书"),
    work(1, 2, "重点学生帮扶记录归档", "帮扶记录 10 份"),
    work(2, 8, "返校学生状态摸排", "摸排表与谈话记录"),
    work(2, 7, "实习班级行前动员会", "签到表与安全承诺书"),
    work(2, 9, "春季学期任务分解", "任务分解表"),
    work(3, 4, "学雷锋志愿服务活动设计", "活动方案与照片"),
    work(3, 7, "走访企业实习点", "走访记录 4 份"),
    work(3, 0, "新任班主任随堂观察与反馈", "观察记录 6 份"),
    work(3, 6, "心理健康活动课设计", "活动设计 4 份"),
    work(4, 5, "班主任能力比赛模拟答辩", "答辩评分表与录像"),
    work(4, 2, "典型学生会诊：宿舍矛盾", "会诊记录，已隐去姓名"),
    work(4, 4, "清明主题班会示范课", "教案与评课记录各一份"),
    work(4, 8, "班风问卷回收与分析", "问卷 412 份，分析报告一份"),
    work(5, 8, "职业教育活动周班级展示", "展示照片与简报"),
    work(5, 6, "心理健康月活动", "活动记录与签到表"),
    work(5, 7, "毕业班就业指导主题班会", "教案与就业意向统计"),
    work(5, 3, "家长开放日接待方案", "方案与家长反馈 36 份"),
    work(6, 7, "实习周记批阅与问题梳理", "问题清单与处理记录"),
    work(6, 1, "优秀班级公约汇编", "汇编电子稿"),
    work(6, 0, "新任班主任结对考核", "考核表 6 份"),
    work(6, 9, "年度总结报告会", "总结报告与会议纪要"),
    work(6, 8, "班级建设案例评选", "入选案例 9 篇"),
    work(7, 3, "暑期家访与防溺水教育", "家访记录与安全教育签到表"),
    work(7, 9, "撰写教育叙事", "教育叙事 5 篇"),
    work(7, 6, "汇编学年微课", "微课目录与 11 节微课"),
    work(8, 5, "暑期集中研修", "研修笔记与作业"),
    work(8, 0, "新学年岗前培训准备", "培训课件 3 份"),
    work(8, 8, "分班与班级布置方案", "方案与照片"),
];

/// What recurs every month: told with its month.
pub(crate) const MONTHLY: &[(&str, usize, &str)] = &[
    ("月工作室例会", 9, "会议纪要与签到表"),
    ("月新任班主任谈话", 0, "谈话记录 6 份"),
    ("月成员成长档案更新", 9, "更新说明一页"),
    ("月读书分享", 6, "分享提纲与签到表"),
];

/// Why something was closed without evidence.
pub(crate) const REASONS: &[&str] =
    &["负责教师调离，改由下学期补做", "与市级活动合并，不再单独开展", "实习安排调整，任务取消"];

/// What studios meet for, as the template's words; what is done everywhere comes first.
pub(crate) struct Kind {
    pub(crate) title: &'static str,
    pub(crate) functions: &'static str,
    pub(crate) activities: &'static str,
    pub(crate) joint: bool,
}

const fn kind(title: &'static str, functions: &'static str, activities: &'static str, joint: bool) -> Kind {
    Kind { title, functions, activities, joint }
}

pub(crate) const MEETINGS: &[Kind] = &[
    kind("工作室例会", "研究", "交流", false),
    kind("主题班会集体备课", "研究、指导", "研究、实践", false),
    kind("带班难题研讨", "研究", "交流、研究", false),
    kind("读书分享", "研究", "学习、成长", false),
    kind("主题班会示范课与评课", "指导", "实践、交流", false),
    kind("新任班主任随堂指导", "指导", "实践、成长", false),
    kind("典型学生会诊", "咨询", "研究、交流", true),
    kind("家校沟通工作坊", "服务、指导", "学习、实践", true),
    kind("班主任咨询接待日", "咨询、服务", "交流", false),
    kind("送教到校", "服务", "实践、交流", true),
    kind("心理健康教育专题培训", "服务、指导", "学习", true),
];

pub(crate) const PLACES: &[&str] = &["德育楼 301", "工作室", "第二会议室", "录播教室", "图书馆研讨室"];

/// What is said at the end of a session.
pub(crate) const SUMMARIES: &[&str] = &[
    "交流了近两周的班级情况，确定下次由两位成员各带一个案例。",
    "三节课例逐一评议，商定修改稿于下周三前发在群里。",
    "梳理出五条可操作的做法，由组长整理成一页清单供各班试用。",
    "对照量表讨论了跟进措施，责任人与期限已记入台账。",
    "大家谈了各自的困惑，约定本月每人完成一次随堂观察。",
    "形成初步方案，下次例会前请各成员补充本班数据。",
];
