/** A random key. `crypto.randomUUID` is missing where the product is reached by plain HTTP on an intranet. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
