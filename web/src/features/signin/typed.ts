let typed = '';

/** Keeps the password just typed, in memory only, so that the forced first change need not ask for it again. */
export function keepTyped(password: string): void {
  typed = password;
}

/** The password just typed, once. */
export function takeTyped(): string {
  const password = typed;
  typed = '';
  return password;
}
