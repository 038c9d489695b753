import sharp from 'sharp';

/** What was wrong with a picture, in a word; the room that took it says it to people. */
export type PortraitFault = 'FORMAT' | 'UNREADABLE' | 'TOO_SMALL';

export interface Portrait {
  /** 26 × 32 mm at 350 dpi, JPEG, without anything that the camera wrote into it. */
  readonly photo: Buffer;
  /** For pages and rosters: about 5 KB. */
  readonly thumbnail: Buffer;
}

export const PORTRAIT = { width: 358, height: 441 } as const;
const THUMBNAIL = { width: 160, height: 197 } as const;
const LEAST = { width: 180, height: 220 } as const;
/** A picture that claims more is a bomb, not a portrait. */
const MOST_PIXELS = 40_000_000;

const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const begins = (content: Buffer, magic: Buffer): boolean => content.subarray(0, magic.length).equals(magic);

/**
 * Takes an uploaded picture, by its first bytes a JPEG or PNG, and makes it anew: nothing of the file itself is kept, so neither
 * its metadata (place, device) nor anything hidden in it. Decoding runs outside the event loop.
 */
export async function encodePortrait(content: Buffer): Promise<Portrait | PortraitFault> {
  if (!begins(content, JPEG) && !begins(content, PNG)) return 'FORMAT';
  try {
    const { width, height } = await sharp(content, { limitInputPixels: MOST_PIXELS }).metadata();
    if (Math.min(width, height) < LEAST.width || Math.max(width, height) < LEAST.height) return 'TOO_SMALL';
    const picture = await sharp(content, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .resize(PORTRAIT.width, PORTRAIT.height, { fit: 'cover', position: 'top' })
      .toColourspace('srgb')
      .jpeg({ quality: 88, chromaSubsampling: '4:4:4' })
      .toBuffer();
    return { photo: picture, thumbnail: await shrink(picture, THUMBNAIL.width, 62) };
  } catch {
    return 'UNREADABLE';
  }
}

/** A smaller copy of a portrait of ours. */
export const shrink = (portrait: Buffer, width: number, quality: number): Promise<Buffer> =>
  sharp(portrait).resize({ width }).jpeg({ quality, mozjpeg: true }).toBuffer();

/** Draws an SVG as JPEG: synthetic portraits of the demonstration. */
export const drawJpeg = (svg: string): Promise<Buffer> => sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
