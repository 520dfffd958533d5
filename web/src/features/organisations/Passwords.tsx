import { Button, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { SetPasswordLength, type OneOrganisationQuery } from '@/shared/gql/documents.ts';
import { useCommand } from '@/shared/gql/hooks.ts';
import { useText } from '@/shared/i18n';
import { maySetPasswordRules } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { organisationTexts } from './texts.ts';

type Bureau = NonNullable<OneOrganisationQuery['organisation']>;

/** The shortest password where no bureau has asked for more. */
const shortest = 12;

/** How long passwords must be at and below a bureau; who may says so here. */
export function Passwords({ bureau, living }: { bureau: Bureau; living: boolean }) {
  const t = useText(organisationTexts);
  const { role } = useSession();
  const [open, setOpen] = useState(false);
  const now = bureau.passwordLength ?? shortest;
  return (
    <span className="row">
      {t('passwordsAre', { n: now })}
      {living && maySetPasswordRules(role) ? (
        <Button size="small" aria-label={`${t('passwordsSet')} ${t('passwords')}`} onClick={() => setOpen(true)}>
          {t('passwordsSet')}
        </Button>
      ) : null}
      <Modal title={t('passwordsTitle', { name: bureau.name })} open={open} onCancel={() => setOpen(false)} footer={null} destroyOnHidden>
        <LengthForm bureau={bureau} now={now} onClose={() => setOpen(false)} />
      </Modal>
    </span>
  );
}

function LengthForm({ bureau, now, onClose }: { bureau: Bureau; now: number; onClose: () => void }) {
  const t = useText(organisationTexts);
  const tell = useTell();
  const { run, errors, busy } = useCommand(SetPasswordLength);
  return (
    <CommandForm<{ length: number }>
      initial={{ length: now }}
      errors={errors}
      busy={busy}
      action={t('passwordsSet')}
      onCancel={onClose}
      onSend={({ length }) => {
        void run({ id: bureau.id, length }).then((outcome) => {
          if (!outcome.done) return;
          tell(t('passwordsTell', { n: length }));
          onClose();
        });
      }}
    >
      <Field name="length" label={t('passwords')} hint={t('passwordsHint')} required>
        <InputNumber min={shortest} max={64} precision={0} />
      </Field>
    </CommandForm>
  );
}
