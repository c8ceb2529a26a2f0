import { randomBytes } from 'node:crypto';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { listEndpointItems } from '../../adapters/accounts-table/endpoint-list.lean.ts';
import { refusalTurns } from '../../adapters/accounts-table/refusal-turns.ts';
import { usedTickets } from '../../adapters/accounts-table/used-tickets.ts';
import { credentialsSecret } from '../../adapters/credentials-secret/credentials-secret.ts';
import { dashboardFiles } from '../../adapters/dashboard/dashboard-files.ts';
import { hasEdge } from '../../adapters/edge/edge-parameter.ts';
import { countedUsage } from '../../adapters/metrics/counted-usage.ts';
import { metricReader } from '../../adapters/metrics/metric-data.ts';
import { originalReader } from '../../adapters/originals-bucket/original-reader.lean.ts';
import { requireRegion } from '../../adapters/signed-http/service-endpoint.lean.ts';
import type { ApiDeps } from '../../api/deps.ts';
import type { Call } from '../../api/serve.ts';
import type { EdgeDescription } from '../../contract/edge.ts';
import { EDGE_REGION, urlEndpoint } from '../../contract/edge.ts';
import { ENVIRONMENT, requireEnvironment } from '../../contract/environment.ts';
import { LIMITS } from '../../contract/limits.ts';
import type { Visibility } from '../../contract/visibility.ts';
import { isVisibility } from '../../contract/visibility.ts';
import { callCounter } from '../../core/accounts/call-rates.ts';
import type { MakeEvent } from '../../core/audit/event-maker.ts';
import { eventMaker } from '../../core/audit/event-maker.ts';
import { sourceOfCall } from '../../core/audit/event-source.ts';
import { LogReadings } from '../../core/audit/log-readings.ts';
import { RefusedAttempts } from '../../core/audit/refused-attempts.ts';
import { uploadTransformer } from '../../core/delivery/transform-upload.ts';
import { explainFormat } from '../../core/explain/explain-format.ts';
import { contentDescriber } from '../../core/explain/image-metadata.ts';
import { once } from '../../core/kernel/once.ts';
import type { Report } from '../../core/kernel/report.ts';
import { knownFields } from '../../core/library/custom-fields/known-fields.ts';
import { findFile } from '../../core/library/files/library-file.ts';
import { findPathRecord } from '../../core/library/files/path-record.ts';
import { fieldsByFolder } from '../../core/library/path-policies/folder-fields.ts';
import { knownPolicies } from '../../core/library/path-policies/known-policies.ts';
import { requireOwnBytes } from '../../core/library/pinned-object.ts';
import { publishAccess } from '../../core/protection/publish-access.ts';
import { purgeAround } from '../../core/purge/purge-assets.ts';
import { render } from '../../core/render/render.ts';
import { examineImage } from '../../core/render/source/examine.ts';
import { withDefault } from '../../core/settings/endpoints/endpoint.ts';
import { urlLocator } from '../../core/settings/endpoints/locate-url.ts';
import { listEndpoints } from '../../core/settings/endpoints/manage-endpoints.ts';
import { pathsInNames } from '../../core/settings/named-transformations/paths-in-names.ts';
import type { PurgeAround } from '../../core/settings/outdated.ts';
import { describeImage } from '../../formats/metadata/describe-image.ts';
import { embeddedMetadata } from '../../formats/metadata/embedded-metadata.ts';
import { guardedFetch } from '../../remote/guarded-fetch.ts';
import { logRefusal } from '../security-log.ts';
import { composeAccountCommit } from './account-commit.ts';
import { composeAccountItems } from './account-items.ts';
import { composeContentTools } from './content-tools.ts';
import { hexId } from './hex-id.ts';
import { homeClient } from './home-client.ts';
import { composeLibrary } from './library.ts';
import { composeMediaPlace } from './media-place.ts';
import { composePeople } from './people.ts';
import { composePublication } from './publication.ts';
import { composeSettings } from './settings.ts';
import { composeWebhooks } from './webhooks.ts';
import { composeZips } from './zips.ts';

