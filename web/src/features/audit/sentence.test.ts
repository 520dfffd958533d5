import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { actions, detailParts, recordPath, textOf } from './sentence.ts';
import { actionTexts } from './texts.ts';

test('every mutation of the schema has its sentence in the audit', () => {
  const schema = readFileSync(process.env.BANLIAN_SCHEMA ?? '../graphql/schema.graphql', 'utf8');
  const mutations = /^type Mutation \{([\s\S]*?)^\}/m.exec(schema)?.[1] ?? '';
  const names = [...mutations.matchAll(/^\s+(\w+)\(input:/gm)].map(([, name = '']) => name.charAt(0).toUpperCase() + name.slice(1));
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => textOf(name) === 'other')).toEqual([]);
  expect(textOf('constructor')).toBe('other');
});

test('every sentence has a name for the choice, and every name a sentence', () => {
  expect([...actions, 'other']).toEqual(Object.keys(actionTexts));
});

test('a detail is told without ids, versions and what stayed', () => {
  const id = `person_${'0'.repeat(32)}`;
  expect(detailParts(JSON.stringify({ version: 3, person: id, role: 'lead', renamed: false, dueOn: { before: '2026-05-01', after: '2026-06-01' }, owner: { before: id, after: null } }))).toEqual([
    { key: 'role', value: 'lead' },
    { key: 'dueOn', before: '2026-05-01', after: '2026-06-01' },
  ]);
  expect(detailParts('{"a":{"before":1,"after":1},"b":[1]}')).toEqual([]);
  expect(detailParts('not json')).toEqual([]);
  expect(detailParts('[1]')).toEqual([]);
});

test('a record is opened where it is shown', () => {
  expect(recordPath('CloseTask', 'task_1')).toBe('/tasks/task_1');
  expect(recordPath('SignOut', 'session_1')).toBeNull();
});
