import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';
import { useText } from '@/shared/i18n';
import { texts } from './texts.ts';

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly bad: boolean;
  readonly undo?: () => void;
}

interface Tell {
  /** Says that something was done, with a way back where there is one. */
  (text: string, undo?: () => void | Promise<unknown>): void;
  readonly bad: (text: string) => void;
}

const TellContext = createContext<Tell>(Object.assign(() => undefined, { bad: () => undefined }));

/** Tells what was done: `tell('已销账', () => reopen())`. */
export function useTell(): Tell {
  return useContext(TellContext);
}

/** Holds the short messages of the whole console; a screen reader hears them. */
export function Toasts({ children }: { children: ReactNode }) {
  const t = useText(texts);
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const count = useRef(0);

  const drop = useCallback((id: number) => setToasts((all) => all.filter((one) => one.id !== id)), []);
  const add = useCallback(
    (toast: Omit<Toast, 'id'>) => {
      const id = ++count.current;
      setToasts((all) => [...all.slice(-2), { ...toast, id }]);
      window.setTimeout(() => drop(id), toast.undo || toast.bad ? 10_000 : 4_000);
    },
    [drop],
  );
  const tell = useMemo<Tell>(
    () =>
      Object.assign(
        (text: string, undo?: () => void | Promise<unknown>) => add({ text, bad: false, ...(undo ? { undo: () => void undo() } : {}) }),
        { bad: (text: string) => add({ text, bad: true }) },
      ),
    [add],
  );

  return (
    <TellContext.Provider value={tell}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div key={toast.id} className={toast.bad ? 'toast bad' : 'toast'}>
            <span className="grow">{toast.text}</span>
            {toast.undo ? (
              <button
                type="button"
                onClick={() => {
                  drop(toast.id);
                  toast.undo?.();
                }}
              >
                {t('undo')}
              </button>
            ) : null}
            <button type="button" aria-label={t('close')} onClick={() => drop(toast.id)}>
              ×
            </button>
          </div>
        ))}
      </div>
    </TellContext.Provider>
  );
}
