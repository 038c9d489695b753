#!/usr/bin/env node
/**
 * chizheng-verify --keys keys.json --roster roster.json [--status-list list.json] [--now 2026-03-01T08:00:00+08:00] CODE...
 *
 * Exit code: 0 all green, 1 amber, 2 red, 3 grey (the worst of what was checked, red before grey before amber), 4 nothing could be read.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createVerifier, openDocument, openKeys } from './index.mjs';

const EXIT = { GREEN: 0, AMBER: 1, RED: 2, GREY: 3 };
const WORSE = ['GREEN', 'AMBER', 'GREY', 'RED'];
const WORD = { GREEN: '可上岗', AMBER: '需联网确认', RED: '不得上岗', GREY: '无法判断' };

/** By sm-crypto, where it is installed beside this program: only deployments that sign with SM2 need it. */
async function sm2() {
  try {
    const { default: library } = await import('sm-crypto');
    const hex = (bytes) => Buffer.from(bytes).toString('hex');
    return (publicKey, message, signature) =>
      library.sm2.doVerifySignature(message, hex(signature), hex(publicKey), {
        hash: true,
        userId: '1234567812345678',
      });
  } catch (error) {
    if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    return undefined;
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      keys: { type: 'string' },
      roster: { type: 'string' },
      'status-list': { type: 'string' },
      now: { type: 'string' },
    },
  });
  if (!values.keys || !values.roster || positionals.length === 0)
    throw new Error('usage: chizheng-verify --keys FILE --roster FILE [--status-list FILE] [--now TIME] CODE...');
  const now = values.now === undefined ? Date.now() / 1000 : Date.parse(values.now) / 1000;
  if (!Number.isFinite(now)) throw new Error('--now must be a time, e.g. 2026-03-01T08:00:00+08:00');
  const keys = await openKeys(await readFile(values.keys, 'utf8'), { sm2: await sm2() });
  const roster = await openDocument(await readFile(values.roster, 'utf8'), keys);
  const list = values['status-list'];
  const statusList = list === undefined ? null : await openDocument(await readFile(list, 'utf8'), keys);
  const verifier = createVerifier({ keys, roster, statusList });
  const hours = Math.max(0, (now - roster.issuedAt) / 3600).toFixed(1);
  console.log(
    `roster ${roster.serial} “${roster.title}”, ${roster.entries.length} cards, ${hours} h old: ${verifier.age(now)}`,
  );
  let worst = 'GREEN';
  for (const text of positionals) {
    const { colour, verdict, reason, entry } = await verifier.check(text, now);
    if (WORSE.indexOf(colour) > WORSE.indexOf(worst)) worst = colour;
    const who = entry ? ` ${entry.name} ${entry.number} ${entry.unit}` : '';
    console.log(`${colour} ${WORD[colour]} ${verdict ?? '-'} (${reason})${who}`);
  }
  return EXIT[worst];
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    console.error(error instanceof Error ? error.message : 'failed');
    process.exitCode = 4;
  },
);
