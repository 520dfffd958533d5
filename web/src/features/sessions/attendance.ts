import type { OneSessionQuery } from '@/shared/gql/documents.ts';
import { dayOf } from '@/shared/i18n/dates.ts';

export type Session = NonNullable<OneSessionQuery['studioSession']>;

/** Somebody who is asked for when a session is recorded. */
export interface Expected {
  readonly person: string;
  readonly name: string | null;
  readonly home: string | null;
  readonly guest: boolean;
  /** As recorded before; everybody where nothing is. */
  readonly present: boolean;
}

/** Who is asked for: the studio's members on the session's day, and whom an earlier record names. */
export function expectedAt(session: Pick<Session, 'startsAt' | 'state' | 'attendance' | 'studio'>): Expected[] {
  const day = dayOf(session.startsAt);
  const before = session.attendance ?? [];
  const known = new Map(before.map((line) => [line.person, line.present]));
  const members = (session.studio?.members ?? [])
    .filter((member) => member.from <= day && (!member.to || member.to >= day))
    .map(({ person, personName, homeName, guest }) => ({ person, name: personName ?? null, home: homeName ?? null, guest, present: session.state === 'HELD' ? (known.get(person) ?? false) : true }));
  const names = new Set(members.map((one) => one.person));
  const others = before
    .filter((line) => !names.has(line.person))
    .map(({ person, personName, homeName, guest, present }) => ({ person, name: personName ?? null, home: homeName ?? null, guest, present }));
  return [...members, ...others].filter((one, index, all) => all.findIndex((other) => other.person === one.person) === index);
}

/** Account names as they are typed one after another, each once. */
export function typedLogins(text: string): string[] {
  return [...new Set(text.split(/[\s,，、;；]+/).filter(Boolean))];
}
