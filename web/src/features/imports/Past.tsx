import { Go } from '@/shared/address/keep.tsx';
import type { ListAddress } from '@/shared/address/list.ts';
import { ImportList, type ImportService, type ImportState } from '@/shared/gql/documents.ts';
import { ask } from '@/shared/gql/client.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { useDates } from '@/shared/i18n/dates.ts';
import { importStateWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { Choice } from '@/shared/ui/Choice.tsx';
import { DataTable, type Column } from '@/shared/ui/DataTable.tsx';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { ExportPages, exported } from '@/shared/ui/ExportPages.tsx';
import { Section } from '@/shared/ui/Page.tsx';
import { kindOf, type Job } from './jobs.ts';
import { importTexts } from './texts.ts';

const tones: Readonly<Record<ImportState, string>> = { QUEUED: 'tag', RUNNING: 'tag', CHECKED: 'tag near', DONE: 'tag good', FAULTY: 'tag far', FAILED: 'tag far' };

/** What was imported, newest first; each opens to its result. */
export function Past<Sort extends string>({ list, service }: { list: ListAddress<Sort>; service: ImportService }) {
  const t = useText(importTexts);
  const pick = usePick();
  const dates = useDates();
  const asked = useAsk(ImportList, { service, first: 20, after: list.place.after }, { keep: true });
  const page = asked.data?.imports;
  const kindText = (job: Job) => {
    const kind = kindOf(job.kind);
    return kind ? t(kind) : job.kind;
  };
  const columns: Column<Job>[] = [
    { key: 'file', title: t('file'), cell: (job) => <Go to={`/imports?kind=${job.kind}&job=${job.id}`}>{job.fileName}</Go> },
    { key: 'kind', title: t('kind'), cell: kindText },
    {
      key: 'state',
      title: t('state'),
      cell: (job) => (
        <>
          <span className={tones[job.state]}>{pick(importStateWords[job.state])}</span> {job.dryRun && job.state !== 'CHECKED' ? <span className="muted small">{t('dryRun')}</span> : null}
        </>
      ),
    },
    { key: 'rows', title: t('rows'), number: true, cell: (job) => job.rows },
    { key: 'counts', title: t('counts'), number: true, wide: true, cell: (job) => [job.created, job.changed, job.unchanged, job.faults].join(' / ') },
    { key: 'at', title: t('askedAt'), cell: (job) => dates.ago(job.askedAt) },
  ];
  return (
    <Section
      title={t('past')}
      extra={
        <span className="row">
          <ExportPages
            title={t('past')}
            head={[t('file'), t('kind'), t('state'), t('rows'), t('created'), t('changed'), t('unchanged'), t('faults'), t('askedAt')]}
            page={async (after) => exported((await ask(ImportList, { service, first: 100, after })).data.imports)}
            row={(job: Job) => [job.fileName, kindText(job), pick(importStateWords[job.state]), job.rows, job.created, job.changed, job.unchanged, job.faults, dates.moment(job.askedAt)]}
          />
          <Choice
            label={t('pastOf')}
            value={service}
            options={[
              { value: 'TENANCY', label: t('pastTenancy') },
              { value: 'STUDIOS', label: t('pastStudios') },
            ]}
            onChange={(value) => list.set({ of: value === 'STUDIOS' ? 'studios' : 'tenancy' })}
          />
        </span>
      }
    >
      {asked.problem ? <ErrorNote problem={asked.problem} again={asked.again} /> : null}
      <DataTable
        caption={t('past')}
        list={list as unknown as ListAddress<string>}
        columns={columns}
        rows={page?.nodes ?? []}
        rowKey={(job) => job.id}
        loading={asked.loading}
        busy={asked.refreshing}
        {...(page ? { page: { ...page.pageInfo, totalCount: page.totalCount } } : {})}
        empty={<Empty title={t('pastEmpty')} hint={t('pastEmptyHint')} />}
      />
    </Section>
  );
}
