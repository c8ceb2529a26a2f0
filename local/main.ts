import { join, resolve } from 'node:path';
import { urlEndpoint } from '../lambda/contract/edge.ts';
import { CATALOGUE } from '../packages/local-cloud/src/assembly/catalogue.ts';
import { planAssembly } from '../packages/local-cloud/src/assembly/plan-assembly.ts';
import { readAssembly } from '../packages/local-cloud/src/assembly/read-assembly.ts';
import { synthesize } from '../packages/local-cloud/src/assembly/synthesize.ts';
import { startCloud } from '../packages/local-cloud/src/cloud.ts';
import { openFrontDoor } from '../packages/local-cloud/src/front-door.ts';
import { openLogFile } from '../packages/local-cloud/src/log-file.ts';
import { writeReadyFile } from '../packages/local-cloud/src/ready-file.ts';
import { Shutdown } from '../packages/local-cloud/src/shutdown.ts';
import { explain, StartFault, using } from '../packages/local-cloud/src/start-fault.ts';
import { openState } from '../packages/local-cloud/src/state.ts';
import { HELP, readCommandLine, type StartOptions } from './command-line.ts';
import { uploadSamples } from './samples/upload-samples.ts';
import { startBlock } from './start-block.ts';

const ROOT = resolve(import.meta.dirname, '..');

const shutdown = new Shutdown();

async function run(options: StartOptions): Promise<void> {
  const state = await using(options.stateFolder ?? 'The temporary folder', () => openState(options.stateFolder));
  shutdown.atExit(() => state.release());
  const logFile = await using(state.folder, () => openLogFile(join(state.folder, 'log', 'functions.log')));
  shutdown.afterwards(() => logFile.close());
  const mediaDoor = await openFrontDoor(options.mediaPort, 'PORT');
  shutdown.first(() => mediaDoor.close());
  const apiDoor = await openFrontDoor(options.apiPort, 'API_PORT');
  shutdown.first(() => apiDoor.close());

  const assembly = readAssembly(options.assembly ?? (await synthesize(ROOT)));
  const plan = planAssembly(assembly, { media: mediaDoor.host, api: apiDoor.host }, CATALOGUE);
  const cloud = await startCloud(plan, join(state.folder, 'data'), logFile.line, options.viewerCountry);
  shutdown.afterwards(() => cloud.close());
  mediaDoor.serve(cloud.media);
  apiDoor.serve(cloud.api);

  const media = urlEndpoint(mediaDoor.host);
  const api = urlEndpoint(apiDoor.host);
  const { functionUrls, credentials, rulesNotEvaluated } = cloud;
  const sampleLinks = await uploadSamples({ state, api, media, privateKey: credentials.privateKey });
  process.stdout.write(
    startBlock({
      media,
      api,
      ...credentials,
      functionUrls: functionUrls.map(({ url }) => url),
      sampleLinks,
      stateFolder: state.folder,
      isKept: options.stateFolder !== undefined,
      logFile: logFile.path,
      rulesNotEvaluated,
      notRun: plan.notRun,
    }),
  );
  if (options.readyFile === undefined) return;
  writeReadyFile(options.readyFile, { media, api, ...credentials, urlEndpoint: media, pid: process.pid });
}

/** One sentence for what the person can change; everything for what only we can. */
function report(error: unknown, options: StartOptions | undefined): void {
  const found = explain(error, options?.stateFolder ?? 'The state folder');
  if (found instanceof StartFault) console.error(found.message);
  else console.error('Vitrine could not start. This is a fault of ours; please report it with what follows.\n', found);
}

let options: StartOptions | undefined;
try {
  options = readCommandLine(process.argv.slice(2), process.env);
  if (options.help) console.log(HELP);
  else {
    shutdown.onSignals();
    await run(options);
  }
} catch (error) {
  // What breaks because everything is being closed is not why the program ends.
  if (!shutdown.hasBegun) report(error, options);
  await shutdown.run(1);
}