/** The API's dependencies: what lasts is made once, what belongs to one call is added to each feature by name. */
export function composeApi(): (call: Call) => ApiDeps {
  const { changes, search, purges, parts, edge, commit, events } = composeLibrary();
  const accountCommit = composeAccountCommit();
  const publication = composePublication(edge, accountCommit);
  const settings = composeSettings(accountCommit);
  const people = composePeople(ownUrl(edge));
  const webhooks = composeWebhooks(accountCommit);
  const account = composeAccount(edge, settings);
  const readings = new LogReadings(Date.now);
  const refused = new RefusedAttempts(
    Date.now,
    refusalTurns(requireEnvironment(ENVIRONMENT.accountsTable), accountCommit),
  );
  const locate = urlLocator({
    mediaHost: async () => (await edge()).mediaHost,
    region: requireRegion(process.env),
    home: requireEnvironment(ENVIRONMENT.accountsRegion),
    list: async () => (await publication.endpoints.read()).endpoints,
  });
  const reading = composeReading(changes.store, locate, settings.findNamed);
  const receiving = composeReceiving(settings);
  const { namedTransformations: names } = settings.namedTransformations;
  const transform = uploadTransformer(reading);
  const describe = contentDescriber({ ...reading, readEmbedded: embeddedMetadata });
  const usage = composeUsage(edge);
  const dashboard = composeDashboard(edge, parts);
  const zips = composeZips(edge);
  const hasEndpoint = async (id: string) => (await listEndpoints(publication)).some((one) => one.id === id);
  // Before the edge is there, nobody knows; rules wait for it.
  const hasWebAcl = async () => !(await hasEdge(edge)) || (await edge()).accessRuleGroupArn !== undefined;
  const regions = composeRegions(edge);
  const accountItems = composeAccountItems();
  const distributionHosts = async () => ((await hasEdge(edge)) ? hostsOf(await edge()) : undefined);
  return ({ requestId, report, address, hasToken = false }) => {
    const makeEvent = eventMaker({ clock: Date.now, hexId, requestId, sourceOf: sourceOfCall(hasToken) });
    const publish = () => publishAccess({ ...publication, report });
    const aroundPurge: PurgeAround = (outdated, change) => purgeAround({ ...purges, report }, outdated, change);
    const { rules, takedowns, endpoints, signingSecrets, clock } = publication;
    const library = {
      ...changes,
      zips,
      staleFolders: publishedFolders(changes.staleFolders, publish),
      report,
      makeEvent,
    };
    const uploads = { ...library, ...receiving, parts, transform, describe };
    const { origins } = settings.origins;
    const peopleOfCall = people?.({ makeEvent, report });
    return {
      refusals: refusalsOf(refused, report, makeEvent),
      account: {
        ...{ ...account, people: peopleOfCall, address },
        noteKeyUse: (...use) =>
          account.noteKeyUse(...use).catch((error: unknown) => report('key-use-not-noted', error)),
      },
      uploads,
      grants: { ...uploads, secretBytes: () => randomBytes(32) },
      library,
      references: { store: changes.store, pathsInSettings: once(async () => pathsInNames(await names.list())) },
      search: { ...search, fieldsOf: receiving.fieldsOf },
      audit: { events, readings, makeEvent, record: async (event) => void (await commit([], event)), clock: Date.now },
      usage,
      metadata: reading,
      explain: reading,
      purges: { ...purges, locate, report, makeEvent },
      rules: { rules, hasEndpoint, hasWebAcl, clock, ids: { hexId }, makeEvent },
      takedowns: { ...library, takedowns },
      fields: { ...settings.fields, hexId, makeEvent },
      savedExtensions: { ...settings.savedExtensions, hexId, makeEvent },
      pathPolicies: { ...settings.pathPolicies, ...settings.fields, hexId, makeEvent },
      savedSearches: { ...settings.savedSearches, hexId, makeEvent },
      shares: {
        ...{ ...settings.shares, store: changes.store, hexId, randomBytes, makeEvent, ownUrl: ownUrl(edge) },
        mediaUrl: async () => urlEndpoint(await account.mediaHost()),
        privateKey: async () => (await account.credentials()).privateKey,
      },
      webhooks: { ...webhooks.settings, hexId, makeEvent },
      deliveries: { ...webhooks.deliveries, makeEvent },
      keys: { ...settings.keys, hexId, makeEvent, pause: changes.pause, random: changes.random },
      people: peopleOfCall,
      dashboard,
      signingKeys: { ...settings.signingKeys, signingSecrets, makeEvent },
      origins: { ...settings.origins, purgeAround: aroundPurge, makeEvent },
      endpoints: {
        ...{ endpoints, origins, endpointId: hexId, clock, publish, purgeAround: aroundPurge, makeEvent },
        distributionHosts,
        regions,
        ownRegion: requireRegion(process.env),
      },
      failovers: {
        ...{ edgeSettings: publication.edgeSettings, regions, region: requireRegion(process.env), clock, makeEvent },
        fallbackOf: async (region) => ((await hasEdge(edge)) ? (await edge()).fallbacks?.[region] : undefined),
        // By the snapshot while home is away, which is when this is asked.
        endpoints: async () => withDefault(await listEndpointItems(accountItems)),
        record: async (event) => void (await commit([], event)),
      },
      spendCeiling: { ...settings.spendCeiling, makeEvent },
      namedTransformations: { ...settings.namedTransformations, purgeAround: aroundPurge, makeEvent },
      publish,
    };
  };
}

/** Each refused attempt is a line of the log, and one of those that the audit log counts. */
function refusalsOf(refused: RefusedAttempts, report: Report, makeEvent: MakeEvent): ApiDeps['refusals'] {
  return {
    note: (attempt) => {
      logRefusal(attempt);
      refused.note(attempt);
    },
    tell: () => refused.tell(makeEvent).catch((error: unknown) => report('refusals-not-told', error)),
  };
}

