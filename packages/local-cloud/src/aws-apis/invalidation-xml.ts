import type { Invalidation } from './cloudfront.ts';
import { ServiceError } from './service-error.ts';

const NAMESPACE = 'http://cloudfront.amazonaws.com/doc/2020-05-31/';

/** Most paths in one invalidation ("Quotas on invalidations"). */
const PATHS = 3000;

/**
 * Reads an `InvalidationBatch` document.
 * @throws ServiceError as CloudFront would refuse it
 */
export function readInvalidationBatch(xml: string): { callerReference: string; paths: string[] } {
  const paths = [...xml.matchAll(/<Path>([^<]*)<\/Path>/g)].map((match) => unescapeXml(match[1] ?? ''));
  const quantity = Number(/<Quantity>(\d+)<\/Quantity>/.exec(xml)?.[1]);
  const callerReference = unescapeXml(/<CallerReference>([^<]+)<\/CallerReference>/.exec(xml)?.[1] ?? '');
  if (!/<InvalidationBatch[\s>]/.test(xml) || callerReference === '') {
    throw new ServiceError('MalformedXML', 'The XML document is malformed.');
  }
  if (quantity !== paths.length) {
    throw new ServiceError('InconsistentQuantities', 'The value of Quantity and the size of Items do not match.');
  }
  const wrong = paths.find((path) => !/^\/[\x21-\x7e]*$/.test(path) || /\*./.test(path));
  if (paths.length === 0 || wrong !== undefined) {
    throw new ServiceError('InvalidArgument', `Your request contains an invalid invalidation path: ${wrong ?? 'none'}`);
  }
  if (paths.length > PATHS) throw new ServiceError('BatchTooLarge', `More than ${PATHS} paths.`, 413);
  return { callerReference, paths };
}

/** An `Invalidation` document. */
export function writeInvalidation(invalidation: Invalidation, status: 'InProgress' | 'Completed'): string {
  const items = invalidation.paths.map((path) => element('Path', escapeXml(path))).join('');
  const paths = element('Paths', element('Quantity', String(invalidation.paths.length)) + element('Items', items));
  const batch = element(
    'InvalidationBatch',
    paths + element('CallerReference', escapeXml(invalidation.callerReference)),
  );
  const head =
    element('Id', invalidation.id) +
    element('Status', status) +
    element('CreateTime', invalidation.createdAt.toISOString());
  return `<?xml version="1.0"?>\n<Invalidation xmlns="${NAMESPACE}">${head}${batch}</Invalidation>`;
}

/** An `ErrorResponse` document. */
export function writeErrorXml(error: ServiceError, requestId: string): string {
  const inner =
    element('Type', error.status < 500 ? 'Sender' : 'Receiver') +
    element('Code', error.code) +
    element('Message', escapeXml(error.message));
  const body = element('Error', inner) + element('RequestId', requestId);
  return `<?xml version="1.0"?>\n<ErrorResponse xmlns="${NAMESPACE}">${body}</ErrorResponse>`;
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

function unescapeXml(text: string): string {
  const named = new Map(Object.entries(ENTITIES).map(([character, entity]) => [entity, character]));
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|\w+);/gi, (entity, hex?: string, decimal?: string) => {
    if (hex ?? decimal) return codePoint(hex ? Number.parseInt(hex, 16) : Number(decimal), entity);
    return entity === '&apos;' ? "'" : (named.get(entity) ?? entity);
  });
}

function codePoint(code: number, fallback: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : fallback;
}
