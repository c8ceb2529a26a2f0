import { S3_CRASHES } from '../../../proofs/s3-crashes.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(S3_CRASHES);
