/** P5REFUSED: what reading costs that ends in a refusal: bombs and lies, in the reading process as it runs in the product. */
import fs from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { MemoryWatch } from './lib/memory-watch.mjs';
import { showSpread, spread } from './lib/report.mjs';
import { HEADINGS } from './lib/exam.mjs';

const MOST_MEGABYTES = 150;
const MOST_MS = 1000;

/** By name; each a folder of parts for an archive, or text. */
const FILES = {
  'one letter, 200 MB': { 'xl/sharedStrings.xml': Buffer.alloc(200_000_000, 'A') },
  'three parts of 100 MB': Object.fromEntries([1, 2, 3].map((n) => [`xl/p${n}.xml`, Buffer.alloc(100_000_000, 'A')])),
  'a million shared texts': { 'xl/sharedStrings.xml': `<sst>${'<si><t/></si>'.repeat(1_000_000)}</sst>` },
  '5,000 entries': Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`p${n}`, 'x'])),
  'ten thousand columns': sheet(`<row r="1">${'<c t="inlineStr"><is><t>x</t></is></c>'.repeat(10_000)}</row>`),
  'a cell of 1 MB': sheet(`<row r="1"><c t="inlineStr"><is><t>${'x'.repeat(1_000_000)}</t></is></c></row>`),
  entities: sheet('', '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'),
  'row 999,999,999': sheet('<row r="999999999"><c><v>1</v></c></row>'),
  'a mark that nobody closes': `${HEADINGS.join(',')}\n"${'x,y\n'.repeat(1_000_000)}`,
  'a line of 40 MB': 'x'.repeat(40_000_000),
  'NUL in the middle': `${'a,b\n'.repeat(1_000_000)}\0`,
};

function sheet(rows, before = '') {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  return {
    'xl/worksheets/sheet1.xml': `${before}<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`,
  };
}

async function write(file, content) {
  if (typeof content === 'string') return fs.writeFileSync(file, content);
  const { ZipFile } = await import('yazl');
  const zip = new ZipFile();
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const rels = (id, kind, target) =>
    `<Relationships><Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"/></Relationships>`;
  const parts = {
    '[Content_Types].xml':
      '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    '_rels/.rels': rels('r1', 'officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `<workbook xmlns:r="${office}"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': rels('r1', 'worksheet', 'worksheets/sheet1.xml'),
    ...sheet(''),
    ...content,
  };
  for (const [name, part] of Object.entries(parts)) zip.addBuffer(Buffer.from(part), name);
  zip.end();
  await new Promise((resolve, reject) =>
    zip.outputStream.pipe(fs.createWriteStream(file)).on('close', resolve).on('error', reject),
  );
}

export async function p5refused(stage, { rounds }) {
  const { readSpreadsheet } = await import(
    pathToFileURL(path.join(stage.dist, 'src', 'infrastructure', 'files', 'spreadsheet-process.js')).href
  );
  const figures = [];
  for (const [name, content] of Object.entries(FILES)) {
    const fileName = typeof content === 'string' ? 'a.csv' : 'a.xlsx';
    const file = path.join(stage.folder, fileName);
    await write(file, content);
    for (let round = 0; round < rounds; round += 1) {
      let memory;
      let code = 'READ';
      const since = performance.now();
      try {
        const onChild = (pid) => (memory = new MemoryWatch({ reader: pid }));
        for await (const event of readSpreadsheet(file, { fileName, onChild })) void event;
      } catch (error) {
        code = error.code;
      }
      const ms = performance.now() - since;
      const { reader } = memory.stop();
      if (code === 'READ' || code === 'READER_CRASHED') throw new Error(`${name}: ${code}`);
      figures.push({ name, code, ms, megabytes: reader });
      stage.say(`P5REFUSED ${name}: ${code}, ${Math.round(ms)} ms, ${reader} MB`);
    }
  }
  const [ms, megabytes] = [spread(figures.map((one) => one.ms)), spread(figures.map((one) => one.megabytes))];
  const row = (what, figure, most, unit) => ({
    id: 'P5REFUSED',
    what,
    measured: showSpread(figure),
    floor: '',
    goal: `≤ ${most} ${unit}`,
    met: figure.max <= most,
  });
  return {
    rounds: figures,
    rows: [
      row(
        `reading ${Object.keys(FILES).length} files that are refused, ms, the child's start included`,
        ms,
        MOST_MS,
        'ms',
      ),
      row('peak memory of the reading process, MB', megabytes, MOST_MEGABYTES, 'MB'),
    ],
  };
}
