import { describe, expect, test } from 'vitest';
import { WhoAmI } from '@/shared/gql/documents.ts';
import { faultsOf } from './kit/look.ts';
import { Places } from './kit/places.ts';
import { everyRoute } from './kit/routes.ts';
import { desk, journey, phone, type Language, type Visitor } from './kit/visitor.ts';
import { opens, thorough, visits, type Route } from './kit/visits.ts';

test('every route is visited', () => {
  const visited = new Set<string>(['/signin', '/signin/password', ...Object.values(opens).flat()]);
  expect(everyRoute().filter((route) => !visited.has(route))).toEqual([]);
  expect(Object.keys(visits).filter((route) => !everyRoute().includes(route))).toEqual([]);
});

type Way = readonly [language: Language, screen: 'desk' | 'phone'];
const sizes = { desk, phone };
const all: readonly Way[] = [['zh', 'desk'], ['zh', 'phone'], ['en', 'desk'], ['en', 'phone']];
/** What another role has been shown in all ways is looked at in these: each language and each screen once more. */
const crosswise: readonly Way[] = [['zh', 'desk'], ['en', 'phone']];
/** Pictures are taken in the same two ways; PICTURES=all takes all. */
const pictured = process.env['PICTURES'] === 'all' ? all : crosswise;

async function speak(visitor: Visitor, language: Language): Promise<void> {
  const there = await visitor.page.evaluate(() => document.documentElement.lang);
  if (there.startsWith(language)) return;
  // A page that was a phone's a moment ago gets its button with the next drawing.
  await visitor.page.locator('header .link-button[lang]').waitFor({ state: 'attached' });
  // A drawer may lie over the button; where it is reached is another test's question.
  await visitor.page.evaluate(() => document.querySelector<HTMLElement>('header .link-button[lang]')?.click());
  await visitor.page.waitForFunction((lang) => document.documentElement.lang.startsWith(lang), language);
}

/** Looks at the page that is open in both languages and on both screens; gives what is wrong. */
async function lookAt(visitor: Visitor, who: string, page: string, ways: readonly Way[]): Promise<string[]> {
  const faults: string[] = [];
  const language = await visitor.page.evaluate(() => document.documentElement.lang);
  // The language in which the page has come goes first.
  for (const [word, screen] of language.startsWith('zh') ? ways : [...ways].reverse()) {
    await visitor.page.setViewportSize(desk);
    await speak(visitor, word);
    await visitor.page.setViewportSize(sizes[screen]);
    await visitor.rest();
    // In English once, where the names are longest for their place; not again at what another role was shown before.
    const axe = word === 'zh' || (screen === 'phone' && ways === all);
    faults.push(...(await faultsOf(visitor, word, axe)).map((fault) => `${who}/${page} ${word} ${screen}: ${fault}`));
    if (pictured.some(([one, other]) => one === word && other === screen)) await visitor.picture(`${who}/${page}.${word}.${screen}`);
  }
  await visitor.page.setViewportSize(desk);
  return faults;
}

/** Who goes where, and whether they are the first there. */
function plan() {
  const seen = new Set<Route>();
  return Object.entries(opens).flatMap(([who, routes]) => {
    const all = routes.map((route) => {
      const first = !seen.has(route);
      seen.add(route);
      return { route, first };
    });
    return halves(all).map((half, part) => ({ who, part, visits: half }));
  });
}

/** Long lists in two, which go side by side. */
function halves<T>(list: readonly T[]): (readonly T[])[] {
  const middle = Math.ceil(list.length / 2);
  return list.length > 12 ? [list.slice(0, middle), list.slice(middle)] : [list];
}

/** Says all that is wrong, a line each. */
function none(faults: readonly string[]): void {
  if (faults.length > 0) throw new Error(`${faults.length} faults:\n${faults.join('\n')}`);
}

const slug = (path: string) => path.replace(/_[0-9a-f]{32}/g, '').replace(/[^\w.=-]+/g, '-').replace(/^-|-$/g, '') || 'home';

describe.concurrent('every page, in both languages, on both screens', () => {
  journey('before the door', async (visitors) => {
    const stranger = await visitors.stranger();
    await stranger.go('/signin');
    const faults = await lookAt(stranger, 'stranger', 'signin', all);
    const login = 's02.t08';
    const password = await (await Places.of('bureau.admin')).oneTimePassword(login);
    const fresh = await visitors.stranger();
    await fresh.go('/signin');
    await fresh.signIn(login, password);
    await fresh.page.waitForURL('**/signin/password*');
    await fresh.reload();
    faults.push(...(await lookAt(fresh, 'stranger', 'password', all)));
    none(faults);
  });

  for (const { who, part, visits: planned } of plan()) {
    journey(part === 0 ? who : `${who}, the rest`, async (visitors) => {
      const [login = '', role] = who.split(' ');
      const visitor = await visitors.come(login);
      let places = await Places.of(login);
      if (role) {
        const { me } = await places.reader.ask(WhoAmI, {});
        const grant = me?.hats.find((one) => one.role === role)?.grant ?? '';
        await visitor.page.getByLabel('当前身份').selectOption(grant);
        await visitor.rest();
        places = new Places(places.reader.under(grant));
      }
      const faults: string[] = [];
      for (const { route, first } of planned) {
        const addresses = await visits[route](places);
        for (const path of first || thorough.includes(who) ? addresses : addresses.slice(0, 1)) {
          await visitor.go(path);
          faults.push(...(await lookAt(visitor, who.replace(' ', '-'), slug(path), first ? all : crosswise)));
        }
      }
      none(faults);
    });
  }
});
