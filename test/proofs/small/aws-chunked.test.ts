import { AWS_CHUNKED } from '../../../proofs/aws-chunked.ts';
import { holdsInItsSmallSize } from '../holds-in-its-small-size.ts';

holdsInItsSmallSize(AWS_CHUNKED);
