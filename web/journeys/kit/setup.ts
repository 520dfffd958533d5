import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { running, start, type Running } from './program.ts';
import { pictures } from './pictures.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly running: Running;
    /** Where Chromium listens. */
    readonly browser: string;
  }
}

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** One program and one Chromium for all journeys; both are stopped, whatever happens. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await rm(pictures, { recursive: true, force: true });
  await mkdir(pictures, { recursive: true });
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error(`${executablePath} is not there: apt-get install chromium`);
  const browser = await chromium.launchServer({ executablePath, args: flags, headless: true, handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false });
  try {
    const already = process.env['BANLIAN_OUTPUT'];
    const { stop, ...told } = already ? { ...running(already), stop: () => Promise.resolve() } : await start();
    project.provide('running', told);
    project.provide('browser', browser.wsEndpoint());
    return async () => {
      // One that does not end well keeps nothing from the other.
      await Promise.allSettled([stop(), browser.close()]);
    };
  } catch (thrown) {
    await browser.close();
    throw thrown;
  }
}
