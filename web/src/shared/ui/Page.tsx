import { createContext, useContext, useEffect, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { Go } from '@/shared/address/keep.tsx';
import type { Asked } from '@/shared/gql/hooks.ts';
import { usePick } from '@/shared/i18n';
import { ErrorNote, PartlyNote } from './ErrorNote.tsx';
import { PageSkeleton } from './Skeletons.tsx';
import './page.css';

/** A step of "where I am"; the last one, without an address, is this page. */
export interface Step {
  readonly label: string;
  readonly to?: string;
}

/** Where the frame shows the trail; the frame gives the element. */
export const TrailSlot = createContext<HTMLElement | null>(null);

function Trail({ steps }: { steps: readonly Step[] }) {
  const slot = useContext(TrailSlot);
  if (!slot) return null;
  return createPortal(
    steps.map((step, index) => (
      <li key={index} aria-current={step.to === undefined ? 'page' : undefined}>
        {step.to === undefined ? step.label : <Go to={step.to}>{step.label}</Go>}
      </li>
    )),
    slot,
  );
}

interface PageProps {
  /** The page's name, for the window's title and the trail. */
  readonly title: string;
  /** The answer to the page's question, in a sentence; the title where there is none. */
  readonly sentence?: ReactNode;
  /** Under the sentence: as of when, sorted by what. */
  readonly sub?: ReactNode;
  /** The steps above this page: bureau → school → studio. */
  readonly above?: readonly Step[];
  /** One primary button at most. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** A page: its sentence, then picture, table and records. */
export function Page({ title, sentence, sub, above = [], actions, children }: PageProps) {
  const pick = usePick();
  const brand = pick(['班联', 'Banlian']);
  useEffect(() => {
    document.title = `${title} · ${brand}`;
  }, [brand, title]);
  return (
    <>
      <Trail steps={[...above, { label: title }]} />
      <div className="page-head">
        <div className="grow">
          <h1>{sentence ?? title}</h1>
          {sub ? <div className="page-sub">{sub}</div> : null}
        </div>
        {actions ? <div className="page-actions row no-print">{actions}</div> : null}
      </div>
      {children}
    </>
  );
}

/** A page whose sentence waits for its data: a skeleton first, an error with what to do, then the page. */
export function AskedPage<T>({ asked, title, above, children }: { asked: Asked<T>; title: string; above?: readonly Step[]; children: (data: T) => ReactNode }) {
  if (asked.data !== undefined) {
    return (
      <>
        <PartlyNote problems={asked.problems} again={asked.again} />
        {children(asked.data)}
      </>
    );
  }
  return (
    <Page title={title} {...(above ? { above } : {})}>
      {asked.problem ? <ErrorNote problem={asked.problem} again={asked.again} /> : <PageSkeleton />}
    </Page>
  );
}

/** A part of a page under its own heading. */
export function Section({ title, extra, children, id }: { title: ReactNode; extra?: ReactNode; children: ReactNode; id?: string }) {
  return (
    <section className="section" {...(id ? { id } : {})}>
      <div className="section-head">
        <h2>{title}</h2>
        {extra ? <div className="row no-print">{extra}</div> : null}
      </div>
      {children}
    </section>
  );
}

/** Names and values: the facts of a record. */
export function Facts({ items }: { items: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className="facts card">
      {items.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

