import { today } from '@/shared/i18n/dates.ts';

/** How a grant stands on a day. */
export type GrantState = 'valid' | 'future' | 'over' | 'revoked';

interface Dated {
  readonly validFrom: string;
  readonly validTo?: string | null;
  readonly revokedAt?: string | null;
}

/** How a grant stood on a day: one that was taken back was good until the day before. */
export function grantState({ validFrom, validTo, revokedAt }: Dated, day: string): GrantState {
  if (revokedAt && today(new Date(revokedAt)) <= day) return 'revoked';
  if (validTo && validTo < day) return 'over';
  return validFrom > day ? 'future' : 'valid';
}

const rank: Readonly<Record<GrantState, number>> = { valid: 0, future: 1, over: 2, revoked: 3 };

/** What holds first; then what will, what is over, what was taken back; the newest of each first. */
export function sortGrants<One extends Dated>(grants: readonly One[], day: string): One[] {
  return [...grants].sort((a, b) => rank[grantState(a, day)] - rank[grantState(b, day)] || b.validFrom.localeCompare(a.validFrom));
}
