import type { ReactNode } from 'react';
import { useEffect } from 'react';
import { useLanguage, useText } from '@/shared/i18n';
import { signinTexts } from './texts.ts';
import './signin.css';

/** What stands before the gate: a quiet page with one card. */
export function Door({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  const t = useText(signinTexts);
  const [language, choose] = useLanguage();
  const brand = t('brand');
  useEffect(() => {
    document.title = `${title} · ${brand}`;
  }, [brand, title]);
  return (
    <div className="door">
      <header>
        <strong>{brand}</strong>
        <span>{t('tagline')}</span>
        <button type="button" className="link-button" lang={language === 'zh' ? 'en' : 'zh-CN'} onClick={() => choose(language === 'zh' ? 'en' : 'zh')}>
          {t('language')}
        </button>
      </header>
      <main className="card">
        <h1>{title}</h1>
        {hint ? <p className="muted small">{hint}</p> : null}
        {children}
      </main>
    </div>
  );
}
