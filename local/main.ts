import { join, resolve } from 'node:path';
import {
  CATALOGUE,
  explain,
  faultsFromFile,
  openListener,
  openLogFile,
  openState,
  planAssembly,
  readAssembly,
  Shutdown,
  StartFault,
  startCloud,
  using,
  writeReadyFile,
} from 'local-cloud';
import { urlEndpoint } from '../lambda/contract/edge.ts';
import { collectGarbageRarely, holdYoungGeneration } from '../lambda/handlers/garbage-collection.ts';
import { openApiListeners } from './api-listeners.ts';
import { HELP, readCommandLine, type StartOptions } from './command-line.ts';
import { readCredentials } from './credentials.ts';
import { apiDistributions } from './distributions.ts';
import { withHomePage } from './home-page.ts';
import { inviteOwner } from './invite-owner.ts';
import { PROGRAM } from './program.ts';
import type { ReadyFile } from './ready-file.ts';
import { uploadSamples } from './samples/upload-samples.ts';
import { notEmulatedBlock, startBlock } from './start-block.ts';
import { synthesizeApp } from './synthesize-app.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** Milliseconds between two looks at this program's own memory. */
const LOOK_EVERY = 1000;

const shutdown = new Shutdown();

/** What the command line says over cdk.json. */
const settingsOf = ({ largeUploads, regions }: StartOptions) => ({
  ...(largeUploads !== undefined && { largeUploads }),
  ...(regions !== undefined && { regions }),
});

async function run(options: StartOptions): Promise<void> {
  const state = await using(PROGRAM, options.stateFolder ?? 'The temporary folder', () =>
    openState(options.stateFolder, PROGRAM),
  );
  shutdown.atExit(() => state.release());
  const logFile = await using(PROGRAM, state.folder, () => openLogFile(join(state.folder, 'log', 'functions.log')));
  shutdown.afterwards(() => logFile.close());
  const mediaListener = await openListener(options.mediaPort, 'PORT');
  shutdown.first(() => mediaListener.close());
  const apiListener = await openListener(options.apiPort, 'API_PORT');
  shutdown.first(() => apiListener.close());
  const signInListener = await openListener(options.signInPort, 'SIGN_IN_PORT');
  shutdown.first(() => signInListener.close());

  const assembly = readAssembly(options.assembly ?? (await synthesizeApp(ROOT, settingsOf(options))));
  const [home, ...others] = apiDistributions(assembly);
  const otherApis = await openApiListeners(others, options.signInPort);
  for (const { listener } of otherApis) shutdown.first(() => listener.close());
  const apis = [{ ...home, listener: apiListener }, ...otherApis];
  const listenerOf = (id: string) => apis.find(({ logicalId }) => logicalId === id)?.listener ?? mediaListener;
  const plan = planAssembly(
    assembly,
    { distribution: (id) => listenerOf(id).host, issuer: () => signInListener.host },
    CATALOGUE,
  );
  const cloud = await startCloud({
    plan,
    folder: join(state.folder, 'data'),
    program: PROGRAM,
    log: logFile.line,
    viewerCountry: options.viewerCountry,
    viewerAddress: options.viewerAddress,
    viewerResponseSees: options.viewerResponseSees,
    ...(options.faults !== undefined && { faults: faultsFromFile(options.faults, logFile.line) }),
  });
  shutdown.afterwards(() => cloud.close());
  void cloud.failed.then((sentence) => {
    if (!shutdown.hasBegun) console.error(`${sentence} Vitrine ends; what was acknowledged is kept.`);
    return shutdown.run(1);
  });
  for (const { logicalId, handle } of cloud.distributions) listenerOf(logicalId).serve(handle);

  for (const { handle } of cloud.issuers) signInListener.serve(handle);

  const media = urlEndpoint(mediaListener.host);
  const api = urlEndpoint(apiListener.host);
  const { functionUrls, rulesNotEvaluated } = cloud;
  const credentials = readCredentials(plan, cloud);
  const sampleLinks = await uploadSamples({ state, api, media, root: ROOT, privateKey: credentials.privateKey });
  // Signed URLs work from the first publication on.
  await cloud.firstRuns;
  const homePage = { media, api, sampleLinks };
  for (const { logicalId, handle } of cloud.distributions) {
    listenerOf(logicalId).serve(withHomePage(homePage, handle));
  }
  process.stdout.write(
    startBlock({
      media,
      api,
      otherApis: otherApis.map(({ region, listener }) => ({ region, url: urlEndpoint(listener.host) })),
      signIn: urlEndpoint(signInListener.host),
      ownerInvitation: await inviteOwner(api, credentials.privateKey, join(state.folder, 'first-owner.json')),
      ...credentials,
      functionUrls: functionUrls.map(({ url }) => url),
      sampleLinks,
      stateFolder: state.folder,
      isKept: options.stateFolder !== undefined,
      logFile: logFile.path,
    }),
  );
  if (options.verbose) process.stdout.write(notEmulatedBlock({ ...plan, rulesNotEvaluated }));
  if (options.readyFile === undefined) return;
  const ready: ReadyFile = {
    media,
    api,
    apis: Object.fromEntries(apis.map(({ region, listener }) => [region, urlEndpoint(listener.host)])),
    signIn: urlEndpoint(signInListener.host),
    ...credentials,
    urlEndpoint: media,
    pid: process.pid,
    aws: cloud.ownerEnvironment,
  };
  writeReadyFile(options.readyFile, { ...ready });
}

/** One sentence for what the person can change; everything for what only we can. */
function report(error: unknown, options: StartOptions | undefined): void {
  const found = explain(error, options?.stateFolder ?? 'The state folder', PROGRAM);
  if (found instanceof StartFault) console.error(found.message);
  else console.error('Vitrine could not start. This is a fault of ours; please report it with what follows.\n', found);
}

let options: StartOptions | undefined;
try {
  options = readCommandLine(process.argv.slice(2), process.env);
  if (options.help) console.log(HELP);
  else {
    shutdown.onSignals();
    collectGarbageRarely();
    setInterval(holdYoungGeneration, LOOK_EVERY).unref();
    await run(options);
  }
} catch (error) {
  // What breaks because everything is being closed is not why the program ends.
  if (!shutdown.hasBegun) report(error, options);
  await shutdown.run(1);
}
