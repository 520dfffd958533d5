import { Button, Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { CloseTask as CloseTaskDocument, ReopenTask, type TaskPartsFragment } from '@/shared/gql/documents.ts';
import { useCommand } from '@/shared/gql/hooks.ts';
import { usePick, useText } from '@/shared/i18n';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { ledgerTexts } from './texts.ts';

interface Values {
  how: 'with' | 'without';
  evidenceText?: string;
  evidenceLink?: string;
  reason?: string;
}

type Line = Pick<TaskPartsFragment, 'id' | 'title'>;

/** The form that closes a task: what was done, or a link, or why there is no evidence. Undone from the message. */
export function CloseTaskForm({ task, onDone, onCancel, focus = false }: { task: Line; onDone: () => void; onCancel?: () => void; focus?: boolean }) {
  const t = useText(ledgerTexts);
  const tell = useTell();
  const pick = usePick();
  const close = useCommand(CloseTaskDocument);
  const reopen = useCommand(ReopenTask);
  const [form] = Form.useForm<Values>();
  const how = Form.useWatch('how', form) ?? 'with';

  const send = async ({ how: chosen, evidenceText, evidenceLink, reason }: Values) => {
    const evidence = chosen === 'with';
    if (evidence && !evidenceText?.trim() && !evidenceLink?.trim()) {
      form.setFields([{ name: 'evidenceText', errors: [t('either')] }]);
      form.getFieldInstance('evidenceText')?.focus();
      return;
    }
    const outcome = await close.run({
      id: task.id,
      evidenceText: evidence ? evidenceText?.trim() || null : null,
      evidenceLink: evidence ? evidenceLink?.trim() || null : null,
      reason: evidence ? null : reason?.trim() || null,
    });
    if (!outcome.done) return;
    tell(t('closed', { title: task.title }), async () => {
      const back = await reopen.run({ id: task.id, reason: t('undoReason') });
      if (back.done) tell(t('reopened', { title: task.title }));
      else tell.bad(back.errors.map((error) => pick([error.messageZh, error.messageEn])).join(' '));
    });
    onDone();
  };

  return (
    <CommandForm<Values> form={form} initial={{ how: 'with' }} errors={close.errors} busy={close.busy} action={t('close')} onSend={(values) => void send(values)} {...(onCancel ? { onCancel } : {})}>
      <Form.Item name="how" label={t('how')}>
        <Radio.Group
          optionType="button"
          options={[
            { value: 'with', label: t('withEvidence') },
            { value: 'without', label: t('withoutEvidence') },
          ]}
        />
      </Form.Item>
      {how === 'with' ? (
        <>
          <Field name="evidenceText" label={t('evidenceText')} hint={t('evidenceTextHint')}>
            <Input.TextArea rows={2} maxLength={2000} autoFocus={focus} />
          </Field>
          <Field name="evidenceLink" label={t('evidenceLink')}>
            <Input type="url" inputMode="url" placeholder="https://" maxLength={500} />
          </Field>
        </>
      ) : (
        <Field name="reason" label={t('reason')} hint={t('reasonHint')} required>
          <Input.TextArea rows={2} maxLength={500} />
        </Field>
      )}
    </CommandForm>
  );
}

/** The button beside a task that opens its closing at once. */
export function CloseTaskButton({ task, primary = false }: { task: Line; primary?: boolean }) {
  const t = useText(ledgerTexts);
  const [open, setOpen] = useState(false);
  const name = t('closeTitle', { title: task.title });
  return (
    <>
      <Button type={primary ? 'primary' : 'default'} className="close-task" aria-label={name} onClick={() => setOpen(true)}>
        {t('close')}
      </Button>
      <Modal title={name} open={open} onCancel={() => setOpen(false)} footer={null} destroyOnHidden>
        <CloseTaskForm task={task} focus onDone={() => setOpen(false)} onCancel={() => setOpen(false)} />
      </Modal>
    </>
  );
}
