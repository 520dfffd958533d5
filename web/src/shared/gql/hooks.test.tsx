import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import type { Document } from './document.ts';
import { useCommand } from './hooks.ts';

type Result = { closeTask: { userErrors: { code: string; field: string; messageZh: string; messageEn: string }[] } };
const close: Document<Result, { input: { idempotencyKey: string; id: string } }> = { name: 'CloseTask', hash: 'h', text: 'mutation', types: [], keyed: true };

const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>;

afterEach(() => vi.unstubAllGlobals());

function keysOf(...answers: (object | Error)[]): string[] {
  const keys: string[] = [];
  vi.stubGlobal('fetch', (_: string, init: { body: string }) => {
    keys.push((JSON.parse(init.body) as { variables: { input: { idempotencyKey: string } } }).variables.input.idempotencyKey);
    const next = answers.shift();
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(new Response(JSON.stringify(next)));
  });
  return keys;
}

const done = { data: { closeTask: { userErrors: [] } } };

it('a try after a lost answer carries the same key; another wish carries another', async () => {
  const keys = keysOf(new TypeError('lost'), done, done, done);
  const { result } = renderHook(() => useCommand(close), { wrapper });
  const outcomes: boolean[] = [];
  for (const id of ['task_1', 'task_1', 'task_1', 'task_2']) {
    await act(async () => {
      outcomes.push((await result.current.run({ id })).done);
    });
  }
  expect(outcomes).toEqual([false, true, true, true]);
  expect(keys[0]).toBe(keys[1]);
  expect(new Set(keys).size).toBe(3);
});

it('what is refused comes back beside its field', async () => {
  const refused = { code: 'studios.evidence_or_reason', field: 'evidenceText', messageZh: '中', messageEn: 'en' };
  keysOf({ data: { closeTask: { userErrors: [refused] } } });
  const { result } = renderHook(() => useCommand(close), { wrapper });
  await act(async () => {
    expect(await result.current.run({ id: 'task_1' })).toEqual({ done: false, errors: [refused] });
  });
  expect(result.current.errors).toEqual([refused]);
});
