import { afterEach, describe, expect, it } from 'vitest';
import { expectedAt, typedLogins } from './attendance.ts';
import { dropDraft, keepDraft, readDraft } from './draft.ts';
import { typedTime } from './time.ts';

const member = (person: string, from: string, to: string | null = null) => ({ id: `m${person}`, person, personName: person, homeName: '甲校', guest: false, from, to });
const line = (person: string, present: boolean, guest = false) => ({ person, personName: person, homeName: guest ? '乙校' : '甲校', guest, present });
const studio = (members: ReturnType<typeof member>[]) => ({ id: 's', name: '工作室', closedOn: null, owner: null, members });

describe('who is asked for', () => {
  const members = [member('a', '2025-09-01'), member('b', '2025-09-01', '2026-05-17'), member('c', '2026-05-19')];
  // Already the 18th in Shanghai.
  const startsAt = '2026-05-17T16:30:00Z';

  it('are the members on the day, all of them there', () => {
    const all = expectedAt({ startsAt, state: 'PLANNED', attendance: [], studio: studio(members) });
    expect(all.map((one) => [one.person, one.present])).toEqual([['a', true]]);
  });

  it('are, once more, those of the record before too, as it says', () => {
    const all = expectedAt({ startsAt, state: 'HELD', attendance: [line('g', true, true), line('a', false)], studio: studio([...members, member('d', '2026-05-18')]) });
    expect(all.map((one) => [one.person, one.present, one.guest])).toEqual([['a', false, false], ['d', false, false], ['g', true, true]]);
  });
});

it('account names are told apart however they are typed', () => {
  expect(typedLogins(' s02.t04，s02.t05、s02.t04 \n')).toEqual(['s02.t04', 's02.t05']);
  expect(typedLogins(' ')).toEqual([]);
});

it('a time is understood as people type it', () => {
  expect(['14:30', '14：30', '1430', '930', '9', '08.05'].map(typedTime)).toEqual(['14:30', '14:30', '14:30', '09:30', '09:00', '08:05']);
  expect(['', '24:00', '14:60', '2.5', 'noon', '14305'].map(typedTime)).toEqual([null, null, null, null, null, null]);
});

describe('a draft', () => {
  afterEach(() => localStorage.clear());
  const draft = { absent: ['a'], guests: 's02.t04', summary: '三点共识', at: '2026-05-18T08:00:00Z' };

  it('is kept for one person and one session until it is dropped', () => {
    keepDraft('p', 's', draft);
    expect(readDraft('p', 's')).toEqual(draft);
    expect([readDraft('q', 's'), readDraft('p', 't')]).toEqual([null, null]);
    dropDraft('p', 's');
    expect(readDraft('p', 's')).toBeNull();
  });

  it('that cannot be read is none', () => {
    for (const text of ['{', '[]', 'null', '{"absent":[1],"guests":"","summary":"","at":""}']) {
      localStorage.setItem('banlian-session-draft:p:s', text);
      expect(readDraft('p', 's')).toBeNull();
    }
  });
});
