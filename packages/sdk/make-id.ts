/** 128 random bits in hex. `crypto.randomUUID` does not exist on pages of a plain-http network; `getRandomValues` does. */
export function makeId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
