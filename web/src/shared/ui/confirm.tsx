import { App } from 'antd';
import { useCallback } from 'react';
import { useText } from '@/shared/i18n';
import { texts } from './texts.ts';

interface Question {
  readonly title: string;
  /** What will be gone or ended, by name. */
  readonly gone?: readonly string[];
  readonly hint?: string;
  /** The word on the button: what is done, not "OK". */
  readonly action: string;
  readonly danger?: boolean;
}

/** Asks before what cannot be undone, naming what will be gone. */
export function useConfirm(): (question: Question) => Promise<boolean> {
  const { modal } = App.useApp();
  const t = useText(texts);
  return useCallback(
    ({ title, gone = [], hint, action, danger = true }) =>
      new Promise((resolve) => {
        modal.confirm({
          title,
          content: (
            <>
              {gone.length > 0 ? (
                <>
                  <p>{t('gone')}</p>
                  <ul>
                    {gone.map((one) => (
                      <li key={one}>· {one}</li>
                    ))}
                  </ul>
                </>
              ) : null}
              {hint ? <p className="muted">{hint}</p> : null}
            </>
          ),
          okText: action,
          cancelText: t('cancel'),
          okButtonProps: { danger },
          icon: null,
          autoFocusButton: 'cancel',
          onOk: () => resolve(true),
          onCancel: () => resolve(false),
        });
      }),
    [modal, t],
  );
}
