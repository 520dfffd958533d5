/** A new idempotency key. `crypto.randomUUID` is not there where the page came without TLS, random numbers are. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
