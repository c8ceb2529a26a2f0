import { CloudFrontClient, GetDistributionConfigCommand, GetFunctionCommand } from '@aws-sdk/client-cloudfront';
import { paginateListKeys } from '@aws-sdk/client-cloudfront-keyvaluestore';
import { loadEdgeFunction, OriginChoice } from 'local-cloud/edge-functions';
import { inject } from 'vitest';
import { sigv4Signer } from '../../lambda/adapters/signed-http/sigv4.lean.ts';
import { EDGE_REGION } from '../../lambda/contract/edge.ts';
import { type Outcome, runViewerRequest } from '../edge/edge-sandbox.ts';
import { keyValueStoreClient, reach } from './clients.ts';
import { edgeDescription } from './edge-description.ts';
import { ROOT } from './ministack.ts';
import { type Answer, sendToHost } from './send-to-host.ts';

/** What the edge does with a request for a media URL. */
export interface EdgeTurn {
  readonly outcome: Outcome;
  /** Ids of the origins that it chooses, in turn. @default those of the distribution's behaviour */
  readonly origins: readonly string[] | undefined;
}

/** What the KeyValueStore of the distribution has. */
export async function publishedSettings(): Promise<Record<string, string>> {
  const client = keyValueStoreClient(inject('deployment').endpoint);
  const { settingsStoreArn: KvsARN } = await edgeDescription();
  const found: Record<string, string> = {};
  for await (const { Items = [] } of paginateListKeys({ client }, { KvsARN })) {
    for (const { Key = '', Value = '' } of Items) found[Key] = Value;
  }
  return found;
}

/**
 * The viewer-request function as the emulator has it published, with the settings that the emulator has, run by the local cloud: the emulator's
 * own runtime has neither the module `cloudfront` nor its helpers.
 * @param url of a picture
 * @param now of the edge's clock
 */
export async function askEdge(url: string, now = new Date()): Promise<EdgeTurn> {
  const { functionName, origins } = await distribution();
  const { FunctionCode = new Uint8Array() } = await cloudFront().send(
    new GetFunctionCommand({ Name: functionName, Stage: 'LIVE' }),
  );
  const store = new Map(Object.entries(await publishedSettings()));
  const edge = loadEdgeFunction({ code: Buffer.from(FunctionCode).toString('utf8'), store }, functionName);
  const choice = new OriginChoice(new Set(origins.keys()));
  const { host, pathname, search } = new URL(url);
  const outcome = runViewerRequest(edge, pathname, search.slice(1) || undefined, { now, headers: { host } }, choice);
  return { outcome, origins: choice.chosen?.ids };
}

/** Asks a function behind the distribution as CloudFront does after the edge's turn: signed, for what the edge made of the URL. */
export async function askOrigin(id: string, { outcome }: EdgeTurn): Promise<Answer> {
  const host = (await distribution()).origins.get(id) ?? '';
  const [, region = ''] = /\.lambda-url\.([\w-]+)\./.exec(host) ?? [];
  const headers = Object.fromEntries(Object.entries(outcome.headers).map(([name, { value }]) => [name, value]));
  const request = { method: 'GET', path: outcome.uri ?? '', headers: { ...headers, host } };
  const sign = sigv4Signer({ ...ROOT, region, service: 'lambda' });
  return sendToHost(host, { ...request, headers: sign({ ...request, host }, new Date()) });
}

const cloudFront = () => new CloudFrontClient(reach(inject('deployment').endpoint, EDGE_REGION));

/** @returns hosts of the distribution's origins by their ids, and the name of the function that sees each request first */
async function distribution() {
  const { distributionId: Id } = await edgeDescription();
  const { DistributionConfig } = await cloudFront().send(new GetDistributionConfigCommand({ Id }));
  const { Items: associations = [] } = DistributionConfig?.DefaultCacheBehavior?.FunctionAssociations ?? {};
  const first = associations.find(({ EventType }) => EventType === 'viewer-request');
  return {
    functionName: first?.FunctionARN?.split('/').at(-1) ?? '',
    origins: new Map(DistributionConfig?.Origins?.Items?.map(({ Id: id = '', DomainName = '' }) => [id, DomainName])),
  };
}
