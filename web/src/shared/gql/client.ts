import type { Document } from './document.ts';
import { offline, Problem, strange } from './problem.ts';

/** An answer: its data, and what could not be had of it. */
export interface Answer<Result> {
  readonly data: Result;
  readonly problems: readonly Problem[];
}

interface WireError {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; requestId?: string; messageZh?: string; messageEn?: string };
}

interface WireAnswer {
  data?: Record<string, unknown> | null;
  errors?: WireError[];
  extensions?: { requestId?: string };
}

let hat: string | null = sessionStorage.getItem('banlian-hat');

/** The grant under which every request is made; kept for this tab only, so that two tabs may wear two hats. */
export function currentHat(): string | null {
  return hat;
}

const watchers = new Set<() => void>();

/** Calls back when another hat is put on. */
export function watchHat(tell: () => void): () => void {
  watchers.add(tell);
  return () => watchers.delete(tell);
}

export function wearHat(grant: string | null): void {
  hat = grant;
  if (grant === null) sessionStorage.removeItem('banlian-hat');
  else sessionStorage.setItem('banlian-hat', grant);
  watchers.forEach((tell) => tell());
}

/** The headers that say: from the console, under this hat. */
export function consoleHeaders(): Record<string, string> {
  return hat === null ? { 'banlian-console': '1' } : { 'banlian-console': '1', 'banlian-hat': hat };
}

function problemOf(error: WireError, requestId: string): Problem {
  const { code = 'platform.internal', messageZh = error.message, messageEn = error.message } = error.extensions ?? {};
  return new Problem(code, messageZh, messageEn, error.extensions?.requestId ?? requestId, error.path ?? []);
}

async function post(body: unknown, signal?: AbortSignal): Promise<{ answer: WireAnswer; status: number; requestId: string }> {
  let response: Response;
  try {
    response = await fetch('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...consoleHeaders() },
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw offline();
  }
  const requestId = response.headers.get('x-request-id') ?? '';
  let answer: WireAnswer;
  try {
    answer = (await response.json()) as WireAnswer;
  } catch {
    throw strange(response.status, requestId);
  }
  return { answer, status: response.status, requestId };
}

/** Documents whose hash this gateway does not know: its build is not the one that made this page. */
const unknown = new Set<string>();

/**
 * Asks the gateway. A document goes as its hash; a gateway that does not know it (another build, or development) gets
 * the text. Throws where nothing came; what is missing from an answer is among its problems.
 */
export async function ask<Result, Variables>(
  document: Document<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Answer<Result>> {
  const rest = { operationName: document.name, variables };
  const full = { query: document.text, ...rest };
  const short = { ...rest, extensions: { persistedQuery: { version: 1, sha256Hash: document.hash } } };
  const byHash = !import.meta.env.DEV && !unknown.has(document.hash);
  let came = await post(byHash ? short : full, signal);
  if (byHash && came.answer.errors?.some((error) => error.extensions?.code === 'gateway.document_unknown')) {
    unknown.add(document.hash);
    came = await post(full, signal);
  }
  const { answer, status, requestId } = came;
  const problems = (answer.errors ?? []).map((error) => problemOf(error, answer.extensions?.requestId ?? requestId));
  const empty = !answer.data || Object.values(answer.data).every((value) => value === null);
  if (empty && problems[0]) throw problems[0];
  if (!answer.data) throw strange(status, requestId);
  return { data: answer.data as Result, problems };
}
