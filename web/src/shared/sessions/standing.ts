import type { SessionPartsFragment, StudioSessionFilterInput, StudioSessionState } from '@/shared/gql/documents.ts';
import { dayOf, daysAfter } from '@/shared/i18n/dates.ts';

/** How a session stands on a day: a planned one may lie ahead, be today's, or have passed without a record (待登记). */
export type Standing = 'ahead' | 'today' | 'due' | 'held' | 'cancelled';

export function standingOf(session: Pick<SessionPartsFragment, 'state' | 'startsAt'>, day: string): Standing {
  if (session.state !== 'PLANNED') return session.state === 'HELD' ? 'held' : 'cancelled';
  const on = dayOf(session.startsAt);
  return on > day ? 'ahead' : on === day ? 'today' : 'due';
}

/** Whether who came may be recorded: from the session's day on, unless it was cancelled. */
export function mayBeRecorded(standing: Standing): boolean {
  return standing !== 'ahead' && standing !== 'cancelled';
}

/** What a list shows of sessions; a planned one whose day has passed is `DUE`. */
export type Shown = StudioSessionState | 'DUE';

/** A list's filter by how sessions stand and by their days. */
export function filterOf(shown: Shown | null, from: string | null, to: string | null, day: string): Pick<StudioSessionFilterInput, 'state' | 'from' | 'to'> {
  if (shown !== 'DUE') return { state: shown, from, to };
  const yesterday = daysAfter(day, -1);
  return { state: 'PLANNED', from, to: to !== null && to < yesterday ? to : yesterday };
}
