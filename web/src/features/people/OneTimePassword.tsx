import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useText } from '@/shared/i18n';
import { copyText } from '@/shared/ui/copy.ts';
import { peopleTexts } from './texts.ts';
import './people.css';

interface Props {
  readonly login: string;
  readonly password: string;
}

/** An account name and its one-time password, to be copied while they are shown. */
export function OneTimePassword({ login, password }: Props) {
  const t = useText(peopleTexts);
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void copyText(t('copyText', { login, password })).then(setCopied);
  };
  return (
    <div className="one-time">
      <p>{t('secretHint')}</p>
      <dl>
        <dt>{t('login')}</dt>
        <dd>
          <code>{login}</code>
        </dd>
        <dt>{t('secretTitle')}</dt>
        <dd>
          <code data-secret="">{password}</code>
        </dd>
      </dl>
      <Button onClick={copy}>{copied ? t('copied') : t('copy')}</Button>
      <span className="visually-hidden" role="status">
        {copied ? t('copied') : ''}
      </span>
    </div>
  );
}

/** The same in a window of its own, closed only on purpose. */
export function OneTimePasswordWindow({ shown, onClose }: { shown: Props | null; onClose: () => void }) {
  const t = useText(peopleTexts);
  return (
    <Modal
      title={t('secretTitle')}
      open={shown !== null}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      destroyOnHidden
      footer={
        <Button type="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      {shown ? <OneTimePassword {...shown} /> : null}
    </Modal>
  );
}
