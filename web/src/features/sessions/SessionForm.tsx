import { Form, Input, InputNumber } from 'antd';
import type { CommunityActivity, SessionPartsFragment, StudioFunction } from '@/shared/gql/documents.ts';
import type { UserError } from '@/shared/gql/hooks.ts';
import { dayOf, momentOf, timeOf } from '@/shared/i18n/dates.ts';
import { communityActivityWords, optionsOf, studioFunctionWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { Choice } from '@/shared/ui/Choice.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { sessionTexts } from './texts.ts';
import { typedTime } from './time.ts';
import { Toggles } from './Toggles.tsx';

interface Values {
  title: string;
  /** The day; its time stands beside it. */
  startsAt: string;
  time: string;
  minutes?: number | null;
  place?: string | null;
  functions: StudioFunction[];
  activities?: CommunityActivity[];
  joint?: 'yes' | null;
}

/** What is said of a session before it is held. */
export interface Wording {
  readonly title: string;
  readonly startsAt: string;
  readonly minutes: number | null;
  readonly place: string | null;
  readonly functions: StudioFunction[];
  readonly activities: CommunityActivity[];
  readonly joint: boolean;
}

/** A session as its form begins with it. */
export function valuesOf(session: SessionPartsFragment): Values {
  return {
    title: session.title,
    startsAt: dayOf(session.startsAt),
    time: timeOf(session.startsAt),
    minutes: session.minutes ?? null,
    place: session.place ?? null,
    functions: session.functions,
    activities: session.activities,
    joint: session.joint ? 'yes' : null,
  };
}

interface Props {
  readonly initial: Partial<Values>;
  readonly errors: readonly UserError[];
  readonly busy: boolean;
  readonly action: string;
  readonly onSend: (wording: Wording) => void;
  readonly onCancel: () => void;
}

/** What, when, where, what for. */
export function SessionForm({ onSend, ...rest }: Props) {
  const t = useText(sessionTexts);
  const pick = usePick();
  const [form] = Form.useForm<Values>();
  const send = ({ title, startsAt, time: typed, minutes, place, functions, activities, joint }: Values) => {
    const time = typedTime(typed);
    if (time === null) {
      form.setFields([{ name: 'time', errors: [t('timeWrong')] }]);
      form.getFieldInstance('time')?.focus();
      return;
    }
    onSend({ title: title.trim(), startsAt: momentOf(startsAt, time), minutes: minutes ?? null, place: place?.trim() || null, functions, activities: activities ?? [], joint: joint === 'yes' });
  };
  return (
    <CommandForm<Values> form={form} onSend={send} {...rest}>
      <Field name="title" label={t('title')} required>
        <Input maxLength={200} />
      </Field>
      <Field name="startsAt" label={t('day')} required>
        <DayField clearable={false} />
      </Field>
      <Field name="time" label={t('time')} hint={t('timeHint')} required>
        <Input maxLength={5} inputMode="decimal" autoComplete="off" className="session-time" />
      </Field>
      <Field name="functions" label={t('functions')} hint={t('functionsHint')} required>
        <Toggles label={t('functions')} options={optionsOf(studioFunctionWords, pick)} />
      </Field>
      <Field name="activities" label={t('activities')}>
        <Toggles label={t('activities')} options={optionsOf(communityActivityWords, pick)} />
      </Field>
      <Field name="minutes" label={t('minutes')}>
        <InputNumber min={1} max={1440} precision={0} />
      </Field>
      <Field name="place" label={t('place')}>
        <Input maxLength={100} />
      </Field>
      <Field name="joint" label={t('joint')}>
        <Choice none={t('jointNo')} options={[{ value: 'yes', label: t('jointYes') }]} />
      </Field>
    </CommandForm>
  );
}
