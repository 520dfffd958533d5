import { useParams } from 'react-router';
import { missing } from '@/shared/gql/problem.ts';
import { usePick, useText } from '@/shared/i18n';
import { ErrorNote } from '@/shared/ui/ErrorNote.tsx';
import { AskedPage, Page, type Step } from '@/shared/ui/Page.tsx';
import { Detail, useFigure, useFigureSentence, type FigureOf } from './Detail.tsx';
import { detailTexts } from './texts.ts';
import './figures.css';

function stepsTo({ school, studio }: FigureOf): Step[] {
  if (studio) {
    const { owner } = studio;
    return [...(owner ? [{ label: owner.name, to: `/${owner.kind === 'SCHOOL' ? 'schools' : 'organisations'}/${owner.id}` }] : []), { label: studio.name, to: `/studios/${studio.id}` }];
  }
  if (!school) return [];
  return [...(school.authority ? [{ label: school.authority.name, to: `/schools?under=${school.authority.id}` }] : []), { label: school.name, to: `/schools/${school.id}` }];
}

/** What is this number made of? */
export function Component() {
  const t = useText(detailTexts);
  const pick = usePick();
  const sentence = useFigureSentence();
  const { subject = '', metric = '' } = useParams();
  const asked = useFigure(subject, metric);
  return (
    <AskedPage asked={asked} title={t('figure')}>
      {({ figure }) =>
        figure ? (
          <Page title={`${figure.metric.id} ${pick([figure.metric.nameZh, figure.metric.nameEn])}`} sentence={sentence(figure)} above={stepsTo(figure)}>
            <Detail subject={subject} figure={figure} />
          </Page>
        ) : (
          <Page title={t('figure')}>
            <ErrorNote problem={missing()} />
          </Page>
        )
      }
    </AskedPage>
  );
}
