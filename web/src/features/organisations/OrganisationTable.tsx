import type { ReactNode } from 'react';
import { Go } from '@/shared/address/keep.tsx';
import type { ListAddress } from '@/shared/address/list.ts';
import { OrganisationList, type OrganisationFilterInput, type OrganisationKind, type OrganisationPartsFragment, type OrganisationSort } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { useDates } from '@/shared/i18n/dates.ts';
import { bureauLevelWords, optionsOf, organisationKindWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { OrganisationPicker } from '@/shared/pickers/OrganisationPicker.tsx';
import { Choice } from '@/shared/ui/Choice.tsx';
import { DataTable, type Column } from '@/shared/ui/DataTable.tsx';
import { exportPath } from '@/shared/ui/download.ts';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { organisationTexts } from './texts.ts';

export type Organisation = OrganisationPartsFragment;

/** All organisations as a list: searched, filtered, sorted, exported. */
export function OrganisationTable({ list, on, day }: { list: ListAddress<OrganisationSort>; on: string | null; day: ReactNode }) {
  const t = useText(organisationTexts);
  const pick = usePick();
  const dates = useDates();
  const word = list.get('kind');
  const kind = word !== null && word in organisationKindWords ? (word as OrganisationKind) : null;
  const filter: OrganisationFilterInput = { search: list.get('q'), kind, under: list.get('below'), includeClosed: list.flag('closed') };
  const asked = useAsk(OrganisationList, { filter, sort: list.sort, direction: list.direction, asOf: on, first: 50, after: list.place.after }, { keep: true });
  const page = asked.data?.organisations;

  const columns: Column<Organisation, OrganisationSort>[] = [
    {
      key: 'name',
      title: t('name'),
      sort: 'NAME',
      cell: (one) => (
        <>
          <Go className={one.closedOn ? 'in-text' : undefined} to={`/organisations/${one.id}${on ? `?on=${on}` : ''}`}>{one.name}</Go> <EndTag organisation={one} />
        </>
      ),
    },
    { key: 'kind', title: t('kind'), cell: (one) => (one.level ? `${pick(bureauLevelWords[one.level])} ${pick(organisationKindWords[one.kind])}` : pick(organisationKindWords[one.kind])) },
    { key: 'authority', title: t('authority'), cell: (one) => one.authority?.name ?? <span className="muted">{t('noAuthority')}</span> },
    { key: 'place', title: t('place'), wide: true, cell: (one) => one.placeName ?? one.placeCode ?? '' },
    { key: 'code', title: t('schoolCode'), cell: (one) => one.schoolCode ?? '' },
    { key: 'schools', title: t('schools'), number: true, wide: true, cell: (one) => (one.kind === 'SCHOOL' ? '' : one.schools) },
    { key: 'founded', title: t('foundedOn'), sort: 'FOUNDED_ON', wide: true, cell: (one) => dates.day(one.foundedOn) },
    { key: 'no', title: t('number'), sort: 'NUMBER', number: true, wide: true, cell: (one) => one.no },
  ];

  return (
    <>
      {asked.problem ? <ErrorNote problem={asked.problem} again={asked.again} /> : null}
      <DataTable
        caption={t('organisations')}
        list={list}
        columns={columns}
        rows={page?.nodes ?? []}
        rowKey={(one) => one.id}
        loading={asked.loading}
        busy={asked.refreshing}
        {...(page ? { page: { ...page.pageInfo, totalCount: page.totalCount } } : {})}
        search={t('search')}
        exportPath={exportPath('organisations', filter, on)}
        filters={
          <>
            {day}
            <Choice label={t('kind')} none={t('kindAny')} value={kind} options={optionsOf(organisationKindWords, pick)} onChange={(value) => list.set({ kind: value })} />
            <OrganisationPicker label={t('authority')} placeholder={t('authority')} value={list.get('below')} only={{ kind: 'BUREAU' }} asOf={on} onChange={(id) => list.set({ below: id })} />
            <Choice label={t('life')} none={t('livingOnly')} value={list.get('closed')} options={[{ value: 'yes', label: t('closedToo') }]} onChange={(value) => list.set({ closed: value })} />
          </>
        }
        empty={<Empty title={t('emptyFiltered')} hint={t('emptyFilteredHint')} />}
      />
    </>
  );
}

/** How an organisation ended, where it did. */
export function EndTag({ organisation }: { organisation: Pick<Organisation, 'closedOn' | 'mergedInto'> }) {
  const t = useText(organisationTexts);
  if (organisation.mergedInto) return <span className="tag">{t('merged', { into: organisation.mergedInto.name })}</span>;
  return organisation.closedOn ? <span className="tag">{t('closed')}</span> : null;
}
