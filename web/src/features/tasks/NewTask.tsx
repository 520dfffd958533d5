import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useKept } from '@/shared/address/keep.tsx';
import { AddTask, StudioPlan, TaskOwners } from '@/shared/gql/documents.ts';
import { useAsk, useCommand } from '@/shared/gql/hooks.ts';
import { daysAfter, schoolYearOf, today } from '@/shared/i18n/dates.ts';
import { useText } from '@/shared/i18n';
import { AskedPage, Page } from '@/shared/ui/Page.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { TaskForm } from './TaskForm.tsx';
import { taskTexts } from './texts.ts';
import './tasks.css';

/** What is to be done, by whom, until when? */
export function Component() {
  const t = useText(taskTexts);
  const { studio = '' } = useParams();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const keep = useKept();
  const tell = useTell();
  const asked = useAsk(TaskOwners, { studio });
  const plan = useAsk(StudioPlan, { studio, schoolYear: schoolYearOf(today()) });
  const add = useCommand(AddTask);
  const items = plan.data?.studio?.planItems ?? [];
  const from = items.find((item) => item.id === search.get('item'));

  return (
    <AskedPage asked={asked} title={t('newTask')}>
      {(data) => {
        const { owner, name = '' } = data.studio ?? {};
        const above = [
          ...(owner ? [{ label: owner.name, to: `/${owner.kind === 'SCHOOL' ? 'schools' : 'organisations'}/${owner.id}` }] : []),
          { label: name, to: `/studios/${studio}?tab=ledger` },
        ];
        return (
          <Page title={t('newTask')} sentence={t('newSentence', { studio: name })} above={above}>
            <div className="card form-card">
              {plan.loading ? null : (
                <TaskForm
                  studio={studio}
                  initial={{ dueOn: from?.dueOn ?? daysAfter(today(), 7), title: from?.title ?? '', planItem: from?.id ?? null, owner: from?.owner ?? null }}
                  plan={items.map((item) => ({ value: item.id, label: item.title }))}
                  errors={add.errors}
                  busy={add.busy}
                  action={t('add')}
                  onCancel={() => void navigate(-1)}
                  onSend={(values) => {
                    void add.run({ studio, title: values.title.trim(), owner: values.owner ?? null, dueOn: values.dueOn, planItem: values.planItem ?? null }).then((outcome) => {
                      if (!outcome.done) return;
                      tell(t('addedTell', { title: values.title }));
                      void navigate(keep(`/studios/${studio}?tab=ledger`), { replace: true });
                    });
                  }}
                />
              )}
            </div>
          </Page>
        );
      }}
    </AskedPage>
  );
}
