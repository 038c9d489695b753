import { OfficerPhotos } from '../officers/index.js';
import { drawJpeg, encodePortrait } from '../infrastructure/print/portrait.js';
import type { Officer, Stage } from './stage.js';

const SKIN = ['#e8c1a0', '#d9ac87', '#f0cfb2', '#c99873'] as const;
const HAIR = ['#1d1a18', '#2b2320', '#3a2f29'] as const;
const COLLAR = ['#22375c', '#2d4a3e', '#4a4a55', '#5c2f33'] as const;

/** So many different drawings; people share them. They are shapes, nobody's face. */
const DRAWINGS = 16;
/** Writing waits for the disk, so many wait together. */
const AT_ONCE = 24;

/**
 * Drawn placeholders instead of portraits for everybody in the story. Pictures lie in the file store; where the loading is given up
 * in the middle, files without a row are left behind and nothing else.
 */
export async function loadPortraits(stage: Stage): Promise<void> {
  const photos = stage.app.get(OfficerPhotos, { strict: false });
  const drawings: { photo: Buffer; thumbnail: Buffer }[] = [];
  for (let n = 0; n < DRAWINGS; n++) {
    const portrait = await encodePortrait(await drawJpeg(drawing(n)));
    if (typeof portrait === 'string') throw new Error(`a drawing is no portrait: ${portrait}`);
    drawings.push(portrait);
  }
  const at = stage.time.at(stage.time.adopted, 10);
  for (let start = 0; start < stage.officers.length; start += AT_ONCE) {
    const some = stage.officers.slice(start, start + AT_ONCE);
    const kept = await Promise.all(
      some.map((officer, i) => {
        const portrait = drawings[drawingOf(officer, start + i)];
        if (!portrait) throw new Error('a drawing is missing');
        return photos.keep(portrait);
      }),
    );
    for (const [i, officer] of some.entries()) {
      const portrait = kept[i];
      if (portrait) await photos.record(officer.id, portrait, at, stage.by('hr'));
    }
  }
}

/** Even drawings have short hair, odd ones long hair. */
const drawingOf = (officer: Officer, i: number): number =>
  (((i * 7) % (DRAWINGS / 2)) * 2 + (officer.gender === 'FEMALE' ? 1 : 0)) % DRAWINGS;

function drawing(n: number): string {
  const skin = SKIN[n % SKIN.length] ?? SKIN[0];
  const hair = HAIR[(n >> 1) % HAIR.length] ?? HAIR[0];
  const collar = COLLAR[(n >> 2) % COLLAR.length] ?? COLLAR[0];
  const longHair = n % 2 === 1 ? `<path d="M98 170q-8 150 22 176h118q30-26 22-176z" fill="${hair}"/>` : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="358" height="441" viewBox="0 0 358 441">
    <rect width="358" height="441" fill="#fdfdfd"/>${longHair}
    <path d="M24 441c4-84 62-116 155-116s151 32 155 116z" fill="${collar}"/>
    <path d="M139 290h80v60q-40 34-80 0z" fill="${skin}"/>
    <path d="M139 338l40 52 40-52 14 10-36 70h-36l-36-70z" fill="#ffffff"/>
    <ellipse cx="179" cy="205" rx="78" ry="98" fill="${skin}"/>
    <path d="M98 200q-12-118 81-118t81 118q-12-58-42-72-60 26-100 4-16 20-20 68z" fill="${hair}"/>
    <ellipse cx="150" cy="210" rx="8" ry="6" fill="#2a2320"/><ellipse cx="208" cy="210" rx="8" ry="6" fill="#2a2320"/>
    <path d="M152 258q27 16 54 0" stroke="#9c5f4a" stroke-width="5" fill="none" stroke-linecap="round"/></svg>`;
}
