/** P4: the same question in a register of 10,000 officers and in one of 1,000,000. One connection, so nothing waits for anything. */
import { oneByOne } from './lib/load.mjs';
import { quantile, showSpread, spread } from './lib/report.mjs';
import { answer, singleChecks } from './lib/questions.mjs';

const ASKED = 2000;

export async function p4(stage, options) {
  const sides = [];
  for (const sizes of [options.sizes.few, options.sizes.many]) {
    const world = await stage.world(sizes);
    sides.push({ world, api: await stage.api(world), headers: await stage.signIn(world) });
  }
  const kinds = [
    { kind: 'by id', more: {} },
    { kind: 'by certificate number', more: { byNumber: true } },
  ];
  try {
    const rows = [];
    const rounds = {};
    for (const { kind, more } of kinds) {
      const figures = await inTurn(sides, more, options);
      rounds[kind] = figures;
      const [few, many] = ['few', 'many'].map((side) => spread(figures.map((figure) => figure[side])));
      const ratio = spread(figures.map((figure) => figure.many / figure.few));
      rows.push({
        id: 'P4',
        what: `median latency of a check ${kind}, ms: ${sides.map(({ world }) => describe(world.sizes)).join(' → ')}`,
        measured: showSpread(many),
        floor: showSpread(few),
        ratio: ratio.median,
        goal: '≤ 1.3 ×',
        met: ratio.median <= 1.3,
      });
    }
    return { sizes: sides.map(({ world }) => world.sizes), rounds, rows };
  } finally {
    await Promise.all(sides.map(({ api }) => api.stop()));
  }
}

const describe = ({ officers, certificates }) =>
  `${officers.toLocaleString('en')} officers, ${certificates.toLocaleString('en')} certificates`;

async function inTurn(sides, more, { rounds }) {
  const ask = async ({ world, api, headers }, count) => {
    const requests = singleChecks(world.sizes, { count: ASKED, ...more });
    const { cleared } = await answer(api.url, headers, requests[0]);
    if (!cleared) throw new Error('a sound check was refused');
    return quantile(await oneByOne({ url: api.url, requests, headers, count }), 0.5);
  };
  const [few, many] = sides;
  for (const side of sides) await ask(side, ASKED);
  const figures = [];
  for (let round = 0; round < rounds; round += 1)
    figures.push({ few: await ask(few, ASKED), many: await ask(many, ASKED) });
  return figures;
}
