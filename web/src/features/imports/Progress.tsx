import { useText } from '@/shared/i18n';
import { percentOf, type Job } from './jobs.ts';
import { importTexts } from './texts.ts';

/** How far an import has come. */
export function Progress({ job, quiet = false }: { job: Job; quiet?: boolean }) {
  const t = useText(importTexts);
  const percent = percentOf(job);
  const words = { name: job.fileName, done: job.rowsDone, rows: job.rows };
  const text = job.state === 'QUEUED' ? t('queued') : percent === null ? t('reading', words) : t(job.dryRun ? 'checking' : 'writing', words);
  return (
    <div className="job-progress">
      <span className={quiet ? 'muted small num' : 'num'}>{text}</span>
      <progress aria-label={`${job.fileName} ${text}`} max={100} {...(percent === null ? {} : { value: percent })} />
    </div>
  );
}
