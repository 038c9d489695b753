import { v7 } from 'uuid';

/** A new id: UUIDv7, time-ordered, made by the application. */
export const newId = (): string => v7();

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** True for the text of an id of ours (lower case UUID). */
export const isId = (text: string): boolean => UUID.test(text);
