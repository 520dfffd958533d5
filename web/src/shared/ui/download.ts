import { useCallback, useState } from 'react';
import { consoleHeaders } from '@/shared/gql/client.ts';
import { offline, Problem, strange } from '@/shared/gql/problem.ts';
import { usePick, useText } from '@/shared/i18n';
import { texts } from './texts.ts';
import { useTell } from './Toasts.tsx';

interface WireFault {
  code?: string;
  messageZh?: string;
  messageEn?: string;
  requestId?: string;
}

/** What a refused request to /files says. */
export async function problemOfResponse(response: Response): Promise<Problem> {
  const requestId = response.headers.get('x-request-id') ?? '';
  try {
    const body = (await response.json()) as WireFault & { error?: WireFault };
    const fault = body.error ?? body;
    if (fault.code && fault.messageZh) return new Problem(fault.code, fault.messageZh, fault.messageEn ?? fault.messageZh, fault.requestId ?? requestId);
  } catch {
    // Not ours: the status says all there is to say.
  }
  return strange(response.status, requestId);
}

/** A file under the reader's own hat, saved under the name that the server gives it. */
export async function download(path: string, otherwise: string): Promise<void> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', headers: consoleHeaders() });
  } catch {
    throw offline();
  }
  if (!response.ok) throw await problemOfResponse(response);
  const name = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name ? decodeURIComponent(name) : otherwise;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Downloads with a word about what went wrong. */
export function useDownload(): { get: (path: string, otherwise: string) => Promise<void>; busy: boolean } {
  const [busy, setBusy] = useState(false);
  const tell = useTell();
  const t = useText(texts);
  const pick = usePick();
  const get = useCallback(
    async (path: string, otherwise: string) => {
      setBusy(true);
      try {
        await download(path, otherwise);
      } catch (thrown) {
        const reason = thrown instanceof Problem ? pick([thrown.zh, thrown.en]) : String(thrown);
        tell.bad(t('exportFailed', { reason }));
      } finally {
        setBusy(false);
      }
    },
    [pick, t, tell],
  );
  return { get, busy };
}

/** The address of a list's .xlsx: the same filter as on the page. */
export function exportPath(list: string, filter: object, asOf?: string | null): string {
  const search = new URLSearchParams({ filter: JSON.stringify(filter) });
  if (asOf) search.set('asOf', asOf);
  return `/files/exports/${list}.xlsx?${search.toString()}`;
}
