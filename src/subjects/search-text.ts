/** Pattern for LIKE that finds the text anywhere; what people type is no wildcard. */
export const containing = (text: string): string => `%${text.trim().replace(/[\\%_]/g, (char) => `\\${char}`)}%`;
