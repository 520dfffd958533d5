import { Button } from 'antd';
import { useState } from 'react';
import { RevokeSession, type MySessionsQuery } from '@/shared/gql/documents.ts';
import { useCommand, type Asked } from '@/shared/gql/hooks.ts';
import { useDates } from '@/shared/i18n/dates.ts';
import { usePick, useText } from '@/shared/i18n';
import { Table, type Column } from '@/shared/ui/DataTable.tsx';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { ExportRows } from '@/shared/ui/ExportPages.tsx';
import { Section } from '@/shared/ui/Page.tsx';
import { Skeleton } from '@/shared/ui/Skeletons.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { deviceOf } from './device.ts';
import { accountTexts } from './texts.ts';

type Session = NonNullable<NonNullable<MySessionsQuery['me']>['sessions']>[number];

/** Where I am signed in; each place but this one can be ended. */
export function Sessions({ asked, sessions }: { asked: Asked<MySessionsQuery>; sessions: readonly Session[] }) {
  const t = useText(accountTexts);
  const pick = usePick();
  const dates = useDates();
  const tell = useTell();
  const { run, busy } = useCommand(RevokeSession);
  const [ending, setEnding] = useState(false);
  const rows = [...sessions].sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.localeCompare(a.lastSeenAt));
  const others = sessions.filter((one) => !one.current);
  const name = (one: Session) => {
    const device = deviceOf(one.device);
    return device ? t('on', { browser: device.browser, system: device.system }) : one.device || t('unknownDevice');
  };

  const end = async (one: Session): Promise<boolean> => {
    const outcome = await run({ session: one.id });
    if (!outcome.done) tell.bad(outcome.errors.map((error) => pick([error.messageZh, error.messageEn])).join(' '));
    return outcome.done;
  };
  const endOthers = async () => {
    setEnding(true);
    let ended = 0;
    for (const one of others) {
      if (!(await end(one))) break;
      ended += 1;
    }
    setEnding(false);
    if (ended > 0) tell(t('endedOthers', { n: ended }));
  };

  const columns: Column<Session>[] = [
    {
      key: 'device',
      title: t('device'),
      cell: (one) => (
        <span title={one.device}>
          {name(one)} {one.current ? <span className="tag good">{t('thisOne')}</span> : null}
        </span>
      ),
    },
    { key: 'source', title: t('source'), cell: (one) => one.source },
    { key: 'started', title: t('startedAt'), cell: (one) => dates.moment(one.startedAt) },
    { key: 'seen', title: t('lastSeenAt'), cell: (one) => dates.ago(one.lastSeenAt) },
    { key: 'ends', title: t('endsAt'), wide: true, cell: (one) => dates.moment(one.endsAt) },
    {
      key: 'do',
      title: t('actions'),
      action: true,
      cell: (one) =>
        one.current ? null : (
          <Button size="small" disabled={busy || ending} aria-label={t('endOf', { device: name(one) })} onClick={() => void end(one).then((done) => (done ? tell(t('ended', { device: name(one) })) : undefined))}>
            {t('end')}
          </Button>
        ),
    },
  ];
  return (
    <Section
      title={t('sessions')}
      extra={
        <>
          {others.length > 0 ? (
            <Button loading={ending} onClick={() => void endOthers()}>
              {t('endOthers')}
            </Button>
          ) : null}
          <ExportRows
            title={t('sessions')}
            head={[t('device'), t('source'), t('startedAt'), t('lastSeenAt'), t('endsAt'), t('deviceSays')]}
            rows={rows}
            row={(one) => [one.current ? `${name(one)} (${t('thisOne')})` : name(one), one.source, dates.moment(one.startedAt), dates.moment(one.lastSeenAt), dates.moment(one.endsAt), one.device]}
          />
        </>
      }
    >
      {asked.problem ? <ErrorNote problem={asked.problem} again={asked.again} /> : null}
      {asked.loading ? (
        <div className="card">
          <Skeleton lines={3} />
        </div>
      ) : (
        <Table caption={t('sessions')} columns={columns} rows={rows} rowKey={(one) => one.id} busy={asked.refreshing} empty={<Empty title={t('sessionsEmpty')} />} />
      )}
      <p className="muted small account-hint">{t('sessionsHint')}</p>
    </Section>
  );
}
