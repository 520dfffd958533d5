import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { OneImport, type ImportService } from '@/shared/gql/documents.ts';
import { refresh, useAsk, type Asked } from '@/shared/gql/hooks.ts';
import { isOver, type Job } from './jobs.ts';

/** How often work in progress is asked for. */
const often = 800;

/** An import, asked for again and again until it is over. */
export function useJob(service: ImportService, id: string | null): { job: Job | null; asked: Asked<unknown> } {
  const [over, setOver] = useState<string | null>(null);
  const asked = useAsk(OneImport, { service, id: id ?? '' }, { when: id !== null, every: over === id ? false : often });
  const client = useQueryClient();
  const job = asked.data?.import ?? null;
  if (job && job.id === id && isOver(job) && over !== id) setOver(id);
  // The list below and the tray above hold it as well; and what came in is seen on every page.
  useEffect(() => {
    if (over !== null) void refresh(client);
  }, [client, over]);
  return { job: job?.id === id ? job : null, asked };
}
