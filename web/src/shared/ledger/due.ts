import { daysBetween } from '@/shared/i18n/dates.ts';
import type { TaskPartsFragment } from '@/shared/gql/documents.ts';

type Line = Pick<TaskPartsFragment, 'state' | 'dueOn' | 'closedOn' | 'overdueDays'>;

/** How a ledger line stands towards its due date. */
export type Due =
  | { readonly kind: 'late'; readonly days: number }
  | { readonly kind: 'today' | 'tomorrow' | 'later' }
  | { readonly kind: 'closed'; readonly late: number };

export function dueOf(task: Line, day: string): Due {
  if (task.state === 'CLOSED') return { kind: 'closed', late: task.overdueDays };
  const left = daysBetween(day, task.dueOn);
  if (left < 0) return { kind: 'late', days: -left };
  return { kind: left === 0 ? 'today' : left === 1 ? 'tomorrow' : 'later' };
}

/** The columns of the board. */
export type Lane = 'late' | 'week' | 'later' | 'closed';

export function laneOf(task: Line, day: string): Lane {
  if (task.state === 'CLOSED') return 'closed';
  const left = daysBetween(day, task.dueOn);
  return left < 0 ? 'late' : left <= 7 ? 'week' : 'later';
}

/**
 * The share cleared if so many more of the tasks due were closed with evidence; null where nothing is due yet. Never
 * above 100: the open ones are among those due.
 */
export function shareAfter(numerator: number | null | undefined, denominator: number | null | undefined, more: number): number | null {
  if (typeof numerator !== 'number' || typeof denominator !== 'number' || denominator <= 0) return null;
  return Math.min(100, ((numerator + more) / denominator) * 100);
}
