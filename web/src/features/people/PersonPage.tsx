import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { Go } from '@/shared/address/keep.tsx';
import { useWord } from '@/shared/address/list.ts';
import { NoteLeaving, OnePerson, ResetPassword, UpdatePerson, type OnePersonQuery } from '@/shared/gql/documents.ts';
import { useAsk, useCommand } from '@/shared/gql/hooks.ts';
import { missing } from '@/shared/gql/problem.ts';
import { GrantTable } from '@/shared/grants/GrantTable.tsx';
import { grantState } from '@/shared/grants/state.ts';
import { today, useDates } from '@/shared/i18n/dates.ts';
import { usePick, useText } from '@/shared/i18n';
import { mayAddPeople, mayGiveGrants, mayGiveRoles, mayResetPasswords, maySeeAccounts } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { useConfirm } from '@/shared/ui/confirm.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { AskedPage, Facts, Page, Section } from '@/shared/ui/Page.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { GiveGrantForm } from './GiveGrant.tsx';
import { OneTimePasswordWindow } from './OneTimePassword.tsx';
import { isLocked } from './PeopleList.tsx';
import { peopleTexts } from './texts.ts';
import './people.css';

export type Person = NonNullable<OnePersonQuery['person']>;

/** What may this person see and do, today and on any day? */
export function Component() {
  const t = useText(peopleTexts);
  const { id = '' } = useParams();
  const asked = useAsk(OnePerson, { id }, { keep: true });
  const above = [{ label: t('people'), to: '/people' }];
  return (
    <AskedPage asked={asked} title={t('person')} above={above}>
      {({ person }) =>
        person && person.id === id ? (
          <View key={person.id} person={person} />
        ) : (
          <Page title={t('person')} above={above}>
            {asked.refreshing ? null : <ErrorNote problem={missing()} />}
          </Page>
        )
      }
    </AskedPage>
  );
}

function View({ person }: { person: Person }) {
  const t = useText(peopleTexts);
  const pick = usePick();
  const dates = useDates();
  const confirm = useConfirm();
  const tell = useTell();
  const { role, me } = useSession();
  const [word, setOn] = useWord('on');
  const [giving, setGiving] = useWord('give');
  const [dialog, setDialog] = useState<'change' | 'leave' | null>(null);
  const [secret, setSecret] = useState<{ login: string; password: string } | null>(null);
  const reset = useCommand(ResetPassword);
  const day = /^\d{4}-\d{2}-\d{2}$/.test(word) ? word : today();
  const grants = person.grants ?? [];
  const holding = grants.filter((grant) => grantState(grant, day) === 'valid').length;
  const own = person.id === me.id;
  const accounts = maySeeAccounts(role) || own;

  const resetPassword = async () => {
    const gone = [t('resetGoneSessions', { name: person.name }), t('resetGonePassword'), ...(isLocked(person) ? [t('resetGoneLock')] : [])];
    if (!(await confirm({ title: t('resetTitle', { name: person.name }), gone, hint: t('resetHint'), action: t('reset') }))) return;
    const outcome = await reset.run({ person: person.id });
    if (!outcome.done) tell.bad(outcome.errors.map((error) => pick([error.messageZh, error.messageEn])).join(' '));
    else if (outcome.payload.password) setSecret(outcome.payload.password);
  };

  return (
    <Page
      title={person.name}
      sentence={
        day === today()
          ? t('personSentence', { name: person.name, organisation: person.organisation.name, n: holding })
          : t('personSentenceThen', { day: dates.day(day), name: person.name, n: holding })
      }
      sub={person.login}
      above={[{ label: t('people'), to: '/people' }]}
      actions={
        <>
          {mayAddPeople(role) ? <Button onClick={() => setDialog('change')}>{t('update')}</Button> : null}
          {mayAddPeople(role) && !own ? <Button onClick={() => setDialog('leave')}>{t('leave')}</Button> : null}
          {mayResetPasswords(role) && !own ? (
            <Button loading={reset.busy} onClick={() => void resetPassword()}>
              {t('reset')}
            </Button>
          ) : null}
          {mayGiveRoles(role) ? (
            <Button type="primary" onClick={() => setGiving('yes')}>
              {t('give')}
            </Button>
          ) : null}
        </>
      }
    >
      <Section title={t('facts')}>
        <Facts
          items={[
            [t('organisation'), <Go key="home" to={`/organisations/${person.organisation.id}`}>{person.organisation.name}</Go>],
            [t('login'), person.login],
            ...(accounts
              ? [
                  [t('phone'), person.phone ?? <span className="muted">{t('none')}</span>] as const,
                  [t('account'), isLocked(person) && person.lockedUntil ? <span className="late">{t('lockedUntil', { moment: dates.moment(person.lockedUntil) })}</span> : t('accountOk')] as const,
                  [t('lastSignIn'), person.lastSignIn ? dates.moment(person.lastSignIn) : <span className="muted">{t('never')}</span>] as const,
                ]
              : []),
            ...(person.leftOn ? [[t('leftOn'), dates.day(person.leftOn)] as const] : []),
          ]}
        />
      </Section>
      <Section
        title={t('grants')}
        extra={
          <label className="grants-day">
            <span>{t('grantsOn')}</span>
            <DayField value={day} clearable={false} label={t('grantsOn')} onChange={(next) => setOn(next === today() ? null : next)} />
          </label>
        }
      >
        <GrantTable
          caption={`${person.name} ${t('grants')}`}
          grants={grants}
          of="person"
          day={day}
          mayRevoke={mayGiveGrants(role)}
          empty={<Empty title={t('grantsEmpty')} hint={t('grantsEmptyHint')} />}
        />
      </Section>
      <Modal title={t('updateTitle')} open={dialog === 'change'} onCancel={() => setDialog(null)} footer={null} destroyOnHidden>
        <UpdateForm person={person} onClose={() => setDialog(null)} />
      </Modal>
      <Modal title={t('leaveTitle', { name: person.name })} open={dialog === 'leave'} onCancel={() => setDialog(null)} footer={null} destroyOnHidden>
        <LeaveForm person={person} onClose={() => setDialog(null)} />
      </Modal>
      <Modal title={t('giveTitle', { name: person.name })} open={mayGiveRoles(role) && giving === 'yes'} onCancel={() => setGiving(null)} footer={null} destroyOnHidden>
        <GiveGrantForm person={person} onClose={() => setGiving(null)} />
      </Modal>
      <OneTimePasswordWindow shown={secret} onClose={() => setSecret(null)} />
    </Page>
  );
}

