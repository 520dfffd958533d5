import { Button } from 'antd';
import { Go } from '@/shared/address/keep.tsx';
import { usePick, useText } from '@/shared/i18n';
import { useDownload } from '@/shared/ui/download.ts';
import { isOver, kindOf, pageOf, serviceOf, type Job } from './jobs.ts';
import { Progress } from './Progress.tsx';
import { importTexts } from './texts.ts';

interface Props {
  readonly job: Job;
  /** Whether the file is still at hand. */
  readonly fileAtHand: boolean;
  readonly busy: boolean;
  readonly onRun: () => void;
}

const sentences = { CHECKED: 'checkedSentence', DONE: 'doneSentence', FAULTY: 'faultySentence', FAILED: 'failedSentence' } as const;

/** What a check or an import came to, and the step that follows from it. */
export function Result({ job, fileAtHand, busy, onRun }: Props) {
  const t = useText(importTexts);
  const pick = usePick();
  const { get, busy: downloading } = useDownload();
  const kind = kindOf(job.kind);
  if (!isOver(job)) {
    return (
      <>
        <Progress job={job} />
        <p className="muted small">{t('leave')}</p>
      </>
    );
  }
  const bad = job.state === 'FAULTY' || job.state === 'FAILED';
  const dry = job.state === 'CHECKED';
  const counts = [
    [t(dry ? 'willCreate' : 'created'), job.created],
    [t(dry ? 'willChange' : 'changed'), job.changed],
    [t('unchanged'), job.unchanged],
    [t('faults'), job.faults],
  ] as const;
  const problem = job.problemZh ? pick([job.problemZh, job.problemEn ?? job.problemZh]) : null;
  const writes = job.created + job.changed;
  return (
    <>
      <p className={bad ? 'job-sentence late' : 'job-sentence'} role="status">
        {t(sentences[job.state as keyof typeof sentences], { name: job.fileName, rows: job.rows, faults: job.faults })}
      </p>
      {problem ? <p>{problem}</p> : null}
      {job.state === 'FAILED' ? null : (
        <dl className="job-counts">
          {counts
            .filter(([, n], index) => n > 0 || (index < 2 && !bad))
            .map(([label, n]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd className="num">{n}</dd>
              </div>
            ))}
        </dl>
      )}
      {job.state === 'FAULTY' && kind ? (
        <>
          <p className="muted">{t('errorHint')}</p>
          <Button type="primary" loading={downloading} onClick={() => void get(`/files/errors/${serviceOf(kind).toLowerCase()}/${job.id}.xlsx`, 'errors.xlsx')}>
            {t('errorFile')}
          </Button>
        </>
      ) : null}
      {dry && writes === 0 ? <p>{t('nothingNew')}</p> : null}
      {dry && writes > 0 && fileAtHand ? (
        <div className="row">
          <Button type="primary" loading={busy} onClick={onRun}>
            {t('run')}
          </Button>
          <span className="muted small">{t('runHint', { n: writes })}</span>
        </div>
      ) : null}
      {dry && writes > 0 && !fileAtHand ? <p className="muted">{t('fileGone')}</p> : null}
      {job.state === 'DONE' && kind ? <Go to={pageOf[kind]}>{t('see')}</Go> : null}
    </>
  );
}
