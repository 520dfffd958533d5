import { useParams } from 'react-router';
import { useWord } from '@/shared/address/list.ts';
import { Go } from '@/shared/address/keep.tsx';
import { OneOrganisation, type OneOrganisationQuery } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { missing } from '@/shared/gql/problem.ts';
import { useDates } from '@/shared/i18n/dates.ts';
import { bureauLevelWords, organisationKindWords } from '@/shared/i18n/labels.ts';
import { usePick, useText, type Text } from '@/shared/i18n';
import { mayAdministerPeople, mayGiveGrants, mayOrganise, maySeeSeers } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { AskedPage, Facts, Page, Section, type Step } from '@/shared/ui/Page.tsx';
import { Tabs } from '@/shared/ui/Tabs.tsx';
import { Changes } from './Changes.tsx';
import { Grants } from './Grants.tsx';
import { History } from './History.tsx';
import { dayOf, ThenNote } from './Organisations.tsx';
import type { Organisation } from './OrganisationTable.tsx';
import { Passwords } from './Passwords.tsx';
import { Seers } from './Seers.tsx';
import { organisationTexts } from './texts.ts';
import './organisations.css';

/** Where does this organisation stand, since when, and who sees it? */
export function Component() {
  const t = useText(organisationTexts);
  const { id = '' } = useParams();
  const [word, setWord] = useWord('on');
  const on = dayOf(word || null);
  const asked = useAsk(OneOrganisation, { id, asOf: on }, { keep: true });
  const above: Step[] = [{ label: t('organisations'), to: `/organisations${on ? `?on=${on}` : ''}` }];
  return (
    <AskedPage asked={asked} title={t('organisation')} above={above}>
      {({ organisation }) =>
        organisation && organisation.id === id ? (
          <View key={organisation.id} organisation={organisation} on={on} setOn={setWord} above={above} />
        ) : (
          <Page title={t('organisation')} above={above}>
            <ThenNote on={on} onToday={() => setWord(null)} />
            {asked.refreshing ? null : <ErrorNote problem={missing()} />}
          </Page>
        )
      }
    </AskedPage>
  );
}

function sentenceOf(one: Organisation, t: Text<typeof organisationTexts>, day: (day: string) => string): string {
  if (one.closedOn && one.mergedInto) return t('mergedSentence', { name: one.name, day: day(one.closedOn), into: one.mergedInto.name });
  if (one.closedOn) return t('closedSentence', { name: one.name, day: day(one.closedOn) });
  if (one.kind !== 'SCHOOL') return t('bureauSentence', { name: one.name, n: one.schools });
  return one.authority ? t('schoolSentence', { name: one.name, authority: one.authority.name }) : t('topSentence', { name: one.name });
}

interface ViewProps {
  readonly organisation: NonNullable<OneOrganisationQuery['organisation']>;
  readonly on: string | null;
  readonly setOn: (day: string | null) => void;
  readonly above: readonly Step[];
}

function View({ organisation: one, on, setOn, above }: ViewProps) {
  const t = useText(organisationTexts);
  const pick = usePick();
  const dates = useDates();
  const { role, hat } = useSession();
  const [tab, setTab] = useWord('tab', 'facts');
  const seers = maySeeSeers(role);
  const grants = seers || mayGiveGrants(role) || role === 'AUDIT_ADMINISTRATOR';
  const tabs = [{ key: 'facts', label: t('tabFacts') }, ...(grants ? [{ key: 'grants', label: t('tabGrants') }] : []), ...(seers ? [{ key: 'seers', label: t('tabSeers') }] : [])];
  // Nobody changes the organisation on which they stand: that is its authority's to say.
  const changes = mayOrganise(role) && !on && !one.closedOn && hat?.organisation.id !== one.id;
  const active = tabs.some((entry) => entry.key === tab) ? tab : 'facts';
  const steps: Step[] = one.authority ? [...above, { label: one.authority.name, to: `/organisations/${one.authority.id}${on ? `?on=${on}` : ''}` }] : [...above];
  const recorded = (value: string | null | undefined) => value ?? <span className="muted">{t('missing')}</span>;

  return (
    <Page
      title={one.name}
      sentence={sentenceOf(one, t, dates.day)}
      sub={[one.level ? pick(bureauLevelWords[one.level]) : '', pick(organisationKindWords[one.kind]), `${t('number')} ${one.no}`].filter(Boolean).join(' · ')}
      above={steps}
      actions={changes ? <Changes organisation={one} /> : null}
    >
      <ThenNote on={on} onToday={() => setOn(null)} />
      <Tabs label={one.name} tabs={tabs} active={active} onChange={(key) => setTab(key === 'facts' ? null : key)}>
        {active === 'facts' ? (
          <>
            <Section
              title={t('facts')}
              extra={
                one.kind === 'SCHOOL' && !on ? (
                  <>
                    <Go to={`/schools/${one.id}`}>{t('figures')}</Go>
                    <Go to={`/classes?school=${one.id}`}>{t('classes')}</Go>
                    {mayAdministerPeople(role) ? <Go to={`/people?organisation=${one.id}`}>{t('people')}</Go> : null}
                  </>
                ) : null
              }
            >
              <Facts
                items={[
                  [t('authority'), one.authority ? <Go to={`/organisations/${one.authority.id}`}>{one.authority.name}</Go> : t('noAuthority')],
                  [t('place'), one.placeCode ? `${one.placeName ?? ''} ${one.placeCode}`.trim() : recorded(null)],
                  ...(one.kind === 'SCHOOL' ? [[t('schoolCode'), recorded(one.schoolCode)] as const] : [[t('schools'), one.schools] as const]),
                  [t('creditCode'), recorded(one.creditCode)],
                  ...(one.kind === 'BUREAU' ? [[t('passwords'), <Passwords key="passwords" bureau={one} living={!on && !one.closedOn} />] as const] : []),
                  [t('foundedOn'), dates.day(one.foundedOn)],
                  ...(one.closedOn ? [[t('closedOn'), dates.day(one.closedOn)] as const] : []),
                  ...(one.mergedInto ? [[t('mergedInto'), <Go key="into" to={`/organisations/${one.mergedInto.id}`}>{one.mergedInto.name}</Go>] as const] : []),
                ]}
              />
            </Section>
            <History id={one.id} />
          </>
        ) : null}
        {active === 'grants' ? <Grants organisation={one} /> : null}
        {active === 'seers' ? <Seers organisation={one} on={on} onChange={setOn} /> : null}
      </Tabs>
    </Page>
  );
}
