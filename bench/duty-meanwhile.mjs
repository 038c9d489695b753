/** P5DUTY: the recorded duty check, 20 a second, while an import of exam results runs, against the same load without it. */
import { sleep } from '../scripts/lib/common.mjs';
import { holdExam, writeSheet } from './lib/exam.mjs';
import { paced } from './lib/load.mjs';
import { singleChecks } from './lib/questions.mjs';
import { quantile, showSpread, spread } from './lib/report.mjs';
import { importOnce, openImports } from './imports.mjs';

const A_SECOND = 20;
const WARM_UP = 5000;
const MOST_TIMES = 3;

export async function p5duty(stage, { sizes, rounds, seconds }) {
  const { world, people, headers } = await openImports(stage, sizes);
  const supervisor = await stage.signIn(world);
  const requests = singleChecks(world.sizes, { record: true });
  const figures = [];
  for (let round = 0; round < rounds; round += 1) {
    const exam = await holdExam(world, people);
    const file = await writeSheet(stage, exam, 'xlsx');
    const [api, worker] = [await stage.api(world), await stage.worker(world)];
    try {
      const load = { url: api.url, requests, headers: supervisor, perSecond: A_SECOND };
      await paced(load, () => sleep(WARM_UP));
      const idle = await paced(load, () => sleep(seconds * 2000));
      const busy = await paced(load, () => importOnce(world, api, headers, exam, file));
      const of = ({ latencies }) => ({
        p50: quantile(latencies, 0.5),
        p99: quantile(latencies, 0.99),
        n: latencies.length,
      });
      figures.push({ idle: of(idle), busy: of(busy), import: busy.of });
      const { idle: before, busy: meanwhile } = figures.at(-1);
      stage.say(
        `P5DUTY: idle p50 ${before.p50.toFixed(1)}, p99 ${before.p99.toFixed(1)} ms (${before.n}); meanwhile p50 ` +
          `${meanwhile.p50.toFixed(1)}, p99 ${meanwhile.p99.toFixed(1)} ms (${meanwhile.n}); import ${Math.round(busy.of.ms)} ms`,
      );
    } finally {
      await Promise.all([api.stop(), worker.stop()]);
    }
  }
  const [idle, busy] = ['idle', 'busy'].map((state) => spread(figures.map((figure) => figure[state].p99)));
  const ratio = spread(figures.map((figure) => figure.busy.p99 / figure.idle.p99));
  return {
    sizes: sizes.imports,
    rounds: figures,
    rows: [
      {
        id: 'P5DUTY',
        what: `p99 of the recorded duty check, ${A_SECOND} a second, during an import of ${sizes.imports.rows.toLocaleString('en')} rows, ms`,
        measured: showSpread(busy),
        floor: `${showSpread(idle)} without the import`,
        ratio: ratio.median,
        goal: `≤ ${MOST_TIMES} ×`,
        met: ratio.median <= MOST_TIMES,
      },
    ],
  };
}
