import type { SessionStudioQuery } from '@/shared/gql/documents.ts';
import type { Step } from '@/shared/ui/Page.tsx';

/** The steps above a session: its studio's owner, its studio's sessions. */
export function stepsTo(studio: Pick<NonNullable<SessionStudioQuery['studio']>, 'id' | 'name' | 'owner'> | null | undefined): Step[] {
  if (!studio) return [];
  const { id, name, owner } = studio;
  return [
    ...(owner ? [{ label: owner.name, to: `/${owner.kind === 'SCHOOL' ? 'schools' : 'organisations'}/${owner.id}` }] : []),
    { label: name, to: `/studios/${id}?tab=sessions` },
  ];
}
