import { Button } from 'antd';
import { memo, useCallback, useEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type MouseEvent } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { Go, useKept } from '@/shared/address/keep.tsx';
import type { Catalog } from '@/shared/figures/catalogue.ts';
import { faceClass, faceMark, useFaceWords } from '@/shared/figures/FigureFace.tsx';
import { groupWords, unitWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { moveIn } from './move.ts';
import { needCount, type Row } from './need.ts';
import type { School } from './Overview.tsx';
import { overviewTexts } from './texts.ts';

/** Rows drawn at first; more are one press away, so that a large bureau's page opens at once. */
const firstRows = 100;

interface GridProps {
  readonly catalog: Catalog;
  readonly rows: readonly Row<School>[];
  /** The indicator by which the rows are sorted, where not by need. */
  readonly sortedBy: string | null;
  readonly onSort: (number: string) => void;
}

/**
 * Schools × indicators. One stop of the Tab key: arrow keys move through heads and cells, Enter opens a cell or sorts
 * by a head. The row's and the column's heads light up where one is.
 */
export function Grid({ catalog, rows, sortedBy, onSort }: GridProps) {
  const t = useText(overviewTexts);
  const pick = usePick();
  const navigate = useNavigate();
  const keep = useKept();
  const table = useRef<HTMLTableElement>(null);
  const [limit, setLimit] = useState(firstRows);
  const shown = rows.slice(0, limit);
  const columns = catalog.indicators.length;

  const cellAt = (row: number, column: number) => table.current?.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
  const placeOf = (target: EventTarget) => {
    const cell = (target as HTMLElement).closest<HTMLElement>('[data-row]');
    return cell ? { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) } : null;
  };

  const light = (place: { row: number; column: number } | null) => {
    table.current?.querySelectorAll('.on').forEach((one) => one.classList.remove('on'));
    if (!place) return;
    cellAt(0, place.column)?.classList.add('on');
    if (place.row > 0) cellAt(place.row, place.column)?.parentElement?.classList.add('on');
  };
  // The cell that Tab comes back to is the one last used.
  const settle = (row: number, column: number) => {
    const to = cellAt(row, column);
    if (!to) return null;
    table.current?.querySelectorAll<HTMLElement>('[data-row][tabindex="0"]').forEach((one) => {
      one.tabIndex = -1;
    });
    to.tabIndex = 0;
    return to;
  };
  const opened = useLocation().pathname !== '/overview';
  const wasOpened = useRef(opened);
  useEffect(() => {
    if (wasOpened.current && !opened) table.current?.querySelector<HTMLElement>('[data-row][tabindex="0"]')?.focus({ preventScroll: true });
    wasOpened.current = opened;
  }, [opened]);

  const open = useCallback(
    (row: number, column: number) => {
      const indicator = catalog.indicators[column];
      if (!indicator) return;
      if (row === 0) {
        onSort(indicator.number);
        return;
      }
      const school = rows[row - 1]?.school;
      if (!school) return;
      // An indicator without a computed figure is opened by its own number.
      const metric = catalog.leading(indicator)?.id ?? indicator.number;
      void navigate(keep(`/overview/${school.id}/${metric}${location.search}`), { preventScrollReset: true });
    },
    [catalog, keep, navigate, onSort, rows],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const place = placeOf(event.target);
    if (!place) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(place.row, place.column);
      return;
    }
    const next = moveIn(place, event.key, event.ctrlKey, shown.length, columns - 1);
    if (!next) return;
    event.preventDefault();
    settle(next.row, next.column)?.focus();
  };
  const onFocus = (event: FocusEvent) => light(placeOf(event.target));
  const onMove = (event: MouseEvent) => light(placeOf(event.target));
  const onClick = (event: MouseEvent) => {
    const place = placeOf(event.target);
    if (!place) return;
    settle(place.row, place.column);
    open(place.row, place.column);
  };

  return (
    <>
      <div className="grid-scroll">
        <table
          ref={table}
          className="grid"
          role="grid"
          aria-label={`${t('grid')} (${t('gridHint')})`}
          aria-rowcount={rows.length + 2}
          aria-colcount={columns + 2}
          onKeyDown={onKeyDown}
          onFocus={onFocus}
          onMouseOver={onMove}
          onMouseLeave={() => light(null)}
          onClick={onClick}
        >
          <thead>
            <tr role="row">
              <td colSpan={2} role="gridcell" />
              {catalog.groups.map(({ group, indicators }) => (
                <th key={group} scope="colgroup" role="columnheader" colSpan={indicators.length} className="group">
                  {pick(groupWords[group])}
                </th>
              ))}
            </tr>
            <tr role="row">
              <th scope="col" role="columnheader" className="name">
                {t('school')}
              </th>
              <th scope="col" role="columnheader" className="need" title={t('needTitle')}>
                {t('need')}
              </th>
              {catalog.indicators.map((indicator, column) => {
                const sorted = sortedBy === indicator.number;
                return (
                  <th
                    key={indicator.number}
                    scope="col"
                    role="columnheader"
                    className={sorted ? 'number sorted' : 'number'}
                    title={`${indicator.number} ${pick([indicator.nameZh, indicator.nameEn])}`}
                    aria-sort={sorted ? 'other' : undefined}
                    tabIndex={column === 0 ? 0 : -1}
                    data-row={0}
                    data-column={column}
                  >
                    {indicator.number}
                    <span className="visually-hidden"> {pick([indicator.nameZh, indicator.nameEn])}</span>
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <GridRow key={row.school.id} catalog={catalog} row={row} at={index + 1} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > limit ? (
        <p className="grid-note">
          <Button onClick={() => setLimit(rows.length)}>{t('moreRows', { n: rows.length - limit })}</Button>
        </p>
      ) : null}
    </>
  );
}

const GridRow = memo(function GridRow({ catalog, row, at }: { catalog: Catalog; row: Row<School>; at: number }) {
  const t = useText(overviewTexts);
  const pick = usePick();
  const words = useFaceWords();
  const { school, faces, need } = row;
  const count = needCount(need);
  return (
    <tr role="row">
      <th scope="row" role="rowheader" className="name">
        <Go to={`/schools/${school.id}`}>{school.name}</Go>
        <small>{t('studioCount', { n: school.studios?.length ?? 0 })}</small>
      </th>
      <td role="gridcell" className={count > 0 ? 'need some' : 'need'}>
        {count}
      </td>
      {faces.map((face, column) => {
        const indicator = catalog.indicators[column];
        const metric = indicator ? catalog.leading(indicator) : undefined;
        return (
          <td
            key={column}
            role="gridcell"
            className={faceClass(face)}
            aria-label={words(face, metric ? pick(unitWords[metric.unit]) : '')}
            tabIndex={-1}
            data-row={at}
            data-column={column}
          >
            {faceMark(face)}
          </td>
        );
      })}
    </tr>
  );
});
