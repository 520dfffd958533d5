import { Fragment, type ReactNode } from 'react';
import { Go } from '@/shared/address/keep.tsx';
import type { Catalog } from '@/shared/figures/catalogue.ts';
import { usePick, useText } from '@/shared/i18n';
import { findingsOf, silentAfter, silentDays, type Row } from './need.ts';
import type { School } from './Overview.tsx';
import { overviewTexts } from './texts.ts';

/** At most so many findings make a sentence; the rest stands in the grid. */
const most = 3;

interface Props {
  readonly catalog: Catalog;
  readonly rows: readonly Row<School>[];
  readonly count: number;
  readonly vacant: number;
}

/** The answer: how many schools there are, and what is the matter, each number a way to those it counts. */
export function Sentence({ catalog, rows, count, vacant }: Props) {
  const t = useText(overviewTexts);
  const pick = usePick();
  const now = new Date();
  const findings = findingsOf(catalog, rows).slice(0, most);
  const silent = rows.flatMap((row) => row.school.studios ?? []).filter((studio) => silentDays(studio, now) > silentAfter).length;
  const known = rows.some((row) => row.faces.some((face) => face.kind === 'value'));

  const parts: ReactNode[] = findings.map(({ indicator, metric, kind, schools }) =>
    t.rich(kind, { n: schools, metric: pick([metric.nameZh, metric.nameEn.charAt(0).toLowerCase() + metric.nameEn.slice(1)]), a: (words) => <Go to={`/overview?focus=${indicator.number}:${kind}`}>{words}</Go> }),
  );
  if (silent > 0) parts.push(t.rich('silent', { n: silent, a: (words) => <Go to="/studios?sort=LAST_ACTIVITY&way=up">{words}</Go> }));
  if (vacant > 0) parts.push(t.rich('vacant', { n: vacant, a: (words) => <Go to="/classes?vacant=yes">{words}</Go> }));
  if (parts.length === 0) parts.push(known ? t('allMet') : t('noFigures'));
  return (
    <>
      {t('schools', { n: count })}
      {t('colon')}
      {parts.map((part, index) => (
        <Fragment key={index}>
          {index > 0 ? t('comma') : null}
          {part}
        </Fragment>
      ))}
      {t('stop')}
    </>
  );
}
