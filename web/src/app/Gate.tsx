import { useEffect } from 'react';
import { Navigate, useLocation } from 'react-router';
import { currentHat, wearHat } from '@/shared/gql/client.ts';
import { useText } from '@/shared/i18n';
import { SessionProvider, useSession, useWhoAmI } from '@/shared/session/session.tsx';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { PageSkeleton } from '@/shared/ui/Skeletons.tsx';
import { Frame } from './Frame.tsx';
import { homeOf } from './nav.ts';
import { appTexts } from './texts.ts';

/** Lets in who has signed in; others sign in first and come back to where they wanted to go. */
export function Gate() {
  const { data, problem, again } = useWhoAmI();
  const { pathname, search } = useLocation();
  const lostHat = problem !== null && !problem.signedOut && !problem.passing && currentHat() !== null;

  // A grant that was taken back is no hat any more: go on under the first that is left.
  useEffect(() => {
    if (lostHat) wearHat(null);
  }, [lostHat]);

  if (problem?.signedOut || (data && !data.me)) return <Navigate to={`/signin?next=${encodeURIComponent(pathname + search)}`} replace />;
  if (problem?.mustChangePassword || data?.me?.mustChangePassword) return <Navigate to="/signin/password" replace />;
  if (data?.me) {
    return (
      <SessionProvider me={data.me}>
        <Frame />
      </SessionProvider>
    );
  }
  return <div className="alone-page">{problem ? <ErrorNote problem={problem} again={again} /> : <PageSkeleton />}</div>;
}

/** The first page of whoever comes. */
export function Home() {
  const t = useText(appTexts);
  const { hat } = useSession();
  if (!hat) return <Empty title={t('noHat')} hint={t('noHatHint')} />;
  return <Navigate to={homeOf(hat)} replace />;
}
