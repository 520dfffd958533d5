import type {
  AssignmentKind,
  BureauLevel,
  CommunityActivity,
  Group,
  ImportState,
  LeaderType,
  MemberCategory,
  MemberRole,
  OrganisationKind,
  PeriodKind,
  RecordKind,
  Role,
  StudioFunction,
  StudioLevel,
  StudioMode,
  StudioSessionState,
  TaskState,
  Unit,
} from '@/shared/gql/documents.ts';
import type { Pair } from './index.tsx';

/** The words of every closed vocabulary. A word that the schema adds does not compile until it has both its texts. */
type Words<Name extends string> = Readonly<Record<Name, Pair>>;

export const roleWords: Words<Role> = {
  SYSTEM_ADMINISTRATOR: ['系统管理员', 'System administrator'],
  SECURITY_ADMINISTRATOR: ['安全管理员', 'Security administrator'],
  AUDIT_ADMINISTRATOR: ['审计管理员', 'Audit administrator'],
  BUREAU_ADMINISTRATOR: ['主管部门管理员', 'Bureau administrator'],
  BUREAU_OFFICER: ['主管部门督导员', 'Bureau officer'],
  ALLIANCE_ADMINISTRATOR: ['联盟管理员', 'Alliance administrator'],
  SCHOOL_LEADER: ['学校领导', 'School leader'],
  SCHOOL_ADMINISTRATOR: ['学校管理员', 'School administrator'],
  SCHOOL_CLERK: ['学校经办人', 'School clerk'],
  STUDIO_LEAD: ['工作室主持人', 'Studio lead'],
  STUDIO_COORDINATOR: ['工作室负责人', 'Studio coordinator'],
  STUDIO_MEMBER: ['工作室成员', 'Studio member'],
  HOMEROOM_TEACHER: ['班主任', 'Homeroom teacher'],
  EXTERNAL_EXPERT: ['校外专家', 'External expert'],
  ANALYST: ['分析员', 'Analyst'],
};

export const organisationKindWords: Words<OrganisationKind> = {
  BUREAU: ['教育主管部门', 'Bureau'],
  SCHOOL: ['学校', 'School'],
  ALLIANCE: ['联盟', 'Alliance'],
};

export const bureauLevelWords: Words<BureauLevel> = {
  PROVINCE: ['省级', 'Province'],
  CITY: ['市级', 'City'],
  COUNTY: ['县区级', 'County'],
};

export const assignmentKindWords: Words<AssignmentKind> = {
  PRINCIPAL: ['班主任', 'Homeroom teacher'],
  DEPUTY: ['副班主任', 'Deputy'],
  ACTING: ['代理班主任', 'Acting'],
};

export const studioLevelWords: Words<StudioLevel> = {
  SCHOOL: ['校级', 'School'],
  COUNTY: ['县区级', 'County'],
  CITY: ['市级', 'City'],
  PROVINCE: ['省级', 'Province'],
  NATION: ['国家级', 'National'],
};

export const studioModeWords: Words<StudioMode> = {
  MASTER_TEACHER: ['名师工作室', 'Master teacher'],
  MENTORING: ['师徒结对', 'Mentoring'],
  MODULAR_TEAM: ['模块化团队协作', 'Modular team'],
  OTHER: ['其他', 'Other'],
};

export const leaderTypeWords: Words<LeaderType> = {
  LEADING: ['担纲领衔的主持人', 'Leads by own mastery'],
  COORDINATING: ['统筹协调的负责人', 'Coordinates the team'],
};

export const memberRoleWords: Words<MemberRole> = {
  LEAD: ['主持人', 'Lead'],
  COORDINATOR: ['负责人', 'Coordinator'],
  MEMBER: ['成员', 'Member'],
};

export const memberCategoryWords: Words<MemberCategory> = {
  HOMEROOM_TEACHER: ['本校班主任', 'Homeroom teacher of the school'],
  CANDIDATE: ['班主任培育对象', 'Homeroom teacher in training'],
  MORAL_EDUCATION_EXPERT: ['德育和学生管理专家', 'Moral education expert'],
  PSYCHOLOGY_TEACHER: ['心理健康教师', 'Psychology teacher'],
  RESEARCHER: ['教研人员', 'Researcher'],
  ADMINISTRATOR: ['行政干部', 'Administrator'],
  OUTSIDE_EXPERT: ['校外专家', 'Outside expert'],
};

export const taskStateWords: Words<TaskState> = {
  OPEN: ['未销账', 'Open'],
  CLOSED: ['已销账', 'Closed'],
};

export const studioFunctionWords: Words<StudioFunction> = {
  RESEARCH: ['研究', 'Research'],
  ADVICE: ['咨询', 'Advice'],
  GUIDANCE: ['指导', 'Guidance'],
  SERVICE: ['服务', 'Service'],
};

