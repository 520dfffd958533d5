import { Form, Input } from 'antd';
import { ChangeSchoolCode, MoveOrganisation, RenameOrganisation } from '@/shared/gql/documents.ts';
import { useCommand } from '@/shared/gql/hooks.ts';
import { today, useDates } from '@/shared/i18n/dates.ts';
import { useText } from '@/shared/i18n';
import { OrganisationPicker, useOrganisation } from '@/shared/pickers/OrganisationPicker.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import type { ChangeProps } from './Changes.tsx';
import { Follows } from './Follows.tsx';
import { organisationTexts } from './texts.ts';

function DayOf() {
  const t = useText(organisationTexts);
  return (
    <Field name="on" label={t('from')} required>
      <DayField clearable={false} />
    </Field>
  );
}

export function RenameForm({ organisation, onClose }: ChangeProps) {
  const t = useText(organisationTexts);
  const dates = useDates();
  const tell = useTell();
  const { run, errors, busy } = useCommand(RenameOrganisation);
  const [form] = Form.useForm<{ name: string; on: string }>();
  const on = Form.useWatch('on', form) ?? today();
  const to = (Form.useWatch('name', form) ?? '').trim();
  return (
    <CommandForm
      form={form}
      initial={{ name: organisation.name, on: today() }}
      errors={errors}
      busy={busy}
      action={t('rename')}
      onCancel={onClose}
      onSend={(values) => {
        void run({ id: organisation.id, name: values.name.trim(), on: values.on }).then((outcome) => {
          if (!outcome.done) return;
          tell(t('renamedTell', { name: values.name.trim() }));
          onClose();
        });
      }}
    >
      <Field name="name" label={t('renameTo')} required>
        <Input maxLength={60} />
      </Field>
      <DayOf />
      {to && to !== organisation.name ? <Follows>{t('renameFollows', { day: dates.day(on), name: organisation.name, to })}</Follows> : null}
    </CommandForm>
  );
}

interface Move {
  authority?: string | null;
  placeCode?: string;
  on: string;
}

export function MoveForm({ organisation, onClose }: ChangeProps) {
  const t = useText(organisationTexts);
  const dates = useDates();
  const tell = useTell();
  const { run, errors, busy } = useCommand(MoveOrganisation);
  const [form] = Form.useForm<Move>();
  const on = Form.useWatch('on', form) ?? today();
  const code = (Form.useWatch('placeCode', form) ?? '').trim();
  const to = useOrganisation(Form.useWatch('authority', form));
  const words = { day: dates.day(on), name: organisation.name };
  return (
    <CommandForm<Move>
      form={form}
      initial={{ on: today() }}
      errors={errors}
      busy={busy}
      action={t('move')}
      onCancel={onClose}
      onSend={(values) => {
        const placeCode = values.placeCode?.trim() || null;
        if (!values.authority && !placeCode) {
          form.setFields([{ name: 'authority', errors: [t('moveNothing')] }]);
          return;
        }
        void run({ id: organisation.id, authority: values.authority ?? null, placeCode, on: values.on }).then((outcome) => {
          if (!outcome.done) return;
          tell(t('movedTell', words));
          onClose();
        });
      }}
    >
      <Field name="authority" label={t('moveTo')} hint={t('moveHintOne')}>
        <OrganisationPicker only={{ kind: 'BUREAU' }} except={organisation.id} label={t('moveTo')} />
      </Field>
      <Field name="placeCode" label={t('movePlace')} hint={t('placeHint')}>
        <Input maxLength={6} inputMode="numeric" />
      </Field>
      <DayOf />
      {to || code ? (
        <Follows>
          {to ? <p>{t('moveFollows', { ...words, to: to.name, was: organisation.authority?.name ?? t('noAuthority') })}</p> : null}
          {code ? <p>{t('moveFollowsPlace', { ...words, code })}</p> : null}
        </Follows>
      ) : null}
    </CommandForm>
  );
}

export function CodeForm({ organisation, onClose }: ChangeProps) {
  const t = useText(organisationTexts);
  const dates = useDates();
  const tell = useTell();
  const { run, errors, busy } = useCommand(ChangeSchoolCode);
  const [form] = Form.useForm<{ schoolCode: string; on: string }>();
  const on = Form.useWatch('on', form) ?? today();
  const to = (Form.useWatch('schoolCode', form) ?? '').trim();
  return (
    <CommandForm
      form={form}
      initial={{ on: today() }}
      errors={errors}
      busy={busy}
      action={t('changeCode')}
      onCancel={onClose}
      onSend={(values) => {
        void run({ id: organisation.id, schoolCode: values.schoolCode.trim(), on: values.on }).then((outcome) => {
          if (!outcome.done) return;
          tell(t('codeTell', { name: organisation.name }));
          onClose();
        });
      }}
    >
      <Field name="schoolCode" label={t('codeTo')} hint={t('schoolCodeHint')} required>
        <Input maxLength={10} inputMode="numeric" />
      </Field>
      <DayOf />
      {to ? <Follows>{t('codeFollows', { day: dates.day(on), name: organisation.name, was: organisation.schoolCode ?? t('missing'), to })}</Follows> : null}
    </CommandForm>
  );
}
