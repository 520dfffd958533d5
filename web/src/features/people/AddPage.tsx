import { Button, Input } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { Go, useKept } from '@/shared/address/keep.tsx';
import { AddPerson } from '@/shared/gql/documents.ts';
import { useCommand } from '@/shared/gql/hooks.ts';
import { useText } from '@/shared/i18n';
import { OrganisationPicker } from '@/shared/pickers/OrganisationPicker.tsx';
import { mayGiveRoles, mayImport } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { Page } from '@/shared/ui/Page.tsx';
import { OneTimePassword } from './OneTimePassword.tsx';
import { peopleTexts } from './texts.ts';
import './people.css';

interface Values {
  name: string;
  login: string;
  organisation: string;
  phone?: string;
}

interface Added extends Values {
  readonly id: string;
  readonly password: string;
}

/** Who gets an account? */
export function Component() {
  const t = useText(peopleTexts);
  const navigate = useNavigate();
  const keep = useKept();
  const [search] = useSearchParams();
  const { hat, role } = useSession();
  const { run, errors, busy } = useCommand(AddPerson);
  const [added, setAdded] = useState<Added | null>(null);
  const above = [{ label: t('people'), to: '/people' }];

  if (added) {
    return (
      <Page title={t('add')} sentence={t('addedSentence', { name: added.name })} above={above}>
        <div className="card person-form">
          <OneTimePassword login={added.login} password={added.password} />
          <div className="row after">
            {mayGiveRoles(role) ? (
              <Button type="primary" onClick={() => void navigate(keep(`/people/${added.id}?give=yes`), { replace: true })}>
                {t('next')}
              </Button>
            ) : null}
            <Button onClick={() => setAdded(null)}>{t('another')}</Button>
          </div>
        </div>
      </Page>
    );
  }
  const send = async (values: Values) => {
    const login = values.login.trim().toLowerCase();
    const outcome = await run({ name: values.name.trim(), login, organisation: values.organisation, phone: values.phone?.trim() || null });
    const made = outcome.done ? outcome.payload.added : null;
    if (made) setAdded({ ...values, login, id: made.person, password: made.password });
  };
  return (
    <Page
      title={t('add')}
      sentence={t('addSentence')}
      sub={
        mayImport(role) ? (
          <>
            {t('addMany')} <Go className="in-text" to="/imports?kind=people">{t('import')}</Go>
          </>
        ) : null
      }
      above={above}
    >
      <div className="card person-form">
        <CommandForm<Values>
          initial={{ organisation: search.get('organisation') ?? hat?.organisation.id ?? '' }}
          errors={errors}
          busy={busy}
          action={t('add')}
          onCancel={() => void navigate(-1)}
          onSend={(values) => void send(values)}
        >
          <Field name="name" label={t('name')} required>
            <Input maxLength={40} autoComplete="off" />
          </Field>
          <Field name="login" label={t('login')} hint={t('addHint')} required>
            <Input maxLength={40} autoCapitalize="none" autoComplete="off" spellCheck={false} />
          </Field>
          <Field name="organisation" label={t('organisation')} required>
            <OrganisationPicker label={t('organisation')} />
          </Field>
          <Field name="phone" label={t('phone')} hint={t('phoneHint')}>
            <Input maxLength={30} inputMode="tel" autoComplete="off" />
          </Field>
        </CommandForm>
      </div>
    </Page>
  );
}
