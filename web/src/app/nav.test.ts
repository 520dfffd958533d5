import { describe, expect, it } from 'vitest';
import type { Role } from '@/shared/gql/documents.ts';
import { roleWords } from '@/shared/i18n/labels.ts';
import type { Hat } from '@/shared/session/session.tsx';
import { mayCloseTask } from '@/shared/session/rights.ts';
import { bottomBarOf, homeOf, navigationOf } from './nav.ts';

const hat = (role: Role, studio: string | null = null): Hat => ({
  grant: 'grant_1',
  role,
  organisation: { id: 'organisation_1', no: 1, name: '青禾县职教中心' },
  organisationKind: 'SCHOOL',
  studio,
  studioName: null,
});

describe('a role begins with its own question', () => {
  it.each([
    ['BUREAU_OFFICER', '/overview'],
    ['SCHOOL_LEADER', '/schools/organisation_1'],
    ['STUDIO_LEAD', '/today'],
    ['HOMEROOM_TEACHER', '/today'],
    ['AUDIT_ADMINISTRATOR', '/audit'],
    ['SYSTEM_ADMINISTRATOR', '/account'],
  ] as const)('%s at %s', (role, home) => expect(homeOf(hat(role))).toBe(home));

  it('whatever the role, something stands there, and on a phone all of it can be reached', () => {
    for (const role of Object.keys(roleWords) as Role[]) {
      const all = navigationOf(hat(role, 'studio_1')).map((item) => item.to);
      const { items, rest } = bottomBarOf(hat(role, 'studio_1'));
      expect(all.length).toBeGreaterThan(0);
      expect([...items, ...rest].map((item) => item.to)).toEqual(expect.arrayContaining(all));
      expect(new Set(all).size).toBe(all.length);
      // A button that hides a single place only hides it.
      expect(rest.length).not.toBe(1);
    }
    expect(homeOf(null)).toBe('/account');
  });

  it('the plus is for who keeps the ledger', () => {
    expect(bottomBarOf(hat('STUDIO_LEAD', 'studio_1')).plus?.to).toBe('/studios/studio_1/tasks/new');
    expect(bottomBarOf(hat('STUDIO_MEMBER', 'studio_1')).plus).toBeNull();
    expect(bottomBarOf(hat('EXTERNAL_EXPERT', 'studio_1')).plus).toBeNull();
  });
});

it('a plain member closes only what is theirs', () => {
  expect(mayCloseTask('STUDIO_MEMBER', { owner: 'person_1' }, 'person_1')).toBe(true);
  expect(mayCloseTask('STUDIO_MEMBER', { owner: 'person_2' }, 'person_1')).toBe(false);
  expect(mayCloseTask('STUDIO_LEAD', { owner: null }, 'person_1')).toBe(true);
  expect(mayCloseTask('BUREAU_OFFICER', { owner: 'person_1' }, 'person_1')).toBe(false);
});
