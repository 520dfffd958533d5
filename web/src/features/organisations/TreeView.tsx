import { useMemo, useState } from 'react';
import { Go } from '@/shared/address/keep.tsx';
import { OrganisationHits } from '@/shared/gql/documents.ts';
import { useAsk } from '@/shared/gql/hooks.ts';
import { organisationKindWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { mayImport } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { Empty } from '@/shared/ui/Empty.tsx';
import { Skeleton } from '@/shared/ui/Skeletons.tsx';
import { organisationTexts } from './texts.ts';
import { allKeys, branchesOf, onlyHits, openAtFirst, type Branch, type TreeNode } from './tree.ts';

interface Props {
  readonly nodes: readonly TreeNode[] | null | undefined;
  readonly loading: boolean;
  readonly busy: boolean;
  readonly on: string | null;
  readonly q: string;
}

/** The tree; a search leaves what it finds and what leads there. */
export function TreeView({ nodes, loading, busy, on, q }: Props) {
  const t = useText(organisationTexts);
  const { role } = useSession();
  const hits = useAsk(OrganisationHits, { filter: { search: q }, asOf: on }, { when: q !== '', keep: true });
  const whole = useMemo(() => branchesOf(nodes ?? []), [nodes]);
  const first = useMemo(() => openAtFirst(whole), [whole]);
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);

  if (loading || (q !== '' && hits.loading)) {
    return (
      <div className="card">
        <Skeleton lines={8} />
      </div>
    );
  }
  if (whole.length === 0) {
    return (
      <div className="card">
        <Empty title={t('treeEmpty')} hint={t('treeEmptyHint')}>
          {mayImport(role) ? <Go to="/imports?kind=organisations">{t('import')}</Go> : null}
        </Empty>
      </div>
    );
  }
  const found = hits.data?.organisations;
  const shown = q ? onlyHits(whole, new Set((found?.nodes ?? []).map((one) => one.id))) : whole;
  const keys = allKeys(shown);
  // What a search leaves is open; else what the reader has opened.
  const open: ReadonlySet<string> = q ? new Set(keys) : (chosen ?? first);
  const toggle = (key: string) => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setChosen(next);
  };
  if (shown.length === 0) {
    return (
      <div className="card">
        <Empty title={t('nothing', { q })} hint={t('nothingHint')} />
      </div>
    );
  }
  const total = found?.totalCount ?? 0;
  return (
    <>
      <div className="row tree-tools small no-print">
        {q ? (
          <span className="muted" role="status">
            {total > 100 ? t('hitsCut', { n: total }) : t('hits', { n: total })}
          </span>
        ) : (
          <>
            <button type="button" className="link-button" onClick={() => setChosen(new Set(keys))}>
              {t('expandAll')}
            </button>
            <button type="button" className="link-button" onClick={() => setChosen(new Set())}>
              {t('collapseAll')}
            </button>
          </>
        )}
      </div>
      <div className="card tree" aria-busy={busy}>
        <Branches branches={shown} open={open} toggle={toggle} on={on} />
      </div>
    </>
  );
}

function Branches({ branches, open, toggle, on }: { branches: readonly Branch[]; open: ReadonlySet<string>; toggle: (key: string) => void; on: string | null }) {
  const t = useText(organisationTexts);
  const pick = usePick();
  return (
    <ul>
      {branches.map(({ node, children }) => {
        const isOpen = open.has(node.key);
        return (
          <li key={node.key}>
            <div className="tree-row">
              {children.length > 0 ? (
                <button type="button" className="tree-toggle" aria-expanded={isOpen} aria-label={t(isOpen ? 'collapse' : 'expand', { name: node.name })} onClick={() => toggle(node.key)}>
                  <span aria-hidden="true">▸</span>
                </button>
              ) : (
                <span className="tree-toggle" />
              )}
              <span className="tree-name">
                {node.organisation ? <Go to={`/organisations/${node.organisation}${on ? `?on=${on}` : ''}`}>{node.name}</Go> : <span>{node.name}</span>}
              </span>
              {node.kind && node.kind !== 'SCHOOL' ? <span className="muted small tree-kind">{pick(organisationKindWords[node.kind])}</span> : null}
              <span className="grow" />
              {node.kind !== 'SCHOOL' ? <span className="muted small num">{t('schoolsBelow', { n: node.schools })}</span> : null}
            </div>
            {isOpen && children.length > 0 ? <Branches branches={children} open={open} toggle={toggle} on={on} /> : null}
          </li>
        );
      })}
    </ul>
  );
}
