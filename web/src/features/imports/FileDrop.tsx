import { useId, useState } from 'react';
import { useText } from '@/shared/i18n';
import { fileFault, sizeText } from './jobs.ts';
import { importTexts } from './texts.ts';

interface Props {
  readonly file: File | null;
  readonly onFile: (file: File) => void;
  readonly disabled: boolean;
}

/** Takes one .xlsx, dropped or chosen; says at once what cannot be taken. */
export function FileDrop({ file, onFile, disabled }: Props) {
  const t = useText(importTexts);
  const hint = useId();
  const [over, setOver] = useState(false);
  const [fault, setFault] = useState<ReturnType<typeof fileFault>>(null);
  const take = (next: File | undefined) => {
    if (!next || disabled) return;
    const found = fileFault(next);
    setFault(found);
    if (!found) onFile(next);
  };
  return (
    <>
      <label
        className={over ? 'file-drop over' : 'file-drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files[0]);
        }}
      >
        <input
          type="file"
          className="visually-hidden"
          accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          aria-label={t('dropLabel')}
          aria-describedby={hint}
          aria-invalid={fault !== null}
          disabled={disabled}
          onChange={(event) => {
            take(event.target.files?.[0]);
            // The same file, corrected, may be chosen again.
            event.target.value = '';
          }}
        />
        {file ? (
          <>
            <strong>{t('chosen', { name: file.name, size: sizeText(file.size) })}</strong>
            <span className="file-drop-link">{t('dropAgain')}</span>
          </>
        ) : (
          <strong>{t('drop')}</strong>
        )}
      </label>
      <p id={hint} className={fault ? 'late small' : 'muted small'} role={fault ? 'alert' : undefined}>
        {fault ? t(fault) : t('dropHint')}
      </p>
    </>
  );
}
