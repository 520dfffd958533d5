import { Button, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useParams } from 'react-router';
import { Go } from '@/shared/address/keep.tsx';
import { OneClass, UpdateClass } from '@/shared/gql/documents.ts';
import { useAsk, useCommand } from '@/shared/gql/hooks.ts';
import { missing } from '@/shared/gql/problem.ts';
import { today, useDates } from '@/shared/i18n/dates.ts';
import { assignmentKindWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { mayKeepClasses } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { Table, type Column } from '@/shared/ui/DataTable.tsx';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { ExportRows } from '@/shared/ui/ExportPages.tsx';
import { AskedPage, Facts, Page, Section } from '@/shared/ui/Page.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { AssignForm, EndForm, endReasons } from './AssignForm.tsx';
import { ClassForm } from './ClassForm.tsx';
import { classTexts } from './texts.ts';
import { holds, inCharge, vacantDays, type Assignment, type HomeroomClass } from './vacancy.ts';
import './classes.css';

/** Who is in charge of this class, and who was? */
export function Component() {
  const t = useText(classTexts);
  const { id = '' } = useParams();
  const asked = useAsk(OneClass, { id }, { keep: true });
  const above = [{ label: t('classes'), to: '/classes' }];
  return (
    <AskedPage asked={asked} title={t('class')} above={above}>
      {({ class: homeroom }) =>
        homeroom && homeroom.id === id ? (
          <View key={homeroom.id} homeroom={homeroom} />
        ) : (
          <Page title={t('class')} above={above}>
            {asked.refreshing ? null : <ErrorNote problem={missing()} />}
          </Page>
        )
      }
    </AskedPage>
  );
}

function useSentence(homeroom: HomeroomClass): ReactNode {
  const t = useText(classTexts);
  const dates = useDates();
  const day = today();
  const words = { school: homeroom.school.name, name: homeroom.name };
  if (homeroom.closedOn && homeroom.closedOn < day) return t('classSentenceClosed', { ...words, day: dates.day(homeroom.closedOn) });
  const now = inCharge(homeroom.assignments, day);
  if (!now) return t.rich('classSentenceVacant', { ...words, days: vacantDays(homeroom, day), b: (chunks) => <span className="late">{chunks}</span> });
  return t(now.kind === 'ACTING' ? 'classSentenceActing' : 'classSentence', { ...words, teacher: now.personName });
}

function View({ homeroom }: { homeroom: HomeroomClass }) {
  const t = useText(classTexts);
  const pick = usePick();
  const dates = useDates();
  const { role } = useSession();
  const sentence = useSentence(homeroom);
  const [dialog, setDialog] = useState<'update' | 'assign' | Assignment | null>(null);
  const close = () => setDialog(null);
  const day = today();
  const may = mayKeepClasses(role);
  const living = !homeroom.closedOn || homeroom.closedOn >= day;
  const ending = dialog !== null && typeof dialog === 'object' ? dialog : null;
  const reasonOf = (reason: string) => {
    const known = endReasons.find((one) => one === reason);
    return known ? t(known) : reason;
  };

  const columns: Column<Assignment>[] = [
    { key: 'person', title: t('person'), cell: (one) => <Go to={`/people/${one.person}`}>{one.personName}</Go> },
    { key: 'kind', title: t('kind'), cell: (one) => pick(assignmentKindWords[one.kind]) },
    { key: 'from', title: t('from'), cell: (one) => dates.day(one.from) },
    {
      key: 'to',
      title: t('to'),
      cell: (one) => (
        <>
          {one.to ? dates.day(one.to) : null} {holds(one, day) ? <span className="tag good">{t('current')}</span> : one.from > day ? <span className="tag near">{t('coming')}</span> : null}
        </>
      ),
    },
    { key: 'appointment', title: t('appointment'), cell: (one) => one.appointment ?? '' },
    { key: 'reason', title: t('reason'), cell: (one) => (one.endReason ? reasonOf(one.endReason) : '') },
    ...(may
      ? [
          {
            key: 'do',
            title: t('actions'),
            action: true,
            cell: (one: Assignment) =>
              !one.to || one.to >= day ? (
                <Button size="small" aria-label={t('endOf', { person: one.personName })} onClick={() => setDialog(one)}>
                  {t('end')}
                </Button>
              ) : null,
          },
        ]
      : []),
  ];

  return (
    <Page
      title={homeroom.name}
      sentence={sentence}
      sub={[t('cohortOf', { year: String(homeroom.cohort) }), homeroom.programme].filter(Boolean).join(' · ')}
      above={[
        { label: t('classes'), to: '/classes' },
        { label: homeroom.school.name, to: `/schools/${homeroom.school.id}` },
      ]}
      actions={
        may ? (
          <>
            <Button onClick={() => setDialog('update')}>{t('update')}</Button>
            {living ? (
              <Button type="primary" onClick={() => setDialog('assign')}>
                {t('assign')}
              </Button>
            ) : null}
          </>
        ) : null
      }
    >
      <Section title={t('facts')}>
        <Facts
          items={[
            [t('school'), <Go key="school" to={`/schools/${homeroom.school.id}`}>{homeroom.school.name}</Go>],
            [t('cohort'), t('cohortOf', { year: String(homeroom.cohort) })],
            [t('programme'), homeroom.programme],
            [t('headcount'), homeroom.headcount],
            [t('openedOn'), dates.day(homeroom.openedOn)],
            ...(homeroom.closedOn ? [[t('closedOn'), dates.day(homeroom.closedOn)] as const] : []),
          ]}
        />
      </Section>
      <Section
        title={t('assignments')}
        extra={
          homeroom.assignments.length > 0 ? (
            <ExportRows
              title={`${homeroom.name} ${t('assignments')}`}
              head={[t('person'), t('kind'), t('from'), t('to'), t('appointment'), t('reason')]}
              rows={homeroom.assignments}
              row={(one) => [one.personName, pick(assignmentKindWords[one.kind]), one.from, one.to ?? '', one.appointment ?? '', one.endReason ? reasonOf(one.endReason) : '']}
            />
          ) : null
        }
      >
        <Table
          caption={`${homeroom.name} ${t('assignments')}`}
          columns={columns}
          rows={homeroom.assignments}
          rowKey={(one) => one.id}
          empty={<Empty title={t('assignmentsEmpty')} hint={t('assignmentsEmptyHint')} />}
        />
      </Section>
      <Modal title={t('update')} open={dialog === 'update'} onCancel={close} footer={null} destroyOnHidden>
        <UpdateForm homeroom={homeroom} onClose={close} />
      </Modal>
      <Modal title={t('assignTitle', { name: homeroom.name })} open={dialog === 'assign'} onCancel={close} footer={null} destroyOnHidden>
        <AssignForm homeroom={homeroom} onClose={close} />
      </Modal>
      <Modal title={ending ? t('endTitle', { person: ending.personName }) : ''} open={ending !== null} onCancel={close} footer={null} destroyOnHidden>
        {ending ? <EndForm homeroom={homeroom} assignment={ending} onClose={close} /> : null}
      </Modal>
    </Page>
  );
}

function UpdateForm({ homeroom, onClose }: { homeroom: HomeroomClass; onClose: () => void }) {
  const t = useText(classTexts);
  const tell = useTell();
  const { run, errors, busy } = useCommand(UpdateClass);
  return (
    <ClassForm
      initial={{ name: homeroom.name, programme: homeroom.programme, headcount: homeroom.headcount, closedOn: homeroom.closedOn ?? null }}
      errors={errors}
      busy={busy}
      action={t('update')}
      onCancel={onClose}
      onSend={({ name, programme, headcount, closedOn }) => {
        void run({ id: homeroom.id, version: homeroom.version, name: name.trim(), programme: programme.trim(), headcount, closedOn: closedOn ?? null }).then((outcome) => {
          if (!outcome.done) return;
          tell(t('updatedTell'));
          onClose();
        });
      }}
    />
  );
}
