import { inputInvalid } from '../infrastructure/validation/validation.js';
import type { InputError } from '../kernel/problem.js';
import type { DutyRequest } from '../rules/duty-facts.js';
import type { DutyQuestionDto } from './duty-question.dto.js';

/**
 * The request of the law book out of the request of the API.
 * @throws Problem 400 when the span or a member can't be read
 */
export function questionOf(body: DutyQuestionDto): DutyRequest {
  const errors: InputError[] = [];
  const { from, to } = spanOf(body, errors);
  const members = body.members.map((member, index) => {
    if ((member.officerId === undefined) === (member.certificateNo === undefined)) {
      errors.push({
        pointer: `/members/${index}`,
        code: 'MEMBER_NAMED_ONCE',
        detail: 'name each member by officerId or by certificateNo, exactly one of the two',
      });
    }
    if (member.certificateNo === undefined) {
      const officerId = member.officerId ?? '';
      return { key: `id:${officerId}`, officerId };
    }
    const certificateNo = member.certificateNo.normalize('NFKC').trim().toUpperCase();
    return { key: `no:${certificateNo}`, certificateNo };
  });
  if (errors.length > 0) throw inputInvalid(errors);
  return {
    subjectId: body.subjectId,
    matterCode: body.matterCode,
    divisionCode: body.divisionCode ?? null,
    from,
    to,
    members,
  };
}

function spanOf(body: DutyQuestionDto, errors: InputError[]): { from: number; to: number } {
  if (body.at !== undefined) {
    if (body.from !== undefined || body.to !== undefined) {
      errors.push({ pointer: '/at', code: 'SPAN_GIVEN_TWICE', detail: 'give either at, or from and to' });
    }
    const at = Date.parse(body.at);
    return { from: at, to: at + 1 };
  }
  if (body.from === undefined || body.to === undefined) {
    const pointer = body.from === undefined ? '/from' : '/to';
    errors.push({ pointer, code: 'SPAN_MISSING', detail: 'give from and to, or at' });
    return { from: 0, to: 1 };
  }
  const [from, to] = [Date.parse(body.from), Date.parse(body.to)];
  if (from >= to) errors.push({ pointer: '/to', code: 'SPAN_EMPTY', detail: 'to must be later than from' });
  return { from, to };
}
