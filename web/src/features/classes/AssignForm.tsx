import { Checkbox, Form, Input } from 'antd';
import { useMemo, useState } from 'react';
import { AssignHomeroom, EndAssignment, type AssignmentKind } from '@/shared/gql/documents.ts';
import { useCommand } from '@/shared/gql/hooks.ts';
import { daysAfter, today, useDates } from '@/shared/i18n/dates.ts';
import { assignmentKindWords, optionsOf } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { PersonPicker, type PickedPerson } from '@/shared/pickers/PersonPicker.tsx';
import { Choice } from '@/shared/ui/Choice.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { classTexts } from './texts.ts';
import { holds, type Assignment, type HomeroomClass } from './vacancy.ts';

interface Values {
  person: string;
  kind: AssignmentKind;
  from: string;
  to?: string | null;
  appointment?: string;
}

const follows = { PRINCIPAL: 'followsPrincipal', DEPUTY: 'followsDeputy', ACTING: 'followsActing' } as const;

/** Assigns a teacher of the school to the class. */
export function AssignForm({ homeroom, onClose }: { homeroom: HomeroomClass; onClose: () => void }) {
  const t = useText(classTexts);
  const pick = usePick();
  const dates = useDates();
  const tell = useTell();
  const { run, errors, busy } = useCommand(AssignHomeroom);
  const end = useCommand(EndAssignment);
  const [form] = Form.useForm<Values>();
  const [teacher, setTeacher] = useState<PickedPerson | null>(null);
  const [replace, setReplace] = useState(true);
  const kind = Form.useWatch('kind', form) ?? 'PRINCIPAL';
  const from = Form.useWatch('from', form) ?? today();
  const was = homeroom.assignments.find((one) => one.kind === 'PRINCIPAL' && one.from < from && holds(one, from));
  const before = kind === 'PRINCIPAL' ? was : undefined;
  const all = useMemo(() => [...errors, ...end.errors], [end.errors, errors]);

  const send = async (values: Values) => {
    const outcome = await run({ class: homeroom.id, person: values.person, kind: values.kind, from: values.from, to: values.to ?? null, appointment: values.appointment?.trim() || null });
    if (!outcome.done) return;
    if (before && replace && !(await end.run({ assignment: before.id, on: daysAfter(values.from, -1), reason: 'transfer' })).done) return;
    tell(t('assignedTell', { person: teacher?.name ?? '' }));
    onClose();
  };

  return (
    <CommandForm<Values>
      form={form}
      initial={{ kind: 'PRINCIPAL', from: today() }}
      errors={all}
      busy={busy || end.busy}
      action={t('assign')}
      onCancel={onClose}
      onSend={(values) => void send(values)}
    >
      <Field name="person" label={t('person')} hint={t('assignPersonHint')} required>
        <PersonPicker label={t('person')} only={{ organisation: homeroom.school.id }} onPick={setTeacher} />
      </Field>
      <Field name="kind" label={t('kind')} required>
        <Choice options={optionsOf(assignmentKindWords, pick)} />
      </Field>
      <Field name="from" label={t('assignFrom')} required>
        <DayField clearable={false} />
      </Field>
      <Field name="to" label={t('assignTo')} hint={t('assignToHint')}>
        <DayField />
      </Field>
      <Field name="appointment" label={t('appointment')} hint={t('appointmentHint')}>
        <Input maxLength={100} />
      </Field>
      {before ? (
        <Checkbox className="class-replace" checked={replace} onChange={(event) => setReplace(event.target.checked)}>
          {t('replace', { was: before.personName, day: dates.day(daysAfter(from, -1)) })}
        </Checkbox>
      ) : null}
      {teacher ? (
        <div className="class-follows" aria-live="polite">
          <p>{t(follows[kind], { day: dates.day(from), person: teacher.name, name: homeroom.name })}</p>
          {before && !replace ? <p>{t('followsTwo', { was: before.personName })}</p> : null}
        </div>
      ) : null}
    </CommandForm>
  );
}

export const endReasons = ['graduation', 'transfer', 'leave', 'other'] as const;

interface EndProps {
  readonly homeroom: HomeroomClass;
  readonly assignment: Assignment;
  readonly onClose: () => void;
}

/** Ends an assignment on a day, with its reason. */
export function EndForm({ homeroom, assignment, onClose }: EndProps) {
  const t = useText(classTexts);
  const dates = useDates();
  const tell = useTell();
  const { run, errors, busy } = useCommand(EndAssignment);
  const [form] = Form.useForm<{ on: string; reason: (typeof endReasons)[number] }>();
  const on = Form.useWatch('on', form) ?? today();
  return (
    <CommandForm
      form={form}
      initial={{ on: today() }}
      errors={errors}
      busy={busy}
      action={t('end')}
      onCancel={onClose}
      onSend={(values) => {
        void run({ assignment: assignment.id, on: values.on, reason: values.reason }).then((outcome) => {
          if (!outcome.done) return;
          tell(t('endedTell', { person: assignment.personName }));
          onClose();
        });
      }}
    >
      <Field name="on" label={t('endOn')} required>
        <DayField clearable={false} />
      </Field>
      <Field name="reason" label={t('reason')} required>
        <Choice options={endReasons.map((one) => ({ value: one, label: t(one) }))} />
      </Field>
      {assignment.kind === 'DEPUTY' ? null : (
        <p className="class-follows" aria-live="polite">
          {t('endFollows', { person: assignment.personName, day: dates.day(on), name: homeroom.name })}
        </p>
      )}
    </CommandForm>
  );
}
