/** A GraphQL document with the types of its answer and of its variables, made by scripts/codegen.mjs. */
export interface Document<Result, Variables> {
  readonly name: string;
  /** SHA-256 of the text: what is sent instead of it. */
  readonly hash: string;
  readonly text: string;
  /** The object types that its answer holds: a change of one of them makes the answer old. */
  readonly types: readonly string[];
  /** A mutation whose input takes an idempotency key. */
  readonly keyed?: boolean;
  readonly __apiType?: (variables: Variables) => Result;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any document, whatever its variables
export type AnyDocument = Document<any, any>;
export type ResultOf<D> = D extends { __apiType?: (variables: never) => infer R } ? R : never;
export type VariablesOf<D> = D extends { __apiType?: (variables: infer V) => unknown } ? V : never;
