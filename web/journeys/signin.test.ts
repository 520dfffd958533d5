import { describe, expect } from 'vitest';
import { MySessions, WhoAmI } from '@/shared/gql/documents.ts';
import { Reader } from './kit/api.ts';
import { Places } from './kit/places.ts';
import { journey, phone } from './kit/visitor.ts';

const fresh = `Fresh-${Date.now()}-pw`;

describe('the door', () => {
  journey('tells an unknown account and a wrong password apart from nothing', async (visitors) => {
    const visitor = await visitors.stranger();
    const refusals: string[] = [];
    for (const [login, password] of [
      ['s04.t01', 'Not-The-Password-1'],
      ['nobody.of.this.name', 'Not-The-Password-1'],
    ] as const) {
      await visitor.go('/signin');
      await visitor.signIn(login, password);
      const note = visitor.page.locator('form [role="alert"]').first();
      await note.waitFor();
      refusals.push(await note.innerText());
      expect(visitor.at).toBe('/signin');
    }
    expect(refusals[0]).toBe(refusals[1]);
    expect(refusals[0]).toMatch(/账号或密码/);
    // Nothing typed: the fields say so themselves.
    await visitor.go('/signin');
    await visitor.press('登录');
    expect(await visitor.page.getByText('此项必填').count()).toBe(2);
  });

  journey('leads back to where one wanted to go', async (visitors) => {
    const visitor = await visitors.stranger();
    await visitor.go('/classes?vacant=yes');
    await visitor.page.waitForURL('**/signin?next=*');
    const known = 'city.officer';
    await visitor.signIn(known, 'Banlian-2026-demo');
    await visitor.page.waitForURL('**/classes?vacant=yes');
    await visitor.rest();
    // Signing out ends the session on the server: going back shows the door.
    await visitor.page.getByRole('button', { name: /的菜单/ }).click();
    await visitor.page.getByRole('menuitem', { name: '退出登录' }).click();
    await visitor.page.waitForURL('**/signin');
    await visitor.rest();
    await visitor.page.goBack();
    await visitor.page.waitForURL('**/signin*');
  });

  journey('asks for a password of one’s own first', async (visitors) => {
    const login = 's04.t02';
    const once = await (await Places.of('bureau.admin')).oneTimePassword(login);
    const visitor = await visitors.stranger({ viewport: phone });
    await visitor.go('/signin');
    await visitor.signIn(login, once);
    await visitor.page.waitForURL('**/signin/password*');
    // Whatever else is opened leads back here.
    await visitor.go('/today');
    await visitor.page.waitForURL('**/signin/password*');
    await visitor.rest();
    const change = async (next: string, repeat: string) => {
      await visitor.page.getByLabel('当前密码').fill(once);
      await visitor.page.getByLabel('新密码', { exact: true }).fill(next);
      await visitor.page.getByLabel('再输一遍新密码').fill(repeat);
      await visitor.press('修改并进入');
    };
    await change(fresh, `${fresh}!`);
    await visitor.sees('两次输入的新密码不一致');
    await change('too-short', 'too-short');
    await visitor.page.locator('.ant-form-item-explain-error').first().waitFor();
    await change(fresh, fresh);
    await visitor.page.locator('#content h1').waitFor();
    await visitor.rest();
    expect(visitor.at).toMatch(/^\/today/);
    // The new password is good, the old one is not.
    expect((await (await Reader.of(login, fresh)).ask(WhoAmI, {})).me?.mustChangePassword).toBe(false);
    await expect(Reader.of(login, once)).rejects.toThrow(/refused/);
  });
});

describe('my account', () => {
  journey('keeps the language, and ends a session elsewhere', async (visitors) => {
    const here = await visitors.come('s01.leader');
    await here.press('English');
    await here.reload();
    expect(await here.page.evaluate(() => document.documentElement.lang)).toBe('en');
    await here.page.getByRole('link', { name: 'Studios', exact: true }).first().waitFor();

    const elsewhere = await visitors.come('s01.leader', { viewport: phone });
    const before = (await (await Reader.of('s01.leader')).ask(MySessions, {})).me?.sessions?.length ?? 0;
    await here.go('/account');
    await here.press('End all others');
    await here.sees(/other sessions? ended/);
    await here.rest();
    await here.sees('you are signed in at 1 place');
    expect(before).toBeGreaterThan(2);
    // What was ended finds the door at its next step.
    elsewhere.watch.forgive(/unauthenticated|session|401/i);
    const visit = async () => {
      await elsewhere.reload();
      return elsewhere.at;
    };
    await expect.poll(visit, { timeout: 60_000, interval: 2_000 }).toMatch(/^\/signin/);
  });
});
