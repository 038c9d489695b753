import { Injectable } from '@nestjs/common';
import { PersonalData } from '../../infrastructure/crypto/personal-data.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import type { RepairOffer } from '../../kernel/import-definition.js';
import { notFound, Problem } from '../../kernel/problem.js';
import { legalDateOf } from '../../rules/calendar.js';
import type { RepairOffersView, RepairOfferView } from '../import-preview.view.js';
import type { ImportRecord } from '../import-record.js';
import { ImportDefinitions } from '../import-definitions.js';
import { ImportStore, wrongStatus } from '../import-store.js';
import type { ImportRowView } from '../import.view.js';
import { CorrectRow } from '../rows/correct-row.js';
import { ImportRows } from '../rows/import-rows.js';
import { maskColumn } from '../rows/mask-row.js';
import { RowReader } from '../rows/row-reader.js';
import { rawTexts } from './cell-texts.js';

const OPEN = ['INVALID', 'FAILED'];

/**
 * Offers what the register holds for a row whose number was damaged, and writes it when somebody takes the offer. An identity is never
 * put right by itself (BR-138): each taking is an act of its own in the audit trail.
 */
@Injectable()
export class RepairRow {
  constructor(
    private readonly clock: Clock,
    private readonly store: ImportStore,
    private readonly definitions: ImportDefinitions,
    private readonly rows: ImportRows,
    private readonly personalData: PersonalData,
    private readonly correct: CorrectRow,
  ) {}

  /** Both values side by side, masked. @throws Problem 404, 403, 409 */
  async offers(actor: Actor, id: string, rowNumber: number): Promise<RepairOffersView> {
    return { items: (await this.found(actor, id, rowNumber)).map(({ view }) => view) };
  }

  /** @throws Problem 404, 403, 409 OFFER_GONE when the register says something else by now */
  async accept(actor: Actor, id: string, rowNumber: number, offerId: string): Promise<ImportRowView> {
    const taken = (await this.found(actor, id, rowNumber)).find(({ view }) => view.offerId === offerId);
    if (!taken)
      throw new Problem('conflict', 'OFFER_GONE', 'There is no such offer any more. Ask for the offers again.');
    const { column, value } = taken.offer;
    return this.correct.execute(actor, id, rowNumber, { values: { [column]: value } }, 'import.accept-repair');
  }

  private async found(
    actor: Actor,
    id: string,
    rowNumber: number,
  ): Promise<readonly { readonly offer: RepairOffer; readonly view: RepairOfferView }[]> {
    const record = await this.store.inScope(actor, id);
    const definition = this.store.definitionOf(record);
    this.definitions.refuseWithoutRight(actor, definition);
    if (record.status !== 'VALIDATED') throw wrongStatus(record.status, 'Rows are repaired while it is VALIDATED.');
    const [staged] = await this.rows.byNumbers(record.id, [rowNumber]);
    if (!staged) throw notFound('row');
    if (!OPEN.includes(staged.state ?? '') || !definition.repairs) return [];
    const today = legalDateOf(await this.clock.now()) ?? '';
    const { values } = new RowReader(definition, record.mapping, record.layout, today).read(staged);
    const raw = rawTexts(definition, record.mapping, staged);
    const offers = await definition.repairs(
      { actor, importId: record.id, parameters: record.parameters },
      { rowNumber, values, raw },
    );
    return offers.map((offer) => ({ offer, view: this.view(record, rowNumber, raw[offer.column] ?? '', offer) }));
  }

  private view(record: ImportRecord, rowNumber: number, current: string, offer: RepairOffer): RepairOfferView {
    const column = this.store.definitionOf(record).columns.find(({ field }) => field === offer.column);
    if (!column) throw new Error(`${record.kind} offers a repair of a column that it does not have`);
    const place = `import_repairs.${record.id}.${rowNumber}.${offer.column}`;
    return {
      offerId: this.personalData.blindIndex(offer.value, place),
      column: offer.column,
      heading: column.headings[0] ?? offer.column,
      current: maskColumn(column, current),
      proposed: maskColumn(column, offer.value),
      because: [...offer.because],
      person: { ...offer.person },
    };
  }
}
