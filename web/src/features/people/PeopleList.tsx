import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { Go, useKept } from '@/shared/address/keep.tsx';
import { useList } from '@/shared/address/list.ts';
import { PeopleList, type PeopleListQuery, type PersonFilterInput, type PersonSort, type Role } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { grantState, sortGrants } from '@/shared/grants/state.ts';
import { today, useDates } from '@/shared/i18n/dates.ts';
import { optionsOf, roleWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { OrganisationPicker } from '@/shared/pickers/OrganisationPicker.tsx';
import { mayAddPeople, mayImport, maySeeAccounts } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { Choice } from '@/shared/ui/Choice.tsx';
import { DataTable, type Column } from '@/shared/ui/DataTable.tsx';
import { exportPath } from '@/shared/ui/download.ts';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote, PartlyNote } from '@/shared/ui/ErrorNote.tsx';
import { Page } from '@/shared/ui/Page.tsx';
import { peopleTexts } from './texts.ts';

type Person = NonNullable<PeopleListQuery['people']>['nodes'][number];

const sorts = ['NAME', 'LOGIN', 'LAST_SIGN_IN'] as const satisfies readonly PersonSort[];

/** Is everybody in, and rightly? */
export function Component() {
  const t = useText(peopleTexts);
  const pick = usePick();
  const dates = useDates();
  const navigate = useNavigate();
  const keep = useKept();
  const { role } = useSession();
  const accounts = maySeeAccounts(role);
  const list = useList<PersonSort>(sorts);
  const word = list.get('role');
  const held = word !== null && word in roleWords ? (word as Role) : null;
  const filter: PersonFilterInput = { search: list.get('q'), organisation: list.get('organisation'), role: held, locked: accounts ? list.flag('locked') : null };
  const asked = useAsk(
    PeopleList,
    // Whose accounts are locked is told to those only who administer them.
    { filter, locked: accounts ? { ...filter, locked: true } : filter, sort: list.sort, direction: list.direction, first: 50, after: list.place.after },
    { keep: true },
  );
  const page = asked.data?.people;
  const filtered = Boolean(filter.search ?? filter.organisation ?? filter.role ?? filter.locked);
  const counts = { n: page?.totalCount ?? 0, locked: asked.data?.locked?.totalCount ?? 0, b: (words: ReactNode) => <span className="late">{words}</span> };

  const columns: Column<Person, PersonSort>[] = [
    {
      key: 'name',
      title: t('name'),
      sort: 'NAME',
      cell: (person) => (
        <>
          <Go to={`/people/${person.id}`}>{person.name}</Go> {person.leftOn && person.leftOn <= today() ? <span className="tag">{t('left')}</span> : null}{' '}
          {isLocked(person) ? <span className="tag far">{t('locked')}</span> : null}
        </>
      ),
    },
    { key: 'login', title: t('login'), sort: 'LOGIN', cell: (person) => person.login },
    { key: 'organisation', title: t('organisation'), cell: (person) => person.organisation.name },
    { key: 'roles', title: t('role'), cell: (person) => <Roles person={person} /> },
    ...(accounts
      ? [
          {
            key: 'seen',
            title: t('lastSignIn'),
            sort: 'LAST_SIGN_IN' as const,
            first: 'DESCENDING' as const,
            cell: (person: Person) => (person.lastSignIn ? dates.ago(person.lastSignIn) : <span className="muted">{t('never')}</span>),
          },
        ]
      : []),
  ];

  return (
    <Page
      title={t('people')}
      {...(page ? { sentence: accounts ? t.rich(counts.n >= 10_000 ? 'sentenceMany' : 'sentence', counts) : t('sentenceShort', { n: counts.n }) } : {})}
      actions={
        mayAddPeople(role) ? (
          <>
            {mayImport(role) ? <Button onClick={() => void navigate(keep('/imports?kind=people'))}>{t('import')}</Button> : null}
            <Button type="primary" onClick={() => void navigate(keep(`/people/new${filter.organisation ? `?organisation=${filter.organisation}` : ''}`))}>
              {t('add')}
            </Button>
          </>
        ) : null
      }
    >
      {asked.problem ? <ErrorNote problem={asked.problem} again={asked.again} /> : null}
      <PartlyNote problems={asked.problems} again={asked.again} />
      <DataTable
        caption={t('people')}
        list={list}
        columns={columns}
        rows={page?.nodes ?? []}
        rowKey={(person) => person.id}
        loading={asked.loading}
        busy={asked.refreshing}
        {...(page ? { page: { ...page.pageInfo, totalCount: page.totalCount } } : {})}
        search={t('search')}
        exportPath={exportPath('people', filter)}
        filters={
          <>
            <OrganisationPicker label={t('organisation')} placeholder={t('anyOrganisation')} value={filter.organisation ?? null} onChange={(id) => list.set({ organisation: id })} />
            <Choice label={t('role')} none={t('roleAny')} value={held} options={optionsOf(roleWords, pick)} onChange={(value) => list.set({ role: value })} />
            {accounts ? (
              <Choice label={t('lockState')} none={t('lockAny')} value={list.get('locked')} options={[{ value: 'yes', label: t('onlyLocked') }]} onChange={(value) => list.set({ locked: value })} />
            ) : null}
          </>
        }
        empty={
          <Empty title={t(filtered ? 'emptyFiltered' : 'emptyTitle')} hint={t(filtered ? 'emptyFilteredHint' : 'emptyHint')}>
            {!filtered && mayAddPeople(role) ? <Go to="/people/new">{t('add')}</Go> : null}
          </Empty>
        }
      />
    </Page>
  );
}

/** Whether sign-in is locked now. */
export function isLocked({ lockedUntil }: { readonly lockedUntil?: string | null }): boolean {
  return Boolean(lockedUntil && Date.parse(lockedUntil) > Date.now());
}

/** The roles that hold today, the newest two by name. */
function Roles({ person }: { person: Person }) {
  const t = useText(peopleTexts);
  const pick = usePick();
  const day = today();
  if (!person.grants) return null;
  const names = [...new Set(sortGrants(person.grants, day).filter((grant) => grantState(grant, day) === 'valid').map((grant) => pick(roleWords[grant.role])))];
  if (names.length === 0) return <span className="muted">{t('noGrant')}</span>;
  return (
    <>
      {names.slice(0, 2).join(pick(['、', ', ']))}
      {names.length > 2 ? <span className="muted small"> {t('moreRoles', { n: names.length - 2 })}</span> : null}
    </>
  );
}
