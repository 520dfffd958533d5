import { useQueryClient } from '@tanstack/react-query';
import { createClient } from 'graphql-ws';
import { useEffect, useSyncExternalStore } from 'react';
import { consoleHeaders, currentHat, watchHat } from './client.ts';
import { Changed, type ChangedSubscription } from './documents.ts';
import { refresh } from './hooks.ts';

/** Which answers are old when a record of this kind has changed. A kind that is not named here makes all of them old. */
const touched: Readonly<Record<string, readonly string[]>> = {
  task: ['Task', 'TaskHistoryEntry', 'PlanItem', 'Studio'],
  planitem: ['PlanItem', 'Studio'],
  membership: ['StudioMember', 'Studio', 'Grant'],
  studio: ['Studio', 'StudioMember', 'PlanItem', 'Task'],
  studiosession: ['StudioSession', 'Attendance', 'Studio'],
  class: ['HomeroomClass', 'HomeroomAssignment'],
  assignment: ['HomeroomClass', 'HomeroomAssignment'],
  person: ['Person', 'StudioMember', 'HomeroomAssignment'],
  grant: ['Grant', 'Person', 'HatChoice'],
  organisation: ['Organisation', 'OrganisationRef', 'TreeNode', 'OrganisationChange', 'Overview'],
  import: ['ImportJob'],
  figure: ['Figure', 'SubjectFigures', 'Overview', 'TrendPoint', 'FigureRecord'],
  figures: ['Figure', 'SubjectFigures', 'Overview', 'TrendPoint', 'FigureRecord'],
};

/** The types whose answers are old after these kinds of changes; undefined for "all". */
export function typesTouchedBy(kinds: Iterable<string>): readonly string[] | undefined {
  const found = new Set<string>();
  for (const kind of kinds) {
    const types = touched[kind.toLowerCase()];
    if (!types) return undefined;
    types.forEach((type) => found.add(type));
  }
  return [...found];
}

/** How long changes are collected before the page asks again: many at once are one question. */
const gather = 250;

/** Listens to what has changed within the reader's scope, and makes the page ask again for what it shows of it. */
export function useLive(): void {
  const client = useQueryClient();
  const hat = useSyncExternalStore(watchHat, currentHat);
  useEffect(() => {
    const kinds = new Set<string>();
    let timer: number | undefined;
    let interrupted = false;
    const flush = () => {
      timer = undefined;
      const types = typesTouchedBy(kinds);
      kinds.clear();
      void refresh(client, types);
    };
    const socket = createClient({
      url: () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql/ws`,
      connectionParams: consoleHeaders,
      lazy: false,
      keepAlive: 20_000,
      retryAttempts: Infinity,
      retryWait: (retries) => new Promise((resolve) => window.setTimeout(resolve, Math.min(30_000, 500 * 2 ** retries) * (0.75 + Math.random() / 2))),
      // A session that is over is not tried again; the next question finds out and asks to sign in.
      shouldRetry: (event) => !(event instanceof CloseEvent && [4400, 4401, 4403].includes(event.code)),
      onNonLazyError: () => undefined,
      on: {
        closed: () => {
          interrupted = true;
        },
        connected: () => {
          // What changed meanwhile was not heard.
          if (interrupted) void refresh(client);
          interrupted = false;
        },
      },
    });
    const stop = socket.subscribe<ChangedSubscription>(
      { query: Changed.text, operationName: Changed.name },
      {
        next: ({ data }) => {
          if (!data?.changed) return;
          kinds.add(data.changed.kind);
          timer ??= window.setTimeout(flush, gather);
        },
        error: () => undefined,
        complete: () => undefined,
      },
    );
    return () => {
      window.clearTimeout(timer);
      stop();
      // A connection that was still being made may fail now: nobody waits for it.
      void Promise.resolve(socket.dispose()).catch(() => undefined);
    };
  }, [client, hat]);
}
