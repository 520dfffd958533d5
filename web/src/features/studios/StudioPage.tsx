import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useKept } from '@/shared/address/keep.tsx';
import { useWord } from '@/shared/address/list.ts';
import { usePeriod } from '@/shared/address/period.ts';
import { useCatalogue } from '@/shared/figures/catalogue.ts';
import { FaceLegend } from '@/shared/figures/FigureFace.tsx';
import { SelfCheck } from '@/shared/figures/SelfCheck.tsx';
import { CloseStudio, OneStudio, UpdateStudio, type OneStudioQuery } from '@/shared/gql/documents.ts';
import { useAsk, useCommand } from '@/shared/gql/hooks.ts';
import { missing } from '@/shared/gql/problem.ts';
import { today, useDates } from '@/shared/i18n/dates.ts';
import { leaderTypeWords, studioLevelWords, studioModeWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { mayChangeCharter } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { AskedPage, Facts, Page, Section, type Step } from '@/shared/ui/Page.tsx';
import { Tabs } from '@/shared/ui/Tabs.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { Ledger } from './Ledger.tsx';
import { Members } from './Members.tsx';
import { Plan } from './Plan.tsx';
import { Sessions } from './Sessions.tsx';
import { StudioForm, type Charter } from './StudioForm.tsx';
import { studioTexts } from './texts.ts';
import './studios.css';

export type Studio = NonNullable<OneStudioQuery['studio']>;

const tabs = ['figures', 'plan', 'ledger', 'sessions', 'members'] as const;

/** How does this studio do its work? */
export function Component() {
  const t = useText(studioTexts);
  const { id = '' } = useParams();
  const [period] = usePeriod();
  const asked = useAsk(OneStudio, { id, period }, { keep: true });
  return (
    <AskedPage asked={asked} title={t('studio')}>
      {({ studio }) =>
        studio && studio.id === id ? (
          <StudioView key={studio.id} studio={studio} />
        ) : (
          <Page title={t('studio')}>{asked.refreshing ? null : <ErrorNote problem={missing()} />}</Page>
        )
      }
    </AskedPage>
  );
}

function StudioView({ studio }: { studio: Studio }) {
  const t = useText(studioTexts);
  const pick = usePick();
  const dates = useDates();
  const { role } = useSession();
  const navigate = useNavigate();
  const keep = useKept();
  const [tab] = useWord('tab', 'figures');
  const [dialog, setDialog] = useState<'change' | 'close' | null>(null);
  const living = studio.closedOn === null;
  const above: Step[] = studio.owner ? [{ label: studio.owner.name, to: `/${studio.owner.kind === 'SCHOOL' ? 'schools' : 'organisations'}/${studio.owner.id}` }] : [];
  const active = tabs.find((one) => one === tab) ?? 'figures';
  // One tab's filter and page say nothing about another's list: only the tab stays.
  const setTab = (key: string) => void navigate(keep(`/studios/${studio.id}${key === 'figures' ? '' : `?tab=${key}`}`), { replace: true, preventScrollReset: true });
  const words = { figures: t('tabFigures'), plan: t('tabPlan'), ledger: `${t('tabLedger')} ${studio.openTasks}`, sessions: t('tabSessions'), members: `${t('tabMembers')} ${studio.memberCount}` };

  return (
    <Page
      title={studio.name}
      above={above}
      sentence={
        studio.closedOn
          ? t('sentenceClosed', { name: studio.name, day: dates.day(studio.closedOn) })
          : t.rich('sentence', { name: studio.name, members: studio.memberCount, open: studio.openTasks, late: studio.overdueTasks, b: (chunks) => <span className="late">{chunks}</span> })
      }
      sub={[studio.leadName ? `${t('lead')} ${studio.leadName}` : '', pick(studioLevelWords[studio.level]), pick(studioModeWords[studio.mode])].filter(Boolean).join(' · ')}
      actions={
        living && mayChangeCharter(role) ? (
          <>
            <Button onClick={() => setDialog('change')}>{t('change')}</Button>
            <Button onClick={() => setDialog('close')}>{t('close')}</Button>
          </>
        ) : null
      }
    >
      <Tabs label={studio.name} active={active} onChange={setTab} tabs={tabs.map((one) => ({ key: one, label: words[one] }))}>
        {active === 'figures' ? <Figures studio={studio} /> : null}
        {active === 'plan' ? <Plan studio={studio} /> : null}
        {active === 'ledger' ? <Ledger studio={studio} /> : null}
        {active === 'sessions' ? <Sessions studio={studio} /> : null}
        {active === 'members' ? <Members studio={studio} /> : null}
      </Tabs>
      <ChangeDialog studio={studio} open={dialog === 'change'} onClose={() => setDialog(null)} />
      <CloseDialog studio={studio} open={dialog === 'close'} onClose={() => setDialog(null)} />
    </Page>
  );
}

function Figures({ studio }: { studio: Studio }) {
  const t = useText(studioTexts);
  const pick = usePick();
  const dates = useDates();
  const { catalog } = useCatalogue();
  const asOf = studio.figures?.asOf;
  return (
    <>
      <div className="row spaced">
        <FaceLegend />
        {asOf ? <span className="muted small">{t('asOf', { day: dates.day(asOf) })}</span> : null}
      </div>
      <SelfCheck subject={studio.id} catalog={catalog} figures={studio.figures?.figures} />
      <Section title={t('facts')}>
        <Facts
          items={[
            [t('owner'), studio.owner?.name ?? ''],
            [t('lead'), studio.leadName ?? t('none')],
            [t('level'), pick(studioLevelWords[studio.level])],
            [t('mode'), pick(studioModeWords[studio.mode])],
            [t('leaderType'), pick(leaderTypeWords[studio.leaderType])],
            [t('stage'), studio.stage || t('none')],
            [t('foundedOn'), dates.day(studio.foundedOn)],
            ...(studio.closedOn ? [[t('closedOn'), dates.day(studio.closedOn)] as const] : []),
            [t('lastActivity'), studio.lastActivity ? dates.ago(studio.lastActivity) : t('never')],
          ]}
        />
      </Section>
    </>
  );
}

interface DialogProps {
  readonly studio: Studio;
  readonly open: boolean;
  readonly onClose: () => void;
}

function ChangeDialog({ studio, open, onClose }: DialogProps) {
  const t = useText(studioTexts);
  const tell = useTell();
  const update = useCommand(UpdateStudio);
  const { id, version, name, level, stage, mode, leaderType } = studio;
  return (
    <Modal title={t('changeTitle')} open={open} onCancel={onClose} footer={null} destroyOnHidden>
      <StudioForm<Charter>
        initial={{ name, level, stage, mode, leaderType }}
        errors={update.errors}
        busy={update.busy}
        action={t('change')}
        onCancel={onClose}
        onSend={(values) => {
          void update.run({ id, version, ...values, stage: values.stage?.trim() || null }).then((outcome) => {
            if (!outcome.done) return;
            tell(t('saved'));
            onClose();
          });
        }}
      />
    </Modal>
  );
}

/** Closing is not undone: it asks first and names what ends with it. */
function CloseDialog({ studio, open, onClose }: DialogProps) {
  const t = useText(studioTexts);
  const tell = useTell();
  const close = useCommand(CloseStudio);
  return (
    <Modal title={t('closeTitle', { name: studio.name })} open={open} onCancel={onClose} footer={null} destroyOnHidden>
      <ul className="gone">
        <li>{t('closeGoneMembers', { n: studio.memberCount })}</li>
        <li>{t('closeGoneTasks', { n: studio.openTasks })}</li>
      </ul>
      <p className="muted">{t('closeHint')}</p>
      <CommandForm<{ on: string }>
        initial={{ on: today() }}
        errors={close.errors}
        busy={close.busy}
        action={t('close')}
        onCancel={onClose}
        onSend={({ on }) => {
          void close.run({ id: studio.id, on }).then((outcome) => {
            if (!outcome.done) return;
            tell(t('closedTell', { name: studio.name }));
            onClose();
          });
        }}
      >
        <Field name="on" label={t('closeOn')} required>
          <DayField clearable={false} />
        </Field>
      </CommandForm>
    </Modal>
  );
}
