import { OrganisationGrants } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { GrantTable } from '@/shared/grants/GrantTable.tsx';
import { grantState } from '@/shared/grants/state.ts';
import { today } from '@/shared/i18n/dates.ts';
import { useText } from '@/shared/i18n';
import { mayAdministerPeople, mayGiveGrants } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { Section } from '@/shared/ui/Page.tsx';
import { Skeleton } from '@/shared/ui/Skeletons.tsx';
import { Go } from '@/shared/address/keep.tsx';
import type { Organisation } from './OrganisationTable.tsx';
import { organisationTexts } from './texts.ts';

/** The grants that stand on the organisation or on its studios. */
export function Grants({ organisation }: { organisation: Organisation }) {
  const t = useText(organisationTexts);
  const { role } = useSession();
  const asked = useAsk(OrganisationGrants, { id: organisation.id });
  const grants = asked.data?.organisation?.grants;
  const holding = (grants ?? []).filter((grant) => grantState(grant, today()) === 'valid').length;
  if (asked.problem) return <ErrorNote problem={asked.problem} again={asked.again} />;
  if (!grants) {
    if (!asked.loading && asked.problems[0]) return <ErrorNote problem={asked.problems[0]} again={asked.again} />;
    return (
      <div className="card">
        <Skeleton lines={5} />
      </div>
    );
  }
  return (
    <Section title={t('grantsSentence', { n: holding })} extra={mayAdministerPeople(role) ? <Go to={`/people?organisation=${organisation.id}`}>{t('people')}</Go> : null}>
      <GrantTable
        caption={`${organisation.name} ${t('tabGrants')}`}
        grants={grants}
        of="organisation"
        mayRevoke={mayGiveGrants(role)}
        empty={
          <Empty title={t('grantsEmpty')} hint={t('giveHint')}>
            {mayAdministerPeople(role) ? <Go to={`/people?organisation=${organisation.id}`}>{t('people')}</Go> : null}
          </Empty>
        }
      />
    </Section>
  );
}
