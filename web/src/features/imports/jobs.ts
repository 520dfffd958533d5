import type { ImportService, JobPartsFragment, Role } from '@/shared/gql/documents.ts';

export type Job = JobPartsFragment;

/** What a spreadsheet may hold, in the order in which a network is brought in. */
export const kinds = ['organisations', 'people', 'classes', 'studios', 'plan_items', 'tasks', 'sessions'] as const;
export type Kind = (typeof kinds)[number];

/** The service that takes a kind. */
export function serviceOf(kind: Kind): ImportService {
  return kind === 'organisations' || kind === 'people' || kind === 'classes' ? 'TENANCY' : 'STUDIOS';
}

/** What a role may bring in. */
export function kindsFor(role: Role | null): readonly Kind[] {
  if (role === 'BUREAU_ADMINISTRATOR') return kinds;
  if (role === 'ALLIANCE_ADMINISTRATOR') return kinds.filter((kind) => serviceOf(kind) === 'STUDIOS');
  return kinds.filter((kind) => kind !== 'organisations');
}

/** The kind that a word names. */
export function kindOf(word: string | null | undefined): Kind | null {
  return kinds.find((one) => one === word) ?? null;
}

/** Where what came in is seen. */
export const pageOf: Readonly<Record<Kind, string>> = {
  organisations: '/organisations',
  people: '/people',
  classes: '/classes',
  studios: '/studios',
  plan_items: '/studios',
  tasks: '/tasks',
  sessions: '/sessions',
};

/** Whether nothing more will happen to it. */
export function isOver({ state }: Pick<Job, 'state'>): boolean {
  return state !== 'QUEUED' && state !== 'RUNNING';
}

/** How much is done, in percent; nothing while the number of rows is not known. */
export function percentOf({ state, rows, rowsDone }: Pick<Job, 'state' | 'rows' | 'rowsDone'>): number | null {
  if (state === 'QUEUED' || rows <= 0) return null;
  return Math.max(0, Math.min(100, Math.floor((rowsDone / rows) * 100)));
}

/** The largest file that the gateway takes. */
const largest = 20 * 1024 * 1024;

/** What is wrong with a file before it is sent. */
export function fileFault({ name, size }: { readonly name: string; readonly size: number }): 'notXlsx' | 'tooLarge' | 'emptyFile' | null {
  if (!/\.xlsx$/i.test(name)) return 'notXlsx';
  if (size === 0) return 'emptyFile';
  return size > largest ? 'tooLarge' : null;
}

/** A size as one reads it: `312 KB`, `4.2 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
