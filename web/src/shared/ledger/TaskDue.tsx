import type { TaskPartsFragment } from '@/shared/gql/documents.ts';
import { useText } from '@/shared/i18n';
import { today, useDates } from '@/shared/i18n/dates.ts';
import { dueOf } from './due.ts';
import { ledgerTexts } from './texts.ts';

type Line = Pick<TaskPartsFragment, 'state' | 'dueOn' | 'closedOn' | 'overdueDays' | 'reason'>;

/** Due when, late by how much, closed when. */
export function TaskDue({ task }: { task: Line }) {
  const t = useText(ledgerTexts);
  const dates = useDates();
  const due = dueOf(task, today());
  switch (due.kind) {
    case 'late':
      return <span className="late">{t('late', { n: due.days })}</span>;
    case 'today':
      return <strong>{t('dueToday')}</strong>;
    case 'tomorrow':
      return <span>{t('dueTomorrow')}</span>;
    case 'later':
      return <span>{t('dueOn', { day: dates.shortDay(task.dueOn) })}</span>;
    default: {
      const day = dates.shortDay(task.closedOn ?? task.dueOn);
      return (
        <span>
          {due.late > 0 ? t('closedLate', { day, n: due.late }) : t('closedOn', { day })}
          {task.reason ? <span className="tag near"> {t('noEvidence')}</span> : null}
        </span>
      );
    }
  }
}
