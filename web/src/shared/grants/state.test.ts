import { expect, test } from 'vitest';
import { grantState, sortGrants } from './state.ts';

const day = '2026-05-18';

test('a grant is good from its first to its last day', () => {
  expect(grantState({ validFrom: day, validTo: day }, day)).toBe('valid');
  expect(grantState({ validFrom: '2026-05-19' }, day)).toBe('future');
  expect(grantState({ validFrom: '2020-01-01', validTo: '2026-05-17' }, day)).toBe('over');
});

test('a revocation counts from its day in Shanghai, and not before', () => {
  // 2026-05-17 17:00 UTC is the 18th in Shanghai.
  const grant = { validFrom: '2026-01-01', revokedAt: '2026-05-17T17:00:00Z' };
  expect(grantState(grant, '2026-05-17')).toBe('valid');
  expect(grantState(grant, day)).toBe('revoked');
});

test('what holds stands first', () => {
  const grants = [
    { validFrom: '2026-01-01', revokedAt: '2026-02-01T00:00:00Z' },
    { validFrom: '2020-01-01', validTo: '2021-01-01' },
    { validFrom: '2026-09-01' },
    { validFrom: '2024-01-01' },
    { validFrom: '2025-01-01' },
  ];
  expect(sortGrants(grants, day).map((grant) => grant.validFrom)).toEqual(['2025-01-01', '2024-01-01', '2026-09-01', '2020-01-01', '2026-01-01']);
});
