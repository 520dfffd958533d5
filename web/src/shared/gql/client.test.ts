import { afterEach, describe, expect, it, vi } from 'vitest';
import { ask, wearHat } from './client.ts';
import type { Document } from './document.ts';
import { Problem } from './problem.ts';

const sent: { headers: Record<string, string>; body: Record<string, unknown> }[] = [];

/** Answers one request after the other. */
function answers(...all: unknown[]): void {
  sent.length = 0;
  vi.stubGlobal('fetch', (_: string, init: { headers: Record<string, string>; body: string }) => {
    sent.push({ headers: init.headers, body: JSON.parse(init.body) as Record<string, unknown> });
    const next = all.shift();
    if (next instanceof Error) return Promise.reject(next);
    return Promise.resolve(new Response(typeof next === 'string' ? next : JSON.stringify(next), { headers: { 'x-request-id': 'r1' } }));
  });
}

const document = (hash: string): Document<{ me: unknown; tasks?: unknown }, object> => ({ name: 'WhoAmI', hash, text: 'query WhoAmI{me{id}}', types: ['Me'] });
const error = (code: string, path?: string[]) => ({ message: code, ...(path ? { path } : {}), extensions: { code, requestId: 'r2', messageZh: '中', messageEn: 'en' } });

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

describe('asking the gateway', () => {
  it('sends the hash alone, from the console and under the hat', async () => {
    vi.stubEnv('DEV', false);
    answers({ data: { me: { id: 1 } } });
    wearHat('grant_1');
    await ask(document('h1'), {});
    expect(sent[0]?.headers).toMatchObject({ 'banlian-console': '1', 'banlian-hat': 'grant_1' });
    expect(sent[0]?.body['query']).toBeUndefined();
    expect(sent[0]?.body['extensions']).toEqual({ persistedQuery: { version: 1, sha256Hash: 'h1' } });
    wearHat(null);
  });

  it('sends the text to a gateway of another build, and remembers it', async () => {
    vi.stubEnv('DEV', false);
    answers({ data: null, errors: [error('gateway.document_unknown')] }, { data: { me: null } }, { data: { me: { id: 2 } } });
    await ask(document('h2'), {});
    await ask(document('h2'), {});
    expect(sent.map(({ body }) => body['query'] !== undefined)).toEqual([false, true, true]);
    expect(sent[0]?.headers['banlian-hat']).toBeUndefined();
  });

  it('throws what it was told where nothing came', async () => {
    answers({ data: { me: null }, errors: [error('tenancy.session_expired')] });
    const thrown = await ask(document('h3'), {}).catch((one: unknown) => one);
    expect(thrown).toBeInstanceOf(Problem);
    expect(thrown).toMatchObject({ code: 'tenancy.session_expired', zh: '中', en: 'en', requestId: 'r2', signedOut: true });
  });

  it('keeps what came, and says what did not', async () => {
    answers({ data: { me: { id: 1 }, tasks: null }, errors: [error('platform.unavailable', ['tasks'])] });
    const answer = await ask(document('h4'), {});
    expect(answer.data.me).toEqual({ id: 1 });
    expect(answer.problems.map(({ code, path }) => [code, path])).toEqual([['platform.unavailable', ['tasks']]]);
  });

  it('tells a lost network from a strange answer', async () => {
    answers(new TypeError('failed'), '<html>');
    await expect(ask(document('h5'), {})).rejects.toMatchObject({ code: 'console.offline', passing: true });
    await expect(ask(document('h5'), {})).rejects.toMatchObject({ code: 'console.http_200', requestId: 'r1' });
  });
});
