import type { OrganisationTreeQuery } from '@/shared/gql/documents.ts';

export type TreeNode = NonNullable<OrganisationTreeQuery['organisationTree']>[number];

/** A node with what stands under it. */
export interface Branch {
  readonly node: TreeNode;
  readonly children: readonly Branch[];
}

/** The nodes, which come depth first, as a tree. A node whose parent may not be seen stands at the top. */
export function branchesOf(nodes: readonly TreeNode[]): Branch[] {
  const made = new Map<string, { node: TreeNode; children: Branch[] }>();
  const top: Branch[] = [];
  for (const node of nodes) made.set(node.key, { node, children: [] });
  for (const branch of made.values()) {
    const above = branch.node.parent ? made.get(branch.node.parent) : undefined;
    (above?.children ?? top).push(branch);
  }
  return top;
}

/** What is left of the tree when only these organisations, and what leads to them, are shown. */
export function onlyHits(branches: readonly Branch[], hits: ReadonlySet<string>): Branch[] {
  return branches.flatMap((branch) => {
    const children = onlyHits(branch.children, hits);
    const own = typeof branch.node.organisation === 'string' && hits.has(branch.node.organisation);
    return own || children.length > 0 ? [{ node: branch.node, children }] : [];
  });
}

/** How many organisations of each kind the tree holds. */
export function countKinds(nodes: readonly TreeNode[]): { schools: number; bureaus: number; alliances: number } {
  const count = (kind: TreeNode['kind']) => nodes.filter((node) => node.kind === kind).length;
  return { schools: count('SCHOOL'), bureaus: count('BUREAU'), alliances: count('ALLIANCE') };
}

/** How many lines a tree opens with at most. */
const openLines = 60;

/** The nodes that are open at first: level by level, as long as the lines fit on a few screens. */
export function openAtFirst(branches: readonly Branch[]): Set<string> {
  const open = new Set<string>();
  let level = [...branches];
  let lines = level.length;
  while (level.length > 0) {
    const next = level.flatMap((branch) => branch.children);
    lines += next.length;
    // One level below the top is shown whatever it holds.
    if (open.size > 0 && lines > openLines) break;
    level.forEach((branch) => {
      if (branch.children.length > 0) open.add(branch.node.key);
    });
    level = next;
  }
  return open;
}

/** The keys of all nodes that can be opened. */
export function allKeys(branches: readonly Branch[]): string[] {
  return branches.flatMap((branch) => (branch.children.length > 0 ? [branch.node.key, ...allKeys(branch.children)] : []));
}
