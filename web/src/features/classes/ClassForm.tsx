import { Input, InputNumber } from 'antd';
import type { UserError } from '@/shared/gql/hooks.ts';
import { useText } from '@/shared/i18n';
import { OrganisationPicker } from '@/shared/pickers/OrganisationPicker.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { classTexts } from './texts.ts';

export interface ClassValues {
  school?: string;
  name: string;
  cohort?: number;
  programme: string;
  headcount: number;
  openedOn?: string;
  closedOn?: string | null;
}

interface Props {
  readonly initial: Partial<ClassValues>;
  readonly errors: readonly UserError[];
  readonly busy: boolean;
  readonly action: string;
  /** A new class is asked for its school, its cohort and its first day; an old one for its last day. */
  readonly adding?: boolean;
  /** Whether the school is to be chosen. */
  readonly chooseSchool?: boolean;
  readonly onSend: (values: ClassValues) => void;
  readonly onCancel: () => void;
}

/** The facts of a class. */
export function ClassForm({ adding = false, chooseSchool = false, ...form }: Props) {
  const t = useText(classTexts);
  return (
    <CommandForm<ClassValues> {...form}>
      {adding && chooseSchool ? (
        <Field name="school" label={t('school')} required>
          <OrganisationPicker label={t('school')} only={{ kind: 'SCHOOL' }} />
        </Field>
      ) : null}
      <Field name="name" label={t('name')} required>
        <Input maxLength={60} />
      </Field>
      {adding ? (
        <Field name="cohort" label={t('cohort')} hint={t('cohortHint')} required>
          <InputNumber min={1990} max={2100} precision={0} />
        </Field>
      ) : null}
      <Field name="programme" label={t('programme')} required>
        <Input maxLength={60} />
      </Field>
      <Field name="headcount" label={t('headcount')} hint={t('headcountHint')} required>
        <InputNumber min={0} max={200} precision={0} />
      </Field>
      {adding ? (
        <Field name="openedOn" label={t('openedOn')} required>
          <DayField clearable={false} />
        </Field>
      ) : (
        <Field name="closedOn" label={t('closedOn')} hint={t('closedHint')}>
          <DayField />
        </Field>
      )}
    </CommandForm>
  );
}
