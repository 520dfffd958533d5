import { useNavigate, useParams } from 'react-router';
import { useKept } from '@/shared/address/keep.tsx';
import { PlanSession, SessionStudio } from '@/shared/gql/documents.ts';
import { useAsk, useCommand } from '@/shared/gql/hooks.ts';
import { missing } from '@/shared/gql/problem.ts';
import { today } from '@/shared/i18n/dates.ts';
import { useText } from '@/shared/i18n';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { AskedPage, Page } from '@/shared/ui/Page.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { SessionForm } from './SessionForm.tsx';
import { sessionTexts } from './texts.ts';
import { stepsTo } from './trail.ts';
import './sessions.css';

/** What do we meet for, and when? */
export function Component() {
  const t = useText(sessionTexts);
  const { studio: id = '' } = useParams();
  const navigate = useNavigate();
  const keep = useKept();
  const tell = useTell();
  const asked = useAsk(SessionStudio, { studio: id });
  const plan = useCommand(PlanSession);

  return (
    <AskedPage asked={asked} title={t('plan')}>
      {({ studio }) =>
        studio ? (
          <Page title={t('plan')} sentence={t('planSentence', { studio: studio.name })} above={stepsTo(studio)}>
            <div className="card session-form">
              <SessionForm
                initial={{ startsAt: today() }}
                errors={plan.errors}
                busy={plan.busy}
                action={t('planDo')}
                onCancel={() => void navigate(-1)}
                onSend={(wording) => {
                  void plan.run({ studio: id, ...wording }).then((outcome) => {
                    if (!outcome.done) return;
                    tell(t('planned', { title: wording.title }));
                    const made = outcome.payload.session?.id;
                    void navigate(keep(made ? `/sessions/${made}` : `/studios/${id}?tab=sessions`), { replace: true });
                  });
                }}
              />
            </div>
          </Page>
        ) : (
          <Page title={t('plan')}>
            <ErrorNote problem={missing()} />
          </Page>
        )
      }
    </AskedPage>
  );
}
