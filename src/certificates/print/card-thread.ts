import { parentPort, workerData } from 'node:worker_threads';
import { fontList, PrintFonts } from '../../infrastructure/print/print-fonts.js';
import { CardPress, type PressOrder } from './card-press.js';

/** The thread in which cards are drawn, so that a thousand of them never hold up a request. */
const { fonts } = workerData as { readonly fonts: string | undefined };
const port = parentPort;
if (port) {
  const press = new CardPress(new PrintFonts(fontList(fonts)), (news) => port.postMessage(news));
  port.on('message', (order: PressOrder) => press.take(order));
}
