import { describe, expect } from 'vitest';
import { OneSession, PlanSession, UpdateSession } from '@/shared/gql/documents.ts';
import { daysAfter, momentOf, today } from '@/shared/i18n/dates.ts';
import { Reader } from './kit/api.ts';
import { Places } from './kit/places.ts';
import { desk, journey, phone, Visitor } from './kit/visitor.ts';

const stamp = String(Date.now()).slice(-5);

async function readBy(login: string, id: string) {
  const { studioSession } = await (await Reader.of(login)).ask(OneSession, { id });
  if (!studioSession) throw new Error(`${login} does not see ${id}`);
  return studioSession;
}

const idOf = (visitor: Visitor) => /studiosession_[0-9a-f]+/.exec(visitor.at)?.[0] ?? '';

describe('a studio meets', () => {
  journey('planned at the desk, recorded on a phone with one absent and a guest of another school', async (visitors) => {
    const lead = await visitors.come('s01.t01');
    const { page } = lead;
    const studio = (await (await Places.of('s01.t01')).hat()).studio ?? '';
    const title = `班级公约研讨${stamp}`;
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '工作室' }).click();
    await lead.rest();
    await page.getByRole('tab', { name: '活动' }).click();
    await lead.rest();
    await lead.press('安排活动');
    await page.waitForURL(`**/studios/${studio}/sessions/new*`);
    await lead.rest();
    await lead.fill(/^活动名称/, title);
    await lead.fill(/^开始时间/, '25:00');
    await lead.send();
    // What is missing is said beside its field first, then what cannot be.
    await page.locator('.ant-form-item').filter({ has: page.getByRole('group', { name: '职能' }) }).getByText('此项必填').waitFor();
    const functions = page.getByRole('group', { name: '职能' });
    await functions.getByLabel('研究').check();
    await functions.getByLabel('指导').check();
    await page.getByRole('group', { name: '共同体活动' }).getByLabel('交流').check();
    await lead.send();
    await lead.sees('请写成 14:30 这样的时间');
    await lead.fill(/^开始时间/, '0800');
    await lead.fill(/^时长/, '90');
    await lead.fill(/^地点/, '录播教室');
    await lead.send();
    await page.waitForURL(/\/sessions\/studiosession_/);
    await lead.rest();
    const id = idOf(lead);
    expect(await lead.sentence()).toContain(title);
    expect(await readBy('city.officer', id)).toMatchObject({ title, state: 'PLANNED', minutes: 90, place: '录播教室', functions: ['RESEARCH', 'GUIDANCE'], activities: ['EXCHANGE'], joint: false, expectedCount: 0 });

    // On the phone: from today to the record.
    await page.setViewportSize(phone);
    await lead.go('/today');
    const began = Date.now();
    await page.getByRole('link', { name: `登记签到与纪要：${title}` }).click();
    await lead.rest();
    const here = page.getByRole('group', { name: '签到' }).getByRole('checkbox');
    const members = await here.count();
    expect(members).toBeGreaterThan(1);
    expect(await page.getByRole('group', { name: '签到' }).getByRole('checkbox', { checked: true }).count()).toBe(members);
    await here.nth(1).uncheck();
    await lead.fill(/^其他到场的人/, 'nobody.of.this.name');
    await lead.fill(/^纪要/, '议定三条公约：守时、互助、整洁。\n下次各班带初稿。');
    await lead.send();
    await page.locator('.ant-form-item-explain-error').getByText('nobody.of.this.name').waitFor();
    await lead.fill(/^其他到场的人/, 's02.t04');
    await lead.send();
    await lead.sees(`已登记：${title}`);
    expect(Date.now() - began, 'milliseconds to record').toBeLessThan(60_000);
    await lead.rest();

    // The officer reads the same: counts, who was absent, the guest with their school.
    const read = await readBy('city.officer', id);
    expect(read).toMatchObject({ state: 'HELD', expectedCount: members, presentCount: members - 1, othersCount: 1, summary: '议定三条公约：守时、互助、整洁。\n下次各班带初稿。' });
    expect(read.attendance?.filter((line) => !line.present).length).toBe(1);
    const guest = await (await Places.of('bureau.admin')).person('s02.t04');
    expect(read.attendance?.find((line) => line.person === guest.id)).toMatchObject({ personName: guest.name, homeName: guest.organisation.name, guest: true, present: true });

    // Read again, the page says it, on the phone and at the desk.
    await lead.reload();
    expect(await lead.sentence()).toContain(`实到 ${members - 1} 人，另有 1 人参加`);
    await lead.sees('下次各班带初稿。');
    await page.setViewportSize(desk);
    await lead.rest();
    expect(await page.locator('tr', { hasText: '缺席' }).count()).toBe(1);
    expect(await page.locator('tr', { hasText: guest.name }).innerText()).toMatch(new RegExp(`${guest.organisation.name}\\s*外单位`));

    // Recorded again, the later record stands.
    await lead.press('更正登记');
    await page.getByRole('group', { name: '签到' }).getByRole('checkbox', { checked: false }).check();
    await lead.send();
    await lead.sees(`已登记：${title}`);
    expect(await readBy('s01.leader', id)).toMatchObject({ expectedCount: members, presentCount: members, othersCount: 1 });
    await lead.go(`/studios/${studio}?tab=sessions`);
    expect(await page.locator('tr', { hasText: title }).innerText()).toContain(`${members}/${members} ＋1`);

    // Recorded by mistake: it is taken back, and was not held.
    await lead.go(`/sessions/${id}`);
    await lead.press('撤销登记');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^原因/).fill('登记错了');
    await dialog.locator('button[type="submit"]').click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await readBy('city.officer', id)).toMatchObject({ state: 'CANCELLED', expectedCount: 0, othersCount: 0, cancelReason: '登记错了', summary: null });
  });

  journey('a planned session is cancelled with its reason, and planned again', async (visitors) => {
    const places = await Places.of('s01.t01');
    const studio = (await places.hat()).studio ?? '';
    const title = `家访经验交流${stamp}`;
    const day = daysAfter(today(), 7);
    const made = await places.reader.change(PlanSession, { studio, title, startsAt: momentOf(day, '14:30'), minutes: null, place: null, functions: ['SERVICE'], activities: [], joint: true });
    const id = made.planSession?.session?.id ?? '';
    const clerk = await visitors.come('s01.clerk');
    await clerk.go(`/sessions/${id}`);
    expect(await clerk.sentence()).toContain('14:30');
    await clerk.press('取消活动');
    const dialog = clerk.page.getByRole('dialog');
    await dialog.getByRole('button', { name: '取消活动' }).click();
    await dialog.getByText('此项必填').waitFor();
    await dialog.getByLabel(/^原因/).fill('当天全校停电检修');
    await dialog.getByRole('button', { name: '取消活动' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await clerk.rest();
    expect(await clerk.sentence()).toContain('已取消');
    expect(await readBy('city.officer', id)).toMatchObject({ state: 'CANCELLED', cancelReason: '当天全校停电检修' });

    await clerk.reload();
    await clerk.sees('当天全校停电检修');
    await clerk.press('重新安排');
    await dialog.getByLabel(/^开始时间/).fill('16:05');
    await dialog.getByRole('button', { name: '重新安排' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const again = await readBy('city.officer', id);
    expect(again).toMatchObject({ title, state: 'PLANNED', cancelReason: null, joint: true });
    expect(Date.parse(again.startsAt)).toBe(Date.parse(momentOf(day, '16:05')));
    await clerk.reload();
    expect(await clerk.sentence()).toContain('16:05');
  });

  journey('what is begun survives a closed page, and a change by somebody else', async (visitors) => {
    const places = await Places.of('s01.t01');
    const studio = (await places.hat()).studio ?? '';
    const title = `主题班会观摩${stamp}`;
    const wording = { startsAt: momentOf(today(), '07:30'), minutes: 60, place: null, functions: ['RESEARCH' as const], activities: [], joint: false };
    const made = await places.reader.change(PlanSession, { studio, title, ...wording });
    const id = made.planSession?.session?.id ?? '';
    const lead = await visitors.come('s01.t01', { viewport: phone });
    await lead.go(`/sessions/${id}`);
    await lead.fill(/^纪要/, '观摩两节班会，');
    await lead.page.getByRole('group', { name: '签到' }).getByRole('checkbox').first().uncheck();
    const context = lead.page.context();
    const { origin } = new URL(lead.page.url());
    await lead.page.close();

    const later = new Visitor(await context.newPage(), origin);
    await later.go(`/sessions/${id}`);
    await later.sees(/^已恢复/);
    expect(await later.page.getByLabel(/^纪要/).inputValue()).toBe('观摩两节班会，');
    expect(await later.page.getByRole('group', { name: '签到' }).getByRole('checkbox').first().isChecked()).toBe(false);
    await later.fill(/^纪要/, '观摩两节班会，议出三点改进。');

    // The clerk changes the session meanwhile: the lead is told, and nothing typed is lost.
    const version = (await readBy('s01.clerk', id)).version;
    await (await Reader.of('s01.clerk')).change(UpdateSession, { id, version, title: `${title}（二）`, ...wording });
    await later.send();
    const note = later.page.locator('form').getByRole('alert').first();
    await note.waitFor();
    expect(await note.innerText()).toMatch(/修改|更新|刷新|重新/);
    expect(await later.page.getByLabel(/^纪要/).inputValue()).toBe('观摩两节班会，议出三点改进。');
    await later.page.locator('form').getByRole('button', { name: '取消' }).click();
    await later.rest();
    await later.press('登记签到与纪要');
    await later.sees(/^已恢复/);
    await expect.poll(() => later.sentence()).toContain('（二）');
    await later.send();
    await later.sees(/^已登记/);
    expect(await readBy('city.officer', id)).toMatchObject({ state: 'HELD', title: `${title}（二）`, summary: '观摩两节班会，议出三点改进。' });
    // What is saved is no draft any more.
    await later.reload();
    await later.press('更正登记');
    await later.page.getByLabel(/^纪要/).waitFor();
    expect(await later.page.getByText(/^已恢复/).count()).toBe(0);
    expect(later.watch.faults).toEqual([]);
  });
});
