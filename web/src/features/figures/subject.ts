/** Whose figure an address names: the id's kind stands at its beginning. */
export function subjectOf(id: string): { readonly school: string | null; readonly studio: string | null } {
  return id.startsWith('studio_') ? { school: null, studio: id } : { school: id, studio: null };
}
