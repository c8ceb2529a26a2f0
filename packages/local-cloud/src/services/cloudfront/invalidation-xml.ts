import { ServiceError } from '../../aws-api/service-error.ts';
import { MalformedXml, readXml, type XmlElement, xmlDocument } from '../../xml.ts';
import type { Invalidation } from './invalidation.ts';

const NAMESPACE = 'http://cloudfront.amazonaws.com/doc/2020-05-31/';

/** Most paths in one invalidation ("Quotas on invalidations"). */
const PATHS = 3000;

/**
 * Reads an `InvalidationBatch` document.
 * @throws ServiceError as CloudFront would refuse it
 */
export function readInvalidationBatch(xml: string): { callerReference: string; paths: string[] } {
  const batch = readDocument(xml);
  const list = batch.first('Paths');
  const paths = (list?.first('Items')?.all('Path') ?? []).map(({ content }) => content);
  const callerReference = batch.text('CallerReference') ?? '';
  if (callerReference === '') throw malformed();
  if (Number(list?.text('Quantity')) !== paths.length) {
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
  const { id, callerReference, paths, createdAt } = invalidation;
  const content = {
    Id: id,
    Status: status,
    CreateTime: createdAt.toISOString(),
    InvalidationBatch: {
      Paths: { Quantity: paths.length, Items: { Path: paths } },
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
