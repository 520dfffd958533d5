import type { Page } from 'playwright-core';

/** How far the Tab key is followed down a page: past its head, its tools and its first rows. */
const farEnough = 50;

declare global {
  interface Window {
    offered?: HTMLElement[];
    seen?: { one: Element; looks: string }[];
  }
}

/** What a thing with the focus is called, and how it and what surrounds it look; marks it as reached. */
function here(page: Page): Promise<{ end: boolean; dull: string | null }> {
  return page.evaluate(async () => {
    // What the page does about the focus is done first; a border that fades in is seen once it is there.
    await new Promise((done) => setTimeout(done));
    await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => null)));
    const looks = (one: Element) => {
      const around: Element[] = [one];
      for (let up = one.parentElement; up && around.length < 4; up = up.parentElement) around.push(up);
      return [...around, ...(one.parentElement?.children ?? [])]
        .map((each) => getComputedStyle(each))
        .map((style) => [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.borderColor, style.backgroundColor, style.textDecorationLine, style.color].join('/'))
        .join(' ');
    };
    window.seen ??= [];
    const { seen } = window;
    const last = seen.at(-1);
    const one = document.activeElement;
    // Without the focus it must look otherwise than with it; a field with a button in it shows both at its own edge.
    const within = last?.one instanceof HTMLInputElement && last.one.parentElement?.contains(one);
    const dull = last && !within && looks(last.one) === last.looks ? last.one.outerHTML.slice(0, 160) : null;
    if (!one || one === document.body || seen.some((each) => each.one === one)) return { end: true, dull };
    seen.push({ one, looks: looks(one) });
    return { end: false, dull };
  });
}

/** Goes through a page with the Tab key from its beginning; gives what is not reached, and what does not show the focus. */
export async function tabThrough(page: Page): Promise<string[]> {
  const faults: string[] = [];
  // What is there before the first key: what comes while it goes on, such as a word of a change, may lie behind it.
  await page.evaluate(() => {
    const names = new Set<string>();
    window.offered = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex]')].filter((one) => {
      if (one.tabIndex < 0 || one.matches(':disabled, [type="hidden"]') || !one.checkVisibility({ visibilityProperty: true })) return false;
      if (!(one instanceof HTMLInputElement) || one.type !== 'radio') return true;
      // Of a group of radio buttons the Tab key reaches one.
      const known = names.has(one.name);
      if (one.checked || !document.querySelector(`input[name="${one.name}"]:checked`)) names.add(one.name);
      return !known && (one.checked || !document.querySelector(`input[name="${one.name}"]:checked`));
    });
    window.seen = [];
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    scrollTo(0, 0);
  });
  for (let step = 0; step < farEnough; step += 1) {
    await page.keyboard.press('Tab');
    const { end, dull } = await here(page);
    if (dull) faults.push(`no visible focus: ${dull}`);
    if (end) break;
  }
  const missed = await page.evaluate((most) => {
    const reached = new Set((window.seen ?? []).map(({ one }) => one));
    return (window.offered ?? []).slice(0, most - 10).filter((one) => !reached.has(one) && one.isConnected).map((one) => one.outerHTML.slice(0, 160));
  }, farEnough);
  return [...faults, ...missed.map((one) => `not reached: ${one}`)];
}
