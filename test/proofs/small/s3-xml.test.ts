import { S3_XML } from '../../../proofs/s3-xml.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(S3_XML);
