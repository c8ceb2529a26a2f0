import { jwtVerify } from 'jose';
import type { VerifyToken } from '../core/accounts/signed-uploads/check-token.ts';

/** HS256 alone: a token that names another algorithm, or none, is refused whatever its signature (RFC 8725, section 3.1). */
export const verifyToken: VerifyToken = async (token, key, now) => {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, new TextEncoder().encode(key), {
      algorithms: ['HS256'],
      currentDate: new Date(now),
      requiredClaims: ['iat', 'exp'],
    });
    return { claims: payload, keyId: protectedHeader.kid ?? '' };
  } catch {
    return undefined;
  }
};
