import { Button } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import type { Direction, ListAddress } from '@/shared/address/list.ts';
import { useText } from '@/shared/i18n';
import { Choice } from './Choice.tsx';
import { useDownload } from './download.ts';
import { usePhone } from './media.ts';
import { Skeleton } from './Skeletons.tsx';
import { texts } from './texts.ts';
import './table.css';

/** A column; the first one names the row and holds its link. */
export interface Column<Row, Sort extends string = string> {
  readonly key: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** The server sorts by this. */
  readonly sort?: Sort;
  /** Which way a first press sorts. */
  readonly first?: Direction;
  readonly number?: boolean;
  /** What can be done with the row: stands without a name at the end of a phone's card. */
  readonly action?: boolean;
  /** Not shown on a phone's card. */
  readonly wide?: boolean;
}

interface TableProps<Row, Sort extends string> {
  /** What the table holds, for those who hear it. */
  readonly caption: string;
  readonly columns: readonly Column<Row, Sort>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly list?: ListAddress<Sort>;
  /** What stands here when there are no rows. */
  readonly empty: ReactNode;
  readonly busy?: boolean;
}

/** Rows in columns; on a phone each row is a card. */
export function Table<Row, Sort extends string = string>({ caption, columns, rows, rowKey, list, empty, busy }: TableProps<Row, Sort>) {
  const phone = usePhone();
  const t = useText(texts);
  if (rows.length === 0) return <div className="card">{empty}</div>;
  if (phone) return <Cards caption={caption} columns={columns} rows={rows} rowKey={rowKey} />;
  return (
    <div className="card table-card" aria-busy={busy}>
      <table className="table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => {
              const { sort } = column;
              const sorted = list !== undefined && sort !== undefined && list.sort === sort;
              const down = list?.direction === 'DESCENDING';
              return (
                <th key={column.key} scope="col" className={column.number ? 'number' : undefined} aria-sort={sorted ? (down ? 'descending' : 'ascending') : undefined}>
                  {list && sort !== undefined ? (
                    <button type="button" className="sort" title={t('sortBy', { name: column.title })} onClick={() => list.sortBy(sort, column.first)}>
                      {column.title}
                      <span aria-hidden="true">{sorted ? (down ? '\u00a0↓' : '\u00a0↑') : '\u00a0↕'}</span>
                    </button>
                  ) : (
                    column.title
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.key} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={column.number ? 'number' : undefined}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards<Row, Sort extends string>({ caption, columns, rows, rowKey }: Pick<TableProps<Row, Sort>, 'caption' | 'columns' | 'rows' | 'rowKey'>) {
  const [head, ...rest] = columns;
  return (
    <ul className="cards card" aria-label={caption}>
      {rows.map((row) => (
        <li key={rowKey(row)}>
          <div className="cards-head">{head?.cell(row)}</div>
          <dl>
            {rest
              .filter((column) => !column.wide && !column.action)
              .map(({ key, title, cell }) => ({ key, title, shown: cell(row) }))
              // What a row does not have needs no label on its card.
              .filter(({ shown }) => shown !== null && shown !== '')
              .map(({ key, title, shown }) => (
                <div key={key}>
                  <dt>{title}</dt>
                  <dd>{shown}</dd>
                </div>
              ))}
          </dl>
          {rest
            .filter((column) => column.action)
            .map(({ key, cell }) => ({ key, shown: cell(row) }))
            .filter(({ shown }) => shown !== null)
            .map(({ key, shown }) => (
              <div key={key} className="cards-do">
                {shown}
              </div>
            ))}
        </li>
      ))}
    </ul>
  );
}

/** What a list's answer says about its page. */
export interface PageOf {
  readonly hasNextPage: boolean;
  readonly endCursor?: string | null;
  readonly totalCount: number;
}

/** How far a total is counted; beyond it the page says "more than". */
const counted = 10_000;

/** Previous and next, and how many there are in all. */
export function Pager<Sort extends string>({ list, page }: { list: ListAddress<Sort>; page: PageOf }) {
  const t = useText(texts);
  const total = page.totalCount >= counted ? t('totalMore', { n: counted }) : t('total', { n: page.totalCount });
  const alone = list.place.page === 1 && !page.hasNextPage;
  const known = list.place.page <= 2 || list.place.before.length > 0;
  return (
    <nav className="pager no-print" aria-label={t('pages')}>
      <span className="muted small num">{total}</span>
      {alone ? null : (
        <span className="row">
          <Button size="small" disabled={list.place.page === 1} onClick={list.previous}>
            {known ? t('previous') : t('first')}
          </Button>
          <span className="small num">{t('page', { page: list.place.page })}</span>
          <Button
            size="small"
            disabled={!page.hasNextPage || !page.endCursor}
            onClick={() => {
              if (page.endCursor) list.next(page.endCursor);
            }}
          >
            {t('next')}
          </Button>
        </span>
      )}
    </nav>
  );
}

/** A search field that writes to the address once the typing rests. */
export function SearchField<Sort extends string>({ list, label, name = 'q' }: { list: ListAddress<Sort>; label: string; name?: string }) {
  const inAddress = list.get(name) ?? '';
  const [typed, setTyped] = useState(inAddress);
  const { set } = list;
  // The address may change by itself: back, or a link.
  const [seen, setSeen] = useState(inAddress);
  if (seen !== inAddress) {
    setSeen(inAddress);
    setTyped(inAddress);
  }
  useEffect(() => {
    if (typed.trim() === inAddress) return;
    const timer = window.setTimeout(() => set({ [name]: typed.trim() || null }), 300);
    return () => window.clearTimeout(timer);
  }, [inAddress, name, set, typed]);
  return <input type="search" className="search-field" aria-label={label} placeholder={label} maxLength={60} value={typed} onChange={(event) => setTyped(event.target.value)} />;
}

interface ListProps<Row, Sort extends string> extends TableProps<Row, Sort> {
  readonly list: ListAddress<Sort>;
  /** Nothing has come yet. */
  readonly loading: boolean;
  readonly page?: PageOf | undefined;
  /** The search field's name; none where the list cannot be searched. */
  readonly search?: string;
  readonly filters?: ReactNode;
  /** The address of the list as .xlsx. */
  readonly exportPath?: string;
}

/** A list: search, filters, sorting, its table, its pages and its export. All of it is in the address. */
export function DataTable<Row, Sort extends string>({ list, loading, page, search, filters, exportPath, ...table }: ListProps<Row, Sort>) {
  const t = useText(texts);
  const phone = usePhone();
  const { get, busy } = useDownload();
  const sortable = table.columns.filter((column) => column.sort !== undefined);
  return (
    <div>
      <div className="list-tools row no-print" role="search" aria-label={table.caption}>
        {search ? <SearchField list={list} label={search} /> : null}
        {filters}
        {phone && sortable.length > 0 ? (
          <Choice
            label={t('sortLabel')}
            value={`${list.sort}/${list.direction}`}
            options={sortable.flatMap((column) =>
              (['ASCENDING', 'DESCENDING'] as const).map((way) => ({ value: `${column.sort}/${way}`, label: `${column.title} ${way === 'ASCENDING' ? '↑' : '↓'}` })),
            )}
            onChange={(value) => {
              const [sort = '', way] = (value ?? '').split('/');
              list.set({ sort, way: way === 'DESCENDING' ? 'down' : 'up' });
            }}
          />
        ) : null}
        {exportPath ? (
          <Button className="list-export" loading={busy} onClick={() => void get(exportPath, `${table.caption}.xlsx`)}>
            {t('export')}
          </Button>
        ) : null}
      </div>
      {loading ? (
        <div className="card">
          <Skeleton lines={8} />
        </div>
      ) : (
        <Table {...table} list={list} />
      )}
      {page ? <Pager list={list} page={page} /> : null}
    </div>
  );
}
