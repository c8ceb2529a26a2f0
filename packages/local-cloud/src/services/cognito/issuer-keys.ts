import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readState, writeState } from '../../json-state.ts';

/** What the issuer signs with; made once. */
export interface IssuerKeys {
  readonly jwks: { readonly keys: readonly object[] };
  readonly cookieKeys: readonly string[];
}

/** The keys in a file that only its owner may read. */
export async function issuerKeys(file: string | undefined): Promise<IssuerKeys> {
  const found = file === undefined ? undefined : ((await readState(file)) as IssuerKeys | undefined);
  if (found) return found;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = {
    ...privateKey.export({ format: 'jwk' }),
    use: 'sig',
    alg: 'RS256',
    kid: randomBytes(8).toString('hex'),
  };
  const made = { jwks: { keys: [key] }, cookieKeys: [randomBytes(32).toString('base64url')] };
  if (file !== undefined) await writeState(file, made);
  return made;
}
