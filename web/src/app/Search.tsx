import { Modal } from 'antd';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { useKept } from '@/shared/address/keep.tsx';
import { FindEverywhere } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { useText } from '@/shared/i18n';
import { appTexts } from './texts.ts';

interface Hit {
  readonly id: string;
  readonly name: string;
  readonly kind: 'schools' | 'organisations' | 'studios' | 'people';
  readonly where: string;
}

const kinds = { schools: 'kindSchools', organisations: 'kindOrganisations', studios: 'kindStudios', people: 'kindPeople' } as const;

/** Ctrl K: schools, studios and people by name, pinyin or initials. */
export function SearchBox({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText(appTexts);
  return (
    <Modal title={t('searchLong')} open={open} onCancel={onClose} footer={null} destroyOnHidden width={560}>
      <Search onClose={onClose} />
    </Modal>
  );
}

function Search({ onClose }: { onClose: () => void }) {
  const t = useText(appTexts);
  const navigate = useNavigate();
  const keep = useKept();
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [q, setQ] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    const timer = window.setTimeout(() => {
      setQ(typed.trim());
      setAt(0);
    }, 200);
    return () => window.clearTimeout(timer);
  }, [typed]);

  const { data, loading } = useAsk(FindEverywhere, { search: q }, { when: q.length > 0, keep: true });
  const hits: Hit[] = q
    ? [
        ...(data?.organisations?.nodes ?? []).map((one) => ({ id: one.id, name: one.name, kind: one.kind === 'SCHOOL' ? ('schools' as const) : ('organisations' as const), where: one.authority?.name ?? '' })),
        ...(data?.studios?.nodes ?? []).map((one) => ({ id: one.id, name: one.name, kind: 'studios' as const, where: one.leadName ?? '' })),
        ...(data?.people?.nodes ?? []).map((one) => ({ id: one.id, name: one.name, kind: 'people' as const, where: one.organisation.name })),
      ]
    : [];

  const open = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    void navigate(keep(`/${hit.kind}/${hit.id}`));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt((now) => Math.min(hits.length - 1, now + 1));
    else if (event.key === 'ArrowUp') setAt((now) => Math.max(0, now - 1));
    else if (event.key === 'Enter') open(hits[at]);
    else return;
    event.preventDefault();
  };

  return (
    <div className="search-box">
      <input
        ref={input}
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={listId}
        aria-activedescendant={hits[at] ? `${listId}-${at}` : undefined}
        aria-label={t('searchLong')}
        placeholder={t('searchHint')}
        maxLength={60}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="search-results" role="listbox" id={listId} aria-label={t('search')}>
        {hits.map((hit, index) => (
          <div key={hit.id} id={`${listId}-${index}`} role="option" aria-selected={index === at} onMouseMove={() => setAt(index)} onClick={() => open(hit)}>
            <span>{hit.name}</span>
            <span className="muted small">
              {t(kinds[hit.kind])}
              {hit.where ? ` · ${hit.where}` : ''}
            </span>
          </div>
        ))}
      </div>
      {q && !loading && hits.length === 0 ? <p className="muted" role="status">{t('searchNothing', { q })}</p> : null}
    </div>
  );
}
