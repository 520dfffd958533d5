import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { Go, useKept } from '@/shared/address/keep.tsx';
import { useText } from '@/shared/i18n';
import { SessionTable, useSessions } from '@/shared/sessions/SessionTable.tsx';
import { inStudio, mayKeepSessions } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { Page } from '@/shared/ui/Page.tsx';
import { sessionTexts } from './texts.ts';

/** Which sessions were held, which come, and which nobody has recorded? */
export function Component() {
  const t = useText(sessionTexts);
  const navigate = useNavigate();
  const keep = useKept();
  const { role, hat } = useSession();
  const own = inStudio(role) ? (hat?.studio ?? null) : null;
  const found = useSessions(own);
  const page = found.asked.data?.studioSessions;
  const plan = own && mayKeepSessions(role) ? `/studios/${own}/sessions/new` : null;
  const counts = { n: page?.totalCount ?? 0, due: found.asked.data?.due?.totalCount ?? 0, b: (words: ReactNode) => <span className="late">{words}</span> };

  return (
    <Page
      title={t('sessions')}
      {...(page ? { sentence: t.rich(counts.n >= 10_000 ? 'listSentenceMany' : 'listSentence', counts.n >= 10_000 ? { ...counts, n: 10_000 } : counts) } : {})}
      actions={
        plan ? (
          <Button type="primary" onClick={() => void navigate(keep(plan))}>
            {t('plan')}
          </Button>
        ) : null
      }
    >
      <SessionTable found={found} caption={t('sessions')} ofStudio={own !== null}>
        {plan ? <Go to={plan}>{t('plan')}</Go> : null}
      </SessionTable>
    </Page>
  );
}
