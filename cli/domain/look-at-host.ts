import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { CheckedHost, Seen } from './checked-host.ts';
import type { DomainDeps } from './domain-deps.ts';
import type { HostUse } from './targets.ts';

const TIMEOUT_MILLISECONDS = 15_000;
const DAY_MILLISECONDS = 86_400_000;

/** As the alarm has it (lib/constructs/insight/edge-alarms.ts). */
const FEWEST_DAYS = 30;

/** What every answer of a part has and a stranger's has not, and a path that needs no key. */
const MARKS: Readonly<
  Record<HostUse, { readonly path: string; readonly isOurs: (headers: IncomingHttpHeaders) => boolean }>
> = {
  media: { path: '/', isOurs: (headers) => /cache;desc=/.test(String(headers['server-timing'])) },
  api: { path: '/v1/files', isOurs: (headers) => headers['x-ik-requestid'] !== undefined },
};

/** Asks the host as a viewer does. */
export async function lookAtHost(deps: DomainDeps, { host, use }: CheckedHost): Promise<readonly Seen[]> {
  const [address] = await deps.dns.resolve4(host).catch(() => []);
  if (address === undefined) return [{ isRight: false, sentence: `${host} was not asked: it has no address.` }];
  try {
    const answer = await ask(deps, host, address, MARKS[use].path);
    return [
      certificateSeen(answer.certificate, deps.now()),
      { isRight: true, sentence: `It speaks ${answer.protocol}.` },
      MARKS[use].isOurs(answer.headers)
        ? { isRight: true, sentence: `Vitrine answers for ${use === 'api' ? 'the API' : 'media'}.` }
        : {
            isRight: false,
            sentence: `Somebody else answers, with ${answer.status} and the server "${answer.headers.server ?? ''}".`,
          },
      await plainSeen(deps, host, address),
    ];
  } catch (error) {
    return [
      { isRight: false, sentence: `${host} at ${address} does not answer by HTTPS: ${(error as Error).message}.` },
    ];
  }
}

interface Certificate {
  readonly isTrusted: boolean;
  readonly fault: string;
  readonly until: number;
}

/** The certificate is looked at even if it is not trusted: what is wrong with it is what is asked. */
function ask({ ports, trusted }: DomainDeps, host: string, address: string, path: string) {
  const { promise, resolve, reject } = Promise.withResolvers<{
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    readonly protocol: string;
    readonly certificate: Certificate;
  }>();
  const tls = { servername: host, rejectUnauthorized: false, ...(trusted !== undefined && { ca: trusted }) };
  const request = httpsRequest({
    ...{ host: address, port: ports.https, path, headers: { host }, timeout: TIMEOUT_MILLISECONDS, agent: false },
    ...tls,
  });
  request.on('response', (answer) => {
    const socket = answer.socket as TLSSocket;
    const until = Date.parse(socket.getPeerCertificate().valid_to);
    const certificate = { isTrusted: socket.authorized, fault: String(socket.authorizationError), until };
    resolve({
      status: answer.statusCode ?? 0,
      headers: answer.headers,
      protocol: socket.getProtocol() ?? '',
      certificate,
    });
    answer.destroy();
  });
  request.on('timeout', () => request.destroy(new Error(`no answer within ${TIMEOUT_MILLISECONDS / 1000} s`)));
  request.on('error', reject);
  request.end();
  return promise;
}

function certificateSeen({ isTrusted, fault, until }: Certificate, now: number): Seen {
  const days = Math.floor((until - now) / DAY_MILLISECONDS);
  const end = new Date(until).toISOString().slice(0, 10);
  if (!isTrusted) return { isRight: false, sentence: `Browsers refuse the certificate (${fault}); it ends on ${end}.` };
  if (days < FEWEST_DAYS)
    return {
      isRight: false,
      sentence: `The certificate ends in ${days} days, on ${end}: docs/runbook/certificate.md tells what to do.`,
    };
  return { isRight: true, sentence: `The certificate is good for ${days} days, until ${end}.` };
}

/** By plain HTTP a host redirects, or refuses; it never answers. */
async function plainSeen({ ports }: DomainDeps, host: string, address: string): Promise<Seen> {
  const { promise, resolve } = Promise.withResolvers<Seen>();
  const request = httpRequest({
    host: address,
    port: ports.http,
    path: '/',
    headers: { host },
    timeout: TIMEOUT_MILLISECONDS,
    agent: false,
  });
  request.on('response', (answer) => {
    const { statusCode = 0, headers } = answer;
    const isRedirected = statusCode >= 301 && statusCode <= 308 && headers.location?.startsWith('https://') === true;
    const sentence = isRedirected
      ? 'Plain HTTP is redirected to HTTPS.'
      : `Plain HTTP is answered with ${statusCode}, not redirected.`;
    resolve({ isRight: isRedirected, sentence });
    answer.destroy();
  });
  request.on('timeout', () => request.destroy());
  request.on('error', () => resolve({ isRight: true, sentence: 'Nobody answers by plain HTTP.' }));
  request.end();
  return promise;
}
