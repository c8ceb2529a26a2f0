export const COPY_FORMS = ['plain', 'html', 'markdown', 'sdk'] as const;

export type CopyForm = (typeof COPY_FORMS)[number];

export interface Copied {
  readonly url: string;
  readonly filePath: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** A signed URL is used as it is. */
  readonly isSigned: boolean;
}

/** Widths of a picture for screens of several sizes, in pixels. */
const WIDTHS = [320, 640, 960, 1280, 1920] as const;

/** What is put on the clipboard. */
export function copyText(form: CopyForm, file: Copied): string {
  const { filePath, name, description, isSigned } = file;
  const url = isSigned ? file.url : withoutQuery(file.url);
  const alt = description ?? name;
  if (form === 'html') return imageElement({ ...file, url }, alt);
  if (form === 'markdown')
    return `![${alt.replace(/[[\]\\]/g, '\\$&')}](${url.replaceAll('(', '%28').replaceAll(')', '%29')})`;
  if (form === 'sdk') {
    const urlEndpoint = url.slice(0, url.length - new URL(url).pathname.length);
    const options = { urlEndpoint, src: filePath, transformation: [{ width: WIDTHS[2] }] };
    return `client.helper.buildSrc(${JSON.stringify(options, null, 2)});`;
  }
  return url;
}

/** The URL that stays when the file is changed. */
const withoutQuery = (url: string): string => url.split('?', 1)[0] ?? url;

function imageElement({ url, width, height }: Copied, alt: string): string {
  const fitting = WIDTHS.filter((one) => width === undefined || one <= width);
  const widths = fitting.length > 0 ? fitting : [WIDTHS[0]];
  const sources = widths.map((one) => `${url}?tr=w-${one} ${one}w`).join(', ');
  const sides = width === undefined || height === undefined ? '' : ` width="${width}" height="${height}"`;
  return `<img src="${url}?tr=w-${widths.at(-1)}" srcset="${sources}" sizes="100vw"${sides} alt="${escaped(alt)}">`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
