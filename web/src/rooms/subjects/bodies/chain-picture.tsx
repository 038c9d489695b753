import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { View } from '../../../shared/api/client';
import { useTexts, useWord } from '../../../shared/i18n/dictionary';
import { ACT_TYPE_WORDS, DELEGATION_STATE_WORDS } from '../../../shared/words/bodies';
import { texts } from '../texts';
import { BOX, fitted, HEAD, type ChainLayout, type Source } from './chain-layout';

/** Where each column begins and how wide it is. */
const COLUMNS = {
  law: { x: 10, w: 240 },
  organ: { x: 280, w: 165 },
  letter: { x: 475, w: 225 },
  body: { x: 730, w: 130 },
  matter: { x: 900, w: 290 },
} as const;
const WIDTH = 1200;
type Column = keyof typeof COLUMNS;

const right = (column: Column): number => COLUMNS[column].x + COLUMNS[column].w;
const curve = (x1: number, y1: number, x2: number, y2: number): string => {
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
};

/** One box that opens its record; what does not fit is said to who points at it or listens. */
function Node({
  column,
  y,
  to,
  lines,
  look = '',
  lineLook = '',
  height = BOX,
  label,
}: {
  column: Column;
  /** Of its middle. */
  y: number;
  to: string;
  lines: readonly string[];
  look?: string;
  lineLook?: string;
  height?: number;
  label: string;
}): ReactNode {
  const { x, w } = COLUMNS[column];
  const units = (w - 18) / 13;
  return (
    <Link to={to}>
      <title>{label}</title>
      <rect className={`box ${look}`} x={x} y={y - height / 2} width={w} height={height} rx={6} />
      {lines.map((line, at) => (
        <text
          key={`${at}-${line}`}
          x={x + 9}
          y={y + (at - (lines.length - 1) / 2) * 19 + 4.5}
          className={at === 0 ? '' : `sub ${lineLook}`}
        >
          {fitted(line, at === 0 ? units : units * 1.08)}
        </text>
      ))}
    </Link>
  );
}

/** The chain from the law to the act: law, organ, letter of delegation, body, matter. */
export function ChainPicture({ chain, layout }: { chain: View<'ChainView'>; layout: ChainLayout }): ReactNode {
  const t = useTexts(texts);
  const c = t.chain;
  const word = useWord();
  const { rows, height } = layout;
  const bodyTop = HEAD + 12;
  const bodyHeight = Math.max(BOX, height - bodyTop - 14);
  const until = (date: string | null): string => (date === null ? c.open : c.until(date));
  const name = chain.subjectName;
  return (
    <svg className="chain-svg" viewBox={`0 0 ${WIDTH} ${height}`} role="group" aria-label={`${c.title}：${name}`}>
      {(['law', 'organ', 'letter', 'body', 'matter'] as const).map((column) => (
        <text key={column} x={COLUMNS[column].x + 2} y={24} className="head">
          {c[column]}
        </text>
      ))}
      {rows.map(({ matter, sources, y }) => (
        <g key={matter.code}>
          {sources.map((source) => (
            <SourceLine key={source.id} source={source} allowed={matter.allowed} until={until} />
          ))}
          <path
            className={`edge ${matter.allowed ? 'live' : 'dead'}`}
            d={curve(right('body'), y, COLUMNS.matter.x, y)}
          />
          <Node
            column="matter"
            y={y}
            to={`/matters?q=${encodeURIComponent(matter.code)}`}
            look={matter.allowed ? 'ok' : 'no'}
            lineLook={matter.allowed ? 'ok-word' : 'no-word'}
            lines={[
              matter.name,
              matter.allowed
                ? `✔ ${c.may} · ${until(matter.until)}`
                : `✖ ${c.mayNot} · ${word(ACT_TYPE_WORDS[matter.actType] ?? { zh: '', en: '' })}`,
            ]}
            label={
              matter.allowed
                ? `${matter.name}：${c.may}，${until(matter.until)}`
                : `${matter.name}：${c.mayNot}。${matter.reasons.map(word).join(' ')}`
            }
          />
        </g>
      ))}
      <BodyBox to={`/subjects/${chain.subjectId}`} name={name} top={bodyTop} height={bodyHeight} />
    </svg>
  );
}

function SourceLine({
  source,
  allowed,
  until,
}: {
  source: Source;
  allowed: boolean;
  until: (date: string | null) => string;
}): ReactNode {
  const t = useTexts(texts);
  const c = t.chain;
  const word = useWord();
  const { y, law, organ, letter, live } = source;
  const look = live ? 'live' : allowed ? '' : 'dead';
  const state =
    letter &&
    (DELEGATION_STATE_WORDS as Readonly<Record<string, readonly [string, { zh: string; en: string }]>>)[letter.state];
  return (
    <g>
      {organ === null ? (
        <path className={`edge ${look}`} d={`M${right('law')} ${y} H${COLUMNS.body.x}`} />
      ) : (
        <>
          {law && <path className={`edge ${look}`} d={`M${right('law')} ${y} H${COLUMNS.organ.x}`} />}
          <path className={`edge ${look}`} d={`M${right('organ')} ${y} H${COLUMNS.letter.x}`} />
          <path className={`edge ${look}`} d={`M${right('letter')} ${y} H${COLUMNS.body.x}`} />
        </>
      )}
      {law && (
        <Node
          column="law"
          y={y}
          to={`/subjects/${law.holderId}?tab=powers`}
          lines={[`《${law.title}》`, `${law.article} · ${until(law.until)}`]}
          label={`${c.law}：《${law.title}》${law.article}，${until(law.until)}`}
        />
      )}
      {organ && (
        <Node
          column="organ"
          y={y}
          to={`/subjects/${organ.id}`}
          look={law ? '' : 'no'}
          lineLook={law ? '' : 'no-word'}
          lines={law ? [organ.name] : [organ.name, `✖ ${c.noPower}`]}
          label={`${c.organ}：${organ.name}${law ? '' : `，${c.noPower}`}`}
        />
      )}
      {letter && (
        <Node
          column="letter"
          y={y}
          to={`/delegations/${letter.id}`}
          look={live ? 'ok' : ''}
          lines={[letter.documentNo, `${state ? word(state[1]) : letter.state} · ${until(letter.validTo)}`]}
          label={`${c.letter}：${letter.documentNo}，${state ? word(state[1]) : letter.state}，${until(letter.validTo)}`}
        />
      )}
    </g>
  );
}

/** The body itself stands once, as tall as everything it does; its name breaks into lines. */
function BodyBox({ to, name, top, height }: { to: string; name: string; top: number; height: number }): ReactNode {
  const { x, w } = COLUMNS.body;
  const lines: string[] = [];
  for (let at = 0; at < name.length && lines.length < 5; at += 8) lines.push(name.slice(at, at + 8));
  return (
    <Link to={to}>
      <title>{name}</title>
      <rect className="box self" x={x} y={top} width={w} height={height} rx={8} />
      {lines.map((line, at) => (
        <text
          key={`${at}-${line}`}
          x={x + w / 2}
          y={top + height / 2 + (at - (lines.length - 1) / 2) * 19 + 4.5}
          textAnchor="middle"
        >
          {line}
        </text>
      ))}
    </Link>
  );
}
