import { Go } from '@/shared/address/keep.tsx';
import { OrganisationPast, type OrganisationPastQuery } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { useDates } from '@/shared/i18n/dates.ts';
import { useText } from '@/shared/i18n';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { ExportRows } from '@/shared/ui/ExportPages.tsx';
import { Section } from '@/shared/ui/Page.tsx';
import { Skeleton } from '@/shared/ui/Skeletons.tsx';
import { organisationTexts } from './texts.ts';

type Change = NonNullable<OrganisationPastQuery['organisationHistory']>[number];

const words: Readonly<Record<string, keyof typeof organisationTexts>> = {
  founded: 'founded',
  renamed: 'renamed',
  moved: 'moved',
  placed: 'placed',
  code_changed: 'code_changed',
  merged: 'merged_what',
  closed: 'closed_what',
};

/** What has changed about the organisation, and when; each day can be looked at as it was. */
export function History({ id }: { id: string }) {
  const t = useText(organisationTexts);
  const dates = useDates();
  const asked = useAsk(OrganisationPast, { id });
  const changes = asked.data?.organisationHistory ?? [];
  const detail = ({ before, after }: Change) => (before && after ? t('fromTo', { before, after }) : (after ?? before ?? ''));
  const what = (change: Change) => t(words[change.what] ?? 'other_what');
  return (
    <Section
      title={t('history')}
      extra={changes.length > 0 ? <ExportRows title={t('history')} head={[t('changedOn'), t('what'), t('before'), t('after')]} rows={changes} row={(change) => [change.on, what(change), change.before ?? '', change.after ?? '']} /> : null}
    >
      {asked.problem ? <ErrorNote problem={asked.problem} again={asked.again} /> : null}
      {asked.loading ? (
        <div className="card">
          <Skeleton lines={3} />
        </div>
      ) : null}
      {asked.data && changes.length === 0 ? (
        <div className="card">
          <Empty title={t('historyEmpty')} />
        </div>
      ) : null}
      {changes.length > 0 ? (
        <ol className="card history">
          {changes.map((change, index) => (
            <li key={index}>
              <span className="num">{dates.day(change.on)}</span>
              <strong>{what(change)}</strong>
              <span>{detail(change)}</span>
              <Go className="small no-print" to={`/organisations/${id}?on=${change.on}`}>
                {t('asItWas', { day: dates.shortDay(change.on) })}
              </Go>
            </li>
          ))}
        </ol>
      ) : null}
    </Section>
  );
}
