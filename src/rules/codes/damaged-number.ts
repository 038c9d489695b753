/** How many digits of an ID number survive in a number cell. */
const KEPT = 15;

/**
 * Takes the text of a cell that held an ID number and may have been turned into a number: `1.10101199003071E+17`,
 * `110101199003071000`, `410183 19900307 1015`. Gives the leading digits that are surely those that were typed, at most 15;
 * '' when the text is something else.
 */
export function likelyDigits(text: string): string {
  const plain = text.normalize('NFKC').replace(/[\s'-]/g, '');
  const scientific = /^(\d)(?:\.(\d+))?E\+?17$/i.exec(plain);
  if (scientific) {
    const digits = `${scientific[1]}${scientific[2] ?? ''}`;
    // The last digit of a shortened writing may have been rounded.
    return digits.slice(0, Math.min(KEPT, digits.length - 1));
  }
  if (!/^\d{15,18}[0-9X]?$/i.test(plain)) return '';
  return plain.slice(0, KEPT);
}
