/** P10: lists of officers, every filter, first and deep pages, against a route of the same application that reads one row. */
import { oneByOne } from './lib/load.mjs';
import { officerId, UNITS, unitOf, certificateNo } from './lib/population.mjs';
import { quantile, showSpread, spread } from './lib/report.mjs';
import { answer, readMatter } from './lib/questions.mjs';

const ASKED = 60;

/** What a page asks for; each must find what it says, so that no empty answer is measured. */
const lists = ({ officers }) => {
  const middle = Buffer.from(officerId(Math.floor(officers / 2))).toString('base64url');
  return [
    { what: 'first page', query: '' },
    { what: 'deep page', query: `cursor=${middle}` },
    { what: 'one unit', query: `subjectId=${unitOf(UNITS)}` },
    { what: 'on duty, deep', query: `state=ON_DUTY&cursor=${middle}` },
    { what: 'off post', query: 'state=OFF_POST', mayBeEmpty: true },
    { what: 'has left', query: 'state=LEFT', mayBeEmpty: true },
    { what: 'name that nobody bears', query: `q=${encodeURIComponent('龘龘')}`, mayBeEmpty: true },
    { what: 'certificate number', query: `q=${certificateNo(77)}` },
  ].map(({ query, ...more }) => ({
    ...more,
    request: { method: 'GET', path: `/api/v1/officers?limit=50${query && `&${query}`}` },
  }));
};

export async function p10(stage, options) {
  const world = await stage.world(options.sizes.register);
  const api = await stage.api(world);
  const headers = await stage.signIn(world);
  const ask = async (requests) => quantile(await oneByOne({ url: api.url, requests, headers, count: ASKED }), 0.5);
  try {
    for (const { request, mayBeEmpty } of lists(world.sizes)) {
      const { items } = await answer(api.url, headers, request);
      if (items.length === 0 && !mayBeEmpty) throw new Error(`${request.path} found nobody`);
    }
    const rounds = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const floor = await ask(readMatter(world));
      const figures = [];
      for (const { what, request } of lists(world.sizes)) figures.push({ what, ms: await ask([request]) });
      rounds.push({ floor, figures });
    }
    const floor = spread(rounds.map((round) => round.floor));
    const rows = lists(world.sizes).map(({ what }) => {
      const times = rounds.map(({ figures }) => figures.find((figure) => figure.what === what).ms);
      const measured = spread(times);
      return {
        id: 'P10',
        what: `list of ${world.sizes.officers.toLocaleString('en')} officers, ${what}, median ms`,
        measured: showSpread(measured),
        floor: `${showSpread(floor)} GET /matters/{id}`,
        ratio: spread(times.map((ms, i) => ms / rounds[i].floor)).median,
        goal: '≤ 300 ms',
        met: measured.median <= 300,
      };
    });
    return { sizes: world.sizes, rounds, rows };
  } finally {
    await api.stop();
  }
}
