import { actionNames, type actionTexts } from './texts.ts';

export type Action = keyof typeof actionNames;

/** Every operation that has a sentence of its own, in the order of the services' work. */
export const actions = Object.keys(actionNames) as Action[];

/** The sentence of an operation; one that is not known here is named. */
export function textOf(action: string): keyof typeof actionTexts {
  return actions.find((one) => one === action) ?? 'other';
}

const pages: Partial<Record<Action, string>> = {
  FoundOrganisation: '/organisations',
  RenameOrganisation: '/organisations',
  MoveOrganisation: '/organisations',
  ChangeSchoolCode: '/organisations',
  MergeOrganisation: '/organisations',
  CloseOrganisation: '/organisations',
  SetPasswordLength: '/organisations',
  AddPerson: '/people',
  UpdatePerson: '/people',
  NoteLeaving: '/people',
  ResetPassword: '/people',
  AddClass: '/classes',
  UpdateClass: '/classes',
  FoundStudio: '/studios',
  UpdateStudio: '/studios',
  CloseStudio: '/studios',
  AddTask: '/tasks',
  UpdateTask: '/tasks',
  CloseTask: '/tasks',
  ReopenTask: '/tasks',
  PlanSession: '/sessions',
  UpdateSession: '/sessions',
  RecordSession: '/sessions',
  CancelSession: '/sessions',
};

/** Where the record that an operation changed is seen. */
export function recordPath(action: string, subject: string): string | null {
  const page = actions.includes(action as Action) ? pages[action as Action] : undefined;
  return page && subject ? `${page}/${subject}` : null;
}

/** A part of a line's detail: its key, and its value before and after, or as it is. */
export type Part = { readonly key: string; readonly value: Plain } | { readonly key: string; readonly before: Plain; readonly after: Plain };
export type Plain = string | number | boolean | null;

const plain = (value: unknown): value is Plain => value === null || ['string', 'number', 'boolean'].includes(typeof value);
/** An id says nothing to a reader. */
const isId = (value: unknown) => typeof value === 'string' && /^[a-z_]+_[0-9a-f]{32}$|^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(value);

/** What a line's detail says, without ids, versions and what did not change. */
export function detailParts(json: string): Part[] {
  let detail: unknown;
  try {
    detail = JSON.parse(json);
  } catch {
    return [];
  }
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) return [];
  return Object.entries(detail as Record<string, unknown>).flatMap(([key, value]): Part[] => {
    if (key === 'version' || value === null || value === false || isId(value)) return [];
    if (plain(value)) return [{ key, value }];
    const { before = null, after = null } = value as { before?: unknown; after?: unknown };
    if (!plain(before) || !plain(after) || before === after || isId(before) || isId(after)) return [];
    return [{ key, before, after }];
  });
}
