import { Form, Input } from 'antd';
import { ChangePassword } from '@/shared/gql/documents.ts';
import { useCommand } from '@/shared/gql/hooks.ts';
import { useText } from '@/shared/i18n';
import { PasswordRules } from '@/shared/session/PasswordRules.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { accountTexts } from './texts.ts';

interface Values {
  present: string;
  new: string;
  repeat: string;
}

/** Changes my password; the rules show themselves kept as one types. */
export function PasswordForm() {
  const t = useText(accountTexts);
  const tell = useTell();
  const { run, errors, busy } = useCommand(ChangePassword);
  const [form] = Form.useForm<Values>();
  const present = Form.useWatch('present', form) ?? '';
  const next = Form.useWatch('new', form) ?? '';
  const repeat = Form.useWatch('repeat', form) ?? '';

  const send = async (values: Values) => {
    if (values.new !== values.repeat) {
      form.setFields([{ name: 'repeat', errors: [t('differs')] }]);
      return;
    }
    const outcome = await run({ present: values.present, new: values.new });
    if (!outcome.done) return;
    form.resetFields();
    tell(t('changed'));
  };
  return (
    <div className="card account-card">
      <p className="muted small">{t('passwordHint')}</p>
      <CommandForm<Values> form={form} errors={errors} busy={busy} action={t('change')} onSend={(values) => void send(values)}>
        <Field name="present" label={t('present')} required>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Field>
        <Field name="new" label={t('newPassword')} required>
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Field>
        <Field name="repeat" label={t('repeat')} required>
          <Input.Password autoComplete="new-password" maxLength={200} />
        </Field>
        <PasswordRules present={present} next={next} repeat={repeat} />
      </CommandForm>
    </div>
  );
}
