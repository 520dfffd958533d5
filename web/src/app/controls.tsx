import { useNavigate } from 'react-router';
import { periodsAround, periodText, usePeriod } from '@/shared/address/period.ts';
import { today } from '@/shared/i18n/dates.ts';
import { roleWords } from '@/shared/i18n/labels.ts';
import { useLanguage, usePick, useText } from '@/shared/i18n';
import { useSession, type Hat } from '@/shared/session/session.tsx';
import { Menu } from '@/shared/ui/Menu.tsx';
import { homeOf } from './nav.ts';
import { appTexts } from './texts.ts';

/** The period that every figure of the page is about. */
export function PeriodPicker() {
  const t = useText(appTexts);
  const [language] = useLanguage();
  const [period, set] = usePeriod();
  const offered = periodsAround(today());
  const all = offered.includes(period) ? offered : [period, ...offered];
  const groups = [
    [t('periodSemesters'), all.filter((one) => one.includes('.'))],
    [t('periodYears'), all.filter((one) => one.includes('-') && !one.includes('.'))],
    [t('periodCalendar'), all.filter((one) => !one.includes('-'))],
  ] as const;
  return (
    <select className="choice period" aria-label={t('period')} value={period} onChange={(event) => set(event.target.value)}>
      {groups.map(([label, periods]) => (
        <optgroup key={label} label={label}>
          {periods.map((one) => (
            <option key={one} value={one}>
              {periodText(one, language)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

/** Under which grant I act: always visible, changed in one step. */
export function HatSwitcher() {
  const t = useText(appTexts);
  const pick = usePick();
  const navigate = useNavigate();
  const { me, hat, wear } = useSession();
  const name = (one: Hat) => `${pick(roleWords[one.role])} · ${one.studioName ?? one.organisation.name}`;
  if (!hat) return <span className="hat">{t('noHat')}</span>;
  return (
    <select
      className="choice hat"
      aria-label={t('hat')}
      title={name(hat)}
      value={hat.grant}
      onChange={(event) => {
        const next = me.hats.find((one) => one.grant === event.target.value);
        if (!next) return;
        wear(next.grant);
        void navigate(homeOf(next));
      }}
    >
      {me.hats.map((one) => (
        <option key={one.grant} value={one.grant}>
          {name(one)}
        </option>
      ))}
    </select>
  );
}

export function LanguageButton() {
  const t = useText(appTexts);
  const [language, choose] = useLanguage();
  return (
    <button type="button" className="link-button small" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => choose(language === 'zh' ? 'en' : 'zh')}>
      {t('language')}
    </button>
  );
}

/** My name: my account, the language, sign-out. */
export function MeMenu() {
  const t = useText(appTexts);
  const navigate = useNavigate();
  const { me, signOut } = useSession();
  const [language, choose] = useLanguage();
  return (
    <Menu
      className="me"
      label={t('menu', { name: me.name })}
      items={[
        { key: 'account', label: t('account') },
        { key: 'language', label: t('language') },
        { key: 'out', label: t('signOut'), apart: true },
      ]}
      onChoose={(key) => {
        if (key === 'account') void navigate('/account');
        if (key === 'language') choose(language === 'zh' ? 'en' : 'zh');
        if (key === 'out') void signOut();
      }}
    >
      {me.name}
    </Menu>
  );
}
