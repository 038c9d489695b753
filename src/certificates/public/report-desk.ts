import { Injectable } from '@nestjs/common';
import { groupedCode } from '../../infrastructure/http/public-address.js';
import type { FormFields } from '../../infrastructure/http/takes-forms.js';
import { PublicCodes } from '../../infrastructure/crypto/public-codes.js';
import { Clock } from '../../kernel/clock.js';
import { isId, newId } from '../../kernel/ids.js';
import { MISMATCH_KINDS, type MismatchKind } from '../mismatch/mismatch.dto.js';
import { ReportMismatch } from '../mismatch/report-mismatch.js';
import { PublicLookups } from './public-lookups.js';

/** A form may lie open so long. */
const FORM_MS = 2 * 3_600_000;

/** The report of the public about a code: hands out the form, and takes it back. */
@Injectable()
export class ReportDesk {
  constructor(
    private readonly clock: Clock,
    private readonly codes: PublicCodes,
    private readonly lookups: PublicLookups,
    private readonly reports: ReportMismatch,
  ) {}

  /** What a hidden field of the form carries: an id for the report, the code, and when it was handed out. */
  async token(code: string): Promise<string> {
    return this.codes.sealForm(JSON.stringify([newId(), code, await this.clock.now()]));
  }

  /** What the form says it is about. */
  async about(code: string): Promise<string> {
    const finding = await this.lookups.look(code);
    return finding.kind === 'FOUND' ? finding.card.number : groupedCode(shown(code));
  }

  /** Gives what is wrong with the form, or null when the report was taken in. The same form twice is one report. */
  async take(code: string, form: FormFields): Promise<'faulty' | 'stale' | null> {
    const id = await this.idOf(form.text('token'), code);
    if (id === null) return 'stale';
    const kind = MISMATCH_KINDS.find((known) => known === form.text('kind'));
    const [description, place] = [form.text('description'), form.text('place')];
    if (kind === undefined || [...description].length > 500 || [...place].length > 100) return 'faulty';
    await this.keep(id, code, kind, description, place);
    return null;
  }

  private async keep(id: string, code: string, kind: MismatchKind, description: string, place: string): Promise<void> {
    const finding = await this.lookups.look(code);
    const card = finding.kind === 'FOUND' ? finding.card : null;
    await this.reports.execute({
      id,
      certificateId: card?.id ?? null,
      subjectId: card?.subjectId ?? null,
      kind,
      verdict: finding.kind === 'FOUND' ? finding.judgement.verdict : finding.kind,
      description: description === '' ? null : description,
      place: place === '' ? null : place,
    });
  }

  private async idOf(token: string, code: string): Promise<string | null> {
    const content = this.codes.openForm(token);
    if (content === null) return null;
    const [id, about, at] = JSON.parse(content) as [string, string, number];
    const age = (await this.clock.now()) - at;
    return isId(id) && about === code && age >= 0 && age <= FORM_MS ? id : null;
  }
}

const shown = (code: string): string =>
  code
    .replace(/[^0-9A-Za-z]/g, '')
    .slice(0, 14)
    .toUpperCase();
