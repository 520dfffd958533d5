/** What a password still lacks. */
export interface PasswordRules {
  /** Long enough. */
  readonly length: boolean;
  /** Three of: capital letters, small letters, digits, signs. */
  readonly classes: boolean;
}

/** The shortest password where a bureau has not set more; the server decides. */
export const shortest = 12;

/** How many of the four classes of characters a text has. */
export function classesOf(password: string): number {
  return [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u].filter((one) => one.test(password)).length;
}

/** Which rules a password keeps. Those about earlier passwords only the server can tell. */
export function passwordRules(password: string): PasswordRules {
  return { length: [...password].length >= shortest, classes: classesOf(password) >= 3 };
}
