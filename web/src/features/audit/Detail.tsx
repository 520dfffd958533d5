import { useDates } from '@/shared/i18n/dates.ts';
import { assignmentKindWords, bureauLevelWords, memberRoleWords, organisationKindWords, roleWords } from '@/shared/i18n/labels.ts';
import { usePick, useText, type Pair } from '@/shared/i18n';
import { detailParts, type Plain } from './sentence.ts';
import { auditTexts, keyTexts } from './texts.ts';

/** The words that a detail may hold, as the services write them. */
const words: Readonly<Record<string, Pair>> = {
  ORGANISATIONS: ['机构', 'organisations'],
  PEOPLE: ['人员', 'people'],
  CLASSES: ['班级', 'classes'],
  STUDIOS: ['工作室', 'studios'],
  PLAN_ITEMS: ['方案任务', 'plan items'],
  TASKS: ['任务台账', 'ledger'],
  GRADUATION: ['学生毕业', 'graduation'],
  TRANSFER: ['调整岗位', 'transfer'],
  LEAVE: ['休假或离职', 'leave'],
  OTHER: ['其他', 'other'],
  ...bureauLevelWords,
  ...organisationKindWords,
  ...assignmentKindWords,
  ...memberRoleWords,
  ...roleWords,
};

/** Gives what a line says beside its sentence, as names and texts. */
export function useDetail(): (json: string) => [name: string, text: string][] {
  const t = useText(auditTexts);
  const k = useText(keyTexts);
  const pick = usePick();
  const dates = useDates();
  const show = (value: Plain): string => {
    if (value === null || value === '') return t('nothing');
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (typeof value === 'number') return String(value);
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return dates.day(value);
    if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return dates.moment(value);
    const pair = Object.hasOwn(words, value.toUpperCase()) ? words[value.toUpperCase()] : undefined;
    return pair ? pick(pair) : value;
  };
  const name = (key: string) => (Object.hasOwn(keyTexts, key) ? k(key as keyof typeof keyTexts) : key);
  return (json) => detailParts(json).map((part) => [name(part.key), 'value' in part ? show(part.value) : t('change', { before: show(part.before), after: show(part.after) })]);
}

/** What a line says beside its sentence. */
export function Detail({ json }: { json: string }) {
  const parts = useDetail()(json);
  if (parts.length === 0) return null;
  return (
    <span className="audit-detail">
      {parts.map(([name, text]) => (
        <span key={name}>
          <span className="muted">{name}</span> {text}
        </span>
      ))}
    </span>
  );
}
