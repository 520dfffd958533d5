import { messages } from '@/shared/i18n';

/** Something that went wrong, in words for the person who sees it. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly zh: string,
    readonly en: string,
    /** What to give to an administrator; empty where the request never arrived. */
    readonly requestId: string,
    readonly path: readonly (string | number)[] = [],
  ) {
    super(`${code} (${requestId})`);
    this.name = 'Problem';
  }

  /** Whether the session is over, or never was. */
  get signedOut(): boolean {
    return this.code === 'platform.unauthenticated' || this.code === 'tenancy.session_expired';
  }

  get mustChangePassword(): boolean {
    return this.code === 'tenancy.password_change_required';
  }

  get notFound(): boolean {
    return this.code === 'platform.not_found';
  }

  /** Whether the same call may succeed in a moment. */
  get passing(): boolean {
    return ['platform.unavailable', 'platform.deadline_exceeded', 'console.offline'].includes(this.code);
  }
}

const texts = messages({
  offline: ['无法连接服务器，请检查网络后重试。', 'The server cannot be reached. Check the network and try again.'],
  strange: ['服务器的回答无法理解，请稍后再试。', 'The server answered in a way we do not understand. Try again in a moment.'],
  notFound: ['没有找到，可能已被删除，或不在您的权限范围内。', 'Not found: it may be gone, or outside what you may see.'],
});

/** The request never reached the server. */
export function offline(): Problem {
  return new Problem('console.offline', texts.offline[0], texts.offline[1], '');
}

/** An answer that is not one of the gateway's. */
export function strange(status: number, requestId: string): Problem {
  return new Problem(`console.http_${status}`, texts.strange[0], texts.strange[1], requestId);
}

/** A thing asked for by its id is null without an error. */
export function missing(): Problem {
  return new Problem('platform.not_found', texts.notFound[0], texts.notFound[1], '');
}

/** Whatever was thrown, as a problem. */
export function asProblem(thrown: unknown): Problem {
  return thrown instanceof Problem ? thrown : new Problem('console.fault', texts.strange[0], texts.strange[1], '');
}
