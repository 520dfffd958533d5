import { Button } from 'antd';
import { useState } from 'react';
import { asProblem } from '@/shared/gql/problem.ts';
import { usePick, useText } from '@/shared/i18n';
import { today } from '@/shared/i18n/dates.ts';
import { texts } from './texts.ts';
import { useTell } from './Toasts.tsx';
import { save, workbook, xlsxType, type Cell } from './xlsx.ts';

/** How many rows an export holds at most. */
const most = 5_000;

/** A page of a list, and the cursor of the next. */
export interface ExportedPage<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

interface Props<Row> {
  /** The name of the list, its sheet and its file. */
  readonly title: string;
  readonly head: readonly string[];
  readonly page: (after: string | null) => Promise<ExportedPage<Row>>;
  readonly row: (row: Row) => readonly Cell[];
}

/** All pages of a list as an .xlsx, for lists that the console joins from several services and none exports whole. */
export function ExportPages<Row>({ title, head, page, row }: Props<Row>) {
  const c = useText(texts);
  const pick = usePick();
  const tell = useTell();
  const [busy, setBusy] = useState(false);

  const make = async () => {
    setBusy(true);
    try {
      const rows: (readonly Cell[])[] = [];
      let after: string | null = null;
      do {
        const came: ExportedPage<Row> = await page(after);
        rows.push(...came.rows.map(row));
        after = came.next;
      } while (after !== null && rows.length < most);
      save(await workbook(title, [head, ...rows]), xlsxType, `${title} ${today()}.xlsx`);
      if (after !== null) tell(c('exportCut', { n: rows.length }));
    } catch (thrown) {
      const { zh, en } = asProblem(thrown);
      tell.bad(c('exportFailed', { reason: pick([zh, en]) }));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button loading={busy} onClick={() => void make()}>
      {c('export')}
    </Button>
  );
}

/** The rows of a list that stands whole on the page, as an .xlsx. */
export function ExportRows<Row>({ rows, ...list }: Omit<Props<Row>, 'page'> & { readonly rows: readonly Row[] }) {
  return <ExportPages {...list} page={() => Promise.resolve({ rows, next: null })} />;
}

/** What a connection gave, as a page of an export. */
export function exported<Row>(found: { readonly nodes: readonly Row[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null } } | null | undefined): ExportedPage<Row> {
  return { rows: found?.nodes ?? [], next: found?.pageInfo.hasNextPage ? (found.pageInfo.endCursor ?? null) : null };
}
