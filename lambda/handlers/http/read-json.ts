import { LIMITS } from '../../contract/limits.ts';
import { problem } from '../../core/kernel/problems.ts';

/**
 * Reads a JSON body.
 * @throws Problem body.too-large or body.malformed
 */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > LIMITS.apiBodyBytes) {
    throw problem('body.too-large', `A request's body may have ${LIMITS.apiBodyBytes} bytes.`);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw problem('body.malformed', 'The body must be JSON in UTF-8.', { cause });
  }
}
