import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { Go, useKept } from '@/shared/address/keep.tsx';
import { useText } from '@/shared/i18n';
import { SessionTable, useSessions } from '@/shared/sessions/SessionTable.tsx';
import { sessionWords } from '@/shared/sessions/texts.ts';
import { mayKeepSessions } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import type { Studio } from './StudioPage.tsx';
import { studioTexts } from './texts.ts';

/** What the studio has met for, and what comes next. */
export function Sessions({ studio }: { studio: Studio }) {
  const t = useText(studioTexts);
  const c = useText(sessionWords);
  const navigate = useNavigate();
  const keep = useKept();
  const { role } = useSession();
  const found = useSessions(studio.id);
  const may = mayKeepSessions(role) && studio.closedOn === null;
  const due = found.asked.data?.due?.totalCount ?? 0;
  const plan = `/studios/${studio.id}/sessions/new`;
  return (
    <>
      <div className="row spaced no-print">
        <span>{due > 0 ? <Go to={`/studios/${studio.id}?tab=sessions&state=DUE`} className="late">{t('sessionsDue', { n: due })}</Go> : null}</span>
        {may ? (
          <Button type="primary" onClick={() => void navigate(keep(plan))}>
            {c('plan')}
          </Button>
        ) : null}
      </div>
      <SessionTable found={found} caption={`${studio.name} ${t('tabSessions')}`} ofStudio>
        {may ? <Go to={plan}>{c('plan')}</Go> : null}
      </SessionTable>
    </>
  );
}
