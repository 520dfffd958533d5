import type { AssignmentPartsFragment, ClassPartsFragment } from '@/shared/gql/documents.ts';
import { daysAfter, daysBetween } from '@/shared/i18n/dates.ts';

export type HomeroomClass = ClassPartsFragment;
export type Assignment = AssignmentPartsFragment;

/** Whether the assignment holds on a day. */
export function holds({ from, to }: Pick<Assignment, 'from' | 'to'>, day: string): boolean {
  return from <= day && (!to || to >= day);
}

/** Who is in charge on a day: the principal, else who acts; deputies are not. */
export function inCharge(assignments: readonly Assignment[], day: string): Assignment | null {
  const now = assignments.filter((one) => holds(one, day));
  return now.find((one) => one.kind === 'PRINCIPAL') ?? now.find((one) => one.kind === 'ACTING') ?? null;
}

/** The deputies on a day. */
export function deputies(assignments: readonly Assignment[], day: string): Assignment[] {
  return assignments.filter((one) => one.kind === 'DEPUTY' && holds(one, day));
}

/** The first day of the vacancy that a day lies in; nothing where somebody is in charge. */
export function vacantSince({ assignments, openedOn }: Pick<HomeroomClass, 'assignments' | 'openedOn'>, day: string): string | null {
  if (inCharge(assignments, day)) return null;
  const ends = assignments.filter((one) => one.kind !== 'DEPUTY' && one.to && one.to < day && one.from <= day).map((one) => daysAfter(one.to ?? day, 1));
  return [openedOn, ...ends].reduce((last, one) => (one > last ? one : last));
}

/** How many days it has been vacant on a day, that day included. */
export function vacantDays(one: Pick<HomeroomClass, 'assignments' | 'openedOn'>, day: string): number {
  const since = vacantSince(one, day);
  return since === null ? 0 : Math.max(0, daysBetween(since, day) + 1);
}

/** A school and its vacant classes. */
export interface SchoolVacancies {
  readonly school: HomeroomClass['school'];
  readonly classes: readonly HomeroomClass[];
}

/** Vacant classes by school: most vacancies first, then the longest; within a school the longest first. */
export function bySchool(classes: readonly HomeroomClass[], day: string): SchoolVacancies[] {
  const schools = new Map<string, { school: HomeroomClass['school']; classes: HomeroomClass[] }>();
  for (const one of classes) {
    const entry = schools.get(one.school.id) ?? { school: one.school, classes: [] };
    entry.classes.push(one);
    schools.set(one.school.id, entry);
  }
  for (const entry of schools.values()) entry.classes.sort((a, b) => vacantDays(b, day) - vacantDays(a, day));
  const longest = ({ classes: [first] }: SchoolVacancies) => (first ? vacantDays(first, day) : 0);
  return [...schools.values()].sort((a, b) => b.classes.length - a.classes.length || longest(b) - longest(a));
}
