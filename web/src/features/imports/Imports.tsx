import { Button } from 'antd';
import { useState } from 'react';
import { useList } from '@/shared/address/list.ts';
import { useText } from '@/shared/i18n';
import { OrganisationPicker } from '@/shared/pickers/OrganisationPicker.tsx';
import { atBureau } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { useDownload } from '@/shared/ui/download.ts';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { Page, Section } from '@/shared/ui/Page.tsx';
import { Skeleton } from '@/shared/ui/Skeletons.tsx';
import { FileDrop } from './FileDrop.tsx';
import { kindOf, kindsFor, serviceOf, type Kind } from './jobs.ts';
import { Past } from './Past.tsx';
import { Result } from './Result.tsx';
import { importTexts } from './texts.ts';
import { useUpload } from './upload.ts';
import { useJob } from './useJob.ts';
import './imports.css';

/** Imports come newest first, and in no other way. */
const sorts = ['ASKED_AT'] as const;

/** Which spreadsheet comes in, and is it in order? */
export function Component() {
  const t = useText(importTexts);
  const { hat, role } = useSession();
  const list = useList(sorts);
  const bureau = atBureau(role);
  const offered = kindsFor(role);
  const asks = kindOf(list.get('kind'));
  const kind: Kind = asks && offered.includes(asks) ? asks : (offered[0] ?? 'people');
  const organisation = list.get('to') ?? hat?.organisation.id ?? null;
  const jobId = list.get('job');
  const { get, busy: downloading } = useDownload();
  const { upload, busy, problem, clear } = useUpload();
  const [file, setFile] = useState<File | null>(null);
  const { job, asked } = useJob(serviceOf(kind), jobId);

  const choose = (next: Kind) => {
    setFile(null);
    clear();
    list.set({ kind: next, job: null, of: null });
  };
  const start = async (sent: File, dryRun: boolean) => {
    if (!organisation) return;
    const id = await upload({ kind, organisation, file: sent, dryRun });
    if (id) list.set({ kind, job: id });
  };
  const onFile = (next: File) => {
    setFile(next);
    list.set({ kind, job: null });
    void start(next, true);
  };
  const running = busy || (job !== null && (job.state === 'QUEUED' || job.state === 'RUNNING'));

  return (
    <Page title={t('imports')} sentence={t('sentence')} sub={t('sub')}>
      <Section title={t('stepKind')} extra={<span className="muted small">{t('order')}</span>}>
        <div className="import-kinds" role="radiogroup" aria-label={t('stepKind')}>
          {offered.map((one) => (
            <label key={one} className={one === kind ? 'card chosen' : 'card'}>
              <input type="radio" name="kind" value={one} checked={one === kind} disabled={running} onChange={() => choose(one)} />
              <span>
                <strong>{t(one)}</strong>
                <span className="muted small">{t(`${one}Hint`)}</span>
              </span>
            </label>
          ))}
        </div>
      </Section>
      <div className="import-steps">
        <Section title={t('stepFile')}>
          <div className="card import-card">
            <div className="row">
              <Button
                loading={downloading}
                  onClick={() => void get(`/files/templates/${serviceOf(kind).toLowerCase()}/${kind}.xlsx`, `${t(kind)}.xlsx`)}
              >
                {t('template')}
              </Button>
              <span className="muted small grow">{t('templateHint')}</span>
            </div>
            {bureau ? (
              <label className="import-under">
                <span>{t('under')}</span>
                <OrganisationPicker label={t('under')} value={organisation} clearable={false} disabled={running} onChange={(id) => list.set({ kind, to: id, job: null })} />
              </label>
            ) : (
              <p>{t('underFixed', { name: hat?.organisation.name ?? '' })}</p>
            )}
            <FileDrop key={kind} file={file} onFile={onFile} disabled={running || !organisation} />
          </div>
        </Section>
        <Section title={t('stepResult')}>
          <div className="card import-card" aria-live="polite">
            {busy && file && !job ? <p>{t('uploading', { name: file.name })}</p> : null}
            {problem ? <ErrorNote problem={problem} {...(file ? { again: () => void start(file, job?.state !== 'CHECKED') } : {})} /> : null}
            {asked.problem && jobId ? <ErrorNote problem={asked.problem} again={asked.again} /> : null}
            {job ? <Result job={job} fileAtHand={file !== null} busy={busy} onRun={() => (file ? void start(file, false) : undefined)} /> : null}
            {!job && jobId && asked.loading ? <Skeleton lines={3} /> : null}
            {!job && !jobId && !busy && !problem ? <p className="muted">{t('waiting')}</p> : null}
          </div>
        </Section>
      </div>
      <Past list={list} service={list.get('of') === 'studios' ? 'STUDIOS' : list.get('of') === 'tenancy' ? 'TENANCY' : serviceOf(kind)} />
    </Page>
  );
}
