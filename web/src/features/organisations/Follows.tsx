import type { ReactNode } from 'react';
import { useText } from '@/shared/i18n';
import { organisationTexts } from './texts.ts';

/** What a change will bring about, in words, before it is sent; read out as the form is filled. */
export function Follows({ final = false, children }: { final?: boolean; children: ReactNode }) {
  const t = useText(organisationTexts);
  return (
    <div className={final ? 'follows final' : 'follows'} aria-live="polite">
      <strong>{t('follows')}</strong>
      {children}
    </div>
  );
}
