import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useMemo, type ReactNode } from 'react';
import { ask, currentHat, wearHat } from '@/shared/gql/client.ts';
import { SignOut, WhoAmI, type HatPartsFragment, type Role, type WhoAmIQuery } from '@/shared/gql/documents.ts';
import { useAsk, type Asked } from '@/shared/gql/hooks.ts';
import { newKey } from '@/shared/gql/key.ts';
import { asProblem } from '@/shared/gql/problem.ts';
import { usePick } from '@/shared/i18n';
import { useTell } from '@/shared/ui/Toasts.tsx';

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
  const tell = useTell();
  const pick = usePick();
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
    try {
      // Not a command: once nobody is signed in, nothing is asked again. The door begins anew.
      await ask(SignOut, { input: { idempotencyKey: newKey() } });
      location.assign('/signin');
    } catch (thrown) {
      const { zh, en } = asProblem(thrown);
      tell.bad(pick([zh, en]));
    }
  }, [pick, tell]);

  const session = useMemo<Session>(() => ({ me, hat, role: hat?.role ?? null, wear, signOut }), [hat, me, signOut, wear]);
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
}
