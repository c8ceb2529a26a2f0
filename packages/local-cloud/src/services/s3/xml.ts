import { MalformedXml, readXml, type XmlElement, type XmlValue, xmlDocument } from '../../xml.ts';
import { s3Error } from './errors.ts';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** A document in S3's namespace. */
export const s3Document = (root: string, content: XmlValue): string => xmlDocument(root, content, NAMESPACE);

/** Reads a document of a client. @throws S3Error MalformedXML */
export function readS3Document(text: string, root: string): XmlElement {
  try {
    return readXml(text, root);
  } catch (error) {
    if (error instanceof MalformedXml) throw s3Error('MalformedXML');
    throw error;
  }
}
