import { LIMITS } from '../contract/limits.ts';
import { problem } from '../core/kernel/problems.ts';

/** JSON is UTF-8 (RFC 8259, section 8.1); another charset would be read wrongly. */
const JSON_TYPE = /^application\/([\w.+-]+\+)?json\s*(;\s*charset="?utf-8"?\s*)?;?$/i;

const malformed = (message: string, cause?: unknown) => problem('body.malformed', message, { cause });

/**
 * Reads a JSON body (RFC 8259) of at most 64 KB. A browser sends `text/plain` across sites without asking first, so that is
 * no JSON here. Two members of one name are refused: which of them counts is read differently by every parser.
 * @throws Problem body.unsupported, body.too-large or body.malformed
 */
export async function readJsonBody(request: Request): Promise<unknown> {
  refuseOtherTypes(request.headers);
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > LIMITS.apiBodyBytes) {
    throw problem('body.too-large', `A request's body may have at most ${LIMITS.apiBodyBytes} bytes.`);
  }
  const text = decode(bytes);
  const value = parse(text);
  refuseDuplicates(text);
  return value;
}

function refuseOtherTypes(headers: Headers): void {
  const encoding = headers.get('content-encoding');
  if (encoding && encoding.toLowerCase() !== 'identity') {
    throw problem('body.unsupported', 'The body must not be compressed: Content-Encoding must be identity.');
  }
  const type = headers.get('content-type') ?? '';
  if (JSON_TYPE.test(type)) return;
  throw problem('body.unsupported', 'The body must be JSON: Content-Type must be application/json, in UTF-8.');
}

function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw malformed('The body must be JSON in UTF-8.', cause);
  }
}

function parse(text: string): unknown {
  let isWellFormed = true;
  let value: unknown;
  try {
    value = JSON.parse(text, (key: string, member: unknown) => {
      isWellFormed &&= key.isWellFormed() && (typeof member !== 'string' || member.isWellFormed());
      return member;
    });
  } catch (cause) {
    throw malformed('The body must be JSON in UTF-8.', cause);
  }
  if (!isWellFormed) throw malformed('The body has half of a surrogate pair, which is no character.');
  return value;
}

/** @param text valid JSON */
function refuseDuplicates(text: string): void {
  const open: (Set<string> | undefined)[] = [];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"\s*:?|[{}[\]]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token.endsWith(':')) {
      const name = JSON.parse(token.slice(0, -1)) as string;
      const names = open.at(-1);
      if (names?.has(name)) throw malformed(`The body has the member "${name.slice(0, 60)}" twice.`);
      names?.add(name);
    }
  }
}
