import { Input } from 'antd';
import type { ReactNode } from 'react';
import type { LeaderType, StudioLevel, StudioMode } from '@/shared/gql/documents.ts';
import type { UserError } from '@/shared/gql/hooks.ts';
import { leaderTypeWords, optionsOf, studioLevelWords, studioModeWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { Choice } from '@/shared/ui/Choice.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { studioTexts } from './texts.ts';

export interface Charter {
  name: string;
  level: StudioLevel;
  stage?: string | null;
  mode: StudioMode;
  leaderType: LeaderType;
}

interface Props<Values extends Charter> {
  readonly initial: Partial<Values>;
  readonly errors: readonly UserError[];
  readonly busy: boolean;
  readonly action: string;
  readonly onSend: (values: Values) => void;
  readonly onCancel: () => void;
  /** Fields that stand before the charter's own. */
  readonly before?: ReactNode;
  readonly after?: ReactNode;
}

/** A studio's charter: name, level, mode, leader type, stage. */
export function StudioForm<Values extends Charter>({ before, after, ...form }: Props<Values>) {
  const t = useText(studioTexts);
  const pick = usePick();
  return (
    <CommandForm<Values> {...form}>
      {before}
      <Field name="name" label={t('name')} required>
        <Input maxLength={100} />
      </Field>
      <Field name="level" label={t('level')} required>
        <Choice options={optionsOf(studioLevelWords, pick)} />
      </Field>
      <Field name="mode" label={t('mode')} required>
        <Choice options={optionsOf(studioModeWords, pick)} />
      </Field>
      <Field name="leaderType" label={t('leaderType')} required>
        <Choice options={optionsOf(leaderTypeWords, pick)} />
      </Field>
      <Field name="stage" label={t('stage')}>
        <Input maxLength={50} />
      </Field>
      {after}
    </CommandForm>
  );
}
