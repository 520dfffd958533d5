import { describe, expect } from 'vitest';
import { OneStudio, OneTask, StudioPlanItems } from '@/shared/gql/documents.ts';
import { schoolYearOf, today } from '@/shared/i18n/dates.ts';
import { Reader } from './kit/api.ts';
import { first, Places } from './kit/places.ts';
import { desk, journey, phone } from './kit/visitor.ts';

const stamp = String(Date.now());
const name = `“新芽${stamp.slice(-5)}”班主任工作室`;

describe('a studio begins', () => {
  journey('with its lead, a guest, a plan and a ledger', async (visitors) => {
    const admin = await visitors.come('s01.admin');
    await admin.go('/studios');
    await admin.press('新建工作室');
    await admin.rest();
    await admin.fill(/^名称/, name);
    await admin.fill(/^主持人的登录名/, 'nobody.of.this.name');
    await admin.press('新建工作室');
    await admin.page.locator('.ant-form-item-explain-error').first().waitFor();
    await admin.fill(/^主持人的登录名/, 's01.t03');
    await admin.press('新建工作室');
    await admin.page.waitForURL(/\/studios\/studio_/);
    await admin.rest();
    expect(await admin.sentence()).toContain(name);
    const id = /studio_[0-9a-f]+/.exec(admin.at)?.[0] ?? '';

    // A guest from another school.
    await admin.page.getByRole('tab', { name: /成员/ }).click();
    await admin.press('加成员');
    const dialog = admin.page.getByRole('dialog');
    await dialog.getByLabel(/^登录名/).fill('s02.t04');
    await dialog.getByLabel(/^主要类别/).selectOption({ label: '校外专家' });
    await dialog.getByRole('button', { name: '添加' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await admin.rest();
    expect(await admin.page.locator('tr', { hasText: '外单位' }).count()).toBe(1);

    // A plan item, and a task from it.
    await admin.page.getByRole('tab', { name: '方案' }).click();
    await admin.press('加方案任务');
    await dialog.getByRole('button', { name: '添加' }).click();
    await dialog.getByText('此项必填').waitFor();
    await dialog.getByLabel(/^方案任务/).fill('班级公约研制');
    await dialog.getByLabel(/^预期成果/).fill('公约汇编一册');
    await dialog.getByRole('button', { name: '添加' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await admin.rest();
    await admin.page.getByRole('link', { name: '登记台账' }).click();
    await admin.rest();
    await admin.fill(/^任务/, '收集各班公约初稿');
    await admin.press('加入台账');
    await admin.page.waitForURL((url) => !url.pathname.endsWith('/new'));
    await admin.rest();

    // List, board and detail show it, on a phone too.
    await admin.go(`/studios/${id}?tab=ledger`);
    await admin.page.getByRole('link', { name: '收集各班公约初稿' }).waitFor();
    await admin.page.getByLabel('显示为').selectOption('board');
    await admin.page.locator('.lane').first().waitFor();
    await admin.page.setViewportSize(phone);
    await admin.rest();
    await admin.page.locator('.lane').getByRole('link', { name: '收集各班公约初稿' }).click();
    await admin.rest();
    expect(await admin.sentence()).toContain('收集各班公约初稿');
    await admin.page.setViewportSize(desk);

    // Others read the same: the lead under the new hat, the officer above.
    const officer = await Reader.of('city.officer');
    const { studio } = await officer.ask(OneStudio, { id, period: '2026-2027.1' });
    expect(studio).toMatchObject({ name, memberCount: 2, openTasks: 1 });
    expect(studio?.members?.map((one) => [one.role, one.guest]).sort()).toEqual([['LEAD', false], ['MEMBER', true]]);
    const items = (await officer.ask(StudioPlanItems, { id, schoolYear: schoolYearOf(today()) })).studio?.planItems;
    expect(items?.map((one) => [one.title, one.taskCount])).toEqual([['班级公约研制', 1]]);
  });
});

describe('two people at one record', () => {
  journey('the later one is told, and nothing is lost', async (visitors) => {
    const places = await Places.of('s01.admin');
    const task = first(await places.tasks({ state: 'OPEN' }), 'open task');
    const [one, two] = [await visitors.come('s01.admin'), await visitors.come('s01.clerk')];
    for (const visitor of [one, two]) {
      await visitor.go(`/tasks/${task.id}`);
      await visitor.press('修改');
      await visitor.page.getByRole('dialog').waitFor();
    }
    const save = async (visitor: typeof one, title: string) => {
      const dialog = visitor.page.getByRole('dialog');
      await dialog.getByLabel(/^任务/).fill(title);
      await dialog.getByRole('button', { name: '修改' }).click();
    };
    await save(one, `${task.title}（先改）`);
    await one.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await save(two, `${task.title}（后改）`);
    const note = two.page.getByRole('dialog').getByRole('alert').first();
    await note.waitFor();
    expect(await note.innerText()).toMatch(/修改|更新|刷新|重新/);
    // What was typed is still there; the first change stands.
    expect(await two.page.getByRole('dialog').getByLabel(/^任务/).inputValue()).toBe(`${task.title}（后改）`);
    expect((await (await Reader.of('s01.leader')).ask(OneTask, { id: task.id })).task?.title).toBe(`${task.title}（先改）`);
    // Opened again, the page has the newest, and the change goes in.
    await two.page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    await two.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await two.press('修改');
    await save(two, task.title);
    await two.page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect((await (await Reader.of('s01.leader')).ask(OneTask, { id: task.id })).task?.title).toBe(task.title);
  });
});
