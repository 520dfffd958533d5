import { describe, expect } from 'vitest';
import { Standard } from '@/shared/gql/documents.ts';
import { dayOf } from '@/shared/i18n/dates.ts';
import { Reader } from './kit/api.ts';
import { Places } from './kit/places.ts';
import { rowsOf } from './kit/sheet.ts';
import { desk, journey, phone, type Visitor } from './kit/visitor.ts';

const names = (visitor: Visitor) => visitor.page.locator('tbody th a').allInnerTexts();

const exported = async (visitor: Visitor) => rowsOf(await visitor.downloads('导出 Excel'));

async function search(visitor: Visitor, words: string): Promise<void> {
  await visitor.page.getByRole('searchbox').fill(words);
  await visitor.page.waitForFunction((text) => (new URL(location.href).searchParams.get('q') ?? '') === text, words);
  await visitor.rest();
}

describe('lists', () => {
  journey('of schools: characters, initials, nothing, sorting, a filter, back, and out to Excel', async (visitors) => {
    const officer = await visitors.come('city.officer');
    await officer.go('/schools');
    const all = await names(officer);
    await search(officer, '卫生');
    const found = all.filter((name) => name.includes('卫生'));
    expect(found.length).toBeGreaterThan(0);
    await expect.poll(() => names(officer)).toEqual(found);
    await search(officer, 'dxqws');
    await expect.poll(() => names(officer)).toEqual(found);
    await search(officer, '没有这样的学校');
    await expect.poll(() => names(officer)).toEqual([]);
    await officer.page.locator('.empty').waitFor();
    expect(await officer.page.locator('.empty').innerText()).toMatch(/没有符合条件/);
    await search(officer, '');
    await expect.poll(() => names(officer)).toEqual(all);

    await officer.page.getByRole('button', { name: /^学校/ }).click();
    await officer.page.waitForURL('**sort=NAME*');
    await officer.rest();
    await expect.poll(() => names(officer)).not.toEqual(all);
    const up = await names(officer);
    await officer.page.getByRole('button', { name: /^学校/ }).click();
    await officer.page.waitForURL('**way=down*');
    await expect.poll(() => names(officer)).toEqual([...up].reverse());

    await officer.page.getByLabel('主管部门').selectOption({ label: '临江县教育局' });
    await officer.page.waitForURL('**under=*');
    await expect.poll(async () => (await names(officer)).length).toBeLessThan(all.length);
    const below = await names(officer);
    // The address says it all: a colleague opens the same.
    const at = officer.at;
    const colleague = await visitors.come('city.analyst');
    await colleague.go(at);
    expect(await names(colleague)).toEqual(below);
    // A school and back: the list is as it was.
    await officer.page.getByRole('link', { name: below[0] ?? '', exact: true }).click();
    await officer.rest();
    await officer.page.goBack();
    await officer.rest();
    expect(officer.at).toBe(at);
    expect(await names(officer)).toEqual(below);
    const sheet = await exported(officer);
    expect(sheet.slice(1).map((row) => row.find((cell) => below.includes(cell))).sort()).toEqual([...below].sort());
  });

  journey('of tasks: pages forth and back, with the filter in the address', async (visitors) => {
    const officer = await visitors.come('city.officer');
    await officer.go('/tasks?state=ALL');
    const one = await names(officer);
    expect(one.length).toBe(50);
    await officer.press('下一页');
    await officer.page.waitForURL('**page=2*');
    await expect.poll(() => names(officer)).not.toEqual(one);
    const two = await names(officer);
    await officer.reload();
    expect(await names(officer)).toEqual(two);
    await officer.press('上一页');
    await expect.poll(() => names(officer)).toEqual(one);
    await officer.page.goBack();
    await expect.poll(() => names(officer)).toEqual(two);
    // Another filter begins at its first page.
    await officer.page.getByLabel('状态').selectOption({ label: '已逾期' });
    await officer.rest();
    expect(officer.at).toContain('state=LATE');
    expect(officer.at).not.toContain('page=');
    const late = await (await Places.of('city.officer')).tasks({ overdue: true });
    await expect.poll(async () => (await names(officer)).length).toBe(Math.min(50, late.length));
    const sheet = await exported(officer);
    expect(sheet.length - 1).toBeGreaterThanOrEqual(late.length);
  });

  journey('of sessions: by state and function and day, all in the address', async (visitors) => {
    const places = await Places.of('city.officer');
    const officer = await visitors.come('city.officer');
    await officer.go('/sessions');
    await officer.page.getByLabel('状态').selectOption({ label: '已完成' });
    await officer.page.getByLabel('职能').selectOption({ label: '研究' });
    await officer.page.waitForURL(/state=HELD.*function=RESEARCH/);
    await officer.rest();
    const held = await places.sessions({ state: 'HELD', function: 'RESEARCH' });
    expect(held.length).toBeGreaterThan(0);
    await expect.poll(() => names(officer)).toEqual(held.map((one) => one.title));
    const day = dayOf(held[0]?.startsAt ?? '');
    await officer.go(`${officer.at}&from=${day}`);
    expect(await names(officer)).toEqual((await places.sessions({ state: 'HELD', function: 'RESEARCH', from: day })).map((one) => one.title));
    expect((await exported(officer)).slice(1).map((row) => row[1]).sort()).toEqual((await names(officer)).sort());
  });

  journey('of what the standard asks: from a name in the self-check, by words, and out to Excel', async (visitors) => {
    const leader = await visitors.come('s01.leader');
    await leader.page.getByRole('link', { name: /^3\.2\.1 / }).click();
    await leader.rest();
    expect(leader.at).toMatch(/^\/standard\?.*q=3\.2\.1/);
    const asked = leader.page.locator('article h3');
    expect(await asked.allInnerTexts()).toEqual([expect.stringContaining('任务载体全落实')]);
    await search(leader, '销账率');
    const { indicators } = await (await Reader.of('s01.leader')).ask(Standard, {});
    const found = indicators.flatMap((one) => one.formulas).filter(({ nameZh, formulaZh }) => `${nameZh}${formulaZh}`.includes('销账率'));
    expect(found.length).toBeGreaterThan(0);
    await expect.poll(async () => (await exported(leader)).slice(1).map((row) => row[3])).toEqual(found.map((one) => one.id));
    await search(leader, '没有这样的指标');
    await leader.page.locator('.empty').waitFor();
  });

  journey('of people on a phone: initials, sorting, and a card that opens', async (visitors) => {
    const admin = await visitors.come('s01.admin', { viewport: phone });
    await admin.go('/people');
    const person = await (await Places.of('s01.admin')).person('s01.t03');
    await search(admin, 's01.t03');
    await admin.page.locator('.cards').getByRole('link', { name: person.name }).click();
    await admin.rest();
    expect(await admin.sentence()).toContain(person.name);
    await admin.page.goBack();
    await admin.rest();
    expect(admin.at).toContain('q=s01.t03');
    await admin.page.setViewportSize(desk);
    await admin.rest();
    expect(await names(admin)).toEqual([person.name]);
  });

  journey('everything at once: Ctrl K finds by characters and initials, and opens', async (visitors) => {
    const officer = await visitors.come('city.officer');
    const { page } = officer;
    for (const words of ['启航', 'qh']) {
      await page.keyboard.press('Control+k');
      const box = page.getByRole('dialog').getByRole('combobox');
      await box.waitFor();
      await officer.still();
      await page.keyboard.type(words);
      const hit = page.getByRole('option', { name: /启航/ }).first();
      await hit.waitFor();
      if (words === 'qh') {
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'hidden' });
        continue;
      }
      await page.keyboard.press('Enter');
      await page.waitForURL('**/studios/studio_*');
      await officer.rest();
      expect(await officer.sentence()).toContain('启航');
    }
  });
});
