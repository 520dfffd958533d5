import { Button, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { Go } from '@/shared/address/keep.tsx';
import { useWord } from '@/shared/address/list.ts';
import { CancelSession, OneSession, UpdateSession, type AttendancePartsFragment } from '@/shared/gql/documents.ts';
import { useAsk, useCommand } from '@/shared/gql/hooks.ts';
import { missing } from '@/shared/gql/problem.ts';
import { dayOf, daysBetween, timeOf, today, useDates } from '@/shared/i18n/dates.ts';
import { communityActivityWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { Functions, SessionState, useWhen } from '@/shared/sessions/parts.tsx';
import { mayBeRecorded, standingOf } from '@/shared/sessions/standing.ts';
import { sessionWords } from '@/shared/sessions/texts.ts';
import { mayKeepSessions } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { Table, type Column } from '@/shared/ui/DataTable.tsx';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { ExportRows } from '@/shared/ui/ExportPages.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { AskedPage, Facts, Page, Section } from '@/shared/ui/Page.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import type { Session } from './attendance.ts';
import { RecordForm } from './RecordForm.tsx';
import { SessionForm, valuesOf } from './SessionForm.tsx';
import { sessionTexts } from './texts.ts';
import { stepsTo } from './trail.ts';
import './sessions.css';

/** What was this session for, who came, and what was said? */
export function Component() {
  const t = useText(sessionTexts);
  const { id = '' } = useParams();
  const asked = useAsk(OneSession, { id }, { keep: true });
  return (
    <AskedPage asked={asked} title={t('session')}>
      {({ studioSession }) =>
        studioSession && studioSession.id === id ? (
          <SessionView key={studioSession.id} session={studioSession} />
        ) : (
          <Page title={t('session')}>{asked.refreshing ? null : <ErrorNote problem={missing()} />}</Page>
        )
      }
    </AskedPage>
  );
}

function useSentence(session: Session): ReactNode {
  const t = useText(sessionTexts);
  const dates = useDates();
  const [day, now] = [dayOf(session.startsAt), today()];
  return t.rich(standingOf(session, now), {
    title: session.title,
    day: dates.day(day),
    weekday: dates.weekday(day),
    time: timeOf(session.startsAt),
    days: Math.abs(daysBetween(now, day)),
    expected: session.expectedCount,
    present: session.presentCount,
    others: session.othersCount,
    b: (words) => <span className="late">{words}</span>,
  });
}

function SessionView({ session }: { session: Session }) {
  const t = useText(sessionTexts);
  const { role } = useSession();
  const sentence = useSentence(session);
  const [word, setWord] = useWord('record');
  const [dialog, setDialog] = useState<'update' | 'cancel' | null>(null);
  const standing = standingOf(session, today());
  const may = mayKeepSessions(role) && session.studio?.closedOn === null;
  const mayRecord = may && mayBeRecorded(standing);
  // The version that is recorded upon. Once the form is open it stays: a change by somebody else must not take away what is typed.
  const [recorded, setRecorded] = useState(mayRecord && (word === 'yes' || session.state === 'PLANNED') ? session.version : null);
  const recording = mayRecord && recorded !== null;
  const close = () => setDialog(null);
  const stop = () => {
    setRecorded(null);
    if (word) setWord(null);
  };
  // A change of one's own is known here: the record goes on upon it.
  const changed = (version: number | undefined) => setRecorded((before) => (before === null ? null : (version ?? before)));

  return (
    <Page
      title={session.title}
      sentence={sentence}
      above={stepsTo(session.studio)}
      actions={
        may ? (
          <>
            {mayRecord && !recording ? (
              <Button type={session.state === 'PLANNED' ? 'primary' : 'default'} onClick={() => setRecorded(session.version)}>
                {t(session.state === 'PLANNED' ? 'record' : 'recordAgain')}
              </Button>
            ) : null}
            <Button onClick={() => setDialog('update')}>{t(session.state === 'CANCELLED' ? 'again' : 'update')}</Button>
            {session.state !== 'CANCELLED' ? <Button onClick={() => setDialog('cancel')}>{t(session.state === 'HELD' ? 'takeBack' : 'cancel')}</Button> : null}
          </>
        ) : null
      }
    >
      <div className="session-columns">
        <div>
          {recording ? (
            <section className="card session-form">
              <h2>{t(session.state === 'HELD' ? 'recordAgain' : 'record')}</h2>
              <RecordForm key={dayOf(session.startsAt)} session={session} version={recorded} onDone={stop} onCancel={stop} />
            </section>
          ) : session.state === 'HELD' ? (
            <Held session={session} />
          ) : (
            <div className="card">
              {standing === 'cancelled' ? (
                <Empty title={t('cancelledTitle')} hint={t('cancelledHint')} />
              ) : standing === 'ahead' ? (
                <Empty title={t('aheadTitle')} hint={t('aheadHint')} />
              ) : (
                <Empty title={t('dueTitle')} hint={t('dueHint')} />
              )}
            </div>
          )}
        </div>
        <SessionFacts session={session} />
      </div>
      <Modal title={t(session.state === 'CANCELLED' ? 'again' : 'updateTitle')} open={dialog === 'update'} onCancel={close} footer={null} destroyOnHidden>
        <UpdateForm session={session} onChanged={changed} onClose={close} />
      </Modal>
      <Modal title={t(session.state === 'HELD' ? 'takeBackTitle' : 'cancelTitle', { title: session.title })} open={dialog === 'cancel'} onCancel={close} footer={null} destroyOnHidden>
        <CancelForm session={session} onClose={close} />
      </Modal>
    </Page>
  );
}

function SessionFacts({ session }: { session: Session }) {
  const t = useText(sessionTexts);
  const c = useText(sessionWords);
  const pick = usePick();
  const when = useWhen();
  return (
    <Section title={t('facts')}>
      <Facts
        items={[
          [c('state'), <SessionState key="state" session={session} />],
          [c('when'), when(session)],
          ...(session.place ? [[t('place'), session.place] as const] : []),
          [t('functions'), <Functions key="functions" functions={session.functions} />],
          ...(session.activities.length > 0
            ? [
                [
                  t('activities'),
                  <span key="activities" className="session-tags">
                    {session.activities.map((one) => (
                      <span key={one} className="tag">
                        {pick(communityActivityWords[one])}
                      </span>
                    ))}
                  </span>,
                ] as const,
              ]
            : []),
          [t('joint'), t(session.joint ? 'jointYes' : 'jointNo')],
          ...(session.studio ? [[c('studio'), <Go key="studio" to={`/studios/${session.studio.id}`}>{session.studio.name}</Go>] as const] : []),
          ...(session.cancelReason ? [[t('cancelReason'), session.cancelReason] as const] : []),
        ]}
      />
    </Section>
  );
}

/** What was said, and who came. */
function Held({ session }: { session: Session }) {
  const t = useText(sessionTexts);
  const lines = session.attendance ?? [];
  const columns: Column<AttendancePartsFragment>[] = [
    { key: 'person', title: t('person'), cell: (line) => line.personName ?? <span className="muted">{t('somebody')}</span> },
    {
      key: 'home',
      title: t('home'),
      cell: (line) => (
        <>
          {line.homeName} {line.guest ? <span className="tag near">{t('guest')}</span> : null}
        </>
      ),
    },
    { key: 'came', title: t('came'), cell: (line) => <span className={line.present ? 'tag good' : 'tag far'}>{t(line.present ? 'present' : 'absent')}</span> },
  ];
  return (
    <>
      <Section title={t('summary')}>
        <div className="card session-summary">{session.summary ?? <span className="muted">{t('noSummary')}</span>}</div>
      </Section>
      <Section
        title={t('attendanceOf', { present: session.presentCount, expected: session.expectedCount, others: session.othersCount })}
        extra={
          lines.length > 0 ? (
            <ExportRows
              title={`${session.title} ${t('attendance')}`}
              head={[t('person'), t('home'), t('guest'), t('came')]}
              rows={lines}
              row={(line) => [line.personName ?? t('somebody'), line.homeName ?? '', line.guest ? t('guest') : '', t(line.present ? 'present' : 'absent')]}
            />
          ) : null
        }
      >
        <Table caption={`${session.title} ${t('attendance')}`} columns={columns} rows={lines} rowKey={(line) => line.person} empty={<Empty title={t('attendanceEmpty')} />} />
      </Section>
    </>
  );
}

function UpdateForm({ session, onChanged, onClose }: { session: Session; onChanged: (version: number | undefined) => void; onClose: () => void }) {
  const t = useText(sessionTexts);
  const tell = useTell();
  const update = useCommand(UpdateSession);
  // As it was when the form was opened: what somebody else changes meanwhile is not written over unseen.
  const [{ version, initial }] = useState(() => ({ version: session.version, initial: valuesOf(session) }));
  return (
    <SessionForm
      initial={initial}
      errors={update.errors}
      busy={update.busy}
      action={t(session.state === 'CANCELLED' ? 'again' : 'update')}
      onCancel={onClose}
      onSend={(wording) => {
        void update.run({ id: session.id, version, ...wording }).then((outcome) => {
          if (!outcome.done) return;
          tell(t('saved'));
          onChanged(outcome.payload.session?.version);
          onClose();
        });
      }}
    />
  );
}

/** Cancelling asks first, and says why. */
function CancelForm({ session, onClose }: { session: Session; onClose: () => void }) {
  const t = useText(sessionTexts);
  const tell = useTell();
  const cancel = useCommand(CancelSession);
  return (
    <>
      <p className="muted session-hint">{t(session.state === 'HELD' ? 'takeBackHint' : 'cancelHint')}</p>
      <CommandForm<{ reason: string }>
        errors={cancel.errors}
        busy={cancel.busy}
        action={t(session.state === 'HELD' ? 'takeBack' : 'cancel')}
        onCancel={onClose}
        onSend={({ reason }) => {
          void cancel.run({ id: session.id, reason: reason.trim() }).then((outcome) => {
            if (!outcome.done) return;
            tell(t('cancelledTell', { title: session.title }));
            onClose();
          });
        }}
      >
        <Field name="reason" label={t('reason')} required>
          <Input.TextArea rows={2} maxLength={500} />
        </Field>
      </CommandForm>
    </>
  );
}
