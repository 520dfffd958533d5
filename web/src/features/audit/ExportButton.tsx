import { Button } from 'antd';
import { useState } from 'react';
import { ask } from '@/shared/gql/client.ts';
import { AuditList, type AuditFilterInput, type AuditListQuery, type AuditService } from '@/shared/gql/documents.ts';
import { asProblem } from '@/shared/gql/problem.ts';
import { today, useDates } from '@/shared/i18n/dates.ts';
import { roleWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { texts } from '@/shared/ui/texts.ts';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { save, workbook, xlsxType, type Cell } from '@/shared/ui/xlsx.ts';
import { useDetail } from './Detail.tsx';
import { auditTexts } from './texts.ts';

export type Entry = NonNullable<AuditListQuery['audit']>['nodes'][number];

/** How many lines an export holds at most, and how many are asked for at once. */
const most = 5_000;
const pageSize = 100;

interface Props {
  readonly filter: AuditFilterInput;
  readonly service: AuditService | null;
  readonly sentence: (entry: Entry) => string;
  readonly placeOf: (entry: Entry) => string;
}

/** The audit of all services as it is shown, in sentences; the services' own exports know only their own lines. */
export function ExportButton({ filter, service, sentence, placeOf }: Props) {
  const t = useText(auditTexts);
  const c = useText(texts);
  const pick = usePick();
  const dates = useDates();
  const tell = useTell();
  const detail = useDetail();
  const [busy, setBusy] = useState(false);

  const make = async () => {
    setBusy(true);
    try {
      const rows: Cell[][] = [];
      let after: string | null = null;
      do {
        const answer: { data: AuditListQuery } = await ask(AuditList, { filter, service, first: pageSize, after });
        const page: AuditListQuery['audit'] = answer.data.audit;
        for (const entry of page?.nodes ?? []) {
          const parts = detail(entry.detail).map(([name, text]) => `${name} ${text}`);
          rows.push([dates.moment(entry.at), sentence(entry), parts.join('；'), placeOf(entry), entry.personName ?? '', entry.role ? pick(roleWords[entry.role]) : '', entry.action, entry.subject, entry.requestId]);
        }
        after = page?.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;
      } while (after !== null && rows.length < most);
      const head = [t('at'), t('what'), t('detail'), t('where'), t('person'), t('role'), t('action'), t('subject'), t('request')];
      save(workbook(t('audit'), [head, ...rows]), xlsxType, `${t('audit')} ${today()}.xlsx`);
      if (after !== null) tell(t('exportCut', { n: rows.length }));
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
