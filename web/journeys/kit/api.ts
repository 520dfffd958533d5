import { inject } from 'vitest';
import type { AnyDocument, Document } from '@/shared/gql/document.ts';
import { SignIn } from '@/shared/gql/documents.ts';

interface Body {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

let keys = 0;
/** A key that no other change carries. */
export function key(): string {
  keys += 1;
  return `journey-${process.pid}-${Date.now()}-${keys}`;
}

/** Somebody who talks to the gateway without a page: what a page has done is read again through them. */
export class Reader {
  private cookie = '';

  private constructor(
    private readonly address: string,
    private readonly hat: string | null,
  ) {}

  /** Signs in; with the password that the program told, where no other is given. */
  static async of(login: string, password?: string): Promise<Reader> {
    const { address, accounts } = inject('running');
    const reader = new Reader(address, null);
    const known = password ?? accounts.find((one) => one.login === login)?.password;
    if (known === undefined) throw new Error(`the program told no account ${login}`);
    const { signIn } = await reader.ask(SignIn, { input: { login, password: known } });
    if (!signIn?.me) throw new Error(`${login} is refused: ${JSON.stringify(signIn?.userErrors)}`);
    return reader;
  }

  /** The same person under another grant. */
  under(hat: string): Reader {
    const other = new Reader(this.address, hat);
    other.cookie = this.cookie;
    return other;
  }

  /** Asks one of the console's documents by its hash, as the console does; throws where the answer has errors. */
  async ask<Result, Variables>(document: Document<Result, Variables>, variables: Variables): Promise<Result> {
    const { data, errors } = await this.send(document, variables);
    if (errors || !data) throw new Error(`${document.name}: ${JSON.stringify(errors ?? data)}`);
    return data as Result;
  }

  /** Sends a mutation under a key of its own; throws where it is refused. */
  async change<Result, Input extends { idempotencyKey: string }>(document: Document<Result, { input: Input }>, input: Omit<Input, 'idempotencyKey'>): Promise<Result> {
    const result = await this.ask(document, { input: { idempotencyKey: key(), ...input } as Input });
    const [payload] = Object.values(result as Record<string, { userErrors?: unknown[] }>);
    if (payload?.userErrors?.length) throw new Error(`${document.name}: ${JSON.stringify(payload.userErrors)}`);
    return result;
  }

  /** The codes with which a document is refused. */
  async codes(document: AnyDocument, variables: object): Promise<string[]> {
    const { errors = [] } = await this.send(document, variables);
    return errors.map((error) => error.extensions?.code ?? 'none');
  }

  private async send(document: AnyDocument, variables: unknown): Promise<Body> {
    const response = await fetch(`${this.address}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'banlian-console': '1',
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(this.hat ? { 'banlian-hat': this.hat } : {}),
      },
      body: JSON.stringify({ operationName: document.name, variables, extensions: { persistedQuery: { version: 1, sha256Hash: document.hash } } }),
    });
    this.cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.cookie;
    return (await response.json()) as Body;
  }
}
