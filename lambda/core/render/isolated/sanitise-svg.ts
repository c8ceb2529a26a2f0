import { LIMITS } from '../../../contract/limits.ts';
import { problem } from '../../kernel/problems.ts';
import { runIsolated } from './run-isolated.ts';

/**
 * An SVG without anything that loads or runs, for a browser. Read in a child process: it is a stranger's markup.
 * @throws Problem source.limit, source.unreadable or render.*
 */
export async function sanitiseInChild(source: Uint8Array): Promise<Uint8Array> {
  if (source.byteLength > LIMITS.svgBytes) {
    throw problem(
      'source.limit',
      `An SVG may have at most ${LIMITS.svgBytes} bytes, this has ${source.byteLength}; tr=orig-true delivers the file.`,
    );
  }
  const { bytes } = await runIsolated({ task: { kind: 'sanitise' }, source }, noAssets, LIMITS.renderMilliseconds);
  return bytes;
}

const noAssets = () => Promise.reject(problem('asset.not-found', 'An SVG has no other files.'));
