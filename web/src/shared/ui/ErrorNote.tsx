import { Button } from 'antd';
import { useState } from 'react';
import { usePick, useText } from '@/shared/i18n';
import type { Problem } from '@/shared/gql/problem.ts';
import { copyText } from './copy.ts';
import { texts } from './texts.ts';

function RequestId({ id }: { id: string }) {
  const t = useText(texts);
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void copyText(id).then(setCopied);
  };
  return (
    <>
      <span className="note-id">{t('requestId', { id })}</span>
      <button type="button" className="link-button" onClick={copy}>
        {copied ? t('copied') : t('copyId')}
      </button>
    </>
  );
}

/** What happened, what to do, and the request's id to give to an administrator. */
export function ErrorNote({ problem, again }: { problem: Problem; again?: () => void }) {
  const t = useText(texts);
  const pick = usePick();
  return (
    <div className="note" role="alert">
      <p>{pick([problem.zh, problem.en])}</p>
      <div className="note-actions row">
        {again && !problem.notFound ? (
          <Button size="small" onClick={again}>
            {t('again')}
          </Button>
        ) : null}
        {problem.requestId ? <RequestId id={problem.requestId} /> : null}
      </div>
    </div>
  );
}

/** Most of the page is there; part of it is not. */
export function PartlyNote({ problems, again }: { problems: readonly Problem[]; again?: () => void }) {
  const t = useText(texts);
  const pick = usePick();
  const [first] = problems;
  if (!first) return null;
  return (
    <div className="note mild" role="status">
      <p>
        {t('partly')} {pick([first.zh, first.en])}
      </p>
      <div className="note-actions row">
        {again ? (
          <Button size="small" onClick={again}>
            {t('again')}
          </Button>
        ) : null}
        {first.requestId ? <RequestId id={first.requestId} /> : null}
      </div>
    </div>
  );
}
