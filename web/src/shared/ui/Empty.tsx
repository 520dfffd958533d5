import type { ReactNode } from 'react';

/** An empty place: what would stand here, and the first step. */
export function Empty({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {hint ? <p>{hint}</p> : null}
      {children ? <div>{children}</div> : null}
    </div>
  );
}
