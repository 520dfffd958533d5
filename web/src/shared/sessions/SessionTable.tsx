import type { ReactNode } from 'react';
import { Go } from '@/shared/address/keep.tsx';
import { useList } from '@/shared/address/list.ts';
import { SessionList, type SessionPartsFragment, type StudioFunction, type StudioSessionFilterInput, type StudioSessionSort } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { today } from '@/shared/i18n/dates.ts';
import { optionsOf, studioFunctionWords, studioSessionStateWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { Choice } from '@/shared/ui/Choice.tsx';
import { DataTable, type Column } from '@/shared/ui/DataTable.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { exportPath } from '@/shared/ui/download.ts';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote, PartlyNote } from '@/shared/ui/ErrorNote.tsx';
import { Functions, SessionState, useWhen } from './parts.tsx';
import { filterOf, type Shown } from './standing.ts';
import { sessionWords } from './texts.ts';
import './sessions.css';

const sorts = ['STARTS_AT', 'TITLE'] as const satisfies readonly StudioSessionSort[];
/** As a list offers them. */
const shownOf = { ...studioSessionStateWords, DUE: sessionWords.due };

const known = <Word extends string>(words: Readonly<Record<Word, unknown>>, word: string | null): Word | null => (word !== null && Object.hasOwn(words, word) ? (word as Word) : null);
const dayIn = (word: string | null) => (word !== null && /^\d{4}-\d{2}-\d{2}$/.test(word) ? word : null);

/** The sessions of a studio, or all that the reader may see, as the address says; what lies ahead first. */
export function useSessions(studio: string | null) {
  const list = useList<StudioSessionSort>(sorts, 'DESCENDING');
  const shown = known<Shown>(shownOf, list.get('state'));
  const [from, to] = [dayIn(list.get('from')), dayIn(list.get('to'))];
  const filter: StudioSessionFilterInput = {
    studio,
    search: list.get('q'),
    function: known<StudioFunction>(studioFunctionWords, list.get('function')),
    ...filterOf(shown, from, to, today()),
  };
  const due: StudioSessionFilterInput = { studio, ...filterOf('DUE', null, null, today()) };
  const asked = useAsk(SessionList, { filter, due, sort: list.sort, direction: list.direction, first: 50, after: list.place.after }, { keep: true });
  const filtered = Boolean(filter.search ?? filter.function ?? shown ?? from ?? to);
  return { list, shown, from, to, filter, asked, filtered };
}

interface Props {
  readonly found: ReturnType<typeof useSessions>;
  readonly caption: string;
  /** Of one studio: no column says which. */
  readonly ofStudio?: boolean;
  /** The first step, where there is nothing yet. */
  readonly children?: ReactNode;
}

/** A list of sessions: when, what for, how they stand, who came. */
export function SessionTable({ found, caption, ofStudio = false, children }: Props) {
  const t = useText(sessionWords);
  const pick = usePick();
  const when = useWhen();
  const { list, shown, from, to, filter, asked, filtered } = found;
  const page = asked.data?.studioSessions;
  const columns: Column<SessionPartsFragment, StudioSessionSort>[] = [
    { key: 'title', title: t('session'), sort: 'TITLE', cell: (one) => <Go to={`/sessions/${one.id}`}>{one.title}</Go> },
    { key: 'when', title: t('when'), sort: 'STARTS_AT', first: 'DESCENDING', cell: when },
    { key: 'functions', title: t('functions'), cell: (one) => <Functions functions={one.functions} /> },
    { key: 'state', title: t('state'), cell: (one) => <SessionState session={one} /> },
    { key: 'came', title: t('came'), number: true, cell: (one) => (one.state === 'HELD' ? t('cameOf', { present: one.presentCount, expected: one.expectedCount, others: one.othersCount }) : '') },
    ...(ofStudio ? [] : [{ key: 'studio', title: t('studio'), cell: (one: SessionPartsFragment) => (one.studio ? <Go to={`/studios/${one.studio.id}`}>{one.studio.name}</Go> : null) }]),
  ];
  return (
    <>
      {asked.problem ? <ErrorNote problem={asked.problem} again={asked.again} /> : null}
      <PartlyNote problems={asked.problems} again={asked.again} />
      <DataTable
        caption={caption}
        list={list}
        columns={columns}
        rows={page?.nodes ?? []}
        rowKey={(one) => one.id}
        loading={asked.loading}
        busy={asked.refreshing}
        {...(page ? { page: { ...page.pageInfo, totalCount: page.totalCount } } : {})}
        search={t('search')}
        exportPath={exportPath('sessions', filter)}
        filters={
          <>
            <Choice label={t('state')} none={t('stateAny')} value={shown} options={optionsOf(shownOf, pick)} onChange={(value) => list.set({ state: value })} />
            <Choice label={t('functions')} none={t('functionAny')} value={filter.function} options={optionsOf(studioFunctionWords, pick)} onChange={(value) => list.set({ function: value })} />
            <span className="session-days">
              <DayField label={t('from')} placeholder={t('from')} value={from} onChange={(day) => list.set({ from: day })} />
              <DayField label={t('to')} placeholder={t('to')} value={to} onChange={(day) => list.set({ to: day })} />
            </span>
          </>
        }
        empty={
          <Empty title={t(filtered ? 'emptyFiltered' : 'empty')} hint={t(filtered ? 'emptyFilteredHint' : ofStudio ? 'emptyHint' : 'emptyHintAll')}>
            {filtered ? null : children}
          </Empty>
        }
      />
    </>
  );
}
