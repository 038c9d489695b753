import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Difference } from '../../checker/differences.js';
import { KINDS, neededEach, plantFaults, type Planted } from '../support/certificate-faults.js';
import { certifiedWorld, type CertifiedWorld } from '../support/certified-world.js';
import { runChecker, runCheckerAs } from '../support/checker.js';
import { openHouse, type House } from '../support/house.js';

/** `npm run faults -- checker` runs it with 100,000 certificates and 500 faults. */
const CERTIFICATES = Number(process.env['CERTIFICATES'] ?? 1200);
const FAULTS = Number(process.env['FAULTS'] ?? Object.keys(KINDS).length);

let house: House;
let world: CertifiedWorld;
beforeAll(async () => {
  house = await openHouse();
  world = await certifiedWorld(house, { certificates: CERTIFICATES, each: neededEach(FAULTS) });
}, 3_600_000);
afterAll(() => house?.close());

const tell = (line: string): void => void process.stdout.write(`checker: ${line}\n`);
const serialOf = (number: string): number => Number(number.slice(2, -1));

/** Which fault a difference speaks of; undefined: it accuses what is sound. */
function faultOf(difference: Difference, planted: readonly Planted[]): Planted | undefined {
  const { certificateId, certificateNo, detail } = difference;
  return planted.find(({ certificateId: id, certificateNo: number, touched }) => {
    if (certificateId !== null) return certificateId === id || touched.includes(certificateId);
    if (difference.code === 'NUMBER_GAP')
      return Number(detail['from']) <= serialOf(number) && serialOf(number) <= Number(detail['to']);
    if (difference.code === 'LIVE_SLOT_DIFFERS') return touched.length > 1;
    const named = certificateNo ?? String(detail['application']);
    return named === number || touched.includes(named);
  });
}

describe('the checker of certificates', () => {
  it('finds nothing in what the product issued', async () => {
    const { code, differences, said } = await runChecker(house.databaseUrl);
    tell(said.trim().split('\n').slice(-3).join('; '));
    expect({ code, differences }).toEqual({ code: 0, differences: [] });
    expect(said).toContain(`${world.certificates} certificates`);
  });

  it('finds every planted fault and accuses nothing else', async () => {
    const planted = await plantFaults(house.databaseUrl, world, FAULTS);
    const { code, differences, said } = await runChecker(house.databaseUrl);
    const missed = planted.filter(
      (fault) =>
        !differences.some((difference) => fault.expected.includes(difference.code) && faultOf(difference, [fault])),
    );
    const wrong = differences.filter((difference) => faultOf(difference, planted) === undefined);
    tell(
      `${world.certificates} certificates, ${planted.length} faults of ${new Set(planted.map(({ kind }) => kind)).size} kinds: ` +
        `${planted.length - missed.length} found, ${wrong.length} false; ${said.trim().split('\n').at(-1) ?? ''}`,
    );
    expect({ code, missed: missed.map(({ kind }) => kind), wrong }).toEqual({ code: 1, missed: [], wrong: [] });
  });

  it('will not run under an account that may change anything, nor without one', async () => {
    const owner = await runCheckerAs(house.databaseUrl);
    expect(owner).toMatchObject({ code: 2, differences: [] });
    expect(owner.said).toContain('may do more than read');
    expect(await runCheckerAs('')).toMatchObject({ code: 2, differences: [] });
  });
});
