import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useMemo, type ReactNode } from 'react';
import { currentHat, wearHat } from '@/shared/gql/client.ts';
import { SignOut, WhoAmI, type HatPartsFragment, type Role, type WhoAmIQuery } from '@/shared/gql/documents.ts';
import { useAsk, useCommand, type Asked } from '@/shared/gql/hooks.ts';

export type Hat = HatPartsFragment;
export type Me = NonNullable<WhoAmIQuery['me']>;

/** Who is signed in, and under which hat everything is asked. */
export interface Session {
  readonly me: Me;
  readonly hat: Hat | null;
  readonly role: Role | null;
  /** Puts on another hat; the pages ask again under it. */
  readonly wear: (grant: string) => void;
  readonly signOut: () => Promise<void>;
}

const SessionContext = createContext<Session | null>(null);

/** The session; only below the gate that made sure of it. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession stands outside the signed-in part of the console');
  return session;
}

/** Who is asking; null data where nobody has signed in. */
export function useWhoAmI(): Asked<WhoAmIQuery> {
  return useAsk(WhoAmI, {}, { keep: true });
}

export function SessionProvider({ me, children }: { me: Me; children: ReactNode }) {
  const client = useQueryClient();
  const { run } = useCommand(SignOut);
  const hat = me.hat ?? me.hats.find((one) => one.grant === currentHat()) ?? me.hats[0] ?? null;

  const wear = useCallback(
    (grant: string) => {
      wearHat(grant);
      // Nothing that was seen under the other hat stays.
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[1] !== WhoAmI.name });
      void client.invalidateQueries();
    },
    [client],
  );
  const signOut = useCallback(async () => {
    await run({});
    wearHat(null);
    client.clear();
    location.assign('/signin');
  }, [client, run]);

  const session = useMemo<Session>(() => ({ me, hat, role: hat?.role ?? null, wear, signOut }), [hat, me, signOut, wear]);
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}
