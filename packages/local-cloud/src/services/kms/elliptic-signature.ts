import { createECDH, createPublicKey, type ECDH } from 'node:crypto';

/** NIST P-256, as OpenSSL calls it. */
const CURVE = 'prime256v1';

/** Number of points of the curve (SEC 2, section 2.4.2). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const BYTES = 32;

/** What stands before a point in a SubjectPublicKeyInfo of this curve (RFC 5480). */
const SPKI_HEAD = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex');

/** A new private key. */
export function secretNumber(): Buffer {
  const pair = createECDH(CURVE);
  pair.generateKeys();
  return secretOf(pair);
}

/** The public key in DER. */
export function publicKeyOf(secret: Buffer): Buffer {
  const pair = createECDH(CURVE);
  pair.setPrivateKey(secret);
  const der = Buffer.concat([SPKI_HEAD, pair.getPublicKey()]);
  // Refuses what is no point of the curve.
  return createPublicKey({ key: der, format: 'der', type: 'spki' }).export({ format: 'der', type: 'spki' });
}

/**
 * ECDSA over a digest (FIPS 186-5, section 6.4.1), in DER. Node signs messages only, and hashes them itself; KMS is given
 * digests.
 * @param digest 32 bytes
 */
export function signDigest(secret: Buffer, digest: Buffer): Buffer {
  for (;;) {
    const once = createECDH(CURVE);
    once.generateKeys();
    const r = numberOf(once.getPublicKey().subarray(1, 1 + BYTES)) % ORDER;
    const s = (inverseOf(numberOf(secretOf(once))) * (numberOf(digest) + r * numberOf(secret))) % ORDER;
    if (r !== 0n && s !== 0n) return sequence([integer(r), integer(s)]);
  }
}

const secretOf = (pair: ECDH): Buffer => {
  const secret = pair.getPrivateKey();
  return Buffer.concat([Buffer.alloc(BYTES - secret.length), secret]);
};

const numberOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);

/** By the extended Euclidean algorithm. */
function inverseOf(value: bigint): bigint {
  let [divisor, rest, factor, next] = [ORDER, value, 0n, 1n];
  while (rest > 0n) {
    const quotient = divisor / rest;
    [divisor, rest] = [rest, divisor - quotient * rest];
    [factor, next] = [next, factor - quotient * next];
  }
  return ((factor % ORDER) + ORDER) % ORDER;
}

function integer(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const positive = (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.alloc(1), bytes]);
  return Buffer.concat([Buffer.from([0x02, positive.length]), positive]);
}

function sequence(parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([0x30, content.length]), content]);
}
