import type { Hat } from '@/shared/session/session.tsx';
import { atBureau, inSchool, inStudio, mayAdministerPeople, mayImport, mayKeepLedger, mayReadAudit } from '@/shared/session/rights.ts';
import type { appTexts } from './texts.ts';

export interface NavItem {
  readonly text: keyof typeof appTexts;
  readonly to: string;
}

const item = (text: NavItem['text'], to: string): NavItem => ({ text, to });

/** The left navigation: what a role works with, its own question first. */
export function navigationOf(hat: Hat | null): readonly NavItem[] {
  const role = hat?.role ?? null;
  if (!hat || !role) return [item('account', '/account')];
  const people = mayAdministerPeople(role) ? [item('people', '/people')] : [];
  const imports = mayImport(role) ? [item('imports', '/imports')] : [];
  const audit = mayReadAudit(role) ? [item('audit', '/audit')] : [];
  if (atBureau(role)) {
    return [
      item('overview', '/overview'),
      item('schools', '/schools'),
      item('studios', '/studios'),
      item('ledger', '/tasks'),
      item('sessions', '/sessions'),
      item('classes', '/classes'),
      item('organisations', '/organisations'),
      item('standard', '/standard'),
      ...people,
      ...imports,
      ...audit,
    ];
  }
  if (inSchool(role)) {
    return [
      item('school', `/schools/${hat.organisation.id}`),
      item('studios', '/studios'),
      item('ledger', '/tasks'),
      item('sessions', '/sessions'),
      item('classes', '/classes'),
      item('people', '/people'),
      item('standard', '/standard'),
      ...imports,
      ...audit,
    ];
  }
  if (inStudio(role)) {
    return [
      item('today', '/today'),
      item('ledger', '/tasks'),
      item('sessions', '/sessions'),
      item('studio', hat.studio ? `/studios/${hat.studio}` : '/studios'),
      item('account', '/account'),
    ];
  }
  if (role === 'HOMEROOM_TEACHER') return [item('today', '/today'), item('studios', '/studios'), item('classes', '/classes'), item('account', '/account')];
  // Runs the installation, and sees no tenant's records.
  if (role === 'SYSTEM_ADMINISTRATOR') return [item('account', '/account')];
  if (role === 'AUDIT_ADMINISTRATOR') return [...audit, item('account', '/account')];
  return [item('organisations', '/organisations'), ...people, ...audit, item('account', '/account')];
}

/** Where a role begins. */
export function homeOf(hat: Hat | null): string {
  return navigationOf(hat)[0]?.to ?? '/account';
}

/** The phone's bottom bar: four places, or three and the rest behind one button; a studio's five, for who keeps a ledger with the plus among them. */
export function bottomBarOf(hat: Hat | null): { readonly items: readonly NavItem[]; readonly plus: NavItem | null; readonly rest: readonly NavItem[] } {
  const all = navigationOf(hat);
  if (inStudio(hat?.role ?? null)) {
    const plus = !hat?.studio || !mayKeepLedger(hat.role) ? null : item('add', `/studios/${hat.studio}/tasks/new`);
    return { items: [...all.filter((one) => one.to !== '/account'), item('mine', '/account')], plus, rest: [] };
  }
  const places = [...all.filter((one) => one.to !== '/account'), item('mine', '/account')];
  if (places.length <= 4) return { items: places, plus: null, rest: [] };
  return { items: places.slice(0, 3), plus: null, rest: places.slice(3) };
}
