import { Button } from 'antd';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useKept } from '@/shared/address/keep.tsx';
import { useList } from '@/shared/address/list.ts';
import { OrganisationTree, type OrganisationSort } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { today, useDates } from '@/shared/i18n/dates.ts';
import { useText } from '@/shared/i18n';
import { mayImport, mayOrganise } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { SearchField } from '@/shared/ui/DataTable.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { Page } from '@/shared/ui/Page.tsx';
import { Tabs } from '@/shared/ui/Tabs.tsx';
import { OrganisationTable } from './OrganisationTable.tsx';
import { organisationTexts } from './texts.ts';
import { countKinds } from './tree.ts';
import { TreeView } from './TreeView.tsx';
import './organisations.css';

const views = ['authority', 'place', 'list'] as const;
export const organisationSorts = ['NUMBER', 'NAME', 'FOUNDED_ON'] as const satisfies readonly OrganisationSort[];

/** A day of the address, where it is one; nothing for today. */
export function dayOf(word: string | null): string | null {
  return word !== null && /^\d{4}-\d{2}-\d{2}$/.test(word) && word !== today() ? word : null;
}

/** Who stands under whom, on any day? */
export function Component() {
  const t = useText(organisationTexts);
  const dates = useDates();
  const navigate = useNavigate();
  const keep = useKept();
  const { role } = useSession();
  const list = useList<OrganisationSort>(organisationSorts);
  const on = dayOf(list.get('on'));
  const view = views.find((one) => one === list.get('view')) ?? 'authority';
  const by = view === 'place' ? 'PLACE' : 'AUTHORITY';
  const asked = useAsk(OrganisationTree, { by, asOf: on }, { keep: true });
  const nodes = asked.data?.organisationTree;
  const counts = useMemo(() => countKinds(nodes ?? []), [nodes]);

  return (
    <Page
      title={t('organisations')}
      {...(nodes ? { sentence: on ? t('sentenceThen', { ...counts, day: dates.day(on) }) : t('sentence', counts) } : {})}
      actions={
        <>
          {mayImport(role) ? <Button onClick={() => void navigate(keep('/imports?kind=organisations'))}>{t('import')}</Button> : null}
          {mayOrganise(role) ? (
            <Button type="primary" onClick={() => void navigate(keep('/organisations/new'))}>
              {t('found')}
            </Button>
          ) : null}
        </>
      }
    >
      <ThenNote on={on} onToday={() => list.set({ on: null })} />
      <Tabs
        label={t('views')}
        active={view}
        onChange={(key) => list.set({ view: key === 'authority' ? null : key })}
        tabs={[
          { key: 'authority', label: t('byAuthority') },
          { key: 'place', label: t('byPlace') },
          { key: 'list', label: t('asList') },
        ]}
      >
        {view === 'list' ? (
          <OrganisationTable list={list} on={on} day={<DayPicker on={on} onChange={(day) => list.set({ on: day })} />} />
        ) : (
          <>
            <div className="list-tools row no-print" role="search" aria-label={t('organisations')}>
              <SearchField list={list} label={t('search')} />
              <DayPicker on={on} onChange={(day) => list.set({ on: day })} />
            </div>
            {asked.problem ? <ErrorNote problem={asked.problem} again={asked.again} /> : null}
            <TreeView key={by} nodes={nodes} busy={asked.refreshing} loading={asked.loading} on={on} q={list.get('q') ?? ''} />
          </>
        )}
      </Tabs>
    </Page>
  );
}

function DayPicker({ on, onChange }: { on: string | null; onChange: (day: string | null) => void }) {
  const t = useText(organisationTexts);
  return (
    <label className="then-day">
      <span>{t('onDay')}</span>
      <DayField value={on ?? today()} clearable={false} label={t('onDay')} onChange={(day) => onChange(day === today() ? null : day)} />
    </label>
  );
}

/** Says that the page shows another day than today. */
export function ThenNote({ on, onToday }: { on: string | null; onToday: () => void }) {
  const t = useText(organisationTexts);
  const dates = useDates();
  if (!on) return null;
  return (
    <div className="note mild then-note row" role="status">
      <span>{t('thenNote', { day: dates.day(on) })}</span>
      <Button size="small" onClick={onToday}>
        {t('backToToday')}
      </Button>
    </div>
  );
}
