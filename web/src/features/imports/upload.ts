import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { consoleHeaders } from '@/shared/gql/client.ts';
import { refresh } from '@/shared/gql/hooks.ts';
import { newKey } from '@/shared/gql/key.ts';
import { asProblem, offline, type Problem } from '@/shared/gql/problem.ts';
import { problemOfResponse } from '@/shared/ui/download.ts';
import { serviceOf, type Kind } from './jobs.ts';

interface Sending {
  readonly kind: Kind;
  /** Under which organisation the rows lie. */
  readonly organisation: string;
  readonly file: File;
  readonly dryRun: boolean;
}

/** Sends the file; gives the id of the import that was made for it. */
async function send({ kind, organisation, file, dryRun }: Sending, key: string): Promise<string> {
  const search = new URLSearchParams({ organisation, fileName: file.name, dryRun: String(dryRun), idempotencyKey: key });
  let response: Response;
  try {
    response = await fetch(`/files/imports/${serviceOf(kind).toLowerCase()}/${kind}?${search.toString()}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ...consoleHeaders() },
      body: file,
    });
  } catch {
    throw offline();
  }
  if (!response.ok) throw await problemOfResponse(response);
  return ((await response.json()) as { id: string }).id;
}

/** Sends files to be imported; a try after a lost answer carries the key of the one before. */
export function useUpload() {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [last, setLast] = useState<{ what: Sending; key: string } | null>(null);

  const upload = useCallback(
    async (what: Sending): Promise<string | null> => {
      const same = last !== null && (['kind', 'organisation', 'file', 'dryRun'] as const).every((part) => last.what[part] === what[part]);
      const key = same ? last.key : newKey();
      setLast({ what, key });
      setBusy(true);
      setProblem(null);
      try {
        const id = await send(what, key);
        setLast(null);
        await refresh(client, ['ImportJob']);
        return id;
      } catch (thrown) {
        setProblem(asProblem(thrown));
        return null;
      } finally {
        setBusy(false);
      }
    },
    [client, last],
  );
  const clear = useCallback(() => setProblem(null), []);
  return { upload, busy, problem, clear };
}
