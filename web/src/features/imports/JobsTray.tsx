import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { Go } from '@/shared/address/keep.tsx';
import { RunningImports } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { useText } from '@/shared/i18n';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { isOver, type Job } from './jobs.ts';
import { Progress } from './Progress.tsx';
import { importTexts } from './texts.ts';
import './imports.css';

/** How often the tray asks while something is under way. */
const often = 1500;

const ends = { CHECKED: 'trayChecked', DONE: 'trayDone', FAULTY: 'trayFaulty', FAILED: 'trayFailed' } as const;

/** Imports under way, wherever one is in the console; it tells when one is over. Nothing stands here while none runs. */
export function JobsTray() {
  const t = useText(importTexts);
  const tell = useTell();
  const { pathname, search } = useLocation();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const watched = useRef<ReadonlySet<string>>(new Set());
  const { data } = useAsk(RunningImports, {}, { every: busy ? often : false });
  const jobs: readonly Job[] = data ? [...(data.tenancy?.nodes ?? []), ...(data.studios?.nodes ?? [])] : [];
  const running = jobs.filter((job) => !isOver(job));
  if (running.length > 0 !== busy) setBusy(running.length > 0);

  useEffect(() => {
    const all = data ? [...(data.tenancy?.nodes ?? []), ...(data.studios?.nodes ?? [])] : [];
    for (const job of all) {
      // The page that shows the import says itself how it ended.
      if (!isOver(job) || !watched.current.has(job.id) || (pathname === '/imports' && search.includes(job.id))) continue;
      const text = t(ends[job.state as keyof typeof ends], { name: job.fileName, faults: job.faults });
      if (job.state === 'FAULTY' || job.state === 'FAILED') tell.bad(text);
      else tell(text);
    }
    watched.current = new Set(all.filter((job) => !isOver(job)).map((job) => job.id));
  }, [data, pathname, search, t, tell]);

  if (running.length === 0) return null;
  return (
    <div
      ref={box}
      className="jobs-tray"
      onBlur={(event) => {
        if (!box.current?.contains(event.relatedTarget)) setOpen(false);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setOpen(false);
      }}
    >
      <button type="button" aria-expanded={open} aria-label={t('trayRunning', { n: running.length })} onClick={() => setOpen((now) => !now)}>
        <i aria-hidden="true" />
        <span className="num">{running.length}</span>
      </button>
      {open ? (
        <div className="card" role="region" aria-label={t('tray')}>
          <ul>
            {running.map((job) => (
              <li key={job.id}>
                <Go to={`/imports?kind=${job.kind}&job=${job.id}`} onClick={() => setOpen(false)}>
                  {job.fileName}
                </Go>
                <Progress job={job} quiet />
              </li>
            ))}
          </ul>
          <Go to="/imports" className="small" onClick={() => setOpen(false)}>
            {t('trayAll')}
          </Go>
        </div>
      ) : null}
    </div>
  );
}
