import { useMemo } from 'react';
import { Go } from '@/shared/address/keep.tsx';
import { useList } from '@/shared/address/list.ts';
import { AuditList, AuditPlaces, type AuditFilterInput, type AuditService } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { useDates } from '@/shared/i18n/dates.ts';
import { roleWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { OrganisationPicker, useOrganisation } from '@/shared/pickers/OrganisationPicker.tsx';
import { PersonPicker } from '@/shared/pickers/PersonPicker.tsx';
import { Choice } from '@/shared/ui/Choice.tsx';
import { DataTable, type Column } from '@/shared/ui/DataTable.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote, PartlyNote } from '@/shared/ui/ErrorNote.tsx';
import { Page } from '@/shared/ui/Page.tsx';
import { Detail } from './Detail.tsx';
import { ExportButton, type Entry } from './ExportButton.tsx';
import { actions, detailParts, recordPath, textOf } from './sentence.ts';
import { actionNames, actionTexts, auditTexts } from './texts.ts';
import './audit.css';

/** The audit comes newest first, and in no other way. */
const sorts = ['AT'] as const;
const services = ['TENANCY', 'STUDIOS', 'RESOURCES', 'ANALYTICS'] as const satisfies readonly AuditService[];

function dayOf(word: string | null): string | null {
  return word !== null && /^\d{4}-\d{2}-\d{2}$/.test(word) ? word : null;
}

/** Who did what, when? */
export function Component() {
  const t = useText(auditTexts);
  const a = useText(actionTexts);
  const pick = usePick();
  const dates = useDates();
  const list = useList(sorts);
  const service = services.find((one) => one === list.get('service')) ?? null;
  const organisation = list.get('organisation');
  const place = useOrganisation(organisation);
  const filter: AuditFilterInput = {
    organisation: place?.no ?? null,
    person: list.get('person'),
    action: actions.find((one) => one === list.get('action')) ?? null,
    since: dayOf(list.get('since')),
    until: dayOf(list.get('until')),
  };
  // The filter speaks of numbers, the address of ids: the question waits until the number is known.
  const asked = useAsk(AuditList, { filter, service, first: 50, after: list.place.after }, { keep: true, when: organisation === null || place !== null });
  const page = asked.data?.audit;
  const places = useAsk(AuditPlaces, {}, { still: true });
  const names = useMemo(() => new Map((places.data?.organisationTree ?? []).flatMap((one) => (typeof one.no !== 'number' ? [] : [[one.no, one] as const]))), [places.data]);
  const placeOf = (entry: Entry) => names.get(entry.organisationNo)?.name ?? t('number', { no: String(entry.organisationNo) });

  const sentence = (entry: Entry) => a(textOf(entry.action), { who: entry.personName ?? (entry.person ? t('somebody') : t('system')), where: placeOf(entry), action: entry.action });

  const columns: Column<Entry>[] = [
    {
      key: 'what',
      title: t('what'),
      cell: (entry) => {
        const path = recordPath(entry.action, entry.subject);
        return (
          <>
            {sentence(entry)}{' '}
            {path ? (
              <Go to={path} className="in-text small no-print">
                {t('open')}
              </Go>
            ) : null}
          </>
        );
      },
    },
    { key: 'detail', title: t('detail'), cell: (entry) => (detailParts(entry.detail).length > 0 ? <Detail json={entry.detail} /> : null) },
    { key: 'role', title: t('role'), cell: (entry) => (entry.role ? <span className="audit-at">{pick(roleWords[entry.role])}</span> : '') },
    { key: 'at', title: t('at'), cell: (entry) => <span className="audit-at">{dates.moment(entry.at)}</span> },
    { key: 'request', title: t('request'), wide: true, cell: (entry) => <code className="audit-request" title={entry.requestId}>{entry.requestId.slice(0, 8)}</code> },
  ];
  const total = page?.totalCount ?? 0;
  const newest = page?.nodes[0];

  return (
    <Page
      title={t('audit')}
      {...(page ? { sentence: total >= 10_000 ? t('sentenceMany', { n: 10_000, when: newest ? dates.ago(newest.at) : '' }) : t('sentence', { n: total, when: newest ? dates.ago(newest.at) : '' }) } : {})}
      sub={t('sub')}
      actions={<ExportButton filter={filter} service={service} sentence={sentence} placeOf={placeOf} />}
    >
      {asked.problem ? <ErrorNote problem={asked.problem} again={asked.again} /> : null}
      <PartlyNote problems={asked.problems} again={asked.again} />
      <DataTable
        caption={t('audit')}
        list={list as never}
        columns={columns}
        rows={page?.nodes ?? []}
        rowKey={(entry) => entry.id}
        loading={asked.loading || (organisation !== null && place === null)}
        busy={asked.refreshing}
        {...(page ? { page: { ...page.pageInfo, totalCount: page.totalCount } } : {})}
        filters={
          <>
            <OrganisationPicker label={t('where')} placeholder={t('organisationAny')} value={organisation} onChange={(id) => list.set({ organisation: id })} />
            <PersonPicker label={t('person')} placeholder={t('personAny')} value={filter.person ?? null} onChange={(id) => list.set({ person: id })} />
            <Choice
              label={t('action')}
              none={t('actionAny')}
              value={filter.action ?? null}
              options={actions.map((one) => ({ value: one, label: pick(actionNames[one]) }))}
              onChange={(value) => list.set({ action: value })}
            />
            <Choice
              label={t('service')}
              none={t('serviceAny')}
              value={service}
              options={services.map((one) => ({ value: one, label: t(one.toLowerCase() as 'tenancy') }))}
              onChange={(value) => list.set({ service: value })}
            />
            <span className="audit-days">
              <DayField label={t('since')} placeholder={t('since')} value={filter.since ?? null} onChange={(day) => list.set({ since: day })} />
              <DayField label={t('until')} placeholder={t('until')} value={filter.until ?? null} onChange={(day) => list.set({ until: day })} />
            </span>
          </>
        }
        empty={<Empty title={t('empty')} hint={t('emptyHint')} />}
      />
    </Page>
  );
}
