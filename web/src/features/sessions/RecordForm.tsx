import { Form, Input } from 'antd';
import { useState } from 'react';
import { RecordSession } from '@/shared/gql/documents.ts';
import { useCommand } from '@/shared/gql/hooks.ts';
import { useDates } from '@/shared/i18n/dates.ts';
import { useText } from '@/shared/i18n';
import { useSession } from '@/shared/session/session.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { expectedAt, typedLogins, type Session } from './attendance.ts';
import { dropDraft, keepDraft, readDraft } from './draft.ts';
import { sessionTexts } from './texts.ts';
import { Toggles } from './Toggles.tsx';

interface Values {
  /** Who is here, of those who are asked for. */
  present: string[];
  guests: string;
  summary: string;
}

interface Props {
  readonly session: Session;
  /** The version that the record is made upon. */
  readonly version: number;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Who came and what was said, in under a minute on a phone. What is begun stays on the device until it is saved. */
export function RecordForm({ session, version, onDone, onCancel }: Props) {
  const t = useText(sessionTexts);
  const dates = useDates();
  const tell = useTell();
  const { me } = useSession();
  const record = useCommand(RecordSession);
  const [form] = Form.useForm<Values>();
  const people = expectedAt(session);
  const among = (chosen: readonly string[], there: boolean) => people.map((one) => one.person).filter((one) => chosen.includes(one) === there);
  const [saved] = useState<Values>(() => ({ present: people.filter((one) => one.present).map((one) => one.person), guests: '', summary: session.summary ?? '' }));
  const [draft, setDraft] = useState(() => readDraft(me.id, session.id));
  const [initial] = useState<Values>(() => (draft ? { present: among(draft.absent, false), guests: draft.guests, summary: draft.summary } : saved));
  const { present, guests } = { ...initial, ...Form.useWatch([], form) };

  const keep = (values: Values) => {
    const same = values.guests === saved.guests && values.summary === saved.summary && among(values.present, true).join() === among(saved.present, true).join();
    if (same) dropDraft(me.id, session.id);
    else keepDraft(me.id, session.id, { absent: among(values.present, false), guests: values.guests, summary: values.summary, at: new Date().toISOString() });
  };
  const discard = () => {
    form.setFieldsValue(saved);
    dropDraft(me.id, session.id);
    setDraft(null);
  };
  const send = (values: Values) => {
    const [here, logins] = [among(values.present, true), typedLogins(values.guests)];
    if (here.length === 0 && logins.length === 0) {
      form.setFields([{ name: 'present', errors: [t('nobody')] }]);
      form.getFieldInstance('present')?.focus();
      return;
    }
    void record.run({ id: session.id, version, present: here, absent: among(values.present, false), guests: logins, summary: values.summary.trim() || null }).then((outcome) => {
      if (!outcome.done) return;
      dropDraft(me.id, session.id);
      tell(t('recorded', { title: session.title }));
      onDone();
      window.scrollTo({ top: 0 });
    });
  };

  return (
    <>
      {draft ? (
        <p className="session-hint row" role="status">
          <span>{t('restored', { ago: dates.ago(draft.at) })}</span>
          <button type="button" className="link-button" onClick={discard}>
            {t('discard')}
          </button>
        </p>
      ) : null}
      <CommandForm<Values> form={form} initial={initial} errors={record.errors} busy={record.busy} action={t('recordDo')} onSend={send} onChange={keep} onCancel={onCancel}>
        <Form.Item name="present" label={t('attendance')} extra={t(people.length === 0 ? 'noMembers' : session.state === 'HELD' ? 'recordAgainHint' : 'recordHint')}>
          <Toggles label={t('attendance')} options={people.map((one) => ({ value: one.person, label: one.name ?? t('somebody'), hint: one.guest ? one.home : null }))} />
        </Form.Item>
        <Field name="guests" label={t('guests')} hint={t('guestsHint')}>
          <Input maxLength={1000} autoCapitalize="none" autoComplete="off" spellCheck={false} />
        </Field>
        <Field name="summary" label={t('summary')} hint={t('summaryHint')}>
          <Input.TextArea rows={4} maxLength={10_000} />
        </Field>
        <p className="session-hint num" aria-live="polite">
          {t('recordCount', { present: among(present, true).length, absent: among(present, false).length, guests: typedLogins(guests).length })}
        </p>
      </CommandForm>
    </>
  );
}