export const communityActivityWords: Words<CommunityActivity> = {
  EXCHANGE: ['交流', 'Exchange'],
  STUDY: ['学习', 'Study'],
  RESEARCH: ['研究', 'Research'],
  PRACTICE: ['实践', 'Practice'],
  GROWTH: ['成长', 'Growth'],
};

export const studioSessionStateWords: Words<StudioSessionState> = {
  PLANNED: ['已安排', 'Planned'],
  HELD: ['已完成', 'Held'],
  CANCELLED: ['已取消', 'Cancelled'],
};

export const groupWords: Words<Group> = {
  GENERAL: ['总体要求', 'General'],
  MEMBERS: ['工作室成员', 'Members'],
  PRACTICE: ['建设实践', 'Practice'],
  RESULTS: ['建设成效', 'Results'],
  SUPPORT: ['保障', 'Support'],
};

export const unitWords: Words<Unit> = {
  PERCENT: ['%', '%'],
  COUNT: ['', ''],
  DAYS: [' 天', ' days'],
  CLASS_DAYS: [' 班·天', ' class-days'],
  YES_NO: ['', ''],
  TIMES_PER_SEMESTER: [' 次/学期', ' a semester'],
  RATIO: ['', ''],
  INDEX: ['', ''],
  EFFECTIVE_NUMBER: [' 种', ' kinds'],
  SCORE: [' 分', ' points'],
  CHANGE: [' 分', ' points'],
  HOURS: [' 小时', ' hours'],
  HOURS_PER_SEMESTER: [' 小时/学期', ' hours a semester'],
  MONTHS: [' 个月', ' months'],
  SEMESTERS: [' 个学期', ' semesters'],
  PER_MONTH: [' 次/月', ' a month'],
  PER_PAIR_MONTH: [' 次/对·月', ' a pair and month'],
  YUAN_PER_PERSON_YEAR: [' 元/人·年', ' yuan a person and year'],
  SQUARE_METRES: [' m²', ' m²'],
  PER_100_STUDENTS: [' 件/百名学生', ' a 100 students'],
  VERDICT: ['', ''],
  DISTRIBUTION: ['', ''],
};

/** What a unit is called where no number stands before it. */
export const unitNames: Words<Unit> = {
  PERCENT: ['%', '%'],
  COUNT: ['计数', 'count'],
  DAYS: ['天', 'days'],
  CLASS_DAYS: ['班·天', 'class-days'],
  YES_NO: ['是/否', 'yes or no'],
  TIMES_PER_SEMESTER: ['次/学期', 'times a semester'],
  RATIO: ['比值', 'ratio'],
  INDEX: ['0–1', '0–1'],
  EFFECTIVE_NUMBER: ['有效种类数', 'effective number'],
  SCORE: ['量表均分', 'mean on a scale'],
  CHANGE: ['变化量', 'change'],
  HOURS: ['小时', 'hours'],
  HOURS_PER_SEMESTER: ['小时/学期', 'hours a semester'],
  MONTHS: ['月', 'months'],
  SEMESTERS: ['学期', 'semesters'],
  PER_MONTH: ['次/月', 'times a month'],
  PER_PAIR_MONTH: ['次/对·月', 'times a pair and month'],
  YUAN_PER_PERSON_YEAR: ['元/人·年', 'yuan a person and year'],
  SQUARE_METRES: ['m²', 'm²'],
  PER_100_STUDENTS: ['件/百名学生', 'cases a 100 students'],
  VERDICT: ['对应关系', 'how two fit'],
  DISTRIBUTION: ['分布', 'distribution'],
};

export const periodKindWords: Words<PeriodKind> = {
  SEMESTER: ['学期', 'semester'],
  SCHOOL_YEAR: ['学年', 'school year'],
  CALENDAR_YEAR: ['自然年', 'calendar year'],
};

export const recordKindWords: Words<RecordKind> = {
  TASK: ['台账任务', 'Task'],
  MEMBER: ['成员', 'Member'],
  CLASS: ['班级', 'Class'],
  SESSION: ['活动', 'Session'],
};

export const importStateWords: Words<ImportState> = {
  QUEUED: ['等待处理', 'Queued'],
  RUNNING: ['正在处理', 'Running'],
  CHECKED: ['校验通过（未写入）', 'Checked (nothing written)'],
  DONE: ['已导入', 'Imported'],
  FAULTY: ['有错误（未写入）', 'Faulty (nothing written)'],
  FAILED: ['无法处理（未写入）', 'Failed (nothing written)'],
};

/** The vocabulary as options of a choice, in the schema's order. */
export function optionsOf<Name extends string>(words: Words<Name>, pick: (pair: Pair) => string): { value: Name; label: string }[] {
  return (Object.entries(words) as [Name, Pair][]).map(([value, pair]) => ({ value, label: pick(pair) }));
}
