import sharp from 'sharp';

/** A drawn portrait: shapes and a colour, nobody's face. */
export async function drawnPicture(
  options: {
    readonly width?: number;
    readonly height?: number;
    readonly format?: 'jpeg' | 'png';
    readonly hue?: number;
  } = {},
): Promise<Buffer> {
  const { width = 400, height = 500, format = 'jpeg', hue = 210 } = options;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 40 50">
    <rect width="40" height="50" fill="hsl(${hue},40%,85%)"/><circle cx="20" cy="19" r="9" fill="#caa58a"/>
    <path d="M4 50c0-13 7-18 16-18s16 5 16 18z" fill="hsl(${hue},50%,30%)"/></svg>`;
  const picture = sharp(Buffer.from(svg));
  // A camera writes where and with what it was taken.
  const tagged = picture.withExif({ IFD0: { Make: 'SECRETCAM' }, IFD3: { GPSLatitudeRef: 'N' } });
  return format === 'png' ? tagged.png().toBuffer() : tagged.jpeg().toBuffer();
}

export function pictureForm(content: Uint8Array, name = 'photo.jpg', part = 'file'): FormData {
  const form = new FormData();
  form.set(part, new Blob([new Uint8Array(content)]), name);
  return form;
}
