import type { Role } from '@/shared/gql/documents.ts';

/*
 * What the console offers a role. The services decide what is allowed; these lists only keep buttons away from those
 * to whom they would answer "not allowed".
 */

const bureau: readonly Role[] = ['BUREAU_ADMINISTRATOR', 'BUREAU_OFFICER', 'ALLIANCE_ADMINISTRATOR', 'ANALYST'];
const school: readonly Role[] = ['SCHOOL_LEADER', 'SCHOOL_ADMINISTRATOR', 'SCHOOL_CLERK'];
const studio: readonly Role[] = ['STUDIO_LEAD', 'STUDIO_COORDINATOR', 'STUDIO_MEMBER', 'EXTERNAL_EXPERT'];

const has = (roles: readonly Role[]) => (role: Role | null) => role !== null && roles.includes(role);

/** Looks down on many schools. */
export const atBureau = has(bureau);
/** Stands in one school. */
export const inSchool = has(school);
/** Stands in one studio. */
export const inStudio = has(studio);

const keepers: readonly Role[] = ['BUREAU_ADMINISTRATOR', 'ALLIANCE_ADMINISTRATOR', 'SCHOOL_ADMINISTRATOR', 'SCHOOL_CLERK'];
const leaders: readonly Role[] = ['STUDIO_LEAD', 'STUDIO_COORDINATOR'];

/** Founds, renames, moves, merges and closes organisations. */
export const mayOrganise = has(['BUREAU_ADMINISTRATOR']);
/** Says how long passwords must be. */
export const maySetPasswordRules = has(['BUREAU_ADMINISTRATOR', 'SECURITY_ADMINISTRATOR']);
/** Adds and corrects people. */
export const mayAddPeople = has(['BUREAU_ADMINISTRATOR', 'SCHOOL_ADMINISTRATOR', 'SCHOOL_CLERK']);
/** Gives and takes back grants. */
export const mayGiveGrants = has(['BUREAU_ADMINISTRATOR', 'ALLIANCE_ADMINISTRATOR', 'SCHOOL_ADMINISTRATOR']);
/** Gives some role: the security administrator their own. */
export const mayGiveRoles = has(['BUREAU_ADMINISTRATOR', 'ALLIANCE_ADMINISTRATOR', 'SCHOOL_ADMINISTRATOR', 'SECURITY_ADMINISTRATOR']);
/** Sees who could see an organisation. */
export const maySeeSeers = has(['BUREAU_ADMINISTRATOR', 'BUREAU_OFFICER', 'SCHOOL_ADMINISTRATOR', 'SCHOOL_LEADER', 'SECURITY_ADMINISTRATOR']);
/** Sees telephone numbers, locks and last sign-ins. */
export const maySeeAccounts = has(['BUREAU_ADMINISTRATOR', 'SCHOOL_ADMINISTRATOR', 'SECURITY_ADMINISTRATOR']);
/** Gives one-time passwords. */
export const mayResetPasswords = has(['BUREAU_ADMINISTRATOR', 'SCHOOL_ADMINISTRATOR', 'SECURITY_ADMINISTRATOR']);
/** Does any of these with people, and so has them in the navigation. */
export const mayAdministerPeople = has(['BUREAU_ADMINISTRATOR', 'ALLIANCE_ADMINISTRATOR', 'SCHOOL_ADMINISTRATOR', 'SCHOOL_CLERK', 'SECURITY_ADMINISTRATOR']);
/** Keeps classes and their assignments. */
export const mayKeepClasses = has(['SCHOOL_ADMINISTRATOR', 'SCHOOL_CLERK', 'BUREAU_ADMINISTRATOR']);
/** Founds studios. */
export const mayFoundStudios = has(keepers);
/** Corrects a studio's charter, and closes the studio. */
export const mayChangeCharter = has([...keepers, 'STUDIO_LEAD']);
/** Changes a studio's members and its plan. */
export const mayRunStudio = has([...keepers, ...leaders]);
/** Adds and changes ledger lines. */
export const mayKeepLedger = has([...keepers, ...leaders]);
/** Plans sessions, records who came, and cancels them. */
export const mayKeepSessions = has([...keepers, ...leaders]);
/** Brings in spreadsheets. */
export const mayImport = has(keepers);
/** Reads the audit. */
export const mayReadAudit = has(['AUDIT_ADMINISTRATOR', 'BUREAU_ADMINISTRATOR', 'ALLIANCE_ADMINISTRATOR', 'SCHOOL_ADMINISTRATOR']);

/** Closes and opens again this ledger line: a plain member only their own. */
export function mayCloseTask(role: Role | null, task: { readonly owner?: string | null }, me: string): boolean {
  return mayKeepLedger(role) || (role === 'STUDIO_MEMBER' && task.owner === me);
}
