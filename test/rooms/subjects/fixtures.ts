import { insertSubject, type House } from '../../support/house.js';
import { creditCode } from './credit-codes.js';

export const BASIS = { title: '中华人民共和国行政处罚法', article: '第二十条', rank: 'LAW' };

/** A confirmed body below the district. */
export async function aBody(house: House, kind = 'ADMIN_ORGAN', name = '某局'): Promise<string> {
  const root = { id: house.root, path: `/${house.root}/` };
  const body = await house.uow.run(() => insertSubject(house.db, { name, kind, parent: root, uscc: creditCode() }));
  return body.id;
}

let matters = 0;

export async function aMatter(house: House, actType = 'PENALTY', domain = 'URBAN_MANAGEMENT'): Promise<string> {
  const code = `T-${actType}-${(matters += 1)}`;
  const { status } = await house.as('reviewer').post('/matters', { code, name: `事项${matters}`, actType, domain });
  if (status !== 201) throw new Error(`matter: ${status}`);
  return code;
}

export async function aPower(house: House, subjectId: string, matterCode: string, more: object = {}): Promise<string> {
  const { status, body } = await house.as('reviewer').post(`/subjects/${subjectId}/powers`, {
    matterCode,
    jurisdictionCode: '410102',
    legalBasis: BASIS,
    validFrom: '2020-01-01',
    ...more,
  });
  if (status !== 201) throw new Error(`power: ${status} ${JSON.stringify(body)}`);
  return String(body['id']);
}
