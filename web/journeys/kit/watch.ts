import type { Page, Request, Response } from 'playwright-core';

/** What a page must not do, and every text that the gateway gave it: what else stands on the page is the console's own. */
export class Watch {
  readonly faults: string[] = [];
  /** Texts of the gateway that hold Chinese characters. */
  readonly data = new Set<string>();
  /** How many requests the page has made. */
  asked = 0;
  private readonly open = new Set<Request>();
  private readonly reading = new Set<Promise<void>>();
  private forgiven: RegExp[] = [];

  constructor(page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.fault(`console: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.fault(`page: ${error.message}`));
    page.on('request', (request) => {
      this.asked += 1;
      this.open.add(request);
    });
    page.on('requestfinished', (request) => this.open.delete(request));
    page.on('requestfailed', (request) => {
      this.open.delete(request);
      const why = request.failure()?.errorText ?? '';
      // A page that is left gives up what it has asked for.
      if (!why.includes('ERR_ABORTED')) this.fault(`request: ${request.url()} ${why}`);
    });
    page.on('response', (response) => {
      const read = this.read(response).finally(() => this.reading.delete(read));
      this.reading.add(read);
    });
  }

  /** Lets pass what a test provokes on purpose. */
  forgive(...patterns: RegExp[]): void {
    this.forgiven = [...this.forgiven, ...patterns];
    const rest = this.faults.filter((fault) => !patterns.some((pattern) => pattern.test(fault)));
    this.faults.splice(0, this.faults.length, ...rest);
  }

  /** Whether nothing is under way. */
  quiet(): boolean {
    return this.open.size === 0 && this.reading.size === 0;
  }

  private fault(text: string): void {
    if (!this.forgiven.some((pattern) => pattern.test(text))) this.faults.push(text);
  }

  private async read(response: Response): Promise<void> {
    const path = new URL(response.url()).pathname;
    if (response.status() >= 400) this.fault(`answer: ${response.status()} ${path}`);
    if (path !== '/graphql') return;
    let body: unknown;
    try {
      body = await response.json();
    } catch {
      // The page was left before the answer was there.
      return;
    }
    const { data, errors } = body as { data?: unknown; errors?: { message: string; path?: unknown; extensions?: { code?: string } }[] };
    for (const error of errors ?? []) this.fault(`gateway: ${error.extensions?.code ?? ''} ${error.message} ${JSON.stringify(error.path ?? [])}`);
    this.collect(data);
  }

  /** Keeps every text of an answer but those that are there in both languages. */
  private collect(value: unknown): void {
    if (typeof value === 'string') {
      if (/^[[{]/.test(value)) this.collectJson(value);
      if (/\p{Script=Han}/u.test(value)) this.data.add(value);
    } else if (Array.isArray(value)) value.forEach((one) => this.collect(one));
    else if (typeof value === 'object' && value !== null) {
      for (const [name, one] of Object.entries(value)) if (!name.endsWith('Zh')) this.collect(one);
    }
  }

  private collectJson(text: string): void {
    try {
      this.collect(JSON.parse(text));
    } catch {
      // A text that only begins like one.
    }
  }
}
