import { Input } from 'antd';
import { TaskOwners } from '@/shared/gql/documents.ts';
import { useAsk, type UserError } from '@/shared/gql/hooks.ts';
import { useText } from '@/shared/i18n';
import { Choice, type Option } from '@/shared/ui/Choice.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { taskTexts } from './texts.ts';

export interface TaskValues {
  title: string;
  owner?: string | null;
  dueOn: string;
  planItem?: string | null;
}

interface Props {
  readonly studio: string;
  readonly initial: Partial<TaskValues>;
  readonly errors: readonly UserError[];
  readonly busy: boolean;
  readonly action: string;
  readonly plan?: readonly Option[];
  readonly onSend: (values: TaskValues) => void;
  readonly onCancel?: () => void;
}

/** What a ledger line says: what, who, until when. Its owner is a member of the studio. */
export function TaskForm({ studio, initial, plan, ...rest }: Props) {
  const t = useText(taskTexts);
  const { data } = useAsk(TaskOwners, { studio });
  const members = (data?.studio?.members ?? []).filter((member) => !member.to).map((member) => ({ value: member.person, label: member.personName }));
  return (
    <CommandForm<TaskValues> initial={initial} {...rest}>
      <Field name="title" label={t('title')} required>
        <Input maxLength={200} />
      </Field>
      <Field name="dueOn" label={t('due')} required>
        <DayField clearable={false} />
      </Field>
      <Field name="owner" label={t('owner')}>
        <Choice options={members} none={t('nobody')} />
      </Field>
      {plan ? (
        <Field name="planItem" label={t('planItem')}>
          <Choice options={plan} none={t('planItemNone')} />
        </Field>
      ) : null}
    </CommandForm>
  );
}
