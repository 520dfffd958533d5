import { describe, expect } from 'vitest';
import { OnePerson, PickOrganisations, WhoAmI } from '@/shared/gql/documents.ts';
import { Reader } from './kit/api.ts';
import { first, Places } from './kit/places.ts';
import { journey, phone } from './kit/visitor.ts';

const stamp = String(Date.now());
const password = `Mine-${stamp}-pw`;

describe('people and grants', () => {
  journey('somebody is added, sees exactly their scope, and no more once it is taken back', async (visitors) => {
    const login = `inspector.${stamp}`;
    const city = await Places.of('bureau.admin');
    const county = first(await city.organisations('BUREAU', '东溪'), 'county bureau');
    const admin = await visitors.come('bureau.admin');
    await admin.go('/people');
    await admin.press('添加人员');
    await admin.rest();
    await admin.send();
    expect(await admin.page.getByText('此项必填').count()).toBeGreaterThanOrEqual(2);
    await admin.fill(/^姓名/, '督查员小田');
    await admin.fill(/^登录名/, 'Bad Login!');
    await admin.send();
    await admin.page.locator('.ant-form-item-explain-error').first().waitFor();
    await admin.fill(/^登录名/, login);
    await admin.send();
    const once = await admin.page.locator('[data-secret]').innerText();
    // The next step is offered at once.
    await admin.press('授予角色');
    const dialog = admin.page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: '授权范围' }).fill('东溪');
    await dialog.getByRole('option', { name: /^东溪区教育局/ }).click();
    await dialog.getByLabel('角色').selectOption({ label: '主管部门督导员' });
    await dialog.getByText(/将以“主管部门督导员”身份/).waitFor();
    await dialog.getByRole('button', { name: '授予角色' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await admin.rest();
    await admin.reload();
    expect(await admin.sentence()).toContain('1 项有效授权');
    const person = (await city.person(login)).id;
    const read = await (await Reader.of('security.admin')).ask(OnePerson, { id: person });
    expect(read.person?.grants?.map((grant) => [grant.role, grant.organisation.name])).toEqual([['BUREAU_OFFICER', county.name]]);

    // They come with the one-time password, and see their county and nothing else.
    const inspector = await visitors.stranger();
    await inspector.go('/signin');
    await inspector.signIn(login, once);
    await inspector.page.waitForURL('**/signin/password*');
    await inspector.page.getByLabel('新密码', { exact: true }).fill(password);
    await inspector.page.getByLabel('再输一遍新密码').fill(password);
    await inspector.press('修改并进入');
    await inspector.page.locator('#content h1').waitFor();
    await inspector.rest();
    expect(inspector.at).toMatch(/^\/overview/);
    const own = (await (await Reader.of('county3.officer')).ask(PickOrganisations, { filter: { kind: 'SCHOOL' }, asOf: null })).organisations?.nodes.map((one) => one.name).sort();
    const rows = await inspector.page.locator('table.grid tbody th a').allInnerTexts();
    const theirs = await new Places(await Reader.of(login, password)).organisations('SCHOOL');
    expect(rows.sort()).toEqual(theirs.map((one) => one.name).sort());
    expect(rows.sort()).toEqual(own);

    // Taken back: after asking, by name.
    await admin.press(/收回督查员小田/);
    const asks = admin.page.getByRole('dialog', { name: '收回督查员小田的授权？' });
    await asks.getByText('主管部门督导员 · 东溪区教育局').waitFor();
    await asks.getByRole('button', { name: '收回' }).click();
    await admin.sees('已收回督查员小田');
    const taken = Date.now();
    const reader = await Reader.of(login, password);
    await expect.poll(async () => (await reader.ask(WhoAmI, {})).me?.hats.length, { timeout: 60_000, interval: 1_000 }).toBe(0);
    inspector.watch.forgive(/forbidden|platform\.|403|hat/);
    const look = async () => {
      await inspector.go('/schools');
      return inspector.page.locator('tbody th a').count();
    };
    await expect.poll(look, { timeout: 60_000, interval: 2_000 }).toBe(0);
    const head = async () => {
      await inspector.reload();
      return inspector.page.locator('header').innerText();
    };
    await expect.poll(head, { timeout: 60_000, interval: 2_000 }).toContain('暂无授权');
    expect(Date.now() - taken).toBeLessThan(60_000);
  });

  journey('a school administrator gives no more than their table allows', async (visitors) => {
    const admin = await visitors.come('s01.admin', { viewport: phone });
    const places = await Places.of('s01.admin');
    await admin.go(`/people/${(await places.person('s01.t09')).id}?give=yes`);
    const dialog = admin.page.getByRole('dialog');
    await dialog.waitFor();
    await admin.rest();
    const offered = await dialog.getByLabel('角色').locator('option').allInnerTexts();
    expect(offered).toContain('学校经办人');
    expect(offered.join()).not.toMatch(/主管部门|系统管理员|审计/);
    await admin.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });

  journey('somebody leaves, and the door is shut; they come back, and it opens', async (visitors) => {
    const login = 's03.t07';
    const city = await Places.of('bureau.admin');
    const once = await city.oneTimePassword(login);
    const admin = await visitors.come('bureau.admin');
    await admin.go(`/people/${(await city.person(login)).id}`);
    await admin.press('登记离职');
    const dialog = admin.page.getByRole('dialog');
    await dialog.getByRole('button', { name: '登记离职' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await admin.reload();
    await admin.sees('离职日期');
    await expect(Reader.of(login, once)).rejects.toThrow(/refused/);
    await admin.press('登记离职');
    await admin.emptiesDay(dialog);
    await dialog.getByRole('button', { name: '登记离职' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect((await (await Reader.of(login, once)).ask(WhoAmI, {})).me?.login).toBe(login);
  });

  journey('a bureau asks for longer passwords', async (visitors) => {
    const city = await Places.of('bureau.admin');
    const bureau = (await city.hat()).organisation;
    const admin = await visitors.come('bureau.admin');
    const ask = async (length: string) => {
      await admin.go(`/organisations/${bureau.id}`);
      await admin.press('设定 密码最短长度');
      const dialog = admin.page.getByRole('dialog');
      await dialog.getByLabel('密码最短长度').fill(length);
      await dialog.getByRole('button', { name: '设定' }).click();
      await dialog.waitFor({ state: 'hidden' });
      await admin.reload();
      await admin.sees(`至少 ${length} 位`);
    };
    await ask('16');
    const once = await city.oneTimePassword('s03.t08');
    const teacher = await visitors.stranger({ viewport: phone });
    await teacher.go('/signin');
    await teacher.signIn('s03.t08', once);
    await teacher.page.waitForURL('**/signin/password*');
    for (const [word, good] of [
      ['Short-2026-pw', false],
      [password, true],
    ] as const) {
      await teacher.page.getByLabel('新密码', { exact: true }).fill(word);
      await teacher.page.getByLabel('再输一遍新密码').fill(word);
      await teacher.press('修改并进入');
      if (good) await teacher.page.locator('#content h1').waitFor();
      else await teacher.page.locator('.ant-form-item-explain-error').filter({ hasText: /位|长/ }).waitFor();
    }
    await ask('12');
  });
});
