import { useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';
import { wearHat } from '@/shared/gql/client.ts';
import { SignIn } from '@/shared/gql/documents.ts';
import { useCommand } from '@/shared/gql/hooks.ts';
import { useText } from '@/shared/i18n';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { Door } from './Door.tsx';
import { safeNext } from './next.ts';
import { signinTexts } from './texts.ts';
import { keepTyped } from './typed.ts';

interface Values {
  login: string;
  password: string;
}

/** Who are you? */
export function Component() {
  const t = useText(signinTexts);
  const navigate = useNavigate();
  const client = useQueryClient();
  const [search] = useSearchParams();
  const { run, errors, busy } = useCommand(SignIn);

  const send = async ({ login, password }: Values) => {
    const outcome = await run({ login: login.trim(), password });
    if (!outcome.done) return;
    // The next person at this tab begins with nothing of the last one's.
    wearHat(null);
    client.clear();
    const next = safeNext(search.get('next'));
    if (outcome.payload.me?.mustChangePassword) {
      keepTyped(password);
      void navigate(`/signin/password?next=${encodeURIComponent(next)}`, { replace: true });
    } else {
      void navigate(next, { replace: true });
    }
  };

  return (
    <Door title={t('title')}>
      <CommandForm<Values> errors={errors} busy={busy} action={t('signIn')} onSend={(values) => void send(values)}>
        <Field name="login" label={t('login')} required>
          <Input autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={40} />
        </Field>
        <Field name="password" label={t('password')} required>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Field>
      </CommandForm>
      <p className="muted small door-help">{t('help')}</p>
    </Door>
  );
}
