import type { SessionPartsFragment, StudioFunction } from '@/shared/gql/documents.ts';
import { dayOf, timeOf, today, useDates } from '@/shared/i18n/dates.ts';
import { studioFunctionWords, studioSessionStateWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { standingOf } from './standing.ts';
import { sessionWords } from './texts.ts';
import './sessions.css';

type Session = Pick<SessionPartsFragment, 'startsAt' | 'minutes' | 'state'>;

/** When a session begins, and how long it lasts: `2026年9月1日 周二 14:30`, ` · 90 分钟`. */
export function useWhen(): (session: Pick<Session, 'startsAt' | 'minutes'>) => string {
  const t = useText(sessionWords);
  const dates = useDates();
  return ({ startsAt, minutes }) => {
    const day = dayOf(startsAt);
    const moment = t('moment', { day: dates.day(day), weekday: dates.weekday(day), time: timeOf(startsAt) });
    return typeof minutes === 'number' ? `${moment} · ${t('minutes', { n: minutes })}` : moment;
  };
}

/** How a session stands, as a tag. */
export function SessionState({ session }: { session: Session }) {
  const t = useText(sessionWords);
  const pick = usePick();
  if (standingOf(session, today()) === 'due') return <span className="tag far">{t('due')}</span>;
  const tone = { PLANNED: 'near', HELD: 'good', CANCELLED: '' }[session.state];
  return <span className={`tag ${tone}`.trim()}>{pick(studioSessionStateWords[session.state])}</span>;
}

/** What a session serves, as tags. */
export function Functions({ functions }: { functions: readonly StudioFunction[] }) {
  const pick = usePick();
  return (
    <span className="session-tags">
      {functions.map((one) => (
        <span key={one} className="tag">
          {pick(studioFunctionWords[one])}
        </span>
      ))}
    </span>
  );
}
