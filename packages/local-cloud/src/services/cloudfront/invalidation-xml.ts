import { ServiceError } from '../../aws-api/service-error.ts';
import { MalformedXml, readXml, type XmlElement, xmlDocument } from '../../xml.ts';
import { isTagItem } from './cache-tags.ts';
import type { Invalidation } from './invalidation.ts';

const NAMESPACE = 'http://cloudfront.amazonaws.com/doc/2020-05-31/';

/** Most items in one invalidation ("Quotas on invalidations"). */
const ITEMS = 3000;

/**
 * Reads an `InvalidationBatch` document.
 * @throws ServiceError as CloudFront would refuse it
 */
export function readInvalidationBatch(xml: string): { callerReference: string; items: string[] } {
  const batch = readDocument(xml);
  const list = batch.first('Paths');
  const items = (list?.first('Items')?.all('Path') ?? []).map(({ content }) => content);
  const callerReference = batch.text('CallerReference') ?? '';
  if (callerReference === '') throw malformed();
  if (Number(list?.text('Quantity')) !== items.length) {
    throw new ServiceError('InconsistentQuantities', 'The value of Quantity and the size of Items do not match.');
  }
  const wrong = items.find((item) => !isPath(item) && !isTagItem(item));
  if (items.length === 0 || wrong !== undefined) {
    throw new ServiceError('InvalidArgument', `Your request contains an invalid invalidation path: ${wrong ?? 'none'}`);
  }
  if (items.length > ITEMS) throw new ServiceError('BatchTooLarge', `More than ${ITEMS} items.`, 413);
  return { callerReference, items };
}

const isPath = (item: string): boolean => /^\/[\x21-\x7e]*$/.test(item) && !/\*./.test(item);

/** An `Invalidation` document. */
export function writeInvalidation(invalidation: Invalidation, status: 'InProgress' | 'Completed'): string {
  const { id, callerReference, items, createdAt } = invalidation;
  const content = {
    Id: id,
    Status: status,
    CreateTime: createdAt.toISOString(),
    InvalidationBatch: {
      Paths: { Quantity: items.length, Items: { Path: items } },
      CallerReference: callerReference,
    },
  };
  return xmlDocument('Invalidation', content, NAMESPACE);
}

function readDocument(xml: string): XmlElement {
  try {
    return readXml(xml, 'InvalidationBatch');
  } catch (error) {
    throw error instanceof MalformedXml ? malformed() : error;
  }
}

function malformed(): ServiceError {
  return new ServiceError('MalformedXML', 'The XML document is malformed.');
}
