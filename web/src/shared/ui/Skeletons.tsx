import { useText } from '@/shared/i18n';
import { texts } from './texts.ts';

const widths = ['62%', '94%', '81%', '88%', '73%', '90%', '66%', '85%'];

/** Lines where a table or a text will stand. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  const t = useText(texts);
  return (
    <div className="skeleton" role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, index) => (
        <i key={index} style={{ width: widths[index % widths.length] }} />
      ))}
    </div>
  );
}

/** A page that is on its way. */
export function PageSkeleton() {
  return (
    <div className="card">
      <Skeleton lines={8} />
    </div>
  );
}
