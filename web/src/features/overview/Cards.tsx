import type { ReactNode } from 'react';
import { Go } from '@/shared/address/keep.tsx';
import { useText } from '@/shared/i18n';
import { silentAfter, silentDays } from './need.ts';
import type { School, VacantClasses } from './Overview.tsx';
import { overviewTexts } from './texts.ts';

const most = 5;

interface CardProps {
  readonly title: string;
  readonly all?: ReactNode;
  readonly none: string;
  readonly items: readonly { readonly key: string; readonly tag: string; readonly line: ReactNode }[];
}

function Card({ title, all, none, items }: CardProps) {
  return (
    <section className="card queue">
      <div className="row">
        <h2 className="grow">{title}</h2>
        {all}
      </div>
      {items.length === 0 ? <p className="muted">{none}</p> : null}
      <ul>
        {items.map((item) => (
          <li key={item.key}>
            <span className="tag far">{item.tag}</span>
            {item.line}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What to do first: late ledgers, silent studios, classes without a homeroom teacher. */
export function Cards({ schools, vacant }: { schools: readonly School[]; vacant: VacantClasses | null | undefined }) {
  const t = useText(overviewTexts);
  const now = new Date();
  const studios = schools.flatMap((school) => (school.studios ?? []).map((studio) => ({ ...studio, school, silent: silentDays(studio, now) })));
  const late = studios.filter((studio) => studio.overdueTasks > 0).sort((a, b) => b.overdueTasks - a.overdueTasks);
  const silent = studios.filter((studio) => studio.silent > silentAfter).sort((a, b) => b.silent - a.silent);
  const line = (studio: (typeof studios)[number], tail = '') => (
    <span className="queue-line">
      <Go to={`/studios/${studio.id}${tail}`}>{studio.name}</Go>
      <span className="muted">{studio.school.name}{studio.leadName ? ` · ${studio.leadName}` : ''}</span>
    </span>
  );
  return (
    <div className="queues">
      <Card
        title={t('overdue')}
        all={<Go to="/studios?sort=OVERDUE_TASKS&way=down">{t('all', { n: late.length })}</Go>}
        none={t('noneOverdue')}
        items={late.slice(0, most).map((studio) => ({ key: studio.id, tag: t('overdueN', { n: studio.overdueTasks }), line: line(studio, '?tab=ledger&state=LATE') }))}
      />
      <Card
        title={t('silentStudios')}
        all={<Go to="/studios?sort=LAST_ACTIVITY&way=up">{t('all', { n: silent.length })}</Go>}
        none={t('noneSilent')}
        items={silent.slice(0, most).map((studio) => ({ key: studio.id, tag: t('silentDays', { n: studio.silent }), line: line(studio) }))}
      />
      {vacant ? (
        <Card
          title={t('vacancies')}
          all={<Go to="/classes?vacant=yes">{t('all', { n: vacant.totalCount })}</Go>}
          none={t('noneVacant')}
          items={vacant.nodes.slice(0, most).map((one) => ({
            key: one.id,
            tag: one.name,
            line: (
              <>
                <Go to={`/classes/${one.id}`} aria-label={`${one.school.name} ${one.name}`}>
                  {one.school.name}
                </Go>
              </>
            ),
          }))}
        />
      ) : null}
    </div>
  );
}
