import { describe, expect } from 'vitest';
import { OneTask, type OneTaskQuery } from '@/shared/gql/documents.ts';
import { Reader } from './kit/api.ts';
import { Places } from './kit/places.ts';
import { desk, journey, phone, type Visitor } from './kit/visitor.ts';

const year = 'period=2026-2027';

async function records(reader: Reader, id: string): Promise<OneTaskQuery> {
  return reader.ask(OneTask, { id });
}

/** The number in a school's cell of the overview. */
async function cell(visitor: Visitor, school: string, indicator: string): Promise<{ text: string; open: () => Promise<void> }> {
  const heads = await visitor.page.locator('table.grid thead th.number').allInnerTexts();
  const column = heads.findIndex((head) => head.startsWith(indicator));
  const found = visitor.page.locator('table.grid tbody tr').filter({ has: visitor.page.getByRole('link', { name: school, exact: true }) }).locator(`[data-column="${column}"]`);
  return { text: (await found.innerText()).trim(), open: () => found.click() };
}

describe('a task is closed', () => {
  journey('on the lead’s phone, and the officer’s open overview moves', async (visitors) => {
    const officer = await visitors.come('city.officer', { viewport: desk });
    const lead = await visitors.come('s01.t01', { viewport: phone });
    await officer.go(`/overview?${year}`);
    expect(lead.at).toMatch(/^\/today/);

    const places = await Places.of('s01.t01');
    const hat = await places.hat();
    const task = (await places.tasks({ studio: hat.studio ?? null, state: 'OPEN', dueTo: '2027-08-31' }))[0];
    if (!task) throw new Error('the lead has no open task');
    const before = await cell(officer, hat.organisation.name, '3.3.1');

    // From today to the ledger to the task, with a thumb.
    await lead.page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '台账' }).click();
    await lead.rest();
    await lead.page.getByRole('link', { name: task.title, exact: true }).click();
    await lead.rest();
    await lead.send();
    await lead.sees('请写明完成情况，或给出链接');
    await lead.fill(/完成情况/, '示范课教案与评课记录已归档');
    await lead.fill(/证据链接/, 'javascript:alert(1)');
    await lead.send();
    await lead.page.locator('.ant-form-item-explain-error').first().waitFor();
    await lead.fill(/证据链接/, 'https://school.example/lesson');
    const closed = Date.now();
    await lead.send();
    await lead.sees(`已销账：${task.title}`);
    await expect.poll(async () => (await cell(officer, hat.organisation.name, '3.3.1')).text, { timeout: 10_000, interval: 25 }).not.toBe(before.text);
    const took = Date.now() - closed;
    expect(took, 'milliseconds until the officer sees it').toBeLessThan(2_000);

    // From the cell to the figure to the record.
    await (await cell(officer, hat.organisation.name, '3.3.1')).open();
    const drawer = officer.page.getByRole('dialog');
    await drawer.waitFor();
    await officer.rest();
    await drawer.getByRole('link', { name: '在单独的页面打开' }).click();
    await officer.rest();
    while ((await officer.page.getByRole('link', { name: task.title, exact: true }).count()) === 0) {
      await officer.press('下一页');
      await officer.rest();
    }
    await officer.page.getByRole('link', { name: task.title, exact: true }).first().click();
    await officer.rest();
    expect(await officer.sentence()).toContain('销账');
    await officer.sees('示范课教案与评课记录已归档');
    await officer.reload();
    await officer.sees('https://school.example/lesson');

    // Somebody else reads the same through the API.
    const admin = await Reader.of('s01.admin');
    const read = await records(admin, task.id);
    expect(read.task).toMatchObject({ state: 'CLOSED', evidenceText: '示范课教案与评课记录已归档', evidenceLink: 'https://school.example/lesson' });

    // Opened again, with its reason; the closing stays in the history.
    await lead.reload();
    await lead.press('重新打开');
    const dialog = lead.page.getByRole('dialog');
    await dialog.getByRole('button', { name: '重新打开' }).click();
    await lead.sees('此项必填');
    await dialog.getByLabel('原因').fill('评课记录要补一份');
    await dialog.getByRole('button', { name: '重新打开' }).click();
    await lead.sees('已重新打开');
    await lead.rest();
    const history = await lead.page.locator('ol.history').innerText();
    expect(history).toMatch(/重新打开[\s\S]*评课记录要补一份[\s\S]*销账/);
    const after = await records(admin, task.id);
    expect(after.task?.state).toBe('OPEN');
    expect(after.taskHistory?.map((one) => one.what).slice(0, 2).sort()).toEqual(['closed', 'reopened']);
    await expect.poll(async () => { await officer.go(`/overview?${year}`); return (await cell(officer, hat.organisation.name, '3.3.1')).text; }).toBe(before.text);
  });

  journey('from the list and by keyboard alone, and undone', async (visitors) => {
    const lead = await visitors.come('s01.t01');
    const places = await Places.of('s01.t01');
    const task = (await places.tasks({ studio: (await places.hat()).studio ?? null, state: 'OPEN' })).at(-1);
    if (!task) throw new Error('the lead has no open task');
    await lead.go(`/studios/${(await places.hat()).studio}?tab=ledger`);
    const { page } = lead;
    const opener = page.getByRole('button', { name: `销账：${task.title}` });
    await opener.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    // The field has the focus at once; Escape gives it back to the button.
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await lead.still();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await expect.poll(() => opener.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await lead.still();
    await page.keyboard.type('名单与照片在校内网盘');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('销账');
    await page.keyboard.press('Enter');
    await lead.sees(`已销账：${task.title}`);
    const admin = await Reader.of('s01.admin');
    expect((await records(admin, task.id)).task?.state).toBe('CLOSED');
    await page.getByRole('button', { name: '撤销' }).press('Enter');
    await lead.sees(`已重新打开：${task.title}`);
    expect((await records(admin, task.id)).task?.state).toBe('OPEN');
  });

  journey('without evidence, with its reason', async (visitors) => {
    const clerk = await visitors.come('s01.clerk', { viewport: phone });
    const places = await Places.of('s01.clerk');
    const task = (await places.tasks({ state: 'OPEN', overdue: true }))[0];
    if (!task) throw new Error('nothing is late at this school');
    await clerk.go(`/tasks/${task.id}`);
    await clerk.page.getByText('没有证据', { exact: true }).click();
    await clerk.send();
    await clerk.sees('此项必填');
    await clerk.fill('没有证据的原因', '负责教师调离，下学期补做');
    await clerk.send();
    await clerk.sees(`已销账：${task.title}`);
    await clerk.reload();
    await clerk.sees('负责教师调离，下学期补做');
    const read = await records(await Reader.of('s01.leader'), task.id);
    expect(read.task).toMatchObject({ state: 'CLOSED', reason: '负责教师调离，下学期补做', evidenceText: null });
  });
});
