import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { Go } from '@/shared/address/keep.tsx';
import { useWord } from '@/shared/address/list.ts';
import { schoolYearOfPeriod, usePeriod } from '@/shared/address/period.ts';
import { AddPlanItem, RemovePlanItem, StudioPlanItems, UpdatePlanItem, type PlanPartsFragment } from '@/shared/gql/documents.ts';
import { useAsk, useCommand } from '@/shared/gql/hooks.ts';
import { useDates } from '@/shared/i18n/dates.ts';
import { usePick, useText } from '@/shared/i18n';
import { mayKeepLedger, mayRunStudio } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { Choice } from '@/shared/ui/Choice.tsx';
import { useConfirm } from '@/shared/ui/confirm.tsx';
import { exportPath, useDownload } from '@/shared/ui/download.ts';
import { texts } from '@/shared/ui/texts.ts';
import { Table, type Column } from '@/shared/ui/DataTable.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { Skeleton } from '@/shared/ui/Skeletons.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import type { Studio } from './StudioPage.tsx';
import { studioTexts } from './texts.ts';

type Item = PlanPartsFragment;

/** The plan items of a school year, and what became of them in the ledger. */
export function Plan({ studio }: { studio: Studio }) {
  const t = useText(studioTexts);
  const dates = useDates();
  const { role } = useSession();
  const [period] = usePeriod();
  const now = schoolYearOfPeriod(period);
  const [word, setYear] = useWord('year', String(now));
  const year = Number(word) || now;
  const asked = useAsk(StudioPlanItems, { id: studio.id, schoolYear: year }, { keep: true });
  const [item, setItem] = useState<Item | 'new' | null>(null);
  const remove = useRemove();
  const c = useText(texts);
  const { get, busy } = useDownload();
  const living = studio.closedOn === null;
  const may = mayRunStudio(role) && living;

  const columns: Column<Item>[] = [
    { key: 'title', title: t('planItem'), cell: (one) => one.title },
    { key: 'owner', title: t('planOwner'), cell: (one) => one.ownerName ?? <span className="muted">{t('none')}</span> },
    { key: 'due', title: t('due'), cell: (one) => (one.dueOn ? dates.day(one.dueOn) : <span className="muted">{t('none')}</span>) },
    { key: 'deliverable', title: t('deliverable'), cell: (one) => one.deliverable ?? <span className="muted">{t('none')}</span> },
    { key: 'measure', title: t('measure'), wide: true, cell: (one) => one.measure ?? <span className="muted">{t('none')}</span> },
    { key: 'progress', title: t('progress'), cell: (one) => (one.taskCount === 0 ? <span className="tag far">{t('noLines')}</span> : t('progressOf', { closed: one.closedTaskCount, n: one.taskCount })) },
    {
      key: 'do',
      title: t('actions'), action: true,
      cell: (one) => (
        <span className="row">
          {mayKeepLedger(role) && living ? <Go to={`/studios/${studio.id}/tasks/new?item=${one.id}`}>{t('toLedger')}</Go> : null}
          {may ? (
            <Button size="small" aria-label={`${t('change')} ${one.title}`} onClick={() => setItem(one)}>
              {t('change')}
            </Button>
          ) : null}
          {may && one.taskCount === 0 ? (
            <Button size="small" aria-label={`${t('remove')} ${one.title}`} onClick={() => void remove(one)}>
              {t('remove')}
            </Button>
          ) : null}
        </span>
      ),
    },
  ];

  const years = [...new Set([now + 1, now, now - 1, now - 2, year])].sort((a, b) => b - a);
  return (
    <>
      <div className="row spaced no-print">
        <Choice
          label={t('year')}
          value={String(year)}
          options={years.map((one) => ({ value: String(one), label: t('schoolYear', { from: String(one), to: String(one + 1) }) }))}
          onChange={(value) => setYear(value === String(now) ? null : value)}
        />
        <Button loading={busy} onClick={() => void get(exportPath('plan_items', { studio: studio.id, schoolYear: year }), 'plan.xlsx')}>
          {c('export')}
        </Button>
        {may ? (
          <Button type="primary" onClick={() => setItem('new')}>
            {t('addPlan')}
          </Button>
        ) : null}
      </div>
      {asked.problem ? <ErrorNote problem={asked.problem} again={asked.again} /> : null}
      {asked.loading ? (
        <div className="card">
          <Skeleton />
        </div>
      ) : (
        <Table caption={t('tabPlan')} columns={columns} rows={asked.data?.studio?.planItems ?? []} rowKey={(one) => one.id} busy={asked.refreshing} empty={<Empty title={t('planEmpty')} hint={t('planEmptyHint')} />} />
      )}
      <Modal title={item === 'new' ? t('addPlan') : t('changePlan')} open={item !== null} onCancel={() => setItem(null)} footer={null} destroyOnHidden>
        {item === null ? null : <PlanForm studio={studio} year={year} item={item === 'new' ? null : item} onClose={() => setItem(null)} />}
      </Modal>
    </>
  );
}

function useRemove() {
  const t = useText(studioTexts);
  const confirm = useConfirm();
  const pick = usePick();
  const tell = useTell();
  const { run } = useCommand(RemovePlanItem);
  return async (item: Item) => {
    if (!(await confirm({ title: t('removeTitle'), gone: [item.title], action: t('remove') }))) return;
    const outcome = await run({ id: item.id });
    if (outcome.done) tell(t('removed'));
    else tell.bad(outcome.errors.map((error) => pick([error.messageZh, error.messageEn])).join(' '));
  };
}

interface Values {
  title: string;
  owner?: string | null;
  deliverable?: string | null;
  dueOn?: string | null;
  measure?: string | null;
}

function PlanForm({ studio, year, item, onClose }: { studio: Studio; year: number; item: Item | null; onClose: () => void }) {
  const t = useText(studioTexts);
  const tell = useTell();
  const add = useCommand(AddPlanItem);
  const update = useCommand(UpdatePlanItem);
  const members = (studio.members ?? []).filter((member) => !member.to).map((member) => ({ value: member.person, label: member.personName }));
  const send = async (values: Values) => {
    const fields = {
      title: values.title.trim(),
      owner: values.owner ?? null,
      deliverable: values.deliverable?.trim() || null,
      dueOn: values.dueOn ?? null,
      measure: values.measure?.trim() || null,
    };
    const outcome = item ? await update.run({ id: item.id, version: item.version, ...fields }) : await add.run({ studio: studio.id, schoolYear: year, ...fields });
    if (!outcome.done) return;
    tell(t('saved'));
    onClose();
  };
  return (
    <CommandForm<Values>
      initial={item ? { title: item.title, owner: item.owner ?? null, deliverable: item.deliverable ?? null, dueOn: item.dueOn ?? null, measure: item.measure ?? null } : {}}
      errors={item ? update.errors : add.errors}
      busy={item ? update.busy : add.busy}
      action={item ? t('change') : t('add')}
      onSend={(values) => void send(values)}
      onCancel={onClose}
    >
      <Field name="title" label={t('planItem')} required>
        <Input.TextArea rows={2} maxLength={200} />
      </Field>
      <Field name="owner" label={t('planOwner')}>
        <Choice options={members} none={t('none')} />
      </Field>
      <Field name="dueOn" label={t('due')}>
        <DayField />
      </Field>
      <Field name="deliverable" label={t('deliverable')}>
        <Input maxLength={200} />
      </Field>
      <Field name="measure" label={t('measure')}>
        <Input maxLength={200} />
      </Field>
    </CommandForm>
  );
}
