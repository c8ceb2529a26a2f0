import type { IncomingMessage, ServerResponse } from 'node:http';

const COOKIE = 'local-cloud-user-name';
const SECONDS = 31_536_000;
const CHARACTERS = 254;

/** The address that somebody asked this browser to remember. */
export function rememberedName({ headers }: IncomingMessage): string | undefined {
  const [, value] = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(headers.cookie ?? '') ?? [];
  try {
    return value === undefined ? undefined : decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

/** Only who ticks it is remembered; who does not is forgotten. Without a tick and a cookie nothing is stored. */
export function rememberName(
  request: IncomingMessage,
  response: ServerResponse,
  { name, isWanted }: { readonly name: string; readonly isWanted: boolean },
): void {
  const flags = 'Path=/; HttpOnly; SameSite=Lax';
  if (isWanted && name.length <= CHARACTERS) {
    response.appendHeader('set-cookie', `${COOKIE}=${encodeURIComponent(name)}; ${flags}; Max-Age=${SECONDS}`);
  } else if (rememberedName(request) !== undefined) {
    response.appendHeader('set-cookie', `${COOKIE}=; ${flags}; Max-Age=0`);
  }
}
