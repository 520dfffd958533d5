import { expect, test } from 'vitest';
import { allKeys, branchesOf, countKinds, onlyHits, openAtFirst, type TreeNode } from './tree.ts';

function node(key: string, parent: string | null, kind: TreeNode['kind'] = 'SCHOOL'): TreeNode {
  return { key, parent, depth: 0, name: key, organisation: key, kind, no: null, schools: 0 };
}

const nodes = [node('city', null, 'BUREAU'), node('county', 'city', 'BUREAU'), node('a', 'county'), node('b', 'county'), node('c', 'city'), node('guest', 'unseen')];

test('nodes become a tree; one whose parent may not be seen stands at the top', () => {
  const tree = branchesOf(nodes);
  expect(tree.map((branch) => branch.node.key)).toEqual(['city', 'guest']);
  expect(tree[0]?.children.map((branch) => branch.node.key)).toEqual(['county', 'c']);
  expect(allKeys(tree)).toEqual(['city', 'county']);
});

test('a search leaves the hits and what leads to them', () => {
  const left = onlyHits(branchesOf(nodes), new Set(['b']));
  expect(left.length).toBe(1);
  expect(left[0]?.children.map((branch) => branch.node.key)).toEqual(['county']);
  expect(left[0]?.children[0]?.children.map((branch) => branch.node.key)).toEqual(['b']);
  expect(onlyHits(branchesOf(nodes), new Set())).toEqual([]);
});

test('places are no organisations', () => {
  const place: TreeNode = { ...node('321000', null), organisation: null, kind: null };
  expect(onlyHits(branchesOf([place, node('a', '321000')]), new Set(['a'])).length).toBe(1);
  expect(countKinds([place, ...nodes])).toEqual({ schools: 4, bureaus: 2, alliances: 0 });
});

test('a small tree opens whole, a large one to its second level', () => {
  expect([...openAtFirst(branchesOf(nodes))].sort()).toEqual(['city', 'county']);
  const large = [node('city', null), ...Array.from({ length: 12 }, (_, i) => node(`county${i}`, 'city')), ...Array.from({ length: 120 }, (_, i) => node(`s${i}`, `county${i % 12}`))];
  expect([...openAtFirst(branchesOf(large))]).toEqual(['city']);
});

test('a parent that comes after its child is found all the same', () => {
  const tree = branchesOf([node('a', 'county'), node('county', null)]);
  expect(tree.map((branch) => branch.node.key)).toEqual(['county']);
});
