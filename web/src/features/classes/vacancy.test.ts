import { expect, test } from 'vitest';
import { bySchool, deputies, inCharge, vacantDays, vacantSince, type Assignment, type HomeroomClass } from './vacancy.ts';

const day = '2026-05-18';

function assignment(kind: Assignment['kind'], from: string, to: string | null = null): Assignment {
  return { id: `${kind}${from}`, person: 'p', personName: kind, kind, from, to, appointment: null, endReason: null };
}

function homeroom(id: string, school: string, assignments: Assignment[], openedOn = '2025-09-01'): HomeroomClass {
  return { id, school: { id: school, no: Number(school), name: school }, name: id, cohort: 2025, programme: '', headcount: 40, openedOn, closedOn: null, vacant: true, version: 1, assignments };
}

test('the principal is in charge before who acts; a deputy never is', () => {
  const all = [assignment('DEPUTY', '2025-09-01'), assignment('ACTING', '2026-01-01'), assignment('PRINCIPAL', '2026-03-01')];
  expect(inCharge(all, day)?.kind).toBe('PRINCIPAL');
  expect(inCharge(all, '2026-02-01')?.kind).toBe('ACTING');
  expect(inCharge(all, '2025-10-01')).toBeNull();
  expect(deputies(all, day).length).toBe(1);
});

test('a vacancy begins the day after the last one ended, or when the class opened', () => {
  const ended = homeroom('a', '1', [assignment('PRINCIPAL', '2025-09-01', '2026-05-08')]);
  expect(vacantSince(ended, day)).toBe('2026-05-09');
  expect(vacantDays(ended, day)).toBe(10);
  expect(vacantSince(homeroom('b', '1', []), day)).toBe('2025-09-01');
  expect(vacantDays(homeroom('c', '1', [assignment('ACTING', '2026-01-01')]), day)).toBe(0);
});

test('the last day of an assignment is still filled', () => {
  expect(vacantSince(homeroom('a', '1', [assignment('PRINCIPAL', '2025-09-01', day)]), day)).toBeNull();
});

test('schools with most vacancies first, the longest vacancy first', () => {
  const classes = [homeroom('a', '1', []), homeroom('b', '2', [assignment('PRINCIPAL', '2025-09-01', '2026-05-08')]), homeroom('c', '2', [])];
  const grouped = bySchool(classes, day);
  expect(grouped.map((one) => one.school.name)).toEqual(['2', '1']);
  expect(grouped[0]?.classes.map((one) => one.id)).toEqual(['c', 'b']);
});
