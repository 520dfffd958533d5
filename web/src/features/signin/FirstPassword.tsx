import { useQueryClient } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { FirstPassword } from '@/shared/gql/documents.ts';
import { useCommand } from '@/shared/gql/hooks.ts';
import { useText } from '@/shared/i18n';
import { PasswordRules } from '@/shared/session/PasswordRules.tsx';
import { useWhoAmI } from '@/shared/session/session.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { Door } from './Door.tsx';
import { safeNext } from './next.ts';
import { signinTexts } from './texts.ts';
import { forgetTyped, typedNow } from './typed.ts';

interface Values {
  present: string;
  new: string;
  repeat: string;
}

/** The one-time password is changed before anything else. */
export function Component() {
  const t = useText(signinTexts);
  const navigate = useNavigate();
  const client = useQueryClient();
  const [search] = useSearchParams();
  const [typed] = useState(typedNow);
  const { data, problem } = useWhoAmI();
  const { run, errors, busy } = useCommand(FirstPassword);
  useEffect(forgetTyped, []);
  const [form] = Form.useForm<Values>();
  const [present = '', next = '', repeat = ''] = [Form.useWatch('present', form), Form.useWatch('new', form), Form.useWatch('repeat', form)];

  if (problem?.signedOut || (data && !data.me)) return <Navigate to="/signin" replace />;

  const send = async ({ present, new: next, repeat }: Values) => {
    if (next !== repeat) {
      form.setFields([{ name: 'repeat', errors: [t('differs')] }]);
      return;
    }
    const outcome = await run({ present: typed || present, new: next });
    if (!outcome.done) return;
    client.clear();
    void navigate(safeNext(search.get('next')), { replace: true });
  };

  return (
    <Door title={t('firstTitle')} hint={t('firstHint')}>
      <CommandForm<Values> form={form} errors={errors} busy={busy} action={t('change')} onSend={(values) => void send(values)}>
        {typed ? null : (
          <Field name="present" label={t('present')} required>
            <Input.Password autoComplete="current-password" maxLength={200} />
          </Field>
        )}
        <Field name="new" label={t('newPassword')} required>
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Field>
        <Field name="repeat" label={t('repeat')} required>
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Field>
        <PasswordRules present={typed || present} next={next} repeat={repeat} />
      </CommandForm>
    </Door>
  );
}
