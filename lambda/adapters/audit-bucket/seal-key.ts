import { createHash } from 'node:crypto';
import type { SealKey } from '../../core/audit/seal-chains.ts';
import type { KmsCall } from '../signed-http/kms-call.lean.ts';
import { requiredText } from '../signed-http/kms-call.lean.ts';

/** A KMS key of the spec ECC_NIST_P256. It is given digests, because seals are longer than KMS takes messages. */
export function sealKey(kms: KmsCall, KeyId: string): SealKey {
  return {
    sign: async (text) => {
      const Message = createHash('sha256').update(text).digest('base64');
      const signing = { KeyId, Message, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' };
      return Buffer.from(requiredText((await kms('Sign', signing)).Signature), 'base64');
    },
    publicKey: async () => Buffer.from(requiredText((await kms('GetPublicKey', { KeyId })).PublicKey), 'base64'),
  };
}
