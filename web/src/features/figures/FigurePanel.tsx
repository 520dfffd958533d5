import { Drawer } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { Go, useKept } from '@/shared/address/keep.tsx';
import { useCatalogue } from '@/shared/figures/catalogue.ts';
import { missing } from '@/shared/gql/problem.ts';
import { usePick, useText } from '@/shared/i18n';
import { Empty } from '@/shared/ui/Empty.tsx';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { usePhone } from '@/shared/ui/media.ts';
import { Skeleton } from '@/shared/ui/Skeletons.tsx';
import { Detail, useFigure, useFigureSentence } from './Detail.tsx';
import { detailTexts } from './texts.ts';
import './figures.css';

/** A figure opened beside the grid that it stands in; closing it leaves the grid as it was. */
export function Component() {
  const t = useText(detailTexts);
  const pick = usePick();
  const phone = usePhone();
  const navigate = useNavigate();
  const keep = useKept();
  const { subject = '', metric = '' } = useParams();
  const { catalog } = useCatalogue();
  // A cell whose indicator is not computed yet is named by the indicator alone.
  const indicator = catalog.indicator(metric);
  const known = catalog.metric(metric);
  const title = known ? `${known.id} ${pick([known.nameZh, known.nameEn])}` : indicator ? `${indicator.number} ${pick([indicator.nameZh, indicator.nameEn])}` : t('figure');
  return (
    <Drawer title={title} open size={phone ? '100%' : 640} onClose={() => void navigate(keep(`/overview${location.search}`))} extra={known ? <Go to={`/figures/${subject}/${metric}`}>{t('openPage')}</Go> : null}>
      {known ? <Opened subject={subject} metric={metric} /> : indicator ? <Empty title={t('noneYet')} hint={t('noneYetHint')} /> : <Skeleton />}
    </Drawer>
  );
}

function Opened({ subject, metric }: { subject: string; metric: string }) {
  const sentence = useFigureSentence();
  const { catalog } = useCatalogue();
  const pick = usePick();
  const asked = useFigure(subject, metric);
  if (asked.problem) return <ErrorNote problem={asked.problem} again={asked.again} />;
  if (!asked.data) return <Skeleton lines={8} />;
  const { figure } = asked.data;
  if (!figure) return <ErrorNote problem={missing()} />;
  const others = catalog.indicator(figure.metric.indicator)?.metrics.filter((one) => one.id !== metric) ?? [];
  return (
    <div className="stack">
      <p className="figure-sentence">{sentence(figure)}</p>
      {others.length > 0 ? (
        <ul className="row small">
          {others.map((one) => (
            <li key={one.id}>
              <Go to={`/overview/${subject}/${one.id}${location.search}`}>
                ({one.id.split('.').at(-1)}) {pick([one.nameZh, one.nameEn])}
              </Go>
            </li>
          ))}
        </ul>
      ) : null}
      <Detail subject={subject} figure={figure} />
    </div>
  );
}
