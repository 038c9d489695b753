import type { Page } from 'playwright-core';
import type { Visitor } from './journey.js';

export interface List<T> {
  readonly items: readonly T[];
}

/** What the server says to whoever is signed in at this window. @throws Error when it refuses */
export async function read<T>(visitor: Visitor, path: string): Promise<T> {
  const answer = await visitor.page.request.get(`/api/v1${path}`);
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()}`);
  return (await answer.json()) as T;
}

/** Opens a select and takes an option; the list that was opened last is the one on top. */
export async function choose(page: Page, label: string, text: string): Promise<void> {
  const box = page.getByLabel(label);
  await box.click();
  if (await box.isEditable()) await box.fill(text);
  await takeOption(page, text);
}

/** Takes an option of the list that stands open. */
export async function takeOption(page: Page, text: string): Promise<void> {
  await page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: text })
    .last()
    .dispatchEvent('click');
}

export async function setDay(page: Page, label: string, day: string): Promise<void> {
  await page.getByLabel(label).fill(day);
  await page.keyboard.press('Enter');
}

/** A day of China's calendar, so many days from today. */
export const dayFromNow = (days: number): string =>
  new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10);

/** Lets the page give a file and gives its bytes. */
export async function downloaded(page: Page, act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([page.waitForEvent('download'), act()]);
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  return { name: file.suggestedFilename(), bytes: Buffer.concat(chunks) };
}
