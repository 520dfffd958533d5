import { Button } from 'antd';
import { isRouteErrorResponse, useRouteError } from 'react-router';
import { useText } from '@/shared/i18n';
import { Empty } from '@/shared/ui/Empty.tsx';
import { appTexts } from './texts.ts';

/** A page that broke, or whose code is of a build that is gone. */
export function Broken() {
  const t = useText(appTexts);
  const error = useRouteError();
  const stale = error instanceof TypeError && /dynamically imported|module script/i.test(error.message);
  const missing = isRouteErrorResponse(error) && error.status === 404;
  return (
    <div className="alone-page card">
      <Empty title={missing ? t('notFoundTitle') : t('brokenTitle')} hint={stale ? t('newVersion') : missing ? t('notFoundHint') : t('brokenHint')}>
        <Button type="primary" onClick={() => location.reload()}>
          {t('reload')}
        </Button>
      </Empty>
    </div>
  );
}
