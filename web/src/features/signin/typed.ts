let typed = '';

/** Keeps the password just typed, in memory only, so that the forced first change need not ask for it again. */
export function keepTyped(password: string): void {
  typed = password;
}

/** The password just typed; reading it changes nothing, since a page may be drawn more than once before it is shown. */
export function typedNow(): string {
  return typed;
}

export function forgetTyped(): void {
  typed = '';
}
