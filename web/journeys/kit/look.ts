import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import type { Language, Visitor } from './visitor.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Rows far down are made as those above them: the first ones speak for all. */
const alike = ['tbody tr:nth-child(n + 9)', '.cards > li:nth-child(n + 7)', '.lane li:nth-child(n + 5)'];

declare global {
  interface Window {
    axe?: { run: (context: object, options: object) => Promise<AxeResults> };
  }
}

/** Violations of WCAG 2.2 A and AA. The colours are the same in both languages: their contrast is measured in one. */
export async function violations(page: Page, language: Language): Promise<string[]> {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axe);
  const found = await page.evaluate(
    ([values, exclude, contrast]) =>
      window.axe?.run(
        { exclude },
        { runOnly: { type: 'tag', values }, rules: { 'target-size': { enabled: true }, 'color-contrast': { enabled: contrast } }, resultTypes: ['violations'], preload: false },
      ),
    [tags, [...alike], language === 'zh'] as const,
  );
  return (found?.violations ?? []).map(({ id, nodes }) => `axe ${id}: ${nodes.slice(0, 3).map((node) => `${node.target.join(' ')} (${node.failureSummary?.split('\n')[1]?.trim() ?? ''})`).join('; ')}`);
}

/** What lies beyond the right edge, or scrolls sideways inside itself: the overview's grid alone may. */
export function sideways(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const name = (one: Element) => `${one.tagName.toLowerCase()}.${String(one.className).split(' ').join('.')} "${(one.textContent ?? '').slice(0, 30)}"`;
    const { scrollWidth, clientWidth } = document.documentElement;
    const faults = scrollWidth > clientWidth ? [`the page scrolls sideways: ${scrollWidth} > ${clientWidth}`] : [];
    for (const one of document.querySelectorAll('body *')) {
      if (!(one instanceof HTMLElement) || one.closest('.grid-scroll') || !one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const { right, left, width, height } = one.getBoundingClientRect();
      if (width === 0 || height === 0) continue;
      if (width > 1 && left >= 0 && right > clientWidth + 1) faults.push(`beyond the edge: ${name(one)}`);
      const { overflowX } = getComputedStyle(one);
      if (one.tagName !== 'INPUT' && ['auto', 'scroll'].includes(overflowX) && one.scrollWidth > one.clientWidth) faults.push(`scrolls sideways: ${name(one)}`);
    }
    return faults.slice(0, 5);
  });
}

/** Every text that is read on the page, with what is only heard: names, titles, placeholders, what stands in fields. */
function texts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>([document.title]);
    const foreign = (one: Element | null) => one?.closest('[lang]:not(html)') !== null;
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const text = walk.currentNode.textContent?.trim() ?? '';
      const parent = walk.currentNode.parentElement;
      if (text && parent && !foreign(parent) && !['SCRIPT', 'NOSCRIPT', 'STYLE', 'TEXTAREA'].includes(parent.tagName)) found.add(text);
    }
    for (const one of document.querySelectorAll('[aria-label], [title], [placeholder], [alt], input, textarea')) {
      if (foreign(one)) continue;
      for (const attribute of ['aria-label', 'title', 'placeholder', 'alt']) found.add(one.getAttribute(attribute) ?? '');
      if (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement) found.add(one.value);
    }
    return [...found];
  });
}

/** Words of the console that are not in the page's language, and words that were never meant to be read. */
export async function wrongWords({ page, watch }: Visitor, language: Language): Promise<string[]> {
  const faults: string[] = [];
  const data = [...watch.data].sort((a, b) => b.length - a.length);
  for (const text of await texts(page)) {
    if (/\b[A-Z]{2,}_[A-Z_]+\b|\bundefined\b|\bNaN\b|\[object |Invalid Date|\{[a-z]+\}/.test(text)) faults.push(`raw: ${text}`);
    if (language === 'zh' || !/[\p{Script=Han}、。，：；？！（）]/u.test(text)) continue;
    const own = data.reduce((rest, one) => rest.replaceAll(one, ' '), text);
    if (/[\p{Script=Han}、。，：；？！（）]/u.test(own)) faults.push(`not in English: ${text.slice(0, 80)}`);
  }
  return faults;
}

/** Everything that a page must be, wherever it is opened. axe takes the longest, and need not look in all ways. */
export async function faultsOf(visitor: Visitor, language: Language, axe: boolean): Promise<string[]> {
  const { page } = visitor;
  const lang = await page.evaluate(() => document.documentElement.lang);
  return [
    ...(lang.startsWith(language) ? [] : [`the page says that it is in ${lang}`]),
    ...(await sideways(page)),
    ...(await wrongWords(visitor, language)),
    ...(axe ? await violations(page, language) : []),
    ...visitor.watch.faults.splice(0),
  ];
}
