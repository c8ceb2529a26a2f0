import { StartFault, type State } from 'local-cloud';
import { UPLOAD_PATHS } from '../../lambda/contract/routes.ts';
import type { Sample } from './draw-samples.ts';
import { keptSamples } from './kept-samples.ts';

export interface SampleTarget {
  readonly state: State;
  readonly api: string;
  readonly media: string;
  readonly privateKey: string;
  /** Of the repository. */
  readonly root: string;
}

/** Links that show what the product does; each works on the sample pictures. */
const LINKS = [
  '/samples/harbour.jpg?tr=w-640',
  '/tr:w-300,h-300,fo-left:r-24,b-6_FFFFFF/samples/harbour.jpg',
  '/samples/poster.jpg?tr=h-480,e-grayscale,f-webp',
];

const MARK = 'samples';

/**
 * Puts the sample pictures into a new library, through the API as any client would. Once: whoever deletes them is not
 * given them again.
 * @returns the links to show
 */
export async function uploadSamples(target: SampleTarget): Promise<string[]> {
  if (target.state.isToDo(MARK)) {
    for (const sample of await keptSamples(target.root)) await upload(target, sample);
    target.state.done(MARK);
  }
  return LINKS.map((link) => target.media + link);
}

async function upload({ api, privateKey }: SampleTarget, { fileName, bytes }: Sample): Promise<void> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)]), fileName);
  form.set('fileName', fileName);
  form.set('folder', '/samples');
  form.set('useUniqueFileName', 'false');
  const response = await fetch(`${api}${UPLOAD_PATHS[0]}`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${privateKey}:`).toString('base64')}` },
    body: form,
  });
  if (!response.ok) throw new StartFault(`The sample picture ${fileName} was refused: ${await response.text()}`);
}
