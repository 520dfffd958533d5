import { describe, expect } from 'vitest';
import { FigureRecords, ImportList, MySessions, OneClass, OneSchool, OneSession, OneTask, OrganisationGrants, OrganisationPast, OrganisationSeers, StudioPlanItems } from '@/shared/gql/documents.ts';
import { schoolYearOf, today } from '@/shared/i18n/dates.ts';
import { first, Places } from './kit/places.ts';
import { rowsOf } from './kit/sheet.ts';
import { journey, type Visitor } from './kit/visitor.ts';

const thisYear = schoolYearOf(today());
/** A school year that has run to its end. */
const lastYear = `${thisYear - 1}-${thisYear}`;

/** The exported rows of the list on a page, without their head. */
async function exported(visitor: Visitor, path: string): Promise<string[][]> {
  await visitor.go(path);
  const [head = [], ...rows] = rowsOf(await visitor.downloads('导出 Excel'));
  expect(head.filter(Boolean).length, path).toBeGreaterThanOrEqual(3);
  return rows;
}

const column = (rows: readonly (readonly string[])[], at: number) => rows.map((row) => row[at] ?? '').sort();
const sorted = (texts: readonly (string | null | undefined)[]) => texts.map((one) => one ?? '').sort();

describe('spreadsheets go out', () => {
  journey('an organisation’s past, its grants and who could see it', async (visitors) => {
    const places = await Places.of('bureau.admin');
    const { id } = first(await places.organisations('SCHOOL'), 'school');
    const admin = await visitors.come('bureau.admin');
    const past = (await places.reader.ask(OrganisationPast, { id })).organisationHistory ?? [];
    expect((await exported(admin, `/organisations/${id}`)).map(([day, , before, after]) => [day, before ?? '', after ?? ''])).toEqual(past.map(({ on, before, after }) => [on, before ?? '', after ?? '']));
    const grants = (await places.reader.ask(OrganisationGrants, { id })).organisation?.grants ?? [];
    expect(grants.length).toBeGreaterThan(0);
    expect(column(await exported(admin, `/organisations/${id}?tab=grants`), 0)).toEqual(sorted(grants.map((one) => one.personName)));
    const seers = (await places.reader.ask(OrganisationSeers, { id, on: today() })).whoCouldSee ?? [];
    expect(seers.length).toBeGreaterThan(0);
    expect(column(await exported(admin, `/organisations/${id}?tab=seers`), 0)).toEqual(sorted(seers.map((one) => one.personName)));
  });

  journey('a school’s studios, a class’s homeroom teachers and the files that came in', async (visitors) => {
    const places = await Places.of('s01.admin');
    const school = (await places.hat()).organisation.id;
    const admin = await visitors.come('s01.admin');
    const studios = (await places.reader.ask(OneSchool, { id: school, period: lastYear })).organisation?.studios ?? [];
    const found = await exported(admin, `/schools/${school}`);
    expect(found.map((row) => [row[0], row[2], row[3]]).sort()).toEqual(studios.map((one) => [one.name, String(one.memberCount), String(one.openTasks)]).sort());
    const homeroom = (await places.reader.ask(OneClass, { id: first(await places.classes({ vacant: false }), 'class').id })).class;
    const assignments = homeroom?.assignments ?? [];
    expect(assignments.length).toBeGreaterThan(0);
    expect(column(await exported(admin, `/classes/${homeroom?.id}`), 0)).toEqual(sorted(assignments.map((one) => one.personName)));
    const files = (await places.reader.ask(ImportList, { service: 'TENANCY', first: 100, after: null })).imports?.nodes ?? [];
    expect((await exported(admin, '/imports')).map((row) => row[0])).toEqual(files.map((one) => one.fileName));
  });

  journey('a studio’s plan, its sessions and who came, a task’s past, the records behind a figure and where one is signed in', async (visitors) => {
    const places = await Places.of('s01.t01');
    const studio = (await places.hat()).studio ?? '';
    const lead = await visitors.come('s01.t01');
    const items = (await places.reader.ask(StudioPlanItems, { id: studio, schoolYear: thisYear })).studio?.planItems ?? [];
    expect(items.length).toBeGreaterThan(0);
    const plan = (await exported(lead, `/studios/${studio}?tab=plan`)).flat();
    for (const { title } of items) expect(plan).toContain(title);

    const met = await places.sessions({ studio });
    expect(met.length).toBeGreaterThan(0);
    expect(column(await exported(lead, `/studios/${studio}?tab=sessions`), 1)).toEqual(sorted(met.map((one) => one.title)));
    const held = first(await places.sessions({ studio, state: 'HELD' }), 'held session');
    const came = (await places.reader.ask(OneSession, { id: held.id })).studioSession?.attendance ?? [];
    expect(came.length).toBe(held.expectedCount + held.othersCount);
    expect(column(await exported(lead, `/sessions/${held.id}`), 0)).toEqual(sorted(came.map((one) => one.personName)));

    const { id } = first(await places.tasks({ studio }), 'task');
    const { taskHistory } = await places.reader.ask(OneTask, { id });
    expect(taskHistory?.length).toBeGreaterThan(0);
    expect((await exported(lead, `/tasks/${id}`)).map((row) => row[2])).toEqual(taskHistory?.map((one) => one.personName ?? '某人'));

    // More records than a page of the list holds, those behind the sum as they stand.
    const of = { school: null, studio, metric: '3.3.1.a', period: lastYear, first: 100, after: null };
    const behind = (await places.reader.ask(FigureRecords, of)).figure?.records?.nodes ?? [];
    expect(behind.length).toBeGreaterThan(20);
    const records = await exported(lead, `/figures/${studio}/3.3.1.a?period=${lastYear}`);
    expect(records.map((row) => [row[0], row[1] === '计入']).sort()).toEqual(behind.map((one) => [one.task?.title, one.counts]).sort());

    const sessions = (await places.reader.ask(MySessions, {})).me?.sessions ?? [];
    const own = await exported(lead, '/account');
    expect(own.length).toBe(sessions.length);
    expect(own[0]?.[0]).toContain('本设备');
  });
});
