import { useText, useLanguage } from '@/shared/i18n';
import { MySessions } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { useSession } from '@/shared/session/session.tsx';
import { Page, Section } from '@/shared/ui/Page.tsx';
import { Hats } from './Hats.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { Sessions } from './Sessions.tsx';
import { accountTexts } from './texts.ts';
import './account.css';

/** Where am I signed in, and as what? */
export function Component() {
  const t = useText(accountTexts);
  const { me } = useSession();
  const asked = useAsk(MySessions, {});
  const sessions = asked.data?.me?.sessions;
  return (
    <Page
      title={t('account')}
      sentence={sessions ? t('sentence', { name: me.name, n: sessions.length }) : t('sentenceShort', { name: me.name })}
      sub={t('login', { login: me.login })}
    >
      <Sessions asked={asked} sessions={sessions ?? []} />
      <div className="account-two">
        <Section title={t('password')}>
          <PasswordForm />
        </Section>
        <div>
          <Hats />
          <LanguageChoice />
        </div>
      </div>
    </Page>
  );
}

function LanguageChoice() {
  const t = useText(accountTexts);
  const [language, choose] = useLanguage();
  return (
    <Section title={t('language')} extra={<span className="muted small">{t('languageHint')}</span>}>
      <div className="card languages" role="radiogroup" aria-label={t('language')}>
        {(
          [
            ['zh', '中文', 'zh-CN'],
            ['en', 'English', 'en'],
          ] as const
        ).map(([value, label, lang]) => (
          <label key={value} lang={lang}>
            <input type="radio" name="language" value={value} checked={language === value} onChange={() => choose(value)} /> {label}
          </label>
        ))}
      </div>
    </Section>
  );
}
