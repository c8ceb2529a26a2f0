export { sha256 } from '../sigv4/canonical-request.ts';
export { verifySignature } from '../sigv4/verify.ts';
