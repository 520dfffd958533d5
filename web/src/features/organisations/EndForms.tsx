import { Form } from 'antd';
import { CloseOrganisation, MergeOrganisation } from '@/shared/gql/documents.ts';
import { useCommand } from '@/shared/gql/hooks.ts';
import { today, useDates } from '@/shared/i18n/dates.ts';
import { useText } from '@/shared/i18n';
import { OrganisationPicker, useOrganisation } from '@/shared/pickers/OrganisationPicker.tsx';
import { useConfirm } from '@/shared/ui/confirm.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import type { ChangeProps } from './Changes.tsx';
import { Follows } from './Follows.tsx';
import { organisationTexts } from './texts.ts';

/** A merger is not undone: it says what will follow, and asks once more. */
export function MergeForm({ organisation, onClose }: ChangeProps) {
  const t = useText(organisationTexts);
  const dates = useDates();
  const tell = useTell();
  const confirm = useConfirm();
  const { run, errors, busy } = useCommand(MergeOrganisation);
  const [form] = Form.useForm<{ into: string; on: string }>();
  const on = Form.useWatch('on', form) ?? today();
  const to = useOrganisation(Form.useWatch('into', form));
  const words = { name: organisation.name, day: dates.day(on), to: to?.name ?? '…' };

  const send = async (values: { into: string; on: string }) => {
    const sure = await confirm({ title: t('mergeAsk', words), gone: [t('mergeGone', words), t('mergeGoneGrants', words)], hint: t('mergeHint'), action: t('merge') });
    if (!sure) return;
    const outcome = await run({ id: organisation.id, into: values.into, on: values.on });
    if (!outcome.done) return;
    tell(t('mergedTell', words));
    onClose();
  };
  return (
    <CommandForm form={form} initial={{ on: today() }} errors={errors} busy={busy} action={t('merge')} onCancel={onClose} onSend={(values) => void send(values)}>
      <Field name="into" label={t('mergeInto')} required>
        <OrganisationPicker only={{ kind: organisation.kind }} except={organisation.id} label={t('mergeInto')} />
      </Field>
      <Field name="on" label={t('from')} required>
        <DayField clearable={false} />
      </Field>
      {to ? <Follows final>{t('mergeFollows', words)}</Follows> : null}
    </CommandForm>
  );
}

/** Closing is not undone either. */
export function CloseForm({ organisation, onClose }: ChangeProps) {
  const t = useText(organisationTexts);
  const dates = useDates();
  const tell = useTell();
  const confirm = useConfirm();
  const { run, errors, busy } = useCommand(CloseOrganisation);
  const [form] = Form.useForm<{ on: string }>();
  const on = Form.useWatch('on', form) ?? today();
  const words = { name: organisation.name, day: dates.day(on) };

  const send = async (values: { on: string }) => {
    const sure = await confirm({ title: t('closeAsk', words), gone: [t('mergeGone', words), t('mergeGoneGrants', words)], hint: t('closeHint'), action: t('close') });
    if (!sure) return;
    const outcome = await run({ id: organisation.id, on: values.on });
    if (!outcome.done) return;
    tell(t('closedTell', words));
    onClose();
  };
  return (
    <CommandForm form={form} initial={{ on: today() }} errors={errors} busy={busy} action={t('close')} onCancel={onClose} onSend={(values) => void send(values)}>
      <Field name="on" label={t('from')} required>
        <DayField clearable={false} />
      </Field>
      <Follows final>
        <p>{t('closeFollows', words)}</p>
        {organisation.kind !== 'SCHOOL' && organisation.schools > 0 ? <p>{t('closeBusy', { n: organisation.schools })}</p> : null}
      </Follows>
    </CommandForm>
  );
}
