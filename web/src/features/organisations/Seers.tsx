import { Go } from '@/shared/address/keep.tsx';
import { OrganisationSeers, type OrganisationSeersQuery } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { today, useDates } from '@/shared/i18n/dates.ts';
import { roleWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { Table, type Column } from '@/shared/ui/DataTable.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { ExportRows } from '@/shared/ui/ExportPages.tsx';
import { Skeleton } from '@/shared/ui/Skeletons.tsx';
import type { Organisation } from './OrganisationTable.tsx';
import { organisationTexts } from './texts.ts';

type Seer = NonNullable<OrganisationSeersQuery['whoCouldSee']>[number];

interface Props {
  readonly organisation: Organisation;
  readonly on: string | null;
  readonly onChange: (day: string | null) => void;
}

/** Who could see the organisation on a day, and by which grant. */
export function Seers({ organisation, on, onChange }: Props) {
  const t = useText(organisationTexts);
  const pick = usePick();
  const dates = useDates();
  const day = on ?? today();
  const asked = useAsk(OrganisationSeers, { id: organisation.id, on: day }, { keep: true });
  const seers = asked.data?.whoCouldSee;
  const people = new Set((seers ?? []).map((one) => one.person));
  const writers = new Set((seers ?? []).filter((one) => one.writes).map((one) => one.person));
  const columns: Column<Seer>[] = [
    { key: 'person', title: t('person'), cell: (one) => <Go to={`/people/${one.person}`}>{one.personName}</Go> },
    { key: 'role', title: t('role'), cell: (one) => pick(roleWords[one.role]) },
    { key: 'through', title: t('through'), cell: (one) => <Go to={`/organisations/${one.through.id}`}>{one.through.name}</Go> },
    { key: 'may', title: t('may'), cell: (one) => <span className={one.writes ? 'tag near' : 'tag'}>{one.writes ? t('writes') : t('reads')}</span> },
  ];
  return (
    <>
      <div className="list-tools row">
        <label className="then-day no-print">
          <span>{t('seersOn')}</span>
          <DayField value={day} clearable={false} label={t('seersOn')} onChange={(next) => onChange(next === today() ? null : next)} />
        </label>
        {seers ? <strong role="status">{t('seersSentence', { day: dates.day(day), n: people.size, w: writers.size, name: organisation.name })}</strong> : null}
        {seers && seers.length > 0 ? (
          <ExportRows
            title={`${t('tabSeers')} ${day}`}
            head={columns.map((column) => column.title)}
            rows={seers}
            row={(one) => [one.personName, pick(roleWords[one.role]), one.through.name, t(one.writes ? 'writes' : 'reads')]}
          />
        ) : null}
      </div>
      {asked.problem ? <ErrorNote problem={asked.problem} again={asked.again} /> : null}
      {asked.loading ? (
        <div className="card">
          <Skeleton lines={5} />
        </div>
      ) : null}
      {seers ? (
        <Table
          caption={t('tabSeers')}
          columns={columns}
          rows={seers}
          rowKey={(one) => `${one.person}/${one.role}/${one.through.id}`}
          busy={asked.refreshing}
          empty={<Empty title={t('seersEmpty')} hint={t('seersEmptyHint')} />}
        />
      ) : null}
    </>
  );
}
