import { Form } from 'antd';
import { GiveGrant, GrantableRoles, type Role } from '@/shared/gql/documents.ts';
import { useAsk, useCommand } from '@/shared/gql/hooks.ts';
import { today, useDates } from '@/shared/i18n/dates.ts';
import { roleWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { OrganisationPicker, useOrganisation } from '@/shared/pickers/OrganisationPicker.tsx';
import { Choice } from '@/shared/ui/Choice.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import type { Person } from './PersonPage.tsx';
import { peopleTexts } from './texts.ts';

interface Values {
  organisation: string;
  role: Role;
  validFrom: string;
  validTo?: string | null;
}

/** Gives a role on an organisation: only roles that the giver may give there are offered. */
export function GiveGrantForm({ person, onClose }: { person: Person; onClose: () => void }) {
  const t = useText(peopleTexts);
  const pick = usePick();
  const dates = useDates();
  const tell = useTell();
  const { run, errors, busy } = useCommand(GiveGrant);
  const [form] = Form.useForm<Values>();
  const where = Form.useWatch('organisation', form) ?? person.organisation.id;
  const role = Form.useWatch('role', form);
  const from = Form.useWatch('validFrom', form) ?? today();
  const to = Form.useWatch('validTo', form);
  const organisation = useOrganisation(where);
  const asked = useAsk(GrantableRoles, { organisation: where }, { when: Boolean(where) });
  const roles = asked.data?.grantableRoles;

  return (
    <CommandForm<Values>
      form={form}
      initial={{ organisation: person.organisation.id, validFrom: today() }}
      errors={errors}
      busy={busy}
      action={t('give')}
      onCancel={onClose}
      onSend={(values) => {
        void run({ person: person.id, role: values.role, organisation: values.organisation, validFrom: values.validFrom, validTo: values.validTo ?? null }).then((outcome) => {
          if (!outcome.done) return;
          tell(t('givenTell', { name: person.name, role: pick(roleWords[values.role]) }));
          onClose();
        });
      }}
    >
      <Field name="organisation" label={t('where')} hint={t('whereHint')} required>
        <OrganisationPicker label={t('where')} clearable={false} onPick={() => form.resetFields(['role'])} />
      </Field>
      <Field name="role" label={t('role')} hint={roles && roles.length === 0 ? t('giveNothing') : t('studioHint')} required>
        <Choice options={(roles ?? []).map((one) => ({ value: one, label: pick(roleWords[one]) }))} disabled={!roles || roles.length === 0} />
      </Field>
      <Field name="validFrom" label={t('validFrom')} required>
        <DayField clearable={false} />
      </Field>
      <Field name="validTo" label={t('validTo')} hint={t('validToHint')}>
        <DayField />
      </Field>
      {role && organisation && roles?.includes(role) ? (
        <p className="grant-follows" aria-live="polite">
          {t('giveFollows', { name: person.name, role: pick(roleWords[role]), where: organisation.name, from: dates.day(from), to: to ? t('giveTo', { day: dates.day(to) }) : '' })}
        </p>
      ) : null}
    </CommandForm>
  );
}