/** Of this region's API, as the edge describes it. */
const ownUrl = (edge: () => Promise<EdgeDescription>) => async (): Promise<string | undefined> => {
  const host = (await hasEdge(edge)) ? (await edge()).apiHosts[process.env.AWS_REGION ?? ''] : undefined;
  return host === undefined ? undefined : urlEndpoint(host);
};

/** A call that leaves a folder's job to others tells the edge before it is answered. */
const publishedFolders = (
  folders: ApiDeps['library']['staleFolders'],
  publish: ApiDeps['publish'],
): ApiDeps['library']['staleFolders'] => ({
  ...folders,
  mark: async (folder) => {
    await folders.mark(folder);
    await publish();
  },
});

/** Before the edge is there, nobody knows of other regions than home. */
function composeRegions(edge: () => Promise<EdgeDescription>): ApiDeps['endpoints']['regions'] {
  const home = requireEnvironment(ENVIRONMENT.accountsRegion);
  return { home, all: async () => ((await hasEdge(edge)) ? Object.keys((await edge()).apiHosts) : [home]) };
}

const hostsOf = ({ mediaHost, otherHosts }: EdgeDescription): readonly string[] | undefined =>
  otherHosts && [mediaHost.replace(/:\d+$/, ''), ...otherHosts];

function composeAccount(
  edge: ReturnType<typeof composeLibrary>['edge'],
  settings: Pick<ReturnType<typeof composeSettings>, 'keys'>,
): ApiDeps['account'] {
  const secret = requireEnvironment(ENVIRONMENT.credentialsSecret);
  const accounts = homeClient();
  return {
    credentials: credentialsSecret(new SecretsManagerClient({}), secret),
    findKey: settings.keys.keys.findByDigest,
    noteKeyUse: settings.keys.keys.noteUse,
    usedTickets: usedTickets(accounts, requireEnvironment(ENVIRONMENT.accountsTable)),
    countCall: callCounter(Date.now),
    clock: Date.now,
    mediaHost: composeMediaPlace(edge, composeAccountItems()),
  };
}

/** Scripts and styles are public; what the page may reach is known when the edge is there. */
function composeDashboard(
  edge: ReturnType<typeof composeLibrary>['edge'],
  parts: ReturnType<typeof composeLibrary>['parts'],
): ApiDeps['dashboard'] {
  return {
    read: dashboardFiles(process.env[ENVIRONMENT.dashboard]),
    sources: async () => ({
      media: urlEndpoint((await edge()).mediaHost),
      originals: await parts.origin(),
    }),
  };
}

/** CloudFront reports to one region, whatever the deployment's. */
function composeUsage(edge: ReturnType<typeof composeLibrary>['edge']): ApiDeps['usage'] {
  const counted = countedUsage({
    edge: metricReader({ ...process.env, AWS_REGION: EDGE_REGION }),
    region: metricReader(process.env),
    distributionId: async () => ((await hasEdge(edge)) ? (await edge()).distributionId : undefined),
    originals: requireEnvironment(ENVIRONMENT.originalsBucket),
  });
  return { ...counted, clock: Date.now };
}

/** What the questions about a file or a URL are answered with. */
function composeReading(
  store: ApiDeps['library']['store'],
  locate: ApiDeps['explain']['locate'],
  findNamed: ApiDeps['explain']['findNamed'],
) {
  const originals = originalReader(process.env, requireEnvironment(ENVIRONMENT.originalsBucket));
  return {
    locate,
    findNamed,
    findPath: (path: string) => findPathRecord(store, path),
    findAsset: async (fileId: string) => (await findFile(store, fileId))?.head,
    readOriginal: async (objectKey: string, maximumBytes: number) =>
      originals.read(requireOwnBytes(objectKey), maximumBytes),
    render,
    examine: examineImage,
    describe: describeImage,
    decideFormat: explainFormat,
  };
}

/** What an upload needs beyond its completion. */
function composeReceiving({ origins: { hasOrigins }, fields, pathPolicies }: ReturnType<typeof composeSettings>) {
  const fieldsOf = knownFields(fields.fields);
  return {
    fieldsOf,
    fieldsIn: fieldsByFolder(fieldsOf, knownPolicies(pathPolicies.pathPolicies)),
    ...composeContentTools(),
    fetchRemote: guardedFetch({
      exceptions: process.env[ENVIRONMENT.remoteAllow] ?? '',
      maximumBytes: LIMITS.sourceBytes,
    }),
    defaultVisibility: defaultVisibility(),
    nameSuffix: () => randomBytes(7).toString('base64url').slice(0, 9),
    hasOrigins,
  };
}

function defaultVisibility(): Visibility {
  const chosen = process.env[ENVIRONMENT.defaultVisibility] ?? 'public';
  if (!isVisibility(chosen)) throw new Error(`${ENVIRONMENT.defaultVisibility} is neither public nor private.`);
  return chosen;
}
