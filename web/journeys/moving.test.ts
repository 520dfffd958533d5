import { describe, expect } from 'vitest';
import { OneOrganisation, OrganisationSeers, PickOrganisations } from '@/shared/gql/documents.ts';
import { daysAfter, dayText, today } from '@/shared/i18n/dates.ts';
import { Reader } from './kit/api.ts';
import { first, Places } from './kit/places.ts';
import { journey, type Visitor } from './kit/visitor.ts';

const day = today();
const before = daysAfter(day, -1);

/** The line of the tree in which a school stands, with the names of what it hangs below. */
async function above(visitor: Visitor, name: string): Promise<string> {
  const link = visitor.page.getByRole('link', { name, exact: true });
  await link.waitFor();
  return link.evaluate((one) => {
    const names: string[] = [];
    for (let row = one.closest('li')?.parentElement?.closest('li'); row; row = row.parentElement?.closest('li')) names.unshift(row.querySelector('.tree-name')?.textContent ?? '');
    return names.join(' > ');
  });
}

async function seers(reader: Reader, id: string, on: string): Promise<string[]> {
  return ((await reader.ask(OrganisationSeers, { id, on })).whoCouldSee ?? []).map((one) => `${one.role} ${one.through.name}`);
}

describe('a school goes to another bureau', () => {
  journey('from a day on, and each day is seen as it was', async (visitors) => {
    const city = await Places.of('bureau.admin');
    const [from, to] = [await Places.of('county2.officer'), await Places.of('county3.officer')];
    const [old, next] = [(await from.hat()).organisation, (await to.hat()).organisation];
    const school = first(await from.organisations('SCHOOL'), 'school of the second county');
    const admin = await visitors.come('bureau.admin');
    await admin.go(`/organisations/${school.id}`);

    // The menu of dated changes, the form that says what will follow.
    await admin.page.getByRole('button', { name: '变更' }).click();
    await admin.page.getByRole('menuitem', { name: '调整隶属' }).click();
    const dialog = admin.page.getByRole('dialog');
    await dialog.getByRole('button', { name: '调整隶属' }).click();
    await dialog.locator('.ant-form-item-explain-error').first().waitFor();
    await dialog.getByRole('combobox').first().fill(next.name);
    await dialog.getByRole('option', { name: new RegExp(`^${next.name}`) }).click();
    await dialog.getByText(`由${next.name}主管（此前：${old.name}）`).waitFor();
    await dialog.getByRole('button', { name: '调整隶属' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await admin.rest();
    expect(await admin.sentence()).toContain(next.name);
    expect(await admin.page.locator('ol.history').innerText()).toContain(`${old.name}`);

    // By authority and by place, on the day before and on the day.
    for (const [on, bureau] of [
      [before, old.name],
      [day, next.name],
    ] as const) {
      await admin.go(`/organisations?on=${on}`);
      await admin.press('全部展开');
      expect(await above(admin, school.name)).toMatch(new RegExp(`${bureau}$`));
      if (on === before) expect(await admin.sentence()).toContain(dayText(on, 'zh'));
      await admin.go(`/organisations?view=place&on=${on}`);
      await admin.press('全部展开');
      expect(await above(admin, school.name), 'its place has not changed').toMatch(/云川市/);
    }
    // Who could see it, on the page and through the API as another person.
    const other = await Reader.of('city.officer');
    for (const [on, bureau, not] of [
      [before, old.name, next.name],
      [day, next.name, old.name],
    ] as const) {
      await admin.go(`/organisations/${school.id}?tab=seers&on=${on}`);
      const table = await admin.page.getByRole('table').innerText();
      expect(table).toContain(bureau);
      expect(table).not.toContain(not);
      const read = await seers(other, school.id, on);
      expect(read).toContain(`BUREAU_OFFICER ${bureau}`);
      expect(read.join()).not.toContain(not);
    }
    expect((await city.reader.ask(OneOrganisation, { id: school.id, asOf: null })).organisation?.authority?.name).toBe(next.name);

    // The officers: the new one sees it, the old one does not.
    const names = async (reader: Reader) => ((await reader.ask(PickOrganisations, { filter: { kind: 'SCHOOL' }, asOf: null })).organisations?.nodes ?? []).map((one) => one.name);
    await expect.poll(() => names(from.reader), { timeout: 60_000, interval: 1_000 }).not.toContain(school.name);
    await expect.poll(() => names(to.reader), { timeout: 60_000, interval: 1_000 }).toContain(school.name);
    const late = await visitors.come('county2.officer');
    await late.go('/schools');
    expect(await late.page.getByRole('link', { name: school.name, exact: true }).count()).toBe(0);
    late.watch.forgive(/not_found|404/);
    await late.go(`/organisations/${school.id}`);
    await late.page.getByRole('alert').waitFor();
    expect(await late.page.getByRole('main').innerText()).not.toContain(school.name);
    const fresh = await visitors.come('county3.officer');
    await fresh.go('/schools');
    await fresh.page.getByRole('link', { name: school.name, exact: true }).click();
    await fresh.rest();
    expect(await fresh.sentence()).toContain(school.name);
  });
});
