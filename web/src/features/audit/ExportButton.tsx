import { ask } from '@/shared/gql/client.ts';
import { AuditList, type AuditFilterInput, type AuditListQuery, type AuditService } from '@/shared/gql/documents.ts';
import { useDates } from '@/shared/i18n/dates.ts';
import { roleWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { ExportPages, exported } from '@/shared/ui/ExportPages.tsx';
import { useDetail } from './Detail.tsx';
import { auditTexts } from './texts.ts';

export type Entry = NonNullable<AuditListQuery['audit']>['nodes'][number];

interface Props {
  readonly filter: AuditFilterInput;
  readonly service: AuditService | null;
  readonly sentence: (entry: Entry) => string;
  readonly placeOf: (entry: Entry) => string;
}

/** The audit of all services as it is shown, in sentences; the services' own exports know only their own lines. */
export function ExportButton({ filter, service, sentence, placeOf }: Props) {
  const t = useText(auditTexts);
  const pick = usePick();
  const dates = useDates();
  const detail = useDetail();
  const row = (entry: Entry) => {
    const parts = detail(entry.detail).map(([name, text]) => `${name} ${text}`);
    return [dates.moment(entry.at), sentence(entry), parts.join('；'), placeOf(entry), entry.personName ?? '', entry.role ? pick(roleWords[entry.role]) : '', entry.action, entry.subject, entry.requestId];
  };
  return (
    <ExportPages
      title={t('audit')}
      head={[t('at'), t('what'), t('detail'), t('where'), t('person'), t('role'), t('action'), t('subject'), t('request')]}
      page={async (after) => exported((await ask(AuditList, { filter, service, first: 100, after })).data.audit)}
      row={row}
    />
  );
}
