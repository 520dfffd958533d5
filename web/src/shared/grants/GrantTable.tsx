import { Button } from 'antd';
import type { ReactNode } from 'react';
import { Go } from '@/shared/address/keep.tsx';
import { RevokeGrant, type GrantPartsFragment } from '@/shared/gql/documents.ts';
import { useCommand } from '@/shared/gql/hooks.ts';
import { today, useDates } from '@/shared/i18n/dates.ts';
import { roleWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { useConfirm } from '@/shared/ui/confirm.tsx';
import { Table, type Column } from '@/shared/ui/DataTable.tsx';
import { ExportRows } from '@/shared/ui/ExportPages.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { grantState, sortGrants, type GrantState } from './state.ts';
import { grantTexts } from './texts.ts';

export type Grant = GrantPartsFragment;

const tone: Readonly<Record<GrantState, string>> = { valid: 'tag good', future: 'tag near', over: 'tag', revoked: 'tag far' };

interface Props {
  readonly caption: string;
  readonly grants: readonly Grant[];
  /** Whose grants they are, or where they stand: the other of both names the row. */
  readonly of: 'person' | 'organisation';
  /** How they stood on this day. */
  readonly day?: string;
  readonly mayRevoke: boolean;
  readonly empty: ReactNode;
}

/** Grants with their validity; those that hold today can be taken back. */
export function GrantTable({ caption, grants, of, day = today(), mayRevoke, empty }: Props) {
  const t = useText(grantTexts);
  const pick = usePick();
  const dates = useDates();
  const confirm = useConfirm();
  const tell = useTell();
  const { run, busy } = useCommand(RevokeGrant);

  const revoke = async (grant: Grant) => {
    const words = { name: grant.personName, role: pick(roleWords[grant.role]), where: grant.studioName ?? grant.organisation.name };
    if (!(await confirm({ title: t('revokeTitle', words), gone: [t('revokeGone', words)], hint: t('revokeHint'), action: t('revoke') }))) return;
    const outcome = await run({ grant: grant.id });
    if (outcome.done) tell(t('revokedTell', words));
    else tell.bad(outcome.errors.map((error) => pick([error.messageZh, error.messageEn])).join(' '));
  };

  const role: Column<Grant> = { key: 'role', title: t('role'), cell: (grant) => pick(roleWords[grant.role]) };
  const columns: Column<Grant>[] = [
    ...(of === 'person' ? [role] : [{ key: 'person', title: t('person'), cell: (grant: Grant) => <Go to={`/people/${grant.person}`}>{grant.personName}</Go> }, role]),
    {
      key: 'where',
      title: t('where'),
      cell: (grant) =>
        grant.studio ? (
          <>
            <Go className="in-text" to={`/studios/${grant.studio}`}>{grant.studioName}</Go> <span className="muted small">{grant.organisation.name}</span>
          </>
        ) : (
          <Go to={`/organisations/${grant.organisation.id}`}>{grant.organisation.name}</Go>
        ),
    },
    {
      key: 'validity',
      title: t('validity'),
      cell: (grant) => (grant.validTo ? t('between', { from: dates.day(grant.validFrom), to: dates.day(grant.validTo) }) : t('since', { from: dates.day(grant.validFrom) })),
    },
    {
      key: 'state',
      title: t('state'),
      cell: (grant) => {
        const state = grantState(grant, day);
        return (
          <>
            <span className={tone[state]}>{t(state)}</span>
            {state === 'revoked' && grant.revokedAt ? <span className="muted small"> {dates.moment(grant.revokedAt)}</span> : null}
          </>
        );
      },
    },
    { key: 'by', title: t('givenBy'), wide: true, cell: (grant) => grant.givenBy ?? <span className="muted">{grant.studio ? t('fromMembership') : ''}</span> },
    ...(mayRevoke
      ? [
          {
            key: 'do',
            title: t('actions'),
            action: true,
            cell: (grant: Grant) =>
              ['valid', 'future'].includes(grantState(grant, today())) && !grant.studio ? (
                <Button
                  size="small"
                  danger
                  disabled={busy}
                  aria-label={t('revokeOf', { name: grant.personName, role: pick(roleWords[grant.role]) })}
                  onClick={() => void revoke(grant)}
                >
                  {t('revoke')}
                </Button>
              ) : null,
          },
        ]
      : []),
  ];
  const rows = sortGrants(grants, day);
  return (
    <>
      <div className="row spaced no-print">
        <ExportRows
          title={caption}
          head={[t('person'), t('role'), t('where'), t('from'), t('to'), t('state'), t('givenBy')]}
          rows={rows}
          row={(grant) => [grant.personName, pick(roleWords[grant.role]), grant.studioName ?? grant.organisation.name, grant.validFrom, grant.validTo ?? '', t(grantState(grant, day)), grant.givenBy ?? '']}
        />
      </div>
      <Table caption={caption} columns={columns} rows={rows} rowKey={(grant) => grant.id} empty={empty} />
    </>
  );
}
