import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { OneTask, ReopenTask, UpdateTask, type OneTaskQuery } from '@/shared/gql/documents.ts';
import { useAsk, useCommand } from '@/shared/gql/hooks.ts';
import { missing } from '@/shared/gql/problem.ts';
import { today, useDates } from '@/shared/i18n/dates.ts';
import { useText } from '@/shared/i18n';
import { CloseTaskForm } from '@/shared/ledger/CloseTask.tsx';
import { dueOf } from '@/shared/ledger/due.ts';
import { TaskDue } from '@/shared/ledger/TaskDue.tsx';
import { mayCloseTask, mayKeepLedger } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { ExportRows } from '@/shared/ui/ExportPages.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { AskedPage, Facts, Page, Section } from '@/shared/ui/Page.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { TaskForm } from './TaskForm.tsx';
import { taskTexts } from './texts.ts';
import './tasks.css';

type Task = NonNullable<OneTaskQuery['task']>;

/** How does this task stand, and what happened to it? */
export function Component() {
  const t = useText(taskTexts);
  const { id = '' } = useParams();
  const asked = useAsk(OneTask, { id });
  return (
    <AskedPage asked={asked} title={t('task')}>
      {({ task, taskHistory }) =>
        task ? (
          <TaskView key={task.id} task={task} history={taskHistory ?? []} />
        ) : (
          <Page title={t('task')}>
            <ErrorNote problem={missing()} />
          </Page>
        )
      }
    </AskedPage>
  );
}

function useSentence(task: Task) {
  const t = useText(taskTexts);
  const dates = useDates();
  const due = dueOf(task, today());
  const owner = task.ownerName ?? t('nobody');
  if (due.kind === 'closed') return t('closedSentence', { title: task.title, day: dates.day(task.closedOn ?? task.dueOn), late: due.late });
  if (due.kind === 'late') return t.rich('openSentenceLate', { title: task.title, n: due.days, owner, b: (words) => <span className="late">{words}</span> });
  return t('openSentence', { title: task.title, day: dates.day(task.dueOn), owner });
}

function TaskView({ task, history }: { task: Task; history: NonNullable<OneTaskQuery['taskHistory']> }) {
  const t = useText(taskTexts);
  const dates = useDates();
  const { me, role } = useSession();
  const sentence = useSentence(task);
  const [dialog, setDialog] = useState<'edit' | 'reopen' | null>(null);
  const may = mayCloseTask(role, task, me.id);
  const open = task.state === 'OPEN';
  const owner = task.studio?.owner;
  const above = [
    ...(owner ? [{ label: owner.name, to: `/${owner.kind === 'SCHOOL' ? 'schools' : 'organisations'}/${owner.id}` }] : []),
    ...(task.studio ? [{ label: task.studio.name, to: `/studios/${task.studio.id}?tab=ledger` }] : []),
  ];
  const what: Record<string, string> = { added: t('added'), changed: t('changed'), closed: t('closedWord'), reopened: t('reopenedWord') };
  const link = task.evidenceLink && /^https?:\/\//i.test(task.evidenceLink) ? task.evidenceLink : null;

  return (
    <Page
      title={task.title}
      sentence={sentence}
      above={above}
      actions={(open ? mayKeepLedger(role) : may) ? <Button onClick={() => setDialog(open ? 'edit' : 'reopen')}>{t(open ? 'edit' : 'reopen')}</Button> : null}
    >
      <div className="task-columns">
        <div>
          {open && may ? (
            <div className="card form-card">
              <h2>{t('closeHere')}</h2>
              <CloseTaskForm task={task} onDone={() => window.scrollTo({ top: 0 })} />
            </div>
          ) : null}
          <Section title={t('facts')}>
            <Facts
              items={[
                [t('state'), <TaskDue key="due" task={task} />],
                [t('due'), dates.day(task.dueOn)],
                [t('owner'), task.ownerName ?? t('nobody')],
                ...(task.closedOn ? [[t('closedOn'), dates.day(task.closedOn)] as const] : []),
                ...(task.evidenceText ? [[t('evidence'), task.evidenceText] as const] : []),
                ...(link ? [[t('evidence'), <a key="link" href={link} target="_blank" rel="noreferrer noopener">{link}</a>] as const] : []),
                ...(task.reason ? [[t('reason'), task.reason] as const] : []),
              ]}
            />
          </Section>
        </div>
        <Section
          title={t('history')}
          extra={
            history.length > 0 ? (
              <ExportRows
                title={t('history')}
                head={[t('at'), t('what'), t('who'), t('note')]}
                rows={history}
                row={(entry) => [dates.moment(entry.at), what[entry.what] ?? entry.what, entry.personName ?? t('somebody'), entry.note ?? '']}
              />
            ) : null
          }
        >
          <ol className="card history">
            {history.length === 0 ? <li className="muted">{t('noHistory')}</li> : null}
            {history.map((entry, index) => (
              <li key={index}>
                <div>
                  <strong>{what[entry.what] ?? entry.what}</strong> · {entry.personName ?? t('somebody')}
                  <span className="muted small"> · {dates.moment(entry.at)}</span>
                </div>
                {entry.note ? <p>{entry.note}</p> : null}
              </li>
            ))}
          </ol>
        </Section>
      </div>
      <EditDialog task={task} open={dialog === 'edit'} onClose={() => setDialog(null)} />
      <ReopenDialog task={task} open={dialog === 'reopen'} onClose={() => setDialog(null)} />
    </Page>
  );
}

function EditDialog({ task, open, onClose }: { task: Task; open: boolean; onClose: () => void }) {
  const t = useText(taskTexts);
  const tell = useTell();
  const update = useCommand(UpdateTask);
  return (
    <Modal title={t('editTitle')} open={open} onCancel={onClose} footer={null} destroyOnHidden>
      <TaskForm
        studio={task.studio?.id ?? ''}
        initial={{ title: task.title, owner: task.owner, dueOn: task.dueOn }}
        errors={update.errors}
        busy={update.busy}
        action={t('edit')}
        onCancel={onClose}
        onSend={(values) => {
          void update.run({ id: task.id, version: task.version, title: values.title.trim(), owner: values.owner ?? null, dueOn: values.dueOn }).then((outcome) => {
            if (!outcome.done) return;
            tell(t('saved'));
            onClose();
          });
        }}
      />
    </Modal>
  );
}

function ReopenDialog({ task, open, onClose }: { task: Task; open: boolean; onClose: () => void }) {
  const t = useText(taskTexts);
  const tell = useTell();
  const reopen = useCommand(ReopenTask);
  return (
    <Modal title={t('reopenTitle')} open={open} onCancel={onClose} footer={null} destroyOnHidden>
      <CommandForm<{ reason: string }>
        errors={reopen.errors}
        busy={reopen.busy}
        action={t('reopen')}
        onCancel={onClose}
        onSend={({ reason }) => {
          void reopen.run({ id: task.id, reason: reason.trim() }).then((outcome) => {
            if (!outcome.done) return;
            tell(t('reopened'));
            onClose();
          });
        }}
      >
        <Field name="reason" label={t('reopenReason')} hint={t('reopenHint')} required>
          <Input.TextArea rows={2} maxLength={500} />
        </Field>
      </CommandForm>
    </Modal>
  );
}
