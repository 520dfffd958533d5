import { Button } from 'antd';
import type { Catalog } from '@/shared/figures/catalogue.ts';
import { faceMark, useFaceWords } from '@/shared/figures/FigureFace.tsx';
import { today } from '@/shared/i18n/dates.ts';
import { usePick, useText } from '@/shared/i18n';
import { save, workbook, xlsxType, type Cell } from '@/shared/ui/xlsx.ts';
import { needCount, type Row } from './need.ts';
import type { School } from './Overview.tsx';
import { overviewTexts } from './texts.ts';

/** The grid as it is shown, for the phone calls: what has no value says why in words. */
export function ExportButton({ catalog, rows, name }: { catalog: Catalog; rows: readonly Row<School>[]; name: string }) {
  const t = useText(overviewTexts);
  const pick = usePick();
  const words = useFaceWords();
  const make = async () => {
    const head: Cell[] = [t('school'), t('under'), t('need'), ...catalog.indicators.map((one) => `${one.number} ${pick([one.nameZh, one.nameEn])}`)];
    const body = rows.map(({ school, faces, need }): Cell[] => [
      school.name,
      school.authority?.name ?? '',
      needCount(need),
      ...faces.map((face) => (face.kind === 'value' ? Number(faceMark(face)) : words(face))),
    ]);
    save(await workbook(t('title'), [head, ...body]), xlsxType, `${name} ${t('title')} ${today()}.xlsx`);
  };
  return (
    <Button className="no-print" onClick={() => void make()}>
      {t('export')}
    </Button>
  );
}
