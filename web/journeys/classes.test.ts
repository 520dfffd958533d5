import { describe, expect } from 'vitest';
import { OneClass, PickOrganisations } from '@/shared/gql/documents.ts';
import { Reader } from './kit/api.ts';
import { first, Places } from './kit/places.ts';
import { journey } from './kit/visitor.ts';

describe('classes', () => {
  journey('a class without a homeroom teacher gets one', async (visitors) => {
    const city = await Places.of('bureau.admin');
    const vacant = first(await city.classes({ vacant: true }), 'vacant class');
    const all = (await city.classes({ vacant: true })).length;
    const admin = await visitors.come('bureau.admin');
    const officer = await visitors.come('city.officer');
    expect(await officer.sentence()).toContain(`${all} 个班级缺班主任`);

    await admin.go('/classes');
    expect(await admin.sentence()).toContain(`${all} 个缺班主任`);
    await admin.press(`任命班主任 ${vacant.name}`);
    const dialog = admin.page.getByRole('dialog');
    await dialog.waitFor();
    await dialog.getByRole('combobox').first().click();
    const options = dialog.getByRole('option');
    await options.first().waitFor();
    const name = (await options.first().locator('span').first().innerText()).trim();
    await options.first().click();
    await dialog.getByRole('button', { name: '任命班主任' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await admin.rest();
    await admin.reload();
    if (all > 1) expect(await admin.sentence()).toContain(`${all - 1} 个缺班主任`);
    await admin.go(`/classes/${vacant.id}`);
    expect(await admin.sentence()).toContain(name);

    // The officer’s page has heard of it, and the school’s leader reads the same.
    await expect.poll(() => officer.sentence(), { timeout: 10_000 }).not.toContain(`${all} 个班级缺班主任`);
    const school = (await city.reader.ask(PickOrganisations, { filter: { search: vacant.school.name }, asOf: null })).organisations?.nodes[0];
    expect(school?.name).toBe(vacant.school.name);
    const read = await (await Reader.of('city.officer')).ask(OneClass, { id: vacant.id });
    expect(read.class?.vacant).toBe(false);
    expect(read.class?.assignments.some((one) => one.personName === name && !one.to)).toBe(true);
  });
});
