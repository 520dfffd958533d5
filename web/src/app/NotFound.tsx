import { Go } from '@/shared/address/keep.tsx';
import { useText } from '@/shared/i18n';
import { Empty } from '@/shared/ui/Empty.tsx';
import { Page } from '@/shared/ui/Page.tsx';
import { appTexts } from './texts.ts';

/** An address that leads nowhere. */
export function Component() {
  const t = useText(appTexts);
  return (
    <Page title={t('notFoundTitle')}>
      <div className="card">
        <Empty title={t('notFoundTitle')} hint={t('notFoundHint')}>
          <Go to="/">{t('home')}</Go>
        </Empty>
      </div>
    </Page>
  );
}
