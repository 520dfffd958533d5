import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { inject, test } from 'vitest';
import { pictures } from './pictures.ts';
import { Watch } from './watch.ts';

export const desk = { width: 1280, height: 800 } as const;
export const phone = { width: 390, height: 844 } as const;
export type Language = 'zh' | 'en';

interface Options {
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Of an account that the program did not tell. */
  readonly password?: string;
  readonly language?: Language;
}

/** Of a longer page its picture shows the beginning. */
const tallest = 2_400;

/** How long a page may take to come to rest. */
const patience = 20_000;

/** A person before a page of their own browser. */
export class Visitor {
  readonly watch: Watch;

  constructor(
    readonly page: Page,
    private readonly address: string,
  ) {
    this.watch = new Watch(page);
    page.setDefaultTimeout(15_000);
  }

  get at(): string {
    const { pathname, search } = new URL(this.page.url());
    return decodeURIComponent(pathname + search);
  }

  /** Opens an address as if it were typed. */
  async go(path: string): Promise<void> {
    await this.page.goto(this.address + path, { waitUntil: 'domcontentloaded' });
    await this.rest();
  }

  /** Reads the page again from the server. */
  async reload(): Promise<void> {
    await this.page.reload({ waitUntil: 'domcontentloaded' });
    await this.rest();
  }

  /** Waits until everything has come and is drawn, and nothing more is asked for. */
  async rest(): Promise<void> {
    const end = Date.now() + patience;
    for (;;) {
      const asked = this.watch.asked;
      if (this.watch.quiet() && (await this.drawn()) && this.watch.quiet() && this.watch.asked === asked) return;
      if (Date.now() > end) throw new Error(`${this.at} does not come to rest`);
      await this.page.waitForTimeout(10);
    }
  }

  /** Whether the page has drawn what has come: it has had its frames, and then nothing to do, since a busy page may ask for more. */
  private async drawn(): Promise<boolean> {
    const look = async () => {
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(done, { timeout: 2_000 }))));
      return document.querySelector('#root > *') !== null && document.querySelector('.skeleton') === null;
    };
    // One page may go and another come while it is looked at.
    return this.page.evaluate(look).catch(() => false);
  }

  async fill(label: string | RegExp, text: string): Promise<void> {
    await this.page.getByLabel(label).fill(text);
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).click();
  }

  /** Sends the form of the page; while it is under way its button says so in its name. */
  async send(): Promise<void> {
    await this.page.locator('main form button[type="submit"]').click();
  }

  /** What a button downloads. */
  async downloads(button: string): Promise<Uint8Array> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.press(button)]);
    if (!/\.xlsx$/.test(download.suggestedFilename())) throw new Error(`${download.suggestedFilename()} is no spreadsheet`);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  /** Signs in as a person does; stays where the page leads. */
  async signIn(login: string, password: string): Promise<void> {
    await this.page.getByLabel('账号', { exact: true }).fill(login);
    await this.page.getByLabel('密码', { exact: true }).fill(password);
    await this.press('登录');
  }

  /** Waits until nothing moves any more: a window that opens, a drawer. */
  async still(): Promise<void> {
    await this.page.evaluate(async () => {
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))));
      await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)));
    });
  }

  /** Empties the day field of a dialog: its button is under the pointer only once the pointer is over the field, and the dialog may still be moving. */
  async emptiesDay(dialog: Locator): Promise<void> {
    const field = dialog.locator('.ant-picker');
    for (let tries = 0; (await field.locator('input').inputValue()) !== ''; tries += 1) {
      if (tries === 10) throw new Error('the day does not go away');
      await this.still();
      await field.hover();
      await field.locator('.ant-picker-clear').click({ force: true });
    }
  }

  /** Waits until something has the focus. Not `expect.poll`, which loses its test where several go side by side. */
  async focuses(what: Locator): Promise<void> {
    const end = Date.now() + patience;
    while (!(await what.evaluate((one) => one === document.activeElement))) {
      if (Date.now() > end) throw new Error(`${what.toString()} has not the focus`);
      await this.page.waitForTimeout(20);
    }
  }

  /** The sentence at the top. */
  sentence(): Promise<string> {
    return this.page.locator('h1').innerText();
  }

  /** Waits for a text anywhere on the page. */
  async sees(text: string | RegExp): Promise<Locator> {
    const found = this.page.getByText(text).first();
    await found.waitFor();
    return found;
  }

  async picture(name: string): Promise<void> {
    const path = join(pictures, `${name}.jpg`);
    await mkdir(join(path, '..'), { recursive: true });
    const { width, height } = await this.page.evaluate(() => ({ width: innerWidth, height: document.documentElement.scrollHeight }));
    await this.page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, tallest) }, type: 'jpeg', quality: 82, animations: 'disabled' });
  }
}

/** Everybody who takes part in a journey, each in a browser of their own. */
export class Visitors {
  private readonly contexts: BrowserContext[] = [];
  private readonly all: Visitor[] = [];

  constructor(private readonly browser: Browser) {}

  /** Somebody at the door, not signed in yet. */
  async stranger({ viewport = desk, language = 'zh' }: Options = {}): Promise<Visitor> {
    const context = await this.browser.newContext({ viewport, reducedMotion: 'reduce', locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true });
    this.contexts.push(context);
    if (language === 'en') await context.addInitScript(() => localStorage.setItem('banlian-language', 'en'));
    const visitor = new Visitor(await context.newPage(), inject('running').address);
    this.all.push(visitor);
    return visitor;
  }

  /** Somebody who has signed in through the page, on their first page. */
  async come(login: string, options: Options = {}): Promise<Visitor> {
    const visitor = await this.stranger({ ...options, language: 'zh' });
    const password = options.password ?? inject('running').accounts.find((one) => one.login === login)?.password;
    if (password === undefined) throw new Error(`the program told no account ${login}`);
    await visitor.go('/signin');
    await visitor.signIn(login, password);
    await visitor.page.locator('#content h1').waitFor();
    await visitor.rest();
    return visitor;
  }

  /** Throws where a page did what it must not do. */
  fine(): void {
    const faults = this.all.flatMap(({ watch }) => watch.faults);
    if (faults.length > 0) throw new Error(`the pages had faults:\n${[...new Set(faults)].join('\n')}`);
  }

  async pictures(name: string): Promise<void> {
    for (const [index, visitor] of this.all.entries()) await visitor.picture(`failed/${name}-${index + 1}`).catch(() => undefined);
  }

  async leave(): Promise<void> {
    await Promise.all(this.contexts.map((context) => context.close()));
  }
}

let browser: Promise<Browser> | null = null;

/** A test in which people visit pages; it fails where a page had a fault of its own, and leaves pictures where it fails. */
export function journey(name: string, run: (visitors: Visitors) => Promise<void>): void {
  test(name, async () => {
    browser ??= chromium.connect(inject('browser'));
    const visitors = new Visitors(await browser);
    try {
      await run(visitors);
      visitors.fine();
    } catch (thrown) {
      await visitors.pictures(name.replace(/[^\w]+/g, '-').slice(0, 60));
      throw thrown;
    } finally {
      await visitors.leave();
    }
  });
}
