import { parseArgs } from 'node:util';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { COMMAND_LINE_CALLBACK, COMMAND_LINE_PATH } from '../../lambda/contract/people.ts';
import type { Tell } from '../to-people.ts';
import { TO_PEOPLE } from '../to-people.ts';
import { awaitBrowser } from './await-browser.ts';

export const SIGN_IN_HELP = `Usage: vitrine sign-in --api URL

Signs you in at a browser, and prints a token for the other verbs. Sign in at the API's own host before, once: that tells it
which account is yours.

  export VITRINE_TOKEN=$(npx vitrine sign-in --api https://api.example.com)

  --api   base URL of the API

The token holds an hour, and is refused as soon as your sessions are ended. It is written nowhere else.
Exit codes: 0 signed in, 1 not signed in, 2 the call is wrong.
`;

/** Runs the verb. @returns the exit code */
export async function signIn(
  args: readonly string[],
  print: (text: string) => void,
  tell: Tell = TO_PEOPLE,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { help: { type: 'boolean', default: false }, api: { type: 'string' } },
  });
  if (values.help || values.api === undefined) {
    print(SIGN_IN_HELP);
    return values.help ? 0 : 2;
  }
  try {
    print(`${await tokenFrom(await configurationOf(values.api), tell)}\n`);
    return 0;
  } catch (error) {
    // Causes may hold the code.
    tell(`You are not signed in: ${error instanceof Error ? error.message : 'the issuer does not answer'}.\n`);
    return 1;
  }
}

/** The issuer of the deployment, as its API names it. */
async function configurationOf(api: string): Promise<Configuration> {
  const answer = await fetch(new URL(COMMAND_LINE_PATH, api));
  if (answer.status !== 200) throw new Error(`the API answered ${answer.status}; does the deployment have people?`);
  const { issuer, clientId } = (await answer.json()) as { readonly issuer: string; readonly clientId: string };
  const url = new URL(issuer);
  const isHere = url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return discovery(url, clientId, undefined, None(), isHere ? { execute: [allowInsecureRequests] } : {});
}

/** The authorization code flow of a program without a secret (RFC 8252, section 7.3). */
async function tokenFrom(configuration: Configuration, tell: Tell): Promise<string> {
  const [verifier, expectedState, expectedNonce] = [randomPKCECodeVerifier(), randomState(), randomNonce()];
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: COMMAND_LINE_CALLBACK,
    scope: 'openid',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  const returned = await awaitBrowser(COMMAND_LINE_CALLBACK, () => tell(`Open this page:\n\n${url.href}\n\n`));
  const checks = { pkceCodeVerifier: verifier, expectedState, expectedNonce, idTokenExpected: true };
  return (await authorizationCodeGrant(configuration, returned, checks)).access_token;
}
