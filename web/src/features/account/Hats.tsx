import { Button } from 'antd';
import { roleWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { useSession, type Hat } from '@/shared/session/session.tsx';
import { Empty } from '@/shared/ui/Empty.tsx';
import { Section } from '@/shared/ui/Page.tsx';
import { accountTexts } from './texts.ts';

/** The grants that I may act under, and the one that I do. */
export function Hats() {
  const t = useText(accountTexts);
  const pick = usePick();
  const { me, hat, wear } = useSession();
  const whereOf = (one: Hat) => one.studioName ?? one.organisation.name;
  return (
    <Section title={t('hats')}>
      {me.hats.length === 0 ? (
        <div className="card">
          <Empty title={t('noHats')} hint={t('noHatsHint')} />
        </div>
      ) : (
        <ul className="card hats-list">
          {me.hats.map((one) => (
            <li key={one.grant}>
              <span className="grow">
                <strong>{pick(roleWords[one.role])}</strong> <span className="muted">{whereOf(one)}</span>
              </span>
              {one.grant === hat?.grant ? (
                <span className="tag good">{t('wearing')}</span>
              ) : (
                <Button size="small" aria-label={t('wearOf', { role: pick(roleWords[one.role]), where: whereOf(one) })} onClick={() => wear(one.grant)}>
                  {t('wear')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <p className="muted small account-hint">{t('hatsHint')}</p>
    </Section>
  );
}