function UpdateForm({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useText(peopleTexts);
  const tell = useTell();
  const { run, errors, busy } = useCommand(UpdatePerson);
  return (
    <CommandForm<{ name: string; phone?: string }>
      initial={{ name: person.name, ...(person.phone ? { phone: person.phone } : {}) }}
      errors={errors}
      busy={busy}
      action={t('update')}
      onCancel={onClose}
      onSend={(values) => {
        void run({ id: person.id, version: person.version, name: values.name.trim(), phone: values.phone?.trim() || null }).then((outcome) => {
          if (!outcome.done) return;
          tell(t('updatedTell'));
          onClose();
        });
      }}
    >
      <Field name="name" label={t('name')} required>
        <Input maxLength={40} autoComplete="off" />
      </Field>
      <Field name="phone" label={t('phone')} hint={t('phoneHint')}>
        <Input maxLength={30} inputMode="tel" autoComplete="off" />
      </Field>
    </CommandForm>
  );
}

/** Who has left keeps their records and loses the door; an empty day brings them back. */
function LeaveForm({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useText(peopleTexts);
  const dates = useDates();
  const tell = useTell();
  const { run, errors, busy } = useCommand(NoteLeaving);
  return (
    <CommandForm<{ leftOn?: string | null }>
      initial={{ leftOn: person.leftOn ?? today() }}
      errors={errors}
      busy={busy}
      action={t('leave')}
      onCancel={onClose}
      onSend={({ leftOn }) => {
        void run({ id: person.id, version: person.version, leftOn: leftOn ?? null }).then((outcome) => {
          if (!outcome.done) return;
          tell(leftOn ? t('leftTell', { name: person.name, day: dates.day(leftOn) }) : t('backTell', { name: person.name }));
          onClose();
        });
      }}
    >
      <Field name="leftOn" label={t('leaveOn')} hint={t('leaveHint')}>
        <DayField />
      </Field>
    </CommandForm>
  );
}
