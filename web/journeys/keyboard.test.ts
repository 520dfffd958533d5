import { describe, expect } from 'vitest';
import { first, Places } from './kit/places.ts';
import { tabThrough } from './kit/keys.ts';
import { journey, phone, type Visitor } from './kit/visitor.ts';
import { opens, visits, type Route } from './kit/visits.ts';

/** What has the focus. */
const focused = (visitor: Visitor, selector: string) => visitor.page.evaluate((one) => document.activeElement?.matches(one) ?? false, selector);

/** The first link of a page leads past its head. */
async function skips(visitor: Visitor): Promise<void> {
  await visitor.page.keyboard.press('Tab');
  expect(await focused(visitor, '.skip')).toBe(true);
  await visitor.still();
  const box = await visitor.page.locator('.skip').boundingBox();
  expect(box && box.x >= 0 && box.y >= 0, 'the skip link is seen').toBe(true);
  await visitor.page.keyboard.press('Enter');
  expect(await focused(visitor, '#content')).toBe(true);
}

async function throughAll(visitor: Visitor, places: Places, routes: readonly Route[]): Promise<void> {
  const faults: string[] = [];
  for (const route of routes) {
    // The panel lies over its page, and is gone through as a window.
    if (route === '/overview/:subject/:metric' || route === '/') continue;
    const [path = '/'] = await visits[route](places);
    await visitor.go(path);
    faults.push(...(await tabThrough(visitor.page)).map((fault) => `${route}: ${fault}`));
  }
  await visitor.reload();
  await skips(visitor);
  if (faults.length > 0) throw new Error(`by keyboard:\n${faults.join('\n')}`);
}

/** Opens a window from a button by keyboard; the focus stays in it, and Escape gives it back. */
async function opensAndCloses(visitor: Visitor, button: string, choice?: string): Promise<void> {
  const { page } = visitor;
  const opener = page.getByRole('main').getByRole('button', { name: button, exact: true }).first();
  await opener.focus();
  await page.keyboard.press('Enter');
  if (choice) {
    await page.getByRole('menuitem', { name: choice }).waitFor();
    for (let step = 0; step < 8 && !(await page.getByRole('menuitem', { name: choice }).evaluate((one) => one === document.activeElement)); step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
  }
  await page.getByRole('dialog').waitFor();
  await visitor.still();
  const inside = () => page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('[role="dialog"]') !== null);
  for (let step = 0; step < 12; step += 1) {
    expect(await inside(), `the focus stays in the window of ${button}`).toBe(true);
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await visitor.focuses(opener);
}

describe.concurrent('by keyboard alone', () => {
  // Side by side: every other page each.
  for (const half of [0, 1]) {
    journey(half === 0 ? 'a bureau’s pages' : 'a bureau’s other pages', async (visitors) => {
      const admin = await visitors.come('bureau.admin');
      const routes = (opens['bureau.admin'] ?? []).filter((_, at) => at % 2 === half);
      await throughAll(admin, await Places.of('bureau.admin'), routes);
    });
  }

  journey('a studio’s pages, and a phone’s', async (visitors) => {
    const lead = await visitors.come('s01.t01');
    const places = await Places.of('s01.t01');
    await throughAll(lead, places, ['/today', '/tasks', '/studios/:studio/tasks/new', '/studios/:studio/sessions/new']);
    await lead.page.setViewportSize(phone);
    await throughAll(lead, places, ['/today', '/studios/:id']);
  });

  journey('the door', async (visitors) => {
    const visitor = await visitors.stranger();
    await visitor.go('/signin');
    const { page } = visitor;
    // The first field has the focus; Enter sends.
    await page.keyboard.type('city.officer');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Banlian-2026-demo');
    await page.keyboard.press('Enter');
    await page.locator('#content h1').waitFor();
    await visitor.rest();
    // Into the grid, to a cell, open, and back to the cell.
    const cell = page.locator('table.grid [data-row="1"][data-column="1"]');
    await page.locator('table.grid [data-row][tabindex="0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    expect(await cell.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await visitor.rest();
    await visitor.still();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await visitor.focuses(cell);
    // The search, and the menu that is one’s name.
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').waitFor();
    await visitor.still();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await visitor.focuses(cell);
    const me = page.getByRole('button', { name: /的菜单/ });
    await me.focus();
    await page.keyboard.press('Enter');
    expect(await focused(visitor, '[role="menuitem"]')).toBe(true);
    await page.keyboard.press('Escape');
    expect(await me.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/signin');
  });

  journey('windows give the focus back', async (visitors) => {
    const admin = await visitors.come('bureau.admin');
    const places = await Places.of('bureau.admin');
    const at = async (path: string) => admin.go(path);
    await at(`/tasks/${first(await places.tasks({ state: 'OPEN' }), 'open task').id}`);
    await opensAndCloses(admin, '修改');
    await at(`/sessions/${first(await places.sessions({ state: 'PLANNED' }), 'planned session').id}`);
    await opensAndCloses(admin, '取消活动');
    await at(`/people/${(await places.person('s01.t04')).id}`);
    await opensAndCloses(admin, '授予角色');
    await opensAndCloses(admin, '重置密码');
    await at(`/organisations/${first(await places.organisations('SCHOOL'), 'school').id}`);
    await opensAndCloses(admin, '变更', '更名');
    await at(`/classes/${first(await places.classes(), 'class').id}`);
    await opensAndCloses(admin, '任命班主任');
    const studio = first(await places.studios(), 'studio').id;
    await at(`/studios/${studio}?tab=members`);
    await opensAndCloses(admin, '加成员');
    await opensAndCloses(admin, '结束工作室');
    await at(`/studios/${studio}?tab=plan`);
    await opensAndCloses(admin, '加方案任务');
    await admin.page.setViewportSize(phone);
    await admin.rest();
    const more = admin.page.getByRole('button', { name: '更多' });
    await more.focus();
    await admin.page.keyboard.press('Enter');
    await admin.page.getByRole('dialog').waitFor();
    await admin.still();
    await admin.page.keyboard.press('Escape');
    await admin.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await admin.focuses(more);
  });
});
