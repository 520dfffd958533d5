/** A record of a session that somebody has begun and not saved. */
export interface Draft {
  readonly absent: readonly string[];
  readonly guests: string;
  readonly summary: string;
  /** When it was last touched. */
  readonly at: string;
}

/** One device may serve several people: a draft is of one person and one session. */
const keyOf = (person: string, session: string) => `banlian-session-draft:${person}:${session}`;

/** What was begun and not saved; null where nothing was, or nothing that can be read. */
export function readDraft(person: string, session: string): Draft | null {
  try {
    const { absent, guests, summary, at } = JSON.parse(localStorage.getItem(keyOf(person, session)) ?? '{}') as Partial<Draft>;
    if (!Array.isArray(absent) || !absent.every((one) => typeof one === 'string')) return null;
    return typeof guests === 'string' && typeof summary === 'string' && typeof at === 'string' ? { absent, guests, summary, at } : null;
  } catch {
    return null;
  }
}

export function keepDraft(person: string, session: string, draft: Draft): void {
  try {
    localStorage.setItem(keyOf(person, session), JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing, or is full: the page still holds it.
  }
}

export function dropDraft(person: string, session: string): void {
  try {
    localStorage.removeItem(keyOf(person, session));
  } catch {
    // Nothing was kept.
  }
}
