import { keepPreviousData, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState, useSyncExternalStore } from 'react';
import { ask, currentHat, watchHat, type Answer } from './client.ts';
import type { AnyDocument, Document } from './document.ts';
import { newKey } from './key.ts';
import { asProblem, type Problem } from './problem.ts';

/** What a page gets of a query. */
export interface Asked<Result> {
  readonly data: Result | undefined;
  /** Nothing came at all. */
  readonly problem: Problem | null;
  /** Parts that did not come. */
  readonly problems: readonly Problem[];
  /** Nothing to show yet. */
  readonly loading: boolean;
  /** What is shown is being asked for again. */
  readonly refreshing: boolean;
  readonly again: () => void;
}

interface Options {
  /** Not asked while false. */
  readonly when?: boolean;
  /** Keeps the last answer on the page while another page or filter of the same list is under way. */
  readonly keep?: boolean;
  /** Asked again after so many milliseconds, for work in progress. */
  readonly every?: number | false;
  /** Never old by itself: catalogues. */
  readonly still?: boolean;
}

const none: readonly Problem[] = [];

/** Asks a query; live changes make it ask again (see live.ts). */
export function useAsk<Result, Variables>(
  document: Document<Result, Variables>,
  variables: Variables,
  { when = true, keep = false, every = false, still = false }: Options = {},
): Asked<Result> {
  const hat = useSyncExternalStore(watchHat, currentHat);
  const query = useQuery<Answer<Result>, Error>({
    queryKey: ['gql', document.name, hat, variables],
    queryFn: ({ signal }) => ask(document, variables, signal),
    enabled: when,
    meta: { types: document.types },
    refetchInterval: every,
    ...(still ? { staleTime: Infinity } : {}),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  });
  const { refetch } = query;
  const again = useCallback(() => void refetch(), [refetch]);
  return {
    data: query.data?.data,
    problem: query.error && !query.data ? asProblem(query.error) : null,
    problems: query.error && query.data ? [asProblem(query.error)] : (query.data?.problems ?? none),
    loading: query.isPending && when,
    refreshing: query.isFetching && !query.isPending,
    again,
  };
}

/** One thing that a mutation refused, beside its field where it has one. */
export interface UserError {
  readonly code: string;
  readonly field?: string | null;
  readonly messageZh: string;
  readonly messageEn: string;
}

/** What a command came to. */
export type Outcome<Payload> =
  | { readonly done: true; readonly payload: Payload }
  | { readonly done: false; readonly errors: readonly UserError[] };

type PayloadOf<Result> = NonNullable<Result[keyof Result]>;
type InputOf<Variables> = Variables extends { input: infer Input } ? Omit<Input, 'idempotencyKey'> : never;

/** Makes the answers that hold these types old; all of them where no types are named. */
export function refresh(client: QueryClient, types?: readonly string[]): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ meta }) => {
      const held = meta?.['types'] as readonly string[] | undefined;
      return !types || !held || held.some((type) => types.includes(type));
    },
  });
}

/**
 * One mutation, with its idempotency key: a second press, or a try after a lost answer, carries the first one's key as
 * long as the input is the same, so that its effect happens once.
 */
export function useCommand<Result, Variables>(document: Document<Result, Variables>) {
  const client = useQueryClient();
  const last = useRef<{ body: string; key: string } | null>(null);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const mutation = useMutation<Answer<Result>, Error, InputOf<Variables>>({
    mutationFn: (input) => {
      const body = JSON.stringify(input);
      if (last.current?.body !== body) last.current = { body, key: newKey() };
      const whole = document.keyed ? { ...input, idempotencyKey: last.current.key } : input;
      return ask(document, { input: whole } as Variables);
    },
  });
  const { mutateAsync, reset } = mutation;

  const run = useCallback(
    async (input: InputOf<Variables>): Promise<Outcome<PayloadOf<Result>>> => {
      setErrors([]);
      let answer: Answer<Result>;
      try {
        answer = await mutateAsync(input);
      } catch (thrown) {
        const { code, zh, en, requestId } = asProblem(thrown);
        const id = requestId ? ` (${requestId})` : '';
        const found = [{ code, field: null, messageZh: zh + id, messageEn: en + id }];
        setErrors(found);
        return { done: false, errors: found };
      }
      const payload = Object.values(answer.data as Record<string, unknown>)[0] as PayloadOf<Result>;
      const refused = (payload as { userErrors?: readonly UserError[] }).userErrors ?? [];
      // The key is spent: the same input sent after this is another wish.
      last.current = null;
      setErrors(refused);
      // Somebody else was first: what the page shows is old.
      if (refused.some(({ code }) => code === 'platform.stale')) void refresh(client);
      if (refused.length > 0) return { done: false, errors: refused };
      await refresh(client);
      return { done: true, payload };
    },
    [client, mutateAsync],
  );
  const clear = useCallback(() => {
    reset();
    setErrors([]);
  }, [reset]);
  return { run, errors, busy: mutation.isPending, clear };
}

/** Asks for a page before it is opened. */
export function usePrefetch() {
  const client = useQueryClient();
  return useCallback(
    (document: AnyDocument, variables: unknown) =>
      void client.prefetchQuery({
        queryKey: ['gql', document.name, currentHat(), variables],
        queryFn: ({ signal }) => ask(document, variables, signal),
        meta: { types: document.types },
        staleTime: 10_000,
      }),
    [client],
  );
}
