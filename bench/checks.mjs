/** P1, P2, P3: the eligibility check over HTTP, signed in, against a route of the same application that reads one row. */
import { load, oneByOne } from './lib/load.mjs';
import { quantile, showSpread, spread } from './lib/report.mjs';
import { answer, readMatter, singleChecks, teamChecks } from './lib/questions.mjs';

const CONNECTIONS = 50;
const TEAM = 1000;

async function ready(stage, sizes) {
  const world = await stage.world(sizes.register);
  const api = await stage.api(world);
  return { world, api, headers: await stage.signIn(world) };
}

const refuseUncleared = ({ cleared, members }) => {
  if (!cleared) throw new Error(`a sound check was refused: ${JSON.stringify(members).slice(0, 500)}`);
};

/** Rounds of floor and measured in turn, after a warm-up of both. */
async function inTurn({ url, headers, floor, measured, rounds, seconds, warmUp }) {
  const run = (requests, time) => load({ url, requests, headers, connections: CONNECTIONS, seconds: time });
  await run(floor, warmUp);
  await run(measured, warmUp);
  const results = { floor: [], measured: [] };
  for (let round = 0; round < rounds; round += 1) {
    results.floor.push(await run(floor, seconds));
    results.measured.push(await run(measured, seconds));
  }
  return results;
}

async function againstOneRow(stage, options, { record }) {
  const { world, api, headers } = await ready(stage, options.sizes);
  try {
    const measured = singleChecks(world.sizes, { record });
    refuseUncleared(await answer(api.url, headers, measured[0]));
    const floor = readMatter(world);
    await answer(api.url, headers, floor[0]);
    const results = await inTurn({ url: api.url, headers, floor, measured, ...options });
    refuseUncleared(await answer(api.url, headers, measured.at(-1)));
    return { world, results };
  } finally {
    await api.stop();
  }
}

const perSecond = (results) => spread(results.map(({ perSecond: rate }) => rate));
const ratios = ({ floor, measured }) => spread(measured.map((result, i) => result.perSecond / floor[i].perSecond));

export async function p1(stage, options) {
  const { world, results } = await againstOneRow(stage, options, { record: false });
  const [floor, measured, ratio] = [perSecond(results.floor), perSecond(results.measured), ratios(results)];
  const p99 = spread(results.measured.map((result) => result.p99));
  return {
    sizes: world.sizes,
    rounds: results,
    rows: [
      {
        id: 'P1',
        what: `check of 1 member, record: false, ${CONNECTIONS} connections, requests/s (p99 ${showSpread(p99)} ms)`,
        measured: showSpread(measured),
        floor: `${showSpread(floor)} GET /matters/{id}`,
        ratio: ratio.median,
        goal: '≥ 0.5 ×',
        met: ratio.median >= 0.5,
      },
    ],
  };
}

export async function p2(stage, options) {
  const { world, results } = await againstOneRow(stage, options, { record: true });
  const [floor, measured, ratio] = [perSecond(results.floor), perSecond(results.measured), ratios(results)];
  const p99 = spread(results.measured.map((result) => result.p99));
  return {
    sizes: world.sizes,
    rounds: results,
    rows: [
      {
        id: 'P2',
        what: `recorded check, ${CONNECTIONS} connections, requests/s`,
        measured: showSpread(measured),
        floor: `${showSpread(floor)} GET /matters/{id}`,
        ratio: ratio.median,
        goal: '≥ 0.1 ×',
        met: ratio.median >= 0.1,
      },
      {
        id: 'P2',
        what: `recorded check, ${CONNECTIONS} connections, p99 in ms`,
        measured: showSpread(p99),
        goal: '≤ 50 ms',
        met: p99.median <= 50,
      },
    ],
  };
}

export async function p3(stage, options) {
  const { world, api, headers } = await ready(stage, options.sizes);
  try {
    const { team, singles } = teamChecks(world.sizes, TEAM);
    refuseUncleared(await answer(api.url, headers, team));
    const ask = (requests, count) => oneByOne({ url: api.url, requests, headers, count });
    await ask(singles, 300);
    await ask([team], 10);
    const rounds = [];
    for (let round = 0; round < options.rounds; round += 1) {
      const alone = await ask(singles, TEAM);
      const together = await ask([team], 15);
      rounds.push({ singlesMs: alone.reduce((sum, ms) => sum + ms, 0), teamMs: quantile(together, 0.5) });
    }
    const [teamMs, singlesMs] = [spread(rounds.map((r) => r.teamMs)), spread(rounds.map((r) => r.singlesMs))];
    const ratio = spread(rounds.map((r) => r.singlesMs / r.teamMs));
    return {
      sizes: world.sizes,
      rounds,
      rows: [
        {
          id: 'P3',
          what: `one check of ${TEAM} members against ${TEAM} checks one by one, ms`,
          measured: showSpread(teamMs),
          floor: showSpread(singlesMs),
          ratio: ratio.median,
          goal: '≥ 20 × faster',
          met: ratio.median >= 20,
        },
        {
          id: 'P3',
          what: `one check of ${TEAM} members, ms`,
          measured: showSpread(teamMs),
          goal: '≤ 300 ms',
          met: teamMs.median <= 300,
        },
      ],
    };
  } finally {
    await api.stop();
  }
}
